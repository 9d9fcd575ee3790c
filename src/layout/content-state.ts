/**
 * What elements leave behind while the tree is walked (CSS Lists 3, section 4; CSS GCPM 3, sections 1 and 3; CSS Content 3, section 2).
 * In: each element with its style, in document order. Out: counters at their places, named strings, bookmarks, generated content.
 */
import type { ComputedStyle, ContentItem, PageReference, PseudoElement, Styles } from '../css/computed-style.js'
import type { Report } from '../diagnostics/diagnostic.js'
import { punctuationRules } from '../document/punctuation-rules.js'
import type { HtmlElement } from '../html/dom.js'
import type { CounterStyles } from './counter-style.js'
import { CounterScopes, reversedStart } from './counters.js'
import {
  type ContentPart,
  type ContentScope,
  contentText,
  countsPages,
  elementText,
  evaluateContent,
  type KnownTargets,
  type PageScope,
  refersElsewhere,
  type TextPart,
  variesByPage,
} from './generated-content.js'
import type { GeneratedNodes } from './generated-nodes.js'
import { markerContent } from './marker-content.js'
import { isRunning } from './positioned.js'

/** What an element does to counters, and how all of them stand then: pages count with it. */
export interface CounterMark {
  readonly changes: readonly { readonly kind: 'reset' | 'increment' | 'set'; readonly name: string; readonly value: number }[]
  readonly values: ReadonlyMap<string, readonly number[]>
}

export interface ElementBookmark {
  readonly level: number
  readonly label: string
  readonly open: boolean
}

export interface ContentStateInput {
  readonly styles: Styles
  readonly tree: GeneratedNodes
  readonly counterStyles: CounterStyles
  readonly known: KnownTargets
  readonly root: HtmlElement
  readonly report: Report
}

/** Punctuation before and after the letter belongs to it (CSS Pseudo-Elements 4, section 2.2). */
export const firstLetter = /^(\s*)([\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}]*[\p{L}\p{N}\p{S}]\p{M}*[\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}]*)/u

/** Counters that every list and note changes; no page counts with them. */
const ownCounters = new Set(['list-item', 'footnote'])

/** `auto` is the language's own marks (CSS Content 3, section 3.1.1). */
function quotePairs({ quotes, language }: ComputedStyle): readonly (readonly [string, string])[] {
  if (quotes === 'none') return []
  return quotes === 'auto' ? punctuationRules(language).quotes : quotes
}

interface Start {
  readonly counters?: CounterScopes
  readonly depth?: number
  readonly strings?: ReadonlyMap<string, string>
  readonly ids?: ReadonlyMap<string, HtmlElement> | null
  readonly page?: PageScope
}

/** The state at one point of the walk; entered and left with each element. */
export class ContentState {
  readonly counters: CounterScopes
  readonly strings = new Map<HtmlElement, readonly { readonly name: string; readonly value: string }[]>()
  readonly bookmarks = new Map<HtmlElement, ElementBookmark>()
  /** Counters at each id. */
  readonly snapshots = new Map<string, ReadonlyMap<string, readonly number[]>>()
  readonly counterMarks = new Map<HtmlElement, CounterMark>()
  /** Elements whose content says the number of their page. */
  readonly pageReaders = new Set<HtmlElement>()
  /** Some content depends on pages: in the flow on those of an earlier round, in a margin on the one at hand. */
  usesPages = false
  readonly #input: ContentStateInput
  readonly #page: PageScope | null
  readonly #quotes: { depth: number; pairs: readonly (readonly [string, string])[] }
  readonly #currentStrings: Map<string, string>
  #ids: ReadonlyMap<string, HtmlElement> | null

  constructor(input: ContentStateInput, start: Start = {}) {
    this.#input = input
    this.#page = start.page ?? null
    this.counters = start.counters ?? new CounterScopes()
    this.#quotes = { depth: start.depth ?? 0, pairs: [] }
    this.#currentStrings = new Map(start.strings)
    this.#ids = start.ids ?? null
  }

