/**
 * Counters (CSS Lists 3 section 4) while the element tree is walked in document order.
 * In: counter-reset, -increment and -set of each element. Out: values for counter() and counters().
 */
import type { ComputedStyle, CounterChange } from '../css/computed-style.js'
import type { HtmlElement, HtmlNode } from '../html/dom.js'

interface Instance {
  /** Depth of the element that made it; it ends with that element's parent. */
  readonly depth: number
  readonly reversed: boolean
  value: number
}

/** What counts, as far as counters are concerned. */
type CounterStyle = Pick<ComputedStyle, 'display' | 'counterReset' | 'counterIncrement' | 'counterSet'>
/** Where a reversed counter has to start so that its last element is 1. */
export type CountReversed = (name: string) => number

/** List items count themselves unless their style says how (section 4.6). */
const isListItem = ({ display }: Pick<ComputedStyle, 'display'>): boolean => display === 'list-item' || display === 'inline-list-item'
/** Counts beyond 32 bits stand still (section 4.4). */
const highest = 2 ** 31 - 1

/** Counter values at the point the walk has come to. */
export class CounterScopes {
  readonly #instances = new Map<string, Instance[]>()
  #depth = 0

  /** Enters an element: applies its counter properties in the order the specification gives. */
  enter(style: CounterStyle, countReversed: CountReversed = () => 0): void {
    this.#depth++
    for (const change of style.counterReset) this.#reset(change, countReversed)
    for (const change of style.counterIncrement) this.#add(this.#own(change.name), change.value)
    if (isListItem(style) && !style.counterIncrement.some((change) => change.name === 'list-item')) {
      const own = this.#own('list-item')
      this.#add(own, own.reversed ? -1 : 1)
    }
    for (const change of style.counterSet) this.#own(change.name).value = change.value
  }

  /** Leaves an element: the counters that its children made end. */
  leave(): void {
    for (const list of this.#instances.values()) {
      while ((list.at(-1)?.depth ?? 0) > this.#depth) list.pop()
    }
    this.#depth--
  }

  /** Gives the innermost counter a value, whatever the styles say. */
  assign(name: string, value: number): void {
    this.#own(name).value = value
  }

  /** The same counters, to go on counting apart. */
  fork(): CounterScopes {
    const copy = new CounterScopes()
    copy.#depth = this.#depth
    for (const [name, list] of this.#instances)
      copy.#instances.set(
        name,
        list.map((instance) => ({ ...instance })),
      )
    return copy
  }

  /** Counters with the values of a snapshot. */
  static from(snapshot: ReadonlyMap<string, readonly number[]>): CounterScopes {
    const made = new CounterScopes()
    for (const [name, values] of snapshot)
      made.#instances.set(
        name,
        values.map((value) => ({ depth: 0, reversed: false, value })),
      )
    return made
  }

  value(name: string): number {
    return this.#instances.get(name)?.at(-1)?.value ?? 0
  }

  values(name: string): readonly number[] {
    const list = this.#instances.get(name)
    return list && list.length > 0 ? list.map((instance) => instance.value) : [0]
  }

  /** All innermost values, for target-counter() to look up later. */
  snapshot(): ReadonlyMap<string, readonly number[]> {
    const all = new Map<string, readonly number[]>()
    for (const [name, list] of this.#instances) {
      if (list.length > 0)
        all.set(
          name,
          list.map((instance) => instance.value),
        )
    }
    return all
  }

  #reset(change: CounterChange, countReversed: CountReversed): void {
    const list = this.#list(change.name)
    if (list.at(-1)?.depth === this.#depth) list.pop()
    const value = change.reversed === 'counted' ? countReversed(change.name) : change.value
    list.push({ depth: this.#depth, reversed: change.reversed !== undefined, value })
  }

  #add(instance: Instance, step: number): void {
    const sum = instance.value + step
    if (Math.abs(sum) <= highest) instance.value = sum
  }

  #list(name: string): Instance[] {
    let list = this.#instances.get(name)
    if (!list) {
      list = []
      this.#instances.set(name, list)
    }
    return list
  }

  #own(name: string): Instance {
    const list = this.#list(name)
    const last = list.at(-1)
    if (last) return last
    const made = { depth: this.#depth, reversed: false, value: 0 }
    list.push(made)
    return made
  }
}

/** The tree that counters are in. */
export interface CounterTree {
  readonly styleOf: (element: HtmlElement) => CounterStyle
  readonly childrenOf: (element: HtmlElement) => readonly HtmlNode[]
  /** What stands after an element under the same parent. */
  readonly followingOf: (element: HtmlElement) => readonly HtmlNode[]
}

/** Section 4.3: the start of a counter that an element resets with `reversed()`, from all that counts in its scope. */
export function reversedStart(element: HtmlElement, name: string, tree: CounterTree): number {
  let sum = 0
  let lastStep = 0
  /** False once a value is set, from which on nothing changes the start. */
  const count = (style: CounterStyle): boolean => {
    const given = style.counterIncrement.find((change) => change.name === name)
    const step = given ? -given.value : name === 'list-item' && isListItem(style) ? 1 : 0
    if (step !== 0) lastStep = step
    const set = style.counterSet.find((change) => change.name === name)
    sum += set ? set.value : step
    return !set
  }
  const walk = (nodes: readonly HtmlNode[]): boolean => {
    for (const node of nodes) {
      if (node.kind === 'text') continue
      const style = tree.styleOf(node)
      if (style.display === 'none') continue
      // From here on siblings count in a scope of their own.
      if (style.counterReset.some((change) => change.name === name)) return true
      if (!count(style) || !walk(tree.childrenOf(node))) return false
    }
    return true
  }
  if (count(tree.styleOf(element)) && walk(tree.childrenOf(element))) walk(tree.followingOf(element))
  return sum + lastStep
}
