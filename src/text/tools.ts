/**
 * What the stages of setting text share for one document: fonts, shaped words, dictionaries. In: fonts and a shaper. Out: TextTools.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { Diagnostic, Report } from '../diagnostics/diagnostic.js'
import type { Font, FontCollection } from '../fonts/font.js'
import { fontSuggestion } from '../fonts/suggest.js'
import { createBreakFinder } from './breaks.js'
import type { Hyphenator } from './hyphenation.js'
import type { ItemiseTools, TextItem } from './itemise.js'
import { createDivider } from './opportunities.js'
import type { ShapedText, Shaper } from './shaper.js'

export interface Hyphen {
  readonly shaped: ShapedText
  readonly scale: number
}

export interface TextTools {
  readonly itemise: ItemiseTools
  readonly shaper: Shaper
  readonly hyphenator: Hyphenator
  readonly findBreaks: (text: string) => Uint8Array
  /** With line-break: strict. */
  readonly findBreaksStrictly: (text: string) => Uint8Array
  /** For a style, where its words may be divided. */
  readonly dividerFor: (style: ComputedStyle) => (word: string) => readonly number[]
  readonly shapeFor: (item: TextItem) => (text: string) => ShapedText
  /** The hyphen that a line of this style and font ends in: U+2010 where the font has it, U+002D otherwise. */
  readonly hyphenOf: (style: ComputedStyle, font: Font) => Hyphen
  /** Font units. */
  readonly advanceOf: (font: Font, codePoint: number) => number
  /** Offsets at which words begin, by ICU's dictionaries. */
  readonly wordBoundaries: (text: string, language: string) => readonly number[]
  /** Offsets at which grapheme clusters begin. */
  readonly graphemes: (text: string) => readonly number[]
}

/** The first place of a character in a source, with its line; undefined where it stands nowhere. */
export type Locate = (character: string) => Pick<Diagnostic, 'position' | 'excerpt'> | undefined

export interface ToolsInput {
  readonly fonts: FontCollection
  readonly shaper: Shaper
  readonly hyphenator: Hyphenator
  readonly report: Report
  /** Where a character stands in what a person wrote. */
  readonly locate?: Locate
}

/** Tools with empty caches. A character that no font has is reported once, as `character-missing`. */
export function createTools(input: ToolsInput): TextTools {
  const { fonts, shaper, hyphenator, report } = input
  const missing = new Set<number>()
  const reportMissing = (codePoint: number) => {
    if (missing.has(codePoint)) return
    missing.add(codePoint)
    report({
      severity: 'warning',
      code: 'character-missing',
      message: `no font has the character U+${codePoint.toString(16).toUpperCase().padStart(4, '0')} ${String.fromCodePoint(codePoint)}`,
      ...input.locate?.(String.fromCodePoint(codePoint)),
      hint: missingHint(codePoint),
    })
  }
  const shapeFor = createShapeFor(shaper)
  const hyphens = new Map<ComputedStyle, Map<Font, Hyphen>>()
  const advances = new Map<Font, Map<number, number>>()
  const plain = (font: Font, style: ComputedStyle): TextItem => ({ start: 0, end: 1, style, font, script: 'Latn', level: 0 })
  return {
    itemise: { fonts, reportMissing },
    shaper,
    hyphenator,
    findBreaks: createBreakFinder(false),
    findBreaksStrictly: createBreakFinder(true),
    dividerFor: createDividers(hyphenator),
    shapeFor,
    hyphenOf(style, font) {
      let known = hyphens.get(style)
      if (!known) {
        known = new Map()
        hyphens.set(style, known)
      }
      let hyphen = known.get(font)
      if (!hyphen) {
        const shaped = shapeFor(plain(font, style))(hyphenText(style, font))
        hyphen = { shaped, scale: style.fontSize / font.unitsPerEm }
        known.set(font, hyphen)
      }
      return hyphen
    },
    advanceOf(font, codePoint) {
      let known = advances.get(font)
      if (!known) {
        known = new Map()
        advances.set(font, known)
      }
      let advance = known.get(codePoint)
      if (advance === undefined) {
        const shape = shaper.forStyle({ font, features: [], language: '', script: 'Zyyy', rightToLeft: false })
        advance = shape(String.fromCodePoint(codePoint)).advances[0] ?? 0
        known.set(codePoint, advance)
      }
      return advance
    },
    wordBoundaries: createSegmenters('word'),
    graphemes: (text) => graphemeOffsets(text),
  }
}

