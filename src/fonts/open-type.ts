/**
 * OpenType files, as far as setting text needs them before a shaper is at work (ISO/IEC 14496-22; tables head, hhea, OS/2, post,
 * name, cmap and hmtx). In: the bytes of a .ttf or .otf file. Out: metrics, coverage and advances, in font units.
 */

import { checkOutlines } from './check-outlines.js'
import { readSfnt, type TablePlace, viewOf } from './sfnt.js'

export interface OpenTypeFile {
  readonly postScriptName: string
  readonly fullName: string
  /** As its maker writes it, such as `Version 4.005`. */
  readonly version: string
  readonly family: string
  readonly unitsPerEm: number
  readonly ascent: number
  readonly descent: number
  readonly lineGap: number
  readonly xHeight: number
  readonly capHeight: number
  readonly italicAngle: number
  readonly underlinePosition: number
  readonly underlineThickness: number
  readonly strikeoutPosition: number
  readonly strikeoutThickness: number
  /** From OS/2: 1 to 1000, percent of normal, and whether it slants. */
  readonly weight: number
  readonly stretch: number
  readonly italic: boolean
  /** The family's plain face, which goes before others that claim its weight. */
  readonly regular: boolean
  readonly axes: readonly VariationAxis[]
  /** 0 where the font has none. */
  glyphFor(codePoint: number): number
  glyphAdvance(glyph: number): number
}

/** ISO/IEC 14496-22, section 7.3.3. */
export interface VariationAxis {
  readonly tag: string
  readonly minimum: number
  readonly initial: number
  readonly maximum: number
}

type Tables = ReadonlyMap<string, TablePlace>

const useTypoMetrics = 1 << 7
const headMagic = 0x5f0f3cf5
const stretches = [50, 62.5, 75, 87.5, 100, 112.5, 125, 150, 200]

/** Reads a font file. Throws a RangeError or an Error with a plain message where the bytes are no such file. */
export function readOpenType(data: Uint8Array): OpenTypeFile {
  const view = viewOf(data)
  const sfnt = readSfnt(data)
  const { tables } = sfnt
  const head = required(tables, 'head', 54)
  const hhea = required(tables, 'hhea', 36)
  const glyphCount = view.getUint16(required(tables, 'maxp', 6) + 4)
  const unitsPerEm = view.getUint16(head + 18)
  if (view.getUint32(head + 12) !== headMagic || unitsPerEm < 16 || unitsPerEm > 16384) throw new Error("its table 'head' is broken")
  const longMetrics = view.getUint16(hhea + 34)
  if (longMetrics === 0) throw new Error("its table 'hhea' is broken")
  const hmtx = required(tables, 'hmtx', 4 * longMetrics)
  checkOutlineTables(view, tables)
  checkOutlines(data, sfnt, glyphCount)
  required(tables, 'post', 32)
  const post = tables.get('post')
  const os2 = tables.get('OS/2')
  const cmap = readCharacterMap(view, tables)
  const names = readNames(view, tables)
  return {
    ...verticalMetrics(view, hhea, os2),
    ...lineMetrics(view, { os2: os2?.offset, post: post?.offset, unitsPerEm }),
    postScriptName: names.get(6) ?? names.get(4) ?? 'Unnamed',
    version: names.get(5) ?? '',
    fullName: names.get(4) ?? names.get(6) ?? 'Unnamed',
    family: names.get(16) ?? names.get(1) ?? 'Unnamed',
    unitsPerEm,
    italicAngle: post ? view.getInt32(post.offset + 4) / 65536 : 0,
    weight: os2 ? Math.min(1000, Math.max(1, view.getUint16(os2.offset + 4))) : 400,
    stretch: os2 ? (stretches[view.getUint16(os2.offset + 6) - 1] ?? 100) : 100,
    italic: os2 && os2.length > 62 ? (view.getUint16(os2.offset + 62) & 0x201) !== 0 : (view.getUint16(head + 44) & 2) !== 0,
    regular: os2 !== undefined && os2.length > 63 && (view.getUint16(os2.offset + 62) & 0x40) !== 0 && names.get(17) === undefined,
    axes: readAxes(view, tables),
    glyphFor: (codePoint) => {
      const glyph = cmap(codePoint)
      return glyph < glyphCount ? glyph : 0
    },
    glyphAdvance: (glyph) => view.getUint16(hmtx + 4 * Math.min(glyph, longMetrics - 1)),
  }
}

/** TrueType outlines with their places, or CFF of version 1: what a PDF can embed. */
function checkOutlineTables(view: DataView, tables: Tables): void {
  if (tables.has('glyf') && tables.has('loca')) return
  const cff = tables.get('CFF ')
  if (!cff) throw new Error('it has no outlines')
  if (cff.length < 4 || view.getUint8(cff.offset) !== 1) throw new Error("its table 'CFF ' is broken")
}

function required(tables: Tables, tag: string, least: number): number {
  const table = tables.get(tag)
  if (!table) throw new Error(`its table '${tag}' is missing`)
  if (table.length < least) throw new RangeError(`its table '${tag}' is cut short`)
  return table.offset
}

function readAxes(view: DataView, tables: Tables): VariationAxis[] {
  const table = tables.get('fvar')
  if (!table || table.length < 16) return []
  const first = table.offset + view.getUint16(table.offset + 4)
  const count = view.getUint16(table.offset + 8)
  const size = view.getUint16(table.offset + 10)
  if (first + count * size > table.offset + table.length) throw new RangeError("its table 'fvar' is cut short")
  const fixed = (at: number): number => view.getInt32(at) / 65536
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * size
    const tag = String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))
    return { tag, minimum: fixed(at + 4), initial: fixed(at + 8), maximum: fixed(at + 12) }
  })
}

