/**
 * Itemising: a paragraph's text → stretches of one style, font, script and bidi level (UAX #9, UAX #24; CSS Fonts 4,
 * section 5.3: a font per cluster). In: text with its styles. Out: items in logical order that cover it without gaps.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { Font, FontCollection } from '../fonts/font.js'
import { scriptOf } from '../fonts/scripts.js'
import type { TextSpan } from './paragraph.js'

export interface TextItem {
  readonly start: number
  readonly end: number
  readonly style: ComputedStyle
  readonly font: Font
  readonly script: string
  /** Embedding level; odd is right to left. */
  readonly level: number
}

export interface ItemiseInput {
  readonly text: string
  readonly spans: readonly TextSpan[]
  /** Embedding levels; null where all are 0. */
  readonly levels: Uint8Array | null
}

export interface ItemiseTools {
  readonly fonts: FontCollection
  readonly reportMissing: (codePoint: number) => void
}

/** Joiners and variation selectors, which no font need have. */
const isInvisible = (codePoint: number): boolean =>
  codePoint === 0x200c || codePoint === 0x200d || (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || codePoint >= 0xe0000

/** Characters that any font may carry: joiners, variation selectors, combining marks, format and object characters. */
function staysWithFont(codePoint: number): boolean {
  return (
    codePoint < 0x20 ||
    codePoint === 0xad ||
    (codePoint >= 0x300 && codePoint <= 0x36f) ||
    (codePoint >= 0x200b && codePoint <= 0x200f) ||
    (codePoint >= 0x202a && codePoint <= 0x202e) ||
    (codePoint >= 0x2060 && codePoint <= 0x206f) ||
    (codePoint >= 0xfe00 && codePoint <= 0xfe0f) ||
    codePoint === 0xfeff ||
    codePoint === 0xfffc ||
    (codePoint >= 0xe0000 && codePoint <= 0xe0fff)
  )
}

/** Splits a text into items. */
export function itemise(input: ItemiseInput, tools: ItemiseTools): TextItem[] {
  const { text, spans, levels } = input
  const items: TextItem[] = []
  for (const span of spans) itemiseSpan(text, span, { levels, tools, items })
  return items
}

interface SpanScope {
  readonly levels: Uint8Array | null
  readonly tools: ItemiseTools
  readonly items: TextItem[]
}

function itemiseSpan(text: string, span: TextSpan, { levels, tools, items }: SpanScope): void {
  const { fonts, reportMissing } = tools
  const { style } = span
  const primary = fonts.primary(style)
  const words = wordFonts(text, span, fonts)
  let nextWord = 0
  let start = span.start
  let font = primary
  let script = 'Zyyy'
  let level = levels?.[start] ?? 0
  const flush = (end: number) => {
    if (end > start) items.push({ start, end, style, font, script, level })
    start = end
  }
  for (let at = span.start; at < span.end; ) {
    const codePoint = text.codePointAt(at) as number
    const ownLevel = levels?.[at] ?? 0
    const ownScript = scriptOf(codePoint)
    while (nextWord < words.length && (words[nextWord] as WordFont).end <= at) nextWord++
    const word = words[nextWord]
    const ownFont = word && word.start <= at ? word.font : fontFor(codePoint, { font, primary, fonts, style })
    if (ownFont === null) reportMissing(codePoint)
    const nextFont = ownFont ?? font
    const otherScript = ownScript !== 'Zyyy' && script !== 'Zyyy' && ownScript !== script
    if (nextFont !== font || ownLevel !== level || otherScript) {
      flush(at)
      font = nextFont
      level = ownLevel
      script = ownScript
    } else if (script === 'Zyyy') script = ownScript
    at += codePoint > 0xffff ? 2 : 1
  }
  flush(span.end)
}

interface WordFont {
  readonly start: number
  readonly end: number
  readonly font: Font
}

const wordCharacters = /(?:[\p{L}\p{M}\p{N}'’]|\u200c|\u200d)+/gu

/** A word of which the first font lacks a letter or mark is set whole in a font that has them all (CSS Fonts 4, section 5.3). */
function wordFonts(text: string, { start, end, style }: TextSpan, fonts: FontCollection): readonly WordFont[] {
  const primary = fonts.primary(style)
  const lacks = (part: string): boolean => {
    for (const character of part) {
      const codePoint = character.codePointAt(0) as number
      if (codePoint >= 0x80 && !primary.hasCodePoint(codePoint) && !isInvisible(codePoint)) return true
    }
    return false
  }
  const own = text.slice(start, end)
  if (!/[\u0250-\u1fff\u2070-\uffff]/.test(own) || !lacks(own)) return []
  const found: WordFont[] = []
  for (const match of own.matchAll(wordCharacters)) {
    if (!lacks(match[0])) continue
    const visible = [...match[0]].filter((character) => !isInvisible(character.codePointAt(0) as number)).join('')
    const font = fonts.forText(style, visible)
    if (font) found.push({ start: start + match.index, end: start + match.index + match[0].length, font })
  }
  return found
}

interface FontScope {
  readonly font: Font
  readonly primary: Font
  readonly fonts: FontCollection
  readonly style: ComputedStyle
}

function fontFor(codePoint: number, { font, primary, fonts, style }: FontScope): Font | null {
  if (staysWithFont(codePoint) && (font.hasCodePoint(codePoint) || codePoint < 0x300 || codePoint > 0x36f)) return font
  // A space belongs to the words around it: between two words of one fallback font it is that font's.
  if (codePoint === 0x20 && font !== primary && font.hasCodePoint(0x20)) return font
  return fonts.forCodePoint(style, codePoint)
}
