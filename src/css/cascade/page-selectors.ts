/**
 * Page selectors (CSS Page 3, section 4; GCPM 3, section 4 for :nth()). In: component values. Out: tests for pages.
 */
import type { PageSelector } from '../computed-style.js'
import { isNth, type Nth, nthFrom } from '../selectors/nth.js'
import { type Component, isDelim, splitAt } from '../syntax/component.js'
import type { Block } from './declarations.js'
import type { Layer } from './layers.js'
import type { Origin } from './style-sheet.js'

export interface PageTest {
  readonly name: string | null
  readonly pseudos: readonly ('first' | 'left' | 'right' | 'blank')[]
  readonly nth: readonly Nth[]
  readonly specificity: number
}
export interface PageRule {
  readonly selector: PageTest
  readonly block: Block
  readonly boxes: readonly { readonly name: string; readonly block: Block }[]
  readonly origin: Origin
  readonly layer: Layer
}
const WEIGHTS: Readonly<Record<string, number>> = { first: 1 << 10, blank: 1 << 10, left: 1, right: 1 }

function testFrom(items: readonly Component[]): PageTest | undefined {
  let at = 0
  while (items[at]?.kind === 'space') at++
  const head = items[at]
  const name = head?.kind === 'ident' ? head.value : null
  if (name !== null) at++
  const pseudos: PageTest['pseudos'][number][] = []
  const nth: Nth[] = []
  let specificity = name === null ? 0 : 1 << 20
  for (; at < items.length && items[at]?.kind !== 'space'; at += 2) {
    const pseudo = items[at + 1]
    if (!isDelim(items[at], ':')) return undefined
    if (pseudo?.kind === 'ident' && Object.hasOwn(WEIGHTS, pseudo.lower)) {
      pseudos.push(pseudo.lower as 'first')
      specificity += WEIGHTS[pseudo.lower] as number
    } else if (pseudo?.kind === 'function' && pseudo.name === 'nth') {
      const found = nthFrom(pseudo.items)
      if (!found) return undefined
      nth.push(found)
      specificity += 1 << 10
    } else return undefined
  }
  return items.slice(at).every((item) => item.kind === 'space') ? { name, pseudos, nth, specificity } : undefined
}

/** A list of page selectors; none is every page. */
export function pageSelectorsFrom(items: readonly Component[]): PageTest[] | undefined {
  const tests = splitAt(items, ',').map(testFrom)
  return tests.every((test) => test !== undefined) ? (tests as PageTest[]) : undefined
}

export function pageMatches(test: PageTest, page: PageSelector): boolean {
  if (test.name !== null && test.name !== page.name) return false
  if (!test.nth.every((nth) => isNth(nth, page.index))) return false
  return test.pseudos.every((pseudo) => (pseudo === 'right' ? !page.left : page[pseudo]))
}
