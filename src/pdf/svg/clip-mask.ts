/**
 * Clip paths and masks (CSS Masking 1, sections 3 and 6; ISO 32000-1, sections 8.5.4 and 11.6.5). In: an element's references and a function
 * that paints it. Out: a path that clips where that is exact, else a soft mask.
 */
import type { HtmlElement } from '../../html/dom.js'
import { elementChildren } from '../../html/walk.js'
import type { Canvas } from '../canvas.js'
import { applySoftMask, drawForm, makeForm } from '../forms.js'
import { type Box, noRadii, roundedPath } from '../paths.js'
import { lengthOf } from './lengths.js'
import { type PathSegment, pathBounds, transformPath } from './path-geometry.js'
import { operatorsOf, referred, type SvgScope, styleOf, visibleArea, within } from './scope.js'
import { shapePath } from './shapes.js'
import { initialSvgStyle, type SvgStyle } from './svg-style.js'
import { identity, multiply, parseTransform } from './transform.js'

/** A reference box, asked for only where units of the object need it. */
export type LazyBounds = () => Box | null

interface Region {
  readonly segments: readonly PathSegment[]
  readonly evenOdd: boolean
}

/** Clips what is painted until the canvas's restore(). A reference to nothing does not clip. */
export function applyClip(id: string, scope: SvgScope, bounds: LazyBounds): void {
  const clip = scope.document.ids.get(id)
  const inner = clip && within(scope, clip)
  if (clip?.name !== 'clipPath' || !inner) return
  const box = clip.attributes.get('clipPathUnits') === 'objectBoundingBox' ? bounds() : null
  const units = box ? ([box.width, 0, 0, box.height, box.x, box.y] as const) : identity
  const style = styleOf(clip, initialSvgStyle(scope.base), scope)
  const whole = multiply(parseTransform(style.own('transform')), units)
  if (style.clipPath) applyClip(style.clipPath, inner, bounds)
  const regions = regionsOf(clip, style, inner)
  const region = regions && oneRegion(regions)
  if (region) {
    const path = operatorsOf(transformPath(region.segments, whole), scope)
    scope.canvas.clip(path === '' ? '0 0 0 0 re' : path, region.evenOdd)
    return
  }
  const area = visibleArea(scope)
  if (!area) return
  applySoftMask(scope.canvas, {
    kind: 'Alpha',
    bounds: area,
    paint(canvas) {
      canvas.transform(whole)
      for (const child of elementChildren(clip)) paintSilhouette(child, style, { ...inner, canvas, area })
    },
  })
}

/** Paths of a clip path's children; null where there are text or further clips among them. */
function regionsOf(clip: HtmlElement, parent: SvgStyle, scope: SvgScope): readonly Region[] | null {
  const regions: Region[] = []
  for (const child of elementChildren(clip)) {
    const target = child.name === 'use' ? referred(child, scope) : child
    if (!target) continue
    const useStyle = styleOf(child, parent, scope)
    const style = target === child ? useStyle : styleOf(target, useStyle, scope)
    if (style.clipPath !== null || useStyle.clipPath !== null || target.name === 'text') return null
    if (!style.displayed || !style.visible) continue
    const path = shapePath(target.name, style, scope.viewport)
    if (!path) continue
    const bases = { ...scope.viewport, fontSize: style.fontSize }
    const moved = target === child ? identity : multiply(parseTransform(useStyle.own('transform'), bases), offsetOf(child, useStyle, scope))
    regions.push({
      segments: transformPath(path.segments, multiply(moved, parseTransform(style.own('transform'), bases))),
      evenOdd: style.clipEvenOdd,
    })
  }
  return regions
}

function offsetOf({ attributes }: HtmlElement, style: SvgStyle, { viewport }: SvgScope): readonly [1, 0, 0, 1, number, number] {
  const x = lengthOf(attributes.get('x'), style.fontSize, viewport.width) ?? 0
  const y = lengthOf(attributes.get('y'), style.fontSize, viewport.height) ?? 0
  return [1, 0, 0, 1, x, y]
}

/** Shapes that keep clear of one another are one path; others would cut holes where they meet. */
function oneRegion(regions: readonly Region[]): Region | null {
  const first = regions[0]
  if (!first) return { segments: [], evenOdd: false }
  if (regions.length === 1) return first
  if (regions.length > 40 || regions.some(({ evenOdd }) => evenOdd !== first.evenOdd)) return null
  const boxes = regions.map(({ segments }) => pathBounds(segments))
  const apart = boxes.every((a, index) => boxes.slice(index + 1).every((b) => !a || !b || !overlap(a, b)))
  return apart ? { segments: regions.flatMap(({ segments }) => segments), evenOdd: first.evenOdd } : null
}

