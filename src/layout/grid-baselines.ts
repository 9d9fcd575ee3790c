/**
 * Baselines shared by the items of a row (CSS Grid 1 sections 10.6 and 11.5, step 1; CSS Align 3 section 9). In: items and the widths of their areas. Out:
 * how much more each needs so that its baseline meets the others', and where it then stands; px.
 */
import type { Fragment } from './fragment.js'
import { marginEdges } from './geometry.js'
import { type AreaSize, baselineGroup, type GridItem, measureItem } from './grid-items.js'
import { lastBaseline } from './vertical-align.js'

export interface Baselines {
  /** Room that each item needs beside its margin box, by index. */
  readonly shims: ReadonlyMap<number, number>
}

type Measured = Fragment & { readonly width: number; readonly height: number }

/** From the margin box's edge to the baseline, which is the lower edge where there is no text. */
function distanceOf(item: GridItem, fragment: Measured, basis: number): number {
  const margin = marginEdges(item.box.style, basis)
  if (baselineGroup(item) === 'last') return margin.bottom + fragment.height - (lastBaseline(fragment) ?? fragment.height)
  return margin.top + (fragment.kind === 'box' ? (fragment.baseline ?? fragment.height) : fragment.height)
}

const rowOf = ({ area }: GridItem, group: 'first' | 'last'): number => (group === 'first' ? area.rows.start : area.rows.end - 1)

/** Measures the items that share baselines. */
export function rowBaselines(items: readonly GridItem[], widthOf: (item: GridItem) => number): Baselines {
  /** From the row's top to its first shared baseline, and from its bottom to its last. */
  const found = { first: new Map<number, number>(), last: new Map<number, number>() }
  const distances: { readonly item: GridItem; readonly group: 'first' | 'last'; readonly distance: number }[] = []
  for (const item of items) {
    const group = baselineGroup(item)
    if (!group) continue
    const width = widthOf(item)
    const distance = distanceOf(item, measureItem(item, { width, height: null }).fragment, width)
    const row = rowOf(item, group)
    found[group].set(row, Math.max(found[group].get(row) ?? Number.NEGATIVE_INFINITY, distance))
    distances.push({ item, group, distance })
  }
  const shims = new Map(
    distances.map(({ item, group, distance }) => [item.index, (found[group].get(rowOf(item, group)) ?? distance) - distance]),
  )
  return { shims }
}

/** From the top of its area to the border box of an item on a baseline; null for others. */
export function baselineOffset(
  item: GridItem,
  { shims }: Baselines,
  at: { readonly fragment: Measured; readonly area: AreaSize },
): number | null {
  const shim = shims.get(item.index)
  if (shim === undefined) return null
  const margin = marginEdges(item.box.style, at.area.width)
  if (baselineGroup(item) === 'first') return margin.top + shim
  return (at.area.height ?? 0) - margin.bottom - shim - at.fragment.height
}
