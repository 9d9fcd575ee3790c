/**
 * Which characters each font face has to hold. In: a parsed HTML document and the faces at hand. Out: sorted characters by face.
 * Faces are told apart by what elements mean (bold, italic, code), by script, without a full cascade: a face may get a
 * character too many; one that only a reader's own style sheet makes bold or italic falls back to the upright face, slanted or
 * thickened by the browser.
 */
import type { DefaultTreeAdapterMap } from 'parse5'

type Node = DefaultTreeAdapterMap['node']
type Element = DefaultTreeAdapterMap['element']

/** A font file with the family, weight (1 to 1000) and slant by which style sheets know it. */
export interface FaceFile {
  readonly family: string
  readonly weight: number
  readonly italic: boolean
  /** Absolute path of a TrueType or OpenType file. */
  readonly path: string
}

type Coverage = 'khmer' | 'lao' | 'mono' | 'text'

interface Pools {
  readonly upright: Set<string>
  readonly italic: Set<string>
  readonly code: Set<string>
  /** Bold anywhere, or where a style sheet can make it so. */
  readonly heavy: Set<string>
  readonly heavyItalic: Set<string>
}

interface Place {
  readonly italic: boolean
  readonly heavy: boolean
  readonly code: boolean
}

const italicNames = new Set(['em', 'i', 'cite', 'dfn', 'address', 'var', 'blockquote', 'h5', 'h6'])
const heavyNames = new Set(['strong', 'b', 'th', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'dt', 'ol', 'nav', 'header', 'sup'])
const heavyClasses = /(^|\s)(kicker|marking|callout|callout-lead|callout-title|caption-label|lead|contents|notes-label|identity)(\s|$)/
const italicClasses = /(^|\s)(subtitle)(\s|$)/
const codeNames = new Set(['code', 'pre', 'kbd', 'samp'])
const unseen = new Set(['script', 'style', 'template', 'head'])

function placeOf(element: Element, outer: Place): Place {
  const name = element.tagName
  const classes = element.attrs.find((attribute) => attribute.name === 'class')?.value ?? ''
  return {
    italic: outer.italic || italicNames.has(name) || italicClasses.test(classes),
    heavy: outer.heavy || heavyNames.has(name) || heavyClasses.test(classes),
    code: outer.code || codeNames.has(name),
  }
}

function addText(text: string, place: Place, pools: Pools): void {
  const targets = [pools.upright]
  if (place.italic) targets.push(pools.italic)
  if (place.code) targets.push(pools.code)
  if (place.heavy) targets.push(pools.heavy)
  if (place.heavy && place.italic) targets.push(pools.heavyItalic)
  for (const character of text) for (const pool of targets) pool.add(character)
}

function collect(node: Node, place: Place, pools: Pools): void {
  if (node.nodeName === '#text' && 'value' in node) addText(node.value, place, pools)
  if (!('childNodes' in node)) return
  if ('tagName' in node && unseen.has(node.tagName)) return
  const inner = 'tagName' in node ? placeOf(node, place) : place
  for (const child of node.childNodes) collect(child, inner, pools)
}

/** Characters that style sheets write by themselves: digits of counters, list marks, dashes, quotes. */
const generated = '0123456789 .,:;/()\u00a0\u2002\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u00b7\u2026-'

function coverageOf(face: FaceFile): Coverage {
  if (/khmer/i.test(face.family)) return 'khmer'
  if (/\blao\b/i.test(face.family)) return 'lao'
  return /\b(code|mono)\b/i.test(face.family) ? 'mono' : 'text'
}

const isKhmer = (character: string): boolean => /[\u1780-\u17ff\u19e0-\u19ff]/.test(character)
const isLao = (character: string): boolean => /[\u0e80-\u0eff]/.test(character)

/** What a face of some coverage can be asked for. */
const fits: Readonly<Record<Coverage, (character: string) => boolean>> = {
  khmer: isKhmer,
  lao: isLao,
  mono: (character) => !isKhmer(character) && !isLao(character),
  text: (character) => !isKhmer(character) && !isLao(character),
}

function poolFor(face: FaceFile, coverage: Coverage, pools: Pools): ReadonlySet<string> {
  if (coverage === 'mono')
    return face.weight >= 600 || face.italic
      ? new Set([...pools.code].filter((c) => (face.italic ? pools.italic : pools.heavy).has(c)))
      : pools.code
  if (face.weight >= 600) return face.italic ? pools.heavyItalic : pools.heavy
  return face.italic ? pools.italic : pools.upright
}

/** Weights that style sheets name, as numbers; a face of another weight is never asked for. */
function weightsNamed(css: string): ReadonlySet<number> {
  const weights = new Set([400, 700])
  for (const match of css.matchAll(/font-weight:\s*(\d{3})|font:\s*(?:italic\s+)?(\d{3})\s/g)) weights.add(Number(match[1] ?? match[2]))
  return weights
}

function stylesOf(node: Node): string {
  if ('tagName' in node && node.tagName === 'style') return node.childNodes.map((child) => ('value' in child ? child.value : '')).join('')
  return 'childNodes' in node ? node.childNodes.map(stylesOf).join('\n') : ''
}

/** Faces in the order given with the characters each needs, sorted; faces that the document never uses are left out. */
export function charactersByFace(document: Node, faces: readonly FaceFile[]): ReadonlyMap<FaceFile, string> {
  const pools: Pools = { upright: new Set(), italic: new Set(), code: new Set(), heavy: new Set(), heavyItalic: new Set() }
  collect(document, { italic: false, heavy: false, code: false }, pools)
  const css = stylesOf(document)
  const weights = weightsNamed(css)
  const used = new Map<FaceFile, string>()
  for (const face of faces) {
    if (!css.includes(face.family) || !weights.has(face.weight)) continue
    const coverage = coverageOf(face)
    const wanted = [...poolFor(face, coverage, pools)].filter((character) => fits[coverage](character) && character >= ' ')
    if (wanted.length === 0) continue
    const extra = coverage === 'text' || coverage === 'mono' ? [...generated] : [' ']
    used.set(face, [...new Set([...wanted, ...extra])].sort().join(''))
  }
  return used
}
