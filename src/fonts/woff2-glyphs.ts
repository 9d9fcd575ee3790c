/**
 * The transformed glyf table of WOFF 2 (section 5.1): seven streams → outlines. In: the table's bytes. Out: glyf and loca as OpenType has
 * them, and each glyph's xMin.
 */
import { ByteReader } from './byte-reader.js'
import { viewOf } from './sfnt.js'

export interface GlyphTables {
  readonly glyf: Uint8Array
  /** Offsets of 32 bits. */
  readonly loca: Uint8Array
  readonly xMin: readonly number[]
}

interface Streams {
  readonly contours: ByteReader
  readonly points: ByteReader
  readonly flags: ByteReader
  readonly glyphs: ByteReader
  readonly composites: ByteReader
  readonly boxes: ByteReader
  readonly instructions: ByteReader
  readonly hasBox: (glyph: number) => boolean
  readonly overlaps: (glyph: number) => boolean
}

const composite = 0xffff
const moreComponents = 0x20
const haveInstructions = 0x100
const overlapSimple = 0x40

/** Restores all outlines. Throws a RangeError where a stream ends early. */
export function readGlyphs(data: Uint8Array): GlyphTables {
  const header = new ByteReader(data, 2)
  const options = header.uint16()
  const count = header.uint16()
  header.uint16()
  const sizes = Array.from({ length: 7 }, () => header.uint32())
  const streams = openStreams(data, { start: header.offset, sizes, count, options })
  const parts: Uint8Array[] = []
  const loca = new Uint8Array(4 * (count + 1))
  const offsets = viewOf(loca)
  const xMin: number[] = []
  let offset = 0
  for (let glyph = 0; glyph < count; glyph++) {
    const contours = streams.contours.uint16()
    const bytes =
      contours === 0 ? new Uint8Array(0) : contours === composite ? readComposite(streams) : readSimple(streams, glyph, contours)
    xMin.push(bytes.length > 0 ? viewOf(bytes).getInt16(2) : 0)
    parts.push(bytes)
    offset += bytes.length
    offsets.setUint32(4 * (glyph + 1), offset)
  }
  const glyf = new Uint8Array(offset)
  let at = 0
  for (const part of parts) {
    glyf.set(part, at)
    at += part.length
  }
  return { glyf, loca, xMin }
}

interface Layout {
  readonly start: number
  readonly sizes: readonly number[]
  readonly count: number
  readonly options: number
}

function openStreams(data: Uint8Array, { start, sizes, count, options }: Layout): Streams {
  const starts: number[] = []
  let at = start
  for (const size of sizes) {
    starts.push(at)
    at += size
  }
  const reader = (index: number, skip = 0): ByteReader => new ByteReader(data.subarray(0, at), (starts[index] as number) + skip)
  const bitmapLength = ((count + 31) >> 5) << 2
  const bitmap = data.subarray(starts[5] as number, (starts[5] as number) + bitmapLength)
  const overlap = (options & 1) !== 0 ? data.subarray(at, at + ((count + 7) >> 3)) : null
  const bit = (bits: Uint8Array, glyph: number): boolean => ((bits[glyph >> 3] ?? 0) & (0x80 >> (glyph & 7))) !== 0
  return {
    contours: reader(0),
    points: reader(1),
    flags: reader(2),
    glyphs: reader(3),
    composites: reader(4),
    boxes: reader(5, bitmapLength),
    instructions: reader(6),
    hasBox: (glyph) => bit(bitmap, glyph),
    overlaps: (glyph) => overlap !== null && bit(overlap, glyph),
  }
}

function readComposite(streams: Streams): Uint8Array {
  const { composites } = streams
  const start = composites.offset
  let flags = moreComponents
  let instructed = false
  while ((flags & moreComponents) !== 0) {
    flags = composites.uint16()
    instructed ||= (flags & haveInstructions) !== 0
    composites.bytes(2 + ((flags & 1) !== 0 ? 4 : 2) + ((flags & 8) !== 0 ? 2 : (flags & 0x40) !== 0 ? 4 : (flags & 0x80) !== 0 ? 8 : 0))
  }
  const length = composites.offset - start
  composites.offset = start
  const components = composites.bytes(length)
  const instructions = instructed ? streams.instructions.bytes(streams.glyphs.packed16()) : null
  const size = 10 + length + (instructions ? 2 + instructions.length : 0)
  const glyph = new Uint8Array((size + 3) & ~3)
  const view = viewOf(glyph)
  view.setInt16(0, -1)
  glyph.set(streams.boxes.bytes(8), 2)
  glyph.set(components, 10)
  if (instructions) {
    view.setUint16(10 + length, instructions.length)
    glyph.set(instructions, 12 + length)
  }
  return glyph
}

interface Points {
  readonly x: Int32Array
  readonly y: Int32Array
  readonly onCurve: Uint8Array
}

