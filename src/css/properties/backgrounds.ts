/**
 * Borders and backgrounds (CSS Backgrounds 3, sections 2 to 5). In: component values. Out: computed values; images are in images.ts.
 */
import type { BackgroundBox, BackgroundLayer, CornerRadius, LengthPercentage, TileRepeat } from '../computed-style.js'
import { type Component, isDelim } from '../syntax/component.js'
import { lengthFrom } from '../values/calc.js'
import { colorFrom } from '../values/color.js'
import { resolveLength, type SpecifiedLength } from '../values/length.js'
import { computeImage, imageFrom } from './images.js'
import { type Offset, offsetFrom, positionFrom, resolveOffset } from './position.js'
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
const REPEATS: ReadonlySet<string> = new Set<TileRepeat>(['repeat', 'space', 'round', 'no-repeat'])

/** One background-repeat. */
export function repeatFrom(items: Items): Repeat | undefined {
  const words = items.map((item) => identOf(item) ?? '?')
  if (words.length === 1 && words[0] === 'repeat-x') return { repeatX: 'repeat', repeatY: 'no-repeat' }
  if (words.length === 1 && words[0] === 'repeat-y') return { repeatX: 'no-repeat', repeatY: 'repeat' }
  const [repeatX = '', repeatY = repeatX] = words
  if (words.length > 2 || !REPEATS.has(repeatX) || !REPEATS.has(repeatY)) return undefined
  return { repeatX: repeatX as TileRepeat, repeatY: repeatY as TileRepeat }
}

/** One value per layer; undefined where one is none. */
export function listOf<S>(items: Items, read: (part: Items) => S | undefined): S[] | undefined {
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
  readonly attachment?: Items
}
type Attachment = BackgroundLayer['attachment']
const ATTACHMENTS: ReadonlySet<string> = new Set<Attachment>(['scroll', 'fixed', 'local'])
const BOXES: ReadonlySet<string> = new Set<BackgroundBox>(['border-box', 'padding-box', 'content-box'])

function boxFrom(items: Items): BackgroundBox | undefined {
  const word = items.length === 1 ? identOf(items[0]) : undefined
  return word !== undefined && BOXES.has(word) ? (word as BackgroundBox) : undefined
}

/** Sorts the components of one layer of the shorthand; undefined where one fits nowhere. */
export function backgroundParts(items: Items): BackgroundParts | undefined {
  const parts: { -readonly [K in keyof BackgroundParts]: BackgroundParts[K] } = {}
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
    } else if (ATTACHMENTS.has(word) && !parts.attachment) parts.attachment = [item]
    else return undefined
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
        syntax: 'thin | medium | thick | <length [0,∞]>',
        initial: 'medium',
        parse: borderWidthFrom,
        compute: (value, { bases }) => Math.max(0, resolveLength(value, bases) as number),
      }),
      keywords(`${name}-style`, `border${side}Style`, BORDER_STYLES),
      colorProperty(`${name}-color`, `border${side}Color`),
    ]
  })
}

function radius(
  name: string,
  key: 'borderTopLeftRadius' | 'borderTopRightRadius' | 'borderBottomRightRadius' | 'borderBottomLeftRadius',
): Property {
  return define<typeof key, readonly [SpecifiedLength, SpecifiedLength]>(name, key, {
    syntax: '<length-percentage [0,∞]>{1,2}',
    initial: '0',
    parse: (items) => {
      const values = items.map((item) => lengthFrom(item, { percent: true, nonNegative: true }))
      const [x, y = x] = values
      return values.length <= 2 && x !== undefined && y !== undefined && !values.includes(undefined) ? [x, y] : undefined
    },
    compute: ([x, y], { bases }): CornerRadius => ({
      x: limited(resolveLength(x, bases), true),
      y: limited(resolveLength(y, bases), true),
    }),
  })
}

