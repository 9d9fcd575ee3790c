/**
 * Text in SVG (SVG 2, chapter 11): chunks set by the typesetter, anchored at their points. In: a text element. Out: painted runs.
 */
import type { ComputedStyle } from '../../css/computed-style.js'
import type { HtmlElement, HtmlNode } from '../../html/dom.js'
import type { Typesetter } from '../../text/paragraph.js'
import { paintRun } from '../text.js'
import type { SvgScope } from './paint-svg.js'
import { lengthOf, type SvgStyle, svgStyle } from './svg-style.js'

interface Piece {
  readonly text: string
  readonly style: SvgStyle
  /** Where a new chunk begins: at an absolute x or y. */
  readonly x: number | null
  readonly y: number | null
  readonly dx: number
  readonly dy: number
}

/** Paints a text element with its tspans. */
export function paintSvgText(element: HtmlElement, style: SvgStyle, scope: SvgScope): void {
  const { typesetter, report } = scope.painter
  if (!typesetter) {
    report({ severity: 'warning', code: 'svg-unsupported', message: 'text in SVG pictures is not drawn without fonts' })
    return
  }
  const pieces = trimPieces(collectPieces(element, style, scope))
  let x = 0
  let y = 0
  for (let start = 0; start < pieces.length; ) {
    let end = start + 1
    while (end < pieces.length && pieces[end]?.x === null && pieces[end]?.y === null) end++
    const chunk = pieces.slice(start, end)
    const first = chunk[0] as Piece
    const widths = chunk.map((piece) => widthOf(piece, typesetter, scope))
    const total = widths.reduce((sum, width, index) => sum + width + (index > 0 ? (chunk[index]?.dx ?? 0) : 0), 0)
    const anchor = first.style.textAnchor === 'middle' ? total / 2 : first.style.textAnchor === 'end' ? total : 0
    x = (first.x ?? x) - anchor
    y = first.y ?? y
    chunk.forEach((piece, index) => {
      x += piece.dx
      y += piece.dy
      paintPiece(piece, { x, y }, { typesetter, scope })
      x += widths[index] ?? 0
    })
    start = end
  }
}

function collectPieces(element: HtmlElement, style: SvgStyle, scope: SvgScope): Piece[] {
  const { viewport } = scope
  const length = (name: string, basis: number) =>
    lengthOf(
      element.attributes
        .get(name)
        ?.trim()
        .split(/[\s,]+/)[0],
      style.fontSize,
      basis,
    )
  let placed = {
    x: length('x', viewport.width) ?? (element.name === 'text' ? 0 : null),
    y: length('y', viewport.height) ?? (element.name === 'text' ? 0 : null),
    dx: length('dx', viewport.width) ?? 0,
    dy: length('dy', viewport.height) ?? 0,
  }
  const pieces: Piece[] = []
  const add = (node: HtmlNode) => {
    if (node.kind === 'text') {
      const text = node.data.replace(/\s+/g, ' ')
      if (text === '' || (text === ' ' && pieces.length === 0)) return
      pieces.push({ text, style, ...placed })
      placed = { x: null, y: null, dx: 0, dy: 0 }
    } else if (node.name === 'tspan' || node.name === 'a') {
      const inner = collectPieces(node, svgStyle(node, style, scope.document.rules), scope)
      const [first, ...rest] = inner
      if (!first) return
      pieces.push({ ...first, x: first.x ?? placed.x, y: first.y ?? placed.y, dx: first.dx + placed.dx, dy: first.dy + placed.dy }, ...rest)
      placed = { x: null, y: null, dx: 0, dy: 0 }
    }
  }
  element.children.forEach(add)
  return pieces
}

/** Space at the start and the end of a text, and after a space, does not show (CSS Text 3, section 4.1). */
function trimPieces(pieces: readonly Piece[]): readonly Piece[] {
  let afterSpace = true
  const trimmed = pieces.map((piece) => {
    const text = afterSpace || piece.x !== null ? piece.text.trimStart() : piece.text
    if (text !== '') afterSpace = text.endsWith(' ')
    return { ...piece, text }
  })
  const last = trimmed.at(-1)
  return last ? [...trimmed.slice(0, -1), { ...last, text: last.text.trimEnd() }] : trimmed
}

/** A computed style with the fonts of the SVG element: the same object for the same values, since text is cached by style. */
function textStyle(style: SvgStyle, { style: base, painter }: SvgScope): ComputedStyle {
  const known = painter.textStyles.get(base) ?? new Map<string, ComputedStyle>()
  painter.textStyles.set(base, known)
  const key = `${style.fontFamily.join()}|${style.fontSize}|${style.fontWeight}|${style.fontStyle}|${style.letterSpacing}`
  const made =
    known.get(key) ??
    Object.freeze({
      ...base,
      fontFamily: style.fontFamily,
      fontSize: style.fontSize,
      fontWeight: style.fontWeight,
      fontStyle: style.fontStyle,
      fontFeatures: [],
      letterSpacing: style.letterSpacing,
      wordSpacing: 0,
      fontVariantCaps: 'normal' as const,
      textAlign: 'start' as const,
      textWrap: 'nowrap' as const,
      whiteSpaceCollapse: 'preserve' as const,
      hyphens: 'none' as const,
      hangingPunctuation: { first: false, last: false, end: 'none' as const },
      opticalMargins: false,
    })
  known.set(key, made)
  return made
}

function prepare(piece: Piece, typesetter: Typesetter, scope: SvgScope) {
  const style = textStyle(piece.style, scope)
  const { text } = piece
  return typesetter.prepare({ text, spans: [{ start: 0, end: text.length, style }], objects: [], style, indent: 0 })
}

function widthOf(piece: Piece, typesetter: Typesetter, scope: SvgScope): number {
  if (piece.text === '') return 0
  const style = textStyle(piece.style, scope)
  // A last space has no width on a line but has one between two pieces: measured with a mark behind it.
  const spaces = piece.text.length - piece.text.trimEnd().length
  return prepare(piece, typesetter, scope).maxContent + spaces * typesetter.metrics(style).zeroAdvance * 0.5
}

function paintPiece(piece: Piece, at: { x: number; y: number }, { typesetter, scope }: { typesetter: Typesetter; scope: SvgScope }): void {
  const { fill, visible, fillOpacity } = piece.style
  if (piece.text === '' || !visible || fill === null) return
  const color = 'reference' in fill ? (fill.fallback ?? scope.style.color) : fill
  const paragraph = prepare(piece, typesetter, scope)
  const metrics = typesetter.metrics(textStyle(piece.style, scope))
  const y = at.y + baselineShift(piece.style.baseline, metrics)
  const { canvas } = scope
  for (const line of typesetter.breakLines(paragraph, Number.POSITIVE_INFINITY))
    for (const item of typesetter.lineItems(paragraph, line, Number.POSITIVE_INFINITY)) {
      if (item.kind !== 'run') continue
      canvas.mark('layout')
      canvas.setFill({ ...color, alpha: color.alpha * fillOpacity })
      paintRun(canvas, scope.painter.fonts, item.run, { x: at.x + item.x, y })
    }
}

/** SVG 2, section 11.10.2.1, for the values in use. */
function baselineShift(baseline: string, metrics: { ascent: number; descent: number; xHeight: number }): number {
  if (baseline === 'middle') return metrics.xHeight / 2
  if (baseline === 'central') return (metrics.ascent - metrics.descent) / 2
  if (baseline === 'hanging' || baseline === 'text-before-edge') return metrics.ascent
  return baseline === 'text-after-edge' ? -metrics.descent : 0
}
