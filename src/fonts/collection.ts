/**
 * Fonts of one document (CSS Fonts 4, section 5). In: the shipped faces, the document's @font-face rules and the configured folders. Out: for a
 * style its first available font, and for each character or word the font that has it. A file is opened when a style first asks for it.
 */
import type { ComputedStyle, FontFaceRule } from '../css/computed-style.js'
import type { Report } from '../diagnostics/diagnostic.js'
import { createFontFolders, type FolderFace, type FontFolders } from './folders.js'
import type { Font, FontCollection } from './font.js'
import type { AxisValues } from './instance.js'
import { bestFaces } from './match.js'
import { fallbackFamilies, genericFamily, shippedFaces } from './shipped.js'
import { createFontStore, type Face, type FontVariant } from './store.js'
import { fontSuggestion, regionWords } from './suggest.js'

export interface FontCollectionOptions {
  /** Absolute; holds a folder per shipped font package. */
  readonly shippedFontFolder: string
  readonly fontFaces: readonly FontFaceRule[]
  /** Null where the file cannot be read. */
  readonly readFile: (path: string) => Uint8Array | null
  readonly report: Report
  /** Fonts already opened: shared between the documents of one run. */
  readonly opened?: Map<string, Font>
  /** Fonts of the system or an office. */
  readonly folders?: FontFolders
}

/** The fonts for one combination of families, weight, slant, stretch and variation. */
interface FontList {
  readonly primary: Font
  readonly faces: readonly Face[]
  readonly style: ComputedStyle
  readonly known: Map<number, Font | null>
  readonly texts: Map<string, Font | null>
}

/** The slant that stands in for an italic (CSS Fonts 4, section 2.4), and a stroke for a bold, em. */
const slantTangent = Math.tan((14 * Math.PI) / 180)
const boldStroke = 1 / 28

/**
 * A font that cannot be read is reported as `font-unreadable`, a family list of which nothing is at hand as `font-unknown`, a bold or italic that
 * no face has as `font-synthesised`; text goes on in the shipped serif. Throws only where the shipped fonts themselves are missing.
 */
export function createFontCollection(options: FontCollectionOptions): FontCollection {
  const folders = options.folders ?? createFontFolders([])
  const families = groupFaces(options)
  const store = createFontStore({
    readFile: options.readFile,
    localPath: (name) => localPath(name, families, folders),
    report: options.report,
    opened: options.opened ?? new Map(),
  })
  const lists = new Map<string, FontList>()
  const byStyle = new Map<ComputedStyle, FontList>()
  const told = new Set<string>()
  const tell = (key: string, message: Parameters<Report>[0]): void => {
    if (told.has(key)) return
    told.add(key)
    options.report(message)
  }
  const folderFamilies = createFolderFamilies(folders)
  const facesOf = (name: string, style: ComputedStyle): readonly Face[] => {
    const lower = name.toLowerCase()
    const faces = families.get(lower) ?? families.get((genericFamily(name) ?? '').toLowerCase()) ?? folderFamilies().get(lower)
    return faces ? bestFaces(faces, { weight: style.fontWeight, stretch: style.fontStretch, style: style.fontStyle }) : []
  }
  const open = (face: Face, style: ComputedStyle): Font | null => {
    const variant = variantOf(face, style)
    const font = store(face, variant)
    if (font && (variant.syntheticBold > 0 || variant.syntheticSlant > 0)) {
      const what = variant.syntheticBold > 0 ? 'bold' : 'italic'
      tell(`${face.family} ${what}`, {
        severity: 'warning',
        code: 'font-synthesised',
        message: `the family '${face.family}' has no ${what} face here: its regular one is drawn ${what === 'bold' ? 'thicker' : 'slanted'}`,
        hint: `add the ${what} file with @font-face, or choose a family that has one`,
      })
    }
    return font
  }
  const makeList = (style: ComputedStyle): FontList => {
    const named = style.fontFamily.flatMap((name) => facesOf(name, style))
    const wanted = style.fontFamily.join(', ')
    if (named.length === 0 && wanted !== '')
      tell(wanted, {
        severity: 'warning',
        code: 'font-unknown',
        message: `none of these font families is at hand: ${wanted}`,
        hint: "add an @font-face rule with the font's file, or end the list with serif, sans-serif or monospace",
      })
    const faces = [...named, ...fallbackFamilies.flatMap((name) => facesOf(name, style))]
    for (const face of faces) {
      const font = inRange(face, 0x20) ? open(face, style) : null
      if (font) return { primary: font, faces, style, known: new Map(), texts: new Map() }
    }
    throw new Error(`the shipped fonts are missing from ${options.shippedFontFolder}`)
  }
  const sizes = options.fontFaces.length > 0 || options.folders !== undefined
  const listOf = (style: ComputedStyle): FontList => {
    let list = byStyle.get(style)
    if (list) return list
    const key = listKey(style, sizes)
    list = lists.get(key) ?? makeList(style)
    lists.set(key, list)
    byStyle.set(style, list)
    return list
  }
  const fallback = createFolderFallback(folderFamilies, open)
  const forCodePoint = (style: ComputedStyle, codePoint: number): Font | null => {
    const list = listOf(style)
    const known = list.known.get(codePoint)
    if (known !== undefined) return known
    const found = findFont(list, [codePoint], open) ?? fallback(list.style, codePoint)
    list.known.set(codePoint, found)
    return found
  }
  return {
    primary: (style) => listOf(style).primary,
    forCodePoint,
    forText(style, text) {
      const list = listOf(style)
      const known = list.texts.get(text)
      if (known !== undefined) return known
      const codePoints = Array.from(text, (character) => character.codePointAt(0) as number)
      let found = findFont(list, codePoints, open)
      if (!found) {
        const own = codePoints
          .map((codePoint) => forCodePoint(style, codePoint))
          .find((font) => font !== null && codePoints.every((one) => font.hasCodePoint(one)))
        found = own ?? null
      }
      list.texts.set(text, found)
      return found
    },
  }
}

