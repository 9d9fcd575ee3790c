/**
 * What kind of page must follow (CSS Page 3, sections 4.2 and 6; CSS Break 3, section 3.1; CSS GCPM 3, section 4.2). In: the box tree and the
 * place where the last page ended. Out: the next page's name, side and group.
 */

import type { BlockBox, Box } from './box.js'
import { startPageName } from './breaks.js'
import { breakBeforeOf } from './breaks-between.js'
import { isMulticol } from './column-segments.js'
import type { BreakToken } from './layout.js'

export interface PagePlace {
  readonly name: string
  /** Whether an element with this name starts here, so that its pages are counted anew. */
  readonly startsGroup: boolean
}

/** The page name at the place where the next page starts, and whether its element does too. */
export function pagePlace(root: BlockBox, token: BreakToken | null): PagePlace {
  let box: Box | undefined = root
  let outer = 'auto'
  let place: BreakToken | null = token
  while (box && place) {
    outer = box.style.page
    if (box.kind !== 'block' || isMulticol(box.style)) return { name: used(outer), startsGroup: false }
    const index = place.index
    const next: Box | undefined = box.children[index]
    const inner: BreakToken | null = place.children.get(index) ?? null
    if (!next) return { name: used(outer), startsGroup: false }
    box = next
    place = inner
  }
  const name = box ? startPageName(box) : outer
  return { name: used(name), startsGroup: name !== outer }
}

const used = (name: string): string => (name === 'auto' ? '' : name)

export type Side = 'left' | 'right'

/** Which side pages stand on, by their index from 0. */
export interface PageSides {
  readonly isLeft: (index: number) => boolean
  /** The side a forced break asks for, or null. */
  readonly asked: (token: BreakToken | null) => Side | null
}

/** Books are read from the side where lines start; the first page is a recto unless a break before the root says otherwise. */
export function pageSides(root: BlockBox): PageSides {
  const recto: Side = root.style.direction === 'rtl' ? 'left' : 'right'
  const verso: Side = recto === 'left' ? 'right' : 'left'
  const sideOf = (forced: BreakToken['forced'] | string): Side | null => {
    if (forced === 'left' || forced === 'right') return forced
    return forced === 'recto' ? recto : forced === 'verso' ? verso : null
  }
  const first =
    breakBeforeOf(root)
      .map(sideOf)
      .findLast((side) => side !== null) ?? recto
  const asked = (token: BreakToken | null): Side | null => {
    if (!token) return null
    const own = sideOf(token.forced)
    if (own) return own
    for (const child of token.children.values()) {
      const side = asked(child)
      if (side) return side
    }
    return null
  }
  return { isLeft: (index) => (index % 2 === 0) === (first === 'left'), asked }
}

/** Keeps that the break was forced, so that margins stay, but no longer asks for a side. */
export function withoutSide(token: BreakToken): BreakToken {
  const children = new Map([...token.children].map(([index, child]) => [index, withoutSide(child)]))
  return { ...token, children, forced: token.forced ? 'page' : null }
}

/** The same place in every box on the way down: nothing was set since. */
export function isSamePlace(a: BreakToken, b: BreakToken): boolean {
  if (a.boxId !== b.boxId || a.index !== b.index || a.offset !== b.offset || a.children.size !== b.children.size) return false
  const floats = a.floats ?? []
  if (floats.length !== (b.floats?.length ?? 0)) return false
  if (floats.some(({ box, token }, index) => b.floats?.[index]?.box !== box || !isSamePlace(token, b.floats[index].token))) return false
  for (const [index, child] of a.children) {
    const other = b.children.get(index)
    if (!other || !isSamePlace(child, other)) return false
  }
  return a.children.size > 0 || Math.abs(a.consumed - b.consumed) < 0.01
}