function readSimple(streams: Streams, index: number, contours: number): Uint8Array {
  const ends: number[] = []
  let count = 0
  for (let contour = 0; contour < contours; contour++) {
    count += streams.points.packed16()
    ends.push(count - 1)
  }
  const points = readPoints(streams, count)
  const instructions = streams.instructions.bytes(streams.glyphs.packed16())
  const glyph = new Uint8Array((10 + 2 * contours + 2 + instructions.length + 5 * count + 3) & ~3)
  const view = viewOf(glyph)
  view.setInt16(0, contours)
  if (streams.hasBox(index)) glyph.set(streams.boxes.bytes(8), 2)
  else writeBox(view, points)
  for (const [contour, end] of ends.entries()) view.setUint16(10 + 2 * contour, end)
  let at = 10 + 2 * contours
  view.setUint16(at, instructions.length)
  glyph.set(instructions, at + 2)
  at += 2 + instructions.length
  return glyph.subarray(0, (writePoints(glyph, at, { points, overlaps: streams.overlaps(index) }) + 3) & ~3)
}

/** Section 5.2: a flag and one to four bytes a point. */
function readPoints(streams: Streams, count: number): Points {
  const points = { x: new Int32Array(count), y: new Int32Array(count), onCurve: new Uint8Array(count) }
  let x = 0
  let y = 0
  for (let index = 0; index < count; index++) {
    const raw = streams.flags.uint8()
    const { dx, dy } = readTriplet(raw & 0x7f, streams.glyphs)
    x += dx
    y += dy
    points.x[index] = x
    points.y[index] = y
    points.onCurve[index] = raw >> 7 === 0 ? 1 : 0
  }
  return points
}

const signed = (flag: number, value: number): number => ((flag & 1) !== 0 ? value : -value)

function readTriplet(flag: number, bytes: ByteReader): { dx: number; dy: number } {
  const first = bytes.uint8()
  if (flag < 10) return { dx: 0, dy: signed(flag, ((flag & 14) << 7) + first) }
  if (flag < 20) return { dx: signed(flag, (((flag - 10) & 14) << 7) + first), dy: 0 }
  if (flag < 84) {
    const base = flag - 20
    return { dx: signed(flag, 1 + (base & 0x30) + (first >> 4)), dy: signed(flag >> 1, 1 + ((base & 0x0c) << 2) + (first & 0x0f)) }
  }
  const second = bytes.uint8()
  if (flag < 120) {
    const base = flag - 84
    return {
      dx: signed(flag, 1 + (Math.floor(base / 12) << 8) + first),
      dy: signed(flag >> 1, 1 + (((base % 12) >> 2) << 8) + second),
    }
  }
  const third = bytes.uint8()
  if (flag < 124) return { dx: signed(flag, (first << 4) + (second >> 4)), dy: signed(flag >> 1, ((second & 0x0f) << 8) + third) }
  return { dx: signed(flag, (first << 8) + second), dy: signed(flag >> 1, (third << 8) + bytes.uint8()) }
}

function writeBox(view: DataView, { x, y }: Points): void {
  let left = x[0] ?? 0
  let right = left
  let bottom = y[0] ?? 0
  let top = bottom
  for (let index = 1; index < x.length; index++) {
    left = Math.min(left, x[index] as number)
    right = Math.max(right, x[index] as number)
    bottom = Math.min(bottom, y[index] as number)
    top = Math.max(top, y[index] as number)
  }
  for (const [index, value] of [left, bottom, right, top].entries()) view.setInt16(2 + 2 * index, value)
}

/** Flags, then x, then y (ISO/IEC 14496-22, section 5.3.3); answers where the glyph ends. */
function writePoints(
  glyph: Uint8Array,
  start: number,
  { points, overlaps }: { readonly points: Points; readonly overlaps: boolean },
): number {
  const view = viewOf(glyph)
  const count = points.x.length
  let at = start + count
  const coordinates = (values: Int32Array, short: number, same: number): void => {
    let before = 0
    for (let index = 0; index < count; index++) {
      const delta = (values[index] as number) - before
      before = values[index] as number
      const flagAt = start + index
      if (delta === 0) glyph[flagAt] = (glyph[flagAt] as number) | same
      else if (delta > -256 && delta < 256) {
        glyph[flagAt] = (glyph[flagAt] as number) | short | (delta > 0 ? same : 0)
        glyph[at++] = Math.abs(delta)
      } else {
        view.setInt16(at, delta)
        at += 2
      }
    }
  }
  for (let index = 0; index < count; index++)
    glyph[start + index] = (points.onCurve[index] as number) | (index === 0 && overlaps ? overlapSimple : 0)
  coordinates(points.x, 2, 16)
  coordinates(points.y, 4, 32)
  return at
}