type Table = TablePlace | undefined

/** OS/2 typo metrics where the font asks for them, hhea otherwise (CSS Inline 3, appendix A.1). */
function verticalMetrics(view: DataView, hhea: number, os2: Table): { ascent: number; descent: number; lineGap: number } {
  if (os2 && os2.length >= 74 && (view.getUint16(os2.offset + 62) & useTypoMetrics) !== 0)
    return {
      ascent: view.getInt16(os2.offset + 68),
      descent: -view.getInt16(os2.offset + 70),
      lineGap: view.getInt16(os2.offset + 72),
    }
  return { ascent: view.getInt16(hhea + 4), descent: -view.getInt16(hhea + 6), lineGap: view.getInt16(hhea + 8) }
}

interface LineTables {
  readonly os2: number | undefined
  readonly post: number | undefined
  readonly unitsPerEm: number
}

function lineMetrics(view: DataView, { os2, post, unitsPerEm }: LineTables) {
  const heights = os2 !== undefined && view.getUint16(os2) >= 2
  return {
    xHeight: (heights ? view.getInt16(os2 + 86) : 0) || unitsPerEm * 0.5,
    capHeight: (heights ? view.getInt16(os2 + 88) : 0) || unitsPerEm * 0.7,
    underlinePosition: post === undefined ? -unitsPerEm * 0.1 : view.getInt16(post + 8),
    underlineThickness: (post === undefined ? 0 : view.getInt16(post + 10)) || unitsPerEm * 0.05,
    strikeoutPosition: os2 === undefined ? unitsPerEm * 0.3 : view.getInt16(os2 + 28),
    strikeoutThickness: (os2 === undefined ? 0 : view.getInt16(os2 + 26)) || unitsPerEm * 0.05,
  }
}

/** Name records by id, English first. */
function readNames(view: DataView, tables: Tables): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  const table = tables.get('name')
  if (!table) return names
  const count = view.getUint16(table.offset + 2)
  const strings = table.offset + view.getUint16(table.offset + 4)
  for (let index = 0; index < count; index++) {
    const at = table.offset + 6 + 12 * index
    if (at + 12 > view.byteLength) break
    const id = view.getUint16(at + 6)
    const windows = view.getUint16(at) === 3
    if (names.has(id) && !(windows && view.getUint16(at + 4) === 0x409)) continue
    const start = strings + view.getUint16(at + 10)
    const length = view.getUint16(at + 8)
    if (start + length > view.byteLength) continue
    let text = ''
    for (let byte = 0; byte < length; byte += windows ? 2 : 1)
      text += String.fromCharCode(windows ? view.getUint16(start + byte) : view.getUint8(start + byte))
    names.set(id, text)
  }
  return names
}

/** The best Unicode subtable: format 12 before format 4. */
function readCharacterMap(view: DataView, tables: Tables): (codePoint: number) => number {
  const cmap = required(tables, 'cmap', 4)
  const count = view.getUint16(cmap + 2)
  let best: { offset: number; format: number } | undefined
  for (let index = 0; index < count; index++) {
    const at = cmap + 4 + 8 * index
    const platform = view.getUint16(at)
    const encoding = view.getUint16(at + 2)
    if (platform !== 0 && !(platform === 3 && (encoding === 0 || encoding === 1 || encoding === 10))) continue
    const offset = cmap + view.getUint32(at + 4)
    if (offset + 16 > view.byteLength) throw new RangeError("its table 'cmap' is cut short")
    const format = view.getUint16(offset)
    if ((format === 4 || format === 12) && (!best || format > best.format)) best = { offset, format }
  }
  if (!best) return () => 0
  return best.format === 12 ? segmentedCoverage(view, best.offset) : segmentMapping(view, best.offset)
}

function segmentedCoverage(view: DataView, table: number): (codePoint: number) => number {
  const groups = view.getUint32(table + 12)
  if (table + 16 + 12 * groups > view.byteLength) throw new RangeError("its table 'cmap' is cut short")
  return (codePoint) => {
    let low = 0
    let high = groups - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const at = table + 16 + 12 * middle
      if (codePoint < view.getUint32(at)) high = middle - 1
      else if (codePoint > view.getUint32(at + 4)) low = middle + 1
      else return view.getUint32(at + 8) + codePoint - view.getUint32(at)
    }
    return 0
  }
}

function segmentMapping(view: DataView, table: number): (codePoint: number) => number {
  const doubled = view.getUint16(table + 6)
  const ends = table + 14
  const starts = ends + doubled + 2
  if (starts + 3 * doubled > view.byteLength) throw new RangeError("its table 'cmap' is cut short")
  return (codePoint) => {
    if (codePoint > 0xffff) return 0
    let low = 0
    let high = doubled / 2 - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (view.getUint16(ends + 2 * middle) < codePoint) low = middle + 1
      else high = middle
    }
    const start = view.getUint16(starts + 2 * low)
    if (codePoint < start || codePoint > view.getUint16(ends + 2 * low)) return 0
    const delta = view.getUint16(starts + doubled + 2 * low)
    const rangeAt = starts + 2 * doubled + 2 * low
    const range = view.getUint16(rangeAt)
    if (range === 0) return (codePoint + delta) & 0xffff
    const at = rangeAt + range + 2 * (codePoint - start)
    const glyph = at + 2 > view.byteLength ? 0 : view.getUint16(at)
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff
  }
}
