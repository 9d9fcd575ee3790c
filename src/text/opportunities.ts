/**
 * Where a paragraph's lines may end: UAX #14, words by dictionary, then what the styles ask for (CSS Text 4, sections 5 and 6), then hyphens.
 * In: a ParagraphInput. Out: for each UTF-16 offset NO_BREAK, MAY_BREAK, MUST_BREAK or HYPHEN_BREAK before it.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import { isDictionaryScript } from '../fonts/scripts.js'
import { mayHoldAddress, tailorAddresses } from './addresses.js'
import { isBreakableLetter, MAY_BREAK, MUST_BREAK, NO_BREAK } from './breaks.js'
import type { ParagraphInput, TextSpan } from './paragraph.js'
import type { TextTools } from './tools.js'

/** A break that shows a hyphen: at a soft hyphen, or where the patterns divide a word. */
export const HYPHEN_BREAK = 3

/** All break opportunities of a paragraph. */
export function breakOpportunities(input: ParagraphInput, tools: TextTools): Uint8Array {
  const { text, spans, style } = input
  const breaks = style.lineBreak === 'strict' ? tools.findBreaksStrictly(text) : tools.findBreaks(text)
  markDictionaryBreaks(input, breaks, tools)
  if (mayHoldAddress(text)) tailorAddresses(text, breaks)
  for (const span of spans) {
    tailorSpan(text, span, breaks, tools)
    if (span.style.textWrap === 'nowrap') forbid(breaks, span.start + 1, span.end)
  }
  forbidAcrossNoWrap(input, breaks)
  for (const object of input.objects) if (object.kind === 'leader') forbid(breaks, object.offset, object.offset + 2)
  return breaks
}

function forbid(breaks: Uint8Array, start: number, end: number): void {
  for (let at = start; at < end && at < breaks.length - 1; at++) if (breaks[at] !== MUST_BREAK) breaks[at] = NO_BREAK
}

/** Between two stretches that both do not wrap, nothing breaks. */
function forbidAcrossNoWrap({ spans, style }: ParagraphInput, breaks: Uint8Array): void {
  if (style.textWrap !== 'nowrap') return
  for (const [index, span] of spans.entries()) {
    const before = spans[index - 1]
    if (before?.style.textWrap === 'nowrap' && span.style.textWrap === 'nowrap') forbid(breaks, span.start, span.start + 1)
  }
}

function markDictionaryBreaks({ text, spans }: ParagraphInput, breaks: Uint8Array, tools: TextTools): void {
  if (!/[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]/.test(text)) return
  let start = -1
  for (let at = 0; at <= text.length; at++) {
    const inside = at < text.length && isDictionaryScript(text.charCodeAt(at))
    if (inside && start < 0) start = at
    if (inside || start < 0) continue
    const begin = start
    const language = spans.find((span) => span.end > begin)?.style.language ?? ''
    for (const offset of tools.wordBoundaries(text.slice(begin, at), language)) {
      if (offset > 0 && breaks[begin + offset] === NO_BREAK) breaks[begin + offset] = MAY_BREAK
    }
    start = -1
  }
}

function tailorSpan(text: string, span: TextSpan, breaks: Uint8Array, tools: TextTools): void {
  const { style, start, end } = span
  if (style.wordBreak === 'break-all' || style.lineBreak === 'anywhere') {
    for (const offset of tools.graphemes(text.slice(start, end))) {
      const at = start + offset
      if (offset > 0 && breaks[at] === NO_BREAK && (style.lineBreak === 'anywhere' || isInsideWord(text, at))) breaks[at] = MAY_BREAK
    }
  }
  if (style.wordBreak === 'keep-all') {
    for (let at = start + 1; at < end; at++) if (breaks[at] === MAY_BREAK && isInsideWord(text, at)) breaks[at] = NO_BREAK
  }
  if (style.whiteSpaceCollapse === 'break-spaces') {
    for (let at = start + 1; at <= end; at++) if (breaks[at] === NO_BREAK && /[ \t\u3000]/.test(text.charAt(at - 1))) breaks[at] = MAY_BREAK
  }
  if (style.lineBreak === 'loose') loosen(text, span, breaks)
  if (style.textWrap === 'nowrap') return
  markSoftHyphens(text, span, breaks)
  if (style.hyphens === 'auto' && style.language !== '') divideWords(text, span, breaks, tools)
}

/** line-break: loose (section 5.2): before hyphens, iteration marks and centred dots, between leaders, beside signs of units. */
function loosen(text: string, { start, end }: TextSpan, breaks: Uint8Array): void {
  for (let at = start + 1; at < end; at++) {
    if (breaks[at] !== NO_BREAK || !isBreakableLetter(text.charCodeAt(at - 1))) continue
    if (
      /[\u2010\u2013\u301c\u30a0\u3005\u303b\u309d\u309e\u30fd\u30fe\u30fb\uff1a\uff1b\uff65\u203c\u2047-\u2049\uff01\uff1f\u2025\u2026%‰℃°]/.test(
        text.charAt(at),
      )
    )
      breaks[at] = MAY_BREAK
  }
}

function isInsideWord(text: string, at: number): boolean {
  const letter = /[\p{L}\p{N}\p{M}]/u
  return letter.test(text.charAt(at - 1)) && letter.test(text.charAt(at))
}

function markSoftHyphens(text: string, { start, end, style }: TextSpan, breaks: Uint8Array): void {
  for (let at = text.indexOf('\u00ad', start); at >= 0 && at < end; at = text.indexOf('\u00ad', at + 1)) {
    if (breaks[at + 1] === MAY_BREAK) breaks[at + 1] = style.hyphens === 'none' ? NO_BREAK : HYPHEN_BREAK
  }
}

/** Whole words of letters only, neither addresses nor names in capitals (CSS Text 4, section 6.3). */
function divideWords(text: string, span: TextSpan, breaks: Uint8Array, tools: TextTools): void {
  const divide = tools.dividerFor(span.style)
  const shortest = span.style.hyphenateLimitChars[0]
  let start = span.start
  for (let at = span.start; at <= span.end; at++) {
    if (at < span.end && isLetter(text, at)) continue
    if (at - start >= shortest && !touchesAddress(text, start, at)) {
      for (const point of divide(text.slice(start, at))) if (breaks[start + point] === NO_BREAK) breaks[start + point] = HYPHEN_BREAK
    }
    start = at + 1
  }
}

const anyLetter = /[\p{L}\p{M}]/u

function isLetter(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  const small = unit | 0x20
  if (small >= 0x61 && small <= 0x7a) return true
  return unit >= 0xaa && anyLetter.test(text.charAt(at))
}

function touchesAddress(text: string, start: number, end: number): boolean {
  return (start > 0 && '.@/\\_'.includes(text.charAt(start - 1))) || (end < text.length && '\u00ad@/\\_'.includes(text.charAt(end)))
}

/** A divider for one style: the places that its language's patterns and its limits allow, kept by word. */
export function createDivider(
  style: ComputedStyle,
  points: (word: string, language: string) => readonly number[],
): (word: string) => readonly number[] {
  const [, before, after] = style.hyphenateLimitChars
  const known = new Map<string, readonly number[]>()
  return (word) => {
    let found = known.get(word)
    if (!found) {
      found =
        word === word.toUpperCase() ? [] : points(word, style.language).filter((point) => point >= before && word.length - point >= after)
      known.set(word, found)
    }
    return found
  }
}
