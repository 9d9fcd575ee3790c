/**
 * In: component values of a selector list. Out: complex selectors with their specificity (CSS Selectors 4, CSS Nesting 1).
 */
import type { PseudoElement } from '../computed-style.js'
import { type Component, isDelim, splitAt } from '../syntax/component.js'
import { type Nth, nthFrom } from './nth.js'

export type Combinator = ' ' | '>' | '+' | '~'
export type AttributeOperator = 'has' | '=' | '~=' | '|=' | '^=' | '$=' | '*='
export type Simple =
  | { readonly kind: 'type'; readonly name: string }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'class'; readonly name: string }
  | {
      readonly kind: 'attribute'
      readonly name: string
      readonly operator: AttributeOperator
      readonly value: string
      readonly fold: boolean
    }
  | { readonly kind: 'is' | 'not' | 'has'; readonly list: SelectorList }
  | { readonly kind: 'nth'; readonly nth: Nth; readonly last: boolean; readonly ofType: boolean; readonly of: SelectorList | null }
  | { readonly kind: 'lang'; readonly ranges: readonly string[] }
  | { readonly kind: 'dir'; readonly direction: string }
  | { readonly kind: 'root' | 'empty' | 'link' | 'never' | 'any' }
export interface Compound {
  readonly simple: readonly Simple[]
  /** How it joins the compound before it. */
  readonly combinator: Combinator
}
export interface Complex {
  /** From left to right. */
  readonly compounds: readonly Compound[]
  /** Ids, classes and types, 10 bits each. */
  readonly specificity: number
  readonly pseudo: PseudoElement | null
}
export type SelectorList = readonly Complex[]

const ID = 1 << 20
const CLASS = 1 << 10
const PSEUDO_ELEMENTS = new Set(['before', 'after', 'marker', 'footnote-call', 'footnote-marker', 'first-line', 'first-letter'])
const OLD_PSEUDO_ELEMENTS = new Set(['before', 'after', 'first-line', 'first-letter'])
/** States that paper never has, and what only browsers show. */
const NEVER = new Set(
  'hover active focus focus-visible focus-within visited target target-within checked indeterminate default disabled enabled read-only read-write placeholder-shown valid invalid required optional in-range out-of-range user-valid user-invalid autofill fullscreen modal popover-open playing paused current past future open host defined local-link'.split(
    ' ',
  ),
)
const EDGES: Readonly<Record<string, { readonly last: boolean; readonly ofType: boolean }>> = {
  'first-child': { last: false, ofType: false },
  'last-child': { last: true, ofType: false },
  'first-of-type': { last: false, ofType: true },
  'last-of-type': { last: true, ofType: true },
}
const FIRST: Nth = { step: 0, offset: 1 }

interface Part {
  readonly simple: readonly Simple[]
  readonly specificity: number
  readonly pseudo: PseudoElement | null
  readonly next: number
}
interface Piece {
  readonly simple: readonly Simple[]
  readonly specificity: number
  readonly pseudo?: PseudoElement
}

function nth(last: boolean, ofType: boolean): Simple {
  return { kind: 'nth', nth: FIRST, last, ofType, of: null }
}

function edge(name: string): readonly Simple[] | undefined {
  if (name === 'only-child') return [nth(false, false), nth(true, false)]
  if (name === 'only-of-type') return [nth(false, true), nth(true, true)]
  const found = EDGES[name]
  return found && [nth(found.last, found.ofType)]
}

function pseudoClass(name: string): Piece | undefined {
  if (name === 'root' || name === 'empty') return { simple: [{ kind: name }], specificity: CLASS }
  if (name === 'link' || name === 'any-link') return { simple: [{ kind: 'link' }], specificity: CLASS }
  if (name === 'scope') return { simple: [{ kind: 'root' }], specificity: CLASS }
  if (NEVER.has(name) || name.startsWith('-')) return { simple: [{ kind: 'never' }], specificity: CLASS }
  const simple = edge(name)
  return simple && { simple, specificity: CLASS }
}

const highest = (list: SelectorList): number => list.reduce((most, { specificity }) => Math.max(most, specificity), 0)

/** :is() and :where() forgive: what cannot be read is left out. */
function forgiving(items: readonly Component[], parent: SelectorList | null): SelectorList {
  return splitAt(items, ',').flatMap((part) => {
    const selector = complexFrom(part, parent, false)
    return selector && !selector.pseudo ? [selector] : []
  })
}

