/**
 * Fonts of one document (CSS Fonts 4, section 5). In: the shipped faces and the document's @font-face rules. Out: for a style its
 * first available font, and for each character the font that has it. A file is opened when a style first asks for it.
 */
import type { ComputedStyle, FontFaceRule } from '../css/computed-style.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { Font, FontCollection } from './font.js'
import { bestFaces, type FaceDescription } from './match.js'
import { type OpenTypeFile, readOpenType } from './open-type.js'
import { fallbackFamilies, genericFamily, shippedFaces } from './shipped.js'

export interface FontCollectionOptions {
  /** Absolute; holds a folder per shipped font package. */
  readonly shippedFontFolder: string
  readonly fontFaces: readonly FontFaceRule[]
  /** Null where the file cannot be read. */
  readonly readFile: (path: string) => Uint8Array | null
  readonly report: Report
  /** Fonts already opened, by path: shared between the documents of one run. */
  readonly opened?: Map<string, Font>
}

interface Face extends FaceDescription {
  readonly family: string
  readonly sources: readonly { readonly url?: string; readonly local?: string }[]
  readonly unicodeRange: readonly (readonly [number, number])[]
}

/** The fonts for one combination of families, weight, slant and stretch. */
interface FontList {
  readonly primary: Font
  readonly faces: readonly Face[]
  readonly known: Map<number, Font | null>
}

/**
 * A font that cannot be read is reported as `font-unreadable`, a family list of which nothing is at hand as `font-unknown`; text
 * then goes on in the shipped serif. Throws only where the shipped fonts themselves are missing.
 */
export function createFontCollection(options: FontCollectionOptions): FontCollection {
  const store = createFontStore(options)
  const families = groupFaces(options)
  const lists = new Map<string, FontList>()
  const byStyle = new Map<ComputedStyle, FontList>()
  const unknown = new Set<string>()

  const facesOf = (name: string, style: ComputedStyle): readonly Face[] => {
    const faces = families.get(name.toLowerCase()) ?? families.get((genericFamily(name) ?? '').toLowerCase())
    return faces ? bestFaces(faces, { weight: style.fontWeight, stretch: style.fontStretch, style: style.fontStyle }) : []
  }
  const makeList = (style: ComputedStyle): FontList => {
    const named = style.fontFamily.flatMap((name) => facesOf(name, style))
    const wanted = style.fontFamily.join(', ')
    if (named.length === 0 && wanted !== '' && !unknown.has(wanted)) {
      unknown.add(wanted)
      options.report({
        severity: 'warning',
        code: 'font-unknown',
        message: `none of these font families is at hand: ${wanted}`,
        hint: "add an @font-face rule with the font's file, or end the list with serif, sans-serif or monospace",
      })
    }
    const faces = [...named, ...fallbackFamilies.flatMap((name) => facesOf(name, style))]
    const usable = faces.filter((face) => inRange(face, 0x20))
    for (const face of usable) {
      const font = store(face)
      if (font) return { primary: font, faces, known: new Map() }
    }
    throw new Error(`the shipped fonts are missing from ${options.shippedFontFolder}`)
  }
  const listOf = (style: ComputedStyle): FontList => {
    let list = byStyle.get(style)
    if (list) return list
    const key = `${style.fontFamily.join('\u0000')}|${style.fontWeight}|${style.fontStyle}|${style.fontStretch}`
    list = lists.get(key) ?? makeList(style)
    lists.set(key, list)
    byStyle.set(style, list)
    return list
  }
  return {
    primary: (style) => listOf(style).primary,
    forCodePoint(style, codePoint) {
      const list = listOf(style)
      const known = list.known.get(codePoint)
      if (known !== undefined) return known
      const found = findFont(list, codePoint, store)
      list.known.set(codePoint, found)
      return found
    },
  }
}

function findFont(list: FontList, codePoint: number, store: (face: Face) => Font | null): Font | null {
  for (const face of list.faces) {
    if (!inRange(face, codePoint)) continue
    const font = store(face)
    if (font?.hasCodePoint(codePoint)) return font
  }
  return null
}

const inRange = (face: Face, codePoint: number): boolean =>
  face.unicodeRange.length === 0 || face.unicodeRange.some(([low, high]) => codePoint >= low && codePoint <= high)

/** The document's own faces go before shipped ones of the same family (CSS Fonts 4, section 4.1). */
function groupFaces(options: FontCollectionOptions): ReadonlyMap<string, readonly Face[]> {
  const own = new Map<string, Face[]>()
  for (const rule of options.fontFaces) push(own, rule.family.toLowerCase(), { ...rule })
  const all = new Map<string, Face[]>(own)
  for (const { family, weight, italic, path } of shippedFaces(options.shippedFontFolder)) {
    const key = family.toLowerCase()
    if (own.has(key)) continue
    push(all, key, {
      family,
      weight: [weight, weight],
      stretch: [100, 100],
      style: italic ? 'italic' : 'normal',
      sources: [{ url: path }],
      unicodeRange: [],
    })
  }
  return all
}

function push(map: Map<string, Face[]>, key: string, face: Face): void {
  const list = map.get(key)
  if (list) list.push(face)
  else map.set(key, [face])
}

/** Opens each face once; one font object per file. */
function createFontStore(options: FontCollectionOptions): (face: Face) => Font | null {
  const byFace = new Map<Face, Font | null>()
  const byPath = options.opened ?? new Map<string, Font>()
  const open = (face: Face): Font | null => {
    const problems: string[] = []
    for (const { url } of face.sources) {
      if (url === undefined) continue
      const known = byPath.get(url)
      if (known) return known
      const data = url.startsWith('data:') ? dataOf(url) : options.readFile(url)
      if (!data) {
        problems.push(`${shorten(url)}: the file cannot be read`)
        continue
      }
      try {
        const font = makeFont(readOpenType(data), { id: byPath.size, data, face })
        byPath.set(url, font)
        return font
      } catch (error) {
        problems.push(`${shorten(url)}: ${error instanceof RangeError ? 'the file is cut short' : (error as Error).message}`)
      }
    }
    if (problems.length > 0)
      options.report({
        severity: 'error',
        code: 'font-unreadable',
        message: `the font '${face.family}' cannot be used: ${problems.join('; ')}`,
        hint: 'fonts must be TrueType or OpenType files (.ttf, .otf) in the project folder',
      })
    return null
  }
  return (face) => {
    const known = byFace.get(face)
    if (known !== undefined) return known
    const font = open(face)
    byFace.set(face, font)
    return font
  }
}

const shorten = (url: string): string => (url.startsWith('data:') ? 'data: URL' : url)

function dataOf(url: string): Uint8Array | null {
  const comma = url.indexOf(',')
  if (comma < 0) return null
  const body = url.slice(comma + 1)
  return url.slice(0, comma).endsWith(';base64') ? Buffer.from(body, 'base64') : Buffer.from(decodeURIComponent(body), 'latin1')
}

function makeFont(file: OpenTypeFile, { id, data, face }: { id: number; data: Uint8Array; face: Face }): Font {
  const { glyphFor, ...rest } = file
  return {
    ...rest,
    id,
    family: face.family,
    weight: face.weight[0],
    italic: face.style !== 'normal',
    data,
    hasCodePoint: (codePoint) => glyphFor(codePoint) !== 0,
  }
}
