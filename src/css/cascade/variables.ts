/**
 * What stands for other values: var() (CSS Variables 1), attr() and env() (CSS Values 5, section 7; CSS Environment Variables 1). In: an
 * element's own custom properties, its parent's and its attributes. Out: values with all of these filled in; cycles and what refers to nothing
 * are invalid.
 */
import type { Items } from '../properties/property.js'
import { type Component, isDelim, parseComponents, withoutSpace } from '../syntax/component.js'
import { isLengthUnit } from '../values/length.js'
import { fitsSyntax } from '../values/syntax-type.js'

export type CustomValues = ReadonlyMap<string, Items>
/** @property (CSS Properties and Values API 1, section 2). */
export interface RegisteredProperty {
  readonly inherits: boolean
  readonly syntax: string
  readonly initial: Items | null
}
/** Where the values of var() and attr() come from; undefined where there is none. */
export interface Lookup {
  readonly custom: (name: string) => Items | undefined
  readonly attribute: (name: string) => string | undefined
}
/** A chain of values that each double the one before could grow without end. */
const MAXIMUM_COMPONENTS = 20_000
/** Custom properties that are followed from one to the next on the call stack. */
const MAXIMUM_CHAIN = 500
/** The sides of a sheet that no device covers (CSS Environment Variables 1, section 2.1). */
const INSETS = new Set(['top', 'right', 'bottom', 'left'].map((side) => `safe-area-inset-${side}`))
const SUBSTITUTIONS = new Set(['var', 'env', 'attr'])
/** Here attr() and its like are items of their own, which layout resolves. */
const CONTENT_PROPERTIES = new Set(['content', 'string-set', 'bookmark-label'])

/** Whether anything in the value waits for the element; `property` is the one it is declared for. */
export function hasSubstitution(items: Items, property: string): boolean {
  const isContent = CONTENT_PROPERTIES.has(property)
  return items.some((item) => {
    if (!('items' in item)) return false
    if (item.kind === 'function' && SUBSTITUTIONS.has(item.name)) {
      if (!isContent || item.name !== 'attr') return true
      return withoutSpace(item.items).length > 1
    }
    // Within target-counter() and its like, attr() names the target.
    if (isContent && item.kind === 'function' && item.name.startsWith('target-')) return hasVariable(item.items)
    return hasSubstitution(item.items, property)
  })
}

function hasVariable(items: Items): boolean {
  return items.some((item) => 'items' in item && ((item.kind === 'function' && item.name === 'var') || hasVariable(item.items)))
}

/** The attributes that attr() asks for. */
export function attributesIn(items: Items): string[] {
  return items.flatMap((item) => {
    if (!('items' in item)) return []
    const inner = attributesIn(item.items)
    const [name] = item.kind === 'function' && item.name === 'attr' ? withoutSpace(item.items) : []
    return name?.kind === 'ident' ? [name.value, ...inner] : inner
  })
}

const sizes = new WeakMap<Items, number>()

/** How many components a value has, the inner ones too; shared parts are counted once each time they stand. */
function sizeOf(items: Items): number {
  let size = sizes.get(items)
  if (size === undefined) {
    size = 0
    for (const item of items) size += 'items' in item ? 1 + sizeOf(item.items) : 1
    sizes.set(items, size)
  }
  return size
}

/** Fills everything in; undefined where one refers to nothing and has no fallback, or where the value grows too long. */
export function substitute(items: Items, lookup: Lookup): Items | undefined {
  if (!hasSubstitution(items, '')) return items
  const out: Component[] = []
  let size = 0
  for (const item of items) {
    let parts: Items | undefined = [item]
    if (item.kind === 'function' && SUBSTITUTIONS.has(item.name)) parts = filledIn(item.name, item.items, lookup)
    else if ('items' in item) {
      const inner = substitute(item.items, lookup)
      parts = inner && [{ ...item, items: inner }]
    }
    if (!parts) return undefined
    size += sizeOf(parts)
    if (size > MAXIMUM_COMPONENTS) return undefined
    for (const part of parts) out.push(part)
  }
  return out
}

function filledIn(kind: string, items: Items, lookup: Lookup): Items | undefined {
  const comma = items.findIndex((item) => isDelim(item, ','))
  const head = withoutSpace(comma < 0 ? items : items.slice(0, comma))
  const [name] = head
  if (name?.kind !== 'ident') return undefined
  const value = kind === 'var' ? lookup.custom(name.value) : kind === 'attr' ? fromAttribute(head, lookup) : fromEnvironment(name.lower)
  if (value) return value
  if (comma >= 0) return substitute(items.slice(comma + 1), lookup)
  // Without a type, attr() is a string, and an empty one where there is no attribute.
  return kind === 'attr' && head.length === 1 ? [text('')] : undefined
}

function fromEnvironment(name: string): Items | undefined {
  return INSETS.has(name) ? [{ kind: 'dimension', value: 0, unit: 'px', integer: true, text: '0px', start: 0, end: 0 }] : undefined
}

function text(value: string): Component {
  return { kind: 'string', value, start: 0, end: 0 }
}

