/**
 * Counters of pages (CSS Page 3, section 5.4; CSS GCPM 3, section 5). In: page after page, its style and what its elements do to counters.
 * Out: the counters as they stand on each page.
 */
import type { ComputedStyle, CounterChange } from '../css/computed-style.js'
import type { CounterMark } from './content-state.js'

/** Applies what a style does to counters, in the order that CSS Lists 3, section 4.4 gives. */
export function applyChanges(
  counters: Map<string, number>,
  style: Pick<ComputedStyle, 'counterReset' | 'counterIncrement' | 'counterSet'>,
): void {
  for (const { name, value } of style.counterReset) counters.set(name, value)
  for (const { name, value } of style.counterIncrement) counters.set(name, (counters.get(name) ?? 0) + value)
  for (const { name, value } of style.counterSet) counters.set(name, value)
}

const names = (changes: readonly CounterChange[], name: string): boolean => changes.some((change) => change.name === name)

/** Counts page after page. `page` goes up by one unless the page's own style says how it goes; `pages` is their number. */
export class PageCounters {
  readonly #values = new Map<string, number>()

  /** Notes count pages' notes by themselves, not pages. */
  next(style: ComputedStyle, changes: CounterMark['changes']): ReadonlyMap<string, number> {
    const values = this.#values
    if (!names(style.counterIncrement, 'page') && !names(style.counterReset, 'page') && !names(style.counterSet, 'page'))
      values.set('page', (values.get('page') ?? 0) + 1)
    applyChanges(values, style)
    values.delete('footnote')
    for (const { kind, name, value } of changes) {
      if (name !== 'page' && !values.has(name)) continue
      values.set(name, kind === 'increment' ? (values.get(name) ?? 0) + value : value)
    }
    return new Map(values)
  }
}
