/**
 * `<image>`: addresses and gradients (CSS Images 3, section 3; Images 4, section 3, for conic ones and hints). In: component values.
 * Out: computed images; currentcolor becomes the element's colour.
 */
import type { BackgroundImage, GradientStop, ImageResolution, LengthPercentage, RadialExtent } from '../computed-style.js'
import { type Component, type FunctionComponent, withoutSpace } from '../syntax/component.js'
import { angleOf, lengthFrom } from '../values/calc.js'
import { colorFrom, resolveColor, type SpecifiedColor } from '../values/color.js'
import { resolveLength, type SpecifiedLength } from '../values/length.js'
import { positionFrom, resolveOffset, type SpecifiedPosition } from './position.js'
import { type ComputeContext, commaList, define, type Items, identOf, type Property } from './property.js'

/** A hint has no colour; degrees of conic gradients come as percentages. */
interface Stop {
  readonly color: SpecifiedColor | null
  readonly position: SpecifiedLength | null
}
type SpecifiedExtent = RadialExtent | readonly [SpecifiedLength, SpecifiedLength]
type SpecifiedGradient = { readonly repeating: boolean; readonly stops: readonly Stop[] } & (
  | { readonly kind: 'linear'; readonly line: number | readonly [-1 | 0 | 1, -1 | 0 | 1] }
  | { readonly kind: 'radial'; readonly circle: boolean; readonly extent: SpecifiedExtent; readonly at: SpecifiedPosition }
  | { readonly kind: 'conic'; readonly from: number; readonly at: SpecifiedPosition }
)
export type SpecifiedImage = null | { readonly url: string; readonly density?: number } | SpecifiedGradient

const SIDES: Readonly<Record<string, readonly [-1 | 0 | 1, -1 | 0 | 1]>> = { top: [0, -1], right: [1, 0], bottom: [0, 1], left: [-1, 0] }
const CENTER: SpecifiedPosition = { x: { percent: 50, length: 0 }, y: { percent: 50, length: 0 } }

/** Without `in oklab` and the like, which changes only the way between colours. */
function withoutSpaceOf(part: Items): Items {
  const at = part.findIndex((item) => identOf(item) === 'in')
  return at < 0 ? part : part.slice(0, at)
}

/** Degrees of `45deg`, or the side or corner of `to top right`; undefined where the part is a stop. */
function lineFrom(items: Items): number | readonly [-1 | 0 | 1, -1 | 0 | 1] | undefined {
  if (identOf(items[0]) !== 'to') return items.length === 1 ? angleOf(items[0]) : undefined
  let x: -1 | 0 | 1 = 0
  let y: -1 | 0 | 1 = 0
  if (items.length < 2 || items.length > 3) return undefined
  for (const item of items.slice(1)) {
    const side = SIDES[identOf(item) ?? '']
    if (!side || (side[0] !== 0 && x !== 0) || (side[1] !== 0 && y !== 0)) return undefined
    if (side[0] !== 0) x = side[0]
    else y = side[1]
  }
  return [x, y]
}

const EXTENTS = new Set<string>(['closest-side', 'farthest-side', 'closest-corner', 'farthest-corner'])

function radialFrom(items: Items): Pick<Extract<SpecifiedGradient, { kind: 'radial' }>, 'circle' | 'extent' | 'at'> | undefined {
  const atWord = items.findIndex((item) => identOf(item) === 'at')
  const shape = atWord < 0 ? items : items.slice(0, atWord)
  const at = atWord < 0 ? CENTER : positionFrom(items.slice(atWord + 1))
  const words = shape.map((item) => identOf(item))
  const lengths = shape.filter((item) => identOf(item) === undefined).map((item) => lengthFrom(item, { percent: true, nonNegative: true }))
  const extents = words.filter((word) => word !== undefined && EXTENTS.has(word))
  const shapes = words.filter((word) => word === 'circle' || word === 'ellipse')
  const known = extents.length + shapes.length + lengths.length === shape.length && !lengths.includes(undefined)
  if (!at || !known || extents.length > 1 || shapes.length > 1 || lengths.length > 2 || (extents.length > 0 && lengths.length > 0))
    return undefined
  const circle = shapes[0] === 'circle' || (shapes.length === 0 && lengths.length === 1)
  if ((circle && lengths.length === 2) || (!circle && lengths.length === 1)) return undefined
  const [x, y = x] = lengths as SpecifiedLength[]
  const extent: SpecifiedExtent =
    x !== undefined && y !== undefined ? [x, y] : ((extents[0] as RadialExtent | undefined) ?? 'farthest-corner')
  return shape.length > 0 || atWord >= 0 ? { circle, extent, at } : undefined
}

