/**
 * Counters (CSS Lists 3 section 4) while the element tree is walked in document order.
 * In: counter-reset, -set and -increment of each element. Out: values for counter() and counters().
 */
import type { ComputedStyle } from '../css/computed-style.js'

interface Instance {
  /** Depth of the element that made it; it ends with that element's parent. */
  readonly depth: number
  value: number
}

/** Counter values at the point the walk has come to. */
export class CounterScopes {
  readonly #instances = new Map<string, Instance[]>()
  #depth = 0

  /** Enters an element: applies its counter properties in the order the specification gives. */
  enter(style: ComputedStyle): void {
    this.#depth++
    for (const change of style.counterReset) {
      const list = this.#list(change.name)
      const last = list.at(-1)
      if (last && last.depth === this.#depth) last.value = change.value
      else list.push({ depth: this.#depth, value: change.value })
    }
    for (const change of style.counterIncrement) this.#own(change.name).value += change.value
    for (const change of style.counterSet) this.#own(change.name).value = change.value
  }

  /** Leaves an element: the counters that its children made end. */
  leave(): void {
    for (const list of this.#instances.values()) {
      while ((list.at(-1)?.depth ?? 0) > this.#depth) list.pop()
    }
    this.#depth--
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
    const made = { depth: this.#depth, value: 0 }
    list.push(made)
    return made
  }
}
