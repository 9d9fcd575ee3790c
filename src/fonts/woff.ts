/**
 * WOFF 1 (W3C Recommendation, WOFF File Format 1.0, sections 3 to 5) → OpenType: each table is compressed by itself. In: the bytes of a
 * .woff file. Out: the bytes of the font in it.
 */
import { inflateSync } from 'node:zlib'
import { tagAt, viewOf, writeSfnt } from './sfnt.js'

/** No table of a font that is used on a page is larger than this. */
const largestTable = 1 << 28

/** Throws an Error with a plain message where the file is broken. */
export function fromWoff(data: Uint8Array): Uint8Array {
  const view = viewOf(data)
  const count = view.getUint16(12)
  const tables = new Map<string, Uint8Array>()
  for (let index = 0; index < count; index++) {
    const at = 44 + 20 * index
    const offset = view.getUint32(at + 4)
    const compressed = view.getUint32(at + 8)
    const length = view.getUint32(at + 12)
    if (offset + compressed > data.length || length > largestTable) throw new RangeError('the file is cut short')
    const bytes = data.subarray(offset, offset + compressed)
    tables.set(tagAt(data, at), compressed < length ? inflateSync(bytes, { maxOutputLength: length }) : bytes)
  }
  return writeSfnt(view.getUint32(4), tables)
}