function conicFrom(items: Items): Pick<Extract<SpecifiedGradient, { kind: 'conic' }>, 'from' | 'at'> | undefined {
  const hasFrom = identOf(items[0]) === 'from'
  const from = hasFrom ? angleOf(items[1]) : 0
  const rest = hasFrom ? items.slice(2) : items
  const at = rest.length === 0 ? CENTER : identOf(rest[0]) === 'at' ? positionFrom(rest.slice(1)) : undefined
  return from !== undefined && at && items.length > 0 ? { from, at } : undefined
}

function stopPosition(item: Component, conic: boolean): SpecifiedLength | undefined {
  const angle = conic ? angleOf(item) : undefined
  if (angle !== undefined) return { kind: 'units', terms: [{ unit: '%', value: (angle / 360) * 100 }] }
  return lengthFrom(item, { percent: true })
}

function stopsFrom(part: Items, conic: boolean): Stop[] | undefined {
  const at = part.findIndex((item) => colorFrom(item) !== undefined)
  const color = at < 0 ? null : (colorFrom(part[at]) ?? null)
  const positions = part.filter((_, index) => index !== at).map((item) => stopPosition(item, conic))
  if (positions.includes(undefined) || positions.length > 2 || (color === null && positions.length !== 1)) return undefined
  if (positions.length === 0) return [{ color, position: null }]
  return positions.map((position) => ({ color, position: position as SpecifiedLength }))
}

function gradientFrom(item: FunctionComponent): SpecifiedGradient | undefined {
  const match = /^(repeating-)?(linear|radial|conic)-gradient$/.exec(item.name)
  const parts = match && commaList(withoutSpace(item.items))
  if (!match || !parts) return undefined
  const kind = match[2]
  const head = withoutSpaceOf(parts[0] as Items)
  const onlySpace = head.length === 0
  const line = kind === 'linear' ? lineFrom(head) : undefined
  const radial = kind === 'radial' ? radialFrom(head) : undefined
  const conic = kind === 'conic' ? conicFrom(head) : undefined
  const hasHead = onlySpace || line !== undefined || radial !== undefined || conic !== undefined
  const stops: Stop[] = []
  for (const part of hasHead ? parts.slice(1) : parts) {
    const found = stopsFrom(part, kind === 'conic')
    if (!found) return undefined
    stops.push(...found)
  }
  const hintsFit = stops.every(
    (stop, index) => stop.color !== null || (Boolean(stops[index - 1]?.color) && Boolean(stops[index + 1]?.color)),
  )
  if (!hintsFit || stops.filter((stop) => stop.color !== null).length < 2) return undefined
  const common = { repeating: match[1] !== undefined, stops }
  if (kind === 'linear') return { ...common, kind, line: line ?? 180 }
  if (kind === 'radial') return { ...common, kind, ...(radial ?? { circle: false, extent: 'farthest-corner', at: CENTER }) }
  return { ...common, kind: 'conic', ...(conic ?? { from: 0, at: CENTER }) }
}

const DENSITIES: Readonly<Record<string, number>> = { x: 1, dppx: 1, dpi: 1 / 96, dpcm: 2.54 / 96 }

/** Samples per px of a resolution such as 2x or 192dpi. */
function densityOf(item: Component | undefined): number | undefined {
  const unit = item?.kind === 'dimension' ? DENSITIES[item.unit] : undefined
  return item?.kind === 'dimension' && unit !== undefined && item.value > 0 ? item.value * unit : undefined
}

