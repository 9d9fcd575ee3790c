/**
 * Sentences (UAX #29, section 5, by Intl.Segmenter). In: inlines. Out: the first sentences of them, markup kept.
 */
import { inlineText, ownText } from '../document/walk.js'
import type { Inline } from '../markdown/tree.js'

/** Words after which a full stop ends no sentence. */
const abbreviation =
  /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|St|No|Nos|Art|Fig|Figs|Sec|Vol|pp?|cf|vs|ca|approx|e\.g|i\.e|etc|al|Inc|Ltd|Co|[A-Z])\.\s*$/

/** The sentences of a text, white space collapsed, each without the space around it. */
export function sentencesOf(text: string, language: string): readonly string[] {
  const segmenter = new Intl.Segmenter(language === '' ? undefined : language, { granularity: 'sentence' })
  const sentences: string[] = []
  let open = ''
  for (const { segment } of segmenter.segment(text)) {
    open += segment
    if (abbreviation.test(open)) continue
    if (open.trim() !== '') sentences.push(open.trim())
    open = ''
  }
  if (open.trim() !== '') sentences.push(open.trim())
  return sentences
}

/** Inlines from one character of their own text to another; what has no text stands with what comes before it. */
function sliceInlines(inlines: readonly Inline[], from: number, to: number): readonly Inline[] {
  const kept: Inline[] = []
  let at = 0
  for (const inline of inlines) {
    const length = lengthOf(inline)
    const start = Math.max(0, from - at)
    const end = Math.min(length, to - at)
    const inside = length === 0 ? at > from && at <= to : end > start
    if (inside) kept.push(sliceInline(inline, { start, end, length }))
    at += length
  }
  return kept
}

function sliceInline(
  inline: Inline,
  { start, end, length }: { readonly start: number; readonly end: number; readonly length: number },
): Inline {
  if (start === 0 && end === length) return inline
  if (inline.kind === 'text') return { ...inline, text: inline.text.slice(start, end) }
  return 'content' in inline && inline.kind !== 'image' ? { ...inline, content: sliceInlines(inline.content, start, end) } : inline
}

const lengthOf = (inline: Inline): number =>
  'content' in inline && inline.kind !== 'image' ? inline.content.reduce((sum, one) => sum + lengthOf(one), 0) : ownText(inline).length

export interface SentenceCut {
  readonly count: number
  /** BCP 47, or empty. */
  readonly language: string
  /** What comes after these sentences instead. */
  readonly rest?: boolean
}

/** The first `count` sentences of a paragraph, or all after them. `whole` where these are all of it. */
export function firstSentences(
  inlines: readonly Inline[],
  cut: SentenceCut,
): { readonly inlines: readonly Inline[]; readonly whole: boolean } {
  const text = inlineText(inlines)
  const sentences = sentencesOf(text, cut.language)
  if (sentences.length <= cut.count) return { inlines: cut.rest ? [] : inlines, whole: true }
  const end = sentences.slice(0, cut.count).reduce((at, sentence) => text.indexOf(sentence, at) + sentence.length, 0)
  const at = uncollapsed(inlines, end)
  return { inlines: cut.rest ? sliceInlines(inlines, at, Number.POSITIVE_INFINITY) : sliceInlines(inlines, 0, at), whole: false }
}

/** Length in the inlines' own text of the first `end` characters of their collapsed text. */
function uncollapsed(inlines: readonly Inline[], end: number): number {
  const raw = rawText(inlines)
  let collapsed = 0
  let space = true
  for (let at = 0; at < raw.length; at++) {
    const isSpace = /\s/.test(raw.charAt(at))
    if (!isSpace || !space) {
      if (collapsed === end) return at
      collapsed++
    }
    space = isSpace
  }
  return raw.length
}

const rawText = (inlines: readonly Inline[]): string =>
  inlines.map((inline) => ('content' in inline && inline.kind !== 'image' ? rawText(inline.content) : ownText(inline))).join('')

/** Inlines in two between the words nearest the middle, null where there is one word. Scripts without spaces part between words too. */
export function divideBetweenWords(inlines: readonly Inline[], language: string): readonly [readonly Inline[], readonly Inline[]] | null {
  const text = rawText(inlines)
  const words = [...new Intl.Segmenter(language === '' ? undefined : language, { granularity: 'word' }).segment(text)]
  const starts = words.flatMap(({ index, isWordLike }, at) => {
    const before = words[at - 1]
    return isWordLike && before && (/\s$/.test(before.segment) || before.isWordLike) ? [index] : []
  })
  const middle = text.length / 2
  const at = starts.reduce((best, start) => (Math.abs(start - middle) < Math.abs(best - middle) ? start : best), starts[0] ?? 0)
  return at === 0 ? null : [sliceInlines(inlines, 0, at), sliceInlines(inlines, at, Number.POSITIVE_INFINITY)]
}
