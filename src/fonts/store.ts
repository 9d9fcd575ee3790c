/**
 * Opening font files. In: a face and what a style asks of it. Out: a Font, one object for each file, instance and synthesis; null, with a
 * message, where no source of the face can be used.
 */
import type { Report } from '../diagnostics/diagnostic.js'
import { singleFont } from './container.js'
import type { Font } from './font.js'
import { type AxisValues, axisPlace, instantiate } from './instance.js'
import type { FaceDescription } from './match.js'
import { type OpenTypeFile, readOpenType } from './open-type.js'

export interface Face extends FaceDescription {
  readonly family: string
  readonly sources: readonly { readonly url?: string; readonly local?: string }[]
  readonly unicodeRange: readonly (readonly [number, number])[]
  readonly ascentOverride: number | null
  readonly descentOverride: number | null
  readonly lineGapOverride: number | null
}

/** What a style asks of a face beyond its choice. */
export interface FontVariant {
  readonly axes: AxisValues
  readonly syntheticBold: number
  readonly syntheticSlant: number
}

export interface StoreOptions {
  /** Null where the file cannot be read. */
  readonly readFile: (path: string) => Uint8Array | null
  /** The path of a font by its full or PostScript name; undefined where there is none. */
  readonly localPath: (name: string) => string | undefined
  readonly report: Report
  /** Fonts already opened, shared between the documents of one run. */
  readonly opened: Map<string, Font>
}

export type FontStore = (face: Face, variant: FontVariant) => Font | null

/** A store that tells of each unusable face once, as `font-unreadable`. */
export function createFontStore(options: StoreOptions): FontStore {
  const failed = new Set<Face>()
  const files = new Map<string, { data: Uint8Array; file: OpenTypeFile }>()
  return (face, variant) => {
    if (failed.has(face)) return null
    const problems: string[] = []
    for (const { url: given, local } of face.sources) {
      const url = given ?? (local === undefined ? undefined : options.localPath(local))
      if (url === undefined) continue
      try {
        return openSource(url, { face, variant, options, files })
      } catch (error) {
        if (!(error instanceof Error)) throw error
        problems.push(`${shorten(url)}: ${error instanceof RangeError ? 'the file is cut short' : error.message}`)
      }
    }
    failed.add(face)
    if (problems.length > 0)
      options.report({
        severity: 'warning',
        code: 'font-unreadable',
        message: `the font '${face.family}' cannot be used: ${problems.join('; ')}`,
        hint: 'fonts must be TrueType, OpenType or WOFF files in the project folder',
      })
    return null
  }
}

interface Opening {
  readonly face: Face
  readonly variant: FontVariant
  readonly options: StoreOptions
  readonly files: Map<string, { data: Uint8Array; file: OpenTypeFile }>
}

function openSource(url: string, { face, variant, options, files }: Opening): Font {
  let read = files.get(url)
  if (!read) {
    const data = readSource(url, options)
    read = { data, file: readOpenType(data) }
    files.set(url, read)
  }
  const place = axisPlace(read.file.axes, variant.axes)
  const overrides = [face.ascentOverride, face.descentOverride, face.lineGapOverride]
  const key = [
    url,
    ...[...place].map(([tag, value]) => `${tag}=${value}`),
    variant.syntheticBold,
    variant.syntheticSlant,
    ...overrides,
  ].join('|')
  const known = options.opened.get(key)
  if (known) return known
  const data = place.size > 0 ? instantiate(read.data, place) : read.data
  const file = place.size > 0 ? { ...readOpenType(data), postScriptName: instanceName(read.file, place) } : read.file
  const font = makeFont(file, { id: options.opened.size, data, face, variant })
  options.opened.set(key, font)
  return font
}

/** Two instances of one file must not share a name in a PDF. */
const instanceName = ({ postScriptName }: OpenTypeFile, place: ReadonlyMap<string, number>): string =>
  [postScriptName, ...[...place].map(([tag, value]) => `${tag}${Math.round(value)}`)].join('-')

function readSource(url: string, { readFile }: StoreOptions): Uint8Array {
  const hash = url.startsWith('data:') ? -1 : url.lastIndexOf('#')
  const path = hash < 0 ? url : url.slice(0, hash)
  const data = url.startsWith('data:') ? dataOf(url) : readFile(path)
  if (!data) throw new Error('the file cannot be read')
  return singleFont(data, hash < 0 ? undefined : decodeURIComponent(url.slice(hash + 1)))
}

const shorten = (url: string): string => (url.startsWith('data:') ? 'data: URL' : url)

function dataOf(url: string): Uint8Array | null {
  const comma = url.indexOf(',')
  if (comma < 0) return null
  const body = url.slice(comma + 1)
  return url.slice(0, comma).endsWith(';base64') ? Buffer.from(body, 'base64') : Buffer.from(decodeURIComponent(body), 'latin1')
}

interface Making {
  readonly id: number
  readonly data: Uint8Array
  readonly face: Face
  readonly variant: FontVariant
}

function makeFont(file: OpenTypeFile, { id, data, face, variant }: Making): Font {
  const { glyphFor, unitsPerEm } = file
  const metric = (override: number | null, own: number): number => (override === null ? own : override * unitsPerEm)
  return {
    ...file,
    ascent: metric(face.ascentOverride, file.ascent),
    descent: metric(face.descentOverride, file.descent),
    lineGap: metric(face.lineGapOverride, file.lineGap),
    id,
    family: face.family,
    weight: face.weight[0],
    italic: face.style !== 'normal',
    data,
    syntheticBold: variant.syntheticBold,
    syntheticSlant: variant.syntheticSlant,
    hasCodePoint: (codePoint) => glyphFor(codePoint) !== 0,
  }
}
