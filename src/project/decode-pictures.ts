/**
 * WebP, AVIF, GIF and TIFF → PNG, before layout, which waits for nothing. In: a document's texts with the folders that their addresses
 * start from. Out: decoded bytes, kept by the digest of the file's own. The decoder is loaded only where there is such a picture.
 */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Report } from '../diagnostics/diagnostic.js'
import { foreignFormat } from '../layout/image-size.js'
import { decodeData, isUnder, pathOf } from '../layout/load-image.js'
import { isSystemError, readBytes, readText } from './engine.js'

/** PNG bytes by the digest of what they were decoded from; null where that failed. */
export type DecodedPictures = Map<string, Uint8Array | null>

export interface DecodeInput {
  readonly html: string
  /** Folder against which the document's addresses resolve. */
  readonly base: string
  /** Nothing outside this folder is read. */
  readonly root: string
  /** Absolute paths. */
  readonly styleSheets: readonly string[]
  /** What is decoded already, and where more is kept. */
  readonly decoded: DecodedPictures
  /** Makes PNG and JPEG grey as well. */
  readonly grayscale?: boolean
  readonly report: Report
}

/** What the decoded bytes of a picture are kept by. */
export const pictureDigest = (data: Uint8Array, grayscale = false): string =>
  `${grayscale ? 'gray ' : ''}${createHash('sha256').update(data).digest('hex')}`

/** Decodes what a document may show: each address in its text and in its style sheets, whatever names it. */
export async function decodePictures(input: DecodeInput): Promise<void> {
  const { decoded, grayscale = false, report } = input
  for (const data of foreignPictures(input)) {
    const digest = pictureDigest(data, grayscale)
    if (decoded.has(digest)) continue
    decoded.set(digest, await (foreignFormat(data) ? decode(data, { grayscale, report }) : inGray(data, report)))
  }
}

const mostPixels = 100_000_000

interface DecodeOptions {
  readonly grayscale: boolean
  readonly report: Report
}

async function decode(data: Uint8Array, { grayscale, report }: DecodeOptions): Promise<Uint8Array | null> {
  const { default: sharp } = await import('sharp')
  try {
    // Turned upright here: what it is decoded to has no orientation of its own.
    return await sharp(data, { limitInputPixels: mostPixels })
      .autoOrient()
      .toColourspace(grayscale ? 'b-w' : 'srgb')
      .png({ compressionLevel: 6 })
      .toBuffer()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    report({ severity: 'warning', code: 'image-undecodable', message: `a ${foreignFormat(data)} picture could not be decoded: ${reason}` })
    return null
  }
}

/** Sizes, orientation and transparency stay; a JPEG file stays one. Null for what cannot be read, of which layout tells. */
async function inGray(data: Uint8Array, report: Report): Promise<Uint8Array | null> {
  const { default: sharp } = await import('sharp')
  try {
    const gray = sharp(data, { limitInputPixels: mostPixels }).keepExif().toColourspace('b-w')
    return await (isJpeg(data) ? gray.jpeg({ quality: 92 }) : gray.png({ compressionLevel: 6 })).toBuffer()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    report({ severity: 'warning', code: 'image-undecodable', message: `a picture could not be turned into shades of grey: ${reason}` })
    return null
  }
}

const isJpeg = (data: Uint8Array): boolean => data[0] === 0xff && data[1] === 0xd8
const isPng = (data: Uint8Array): boolean => Buffer.from(data.subarray(0, 4)).toString('latin1') === '\x89PNG'

function* foreignPictures({ html, base, root, styleSheets, grayscale = false }: DecodeInput): Generator<Uint8Array> {
  const isWanted = (data: Uint8Array): boolean => foreignFormat(data) !== null || (grayscale && (isPng(data) || isJpeg(data)))
  // SVG files hold pictures too; that costs a reading, so only who needs all of them looks there.
  const holdsAddresses = grayscale ? /\.(?:css|svg)$/i : /\.css$/i
  const seen = new Set<string>()
  const texts = [{ text: html, folder: base }]
  const sheets = new Set(styleSheets)
  for (const file of sheets) texts.push({ text: readText(file) ?? '', folder: dirname(file) })
  for (const { text, folder } of texts)
    for (const address of addressesIn(text)) {
      if (/^data:/i.test(address)) {
        const data = seen.has(address) ? null : decodeData(address)
        seen.add(address)
        if (data && isWanted(data)) yield data
        continue
      }
      const path = pathOf(address, folder)
      if (path === null || seen.has(path) || !isUnder(path, root)) continue
      seen.add(path)
      if (holdsAddresses.test(path) && !sheets.has(path)) {
        sheets.add(path)
        texts.push({ text: readText(path) ?? '', folder: dirname(path) })
      } else if (startsWanted(path, isWanted)) {
        const data = readBytes(path)
        if (data) yield data
      }
    }
}

/** In attributes that hold addresses, in url() and in strings of style sheets (image-set, @import). */
const addressPattern =
  /(?:\b(?:src|href|srcset|data|poster)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))|url\(\s*(?:"([^"]*)"|'([^']*)'|([^\s"')]+))\s*\)|(?:image-set\([^;}]*|@import\s+)["']([^"']+)["']/gi

function* addressesIn(text: string): Generator<string> {
  for (const match of text.matchAll(addressPattern)) {
    const address = match.slice(1).find((group) => group !== undefined)
    if (address) yield unescaped(address.trim())
  }
}

const unescaped = (text: string): string => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'")

/** Looks at the first bytes alone: most pictures are of formats that PDF knows. */
function startsWanted(path: string, isWanted: (head: Uint8Array) => boolean): boolean {
  try {
    const file = openSync(path, 'r')
    const head = Buffer.alloc(32)
    const length = readSync(file, head, 0, 32, 0)
    closeSync(file)
    return isWanted(head.subarray(0, length))
  } catch (error) {
    if (isSystemError(error)) return false
    throw error
  }
}
