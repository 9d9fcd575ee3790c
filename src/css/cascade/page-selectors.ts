/**
 * Page selectors (CSS Page 3, section 4; GCPM 3, section 4 for :nth() and page groups). In: component values. Out: tests for pages.
 */
import type { PageSelector } from '../computed-style.js'
import { isNth, type Nth, nthFrom } from '../selectors/nth.js'
import { type Component, isDelim, splitAt, withoutSpace } from '../syntax/component.js'
import type { Block } from './declarations.js'
import type { Layer } from './layers.js'
import type { Origin } from './style-sheet.js'

export interface PageTest {
  readonly name: string | null
  readonly pseudos: readonly ('first' | 'left' | 'right' | 'blank')[]
  /** `of` names the group that is counted in; null counts all pages. */
  readonly nth: readonly (Nth & { readonly of: string | null })[]
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

/** `an+b`, or `an+b of name`. */
function nthOf(items: readonly Component[]): PageTest['nth'][number] | undefined {
  const words = withoutSpace(items)
  const at = words.findIndex((item) => item.kind === 'ident' && item.lower === 'of')
  const nth = nthFrom(at < 0 ? items : words.slice(0, at))
  const [name, ...more] = at < 0 ? [] : words.slice(at + 1)
  if (!nth || more.length > 0 || (at >= 0 && name?.kind !== 'ident')) return undefined
  return { ...nth, of: name?.kind === 'ident' ? name.value : null }
}

function testFrom(items: readonly Component[]): PageTest | undefined {
  let at = 0
  while (items[at]?.kind === 'space') at++
  const head = items[at]
  const name = head?.kind === 'ident' ? head.value : null
  if (name !== null) at++
  const pseudos: PageTest['pseudos'][number][] = []
  const nth: PageTest['nth'][number][] = []
  let specificity = name === null ? 0 : 1 << 20
  for (; at < items.length && items[at]?.kind !== 'space'; at += 2) {
    const pseudo = items[at + 1]
    if (!isDelim(items[at], ':')) return undefined
    if (pseudo?.kind === 'ident' && Object.hasOwn(WEIGHTS, pseudo.lower)) {
      pseudos.push(pseudo.lower as 'first')
      specificity += WEIGHTS[pseudo.lower] as number
    } else if (pseudo?.kind === 'function' && pseudo.name === 'nth') {
      const found = nthOf(pseudo.items)
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
  const counted = (nth: PageTest['nth'][number]): boolean =>
    nth.of === null ? isNth(nth, page.index) : nth.of === page.name && isNth(nth, page.groupIndex)
  if (!test.nth.every(counted)) return false
  return test.pseudos.every((pseudo) => (pseudo === 'right' ? !page.left : page[pseudo]))
}
