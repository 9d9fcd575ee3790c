/**
 * In: component values of a selector list. Out: complex selectors with their specificity (CSS Selectors 4, CSS Nesting 1, CSS Scoping
 * of CSS Cascade 6, CSS Namespaces 3).
 */
import type { PseudoElement } from '../computed-style.js'
import { type Component, isDelim, splitAt } from '../syntax/component.js'
import { ABSENT_PSEUDO_ELEMENTS, FUNCTIONAL, NEVER, NEVER_FUNCTIONS, OLD_PSEUDO_ELEMENTS, PSEUDO_ELEMENTS, STATES } from './names.js'
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
      /** Whether letter case counts: never, always, or only outside HTML. */
      readonly fold: 'always' | 'never' | 'html'
    }
  /** What `&` stands for is asked of many elements for many rules, so its answers are kept. */
  | { readonly kind: 'is' | 'not' | 'has'; readonly list: SelectorList; readonly kept?: true }
  /** The namespace a prefix stands for; empty for none. */
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'state'; readonly state: string }
  /** @scope: below or at one of the roots, and not below a limit. */
  | { readonly kind: 'scoped'; readonly roots: SelectorList; readonly limits: SelectorList }
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

/** What selectors are read within. */
export interface SelectorContext {
  /** Of the enclosing rule, where rules nest. */
  readonly parent: SelectorList | null
  /** Addresses by prefix; the empty prefix is the default. */
  readonly namespaces: ReadonlyMap<string, string>
  /** The enclosing @scope. */
  readonly scope: { readonly roots: SelectorList; readonly limits: SelectorList } | null
  readonly inHas?: boolean
}
/** Of a rule that stands in nothing. */
export const NO_CONTEXT: SelectorContext = { parent: null, namespaces: new Map(), scope: null }

