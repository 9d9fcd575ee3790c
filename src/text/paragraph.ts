/**
 * The paragraph: what layout/ hands to text/ and gets back. Offsets are UTF-16 code units into `text`; widths are CSS px.
 * Stages, a file each: itemise → shape → breaks (+ hyphenation) → line breaking → glyph runs of a line.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { Font } from '../fonts/font.js'

/** A stretch of text with one computed style. Spans cover the text without gaps, in order. */
export interface TextSpan {
  readonly start: number
  readonly end: number
  readonly style: ComputedStyle
}

/** Something that is not a glyph but takes room on the line at an offset. */
export type InlineObject =
  /** An atomic inline (image, inline-block): stands at a U+FFFC of the text. */
  | { readonly kind: 'atomic'; readonly offset: number; readonly inlineSize: number }
  /** Margin, border and padding where an inline box opens or closes: before the character at `offset`. Never a break opportunity itself; an opening edge sticks to what follows, a closing one to what precedes. */
  | {
      readonly kind: 'edge'
      readonly side: 'open' | 'close'
      readonly offset: number
      readonly inlineSize: number
      readonly content?: EdgeContent
    }
  /** leader(): stands at a U+FFFC, takes what the line leaves free, at least `minimum`. */
  | { readonly kind: 'leader'; readonly offset: number; readonly minimum: number }

/** What stands between the two edges of an inline box: its embedding level is that of the box. */
export interface EdgeContent {
  readonly start: number
  readonly end: number
  /** Set where the box starts an embedding, override or isolate. */
  readonly direction: 'ltr' | 'rtl' | null
  /** The box's own direction: which side its first edge stands on (CSS 2.2 section 8.6). */
  readonly rtl: boolean
}

export interface ParagraphInput {
  /** White space already collapsed as CSS Text 3 section 4.1.1 says; forced breaks are U+000A; objects are U+FFFC. */
  readonly text: string
  readonly spans: readonly TextSpan[]
  /** Sorted by offset. */
  readonly objects: readonly InlineObject[]
  /** The block container's style: direction, text-align, hyphens, wrap, indent. */
  readonly style: ComputedStyle
  /** Used text-indent, px, of the first line; with `hangingIndent` of all others. */
  readonly indent: number
  readonly hangingIndent?: boolean
  /** The indent counts after each forced break too. */
  readonly indentEachLine?: boolean
  /** Bidi controls that `direction` and `unicode-bidi` of inline boxes stand for (CSS Writing Modes 4, section 2.4.2), before the character at their offset, in document order. */
  readonly bidiControls?: readonly BidiControl[]
}

/** `open` characters start an embedding, override or isolate, `close` characters end it. */
export interface BidiControl {
  readonly offset: number
  readonly side: 'open' | 'close'
  readonly characters: string
}

/** Shaped and ready to be broken at any width. Immutable; its fields are text/'s own business. */
export interface Paragraph {
  readonly input: ParagraphInput
  readonly minContent: number
  readonly maxContent: number
}

/** One line as text offsets; trailing collapsible space belongs to the line but has no width. */
export interface LineBreakResult {
  readonly start: number
  readonly end: number
  /** A hyphen is drawn at the end that is not in the text. */
  readonly hyphenated: boolean
  /** Ends in U+000A or is the paragraph's last line: not justified (text-align-last). */
  readonly forced: boolean
  /** Width before justification, without trailing space, with the hyphen and inline objects, without the indent. */
  readonly naturalWidth: number
  /** Px added at each justification opportunity; 0 where the line is not justified; may be negative. */
  readonly expansion: number
  /** Factor on the glyphs' widths, near 1, by which a justified line takes part of its room (text-justify: auto). */
  readonly glyphScale: number
  /** Px by which the first and the last character stand outside the line. */
  readonly hangStart: number
  readonly hangEnd: number
}

/** Glyphs of one font, style and bidi level, ready to paint, in visual order. Arrays run in parallel. */
export interface GlyphRun {
  readonly font: Font
  readonly fontSize: number
  /** Factor on the widths of its glyphs; advances and offsets have it in them. */
  readonly glyphScale: number
  readonly style: ComputedStyle
  readonly glyphs: Uint16Array
  /** Px, with letter-, word-spacing and justification in them. */
  readonly advances: Float32Array
  /** Px, y upwards; empty arrays where all are 0. */
  readonly offsetsX: Float32Array
  readonly offsetsY: Float32Array
  /** For each glyph the offset into the paragraph's text at which its cluster starts. */
  readonly clusters: Uint32Array
  /** The characters that it stands for, [start, end) of the paragraph's text. */
  readonly start: number
  readonly end: number
  readonly text: string
  readonly level: number
  readonly width: number
  /** How many of the last glyphs are a hyphen that is no character of the text. */
  readonly addedHyphens: number
  /** True where glyphs do not follow the characters one cluster after another (reordering, marks split, right to left): ActualText is needed. */
  readonly complex: boolean
}

/** A line's content in visual order, left to right. */
export type LineItem =
  | { readonly kind: 'run'; readonly run: GlyphRun; readonly x: number }
  | { readonly kind: 'object'; readonly object: InlineObject; readonly x: number; readonly width: number }

/**
 * To be implemented in text/index.ts (class or closure over the fonts):
 *
 *   createTypesetter(fonts: FontCollection, report: Report): Typesetter
 */
export interface Typesetter {
  prepare(input: ParagraphInput): Paragraph
  /** All lines for one width (the same for every line; the indent is taken from the first). Total fit where justified or `pretty`, greedy elsewhere, balanced where asked. Cached by width. */
  breakLines(paragraph: Paragraph, width: number): readonly LineBreakResult[]
  /** The lines from an offset at which an earlier line ended. */
  breakLinesFrom(paragraph: Paragraph, start: number, width: number): readonly LineBreakResult[]
  /** Px by which the line that starts at an offset is indented. */
  indentAt(paragraph: Paragraph, start: number): number
  /** The next line from `start`, greedily, for lines beside floats. Null at the end of the text. */
  nextLine(paragraph: Paragraph, start: number, width: number): LineBreakResult | null
  /** Positions from x = 0; `width` is the line's room, needed for leaders; alignment is the caller's. */
  lineItems(paragraph: Paragraph, line: LineBreakResult, width: number): readonly LineItem[]
  /** Ascent and descent in px for `style`'s first available font, as CSS Inline 3 uses them. */
  metrics(style: ComputedStyle): FontMetrics
}

/** Px at the style's size; descent is positive downwards. `lineGap` goes half above, half below for `line-height: normal`. */
export interface FontMetrics {
  readonly ascent: number
  readonly descent: number
  readonly lineGap: number
  readonly xHeight: number
  readonly capHeight: number
  readonly zeroAdvance: number
  readonly underlinePosition: number
  readonly underlineThickness: number
  readonly strikeoutPosition: number
  readonly strikeoutThickness: number
}
