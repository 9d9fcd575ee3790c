/**
 * Layout of SVG text (SVG 2, section 11.5): characters → runs of one style in their places, chunks anchored, text fitted to lengths, text
 * along paths. In: a text element. Out: runs with the matrix in which each is painted.
 */
import type { ComputedStyle } from '../../css/computed-style.js'
import type { HtmlElement } from '../../html/dom.js'
import type { FontMetrics, GlyphRun, Typesetter } from '../../text/paragraph.js'
import type { Matrix } from '../canvas.js'
import { lengthOf } from './lengths.js'
import { type Polyline, polylineOf, transformPath } from './path-geometry.js'
import { type SvgScope, styleOf } from './scope.js'
import { shapePath } from './shapes.js'
import { initialSvgStyle, type SvgStyle } from './svg-style.js'
import { type Character, charactersOf, type FittedLength, type TextPath } from './text-characters.js'
import { multiply, parseTransform, scaleOf } from './transform.js'

export interface PlacedRun {
  readonly style: SvgStyle
  readonly alpha: number
  /** From the run's own coordinates, baseline at y = 0 and start at x = 0, to the text element's. */
  readonly matrix: Matrix
  readonly glyphs: readonly { readonly run: GlyphRun; readonly x: number }[]
  /** In the run's own coordinates. */
  readonly width: number
  readonly metrics: FontMetrics
}

/** Characters that are set together. */
interface Run {
  readonly characters: readonly Character[]
  readonly first: Character
  readonly typeset: Typeset
  /** Added behind each character, and the factor on the widths, by textLength. */
  readonly spacing: number
  readonly stretch: number
}
interface Typeset {
  readonly glyphs: PlacedRun['glyphs']
  /** User units. */
  readonly advance: number
  readonly metrics: FontMetrics
}

interface Setting {
  readonly scope: SvgScope
  readonly typesetter: Typesetter
  /** Text is set at about the size at which it will be drawn, since fonts and positions are rounded. */
  readonly scale: number
}

/** Lays out a text element. */
export function layoutText(element: HtmlElement, style: SvgStyle, scope: SvgScope): readonly PlacedRun[] {
  const { typesetter } = scope.tools
  if (!typesetter) return []
  const drawn = scaleOf(scope.canvas.matrix)
  const setting = { scope, typesetter, scale: drawn > 4 || drawn < 0.25 ? Math.max(drawn, 1e-3) : 1 }
  const runs = fitLengths(splitRuns(charactersOf(element, style, scope), setting), setting)
  const placed: PlacedRun[] = []
  let pen = { x: 0, y: 0 }
  for (const chunk of chunksOf(runs)) {
    const path = chunk[0]?.first.path
    if (path) {
      pen = placeAlong(path, chunk, { setting, placed })
      continue
    }
    pen = placeChunk(chunk, pen, { setting, placed })
  }
  return placed
}

/** A new run begins where the style, the path or the place changes. */
function splitRuns(characters: readonly Character[], setting: Setting): readonly Run[] {
  const groups: Character[][] = []
  let last: Character | undefined
  for (const character of characters) {
    const joins =
      last !== undefined &&
      (isMark(character.text) ||
        (last.style === character.style &&
          last.fitted === character.fitted &&
          character.path === null &&
          last.path === null &&
          character.x === null &&
          character.y === null &&
          character.dx === 0 &&
          character.dy === 0 &&
          character.rotate === 0 &&
          last.rotate === 0))
    if (joins) groups.at(-1)?.push(character)
    else groups.push([character])
    last = character
  }
  return groups.map((group) => makeRun(group, setting, { spacing: 0, stretch: 1 }))
}

const isMark = (text: string): boolean => /^[\p{M}\u200d]/u.test(text)

function makeRun(characters: readonly Character[], setting: Setting, fit: { spacing: number; stretch: number }): Run {
  const first = characters[0] as Character
  const text = characters.map((character) => character.text).join('')
  return { characters, first, typeset: setText(text, first.style, { ...setting, spacing: fit.spacing }), ...fit }
}

