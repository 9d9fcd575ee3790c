/**
 * Generated content (CSS Content 3, CSS GCPM 3): ContentItems → text, leaders, pictures and running elements.
 * In: the items with the counters at their place and what an earlier round of layout knows of pages. Out: parts to set.
 */
import type { BackgroundImage, ContentItem, ContentTarget, CounterSymbol, PageReference } from '../css/computed-style.js'
import type { HtmlElement } from '../html/dom.js'
import type { CounterStyles } from './counter-style.js'
import type { CounterScopes } from './counters.js'

export type ContentPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'leader'; readonly pattern: string }
  | { readonly kind: 'image'; readonly image: BackgroundImage; readonly alt: string }
  | { readonly kind: 'element'; readonly name: string; readonly which: PageReference }

/** What the round before this one found out; empty in the first. */
export interface KnownTargets {
  /** What counter(page) says where an id starts, for target-counter(…, page). */
  readonly pages: ReadonlyMap<string, number>
  readonly counters: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>
  /** Number of pages; 0 where unknown. */
  readonly pageCount: number
  /** What counter(page) says where an element starts. */
  readonly pageOf: (element: HtmlElement) => number | undefined
  /** Numbers of notes where pages start their count anew; else empty. */
  readonly notes: ReadonlyMap<HtmlElement, number>
}

export const nothingKnown: KnownTargets = {
  pages: new Map(),
  counters: new Map(),
  pageCount: 0,
  pageOf: () => undefined,
  notes: new Map(),
}

/** What a page knows of itself, for what stands in its margins. */
export interface PageScope {
  readonly counters: ReadonlyMap<string, number>
  readonly string: (name: string, which: PageReference) => string
}

/** What content() and target-text() may ask of an element. */
export type TextPart = 'text' | 'content' | 'before' | 'after' | 'marker' | 'first-letter'

export interface ContentScope {
  readonly element: HtmlElement | null
  readonly counters: CounterScopes
  readonly counterStyles: CounterStyles
  readonly known: KnownTargets
  readonly quotes: QuoteScope
  /** An element by its id; null where there is none. */
  readonly target: (id: string) => HtmlElement | null
  readonly textOf: (element: HtmlElement, what: TextPart) => string
  /** Null in the flow of the document. */
  readonly page: PageScope | null
  readonly string: PageScope['string']
}

export interface QuoteScope {
  depth: number
  readonly pairs: readonly (readonly [string, string])[]
}

/** Turns content items into text. A page number not yet known is set as `0`, of the likely width. */
export function evaluateContent(items: readonly ContentItem[], scope: ContentScope): ContentPart[] {
  const parts: ContentPart[] = []
  const text = (value: string) => {
    const last = parts.at(-1)
    if (value === '') return
    if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: last.text + value }
    else parts.push({ kind: 'text', text: value })
  }
  for (const item of items) {
    if (item.kind === 'leader' || item.kind === 'element' || item.kind === 'image') parts.push(item)
    else if (item.kind === 'counter' || item.kind === 'counters')
      for (const symbol of counterSymbols(item, scope)) {
        if (typeof symbol === 'string') text(symbol)
        else parts.push({ kind: 'image', image: { kind: 'url', url: symbol.url }, alt: '' })
      }
    else text(itemText(item, scope))
  }
  return parts
}

/** Content items as plain text, for string-set and bookmark-label. */
export function contentText(items: readonly ContentItem[], scope: ContentScope): string {
  return evaluateContent(items, scope)
    .map((part) => (part.kind === 'text' ? part.text : ' '))
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
}

function counterSymbols(item: Extract<ContentItem, { kind: 'counter' | 'counters' }>, scope: ContentScope): readonly CounterSymbol[] {
  const values = counterValues(item.name, scope)
  if (item.kind === 'counter') return scope.counterStyles.symbols(values.at(-1) ?? 0, item.style)
  return values.flatMap((value, index) => [...(index > 0 ? [item.separator] : []), ...scope.counterStyles.symbols(value, item.style)])
}

/** Whether the items say something of another place, which only a round of layout tells. */
export const refersElsewhere = (items: readonly ContentItem[]): boolean =>
  items.some(({ kind }) => kind === 'target-counter' || kind === 'target-counters' || kind === 'target-text')