/** Size counts only where a font may have an optical axis, so that the shipped fonts share their lists over sizes. */
function listKey(style: ComputedStyle, sizes: boolean): string {
  const { fontFamily, fontWeight, fontStyle, fontStretch, fontVariations, fontSynthesisWeight, fontSynthesisStyle } = style
  const variations = fontVariations.map(({ tag, value }) => `${tag}${value}`).join()
  const size = sizes && style.fontOpticalSizing === 'auto' ? style.fontSize : ''
  return `${fontFamily.join('\u0000')}|${fontWeight}|${fontStyle}|${fontStretch}|${variations}|${fontSynthesisWeight}${fontSynthesisStyle}|${size}`
}

/** CSS Fonts 4, sections 2.5 and 5.2: what no face has is drawn from the nearest one, unless the style forbids it. */
function variantOf(face: Face, style: ComputedStyle): FontVariant {
  const bold = style.fontWeight >= 600 && style.fontWeight - face.weight[1] >= 200 && style.fontSynthesisWeight === 'auto'
  const slant = style.fontStyle !== 'normal' && face.style === 'normal' && style.fontSynthesisStyle === 'auto'
  const axes: Record<string, number> = {
    wght: Math.min(face.weight[1], Math.max(face.weight[0], style.fontWeight)),
    wdth: Math.min(face.stretch[1], Math.max(face.stretch[0], style.fontStretch)),
    ital: style.fontStyle === 'italic' ? 1 : 0,
    slnt: style.fontStyle === 'oblique' ? -14 : 0,
  }
  if (style.fontOpticalSizing === 'auto') axes.opsz = style.fontSize
  for (const { tag, value } of style.fontVariations) axes[tag] = value
  return { axes: axes as AxisValues, syntheticBold: bold ? boldStroke : 0, syntheticSlant: slant ? slantTangent : 0 }
}

type Open = (face: Face, style: ComputedStyle) => Font | null

function findFont(list: FontList, codePoints: readonly number[], open: Open): Font | null {
  for (const face of list.faces) {
    if (!codePoints.every((codePoint) => inRange(face, codePoint))) continue
    const font = open(face, list.style)
    if (font && codePoints.every((codePoint) => font.hasCodePoint(codePoint))) return font
  }
  return null
}

