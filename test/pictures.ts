/** Pictures made for tests, and how drawn pages look beside them. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { temporaryFolder } from './tools.js'

export interface PngInput {
  readonly width: number
  readonly height: number
  readonly bits: number
  readonly colorType: number
  /** Packed rows without filters. */
  readonly rows: Uint8Array
  /** Further chunks before the samples. */
  readonly chunks?: readonly (readonly [type: string, data: Uint8Array])[]
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

/** A PNG file of the given samples. */
export function makePng({ width, height, bits, colorType, rows, chunks = [] }: PngInput): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([bits, colorType, 0, 0, 0], 8)
  const length = rows.length / height
  const filtered = Buffer.concat(Array.from({ length: height }, (_, y) => Buffer.from([0, ...rows.subarray(y * length, (y + 1) * length)])))
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', header),
      ...chunks.map(([type, data]) => chunk(type, data)),
      chunk('IDAT', deflateSync(filtered)),
      chunk('IEND', new Uint8Array(0)),
    ]),
  )
}

/** RGB samples, row by row. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
  at(x: number, y: number): readonly [number, number, number]
}

/** Reads a picture on white. */
export async function pixelsOf(file: Uint8Array | string): Promise<Pixels> {
  const { data, info } = await sharp(file)
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height } = info
  return {
    width,
    height,
    data,
    at(x, y) {
      const place = (Math.floor(y) * width + Math.floor(x)) * 3
      return [data[place] ?? 0, data[place + 1] ?? 0, data[place + 2] ?? 0]
    },
  }
}

/** The first page of a PDF at 96 dpi. */
export async function drawnPage(pdf: Uint8Array): Promise<Pixels> {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'page.pdf'), pdf)
  execFileSync('pdftoppm', ['-r', '96', '-png', '-singlefile', join(folder, 'page.pdf'), join(folder, 'page')])
  return pixelsOf(join(folder, 'page.png'))
}

/** The share of pixels that differ clearly from every pixel of the other picture next to them: edges may be smoothed otherwise. */
export function difference(a: Pixels, b: Pixels, level = 60): number {
  const width = Math.min(a.width, b.width)
  const height = Math.min(a.height, b.height)
  let wrong = 0
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) if (!isNear(a.at(x, y), b, { x, y, level }) || !isNear(b.at(x, y), a, { x, y, level })) wrong++
  return wrong / (width * height)
}

function isNear(
  color: readonly number[],
  other: Pixels,
  { x, y, level }: { readonly x: number; readonly y: number; readonly level: number },
): boolean {
  for (let dy = -1; dy <= 1; dy++)
    for (let dx = -1; dx <= 1; dx++) {
      const beside = other.at(x + dx, y + dy)
      if (color.every((value, index) => Math.abs(value - (beside[index] as number)) <= level)) return true
    }
  return false
}

export const closeTo = (color: readonly number[], wanted: readonly number[], by = 12): boolean =>
  color.every((value, index) => Math.abs(value - (wanted[index] as number)) <= by)