function strict(items: readonly Component[], parent: SelectorList | null, relative: boolean): SelectorList | undefined {
  const list = splitAt(items, ',').map((part) => complexFrom(part, parent, relative))
  return list.every((selector) => selector && !selector.pseudo) ? (list as Complex[]) : undefined
}

function nthFunction(name: string, items: readonly Component[], parent: SelectorList | null): Piece | undefined {
  const at = items.findIndex((item) => item.kind === 'ident' && item.lower === 'of')
  const ofType = name.endsWith('of-type')
  const found = nthFrom(at < 0 ? items : items.slice(0, at))
  const of = at < 0 ? null : strict(items.slice(at + 1), parent, false)
  if (!found || of === undefined || (of && ofType)) return undefined
  const simple: Simple = { kind: 'nth', nth: found, last: name.startsWith('nth-last'), ofType, of }
  return { simple: [simple], specificity: CLASS + (of ? highest(of) : 0) }
}

function words(items: readonly Component[]): string[] {
  return items.flatMap((item) => (item.kind === 'ident' || item.kind === 'string' ? [item.value.toLowerCase()] : []))
}

function pseudoFunction(item: Extract<Component, { kind: 'function' }>, parent: SelectorList | null): Piece | undefined {
  const { name, items } = item
  if (name.startsWith('nth-') && /^nth-(?:last-)?(?:child|of-type)$/.test(name)) return nthFunction(name, items, parent)
  if (name === 'lang') return { simple: [{ kind: 'lang', ranges: words(items) }], specificity: CLASS }
  if (name === 'dir') return { simple: [{ kind: 'dir', direction: words(items)[0] ?? '' }], specificity: CLASS }
  if (name === 'is' || name === 'where' || name === 'matches') {
    const list = forgiving(items, parent)
    return { simple: [{ kind: 'is', list }], specificity: name === 'where' ? 0 : highest(list) }
  }
  if (name !== 'not' && name !== 'has') return undefined
  const list = strict(items, parent, name === 'has')
  return list && { simple: [{ kind: name, list }], specificity: highest(list) }
}

function attribute(items: readonly Component[]): Simple | undefined {
  const clean = items.filter((item) => item.kind !== 'space')
  const [head, ...rest] = clean
  if (head?.kind !== 'ident') return undefined
  const name = head.value
  if (rest.length === 0) return { kind: 'attribute', name, operator: 'has', value: '', fold: false }
  let operator = ''
  let at = 0
  for (let item = rest[at]; item?.kind === 'delim'; item = rest[++at]) operator += item.value
  const value = rest[at]
  const flag = rest[at + 1]
  const text = value?.kind === 'string' || value?.kind === 'ident' ? value.value : undefined
  const fold = flag?.kind === 'ident' && flag.lower === 'i'
  const flagFits = flag === undefined || (flag.kind === 'ident' && (flag.lower === 'i' || flag.lower === 's') && rest.length === at + 2)
  if (text === undefined || !flagFits || !/^[~|^$*]?=$/.test(operator)) return undefined
  return { kind: 'attribute', name, operator: operator as '=', value: fold ? text.toLowerCase() : text, fold }
}

/** One simple selector at `at`; undefined where there is none. */
function pieceAt(items: readonly Component[], at: number, parent: SelectorList | null): (Piece & { readonly length: number }) | undefined {
  const item = items[at] as Component
  if (item.kind === 'hash') return { simple: [{ kind: 'id', id: item.value }], specificity: ID, length: 1 }
  if (item.kind === 'ident') return { simple: [{ kind: 'type', name: item.value }], specificity: 1, length: 1 }
  if (item.kind === 'block' && item.open === '[') {
    const found = attribute(item.items)
    return found && { simple: [found], specificity: CLASS, length: 1 }
  }
  if (item.kind !== 'delim') return undefined
  const next = items[at + 1]
  if (item.value === '*') return { simple: [{ kind: 'any' }], specificity: 0, length: 1 }
  if (item.value === '.')
    return next?.kind === 'ident' ? { simple: [{ kind: 'class', name: next.value }], specificity: CLASS, length: 2 } : undefined
  if (item.value === '&') {
    const simple: Simple = parent ? { kind: 'is', list: parent } : { kind: 'root' }
    return { simple: [simple], specificity: parent ? highest(parent) : 0, length: 1 }
  }
  return item.value === ':' ? pseudoAt(items, at, parent) : undefined
}

