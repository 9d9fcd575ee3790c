/**
 * The wrapper of TrueType and OpenType files (ISO/IEC 14496-22, section 4.5.1): a directory and tables. In: bytes. Out: tables by tag, and
 * tables as a file again.
 */

export interface TablePlace {
  readonly offset: number
  readonly length: number
}

export interface Sfnt {
  /** 0x00010000 or `true` for TrueType outlines, `OTTO` for CFF. */
  readonly flavor: number
  readonly tables: ReadonlyMap<string, TablePlace>
}

const signatures: ReadonlySet<number> = new Set([0x00010000, 0x4f54544f, 0x74727565])

/** `RangeError` where bytes are missing, so that every reader says the same of a file cut short. */
function cutShort(): never {
  throw new RangeError('the file is cut short')
}

/** Reads the directory that starts at `start`. Throws an Error with a plain message where there is none, or a table lies outside the file. */
export function readSfnt(data: Uint8Array, start = 0): Sfnt {
  const view = viewOf(data)
  if (data.length < start + 12) cutShort()
  const flavor = view.getUint32(start)
  if (!signatures.has(flavor)) throw new Error('it is no TrueType or OpenType file')
  const tables = new Map<string, TablePlace>()
  const count = view.getUint16(start + 4)
  if (data.length < start + 12 + 16 * count) cutShort()
  for (let index = 0; index < count; index++) {
    const at = start + 12 + 16 * index
    const place = { offset: view.getUint32(at + 8), length: view.getUint32(at + 12) }
    if (place.offset + place.length > data.length) cutShort()
    tables.set(tagAt(data, at), place)
  }
  return { flavor, tables }
}

/** Offsets of the directories in a collection (section 4.5.2); null where the file is none. */
export function collectionOffsets(data: Uint8Array): readonly number[] | null {
  const view = viewOf(data)
  if (data.length < 12 || tagAt(data, 0) !== 'ttcf') return null
  const count = view.getUint32(8)
  if (count > 1024 || data.length < 12 + 4 * count) cutShort()
  return Array.from({ length: count }, (_, index) => view.getUint32(12 + 4 * index))
}

/** Tables as a file of one font, in the order of their tags. */
export function writeSfnt(flavor: number, tables: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const entries = [...tables].sort(([a], [b]) => (a < b ? -1 : 1))
  const directory = 12 + 16 * entries.length
  const file = new Uint8Array(directory + entries.reduce((sum, [, table]) => sum + padded(table.length), 0))
  const view = viewOf(file)
  const power = 2 ** Math.floor(Math.log2(Math.max(1, entries.length)))
  view.setUint32(0, flavor)
  view.setUint16(4, entries.length)
  view.setUint16(6, power * 16)
  view.setUint16(8, Math.log2(power))
  view.setUint16(10, (entries.length - power) * 16)
  let offset = directory
  for (const [index, [tag, table]] of entries.entries()) {
    const at = 12 + 16 * index
    for (let letter = 0; letter < 4; letter++) file[at + letter] = tag.charCodeAt(letter)
    file.set(table, offset)
    view.setUint32(at + 4, checksum(file, offset, padded(table.length)))
    view.setUint32(at + 8, offset)
    view.setUint32(at + 12, table.length)
    offset += padded(table.length)
  }
  return file
}

/** One font of a collection as a file of its own. */
export function extractFont(data: Uint8Array, start: number): Uint8Array {
  const { flavor, tables } = readSfnt(data, start)
  return writeSfnt(flavor, new Map([...tables].map(([tag, { offset, length }]) => [tag, data.subarray(offset, offset + length)])))
}

export const viewOf = (data: Uint8Array): DataView => new DataView(data.buffer, data.byteOffset, data.byteLength)
export const tagAt = (data: Uint8Array, at: number): string =>
  String.fromCharCode(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, data[at + 3] ?? 0)
const padded = (length: number): number => (length + 3) & ~3

function checksum(file: Uint8Array, start: number, length: number): number {
  const view = viewOf(file)
  let sum = 0
  for (let at = start; at < start + length; at += 4) sum = (sum + view.getUint32(at)) >>> 0
  return sum
}
