/**
 * Borders and backgrounds (CSS Backgrounds 3), linear gradients (CSS Images 3, section 3.1). In: component values. Out: computed
 * values; currentcolor becomes the element's colour.
 */
import type { BackgroundBox, BackgroundLayer, LengthPercentage } from '../computed-style.js'
import { type Component, type FunctionComponent, isDelim, withoutSpace } from '../syntax/component.js'
import { angleOf, lengthFrom } from '../values/calc.js'
import { colorFrom, resolveColor, type SpecifiedColor } from '../values/color.js'
import { resolveLength, type SpecifiedLength } from '../values/length.js'
import { positionFrom, resolveOffset, type SpecifiedPosition } from './position.js'
import { type ComputeContext, colorProperty, commaList, define, type Items, identOf, keywords, limited, type Property } from './property.js'

const WIDTHS: Readonly<Record<string, number>> = { thin: 1, medium: 3, thick: 5 }
export const BORDER_STYLES = 'none hidden dotted dashed solid double groove ridge inset outset'

/** A border's width as written. */
export function borderWidthFrom(items: Items): SpecifiedLength | undefined {
  if (items.length !== 1) return undefined
  const word = identOf(items[0])
  if (word !== undefined) return Object.hasOwn(WIDTHS, word) ? WIDTHS[word] : undefined
  return lengthFrom(items[0], { nonNegative: true })
}

interface Stop {
  readonly color: SpecifiedColor
  readonly position: SpecifiedLength | null
}
type SpecifiedImage = null | { readonly url: string } | { readonly angle: number; readonly stops: readonly Stop[] }

const SIDE_ANGLES: Readonly<Record<string, number>> = {
  top: 0,
  right: 90,
  bottom: 180,
  left: 270,
  'right top': 45,
  'bottom right': 135,
  'bottom left': 225,
  'left top': 315,
}

/** Degrees of `to right`, `45deg` or nothing; undefined where the part is a colour stop. */
function gradientLine(part: Items): number | undefined {
  const words = part.map((item) => identOf(item) ?? '')
  const colorSpace = words.indexOf('in')
  const items = colorSpace < 0 ? part : part.slice(0, colorSpace)
  if (items.length === 0) return 180
  if (words[0] === 'to') return SIDE_ANGLES[words.slice(1, items.length).sort().join(' ')]
  return items.length === 1 ? angleOf(items[0]) : undefined
}

function stopsFrom(part: Items): Stop[] | undefined {
  const at = part.findIndex((item) => colorFrom(item) !== undefined)
  const color = at < 0 ? undefined : colorFrom(part[at])
  const rest = part.filter((_, index) => index !== at)
  if (color === undefined || rest.length > 2) return undefined
  if (rest.length === 0) return [{ color, position: null }]
  const positions = rest.map((item) => lengthFrom(item, { percent: true }))
  if (positions.some((position) => position === undefined)) return undefined
  return positions.map((position) => ({ color, position: position as SpecifiedLength }))
}

function gradientFrom(item: FunctionComponent): SpecifiedImage | undefined {
  const parts = commaList(withoutSpace(item.items))
  if (!parts) return undefined
  const angle = gradientLine(parts[0] as Items)
  const stops: Stop[] = []
  for (const part of angle === undefined ? parts : parts.slice(1)) {
    const found = stopsFrom(part)
    if (!found) return undefined
    stops.push(...found)
  }
  return stops.length >= 2 ? { angle: angle ?? 180, stops } : undefined
}

/** One image of a background; null is none. */
export function imageFrom(item: Component | undefined): SpecifiedImage | undefined {
  if (identOf(item) === 'none') return null
  if (item?.kind === 'url') return { url: item.value }
  return item?.kind === 'function' && item.name === 'linear-gradient' ? gradientFrom(item) : undefined
}

function computeImage(image: SpecifiedImage, { bases, color }: ComputeContext): BackgroundLayer['image'] {
  if (image === null) return null
  if ('url' in image) return { kind: 'url', url: image.url }
  const stops = image.stops.map((stop) => ({
    color: resolveColor(stop.color, color),
    position: stop.position === null ? null : resolveLength(stop.position, bases),
  }))
  return { kind: 'linear-gradient', angle: image.angle, stops }
}