const inRange = (face: Face, codePoint: number): boolean =>
  face.unicodeRange.length === 0 || face.unicodeRange.some(([low, high]) => codePoint >= low && codePoint <= high)

const plainFace = { unicodeRange: [], ascentOverride: null, descentOverride: null, lineGapOverride: null }

/** The document's own faces go before shipped ones of the same family (CSS Fonts 4, section 4.1). */
function groupFaces(options: FontCollectionOptions): ReadonlyMap<string, readonly Face[]> {
  const own = new Map<string, Face[]>()
  for (const rule of options.fontFaces) push(own, rule.family.toLowerCase(), { ...rule })
  const all = new Map<string, Face[]>(own)
  for (const { family, weight, italic, path } of shippedFaces(options.shippedFontFolder)) {
    const key = family.toLowerCase()
    if (own.has(key)) continue
    push(all, key, {
      ...plainFace,
      family,
      weight: [weight, weight],
      stretch: [100, 100],
      style: italic ? 'italic' : 'normal',
      sources: [{ url: path }],
    })
  }
  return all
}

function push(map: Map<string, Face[]>, key: string, face: Face): void {
  const list = map.get(key)
  if (list) list.push(face)
  else map.set(key, [face])
}

const faceOf = ({ family, weight, stretch, style, path }: FolderFace): Face => ({
  ...plainFace,
  family,
  weight,
  stretch,
  style,
  sources: [{ url: path }],
})

function createFolderFamilies(folders: FontFolders): () => ReadonlyMap<string, readonly Face[]> {
  let families: Map<string, Face[]> | undefined
  return () => {
    if (families) return families
    families = new Map()
    for (const face of folders.faces()) push(families, face.family.toLowerCase(), faceOf(face))
    return families
  }
}

/** System font fallback (CSS Fonts 4, section 5.3): first the family made for the script, in the language's region, then any. */
function createFolderFallback(
  families: () => ReadonlyMap<string, readonly Face[]>,
  open: Open,
): (style: ComputedStyle, codePoint: number) => Font | null {
  return (style, codePoint) => {
    const all = families()
    if (all.size === 0) return null
    const suggestion = (fontSuggestion(codePoint) ?? '').toLowerCase()
    const regions = regionWords(style.language).map((word) => word.toLowerCase())
    const rank = (name: string): number => {
      if (name === suggestion) return 0
      return regions.some((word) => name.includes(` ${word}`))
        ? 1
        : suggestion !== '' && name.includes(suggestion.split(' ').at(-1) as string)
          ? 2
          : 3
    }
    const names = [...all.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    for (const name of names) {
      const [face] = bestFaces(all.get(name) ?? [], { weight: style.fontWeight, stretch: style.fontStretch, style: style.fontStyle })
      const font = face ? open(face, { ...style, fontSynthesisStyle: 'none' }) : null
      if (font?.hasCodePoint(codePoint)) return font
    }
    return null
  }
}

/** local(): one face by its full or PostScript name (CSS Fonts 4, section 4.3). */
function localPath(name: string, families: ReadonlyMap<string, readonly Face[]>, folders: FontFolders): string | undefined {
  const found = folders.faces().find(({ fullName, postScriptName }) => fullName === name || postScriptName === name)
  if (found) return found.path
  const compact = name.replace(/[\s-]/g, '').toLowerCase()
  for (const faces of families.values())
    for (const { sources } of faces)
      for (const { url } of sources) if (url && !url.startsWith('data:') && fileName(url) === compact) return url
  return undefined
}

/** `SourceSans3_700Bold_Italic.ttf` → `sourcesans3bolditalic`, as the font's full name reads without spaces. */
const fileName = (path: string): string =>
  (path.split(/[\\/]/).at(-1) ?? '')
    .replace(/\.[^.]+$/, '')
    .replace(/[\d]{3}(?=[A-Z])/g, '')
    .replace(/[_\s-]/g, '')
    .toLowerCase()
