/** JavaScript values → PDF syntax (ISO 32000-1, section 7.3): numbers, text strings, hexadecimal strings, names. */
import type { RawValue } from './pdfkit-internals.js'

/** At most two decimals: a hundredth of a px is less than a printer's dot. */
export function number(value: number): string {
  const rounded = Math.round(value * 100) / 100
  return rounded === 0 ? '0' : `${rounded}`
}

/** Up to six decimals, never in exponent form: for matrices, colours and shadings. */
export function preciseNumber(value: number): string {
  const rounded = Math.round(value * 1e6) / 1e6
  if (rounded === 0) return '0'
  const text = `${rounded}`
  return text.includes('e') ? rounded.toFixed(6) : text
}

/** Four hexadecimal digits of a 16-bit number. */
export const hex4 = (value: number): string => (value + 0x10000).toString(16).slice(1)

/** `<feff…>`: a text string in UTF-16BE (section 7.9.2.2). */
export function unicodeString(text: string): string {
  let out = '<feff'
  for (let i = 0; i < text.length; i++) out += hex4(text.charCodeAt(i))
  return `${out}>`
}

/** A text string: literal where it is printable ASCII, else in UTF-16BE. */
export function textString(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? `(${text.replace(/[\\()]/g, '\\$&')})` : unicodeString(text)
}

/** A byte string of UTF-8: for URIs and names of destinations. */
export function byteString(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return textString(text)
  return `<${Buffer.from(text, 'utf8').toString('hex')}>`
}

/** A name (section 7.3.5). */
export const name = (text: string): string => `/${text.replace(/[^!-~]|[#%()/<>[\]{}]/g, (c) => `#${hex4(c.charCodeAt(0)).slice(2)}`)}`

/** `<…>`: bytes as they are. */
export const hexString = (bytes: Uint8Array): string => `<${Buffer.from(bytes).toString('hex')}>`

/** A date (section 7.9.4) in UTC. */
export const dateString = (date: Date): string => `(D:${date.toISOString().replace(/[-T:]/g, '').slice(0, 14)}Z)`

/** A value that pdfkit writes as it is. */
export function raw(text: string): RawValue {
  return { [Symbol.toStringTag]: 'Raw', toString: () => text }
}

export const reference = (id: number): string => `${id} 0 R`
