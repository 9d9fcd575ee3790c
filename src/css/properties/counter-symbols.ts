/**
 * Symbols of counter styles and `symbols()` (CSS Counter Styles 3, sections 3.7 and 5). In: component values. Out: what counts are
 * put together from, or undefined where they are none.
 */
import type { AnonymousCounterStyle, CounterSymbol } from '../computed-style.js'
import { type Component, withoutSpace } from '../syntax/component.js'
import { type Items, identOf } from './property.js'

const SYSTEMS = new Set(['cyclic', 'numeric', 'alphabetic', 'symbolic', 'fixed'])

/** A string, a picture's address or, in rules alone, a name that stands for itself. */
export function symbolFrom(item: Component | undefined, allowName: boolean): CounterSymbol | undefined {
  if (item?.kind === 'string') return item.value
  if (item?.kind === 'url') return { url: item.value }
  return allowName && item?.kind === 'ident' ? item.value : undefined
}

/** Several symbols; undefined where one of them is none. */
export function symbolList(items: Items, allowNames: boolean): readonly CounterSymbol[] | undefined {
  const list = items.map((item) => symbolFrom(item, allowNames))
  return list.length > 0 && !list.includes(undefined) ? (list as CounterSymbol[]) : undefined
}

/** How many symbols a system cannot do without. */
export function leastSymbols(system: string): number {
  return system === 'numeric' || system === 'alphabetic' ? 2 : 1
}

/** `symbols(cyclic "*" "†")`; symbolic where no system is named. */
export function symbolsFrom(item: Component | undefined): AnonymousCounterStyle | undefined {
  if (item?.kind !== 'function' || item.name !== 'symbols') return undefined
  const items = withoutSpace(item.items)
  const word = identOf(items[0])
  if (word !== undefined && !SYSTEMS.has(word)) return undefined
  const system = (word ?? 'symbolic') as AnonymousCounterStyle['system']
  const symbols = symbolList(word === undefined ? items : items.slice(1), false)
  return symbols && symbols.length >= leastSymbols(system) ? { system, symbols } : undefined
}
