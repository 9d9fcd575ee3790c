/**
 * Natural sizes of images, read from their first bytes. In: a file's bytes. Out: kind, size in px and ratio, or null where the
 * bytes are no image we know. PNG (ISO 15948 section 11.2.2), JPEG (ITU-T T.81 annex B), SVG 2 section 8 (with CSS Images 3
 * section 4.1: a viewBox alone gives a ratio and no size).
 */
import type { ImageResource } from './image.js'

export type ImageSize = Pick<ImageResource, 'kind' | 'naturalWidth' | 'naturalHeight' | 'naturalRatio'>

/** Reads the size from the bytes themselves, whatever the file is called; null where they are unreadable. */
export function readImageSize(data: Uint8Array): ImageSize | null {
  if (startsWith(data, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return pngSize(data)
  if (startsWith(data, [0xff, 0xd8, 0xff])) return jpegSize(data)
  return svgSize(data)
}

const startsWith = (data: Uint8Array, bytes: readonly number[]): boolean => bytes.every((byte, index) => data[index] === byte)

function raster(kind: 'png' | 'jpeg', width: number, height: number): ImageSize | null {
  return width > 0 && height > 0 ? { kind, naturalWidth: width, naturalHeight: height, naturalRatio: width / height } : null
}

function pngSize(data: Uint8Array): ImageSize | null {
  if (data.length < 24 || String.fromCharCode(...data.subarray(12, 16)) !== 'IHDR') return null
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  return raster('png', view.getUint32(16), view.getUint32(20))
}

/** Walks the marker segments up to the frame header. */
function jpegSize(data: Uint8Array): ImageSize | null {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  let offset = 2
  while (offset + 4 <= data.length) {
    if (data[offset] !== 0xff) return null
    const marker = data[offset + 1] ?? 0
    if (marker === 0xff) {
      offset++
      continue
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      offset += 2
      continue
    }
    if (isFrameHeader(marker))
      return offset + 9 <= data.length ? raster('jpeg', view.getUint16(offset + 7), view.getUint16(offset + 5)) : null
    if (marker === 0xd9 || marker === 0xda) return null
    offset += 2 + Math.max(2, view.getUint16(offset + 2))
  }
  return null
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which share their range. */
const isFrameHeader = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

function svgSize(data: Uint8Array): ImageSize | null {
  const tag = rootTag(decode(data))
  if (tag === null) return null
  const width = svgLength(attribute(tag, 'width'))
  const height = svgLength(attribute(tag, 'height'))
  const box = (attribute(tag, 'viewBox') ?? '')
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
