/**
 * What is drawn around and over boxes: shadows and border images (CSS Backgrounds 3, sections 5 and 6), outlines (CSS UI 4, section 3),
 * transforms (CSS Transforms 2), clipping (CSS Masking 1, CSS Shapes 1). In: component values. Out: computed values.
 */
import type { BorderImage, BorderImageRepeat, BoxShadow, FourSides, LengthPercentage } from '../computed-style.js'
import { withoutSpace } from '../syntax/component.js'
import { lengthFrom, numberOf } from '../values/calc.js'
import { colorFrom, resolveColor, type SpecifiedColor } from '../values/color.js'
import { resolveLength, type SpecifiedLength } from '../values/length.js'
import { BORDER_STYLES, borderWidthFrom } from './backgrounds.js'
import { clipPathFrom, computeClipPath } from './clip-path.js'
import { computeImage, imageFrom } from './images.js'
import { colorProperty, commaList, define, type Items, identOf, keywordOf, keywords, type Property, single } from './property.js'
import { transformProperties } from './transforms.js'

interface SpecifiedShadow {
  readonly lengths: readonly SpecifiedLength[]
  readonly color: SpecifiedColor | null
  readonly inset: boolean
}

function shadowFrom(part: Items): SpecifiedShadow | undefined {
  const rest = part.filter((item) => identOf(item) !== 'inset')
  const lengths = rest.map((item) => lengthFrom(item, {})).filter((length) => length !== undefined)
  const colors = rest.filter((item) => lengthFrom(item, {}) === undefined).map((item) => colorFrom(item))
  const insets = part.length - rest.length
  if (lengths.length < 2 || lengths.length > 4 || colors.length > 1 || colors.includes(undefined) || insets > 1) return undefined
  const blur = rest.filter((item) => lengthFrom(item, {}) !== undefined)[2]
  if (blur && lengthFrom(blur, { nonNegative: true }) === undefined) return undefined
  return { lengths, color: colors[0] ?? null, inset: insets === 1 }
}

function shadowsFrom(items: Items): readonly SpecifiedShadow[] | undefined {
  if (keywordOf(items) === 'none') return []
  const shadows = (commaList(items) ?? [[]]).map(shadowFrom)
  return shadows.includes(undefined) ? undefined : (shadows as SpecifiedShadow[])
}

/** One to four values, clockwise from the top. */
function fourOf<T>(values: readonly T[]): FourSides<T> | undefined {
  const [top, right = top, bottom = top, left = right] = values
  if (values.length > 4 || top === undefined || right === undefined || bottom === undefined || left === undefined) return undefined
  return [top, right, bottom, left]
}

function sidesFrom<T>(items: Items, read: (item: Items[number]) => T | undefined): FourSides<T> | undefined {
  const values = items.map(read)
  return values.includes(undefined) ? undefined : fourOf(values as T[])
}

function sliceFrom(items: Items): { readonly sides: BorderImage['slice']; readonly fill: boolean } | undefined {
  const rest = items.filter((item) => identOf(item) !== 'fill')
  if (items.length - rest.length > 1) return undefined
  const sides = sidesFrom<BorderImage['slice'][number]>(rest, (item) => {
    if (item.kind === 'percentage') return item.value >= 0 ? { percent: item.value } : undefined
    const number = numberOf(item)
    return number !== undefined && number >= 0 ? { number } : undefined
  })
  return sides && { sides, fill: rest.length < items.length }
}

type SpecifiedSide = { readonly number: number } | { readonly length: SpecifiedLength } | 'auto'

function sideFrom(percent: boolean): (item: Items[number]) => SpecifiedSide | undefined {
  return (item) => {
    if (percent && identOf(item) === 'auto') return 'auto'
    const number = numberOf(item)
    if (number !== undefined) return number >= 0 ? { number } : undefined
    const length = lengthFrom(item, { percent, nonNegative: true })
    return length === undefined ? undefined : { length }
  }
}

const REPEATS: ReadonlySet<string> = new Set<BorderImageRepeat>(['stretch', 'repeat', 'round', 'space'])

function repeatFrom(items: Items): readonly [BorderImageRepeat, BorderImageRepeat] | undefined {
  const words = items.map((item) => identOf(item) ?? '?')
  const [x = '?', y = x] = words
  return words.length <= 2 && REPEATS.has(x) && REPEATS.has(y) ? [x as BorderImageRepeat, y as BorderImageRepeat] : undefined
}

