/**
 * Breaks inside long addresses (URLs, paths, mail addresses): at signs where no reader takes the break for a part of the address, and
 * never with a hyphen (Chicago Manual of Style, 17th edition, section 14.18). In: a text and its break opportunities. Out: the same, changed.
 */
import { MAY_BREAK, MUST_BREAK, NO_BREAK } from './breaks.js'

const address = /(?:[a-z][a-z0-9+.-]*:\/\/|www\.|mailto:|doi:)[^\s\u00a0<>“”«»]+|[^\s\u00a0<>()“”«»]+@[^\s\u00a0<>()“”«»]+\.[a-z]{2,}/gi

/** Whether a text may hold an address at all. */
export const mayHoldAddress = (text: string): boolean =>
  text.includes('://') || text.includes('www.') || text.includes('@') || text.includes('doi:')

/** A break stands after a colon or slashes, before other signs, on either side of & and =. */
export function tailorAddresses(text: string, breaks: Uint8Array): void {
  for (const match of text.matchAll(address)) {
    const start = match.index
    const end = start + match[0].replace(/[.,;:!?)\]]+$/, '').length
    for (let at = start + 1; at < end; at++) {
      if (breaks[at] === MUST_BREAK) continue
      breaks[at] = partsAt(text, { start, at, end }) ? MAY_BREAK : NO_BREAK
    }
  }
}

function partsAt(text: string, { start, at, end }: { readonly start: number; readonly at: number; readonly end: number }): boolean {
  // Two letters alone help no line.
  if (at - start < 3 || end - at < 3) return false
  const before = text.charAt(at - 1)
  const after = text.charAt(at)
  if (before === '/' || before === ':') return after !== '/'
  if (before === '&' || before === '=') return true
  return '.?#~_%&=@,'.includes(after) && !/[.?#~_%&=@,:/-]/.test(before)
}