/** Media types of pictures that can be had; others are passed over. */
const KNOWN_TYPES = /^image\/(?:png|jpe?g|svg\+xml|webp|avif|gif|tiff)$/i

/** The densest picture of image-set() (CSS Images 4, section 2.4): paper has more dots than any screen. */
function fromSet(item: FunctionComponent): SpecifiedImage | undefined {
  let best: { image: SpecifiedImage; density: number } | undefined
  for (const [first, ...rest] of commaList(withoutSpace(item.items)) ?? []) {
    const image = first?.kind === 'string' ? { url: first.value } : imageFrom(first)
    const type = rest.find((one) => one.kind === 'function' && one.name === 'type')
    const media = type?.kind === 'function' && type.items[0]?.kind === 'string' ? type.items[0].value : undefined
    const density = rest.map(densityOf).find((value) => value !== undefined) ?? 1
    const isKnown = media === undefined || KNOWN_TYPES.test(media)
    if (image && isKnown && (!best || density > best.density)) best = { image, density }
  }
  if (!best?.image || !('url' in best.image) || best.density === 1) return best?.image
  return { ...best.image, density: best.density }
}

function resolutionFrom(items: Items): ImageResolution | undefined {
  const fromImage = items.some((item) => identOf(item) === 'from-image')
  const density = items.map(densityOf).find((value) => value !== undefined)
  const snaps = items.filter((item) => identOf(item) === 'snap').length
  const read = (fromImage ? 1 : 0) + (density === undefined ? 0 : 1) + snaps
  return read === items.length && read > snaps ? { fromImage, density: density ?? 1 } : undefined
}

/** What is asked of the samples of pictures (CSS Images 3, sections 6.1 and 6.2; Images 4, section 5.1). PDF/A lets no reader smooth them, so `image-rendering` is the same for all. */
export function imageProperties(): Property[] {
  return [
    define('image-orientation', 'imageOrientation', {
      inherited: true,
      syntax: 'from-image | none',
      parse: (items) => {
        const word = items.length === 1 ? identOf(items[0]) : undefined
        return word === 'none' || word === 'from-image' ? word : undefined
      },
      compute: (value: 'none' | 'from-image') => value,
    }),
    define('image-resolution', 'imageResolution', {
      inherited: true,
      syntax: '[ from-image || <resolution> ] && snap?',
      initial: '1dppx',
      parse: resolutionFrom,
      compute: (value) => value,
    }),
  ]
}

/** One image; null is none, undefined where it is no image. */
export function imageFrom(item: Component | undefined): SpecifiedImage | undefined {
  if (identOf(item) === 'none') return null
  if (item?.kind === 'url') return { url: item.value }
  if (item?.kind !== 'function') return undefined
  return item.name === 'image-set' || item.name === '-webkit-image-set' ? fromSet(item) : gradientFrom(item)
}

/** An image as layout and painting read it. */
export function computeImage(image: SpecifiedImage, { bases, color }: ComputeContext): BackgroundImage | null {
  if (image === null) return null
  if ('url' in image) return { kind: 'url', ...image }
  const length = (value: SpecifiedLength): LengthPercentage => resolveLength(value, bases)
  const stops = image.stops.map(
    (stop): GradientStop => ({
      color: stop.color === null ? null : resolveColor(stop.color, color),
      position: stop.position === null ? null : length(stop.position),
    }),
  )
  const { repeating } = image
  if (image.kind === 'linear') return { kind: 'linear-gradient', repeating, stops, line: image.line }
  const centre = { centreX: resolveOffset(image.at.x, bases), centreY: resolveOffset(image.at.y, bases) }
  if (image.kind === 'conic') return { kind: 'conic-gradient', repeating, stops, from: image.from, ...centre }
  const { extent, circle } = image
  const size = typeof extent === 'string' ? extent : { x: length(extent[0]), y: length(extent[1]) }
  return { kind: 'radial-gradient', repeating, stops, circle, extent: size, ...centre }
}
