/**
 * In: page rules and a page. Out: the page's size, box, margin boxes and footnote area (CSS Page 3, sections 4 to 7). The page
 * inherits from the root element, and its boxes from the page.
 */
import type { ComputedStyle, MarginBoxName, PageSelector, PageStyle } from '../computed-style.js'
import type { PageSize, Values } from '../properties/initial.js'
import type { Applied } from './compute.js'
import { type PageRule, pageMatches } from './page-selectors.js'

export interface PageNode {
  readonly style: ComputedStyle
  readonly values: Readonly<Values>
}
/** Computes a box of the page; null is the root element. */
export type ComputePageBox<N extends PageNode> = (applied: readonly Applied[], parent: N | null) => N
/** A page rule with its place in the cascade. */
export interface RankedPageRule {
  readonly rule: PageRule
  readonly level: number
}

function sizeOf({ size, orientation }: PageSize, viewport: { readonly width: number; readonly height: number }): readonly [number, number] {
  const [width, height] = size ?? [viewport.width, viewport.height]
  const isTurned = orientation !== null && (orientation === 'landscape') !== width > height && width !== height
  return isTurned ? [height, width] : [width, height]
}

/** Where no bleed is given, marks for cutting ask for 6 pt (CSS Page 3, section 7.4). */
const CROPPED_BLEED = 8
const ROTATIONS = { upright: 0, 'rotate-left': 270, 'rotate-right': 90 } as const

/** Answers for pages, each kind computed once. `rules` come weakest first. */
export class PageStyles<N extends PageNode> {
  readonly #rules: readonly RankedPageRule[]
  readonly #compute: ComputePageBox<N>
  readonly #viewport: { readonly width: number; readonly height: number }
  readonly #made = new Map<string, PageStyle>()

  constructor(rules: readonly RankedPageRule[], compute: ComputePageBox<N>, viewport: { readonly width: number; readonly height: number }) {
    this.#rules = rules
    this.#compute = compute
    this.#viewport = viewport
  }

  of(page: PageSelector): PageStyle {
    const matched = this.#rules.flatMap((ranked, index) => (pageMatches(ranked.rule.selector, page) ? [{ ...ranked, index }] : []))
    const key = matched.map(({ index }) => index).join()
    let style = this.#made.get(key)
    if (!style) {
      style = this.#make(matched)
      this.#made.set(key, style)
    }
    return style
  }

  #make(matched: readonly RankedPageRule[]): PageStyle {
    const page = this.#compute(
      matched.map(({ rule, level }) => ({ block: rule.block, level })),
      null,
    )
    const [width, height] = sizeOf(page.values.pageSize, this.#viewport)
    const boxes = new Map<string, Applied[]>()
    for (const { rule, level } of matched) {
      for (const { name, block } of rule.boxes) boxes.set(name, [...(boxes.get(name) ?? []), { block, level }])
    }
    const marginBoxes = new Map<MarginBoxName, ComputedStyle>()
    for (const [name, applied] of boxes) {
      if (name === 'footnote') continue
      const { style } = this.#compute(applied, page)
      if (typeof style.content !== 'string' && style.display !== 'none') marginBoxes.set(name as MarginBoxName, style)
    }
    const footnoteArea = this.#compute(boxes.get('footnote') ?? [], page).style
    const { pageBleed, pageMarks: marks, pageOrientation } = page.values
    const bleed = pageBleed === 'auto' ? (marks.crop ? CROPPED_BLEED : 0) : pageBleed
    return Object.freeze({
      width,
      height,
      box: page.style,
      bleed,
      marks,
      rotation: ROTATIONS[pageOrientation],
      marginBoxes,
      footnoteArea,
    })
  }
}
