/**
 * What a property is to the cascade, and the makers of common kinds of property. In: component values without white space.
 * Out: a specified value, or undefined where they are not one; then, with an element's bases, its computed value
 * (CSS Cascade 5, section 4).
 */
import type { Color, LengthPercentage } from '../computed-style.js'
import type { Component } from '../syntax/component.js'
import { integerOf, type LengthLimits, lengthFrom, numberOf } from '../values/calc.js'
import { colorFrom, resolveColor, type SpecifiedColor } from '../values/color.js'
import { type LengthBases, resolveLength, type SpecifiedLength } from '../values/length.js'
import type { ValueKey, Values } from './initial.js'

export type Items = readonly Component[]

/** What computed values are relative to. Lengths are px. */
export interface ComputeContext {
  readonly bases: LengthBases
  /** For font-size, line-height and the like, whose own value is not yet known. */
  readonly parentBases: LengthBases
  readonly parent: Readonly<Values>
  readonly color: Color
  readonly direction: 'ltr' | 'rtl'
  /** Of this element, px. */
  readonly fontSize: number
}

export interface Property {
  readonly name: string
  readonly key: ValueKey
  readonly inherited: boolean
  /** What may stand after the colon, in the value definition syntax (CSS Values 4, section 2); for messages and docs/css.md. */
  readonly syntax: string
  /** The initial value as one writes it; absent where `initial.ts` holds the very text or number. */
  readonly initial?: string
  readonly parse: (items: Items) => unknown
  readonly compute: (specified: unknown, context: ComputeContext) => unknown
}

interface Definition<K extends ValueKey, S> {
  readonly inherited?: boolean
  /** See Property; a test holds that no property of CSS is without. */
  readonly syntax?: string
  readonly initial?: string
  readonly parse: (items: Items) => S | undefined
  readonly compute: (specified: S, context: ComputeContext) => Values[K]
}

/** A property; the cast is safe because only `parse` makes what `compute` is given. */
export function define<K extends ValueKey, S>(name: string, key: K, definition: Definition<K, S>): Property {
  const { inherited = false, syntax = '', initial, parse, compute } = definition
  const common = {
    name,
    key,
    inherited,
    syntax,
    parse,
    compute: (specified: unknown, context: ComputeContext) => compute(specified as S, context),
  }
  return initial === undefined ? common : { ...common, initial }
}

/** The one component there is; undefined where there are more or none. */
export function single(items: Items): Component | undefined {
  return items.length === 1 ? items[0] : undefined
}

/** The lower-case keyword that stands alone. */
export function keywordOf(items: Items): string | undefined {
  const item = single(items)
  return item?.kind === 'ident' ? item.lower : undefined
}

export function identOf(item: Component | undefined): string | undefined {
  return item?.kind === 'ident' ? item.lower : undefined
}

/** A property whose values are keywords, written apart by spaces. `aliases` maps further keywords to them. */
export function keywords<K extends ValueKey>(
  name: string,
  key: K,
  words: string,
  options: { readonly inherited?: boolean; readonly aliases?: Readonly<Record<string, string>>; readonly syntax?: string } = {},
): Property {
  const known = new Set(words.split(' '))
  return define<K, string>(name, key, {
    inherited: options.inherited ?? false,
    syntax:
      options.syntax ?? [...words.split(' '), ...Object.keys(options.aliases ?? {}).filter((alias) => !alias.startsWith('-'))].join(' | '),
    parse: (items) => {
      const word = keywordOf(items)
      if (word === undefined) return undefined
      return known.has(word) ? word : options.aliases && Object.hasOwn(options.aliases, word) ? options.aliases[word] : undefined
    },
    compute: (word) => word as Values[K],
  })
}

/** A length or one of some keywords. */
export function lengthOrWord<K extends ValueKey>(
  name: string,
  key: K,
  options: LengthLimits & { readonly words?: string; readonly inherited?: boolean },
): Property {
  const words = new Set((options.words ?? '').split(' '))
  const length = `<length${options.percent ? '-percentage' : ''}${options.nonNegative ? ' [0,∞]' : ''}>`
  return define<K, string | { readonly length: SpecifiedLength }>(name, key, {
    inherited: options.inherited ?? false,
    syntax: [...words, length].filter((part) => part !== '').join(' | '),
    parse: (items) => {
      const word = keywordOf(items)
      if (word !== undefined) return words.has(word) ? word : undefined
      const length = lengthFrom(single(items), options)
      return length === undefined ? undefined : { length }
    },
    compute: (value, { bases }) =>
      (typeof value === 'string' ? value : limited(resolveLength(value.length, bases), options.nonNegative === true)) as Values[K],
  })
}

/** Math functions are held in the property's range (CSS Values 4, section 10.12). */
export function limited(value: LengthPercentage, nonNegative: boolean): LengthPercentage {
  return nonNegative && typeof value === 'number' ? Math.max(0, value) : value
}

export function numberProperty<K extends ValueKey>(
  name: string,
  key: K,
  options: {
    readonly min?: number
    readonly max?: number
    readonly integer?: boolean
    readonly inherited?: boolean
    readonly percent?: boolean
  },
): Property {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = options
  const range = options.min === undefined && options.max === undefined ? '' : ` [${options.min ?? '-∞'},${options.max ?? '∞'}]`
  return define<K, number>(name, key, {
    inherited: options.inherited ?? false,
    syntax: `<${options.integer ? 'integer' : 'number'}${range}>${options.percent ? ' | <percentage>' : ''}`,
    parse: (items) => {
      const item = single(items)
      const value = item?.kind === 'percentage' && options.percent ? item.value / 100 : options.integer ? integerOf(item) : numberOf(item)
      return value === undefined || (value < min && item?.kind !== 'function') ? undefined : Math.min(max, Math.max(min, value))
    },
    compute: (value) => value as Values[K],
  })
}

export function colorProperty<K extends ValueKey>(name: string, key: K, initial = 'currentcolor'): Property {
  return define<K, SpecifiedColor>(name, key, {
    syntax: '<color>',
    initial,
    parse: (items) => colorFrom(single(items)),
    compute: (value, { color }) => resolveColor(value, color) as Values[K],
  })
}

/** Splits at commas that no bracket holds; undefined where a part is empty. */
export function commaList(items: Items): Items[] | undefined {
  const parts: Component[][] = [[]]
  for (const item of items) {
    if (item.kind === 'delim' && item.value === ',') parts.push([])
    else (parts[parts.length - 1] as Component[]).push(item)
  }
  return parts.some((part) => part.length === 0) ? undefined : parts
}