function setText(text: string, svg: SvgStyle, { scope, typesetter, scale, spacing }: Setting & { readonly spacing: number }): Typeset {
  const style = textStyle(svg, scope, { scale, spacing })
  const paragraph = typesetter.prepare({ text, spans: [{ start: 0, end: text.length, style }], objects: [], style, indent: 0 })
  const glyphs: { run: GlyphRun; x: number }[] = []
  let advance = 0
  for (const line of typesetter.breakLines(paragraph, Number.POSITIVE_INFINITY))
    for (const item of typesetter.lineItems(paragraph, line, Number.POSITIVE_INFINITY)) {
      if (item.kind !== 'run') continue
      glyphs.push({ run: item.run, x: item.x })
      advance = Math.max(advance, item.x + item.run.width)
    }
  return { glyphs, advance: advance / scale, metrics: typesetter.metrics(style) }
}

/** A computed style with the fonts of the SVG element: the same object for the same values, since text is cached by style. */
function textStyle(svg: SvgStyle, { base, tools }: SvgScope, { scale, spacing }: { scale: number; spacing: number }): ComputedStyle {
  const { fill } = svg
  const color = fill && 'red' in fill ? fill : svg.color
  const values = {
    color,
    fontFamily: svg.fontFamily,
    fontSize: svg.fontSize * scale,
    fontWeight: svg.fontWeight,
    fontStyle: svg.fontStyle,
    fontVariantCaps: svg.smallCaps ? ('small-caps' as const) : ('normal' as const),
    letterSpacing: (svg.letterSpacing + spacing) * scale,
    wordSpacing: svg.wordSpacing * scale,
    direction: svg.direction,
  }
  const key = `${base.id} ${JSON.stringify(values)}`
  const made =
    tools.textStyles.get(key) ??
    Object.freeze({
      ...base,
      ...values,
      fontFeatures: [],
      textAlign: 'start' as const,
      textWrap: 'nowrap' as const,
      whiteSpaceCollapse: 'break-spaces' as const,
      textTransform: { letterCase: 'none' as const, fullWidth: false, fullSizeKana: false },
      hyphens: 'none' as const,
      hangingPunctuation: { first: false, last: false, end: 'none' as const },
      opticalMargins: false,
    })
  tools.textStyles.set(key, made)
  return made
}

const widthOf = ({ typeset, stretch }: Run): number => typeset.advance * stretch

/** textLength (section 11.4): innermost lengths first. */
function fitLengths(runs: readonly Run[], setting: Setting): readonly Run[] {
  const lengths = new Set(runs.flatMap(({ first }) => [...first.fitted].reverse()))
  let fitted = runs
  for (const length of lengths) fitted = fitLength(fitted, length, setting)
  return fitted
}

function fitLength(runs: readonly Run[], length: FittedLength, setting: Setting): readonly Run[] {
  const own = runs.filter(({ first }) => first.fitted.includes(length))
  const natural = own.reduce((sum, run, index) => sum + widthOf(run) + (index > 0 ? run.first.dx : 0), 0)
  const count = own.reduce((sum, { characters }) => sum + characters.length, 0)
  if (natural <= 0) return runs
  return runs.map((run) => {
    if (!own.includes(run)) return run
    if (length.glyphs) return { ...run, stretch: (run.stretch * length.length) / natural }
    const spacing = run.spacing + (length.length - natural) / Math.max(1, count - 1)
    return makeRun(run.characters, setting, { spacing, stretch: run.stretch })
  })
}

/** Absolute positions and paths begin a chunk (section 11.4.2). */
function chunksOf(runs: readonly Run[]): readonly (readonly Run[])[] {
  const chunks: Run[][] = []
  let last: Run | undefined
  for (const run of runs) {
    const { x, y, path } = run.first
    if (!last || last.first.path !== path || (!path && (x !== null || y !== null))) chunks.push([run])
    else chunks.at(-1)?.push(run)
    last = run
  }
  return chunks
}

interface Placing {
  readonly setting: Setting
  readonly placed: PlacedRun[]
}