function missingHint(codePoint: number): string {
  const family = fontSuggestion(codePoint)
  return family === null
    ? 'name a font that has it with @font-face, or write it in another way'
    : `the family '${family}' has it: name its file with @font-face, or its folder with --fonts`
}

function hyphenText({ hyphenateCharacter }: ComputedStyle, font: Font): string {
  if (hyphenateCharacter !== 'auto') return hyphenateCharacter.text
  return font.hasCodePoint(0x2010) ? '\u2010' : '-'
}

function createDividers(hyphenator: Hyphenator): TextTools['dividerFor'] {
  const byStyle = new Map<ComputedStyle, (word: string) => readonly number[]>()
  const byKey = new Map<string, (word: string) => readonly number[]>()
  return (style) => {
    let divide = byStyle.get(style)
    if (divide) return divide
    const key = `${style.language} ${style.hyphenateLimitChars.join(' ')}`
    divide = byKey.get(key) ?? createDivider(style, (word, language) => hyphenator.points(word, language))
    byKey.set(key, divide)
    byStyle.set(style, divide)
    return divide
  }
}

/** A shaping function per font, features, language, script and direction; the same for all styles that share these. */
function createShapeFor(shaper: Shaper): TextTools['shapeFor'] {
  const byStyle = new Map<ComputedStyle, Map<string, (text: string) => ShapedText>>()
  return ({ style, font, script, level }) => {
    let known = byStyle.get(style)
    if (!known) {
      known = new Map()
      byStyle.set(style, known)
    }
    const short = `${font.id} ${script} ${level & 1}`
    let shape = known.get(short)
    if (!shape) {
      const features = featuresOf(style, font, shaper)
      shape = shaper.forStyle({ font, features, language: style.language, script, rightToLeft: level % 2 === 1 })
      known.set(short, shape)
    }
    return shape
  }
}

/** CSS Fonts 4, section 7.2: kerning, ligatures (none where letters are spaced), capitals, then the style's own features. */
function featuresOf(style: ComputedStyle, font: Font, shaper: Shaper): readonly { tag: string; value: number }[] {
  const features: { tag: string; value: number }[] = []
  if (style.fontKerning === 'none') features.push({ tag: 'kern', value: 0 })
  if (style.letterSpacing !== 0) features.push({ tag: 'liga', value: 0 }, { tag: 'clig', value: 0 })
  if (style.fontVariantCaps !== 'normal' && shaper.hasFeature(font, 'smcp')) {
    features.push({ tag: 'smcp', value: 1 })
    if (style.fontVariantCaps === 'all-small-caps') features.push({ tag: 'c2sc', value: 1 })
  }
  features.push(...style.fontFeatures)
  return features
}

function createSegmenters(granularity: 'word'): TextTools['wordBoundaries'] {
  const segmenters = new Map<string, Intl.Segmenter>()
  return (text, language) => {
    let segmenter = segmenters.get(language)
    if (!segmenter) {
      segmenter = new Intl.Segmenter(isTag(language) ? language : undefined, { granularity })
      segmenters.set(language, segmenter)
    }
    return Array.from(segmenter.segment(text), (segment) => segment.index)
  }
}

function isTag(language: string): boolean {
  try {
    return language !== '' && Intl.getCanonicalLocales(language).length === 1
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** UAX #29, section 3; plain text takes the short way. */
function graphemeOffsets(text: string): readonly number[] {
  if (/^[\u0020-\u02ff]*$/.test(text)) return Array.from(text, (_, index) => index)
  return Array.from(new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text), (segment) => segment.index)
}
