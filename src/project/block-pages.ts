/**
 * Which pages a block of the source stands on. In: pages of fragments whose elements carry `data-source`. Out: page numbers by place in
 * the source.
 */
import type { LedgerEntry } from '../editions/edition.js'
import { placeKey } from '../editions/ledger.js'
import type { HtmlElement } from '../html/dom.js'
import type { Fragment, LaidOutDocument } from '../layout/fragment.js'

/** Page numbers from 1, in order, by the value of `data-source`. Notes at the foot are not counted for the block that calls them. */
export function blockPages(document: LaidOutDocument): ReadonlyMap<string, readonly number[]> {
  const pages = new Map<string, number[]>()
  for (const page of document.pages) {
    const seen = new Set<HtmlElement>()
    for (const { fragment } of page.content) visit(fragment, seen)
    for (const element of seen) {
      const key = element.attributes.get('data-source')
      if (key !== undefined) pages.set(key, [...new Set([...(pages.get(key) ?? []), page.index])])
    }
  }
  return pages
}

function visit(fragment: Fragment, seen: Set<HtmlElement>): void {
  if (fragment.kind === 'leader') return
  if (fragment.kind === 'box' && (fragment.repeated || fragment.role === 'footnote-area')) return
  if (fragment.kind !== 'line' && fragment.element) meet(fragment.element, seen)
  if ('children' in fragment) for (const child of fragment.children) visit(child.fragment, seen)
}

/** An element is on the page with everything around it. */
function meet(element: HtmlElement, seen: Set<HtmlElement>): void {
  for (let node: HtmlElement | null = element; node && !seen.has(node); ) {
    seen.add(node)
    node = node.parent?.kind === 'element' ? node.parent : null
  }
}

/** Entries with the pages that their blocks are on. */
export function withPages(entries: readonly LedgerEntry[], pages: ReadonlyMap<string, readonly number[]>): readonly LedgerEntry[] {
  return entries.map((entry) => {
    const found = pages.get(placeKey(entry))
    return found && isThere(entry) ? { ...entry, pages: found } : entry
  })
}

const isThere = ({ outcome }: LedgerEntry): boolean => outcome === 'included' || outcome === 'shortened' || outcome === 'in-notes'
