/**
 * What kind of image bytes are, and natural sizes. In: a file's bytes. Out: kind, size in px and ratio, or why they cannot be used. PNG and
 * JPEG (png.ts, jpeg.ts), SVG 2 section 8 (with CSS Images 3 section 4.1: a viewBox alone gives a ratio and no size).
 */
import type { ImageResource } from './image.js'
import { readJpeg } from './jpeg.js'
import { readPng } from './png.js'

export type ImageSize = Omit<ImageResource, 'key' | 'data'>
/** `problem` says what is wrong with it. */
export type ImageReading = ImageSize | { readonly problem: string }

/** More samples than any sheet can show; such a file would hold up whoever opens it. */
const mostPixels = 100_000_000

/** Reads the size from the bytes themselves, whatever the file is called. */
export function readImage(data: Uint8Array): ImageReading {
  if (startsWith(data, pngSignature)) return raster('png', readPng(data))
  if (startsWith(data, [0xff, 0xd8, 0xff])) return raster('jpeg', readJpeg(data))
  return svgSize(data) ?? { problem: data.length === 0 ? 'it is empty' : 'its format is not known here' }
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const startsWith = (data: Uint8Array, bytes: readonly number[]): boolean => bytes.every((byte, index) => data[index] === byte)

/** The name of a format that has to be decoded before layout; null where the bytes are of none. */
export function foreignFormat(data: Uint8Array): string | null {
  const text = Buffer.from(data.buffer, data.byteOffset, Math.min(32, data.byteLength)).toString('latin1')
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'WebP'
  if (text.startsWith('ftyp', 4)) return 'AVIF'
  if (text.startsWith('GIF8')) return 'GIF'
  return text.startsWith('II*\0') || text.startsWith('MM\0*') ? 'TIFF' : null
}

type Raster = { readonly width: number; readonly height: number; readonly orientation?: number; readonly density: number | null }

function raster(kind: 'png' | 'jpeg', read: Raster | { readonly problem: string }): ImageReading {
  if ('problem' in read) return read
  if (read.width * read.height > mostPixels) return { problem: `it is too large (${read.width} × ${read.height} pixels)` }
  const { orientation = 1, density } = read
  const [width, height] = orientation >= 5 ? [read.height, read.width] : [read.width, read.height]
  return {
    kind,
    naturalWidth: width,
    naturalHeight: height,
    naturalRatio: width / height,
    ...(orientation === 1 ? {} : { orientation }),
    ...(density === null ? {} : { density }),
  }
}

function svgSize(data: Uint8Array): ImageSize | null {
  const tag = rootTag(decode(data))
  return tag === null ? null : svgNaturalSize((name) => attribute(tag, name))
}

/** Natural sizes by the attributes of a root element, and by what CSS in its style attribute says in their place. */
export function svgNaturalSize(get: (name: string) => string | null): ImageSize {
  const styled = (name: string): string | null =>
    new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;!]+)`).exec(get('style') ?? '')?.[1]?.trim() ?? get(name)
  const width = svgLength(styled('width'))
  const height = svgLength(styled('height'))
  const box = (get('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  const [, , boxWidth = 0, boxHeight = 0] = box
  const boxRatio = box.length === 4 && boxWidth > 0 && boxHeight > 0 ? boxWidth / boxHeight : null
  const ratio = width && height ? width / height : boxRatio
  return { kind: 'svg', naturalWidth: width, naturalHeight: height, naturalRatio: ratio }
}

function decode(data: Uint8Array): string {
  const little = startsWith(data, [0xff, 0xfe])
  return new TextDecoder(little ? 'utf-16le' : startsWith(data, [0xfe, 0xff]) ? 'utf-16be' : 'utf-8').decode(data)
}

/** The root element's start tag after XML declaration, doctype and comments; null where it is not `svg`. */
function rootTag(text: string): string | null {
  let offset = 0
  for (;;) {
    const open = text.indexOf('<', offset)
    if (open < 0 || /\S/.test(text.slice(offset, open))) return null
    if (text.startsWith('<!--', open)) offset = endAfter(text, '-->', open)
    else if (text.startsWith('<?', open)) offset = endAfter(text, '?>', open)
    else if (text.startsWith('<!', open)) offset = doctypeEnd(text, open)
    else return startTag(text, open)
    if (offset < 0) return null
  }
}

function endAfter(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  return at < 0 ? -1 : at + mark.length
}

/** A doctype may hold an internal subset in brackets. */
function doctypeEnd(text: string, from: number): number {
  const close = text.indexOf('>', from)
  const bracket = text.indexOf('[', from)
  if (bracket < 0 || close < bracket) return close < 0 ? -1 : close + 1
  const end = text.indexOf(']', bracket)
  return end < 0 ? -1 : endAfter(text, '>', end)
}

function startTag(text: string, from: number): string | null {
  const name = /^<(?:[\w.-]+:)?svg(?=[\s/>])/.exec(text.slice(from, from + 100))
  if (!name) return null
  let quote = ''
  for (let index = from; index < text.length; index++) {
    const character = text.charAt(index)
    if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (character === '>') return text.slice(from, index)
  }
  return null
}

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)
  return found ? (found[1] ?? found[2] ?? null) : null
}

/** Px per unit (CSS Values 4 section 6); em and ex at the initial font size. */
const units: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 9.6 / 2.54,
  q: 2.4 / 2.54,
  em: 16,
  rem: 16,
  ex: 8,
}

/** Percentages and nonsense are no natural size. */
function svgLength(value: string | null): number | null {
  const found = /^\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?|\d+\.)([a-z]*)\s*$/i.exec(value ?? '')
  const unit = units[(found?.[2] ?? '%').toLowerCase()]
  const size = found && unit !== undefined ? Number(found[1]) * unit : 0
  return size > 0 ? size : null
}
