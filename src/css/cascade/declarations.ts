/**
 * In: declarations of a block. Out: longhands with their specified values; those with var(), attr() or env() wait for the element
 * (CSS Cascade 5, section 4.1; CSS Variables 1, section 3). What cannot be read goes to `problem`.
 */
import { initialValues } from '../properties/initial.js'
import type { Items, Property } from '../properties/property.js'
import { type Longhand, registry } from '../properties/registry.js'
import type { Shorthand } from '../properties/shorthands.js'
import { WITHOUT_EFFECT } from '../properties/unsupported.js'
import { type Component, withoutSpace } from '../syntax/component.js'
import type { Declaration } from '../syntax/rules.js'
import { hasSubstitution } from './variables.js'

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
  /** Attributes that its values are made of. */
  readonly attributes: readonly string[]
  /** As written, for what only SVG reads. */
  readonly written: readonly Declaration[]
}
export type ProblemKind = 'unknown-property' | 'invalid-value' | 'without-effect'
export type Problem = (kind: ProblemKind, declaration: Declaration) => void

const WIDE = new Set(['inherit', 'initial', 'unset', 'revert', 'revert-layer'])

function wideOf(items: Items): Wide | null {
  const [only] = items
  return items.length === 1 && only?.kind === 'ident' && WIDE.has(only.lower) ? (only.lower as Wide) : null
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
  if (hasSubstitution(items, shorthand.name))
    return longhands.map((longhand, part) => ({ kind: 'pending', longhand, shorthand, part, items, important }))
  return expandShorthand(shorthand, items)?.map((value, i) => {
    const longhand = longhands[i] as Longhand
    return value === INITIAL ? { kind: 'wide', longhand, wide: 'initial', important } : { kind: 'value', longhand, value, important }
  })
}

function fromLonghand(longhand: Longhand, items: Items, important: boolean): Declared[] | undefined {
  const wide = wideOf(items)
  if (wide) return [{ kind: 'wide', longhand, wide, important }]
  if (hasSubstitution(items, longhand.ltr.name)) return [{ kind: 'pending', longhand, shorthand: null, part: 0, items, important }]
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

function changesInitial(declared: Declared): boolean {
  return declared.kind === 'value' && declared.value !== initialValues()[declared.longhand.ltr.key]
}

/** Reads the declarations of one block. */
export function readDeclarations(declarations: readonly Declaration[], problem: Problem): Declared[] {
  const declared: Declared[] = []
  for (const declaration of declarations) {
    const found = declaration.name === 'all' ? fromAll(declaration) : readDeclaration(declaration)
    if (found) {
      for (const one of found) declared.push(one)
      if (Object.hasOwn(WITHOUT_EFFECT, declaration.name) && found.some(changesInitial)) problem('without-effect', declaration)
    } else problem(found === undefined ? 'invalid-value' : 'unknown-property', declaration)
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