function pseudoAt(items: readonly Component[], at: number, parent: SelectorList | null): (Piece & { readonly length: number }) | undefined {
  const next = items[at + 1]
  if (isDelim(next, ':')) {
    const item = items[at + 2]
    if (item?.kind !== 'ident') return undefined
    if (PSEUDO_ELEMENTS.has(item.lower)) return { simple: [], specificity: 1, pseudo: item.lower as PseudoElement, length: 3 }
    // Pseudo-elements of browsers' own parts are valid and never there.
    return /^(?:-|selection$|backdrop$|placeholder$|cue$|target-text$|details-content$|file-selector-button$)/.test(item.lower)
      ? { simple: [{ kind: 'never' }], specificity: 1, length: 3 }
      : undefined
  }
  if (next?.kind === 'ident') {
    if (OLD_PSEUDO_ELEMENTS.has(next.lower)) return { simple: [], specificity: 1, pseudo: next.lower as PseudoElement, length: 2 }
    const found = pseudoClass(next.lower)
    return found && { ...found, length: 2 }
  }
  const found = next?.kind === 'function' ? pseudoFunction(next, parent) : undefined
  return found && { ...found, length: 2 }
}

function compoundAt(items: readonly Component[], from: number, parent: SelectorList | null): Part | undefined {
  const simple: Simple[] = []
  let specificity = 0
  let pseudo: PseudoElement | null = null
  let at = from
  while (at < items.length && items[at]?.kind !== 'space' && combinatorOf(items[at]) === undefined) {
    const piece = pieceAt(items, at, parent)
    if (!piece || (items[at]?.kind === 'ident' && at > from && !isDelim(items[at - 1], '&'))) return undefined
    if (pseudo && piece.simple.some((one) => one.kind !== 'never')) return undefined
    simple.push(...piece.simple)
    specificity += piece.specificity
    if (piece.pseudo) pseudo = piece.pseudo
    at += piece.length
  }
  return at > from ? { simple, specificity, pseudo, next: at } : undefined
}

function combinatorOf(item: Component | undefined): Combinator | undefined {
  return item?.kind === 'delim' && (item.value === '>' || item.value === '+' || item.value === '~') ? item.value : undefined
}

/** `relative`: a leading combinator is allowed, and stands for the element that :has() or & is about. */
function complexFrom(items: readonly Component[], parent: SelectorList | null, relative: boolean): Complex | undefined {
  const compounds: Compound[] = []
  let specificity = 0
  let pseudo: PseudoElement | null = null
  let combinator: Combinator | null = null
  let at = 0
  while (at < items.length) {
    while (items[at]?.kind === 'space') at++
    const sign = combinatorOf(items[at])
    if (sign) {
      if (combinator !== null || (compounds.length === 0 && !relative)) return undefined
      combinator = sign
      at++
      continue
    }
    if (at >= items.length) break
    const part = compoundAt(items, at, parent)
    if (!part || pseudo) return undefined
    compounds.push({ simple: part.simple, combinator: combinator ?? ' ' })
    specificity += part.specificity
    pseudo = part.pseudo
    combinator = null
    at = part.next
  }
  return compounds.length > 0 && combinator === null ? { compounds, specificity, pseudo } : undefined
}

function mentionsParent(items: readonly Component[]): boolean {
  return items.some((item) => isDelim(item, '&') || ('items' in item && mentionsParent(item.items)))
}

/** Reads a selector list; `parent` is the enclosing rule's where rules nest. Undefined where any of it is not a selector. */
export function selectorsFrom(items: readonly Component[], parent: SelectorList | null): SelectorList | undefined {
  const list: Complex[] = []
  for (const part of splitAt(items, ',')) {
    const found = complexFrom(part, parent, parent !== null)
    if (!found) return undefined
    if (!parent || (mentionsParent(part) && !combinatorOf(part.find((item) => item.kind !== 'space')))) list.push(found)
    else {
      const head: Compound = { simple: [{ kind: 'is', list: parent }], combinator: ' ' }
      list.push({ ...found, compounds: [head, ...found.compounds], specificity: found.specificity + highest(parent) })
    }
  }
  return list
}
