/**
 * Pictures of PDF pages and how they differ. In: PDF files. Out: pages as RGB at 96 dpi (pdftoppm), counts of pixels that differ, and for a
 * person's eyes both pictures and their difference as PNG.
 */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'

/** One page: three bytes a pixel. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly pixels: Buffer
}

/** Channels that differ by this much or less are the same: rounding where an edge or a glyph lies between two pixels. */
export const channelTolerance = 40

const run = promisify(execFile)

/** Every page of a PDF at 96 dpi, so that one px of CSS is one pixel. */
export async function drawPages(pdf: string): Promise<readonly Picture[]> {
  const { stdout } = await run('pdftoppm', ['-r', '96', pdf], { encoding: 'buffer', maxBuffer: 1 << 30 })
  const pages: Picture[] = []
  for (let at = 0; at < stdout.length; ) {
    const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(stdout.subarray(at, at + 40).toString('latin1'))
    if (!head) throw new Error(`pdftoppm drew no picture for ${pdf}`)
    const [width, height] = [Number(head[1]), Number(head[2])]
    const start = at + head[0].length
    at = start + width * height * 3
    pages.push({ width, height, pixels: stdout.subarray(start, at) })
  }
  return pages
}

export const isBlank = (picture: Picture): boolean => picture.pixels.every((value) => value > 255 - channelTolerance)

/** Pixels that differ; pictures of unequal size differ in all of them. */
export function differingPixels(a: Picture, b: Picture, tolerance = channelTolerance): number {
  if (a.width !== b.width || a.height !== b.height) return Math.max(a.width * a.height, b.width * b.height)
  let count = 0
  for (let at = 0; at < a.pixels.length; at += 3) if (differs(a, b, at) > tolerance) count++
  return count
}

function differs(a: Picture, b: Picture, at: number): number {
  const channel = (index: number) => Math.abs((a.pixels[at + index] ?? 0) - (b.pixels[at + index] ?? 0))
  return Math.max(channel(0), channel(1), channel(2))
}

/** Writes NAME-test.png, NAME-reference.png and, for pictures of one size, NAME-difference.png with what differs in red. */
export async function savePictures(a: Picture, b: Picture, folder: string, name: string): Promise<void> {
  await savePng(a, join(folder, `${name}-test.png`))
  await savePng(b, join(folder, `${name}-reference.png`))
  if (a.width !== b.width || a.height !== b.height) return
  const pixels = Buffer.from(b.pixels.map((value) => 191 + (value >> 2)))
  for (let at = 0; at < pixels.length; at += 3) if (differs(a, b, at) > channelTolerance) pixels.set([255, 0, 0], at)
  await savePng({ ...b, pixels }, join(folder, `${name}-difference.png`))
}

async function savePng({ width, height, pixels }: Picture, path: string): Promise<void> {
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(path)
}