/** `attr(name type)`. Addresses never come from attributes by way of type() (section 7.7.2). */
function fromAttribute([name, type, ...more]: Items, lookup: Lookup): Items | undefined {
  const value = name?.kind === 'ident' ? lookup.attribute(name.value) : undefined
  if (value === undefined || more.length > 0) return undefined
  if (!type) return [text(value)]
  if (type.kind === 'function' && type.name === 'type') {
    const [syntax] = withoutSpace(type.items)
    const parsed = parseComponents(value)
    const wanted = syntax?.kind === 'string' ? syntax.value : componentsSource(type.items)
    return hasAddress(parsed) || !fitsSyntax(parsed, wanted) ? undefined : substitute(parsed, lookup)
  }
  const unit = type.kind === 'ident' ? type.lower : isDelim(type, '%') ? '%' : ''
  if (unit === 'string' || unit === 'raw-string') return [text(value)]
  if (unit === 'url') return [{ kind: 'url', value, start: 0, end: 0 }]
  return numeric(value, unit)
}

function numeric(value: string, unit: string): Items | undefined {
  const [number, ...more] = withoutSpace(parseComponents(value))
  if (number?.kind !== 'number' || more.length > 0) return undefined
  const span = { start: 0, end: 0 }
  if (unit === 'number' || (unit === 'integer' && number.integer)) return [number]
  if (unit === '%') return [{ kind: 'percentage', value: number.value, ...span }]
  if (!isLengthUnit(unit) && !/^(?:deg|grad|rad|turn|m?s|dpi|dpcm|dppx|x)$/.test(unit)) return undefined
  return [{ kind: 'dimension', value: number.value, unit, integer: number.integer, text: `${value}${unit}`, ...span }]
}

function hasAddress(items: Items): boolean {
  return items.some((item) => item.kind === 'url' || ('items' in item && hasAddress(item.items)))
}

/** `<length> | auto` as text again. */
function componentsSource(items: Items): string {
  return items.map((item) => (item.kind === 'ident' || item.kind === 'delim' ? item.value : item.kind === 'space' ? ' ' : '?')).join('')
}

export interface CustomInput {
  /** Null means initial: no value. */
  readonly own: ReadonlyMap<string, Items | null>
  readonly inherited: CustomValues
  readonly registered: ReadonlyMap<string, RegisteredProperty>
  readonly attribute: Lookup['attribute']
}

/** The element's custom properties. */
export function resolveCustom({ own, inherited, registered, attribute }: CustomInput): CustomValues {
  if (own.size === 0 && [...registered].every(([name, kind]) => isSettled(kind, inherited.get(name)))) return inherited
  const values = new Map(inherited)
  for (const name of own.keys()) values.delete(name)
  for (const [name, { inherits, initial }] of registered) {
    if (!inherits) values.delete(name)
    if (initial && !values.has(name)) values.set(name, initial)
  }
  const open: string[] = []
  const done = new Set<string>()
  const cyclic = new Set<string>()
  const visit = (name: string): Items | undefined => {
    const items = own.get(name)
    if (items === undefined || done.has(name)) return values.get(name)
    const from = open.indexOf(name)
    if (from >= 0) {
      for (const member of open.slice(from)) cyclic.add(member)
      return undefined
    }
    if (open.length >= MAXIMUM_CHAIN) return undefined
    open.push(name)
    const value = items === null ? undefined : substitute(items, { custom: visit, attribute })
    open.pop()
    done.add(name)
    const kind = registered.get(name)
    const fits = value && !cyclic.has(name) && (!kind || fitsSyntax(value, kind.syntax))
    if (fits) values.set(name, value)
    else if (kind) {
      const fallback = (kind.inherits && items !== null ? inherited.get(name) : undefined) ?? kind.initial
      if (fallback) values.set(name, fallback)
    } else values.delete(name)
    return values.get(name)
  }
  for (const name of own.size > MAXIMUM_CHAIN ? dependenciesFirst(own) : own.keys()) visit(name)
  return values
}

/** The names that var() refers to. */
function referencesIn(items: Items): string[] {
  return items.flatMap((item) => {
    if (!('items' in item)) return []
    const [name] = item.kind === 'function' && item.name === 'var' ? withoutSpace(item.items) : []
    return name?.kind === 'ident' ? [name.value, ...referencesIn(item.items)] : referencesIn(item.items)
  })
}

/** So ordered that only cycles need more than one step. */
function dependenciesFirst(own: CustomInput['own']): string[] {
  const order: string[] = []
  const seen = new Set<string>()
  const open: { readonly name: string; readonly isDone: boolean }[] = [...own.keys()].reverse().map((name) => ({ name, isDone: false }))
  for (let next = open.pop(); next; next = open.pop()) {
    const { name, isDone } = next
    if (isDone) order.push(name)
    if (isDone || seen.has(name)) continue
    seen.add(name)
    open.push({ name, isDone: true })
    for (const reference of referencesIn(own.get(name) ?? [])) if (own.has(reference)) open.push({ name: reference, isDone: false })
  }
  return order
}

/** Whether a registered property's inherited value is also that of an element which declares none. */
function isSettled({ inherits, initial }: RegisteredProperty, inherited: Items | undefined): boolean {
  return inherits ? inherited !== undefined || initial === null : inherited === (initial ?? undefined)
}

/** Text that is equal for equal values. */
export function componentsText(items: Items): string {
  let whole = ''
  for (const item of items) {
    const { start: _start, end: _end, ...rest } = item
    if ('items' in item) whole += `${item.kind === 'function' ? item.name : item.open}(${componentsText(item.items)})`
    else whole += item.kind === 'space' ? ' ' : JSON.stringify(rest)
  }
  return whole
}
