/**
 * Hanging punctuation (CSS Text 4, section 8.1) and optical margins: how far a character at a line's edge stands outside it. In: a
 * character and a style. Out: shares of the character's own advance.
 */
import type { ComputedStyle } from '../css/computed-style.js'

const opticalEnds: Readonly<Record<string, number>> = {
  '.': 0.7,
  ',': 0.7,
  ':': 0.4,
  ';': 0.4,
  '-': 0.55,
  '\u2010': 0.55,
  '\u2013': 0.3,
  '\u2014': 0.15,
  '\u2019': 0.6,
  '\u201d': 0.5,
  "'": 0.6,
  '"': 0.5,
}

const opticalStarts: Readonly<Record<string, number>> = {
  '\u2018': 0.6,
  '\u201c': 0.5,
  '\u201e': 0.5,
  '\u00ab': 0.3,
  "'": 0.6,
  '"': 0.5,
}

const opening = /[\p{Ps}\p{Pi}\p{Pf}'"\u3000]/u
const closing = /[\p{Pe}\p{Pi}\p{Pf}'"]/u
const stops = /[,.\u060c\u06d4\u3001\u3002\uff0c\uff0e\ufe50-\ufe52\uff61\uff64]/

/** Whether anything hangs at all. */
export const mayHang = ({ hangingPunctuation, opticalMargins }: ComputedStyle): boolean =>
  opticalMargins || hangingPunctuation.first || hangingPunctuation.last || hangingPunctuation.end !== 'none'

/** At the start of a line. */
export function startShare(character: string, { hangingPunctuation, opticalMargins }: ComputedStyle, firstLine: boolean): number {
  if (hangingPunctuation.first && firstLine && opening.test(character)) return 1
  return opticalMargins ? (opticalStarts[character] ?? 0) : 0
}

/** At the end of a line, whether it would fit or not. */
export function endShare(character: string, { hangingPunctuation, opticalMargins }: ComputedStyle, lastLine: boolean): number {
  if (hangingPunctuation.last && lastLine && closing.test(character)) return 1
  if (hangingPunctuation.end === 'force' && stops.test(character)) return 1
  return opticalMargins ? (opticalEnds[character] ?? 0) : 0
}

/** At the end of a line that is otherwise too long. */
export const endAllowance = (character: string, { hangingPunctuation }: ComputedStyle): number =>
  hangingPunctuation.end === 'allow' && stops.test(character) ? 1 : 0

/** Of the hyphen that is drawn where a word is divided. */
export const hyphenShare = ({ opticalMargins }: ComputedStyle): number => (opticalMargins ? 0.55 : 0)