const ID = 1 << 20
const CLASS = 1 << 10
const NAMESPACES: Readonly<Record<string, string>> = {
  'http://www.w3.org/1999/xhtml': 'html',
  'http://www.w3.org/2000/svg': 'svg',
  'http://www.w3.org/1998/Math/MathML': 'mathml',
}
/** HTML, section 4.16.2: attributes whose values have no letter case. */
const FOLDED = new Set(
  'accept accept-charset align alink axis bgcolor charset checked clear codetype color compact declare defer dir direction disabled enctype face frame hreflang http-equiv lang language link media method multiple nohref noresize noshade nowrap readonly rel rev rules scope scrolling selected shape target text type valign valuetype vlink'.split(
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

function pseudoClass(name: string, { scope }: SelectorContext): Piece | undefined {
  if (name === 'root' || name === 'empty') return { simple: [{ kind: name }], specificity: CLASS }
  if (name === 'link' || name === 'any-link') return { simple: [{ kind: 'link' }], specificity: CLASS }
  if (name === 'scope') return { simple: [scope ? { kind: 'is', list: scope.roots } : { kind: 'root' }], specificity: CLASS }
  if (STATES.has(name)) return { simple: [{ kind: 'state', state: name }], specificity: CLASS }
  if (NEVER.has(name) || name.startsWith('-')) return { simple: [{ kind: 'never' }], specificity: CLASS }
  const simple = edge(name)
  return simple && { simple, specificity: CLASS }
}

const highest = (list: SelectorList): number => list.reduce((most, { specificity }) => Math.max(most, specificity), 0)

/** :is() and :where() forgive: what cannot be read is left out. */
function forgiving(items: readonly Component[], context: SelectorContext): SelectorList {
  return splitAt(items, ',').flatMap((part) => {
    const selector = complexFrom(part, context, false)
    return selector && !selector.pseudo ? [selector] : []
  })
}

function strict(items: readonly Component[], context: SelectorContext, relative: boolean): SelectorList | undefined {
  const list = splitAt(items, ',').map((part) => complexFrom(part, context, relative))
  return list.every((selector) => selector && !selector.pseudo) ? (list as Complex[]) : undefined
}

function nthFunction(name: string, items: readonly Component[], context: SelectorContext): Piece | undefined {
  const at = items.findIndex((item) => item.kind === 'ident' && item.lower === 'of')
  const ofType = name.endsWith('of-type')
  const found = nthFrom(at < 0 ? items : items.slice(0, at))
  const of = at < 0 ? null : strict(items.slice(at + 1), context, false)
  if (!found || of === undefined || (of && ofType)) return undefined
  const simple: Simple = { kind: 'nth', nth: found, last: name.startsWith('nth-last'), ofType, of }
  return { simple: [simple], specificity: CLASS + (of ? highest(of) : 0) }
}

function words(items: readonly Component[]): string[] {
  return items.flatMap((item) => (item.kind === 'ident' || item.kind === 'string' ? [item.value.toLowerCase()] : []))
}

function pseudoFunction(item: Extract<Component, { kind: 'function' }>, context: SelectorContext): Piece | undefined {
  const { name, items } = item
  if (name.startsWith('nth-') && /^nth-(?:last-)?(?:child|of-type)$/.test(name)) return nthFunction(name, items, context)
  if (name === 'lang') return { simple: [{ kind: 'lang', ranges: words(items) }], specificity: CLASS }
  if (name === 'dir') return { simple: [{ kind: 'dir', direction: words(items)[0] ?? '' }], specificity: CLASS }
  if (name === 'is' || name === 'where' || name === 'matches') {
    const list = forgiving(items, context)
    return { simple: [{ kind: 'is', list }], specificity: name === 'where' ? 0 : highest(list) }
  }
  if (NEVER_FUNCTIONS.has(name)) return { simple: [{ kind: 'never' }], specificity: CLASS }
  if ((name !== 'not' && name !== 'has') || (name === 'has' && context.inHas)) return undefined
  const list = strict(items, name === 'has' ? { ...context, inHas: true } : context, name === 'has')
  return list && { simple: [{ kind: name, list }], specificity: highest(list) }
}

function attribute(items: readonly Component[]): Simple | undefined {
  const clean = items.filter((item) => item.kind !== 'space')
  // Attributes of other namespaces keep their prefix in HTML; `*|` and `|` stand before those without.
  const bar = isDelim(clean[0], '|') ? 0 : isDelim(clean[1], '|') && !isDelim(clean[2], '=') ? 1 : -1
  const prefix = bar === 1 && clean[0]?.kind === 'ident' ? `${clean[0].value}:` : ''
  const [head, ...rest] = clean.slice(bar + 1)
  if (head?.kind !== 'ident') return undefined
  const name = prefix + head.value
  const standard = FOLDED.has(name.toLowerCase()) ? 'html' : 'never'
  if (rest.length === 0) return { kind: 'attribute', name, operator: 'has', value: '', fold: 'never' }
  let operator = ''
  let at = 0
  for (let item = rest[at]; item?.kind === 'delim'; item = rest[++at]) operator += item.value
  const value = rest[at]
  const flag = rest[at + 1]
  const text = value?.kind === 'string' || value?.kind === 'ident' ? value.value : undefined
  const fold = flag?.kind === 'ident' ? (flag.lower === 'i' ? 'always' : 'never') : standard
  const flagFits = flag === undefined || (flag.kind === 'ident' && (flag.lower === 'i' || flag.lower === 's') && rest.length === at + 2)
  if (text === undefined || !flagFits || !/^[~|^$*]?=$/.test(operator)) return undefined
  return { kind: 'attribute', name, operator: operator as '=', value: text, fold }
}

/** One simple selector at `at`; undefined where there is none. */
function pieceAt(items: readonly Component[], at: number, context: SelectorContext): (Piece & { readonly length: number }) | undefined {
  const item = items[at] as Component
  if (item.kind === 'hash') return { simple: [{ kind: 'id', id: item.value }], specificity: ID, length: 1 }
  const prefixed = namespaceAt(items, at, context)
  if (prefixed) return prefixed
  const namespace = context.namespaces.get('')
  const standard: Simple[] = namespace === undefined ? [] : [{ kind: 'namespace', namespace }]
  if (item.kind === 'ident') return { simple: [{ kind: 'type', name: item.value }, ...standard], specificity: 1, length: 1 }
  if (item.kind === 'block' && item.open === '[') {
    const found = attribute(item.items)
    return found && { simple: [found], specificity: CLASS, length: 1 }
  }
  if (item.kind !== 'delim') return undefined
  const next = items[at + 1]
  if (item.value === '*') return { simple: [{ kind: 'any' }, ...standard], specificity: 0, length: 1 }
  if (item.value === '.')
    return next?.kind === 'ident' ? { simple: [{ kind: 'class', name: next.value }], specificity: CLASS, length: 2 } : undefined
  if (item.value === '&') {
    const list = context.parent ?? context.scope?.roots
    const simple: Simple = list ? { kind: 'is', list, kept: true } : { kind: 'root' }
    return { simple: [simple], specificity: context.parent ? highest(context.parent) : 0, length: 1 }
  }
  return item.value === ':' ? pseudoAt(items, at, context) : undefined
}

/** `svg|a`, `*|a` and `|a`; undefined where no prefix stands here. A prefix that is not declared makes the selector invalid. */
function namespaceAt(
  items: readonly Component[],
  at: number,
  { namespaces }: SelectorContext,
): (Piece & { readonly length: number }) | undefined {
  const bar = isDelim(items[at], '|') ? at : isDelim(items[at + 1], '|') ? at + 1 : -1
  const name = items[bar + 1]
  const prefix = items[at]
  if (bar < 0 || (name?.kind !== 'ident' && !isDelim(name, '*'))) return undefined
  const own = bar === at ? '' : isDelim(prefix, '*') ? '*' : prefix?.kind === 'ident' ? namespaces.get(prefix.value) : undefined
  if (own === undefined) return undefined
  const type: Simple = name?.kind === 'ident' ? { kind: 'type', name: name.value } : { kind: 'any' }
  const simple: Simple[] = own === '*' ? [type] : [type, { kind: 'namespace', namespace: own }]
  return { simple, specificity: name?.kind === 'ident' ? 1 : 0, length: bar - at + 2 }
}

function pseudoAt(items: readonly Component[], at: number, context: SelectorContext): (Piece & { readonly length: number }) | undefined {
  const next = items[at + 1]
  if (isDelim(next, ':')) {
    const item = items[at + 2]
    const name = item?.kind === 'ident' ? item.lower : item?.kind === 'function' ? item.name : '?'
    if (item?.kind === 'ident' && PSEUDO_ELEMENTS.has(name)) return { simple: [], specificity: 1, pseudo: name as PseudoElement, length: 3 }
    return name.startsWith('-') || ABSENT_PSEUDO_ELEMENTS.has(name) ? { simple: [{ kind: 'never' }], specificity: 1, length: 3 } : undefined
  }
  if (next?.kind === 'ident') {
    if (OLD_PSEUDO_ELEMENTS.has(next.lower)) return { simple: [], specificity: 1, pseudo: next.lower as PseudoElement, length: 2 }
    const found = pseudoClass(next.lower, context)
    return found && { ...found, length: 2 }
  }
  const found = next?.kind === 'function' ? pseudoFunction(next, context) : undefined
  return found && { ...found, length: 2 }
}

function compoundAt(items: readonly Component[], from: number, context: SelectorContext): Part | undefined {
  const simple: Simple[] = []
  let specificity = 0
  let pseudo: PseudoElement | null = null
  let at = from
  while (at < items.length && items[at]?.kind !== 'space' && combinatorOf(items[at]) === undefined) {
    const piece = pieceAt(items, at, context)
    const isType = piece?.simple[0]?.kind === 'type' || piece?.simple[0]?.kind === 'any'
    if (!piece || (isType && at > from && !isDelim(items[at - 1], '&'))) return undefined
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
function complexFrom(items: readonly Component[], context: SelectorContext, relative: boolean): Complex | undefined {
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
    const part = compoundAt(items, at, context)
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

/** Reads a selector list. Undefined where any of it is not a selector. */
export function selectorsFrom(items: readonly Component[], context: SelectorContext): SelectorList | undefined {
  const { parent, scope } = context
  const list: Complex[] = []
  for (const part of splitAt(items, ',')) {
    const isRelative = parent !== null || scope !== null
    const found = complexFrom(part, context, isRelative)
    if (!found) return undefined
    const starts = combinatorOf(part.find((item) => item.kind !== 'space')) !== undefined
    const head = parent ?? (starts ? scope?.roots : undefined)
    const nested = !head || (mentionsParent(part) && !starts) ? found : below(head, found, parent ? highest(parent) : 0)
    list.push(scope ? withinScope(nested, scope) : nested)
  }
  return list
}

/** `& .a` for what does not say where `&` is. */
function below(list: SelectorList, { compounds, specificity, pseudo }: Complex, more: number): Complex {
  const head: Compound = { simple: [{ kind: 'is', list, kept: true }], combinator: ' ' }
  return { compounds: [head, ...compounds], specificity: specificity + more, pseudo }
}

function withinScope(selector: Complex, scope: NonNullable<SelectorContext['scope']>): Complex {
  const last = selector.compounds[selector.compounds.length - 1] as Compound
  const scoped: Compound = { ...last, simple: [...last.simple, { kind: 'scoped', ...scope }] }
  return { ...selector, compounds: [...selector.compounds.slice(0, -1), scoped] }
}

/** The namespace an address stands for, as elements name it; the address itself where no element has it. */
export function namespaceOf(address: string): string {
  return NAMESPACES[address] ?? address
}

/** A pseudo-class or pseudo-element that is not known, for messages; also within :not() and :has(). */
export function unknownPseudo(
  items: readonly Component[],
): { readonly item: Component; readonly name: string; readonly isElement: boolean } | null {
  for (const [at, item] of items.entries()) {
    if ('items' in item) {
      const inner = item.kind === 'block' && item.open !== '(' ? null : unknownPseudo(item.items)
      if (inner) return inner
    }
    if (!isDelim(item, ':') || isDelim(items[at - 1], ':')) continue
    const isElement = isDelim(items[at + 1], ':')
    const named = items[at + (isElement ? 2 : 1)]
    if (named?.kind !== 'ident' && named?.kind !== 'function') continue
    const name = named.kind === 'ident' ? named.lower : named.name
    const probe = [item, ...(isElement ? [item] : []), named]
    const isKnown = named.kind === 'function' && FUNCTIONAL.has(name) ? true : pieceAt(probe, 0, NO_CONTEXT) !== undefined
    if (!isKnown) return { item: named, name, isElement }
  }
  return null
}
