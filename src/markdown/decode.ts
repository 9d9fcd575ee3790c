/** Bytes → text. Sources are UTF-8 (Encoding Standard); anything else is a diagnostic at its first bad byte. */
import type { Report } from '../diagnostics/diagnostic.js'

/** The source's text with LF line ends and no byte order mark, or null where it is not UTF-8 (reported). */
export function decodeSource(bytes: Uint8Array, file: string, report: Report): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n')
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const good = validLength(bytes)
    const before = new TextDecoder().decode(bytes.subarray(0, good))
    const lines = before.split(/\r\n?|\n/)
    const excerpt = lines.at(-1) ?? ''
    report({
      severity: 'error',
      code: 'source-not-utf8',
      message: `the source is not UTF-8: byte 0x${(bytes[good] ?? 0).toString(16).padStart(2, '0')} cannot stand here`,
      position: { file, line: lines.length, column: excerpt.length + 1 },
      excerpt: `${excerpt}\uFFFD`,
      hint: 'save the file as UTF-8',
    })
    return null
  }
}

/** How many bytes from the start are whole UTF-8 characters (Unicode, table 3-7). */
function validLength(bytes: Uint8Array): number {
  let index = 0
  while (index < bytes.length) {
    const length = sequenceLength(bytes, index)
    if (length === 0) return index
    index += length
  }
  return index
}

function sequenceLength(bytes: Uint8Array, index: number): number {
  const first = bytes[index] ?? 0
  if (first < 0x80) return 1
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0
  const second = bytes[index + 1] ?? 0
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  if (length === 0 || second < low || second > high) return 0
  for (let offset = 2; offset < length; offset++) {
    const next = bytes[index + offset] ?? 0
    if (next < 0x80 || next > 0xbf) return 0
  }
  return length
}