/** Whether the items count pages. */
export const countsPages = (items: readonly ContentItem[]): boolean =>
  items.some((item) => (item.kind === 'counter' || item.kind === 'counters') && (item.name === 'pages' || item.name === 'page'))

/** Whether what stands in a margin says something that differs from page to page. */
export const variesByPage = (items: readonly ContentItem[]): boolean =>
  refersElsewhere(items) || items.some(({ kind }) => kind === 'counter' || kind === 'counters' || kind === 'string-reference')

function itemText(
  item: Exclude<ContentItem, { kind: 'leader' | 'image' | 'element' | 'counter' | 'counters' }>,
  scope: ContentScope,
): string {
  switch (item.kind) {
    case 'string':
      return item.text
    case 'attr':
      return scope.element?.attributes.get(item.name) ?? item.fallback ?? ''
    case 'target-counter':
      return (targetValues(item, scope) ?? [])
        .slice(-1)
        .map((value) => scope.counterStyles.text(value, item.style))
        .join('')
    case 'target-counters':
      return (targetValues(item, scope) ?? []).map((value) => scope.counterStyles.text(value, item.style)).join(item.separator)
    case 'target-text': {
      const target = scope.target(targetId(item.target, scope.element))
      return target ? scope.textOf(target, item.what) : ''
    }
    case 'string-reference':
      return scope.string(item.name, item.which)
    case 'content':
      return scope.element ? scope.textOf(scope.element, item.what) : ''
    case 'quote':
      return quote(item.what, scope.quotes)
  }
}

/** Outermost first. Page counters stand above what elements count (CSS Page 3, section 5.4). */
function counterValues(name: string, scope: ContentScope): readonly number[] {
  const own = scope.page?.counters.get(name)
  if (own !== undefined) return [own]
  if (name === 'page') return [(scope.element && scope.known.pageOf(scope.element)) ?? 0]
  if (name === 'pages') return [scope.known.pageCount]
  return scope.counters.values(name)
}

function targetId(target: ContentTarget, element: HtmlElement | null): string {
  const url = target.kind === 'url' ? target.url : (element?.attributes.get(target.name) ?? '')
  return url.startsWith('#') ? decodeFragment(url.slice(1)) : ''
}

/** An address's fragment as an id; one that is not valid percent-encoding stands for itself. */
export function decodeFragment(fragment: string): string {
  if (!/%[0-9a-f]{2}/i.test(fragment)) return fragment
  try {
    return decodeURIComponent(fragment)
  } catch (error) {
    if (error instanceof URIError) return fragment
    throw error
  }
}

/** Undefined where nothing has the id (CSS Content 3, section 2.2.1: the function then gives the empty string). */
function targetValues(
  item: Extract<ContentItem, { kind: 'target-counter' | 'target-counters' }>,
  { element, known, target }: ContentScope,
): readonly number[] | undefined {
  const id = targetId(item.target, element)
  if (!target(id)) return undefined
  if (item.name === 'page') return [known.pages.get(id) ?? 0]
  if (item.name === 'pages') return [known.pageCount]
  return known.counters.get(id)?.get(item.name) ?? [0]
}

function quote(what: Extract<ContentItem, { kind: 'quote' }>['what'], quotes: QuoteScope): string {
  if (what === 'open-quote' || what === 'no-open-quote') {
    const pair = quotes.pairs[Math.min(quotes.depth, quotes.pairs.length - 1)]
    quotes.depth++
    return what === 'open-quote' ? (pair?.[0] ?? '') : ''
  }
  // A closing mark that nothing opened is none (CSS Content 3, section 3.2).
  if (quotes.depth === 0) return ''
  quotes.depth--
  const pair = quotes.pairs[Math.min(quotes.depth, quotes.pairs.length - 1)]
  return what === 'close-quote' ? (pair?.[1] ?? '') : ''
}

/** All text in an element, but for what `isElsewhere` says is shown at another place, such as notes. */
export function elementText(element: HtmlElement, isElsewhere: (element: HtmlElement) => boolean): string {
  let text = ''
  for (const child of element.children) {
    if (child.kind === 'text') text += child.data
    else if (child.name !== 'script' && child.name !== 'style' && !isElsewhere(child)) text += elementText(child, isElsewhere)
  }
  return text
}
