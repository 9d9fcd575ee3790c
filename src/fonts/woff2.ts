/**
 * WOFF 2 (W3C Recommendation, WOFF File Format 2.0, sections 4 and 5) → OpenType: the directory, the one Brotli stream, and the transformed
 * tables glyf, loca and hmtx. In: the bytes of a .woff2 file. Out: the bytes of the font in it.
 */
import { brotliDecompressSync } from 'node:zlib'
import { ByteReader } from './byte-reader.js'
import { viewOf, writeSfnt } from './sfnt.js'
import { type GlyphTables, readGlyphs } from './woff2-glyphs.js'

/** Section 5.1, table 2: tags that a number stands for. */
const knownTags =
  'cmap head hhea hmtx maxp name OS/2 post cvt_ fpgm glyf loca prep CFF_ VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG_ sbix acnt avar bdat bloc bsln cvar fdsc feat fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill'
    .split(' ')
    .map((tag) => tag.replace('_', ' '))
const otherTag = 63
const largestFont = 1 << 28

interface Entry {
  readonly tag: string
  readonly transformed: boolean
  /** In the Brotli stream. */
  readonly length: number
}

/** Throws an Error with a plain message where the file is broken. */
export function fromWoff2(data: Uint8Array): Uint8Array {
  const view = viewOf(data)
  const flavor = view.getUint32(4)
  if (flavor === 0x74746366) throw new Error('collections in WOFF 2 are not read; use one file a font')
  const reader = new ByteReader(data, 48)
  const entries = Array.from({ length: view.getUint16(12) }, () => readEntry(reader))
  const total = entries.reduce((sum, { length }) => sum + length, 0)
  if (total > largestFont) throw new Error('it is too large')
  const compressed = data.subarray(reader.offset, reader.offset + view.getUint32(20))
  const content = brotliDecompressSync(compressed, { maxOutputLength: Math.max(1, total) })
  const tables = new Map<string, Uint8Array>()
  let offset = 0
  for (const { tag, length } of entries) {
    tables.set(tag, content.subarray(offset, offset + length))
    offset += length
  }
  restore(tables, new Set(entries.filter(({ transformed }) => transformed).map(({ tag }) => tag)))
  return writeSfnt(flavor, tables)
}

function readEntry(reader: ByteReader): Entry {
  const flags = reader.uint8()
  const index = flags & 0x3f
  const tag = index === otherTag ? reader.tag() : (knownTags[index] ?? '????')
  const version = flags >> 6
  const transformed = tag === 'glyf' || tag === 'loca' ? version !== 3 : version !== 0
  const original = reader.base128()
  return { tag, transformed, length: transformed ? reader.base128() : original }
}

function restore(tables: Map<string, Uint8Array>, transformed: ReadonlySet<string>): void {
  const glyf = tables.get('glyf')
  const glyphs = glyf && transformed.has('glyf') ? readGlyphs(glyf) : null
  if (glyphs) {
    tables.set('glyf', glyphs.glyf)
    tables.set('loca', glyphs.loca)
    const head = tables.get('head')?.slice()
    if (head) {
      viewOf(head).setInt16(50, 1)
      tables.set('head', head)
    }
  }
  const hmtx = tables.get('hmtx')
  if (hmtx && transformed.has('hmtx')) {
    const hhea = tables.get('hhea')
    if (!glyphs || !hhea) throw new Error('its table hmtx cannot be restored')
    tables.set('hmtx', restoreMetrics(hmtx, viewOf(hhea).getUint16(34), glyphs))
  }
}

/** Section 5.4: side bearings that equal the glyphs' xMin are left out. */
function restoreMetrics(data: Uint8Array, longMetrics: number, { xMin }: GlyphTables): Uint8Array {
  const reader = new ByteReader(data, 0)
  const flags = reader.uint8()
  const count = xMin.length
  const advances = Array.from({ length: longMetrics }, () => reader.uint16())
  const bearings = Array.from({ length: count }, (_, glyph) => {
    const omitted = (flags & (glyph < longMetrics ? 1 : 2)) !== 0
    return omitted ? (xMin[glyph] ?? 0) : reader.int16()
  })
  const table = new Uint8Array(4 * longMetrics + 2 * (count - longMetrics))
  const view = viewOf(table)
  for (let glyph = 0; glyph < count; glyph++) {
    const long = glyph < longMetrics
    if (long) view.setUint16(4 * glyph, advances[glyph] ?? 0)
    view.setInt16(long ? 4 * glyph + 2 : 4 * longMetrics + 2 * (glyph - longMetrics), bearings[glyph] ?? 0)
  }
  return table
}
