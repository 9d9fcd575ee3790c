/**
 * Generated content (CSS Content 3, CSS GCPM 3): ContentItems → text and leaders.
 * In: the items with the counters at their place and what an earlier round of layout knows of pages. Out: parts to set.
 */
import type { BackgroundImage, ContentItem, ContentTarget, CounterSymbol } from '../css/computed-style.js'
import type { HtmlElement } from '../html/dom.js'
import type { CounterStyles } from './counter-style.js'
import type { CounterScopes } from './counters.js'

export type ContentPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'leader'; readonly pattern: string }
  | { readonly kind: 'image'; readonly image: BackgroundImage; readonly alt: string }

/** What the round before this one found out; empty in the first. */
export interface KnownTargets {
  /** Page number by id, for target-counter(…, page). */
  readonly pages: ReadonlyMap<string, number>
  readonly counters: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>
  /** Number of pages; 0 where unknown. */
  readonly pageCount: number
}

export const nothingKnown: KnownTargets = { pages: new Map(), counters: new Map(), pageCount: 0 }

export interface ContentScope {
  readonly element: HtmlElement | null
  readonly counters: CounterScopes
  readonly counterStyles: CounterStyles
  readonly known: KnownTargets
  readonly quotes: QuoteScope
  readonly textOf: (id: string) => string | null
  readonly pageCounters: { readonly page: number; readonly pages: number } | null
  readonly string: (name: string, which: 'first' | 'start' | 'last' | 'first-except') => string
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
    if (item.kind === 'leader') parts.push({ kind: 'leader', pattern: item.pattern })
    else if (item.kind === 'image') parts.push({ kind: 'image', image: item.image, alt: item.alt })
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
  if (item.kind === 'counter') return scope.counterStyles.symbols(counterValue(item.name, scope), item.style)
  return scope.counters
    .values(item.name)
    .flatMap((value, index) => [...(index > 0 ? [item.separator] : []), ...scope.counterStyles.symbols(value, item.style)])
}

function itemText(item: Exclude<ContentItem, { kind: 'leader' | 'image' | 'counter' | 'counters' }>, scope: ContentScope): string {
  switch (item.kind) {
    case 'string':
      return item.text
    case 'attr':
      return scope.element?.attributes.get(item.name) ?? item.fallback ?? ''
    case 'target-counter':
      return targetCounter(item, scope)
    case 'target-text':
      return scope.textOf(targetId(item.target, scope.element)) ?? ''
    case 'string-reference':
      return scope.string(item.name, item.which)
    case 'content':
      return scope.element ? elementText(scope.element) : ''
    case 'quote':
      return quote(item.what, scope.quotes)
  }
}

function counterValue(name: string, scope: ContentScope): number {
  if (name === 'page' && scope.pageCounters) return scope.pageCounters.page
  if (name === 'pages') return scope.pageCounters?.pages ?? scope.known.pageCount
  return scope.counters.value(name)
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

function targetCounter(item: Extract<ContentItem, { kind: 'target-counter' }>, scope: ContentScope): string {
  const id = targetId(item.target, scope.element)
  if (item.name === 'page') return scope.counterStyles.text(scope.known.pages.get(id) ?? 0, item.style)
  const values = scope.known.counters.get(id)?.get(item.name)
  return scope.counterStyles.text(values?.at(-1) ?? 0, item.style)
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

/** All text in an element, but for footnotes' (their place is another). */
export function elementText(element: HtmlElement): string {
  let text = ''
  for (const child of element.children) {
    if (child.kind === 'text') text += child.data
    else if (child.name !== 'script' && child.name !== 'style' && !isFootnote(child)) text += elementText(child)
  }
  return text
}

const isFootnote = (element: HtmlElement): boolean => (element.attributes.get('role') ?? '') === 'doc-footnote'
