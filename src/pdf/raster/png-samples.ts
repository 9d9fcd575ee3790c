/**
 * Samples of PNG files (ISO 15948, sections 7 to 10): filters undone, passes of interlacing put together, alpha split from colour. In: a
 * PNG's chunks. Out: rows of samples. Needed only where PDF cannot take the compressed samples as they are.
 */
import { constants, inflateSync } from 'node:zlib'
import type { PngInfo } from '../../layout/png.js'

/** Samples per pixel of each colour type. */
export const channelsOf = ({ colorType }: Pick<PngInfo, 'colorType'>): number => ({ 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 })[colorType]

export const rowBytes = (width: number, bitsPerPixel: number): number => Math.ceil((width * bitsPerPixel) / 8)

/** x and y of the first pixel, and steps, of the seven passes (Adam7). */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

/** All rows one after another, each from a whole byte on; what is missing at the end stays 0. */
export function decodeSamples(png: PngInfo): Uint8Array {
  const bitsPerPixel = channelsOf(png) * png.bits
  const { width, height } = png
  // A stream that would grow beyond the picture is cut off there: an error of zlib that is told as such.
  const limit = (rowBytes(width, bitsPerPixel) + 8) * (height + 8) * 2 + 1024
  const stream = inflateSync(Buffer.concat(png.samples), { maxOutputLength: limit, finishFlush: constants.Z_SYNC_FLUSH })
  if (!png.interlaced) return unfilter(stream, 0, { width, height, bitsPerPixel }).rows
  const out = new Uint8Array(rowBytes(width, bitsPerPixel) * height)
  let offset = 0
  for (const [x, y, stepX, stepY] of passes) {
    const part = { width: Math.ceil((width - x) / stepX), height: Math.ceil((height - y) / stepY), bitsPerPixel }
    if (part.width <= 0 || part.height <= 0) continue
    const { rows, end } = unfilter(stream, offset, part)
    offset = end
    spread({ rows, part, out, width }, [x, y, stepX, stepY])
  }
  return out
}

interface Raster {
  readonly width: number
  readonly height: number
  readonly bitsPerPixel: number
}

/** Section 9: each row starts with the number of its filter. */
function unfilter(stream: Uint8Array, start: number, { width, height, bitsPerPixel }: Raster): { rows: Uint8Array; end: number } {
  const length = rowBytes(width, bitsPerPixel)
  const back = Math.max(1, bitsPerPixel >> 3)
  const rows = new Uint8Array(length * height)
  let at = start
  for (let y = 0; y < height; y++) {
    const filter = stream[at++] ?? 0
    const row = y * length
    const above = row - length
    for (let x = 0; x < length; x++) {
      const left = x >= back ? (rows[row + x - back] as number) : 0
      const up = y > 0 ? (rows[above + x] as number) : 0
      const upLeft = y > 0 && x >= back ? (rows[above + x - back] as number) : 0
      rows[row + x] = (stream[at++] ?? 0) + predicted(filter, left, up, upLeft)
    }
  }
  return { rows, end: at }
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  return filter === 4 ? paeth(left, up, upLeft) : 0
}

export function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - upLeft)]
  if (a <= b && a <= c) return left
  return b <= c ? up : upLeft
}

interface Pass {
  readonly rows: Uint8Array
  readonly part: Raster
  readonly out: Uint8Array
  readonly width: number
}

/** Pixels of a pass to their places. */
function spread({ rows, part, out, width }: Pass, [x0, y0, stepX, stepY]: readonly [number, number, number, number]): void {
  const { bitsPerPixel } = part
  const from = rowBytes(part.width, bitsPerPixel)
  const to = rowBytes(width, bitsPerPixel)
  for (let y = 0; y < part.height; y++)
    for (let x = 0; x < part.width; x++) {
      const target = (y0 + y * stepY) * to
      const column = x0 + x * stepX
      if (bitsPerPixel >= 8) {
        const size = bitsPerPixel >> 3
        for (let byte = 0; byte < size; byte++) out[target + column * size + byte] = rows[y * from + x * size + byte] as number
        continue
      }
      const value = sampleAt(rows, y * from, { index: x, bits: bitsPerPixel })
      const shift = 8 - bitsPerPixel - ((column * bitsPerPixel) & 7)
      const byte = target + ((column * bitsPerPixel) >> 3)
      out[byte] = (out[byte] as number) | (value << shift)
    }
}

/** A sample of less than a byte. */
export function sampleAt(rows: Uint8Array, row: number, { index, bits }: { readonly index: number; readonly bits: number }): number {
  if (bits === 8) return rows[row + index] as number
  const bit = index * bits
  return ((rows[row + (bit >> 3)] as number) >> (8 - bits - (bit & 7))) & ((1 << bits) - 1)
}

export interface SplitSamples {
  /** Eight bits a sample. */
  readonly color: Uint8Array
  readonly alpha: Uint8Array
}

/** Colour and alpha apart; of samples of 16 bits the higher half. */
export function splitAlpha(rows: Uint8Array, png: PngInfo): SplitSamples {
  const channels = channelsOf(png)
  const colors = channels - 1
  const size = png.bits >> 3
  const count = png.width * png.height
  const color = new Uint8Array(count * colors)
  const alpha = new Uint8Array(count)
  for (let pixel = 0; pixel < count; pixel++) {
    const from = pixel * channels * size
    for (let channel = 0; channel < colors; channel++) color[pixel * colors + channel] = rows[from + channel * size] as number
    alpha[pixel] = rows[from + colors * size] as number
  }
  return { color, alpha }
}

/** The alpha of each pixel of a palette's picture. */
export function paletteAlpha(rows: Uint8Array, { width, height, bits, transparency }: PngInfo): Uint8Array {
  const alpha = new Uint8Array(width * height)
  const row = rowBytes(width, bits)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) alpha[y * width + x] = transparency?.[sampleAt(rows, y * row, { index: x, bits })] ?? 255
  return alpha
}