type SpecifiedSize = 'auto' | 'cover' | 'contain' | readonly [SpecifiedLength | 'auto', SpecifiedLength | 'auto']

/** One background-size. */
export function backgroundSizeFrom(items: Items): SpecifiedSize | undefined {
  const word = items.length === 1 ? identOf(items[0]) : undefined
  if (word === 'cover' || word === 'contain' || word === 'auto') return word
  if (items.length < 1 || items.length > 2) return undefined
  const read = (item: Component | undefined) => (identOf(item) === 'auto' ? 'auto' : lengthFrom(item, { percent: true, nonNegative: true }))
  const width = read(items[0])
  const height = items.length === 1 ? 'auto' : read(items[1])
  return width !== undefined && height !== undefined ? [width, height] : undefined
}

function computeSize(size: SpecifiedSize, { bases }: ComputeContext): BackgroundLayer['size'] {
  if (typeof size === 'string') return size
  const read = (value: SpecifiedLength | 'auto'): LengthPercentage | 'auto' => (value === 'auto' ? value : resolveLength(value, bases))
  return { width: read(size[0]), height: read(size[1]) }
}

type Repeat = Pick<BackgroundLayer, 'repeatX' | 'repeatY'>
const REPEATS: Readonly<Record<string, boolean>> = { repeat: true, space: true, round: true, 'no-repeat': false }

/** One background-repeat. */
export function repeatFrom(items: Items): Repeat | undefined {
  const words = items.map((item) => identOf(item) ?? '?')
  if (words.length === 1 && words[0] === 'repeat-x') return { repeatX: true, repeatY: false }
  if (words.length === 1 && words[0] === 'repeat-y') return { repeatX: false, repeatY: true }
  const repeatX = REPEATS[words[0] ?? '']
  const repeatY = words.length === 1 ? repeatX : REPEATS[words[1] ?? '']
  return words.length <= 2 && repeatX !== undefined && repeatY !== undefined ? { repeatX, repeatY } : undefined
}

function listOf<S>(items: Items, read: (part: Items) => S | undefined): S[] | undefined {
  const values: S[] = []
  for (const part of commaList(items) ?? [[]]) {
    const value = read(part)
    if (value === undefined) return undefined
    values.push(value)
  }
  return values
}

/** `background: …` of one layer, in any order (section 2.10). */
export interface BackgroundParts {
  readonly image?: Items
  readonly position?: Items
  readonly size?: Items
  readonly repeat?: Items
  readonly color?: Items
  readonly origin?: Items
  readonly clip?: Items
}
const ATTACHMENTS = new Set(['scroll', 'fixed', 'local'])
const BOXES: ReadonlySet<string> = new Set<BackgroundBox>(['border-box', 'padding-box', 'content-box'])

function boxFrom(items: Items): BackgroundBox | undefined {
  const word = items.length === 1 ? identOf(items[0]) : undefined
  return word !== undefined && BOXES.has(word) ? (word as BackgroundBox) : undefined
}

/** Sorts the components of one layer of the shorthand; undefined where one fits nowhere. */
export function backgroundParts(items: Items): BackgroundParts | undefined {
  const parts: { image?: Items; position?: Items; size?: Items; repeat?: Items; color?: Items; origin?: Items; clip?: Items } = {}
  const position: Component[] = []
  const repeat: Component[] = []
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Component
    const word = identOf(item) ?? ''
    if (isDelim(item, '/')) {
      const two = backgroundSizeFrom(items.slice(i + 1, i + 3))
      parts.size = items.slice(i + 1, i + (two && items.length > i + 2 ? 3 : 2))
      i += parts.size.length
    } else if (repeatFrom([item])) repeat.push(item)
    else if (positionFrom([item])) position.push(item)
    else if (!parts.image && imageFrom(item) !== undefined) parts.image = [item]
    else if (!parts.color && colorFrom(item) !== undefined) parts.color = [item]
    else if (BOXES.has(word) && !parts.clip) {
      // One box is both; of two the first is the origin.
      if (parts.origin) parts.clip = [item]
      else parts.origin = [item]
    } else if (!ATTACHMENTS.has(word)) return undefined
  }
  if (parts.origin && !parts.clip) parts.clip = parts.origin
  if (position.length > 0) parts.position = position
  if (repeat.length > 0) parts.repeat = repeat
  const fits =
    (!parts.position || positionFrom(position)) &&
    (!parts.repeat || repeatFrom(repeat)) &&
    (!parts.size || (parts.position && backgroundSizeFrom(parts.size)))
  return fits ? parts : undefined
}