function positionAxis(name: string, key: 'backgroundPositionX' | 'backgroundPositionY', axis: 'x' | 'y'): Property {
  const edges = axis === 'x' ? 'left | right' : 'top | bottom'
  return define<typeof key, readonly Offset[]>(name, key, {
    syntax: `[ center | [ ${edges} ]? <length-percentage>? ]#`,
    initial: '0%',
    parse: (items) => listOf(items, (part) => offsetFrom(part, axis)),
    compute: (offsets, { bases }) => offsets.map((offset) => resolveOffset(offset, bases)),
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
    colorProperty('background-color', 'backgroundColor', 'transparent'),
    define('background-image', 'backgroundImage', {
      syntax: '[ none | <image> ]#',
      initial: 'none',
      parse: (items) => listOf(items, (part) => (part.length === 1 ? imageFrom(part[0]) : undefined)),
      compute: (images, context) => images.map((image) => computeImage(image, context)),
    }),
    positionAxis('background-position-x', 'backgroundPositionX', 'x'),
    positionAxis('background-position-y', 'backgroundPositionY', 'y'),
    define('background-size', 'backgroundSize', {
      syntax: '[ auto | cover | contain | [ <length-percentage [0,∞]> | auto ]{1,2} ]#',
      initial: 'auto',
      parse: (items) => listOf(items, backgroundSizeFrom),
      compute: (sizes, context) => sizes.map((size) => computeSize(size, context)),
    }),
    define('background-origin', 'backgroundOrigin', {
      syntax: '[ border-box | padding-box | content-box ]#',
      initial: 'padding-box',
      parse: (items) => listOf(items, boxFrom),
      compute: (value) => value,
    }),
    define('background-clip', 'backgroundClip', {
      syntax: '[ border-box | padding-box | content-box ]#',
      initial: 'border-box',
      parse: (items) => listOf(items, boxFrom),
      compute: (value) => value,
    }),
    define('background-attachment', 'backgroundAttachment', {
      syntax: '[ scroll | fixed | local ]#',
      initial: 'scroll',
      parse: (items) =>
        listOf(items, (part) => {
          const word = part.length === 1 ? identOf(part[0]) : undefined
          return word !== undefined && ATTACHMENTS.has(word) ? (word as Attachment) : undefined
        }),
      compute: (value) => value,
    }),
    define('background-repeat', 'backgroundRepeat', {
      syntax: '[ repeat-x | repeat-y | [ repeat | space | round | no-repeat ]{1,2} ]#',
      initial: 'repeat',
      parse: (items) => listOf(items, repeatFrom),
      compute: (value) => value,
    }),
  ]
}

/** The layers that have an image, topmost first; shorter lists repeat (section 2.3). */
export function backgroundLayers(values: {
  readonly backgroundImage: readonly BackgroundLayer['image'][]
  readonly backgroundPositionX: readonly LengthPercentage[]
  readonly backgroundPositionY: readonly LengthPercentage[]
  readonly backgroundSize: readonly BackgroundLayer['size'][]
  readonly backgroundRepeat: readonly Repeat[]
  readonly backgroundOrigin: readonly BackgroundBox[]
  readonly backgroundClip: readonly BackgroundBox[]
  readonly backgroundAttachment: readonly Attachment[]
}): BackgroundLayer[] {
  const {
    backgroundImage,
    backgroundPositionX,
    backgroundPositionY,
    backgroundSize,
    backgroundRepeat,
    backgroundOrigin,
    backgroundClip,
    backgroundAttachment,
  } = values
  const layers: BackgroundLayer[] = []
  for (const [i, image] of backgroundImage.entries()) {
    const positionX = backgroundPositionX[i % backgroundPositionX.length]
    const positionY = backgroundPositionY[i % backgroundPositionY.length]
    const size = backgroundSize[i % backgroundSize.length]
    const repeat = backgroundRepeat[i % backgroundRepeat.length]
    const origin = backgroundOrigin[i % backgroundOrigin.length] ?? 'padding-box'
    const clip = backgroundClip[i % backgroundClip.length] ?? 'border-box'
    const attachment = backgroundAttachment[i % backgroundAttachment.length] ?? 'scroll'
    if (image && positionX !== undefined && positionY !== undefined && size && repeat)
      layers.push({ image, positionX, positionY, size, ...repeat, origin, clip, attachment })
  }
  return layers
}
