/**
 * The chunks of a PNG file (ISO 15948, sections 5 and 11). In: bytes. Out: its header, palette, transparency and compressed samples, or why
 * it cannot be used. Damage shows in the checksums, so nothing is decompressed here.
 */
import { crc32, inflateSync } from 'node:zlib'

export interface PngInfo {
  readonly width: number
  readonly height: number
  /** Of a sample: 1, 2, 4, 8 or 16. */
  readonly bits: number
  /** 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha. */
  readonly colorType: 0 | 2 | 3 | 4 | 6
  readonly interlaced: boolean
  /** RGB triples. */
  readonly palette: Uint8Array | null
  /** tRNS: alphas of the palette, or the samples of the one transparent colour. */
  readonly transparency: Uint8Array | null
  /** The zlib stream, in its parts. */
  readonly samples: readonly Uint8Array[]
  readonly profile: Uint8Array | null
  /** Px of the picture per CSS px, where the file gives its resolution. */
  readonly density: number | null
}
export type PngReading = PngInfo | { readonly problem: string }

const depths: Readonly<Record<number, readonly number[]>> = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] }
const damaged = { problem: 'it is damaged' }
const endsEarly = { problem: 'it ends too early' }

/** Reads all chunks. */
export function readPng(data: Uint8Array): PngReading {
  const chunks = chunksOf(data)
  if ('problem' in chunks) return chunks
  const header = chunks.list[0]
  if (header?.type !== 'IHDR' || header.data.length !== 13) return damaged
  const view = viewOf(header.data)
  const [width, height] = [view.getUint32(0), view.getUint32(4)]
  const [bits = 0, colorType = 0, compression, filter, interlace] = header.data.subarray(8)
  if (width === 0 || height === 0) return { problem: 'it has no size' }
  if (!depths[colorType]?.includes(bits) || compression !== 0 || filter !== 0 || (interlace ?? 0) > 1) return damaged
  const find = (type: string): Uint8Array | null => chunks.list.find((chunk) => chunk.type === type)?.data ?? null
  const palette = find('PLTE')
  if (colorType === 3 && (!palette || palette.length < 3 || palette.length % 3 !== 0)) return damaged
  const samples = chunks.list.filter((chunk) => chunk.type === 'IDAT').map((chunk) => chunk.data)
  if (samples.length === 0) return damaged
  return {
    width,
    height,
    bits,
    colorType: colorType as PngInfo['colorType'],
    interlaced: interlace === 1,
    palette: colorType === 3 ? palette : null,
    transparency: colorType < 4 ? find('tRNS') : null,
    samples,
    profile: find('sRGB') ? null : profileOf(find('iCCP')),
    density: densityOf(find('pHYs')),
  }
}

interface Chunk {
  readonly type: string
  readonly data: Uint8Array
}

const viewOf = (data: Uint8Array): DataView => new DataView(data.buffer, data.byteOffset, data.byteLength)

function chunksOf(data: Uint8Array): { readonly list: readonly Chunk[] } | { readonly problem: string } {
  const view = viewOf(data)
  const list: Chunk[] = []
  for (let offset = 8; offset + 12 <= data.length; ) {
    const length = view.getUint32(offset)
    if (offset + 12 + length > data.length) return endsEarly
    const type = Buffer.from(data.subarray(offset + 4, offset + 8)).toString('latin1')
    const isCritical = type.charCodeAt(0) < 0x60
    if (isCritical && crc32(data.subarray(offset + 4, offset + 8 + length)) !== view.getUint32(offset + 8 + length)) return damaged
    if (type === 'IEND') return { list }
    list.push({ type, data: data.subarray(offset + 8, offset + 8 + length) })
    offset += 12 + length
  }
  return endsEarly
}

function densityOf(data: Uint8Array | null): number | null {
  if (data?.length !== 9 || data[8] !== 1) return null
  const perMetre = viewOf(data).getUint32(0)
  return perMetre > 0 ? (perMetre * 0.0254) / 96 : null
}

const largestProfile = 1 << 24

/** Null where it cannot be decompressed: the colours are then taken as sRGB. */
function profileOf(data: Uint8Array | null): Uint8Array | null {
  if (!data) return null
  const end = data.indexOf(0)
  if (end < 0) return null
  try {
    return new Uint8Array(inflateSync(data.subarray(end + 2), { maxOutputLength: largestProfile }))
  } catch (error) {
    if (error instanceof RangeError || (error as NodeJS.ErrnoException).code !== undefined) return null
    throw error
  }
}