function borderProperties(): Property[] {
  return (['Top', 'Right', 'Bottom', 'Left'] as const).flatMap((side) => {
    const name = `border-${side.toLowerCase()}`
    return [
      define(`${name}-width`, `border${side}Width`, {
        parse: borderWidthFrom,
        compute: (value, { bases }) => Math.max(0, resolveLength(value, bases) as number),
      }),
      keywords(`${name}-style`, `border${side}Style`, BORDER_STYLES),
      colorProperty(`${name}-color`, `border${side}Color`),
    ]
  })
}

/** An ellipse's first radius serves both axes: computed styles hold one. */
function radius(
  name: string,
  key: 'borderTopLeftRadius' | 'borderTopRightRadius' | 'borderBottomRightRadius' | 'borderBottomLeftRadius',
): Property {
  return define<typeof key, SpecifiedLength>(name, key, {
    parse: (items) => {
      const values = items.map((item) => lengthFrom(item, { percent: true, nonNegative: true }))
      return values.length >= 1 && values.length <= 2 && values.every((value) => value !== undefined) ? values[0] : undefined
    },
    compute: (value, { bases }) => limited(resolveLength(value, bases), true),
  })
}

/** All properties of this file. */
export function backgroundProperties(): Property[] {
  return [
    ...borderProperties(),
    radius('border-top-left-radius', 'borderTopLeftRadius'),
    radius('border-top-right-radius', 'borderTopRightRadius'),
    radius('border-bottom-right-radius', 'borderBottomRightRadius'),
    radius('border-bottom-left-radius', 'borderBottomLeftRadius'),
    colorProperty('background-color', 'backgroundColor'),
    define('background-image', 'backgroundImage', {
      parse: (items) => listOf(items, (part) => (part.length === 1 ? imageFrom(part[0]) : undefined)),
      compute: (images, context) => images.map((image) => computeImage(image, context)),
    }),
    define('background-position', 'backgroundPosition', {
      parse: (items) => listOf<SpecifiedPosition>(items, positionFrom),
      compute: (positions, { bases }) =>
        positions.map(({ x, y }) => ({ positionX: resolveOffset(x, bases), positionY: resolveOffset(y, bases) })),
    }),
    define('background-size', 'backgroundSize', {
      parse: (items) => listOf(items, backgroundSizeFrom),
      compute: (sizes, context) => sizes.map((size) => computeSize(size, context)),
    }),
    define('background-origin', 'backgroundOrigin', { parse: (items) => listOf(items, boxFrom), compute: (value) => value }),
    define('background-clip', 'backgroundClip', { parse: (items) => listOf(items, boxFrom), compute: (value) => value }),
    define('background-repeat', 'backgroundRepeat', { parse: (items) => listOf(items, repeatFrom), compute: (value) => value }),
  ]
}

/** The layers that have an image, topmost first; shorter lists repeat (section 2.3). */
export function backgroundLayers(values: {
  readonly backgroundImage: readonly BackgroundLayer['image'][]
  readonly backgroundPosition: readonly Pick<BackgroundLayer, 'positionX' | 'positionY'>[]
  readonly backgroundSize: readonly BackgroundLayer['size'][]
  readonly backgroundRepeat: readonly Repeat[]
  readonly backgroundOrigin: readonly BackgroundBox[]
  readonly backgroundClip: readonly BackgroundBox[]
}): BackgroundLayer[] {
  const { backgroundImage, backgroundPosition, backgroundSize, backgroundRepeat, backgroundOrigin, backgroundClip } = values
  const layers: BackgroundLayer[] = []
  for (const [i, image] of backgroundImage.entries()) {
    const position = backgroundPosition[i % backgroundPosition.length]
    const size = backgroundSize[i % backgroundSize.length]
    const repeat = backgroundRepeat[i % backgroundRepeat.length]
    const origin = backgroundOrigin[i % backgroundOrigin.length] ?? 'padding-box'
    const clip = backgroundClip[i % backgroundClip.length] ?? 'border-box'
    if (image && position && size && repeat) layers.push({ image, ...position, size, ...repeat, origin, clip })
  }
  return layers
}
