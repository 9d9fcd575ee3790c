/**
 * Any font file → one OpenType font. In: bytes of .ttf, .otf, .ttc, .otc, .woff or .woff2, and which font of a collection is wanted. Out: bytes
 * of one font, uncompressed.
 */
import { readOpenType } from './open-type.js'
import { collectionOffsets, extractFont, tagAt } from './sfnt.js'
import { fromWoff } from './woff.js'
import { fromWoff2 } from './woff2.js'

/** `name` is a PostScript or full name in a collection; the first font where it is not given. Throws where the file cannot be used. */
export function singleFont(data: Uint8Array, name?: string): Uint8Array {
  const signature = tagAt(data, 0)
  if (signature === 'wOFF') return fromWoff(data)
  if (signature === 'wOF2') return fromWoff2(data)
  const offsets = collectionOffsets(data)
  if (!offsets) return data
  for (const offset of offsets) {
    const font = extractFont(data, offset)
    if (name === undefined) return font
    const { postScriptName, fullName } = readOpenType(font)
    if (postScriptName === name || fullName === name) return font
  }
  throw new Error(name === undefined ? 'the collection holds no font' : `the collection holds no font named ${name}`)
}