const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** One child of a clip path in solid black, whatever its own paints. */
function paintSilhouette(child: HtmlElement, parent: SvgStyle, scope: SvgScope): void {
  const holder: HtmlElement = { ...child, name: 'g', attributes: new Map(), children: [child] }
  const solid: SvgStyle = {
    ...parent,
    fill: { red: 0, green: 0, blue: 0, alpha: 1 },
    stroke: null,
    fillOpacity: 1,
    evenOdd: parent.clipEvenOdd,
  }
  scope.tools.children(holder, solid, {
    ...scope,
    document: { ...scope.document, declarations: (element) => silhouette(element, scope.document.declarations(element)) },
  })
}

const flattened = new Map([
  ['fill', 'black'],
  ['fill-opacity', '1'],
  ['stroke', 'none'],
  ['opacity', '1'],
  ['mask', 'none'],
])

function silhouette(element: HtmlElement, declared: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const rule = declared.get('clip-rule') ?? element.attributes.get('clip-rule')
  return new Map([...declared, ...flattened, ...(rule === undefined ? [] : [['fill-rule', rule] as const])])
}

export interface MaskedPaint {
  readonly style: SvgStyle
  readonly bounds: LazyBounds
  /** Paints on the canvas of the scope it is given. */
  readonly paint: (scope: SvgScope) => void
}

/** Paints as one group, with the element's opacity and mask on the whole. */
export function paintGroup(scope: SvgScope, { style, bounds, paint }: MaskedPaint): void {
  const { canvas } = scope
  const area = visibleArea(scope)
  if (!area) return
  const mask = style.mask === null ? undefined : scope.document.ids.get(style.mask)
  const masked = mask?.name === 'mask' ? within(scope, mask) : null
  // An element whose mask is inside itself, or names an element with no box, is not drawn where the mask cannot be.
  const region = mask && masked ? maskRegion(mask, masked, bounds) : area
  if (!region) return
  const form = makeForm(canvas, { bounds: area, group: true, paint: (inner) => paint({ ...scope, canvas: inner, area }) })
  canvas.save()
  if (mask && masked) {
    const content = { mask, region, bounds, scope: masked }
    applySoftMask(canvas, {
      kind: maskKind(mask, masked),
      bounds: region,
      paint: (inner) => paintMask(inner, content),
    })
  }
  drawForm(canvas, form, style.opacity)
  canvas.restore()
}

function maskKind(mask: HtmlElement, { document }: SvgScope): 'Alpha' | 'Luminosity' {
  const kind = document.declarations(mask).get('mask-type') ?? mask.attributes.get('mask-type')
  return kind === 'alpha' ? 'Alpha' : 'Luminosity'
}

function maskRegion(mask: HtmlElement, { viewport, base }: SvgScope, bounds: LazyBounds): Box | null {
  const inUser = mask.attributes.get('maskUnits') === 'userSpaceOnUse'
  const length = (name: string, otherwise: string, basis: number): number =>
    lengthOf(mask.attributes.get(name) ?? otherwise, base.fontSize, inUser ? basis : 1) ?? 0
  const box = {
    x: length('x', '-10%', viewport.width),
    y: length('y', '-10%', viewport.height),
    width: length('width', '120%', viewport.width),
    height: length('height', '120%', viewport.height),
  }
  if (inUser) return box
  const own = bounds()
  return (
    own && { x: own.x + box.x * own.width, y: own.y + box.y * own.height, width: box.width * own.width, height: box.height * own.height }
  )
}

interface MaskContent {
  readonly mask: HtmlElement
  readonly region: Box
  readonly bounds: LazyBounds
  readonly scope: SvgScope
}

function paintMask(canvas: Canvas, { mask, region, bounds, scope }: MaskContent): void {
  const style = styleOf(mask, initialSvgStyle(scope.base), scope)
  const box = mask.attributes.get('maskContentUnits') === 'objectBoundingBox' ? bounds() : null
  const inner = { ...scope, canvas, area: region }
  const paint = (at: SvgScope): void => {
    if (box) at.canvas.transform([box.width, 0, 0, box.height, box.x, box.y])
    scope.tools.children(mask, style, { ...at, depth: scope.depth + 1 })
  }
  canvas.clip(roundedPath(region, noRadii))
  if (style.clipPath) applyClip(style.clipPath, inner, bounds)
  if (style.mask === null) paint(inner)
  else paintGroup(inner, { style: { ...style, opacity: 1 }, bounds, paint })
}
