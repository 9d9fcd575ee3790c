/** A loaded font file. In: bytes from the shipped packages or @font-face. Out: what text/ shapes with and pdf/ embeds. */
import type { ComputedStyle } from '../css/computed-style.js'

export interface Font {
  /** Stable within a process, from 0 in order of loading. */
  readonly id: number
  readonly family: string
  readonly postScriptName: string
  readonly weight: number
  readonly italic: boolean
  readonly unitsPerEm: number
  /** Font units, from hhea or OS/2 typo metrics where USE_TYPO_METRICS is set; descent is positive downwards. */
  readonly ascent: number
  readonly descent: number
  readonly lineGap: number
  readonly xHeight: number
  readonly capHeight: number
  readonly italicAngle: number
  readonly underlinePosition: number
  readonly underlineThickness: number
  readonly strikeoutPosition: number
  readonly strikeoutThickness: number
  readonly data: Uint8Array
  /** Strokes around the glyphs, em, and the tangent of a slant, that stand in for a bold or italic face that is not at hand; 0 in all others. */
  readonly syntheticBold: number
  readonly syntheticSlant: number
  hasCodePoint(codePoint: number): boolean
  /** 0 where the font has none. */
  glyphFor(codePoint: number): number
  /** Font units. */
  glyphAdvance(glyph: number): number
}

/** Fonts by CSS Fonts 4, section 5. Loads a file only when a style asks for it. */
export interface FontCollection {
  /** The style's first available font. */
  primary(style: ComputedStyle): Font
  /** The font for a cluster that starts with `codePoint`, by the family list and then by script fallback; null where no font has it. */
  forCodePoint(style: ComputedStyle, codePoint: number): Font | null
  /** The first font that has every character of a word or cluster; null where none has. */
  forText(style: ComputedStyle, text: string): Font | null
}