function borderImageProperties(): Property[] {
  return [
    define('border-image-source', 'borderImageSource', {
      syntax: 'none | <image>',
      initial: 'none',
      parse: (items) => imageFrom(single(items)),
      compute: computeImage,
    }),
    define('border-image-slice', 'borderImageSlice', {
      syntax: '[ <number [0,∞]> | <percentage [0,∞]> ]{1,4} && fill?',
      initial: '100%',
      parse: sliceFrom,
      compute: (value) => value,
    }),
    define<'borderImageWidth', FourSides<SpecifiedSide>>('border-image-width', 'borderImageWidth', {
      syntax: '[ <length-percentage [0,∞]> | <number [0,∞]> | auto ]{1,4}',
      initial: '1',
      parse: (items) => sidesFrom(items, sideFrom(true)),
      compute: (sides, { bases }) =>
        sides.map((side) =>
          typeof side === 'object' && 'length' in side ? { length: resolveLength(side.length, bases) } : side,
        ) as unknown as BorderImage['width'],
    }),
    define<'borderImageOutset', FourSides<SpecifiedSide>>('border-image-outset', 'borderImageOutset', {
      syntax: '[ <length [0,∞]> | <number [0,∞]> ]{1,4}',
      initial: '0',
      parse: (items) => sidesFrom(items, sideFrom(false)),
      compute: (sides, { bases }) =>
        sides.map((side) =>
          typeof side === 'object' && 'length' in side ? { length: resolveLength(side.length, bases) as number } : side,
        ) as unknown as BorderImage['outset'],
    }),
    define('border-image-repeat', 'borderImageRepeat', {
      syntax: '[ stretch | repeat | round | space ]{1,2}',
      initial: 'stretch',
      parse: repeatFrom,
      compute: (value) => value,
    }),
  ]
}

function outlineProperties(): Property[] {
  return [
    define('outline-width', 'outlineWidth', {
      syntax: 'thin | medium | thick | <length [0,∞]>',
      initial: 'medium',
      parse: borderWidthFrom,
      compute: (value, { bases }) => Math.max(0, resolveLength(value, bases) as number),
    }),
    keywords('outline-style', 'outlineStyle', BORDER_STYLES.replace('hidden ', ''), { aliases: { auto: 'solid' } }),
    colorProperty('outline-color', 'outlineColor'),
    define<'outlineOffset', SpecifiedLength>('outline-offset', 'outlineOffset', {
      syntax: '<length>',
      initial: '0',
      parse: (items) => lengthFrom(single(items), {}),
      compute: (value, { bases }) => resolveLength(value, bases) as number,
    }),
  ]
}

/** `rect(top, right, bottom, left)`, with or without commas. */
function rectFrom(items: Items): readonly (SpecifiedLength | 'auto')[] | 'auto' | undefined {
  if (keywordOf(items) === 'auto') return 'auto'
  const item = single(items)
  if (item?.kind !== 'function' || item.name !== 'rect') return undefined
  const sides = withoutSpace(item.items).filter((one) => one.kind !== 'delim' || one.value !== ',')
  const values = sides.map((side) => (identOf(side) === 'auto' ? 'auto' : lengthFrom(side, {})))
  return values.length === 4 && !values.includes(undefined) ? (values as (SpecifiedLength | 'auto')[]) : undefined
}

/** All properties of this file, transforms and clip-path among them. */
export function effectProperties(): Property[] {
  return [
    define('box-shadow', 'boxShadow', {
      syntax: 'none | [ <color>? && <length>{2} <length [0,∞]>? <length>? && inset? ]#',
      initial: 'none',
      parse: shadowsFrom,
      compute: (shadows, { bases, color }) =>
        shadows.map(({ lengths, color: own, inset }): BoxShadow => {
          const [x = 0, y = 0, blur = 0, spread = 0] = lengths.map((length) => resolveLength(length, bases) as number)
          return { x, y, blur: Math.max(0, blur), spread, color: own === null ? color : resolveColor(own, color), inset }
        }),
    }),
    ...borderImageProperties(),
    ...outlineProperties(),
    ...transformProperties(),
    define('clip-path', 'clipPath', {
      syntax: 'none | <basic-shape> || <geometry-box>',
      initial: 'none',
      parse: clipPathFrom,
      compute: computeClipPath,
    }),
    define<'clip', ReturnType<typeof rectFrom>>('clip', 'clip', {
      syntax: 'auto | rect( [ <length> | auto ]#{4} )',
      initial: 'auto',
      parse: rectFrom,
      compute: (value, { bases }) =>
        value === undefined || value === 'auto'
          ? null
          : (value.map((side) => (side === 'auto' ? side : (resolveLength(side, bases) as LengthPercentage))) as unknown as FourSides<
              number | 'auto'
            >),
    }),
    keywords('isolation', 'isolation', 'auto isolate'),
    keywords(
      'mix-blend-mode',
      'mixBlendMode',
      'normal multiply screen overlay darken lighten color-dodge color-burn hard-light soft-light difference exclusion hue saturation color luminosity',
    ),
  ]
}
