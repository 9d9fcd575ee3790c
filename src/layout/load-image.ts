/**
 * Image addresses → image resources. In: an address from `src` or url(), and a way to read files. Out: bytes with natural sizes,
 * loaded once each. RFC 2397 (data:), RFC 3986 section 5 (relative references). Nothing is fetched from a network, and nothing
 * is read outside the project folder. Each address that cannot be had is reported once.
 */
import { createHash } from 'node:crypto'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Report, SourcePosition } from '../diagnostics/diagnostic.js'
import type { ImageLoader, ImageResource } from './image.js'
import { foreignFormat, readImage } from './image-size.js'

export interface ImageLoaderInput {
  /** Folder against which relative addresses resolve; absolute path. */
  readonly base: string
  /** The project folder, which no image may lie outside of; absolute path. */
  readonly root: string
  /** A file's bytes by absolute path; null where there is no such file. */
  readonly readFile: (path: string) => Uint8Array | null
  /** Bytes of WebP and the like as PNG, decoded beforehand; null where that failed. */
  readonly decoded?: (data: Uint8Array) => Uint8Array | null
  /** Bytes to take instead of those of a PNG or JPEG file; null where it is taken as it is. */
  readonly replaced?: (data: Uint8Array) => Uint8Array | null
  readonly report: Report
  /** Where an address was written. */
  readonly position?: (url: string) => SourcePosition | undefined
}

interface Refusal {
  readonly code: 'image-outside-project' | 'image-remote' | 'image-missing' | 'image-unreadable'
  readonly message: string
  readonly hint: string
}

/** A loader with its own cache. Its answer is null where the image cannot be had; why is reported on the first request. */
export function createImageLoader(input: ImageLoaderInput): ImageLoader {
  const byUrl = new Map<string, ImageResource | null>()
  const byKey = new Map<string, ImageResource | Refusal>()
  return (url) => {
    const known = byUrl.get(url)
    if (known !== undefined) return known
    const found = find(url, input, byKey)
    const image = 'code' in found ? null : found
    if ('code' in found) refuse(url, found, input)
    byUrl.set(url, image)
    return image
  }
}

function refuse(url: string, refusal: Refusal, { report, position }: ImageLoaderInput): void {
  const at = position?.(url)
  report({ severity: 'warning', ...refusal, ...(at ? { position: at } : {}) })
}

function find(url: string, input: ImageLoaderInput, byKey: Map<string, ImageResource | Refusal>): ImageResource | Refusal {
  const address = url.trim()
  if (/^data:/i.test(address)) return fromData(address, input)
  if (/^(?:https?:)?\/\//i.test(address)) return remote(address)
  const path = pathOf(address, input.base)
  if (path === null) return unreadable(shorten(address), 'write a path to a PNG, JPEG or SVG file')
  if (!isUnder(path, input.root)) return outside(address)
  const known = byKey.get(path)
  if (known) return known
  const data = input.readFile(path)
  const made = data ? resource(path, data, { name: shorten(address), input }) : missing(address)
  byKey.set(path, made)
  return made
}

interface Naming {
  readonly name: string
  readonly input: ImageLoaderInput
}

function resource(key: string, bytes: Uint8Array, { name, input }: Naming): ImageResource | Refusal {
  const format = foreignFormat(bytes)
  const data = format ? (input.decoded?.(bytes) ?? null) : (input.replaced?.(bytes) ?? bytes)
  if (!data) return unreadable(name, `it is a ${format} file that could not be decoded: save it as a PNG or JPEG file`)
  const read = readImage(data)
  return 'problem' in read ? unreadable(name, 'save it anew as a PNG, JPEG, WebP, AVIF or SVG file', read.problem) : { key, data, ...read }
}

function fromData(address: string, input: ImageLoaderInput): ImageResource | Refusal {
  const data = decodeData(address)
  const name = shorten(address)
  if (!data) return unreadable(name, 'a data: address is data:image/png;base64, and the bytes in base64')
  return resource(`data:${createHash('sha256').update(data).digest('hex')}`, data, { name, input })
}

/** The bytes of a data: address; null where they cannot be read. */
export function decodeData(address: string): Uint8Array | null {
  const comma = address.indexOf(',')
  if (comma < 0) return null
  const text = percentDecode(address.slice(comma + 1).replace(/#.*$/s, ''))
  if (!/;\s*base64\s*$/i.test(address.slice(0, comma))) return text
  const letters = Buffer.from(text).toString('latin1').replace(/\s+/g, '')
  return /^[A-Za-z0-9+/_-]*={0,2}$/.test(letters) ? new Uint8Array(Buffer.from(letters, 'base64')) : null
}

/** Bytes of a percent-encoded text; a stray percent sign stands for itself. */
function percentDecode(text: string): Uint8Array {
  const bytes: number[] = []
  const source = Buffer.from(text)
  for (let index = 0; index < source.length; index++) {
    const pair = source[index] === 0x25 ? source.subarray(index + 1, index + 3).toString('latin1') : ''
    const escaped = /^[0-9a-f]{2}$/i.test(pair)
    bytes.push(escaped ? Number.parseInt(pair, 16) : (source[index] ?? 0))
    if (escaped) index += 2
  }
  return Uint8Array.from(bytes)
}

/** The absolute path an address names; null for other schemes and for names that no file can have. */
export function pathOf(address: string, base: string): string | null {
  if (/^file:/i.test(address)) {
    try {
      return fileURLToPath(address)
    } catch {
      return null
    }
  }
  if (address === '' || /^[a-z][a-z0-9+.-]+:/i.test(address)) return null
  const path = Buffer.from(percentDecode(address.replace(/[?#].*$/s, ''))).toString('utf8')
  if (path === '' || path.includes('\0')) return null
  return resolve(base, path)
}

/** Whether a path lies in a folder. */
export function isUnder(path: string, root: string): boolean {
  const way = relative(resolve(root), path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

const shorten = (address: string): string => (address.length > 60 ? `${address.slice(0, 57)}...` : address)

function remote(address: string): Refusal {
  return {
    code: 'image-remote',
    message: `the image ${shorten(address)} is on the network and was not fetched`,
    hint: 'save the image in the project folder and write its path',
  }
}
function outside(address: string): Refusal {
  return {
    code: 'image-outside-project',
    message: `the image ${shorten(address)} lies outside the project folder`,
    hint: 'copy the image into the project folder and write its path from there',
  }
}
function missing(address: string): Refusal {
  return {
    code: 'image-missing',
    message: `there is no image ${shorten(address)}`,
    hint: 'check the name, capitals too, and that the path starts from the file that names it',
  }
}
function unreadable(name: string, hint: string, why?: string): Refusal {
  return { code: 'image-unreadable', message: `the image ${name} cannot be read${why === undefined ? '' : `: ${why}`}`, hint }
}