function placeChunk(chunk: readonly Run[], pen: { x: number; y: number }, { setting, placed }: Placing): { x: number; y: number } {
  const first = (chunk[0] as Run).first
  const last = chunk.at(-1) as Run
  const total = chunk.reduce((sum, run, index) => sum + widthOf(run) + (index > 0 ? run.first.dx : 0), 0) - last.spacing
  let x = (first.x ?? pen.x) - anchorShift(first.style, total)
  let y = first.y ?? pen.y
  for (const run of chunk) {
    x += run.first.dx
    y += run.first.dy
    const turn: Matrix = [
      Math.cos(run.first.rotate),
      Math.sin(run.first.rotate),
      -Math.sin(run.first.rotate),
      Math.cos(run.first.rotate),
      x,
      y,
    ]
    placed.push(placeRun(run, turn, setting))
    x += widthOf(run)
  }
  return { x, y }
}

function anchorShift({ textAnchor, direction }: SvgStyle, total: number): number {
  if (textAnchor === 'middle') return total / 2
  return (textAnchor === 'end') === (direction === 'ltr') ? total : 0
}

function placeRun(run: Run, place: Matrix, { scale }: Setting): PlacedRun {
  const { typeset, first, stretch } = run
  const rise = baselineOffset(first.style, typeset.metrics, scale) - first.style.baselineShift
  const own: Matrix = [stretch / scale, 0, 0, 1 / scale, 0, rise]
  return {
    style: first.style,
    alpha: first.alpha,
    matrix: multiply(place, own),
    glyphs: typeset.glyphs,
    width: typeset.advance * scale,
    metrics: typeset.metrics,
  }
}

/** From the point given down to the alphabetic baseline (section 11.10.2; CSS Inline 3, section 4.2). */
function baselineOffset({ baseline }: SvgStyle, { ascent, descent, xHeight }: FontMetrics, scale: number): number {
  switch (baseline) {
    case 'middle':
      return xHeight / 2 / scale
    case 'central':
      return (ascent - descent) / 2 / scale
    case 'mathematical':
      return ascent / 2 / scale
    case 'hanging':
      return (ascent * 0.8) / scale
    case 'text-before-edge':
    case 'text-top':
    case 'before-edge':
    case 'top':
      return ascent / scale
    case 'ideographic':
    case 'text-after-edge':
    case 'text-bottom':
    case 'after-edge':
    case 'bottom':
      return -descent / scale
    default:
      return 0
  }
}

/** Each character's middle stands on the path, turned with it; what finds no place is not drawn (section 11.8). */
function placeAlong(path: TextPath, chunk: readonly Run[], { setting, placed }: Placing): { x: number; y: number } {
  const line = lineOf(path, setting.scope)
  const first = (chunk[0] as Run).first
  const total = chunk.reduce((sum, run) => sum + widthOf(run) + run.first.dx, 0)
  const start = lengthOf(path.element.attributes.get('startOffset'), first.style.fontSize, line.length) ?? 0
  let along = start - anchorShift(first.style, total)
  let rise = 0
  for (const run of chunk) {
    const width = widthOf(run)
    along += run.first.dx
    rise += run.first.dy
    const point = line.at(along + width / 2)
    along += width
    if (!point) continue
    const turn = point.angle
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
    placed.push(placeRun(run, multiply([cos, sin, -sin, cos, point.x, point.y], [1, 0, 0, 1, -width / 2, rise]), setting))
  }
  return line.at(line.length) ?? { x: 0, y: 0 }
}

function lineOf({ target, element }: TextPath, scope: SvgScope): Polyline {
  const style = styleOf(target, initialSvgStyle(scope.base), scope)
  const segments = shapePath(target.name, style, scope.viewport)?.segments ?? []
  const bases = { ...scope.viewport, fontSize: style.fontSize }
  const moved = transformPath(segments, parseTransform(style.own('transform'), bases))
  const line = polylineOf(moved)
  if (element.attributes.get('side') !== 'right') return line
  return {
    length: line.length,
    at(distance) {
      const point = line.at(line.length - distance)
      return point && { ...point, angle: point.angle + Math.PI }
    },
  }
}
