/**
 * In: declarations of a block. Out: longhands with their specified values; those with var() wait until an element's custom
 * properties are known (CSS Cascade 5, section 4.1; CSS Variables 1, section 3). What cannot be read is reported.
 */
import { didYouMean } from '../../document/suggest.js'
import type { Items, Property } from '../properties/property.js'
import { isIgnored, knownNames, type Longhand, registry } from '../properties/registry.js'
import type { Shorthand } from '../properties/shorthands.js'
import { type Component, withoutSpace } from '../syntax/component.js'
import type { Declaration } from '../syntax/rules.js'

export type Wide = 'inherit' | 'initial' | 'unset' | 'revert' | 'revert-layer'
export type Declared = { readonly important: boolean } & (
  | { readonly kind: 'value'; readonly longhand: Longhand; readonly value: unknown }
  | { readonly kind: 'wide'; readonly longhand: Longhand; readonly wide: Wide }
  | {
      readonly kind: 'pending'
      readonly longhand: Longhand
      readonly shorthand: Shorthand | null
      readonly part: number
      readonly items: Items
    }
  | { readonly kind: 'custom'; readonly name: string; readonly items: Items; readonly wide: Wide | null }
)
export interface Block {
  /** Equal for equal blocks of one document. */
  readonly id: number
  readonly declared: readonly Declared[]
  readonly hasImportant: boolean
}
export type Problem = (kind: 'unknown-property' | 'invalid-value', declaration: Declaration, hint: string | undefined) => void

const WIDE = new Set(['inherit', 'initial', 'unset', 'revert', 'revert-layer'])

function wideOf(items: Items): Wide | null {
  const [only] = items
  return items.length === 1 && only?.kind === 'ident' && WIDE.has(only.lower) ? (only.lower as Wide) : null
}

/** Whether var() stands anywhere in the value. */
export function hasVariable(items: Items): boolean {
  return items.some((item) => (item.kind === 'function' && item.name === 'var') || ('items' in item && hasVariable(item.items)))
}

function hasPrefix(items: Items): boolean {
  return items.some((item) => (item.kind === 'ident' ? item.lower : item.kind === 'function' ? item.name : '').startsWith('-'))
}

/** The longhands' values of a shorthand; undefined where the value is none. */
export function expandShorthand(shorthand: Shorthand, items: Items): (unknown | { readonly wide: Wide })[] | undefined {
  const parts = shorthand.expand(items)
  if (!parts) return undefined
  const values: unknown[] = []
  for (const [i, name] of shorthand.longhands.entries()) {
    const part = parts[i] ?? []
    const value = part.length === 0 ? INITIAL : registry().longhands.get(name)?.ltr.parse(part)
    if (value === undefined) return undefined
    values.push(value)
  }
  return values
}
/** Stands for the initial value in what expandShorthand() gives. */
export const INITIAL = Symbol('initial')

function fromShorthand(shorthand: Shorthand, items: Items, important: boolean): Declared[] | undefined {
  const longhands = shorthand.longhands.map((name) => registry().longhands.get(name) as Longhand)
  const wide = wideOf(items)
  if (wide) return longhands.map((longhand) => ({ kind: 'wide', longhand, wide, important }))
  if (hasVariable(items)) return longhands.map((longhand, part) => ({ kind: 'pending', longhand, shorthand, part, items, important }))
  return expandShorthand(shorthand, items)?.map((value, i) => {
    const longhand = longhands[i] as Longhand
    return value === INITIAL ? { kind: 'wide', longhand, wide: 'initial', important } : { kind: 'value', longhand, value, important }
  })
}

function fromLonghand(longhand: Longhand, items: Items, important: boolean): Declared[] | undefined {
  const wide = wideOf(items)
  if (wide) return [{ kind: 'wide', longhand, wide, important }]
  if (hasVariable(items)) return [{ kind: 'pending', longhand, shorthand: null, part: 0, items, important }]
  const value = longhand.ltr.parse(items)
  return value === undefined ? undefined : [{ kind: 'value', longhand, value, important }]
}

/** One declaration's longhands; undefined where its value is none, null where the property is unknown. */
export function readDeclaration(declaration: Declaration): Declared[] | undefined | null {
  const { name, important } = declaration
  if (name.startsWith('--')) {
    const wide = wideOf(withoutSpace(declaration.value))
    return [{ kind: 'custom', name, items: declaration.value, wide, important }]
  }
  const items = withoutSpace(declaration.value)
  const { longhands, shorthands } = registry()
  const shorthand = shorthands.get(name)
  if (shorthand) return fromShorthand(shorthand, items, important)
  const longhand = longhands.get(name)
  return longhand ? fromLonghand(longhand, items, important) : null
}

/** `all` sets every longhand but direction and unicode-bidi. */
function fromAll(declaration: Declaration): Declared[] | undefined {
  const wide = wideOf(withoutSpace(declaration.value))
  const except = (property: Property): boolean => ['direction', 'unicode-bidi', '-x-lang', 'size'].includes(property.name)
  if (!wide) return undefined
  return registry()
    .properties.filter((property) => !except(property))
    .map((property) => ({ kind: 'wide', longhand: { ltr: property, rtl: property }, wide, important: declaration.important }))
}

/** Reads the declarations of one block. */
export function readDeclarations(declarations: readonly Declaration[], problem: Problem): Declared[] {
  const declared: Declared[] = []
  for (const declaration of declarations) {
    const found = declaration.name === 'all' ? fromAll(declaration) : readDeclaration(declaration)
    if (found) declared.push(...found)
    else if (found === undefined) {
      if (!hasPrefix(declaration.value)) problem('invalid-value', declaration, undefined)
    } else if (!isIgnored(declaration.name)) problem('unknown-property', declaration, didYouMean(declaration.name, knownNames()))
  }
  return declared
}

/** Addresses in a style sheet are relative to it; `resolve` makes them whole. */
export function withAddresses(items: readonly Component[], resolve: (url: string) => string): readonly Component[] {
  if (!items.some((item) => item.kind === 'url' || item.kind === 'function')) return items
  return items.map((item) => {
    if (item.kind === 'url') return { ...item, value: resolve(item.value) }
    return item.kind === 'function' ? { ...item, items: withAddresses(item.items, resolve) } : item
  })
}
