/**
 * Paint order (CSS 2.2, appendix E; CSS Positioned Layout 3, section 5; CSS Transforms 1, section 3; CSS Flexbox 1, section 5.4). In: the fragments
 * of one stacking context. Out: what is painted in it, sorted into layers; nothing is painted here.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { BoxFragment, Fragment, Placed } from '../layout/fragment.js'

/** Something to paint, with the paths that its ancestors in the same context clip it to. */
export interface Entry<P> {
  readonly fragment: Fragment
  readonly place: P
  readonly clips: readonly string[]
}

export interface Layers<P> {
  /** Backgrounds and borders of blocks in flow. */
  readonly blocks: Entry<P>[]
  /** Each painted as if it were a context of its own; what is positioned in them is in `positioned`. */
  readonly floats: Entry<P>[]
  /** Lines, replaced elements, and items that are painted like inline-blocks. */
  readonly inlines: Entry<P>[]
  /** By z-index, those below 0 first. */
  readonly positioned: Entry<P>[]
  readonly outlines: Entry<P>[]
}

/** How the painter's places follow from one another. */
export interface PlaceTools<P> {
  /** The place of a child. */
  child(place: P, placed: Placed): P
  /** The place inside a box, for its children. */
  inside(place: P, fragment: BoxFragment): P
  /** What a box clips its content to; null where it clips nothing. */
  clip(place: P, fragment: BoxFragment): string | null
}

/** Whether everything in it is painted as one, whatever its z-index. */
export function isContext({ position, zIndex, opacity, transforms, clipPath, isolation, mixBlendMode }: ComputedStyle): boolean {
  if (opacity < 1 || transforms.length > 0 || clipPath !== null || isolation === 'isolate' || mixBlendMode !== 'normal') return true
  return position === 'fixed' || (position !== 'static' && typeof position === 'string' && zIndex !== 'auto')
}

const isPositioned = ({ position }: ComputedStyle): boolean => position !== 'static' && typeof position === 'string'

/** Boxes in a layer of their own; the boxes of inline elements are painted with their line. */
export function isLayered(fragment: Fragment): boolean {
  if (fragment.kind === 'replaced') return isPositioned(fragment.style) || isContext(fragment.style)
  if (fragment.kind !== 'box' || fragment.role === 'inline' || fragment.role === 'marker') return false
  return isPositioned(fragment.style) || isContext(fragment.style)
}

/** The z-index that counts, `auto` as 0. */
export const levelOf = (fragment: Fragment): number =>
  (fragment.kind === 'box' || fragment.kind === 'replaced') && fragment.style.zIndex !== 'auto' ? fragment.style.zIndex : 0

/** Boxes are numbered in tree order, while what is positioned is carried by the box that contains it. */
const orderOf = (fragment: Fragment): number => (fragment.kind === 'box' || fragment.kind === 'replaced' ? fragment.boxId : 0)

/** A flex or grid item with a z-index is a context even where it is not positioned. */
const standsApart = (fragment: Fragment, isItem: boolean): boolean =>
  isLayered(fragment) || (isItem && fragment.kind === 'box' && fragment.style.zIndex !== 'auto')

/** Sorts the fragments of one context; keeps what it has found out about subtrees. */
export class Stacker<P> {
  readonly #tools: PlaceTools<P>
  readonly #layered = new WeakMap<BoxFragment, boolean>()

  constructor(tools: PlaceTools<P>) {
    this.#tools = tools
  }

  /** Layers of the children of a context; positioned ones are left out where the context hands them on to its parent. */
  layers(children: readonly Placed[], place: P, { items, pseudo }: { readonly items: boolean; readonly pseudo: boolean }): Layers<P> {
    const layers: Layers<P> = { blocks: [], floats: [], inlines: [], positioned: [], outlines: [] }
    this.#children(children, place, { layers, clips: [], items, only: false, pseudo })
    layers.positioned.sort((a, b) => levelOf(a.fragment) - levelOf(b.fragment) || orderOf(a.fragment) - orderOf(b.fragment))
    return layers
  }

  #children(children: readonly Placed[], place: P, walk: Walk<P>): void {
    for (const placed of children) this.#visit(placed.fragment, this.#tools.child(place, placed), walk)
  }

  #visit(fragment: Fragment, place: P, walk: Walk<P>): void {
    const { layers, clips, only, pseudo } = walk
    const entry = { fragment, place, clips }
    if (standsApart(fragment, walk.items)) {
      if (pseudo) return
      layers.positioned.push(entry)
      if (fragment.kind === 'box' && !isContext(fragment.style) && fragment.style.zIndex === 'auto') this.#hoist(fragment, place, walk)
      return
    }
    if (fragment.kind === 'line') {
      if (!only) layers.inlines.push(entry)
      if (!pseudo) this.#hoistFromLine(fragment.children, place, walk)
      return
    }
    if (fragment.kind !== 'box') {
      if (only) return
      const floating = fragment.kind === 'replaced' && isFloating(fragment.style)
      ;(floating ? layers.floats : layers.inlines).push(entry)
      return
    }
    if (isFloating(fragment.style) || walk.items) {
      if (!only) (walk.items ? layers.inlines : layers.floats).push(entry)
      if (!pseudo) this.#hoist(fragment, place, walk)
      return
    }
    if (!only) {
      layers.blocks.push(entry)
      if (fragment.style.outlineWidth > 0) layers.outlines.push(entry)
    }
    this.#inside(fragment, place, walk)
  }

  #inside(fragment: BoxFragment, place: P, walk: Walk<P>): void {
    const clip = this.#tools.clip(place, fragment)
    const inner = this.#tools.inside(place, fragment)
    const clips = clip === null ? walk.clips : [...walk.clips, clip]
    this.#children(fragment.children, inner, { ...walk, clips, items: isItemContainer(fragment) })
  }

  /** Only what is positioned inside a box that is itself painted as one. */
  #hoist(fragment: BoxFragment, place: P, walk: Walk<P>): void {
    if (this.#hasLayered(fragment)) this.#inside(fragment, place, { ...walk, only: true })
  }

  #hoistFromLine(children: readonly Placed[], place: P, walk: Walk<P>): void {
    for (const placed of children) {
      const { fragment } = placed
      if (fragment.kind === 'box' && fragment.role !== 'inline')
        this.#visit(fragment, this.#tools.child(place, placed), { ...walk, only: true, items: true })
      else if (fragment.kind === 'replaced' && isLayered(fragment)) this.#visit(fragment, this.#tools.child(place, placed), walk)
    }
  }

  #hasLayered(fragment: BoxFragment): boolean {
    const known = this.#layered.get(fragment)
    if (known !== undefined) return known
    const items = isItemContainer(fragment)
    const within = (child: Fragment): boolean => {
      if (standsApart(child, items)) return true
      if (child.kind === 'line') return child.children.some((one) => within(one.fragment))
      return child.kind === 'box' && this.#hasLayered(child)
    }
    const found = fragment.children.some((child) => within(child.fragment))
    this.#layered.set(fragment, found)
    return found
  }
}

interface Walk<P> {
  readonly layers: Layers<P>
  readonly clips: readonly string[]
  /** The children are flex or grid items. */
  readonly items: boolean
  /** Takes only what is positioned. */
  readonly only: boolean
  /** Leaves out what is positioned. */
  readonly pseudo: boolean
}

export const isItemContainer = ({ style: { display } }: BoxFragment): boolean =>
  display === 'flex' || display === 'inline-flex' || display === 'grid' || display === 'inline-grid'

const isFloating = ({ float, position }: ComputedStyle): boolean => (float === 'left' || float === 'right') && position !== 'absolute'
