/**
 * TrueType and OpenType → WOFF 2 (W3C Recommendation WOFF File Format 2.0, sections 4 and 5). In: the bytes of a font file. Out: the same font
 * compressed. Tables are not transformed, which the format allows; Brotli is Node's own, some hundred times as fast as one in
 * WebAssembly, and the files are about a tenth larger for it.
 */
import { brotliCompressSync, constants } from 'node:zlib'

/** Section 5.1, table 2: tags that a number stands for. */
const knownTags =
  'cmap head hhea hmtx maxp name OS/2 post cvt_ fpgm glyf loca prep CFF_ VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB'
    .replaceAll('_', ' ')
    .match(/.{4}(?: |$)/g)
    ?.map((tag) => tag.slice(0, 4)) ?? []
const otherTag = 63
/** Transformation version 3 of glyf and loca says that they are as they were. */
const untransformed = 3 << 6
const headerSize = 48

interface Table {
  readonly tag: string
  readonly data: Uint8Array
}

/** Wraps a font file. Throws a RangeError where the bytes are no font file. */
export function toWoff2(font: Uint8Array): Uint8Array {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const tables = readTables(font, view)
  const directory = Buffer.concat(tables.map(directoryEntry))
  const content = Buffer.concat(tables.map(({ data }) => data))
  const compressed = brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_FONT,
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  })
  const length = padded(headerSize + directory.length + compressed.length)
  const file = Buffer.alloc(length)
  file.write('wOF2', 0, 'latin1')
  file.writeUInt32BE(view.getUint32(0), 4)
  file.writeUInt32BE(length, 8)
  file.writeUInt16BE(tables.length, 12)
  file.writeUInt32BE(12 + 16 * tables.length + tables.reduce((sum, { data }) => sum + padded(data.length), 0), 16)
  file.writeUInt32BE(compressed.length, 20)
  file.writeUInt16BE(1, 24)
  directory.copy(file, headerSize)
  compressed.copy(file, headerSize + directory.length)
  return file
}

const padded = (length: number): number => (length + 3) & ~3

/** In the file's order, but loca right after glyf, as section 5.1 asks; a digital signature would no longer hold. */
function readTables(font: Uint8Array, view: DataView): readonly Table[] {
  const tables: Table[] = []
  for (let index = 0; index < view.getUint16(4); index++) {
    const at = 12 + 16 * index
    const tag = Buffer.from(font.subarray(at, at + 4)).toString('latin1')
    const offset = view.getUint32(at + 8)
    if (tag !== 'DSIG') tables.push({ tag, data: font.subarray(offset, offset + view.getUint32(at + 12)) })
  }
  const loca = tables.filter(({ tag }) => tag === 'loca')
  return tables.flatMap((table) => (table.tag === 'glyf' ? [table, ...loca] : table.tag === 'loca' ? [] : [table]))
}

function directoryEntry({ tag, data }: Table): Buffer {
  const known = knownTags.indexOf(tag)
  const transformation = tag === 'glyf' || tag === 'loca' ? untransformed : 0
  const flags = Buffer.from([(known < 0 ? otherTag : known) | transformation])
  return Buffer.concat([flags, known < 0 ? Buffer.from(tag, 'latin1') : Buffer.alloc(0), base128(data.length)])
}

/** UIntBase128 (section 4.1): seven bits a byte, the high bit on all but the last. */
function base128(value: number): Buffer {
  const bytes = [value & 0x7f]
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80)
  return Buffer.from(bytes)
}