  /** Keeps the state at this point, so that a page's margin can go on from it as often as it likes. */
  keep(): (page: PageScope) => ContentState {
    const counters = this.counters.fork()
    const start = { depth: this.#quotes.depth, strings: new Map(this.#currentStrings), ids: this.#ids }
    return (page) => new ContentState(this.#input, { ...start, counters: counters.fork(), page })
  }

  /** Counters, named strings, bookmarks: what an element does wherever it stands. Pairs with leave(). */
  enter(element: HtmlElement, style: ComputedStyle): void {
    this.counters.enter(style, (name) => reversedStart(element, name, this.#input.tree))
    const id = element.attributes.get('id')
    if (id !== undefined && !this.snapshots.has(id)) this.snapshots.set(id, this.counters.snapshot())
    this.#markCounters(element, style)
    for (const { name, items } of style.stringSet) {
      const value = contentText(items, this.#scope(element))
      this.#currentStrings.set(name, value)
      this.strings.set(element, [...(this.strings.get(element) ?? []).filter((one) => one.name !== name), { name, value }])
    }
    if (style.bookmarkLevel === 'none') return
    const label = contentText(style.bookmarkLabel, this.#scope(element)) || this.textOf(element, 'text')
    if (label !== '') this.bookmarks.set(element, { level: style.bookmarkLevel, label, open: style.bookmarkState === 'open' })
  }

  leave(): void {
    this.counters.leave()
  }

  /** Numbers a note as its page counts. */
  numberNote(element: HtmlElement): void {
    const number = this.#input.known.notes.get(element)
    if (number !== undefined) this.counters.assign('footnote', number)
  }

  /** What `content` makes at this point; `inMargin` where no place in the flow comes of it. */
  parts(element: HtmlElement, style: ComputedStyle, inMargin: boolean): readonly ContentPart[] {
    if (typeof style.content === 'string') return []
    this.#quotes.pairs = quotePairs(style)
    this.#notePages(element, style.content, inMargin)
    return evaluateContent(style.content, this.#scope(element))
  }

  #notePages(element: HtmlElement, items: readonly ContentItem[], inMargin: boolean): void {
    if (refersElsewhere(items) || (this.#page && variesByPage(items))) this.usesPages = true
    if (inMargin || !countsPages(items)) return
    this.usesPages = true
    this.pageReaders.add(element)
  }

  #markCounters(element: HtmlElement, { counterReset, counterIncrement, counterSet }: ComputedStyle): void {
    if (counterReset.length + counterIncrement.length + counterSet.length === 0) return
    const kinds = { reset: counterReset, increment: counterIncrement, set: counterSet }
    const changes = (['reset', 'increment', 'set'] as const).flatMap((kind) =>
      kinds[kind].filter(({ name }) => !ownCounters.has(name)).map(({ name, value }) => ({ kind, name, value })),
    )
    if (changes.length === 0) return
    const { element: owner } = this.#input.tree.originOf(element)
    const before = this.counterMarks.get(owner)?.changes ?? []
    this.counterMarks.set(owner, { changes: [...before, ...changes], values: this.counters.snapshot() })
  }

  #scope(element: HtmlElement): ContentScope {
    const page = this.#page
    return {
      element,
      counters: this.counters,
      counterStyles: this.#input.counterStyles,
      known: this.#input.known,
      quotes: this.#quotes,
      target: (id) => this.target(id),
      textOf: (target, what) => this.textOf(target, what),
      page,
      string: page ? page.string : (name: string, _which: PageReference) => this.#currentStrings.get(name) ?? '',
    }
  }

  /** The element with an id. */
  target(id: string): HtmlElement | null {
    this.#ids ??= elementsById(this.#input.root)
    const element = this.#ids.get(id) ?? null
    if (!element && id !== '')
      this.#input.report({
        severity: 'warning',
        code: 'css-target-missing',
        message: `a style asks for the place of #${id}, which no element has as its id`,
        hint: 'give the element that is meant this id, or change the address',
      })
    return element
  }

  /** CSS Content 3, sections 2.2.3 and 3.2: the text of an element or of what its pseudo-elements make. */
  textOf(element: HtmlElement, what: TextPart): string {
    if (what === 'before' || what === 'after' || what === 'marker') return this.#pseudoText(element, what)
    const text = elementText(element, (child) => this.#isElsewhere(child))
      .replace(/\s+/g, ' ')
      .trim()
    return what === 'first-letter' ? (firstLetter.exec(text)?.[2] ?? '') : text
  }

  #isElsewhere(element: HtmlElement): boolean {
    if (element.attributes.get('role') === 'doc-footnote') return true
    const style = this.#input.styles.of(element)
    return style.float === 'footnote' || style.display === 'none' || isRunning(style)
  }

  #pseudoText(element: HtmlElement, pseudo: PseudoElement): string {
    const { styles, counterStyles, known } = this.#input
    const style = styles.pseudo(element, pseudo)
    const own = styles.of(element)
    const id = element.attributes.get('id') ?? ''
    const values = known.counters.get(id) ?? this.snapshots.get(id)
    const counters = values ? CounterScopes.from(values) : this.counters.fork()
    if (pseudo === 'marker' && own.display === 'list-item' && typeof style?.content !== 'object') {
      const parts = markerContent({ style: own, value: counters.value('list-item'), counterStyles, hasImage: () => false })
      return parts
        .map((part) => (part.kind === 'text' ? part.text : ''))
        .join('')
        .trim()
    }
    if (!style || typeof style.content === 'string') return ''
    counters.enter(style)
    return contentText(style.content, { ...this.#scope(element), counters, quotes: { depth: 0, pairs: quotePairs(style) } })
  }
}

function elementsById(root: HtmlElement): ReadonlyMap<string, HtmlElement> {
  const ids = new Map<string, HtmlElement>()
  const stack: HtmlElement[] = [root]
  for (let next = stack.pop(); next; next = stack.pop()) {
    const id = next.attributes.get('id')
    if (id !== undefined && !ids.has(id)) ids.set(id, next)
    for (let index = next.children.length - 1; index >= 0; index--) {
      const child = next.children[index]
      if (child?.kind === 'element') stack.push(child)
    }
  }
  return ids
}
