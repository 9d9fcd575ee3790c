/**
 * Custom properties (CSS Variables 1). In: an element's own declarations of them and its parent's values. Out: its values, with
 * var() filled in; cycles and what refers to nothing are invalid.
 */
import type { Items } from '../properties/property.js'
import { type Component, isDelim } from '../syntax/component.js'
import { hasVariable } from './declarations.js'

export type CustomValues = ReadonlyMap<string, Items>
/** A chain of values that each double the one before could grow without end. */
const MAXIMUM_COMPONENTS = 20_000

/** Fills in var(); undefined where one refers to nothing and has no fallback. */
export function substitute(items: Items, lookup: (name: string) => Items | undefined): Items | undefined {
  if (!hasVariable(items)) return items
  const out: Component[] = []
  for (const item of items) {
    if (item.kind === 'function' && item.name === 'var') {
      const filled = fillIn(item.items, lookup)
      if (!filled) return undefined
      for (const part of filled) out.push(part)
    } else if ('items' in item) {
      const inner = substitute(item.items, lookup)
      if (!inner) return undefined
      out.push({ ...item, items: inner })
    } else out.push(item)
    if (out.length > MAXIMUM_COMPONENTS) return undefined
  }
  return out
}

function fillIn(items: Items, lookup: (name: string) => Items | undefined): Items | undefined {
  const at = items.findIndex((item) => item.kind === 'ident')
  const name = items[at]
  if (name?.kind !== 'ident') return undefined
  const value = lookup(name.value)
  if (value) return value
  const comma = items.findIndex((item) => isDelim(item, ','))
  return comma < 0 ? undefined : substitute(items.slice(comma + 1), lookup)
}

/** The element's custom properties. Null in `own` means initial: no value. */
export function resolveCustom(own: ReadonlyMap<string, Items | null>, inherited: CustomValues): CustomValues {
  if (own.size === 0) return inherited
  const values = new Map(inherited)
  for (const name of own.keys()) values.delete(name)
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
    open.push(name)
    const value = items === null ? undefined : substitute(items, visit)
    open.pop()
    done.add(name)
    if (value && !cyclic.has(name)) values.set(name, value)
    return values.get(name)
  }
  for (const name of own.keys()) visit(name)
  return values
}

/** Text that is equal for equal values. */
export function componentsText(items: Items): string {
  let text = ''
  for (const item of items) {
    const { start: _start, end: _end, ...rest } = item
    if ('items' in item) text += `${item.kind === 'function' ? item.name : item.open}(${componentsText(item.items)})`
    else text += item.kind === 'space' ? ' ' : JSON.stringify(rest)
  }
  return text
}
