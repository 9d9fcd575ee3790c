/**
 * Box generation (CSS Display 3; CSS 2.2 section 9.2): the styled HTML tree → the box tree, with anonymous boxes, generated
 * content, markers and counters. In: the document with its styles and images, and what is known of page numbers.
 * Out: the root box, and what each element sets (named strings, bookmarks, counters at its place).
 */
import type { ComputedStyle, PseudoElement, Styles } from '../css/computed-style.js'
import { punctuationRules } from '../document/punctuation-rules.js'
import type { HtmlDocument, HtmlElement, HtmlNode } from '../html/dom.js'
import type { BlockBox, Box, FlexBox, InlineBox, InlineContent } from './box.js'
import { markerText } from './counter-style.js'
import { CounterScopes } from './counters.js'
import { isFloat } from './floats.js'
import { generateTable } from './generate-table.js'
import { type ContentPart, type ContentScope, contentText, elementText, evaluateContent, type KnownTargets } from './generated-content.js'
import type { ImageLoader } from './image.js'
import { InlineBuilder, type TextSource } from './inline-builder.js'
import { isOutOfFlow, leavesFlow } from './positioned.js'
import { serialiseSvg } from './svg-element.js'

export interface BoxTree {
  readonly root: BlockBox
  readonly strings: ReadonlyMap<HtmlElement, readonly { readonly name: string; readonly value: string }[]>
  readonly bookmarks: ReadonlyMap<HtmlElement, { readonly level: number; readonly label: string; readonly open: boolean }>
  /** Counters at each id, for target-counter(). */
  readonly counters: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>
  /** True where some content depends on page numbers. */
  readonly usesPageNumbers: boolean
}

export interface GenerationInput {
  readonly html: HtmlDocument
  readonly styles: Styles
  readonly images: ImageLoader
  readonly known: KnownTargets
}

/** `auto` is the language's own marks (CSS Content 3, section 3.1.1). */
function quotePairs({ quotes, language }: ComputedStyle): readonly (readonly [string, string])[] {
  if (quotes === 'none') return []
  return quotes === 'auto' ? punctuationRules(language).quotes : quotes
}

const blockLevel = new Set<ComputedStyle['display']>(['block', 'flow-root', 'list-item', 'table', 'flex', 'grid'])
const tableParts = new Set<ComputedStyle['display']>([
  'table-row-group',
  'table-header-group',
  'table-footer-group',
  'table-row',
  'table-cell',
  'table-caption',
  'table-column',
  'table-column-group',
])
/** Punctuation before and after the letter belongs to it (CSS Pseudo-Elements 4, section 2.2). */
const firstLetter = /^(\s*)([\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}]*[\p{L}\p{N}\p{S}]\p{M}*[\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}]*)/u
const unprinted = new Set(['script', 'style', 'head', 'template', 'title', 'meta', 'link', 'noscript'])

/** Makes the box tree of a document. */
export function generateBoxes(input: GenerationInput): BoxTree {
  return new BoxGenerator(input).run()
}

/** Gathers the children of one block container. */
interface Content {
  readonly children: Box[]
  inline: InlineBuilder
  /** Inline boxes open at this point, outermost first. */
  readonly open: InlineBox[]
  readonly style: ComputedStyle
  readonly element: HtmlElement | null
}

/** The walk over the tree; generate-table.ts calls back into it for cells and captions. */
export class BoxGenerator {
  readonly styles: Styles
  readonly #input: GenerationInput
  readonly #counters = new CounterScopes()
  readonly #strings = new Map<HtmlElement, readonly { name: string; value: string }[]>()
  readonly #bookmarks = new Map<HtmlElement, { level: number; label: string; open: boolean }>()
  readonly #counterSnapshots = new Map<string, ReadonlyMap<string, readonly number[]>>()
  readonly #ids = new Map<string, HtmlElement>()
  readonly #quotes = {
    depth: 0,
    pairs: [] as readonly (readonly [string, string])[],
  }
  /** ::first-line and ::first-letter styles that wait for the first line of text. */
  readonly #pending: { firstLine: ComputedStyle | null; firstLetter: { style: ComputedStyle; element: HtmlElement } | null } = {
    firstLine: null,
    firstLetter: null,
  }
  #nextId = 1
  #usesPageNumbers = false

  constructor(input: GenerationInput) {
    this.#input = input
    this.styles = input.styles
  }

  run(): BoxTree {
    const root = this.#input.html.children.find((node): node is HtmlElement => node.kind === 'element')
    if (!root) throw new RangeError('the HTML document has no root element')
    this.#indexIds(root)
    return {
      root: this.block(root, this.styles.of(root)),
      strings: this.#strings,
      bookmarks: this.#bookmarks,
      counters: this.#counterSnapshots,
      usesPageNumbers: this.#usesPageNumbers,
    }
  }

  nextId(): number {
    return this.#nextId++
  }

  /** A block container for an element: its markers, generated content and children. */
  block(element: HtmlElement, style: ComputedStyle): BlockBox {
    this.enter(element, style)
    const id = this.nextId()
    const content = this.#content(style, element)
    const first = this.#awaitFirst(element)
    const marker = style.display === 'list-item' ? this.#marker(element, style, content) : null
    if (style.float === 'footnote') this.#pseudo(element, 'footnote-marker', content)
    this.#pseudo(element, 'before', content)
    this.#nodes(element.children, content, element, style)
    this.#pseudo(element, 'after', content)
    this.leave()
    const box = this.#close(content, { id, element, pseudo: null, style, marker })
    first.end()
    return box
  }

  /** The first line and letter of an element may stand in a descendant (CSS Pseudo-Elements 4, section 2). */
  #awaitFirst(element: HtmlElement): { end(): void } {
    const pending = this.#pending
    const line = this.styles.pseudo(element, 'first-line')
    const letter = this.styles.pseudo(element, 'first-letter')
    if (line) pending.firstLine = line
    if (letter) pending.firstLetter = { style: letter, element }
    return {
      end() {
        if (line && pending.firstLine === line) pending.firstLine = null
        if (letter && pending.firstLetter?.element === element) pending.firstLetter = null
      },
    }
  }

  /** Makes a box in whose lines no first line or letter of an ancestor stands, since it is in another flow. */
  #apart<T>(make: () => T): T {
    const { firstLine, firstLetter } = this.#pending
    Object.assign(this.#pending, { firstLine: null, firstLetter: null })
    const made = make()
    Object.assign(this.#pending, { firstLine, firstLetter })
    return made
  }

  #takeFirstLine(): { firstLine?: ComputedStyle } {
    const { firstLine } = this.#pending
    this.#pending.firstLine = null
    return firstLine ? { firstLine } : {}
  }

  /** Text, its first letter apart where a style waits for it. */
  #addText(content: Content, data: string, source: TextSource): void {
    const first = this.#pending.firstLetter
    const match = first ? firstLetter.exec(data) : null
    if (!first || !match) {
      content.inline.addText(data, source)
      return
    }
    this.#pending.firstLetter = null
    const [whole, space = '', letter = ''] = match
    if (isFloat(first.style)) {
      const inner = this.#content(first.style, first.element)
      inner.inline.addText(letter, { ...source, style: first.style })
      const box = this.#apart(() =>
        this.#close(inner, {
          id: this.nextId(),
          element: source.element ?? first.element,
          pseudo: 'first-letter',
          style: first.style,
          marker: null,
        }),
      )
      this.#addAside(content, box)
      content.inline.addText(data.slice(whole.length), source)
      return
    }
    const box: InlineBox = { id: this.nextId(), element: source.element ?? first.element, pseudo: 'first-letter', style: first.style }
    content.inline.addText(space, source)
    content.inline.open(box)
    content.inline.addText(letter, { ...source, style: first.style })
    content.inline.close(box)
    content.inline.addText(data.slice(whole.length), source)
  }

  /** A block container that no element makes, around some of an element's children. */
  anonymousBlock(nodes: readonly HtmlNode[], parent: HtmlElement, display: ComputedStyle['display']): BlockBox {
    const style = this.styles.anonymous(this.styles.of(parent), display)
    const id = this.nextId()
    const content = this.#content(style, parent)
    this.#nodes(nodes, content, parent, this.styles.of(parent))
    return { ...this.#close(content, { id, element: parent, pseudo: null, style, marker: null }), anonymous: true }
  }

  /** Counters, named strings, bookmarks: what an element does wherever it stands. Pairs with leave(). */
  enter(element: HtmlElement, style: ComputedStyle): void {
    this.#counters.enter(style)
    const id = element.attributes.get('id')
    if (id !== undefined) this.#counterSnapshots.set(id, this.#counters.snapshot())
    if (style.stringSet.length > 0) {
      const scope = this.#scope(element)
      this.#strings.set(
        element,
        style.stringSet.map((set) => ({ name: set.name, value: contentText(set.items, scope) })),
      )
    }
    if (style.bookmarkLevel !== 'none') {
      const label = contentText(style.bookmarkLabel, this.#scope(element)) || elementText(element).replace(/\s+/g, ' ').trim()
      if (label !== '') this.#bookmarks.set(element, { level: style.bookmarkLevel, label, open: style.bookmarkState === 'open' })
    }
  }

  leave(): void {
    this.#counters.leave()
  }

  #indexIds(element: HtmlElement): void {
    const stack: HtmlElement[] = [element]
    for (let next = stack.pop(); next; next = stack.pop()) {
      const id = next.attributes.get('id')
      if (id !== undefined && !this.#ids.has(id)) this.#ids.set(id, next)
      for (const child of next.children) if (child.kind === 'element') stack.push(child)
    }
  }

  #scope(element: HtmlElement | null): ContentScope {
    return {
      element,
      counters: this.#counters,
      known: this.#input.known,
      quotes: this.#quotes,
      textOf: (id) => {
        const target = this.#ids.get(id)
        return target ? elementText(target).replace(/\s+/g, ' ').trim() : null
      },
      pageCounters: null,
      string: () => '',
    }
  }

  #content(style: ComputedStyle, element: HtmlElement | null): Content {
    return { children: [], inline: new InlineBuilder(), open: [], style, element }
  }

  #close(content: Content, box: Pick<BlockBox, 'id' | 'element' | 'pseudo' | 'style' | 'marker'>): BlockBox {
    const base = { ...box, kind: 'block' as const, anonymous: false }
    if (content.children.length === 0) {
      const inline: InlineContent | null = content.inline.isEmpty && !box.marker ? null : content.inline.finish(this.nextId())
      return { ...base, children: [], inline, ...(inline ? this.#takeFirstLine() : {}) }
    }
    this.#flush(content)
    return { ...base, children: content.children, inline: null }
  }

  /** Ends the inline content gathered so far as an anonymous block (CSS 2.2 section 9.2.1.1). */
  #flush(content: Content): void {
    for (const box of [...content.open].reverse()) content.inline.suspend(box)
    if (!content.inline.isEmpty) {
      const style = this.styles.anonymous(content.style, 'block')
      const id = this.nextId()
      content.children.push({
        kind: 'block',
        id,
        element: content.element,
        anonymous: true,
        pseudo: null,
        style,
        children: [],
        inline: content.inline.finish(this.nextId()),
        marker: null,
        ...this.#takeFirstLine(),
      })
    }
    content.inline = new InlineBuilder()
    for (const box of content.open) content.inline.reopen(box)
  }

  #addBlock(content: Content, box: Box): void {
    this.#flush(content)
    content.children.push(box)
  }

  /** Floats and positioned boxes stand where they are met, between blocks or in the text. */
  #addAside(content: Content, box: Box): void {
    if (content.inline.isEmpty) content.children.push(box)
    else if (isOutOfFlow(box.style)) content.inline.addPositioned(box)
    else content.inline.addFloat(box)
  }

  #nodes(nodes: readonly HtmlNode[], content: Content, parent: HtmlElement, style: ComputedStyle): void {
    let parts: HtmlElement[] = []
    const wrap = () => {
      if (parts.length > 0) this.#addBlock(content, generateTable(this, parent, this.styles.anonymous(style, 'table'), parts))
      parts = []
    }
    for (const node of nodes) {
      if (node.kind === 'text') {
        if (parts.length > 0 && /^\s*$/.test(node.data)) continue
        wrap()
        this.#addText(content, node.data, { style, element: parent, generated: false })
      } else if (tableParts.has(this.styles.of(node).display)) parts.push(node)
      else {
        wrap()
        this.#element(node, content)
      }
    }
    wrap()
  }

  #element(element: HtmlElement, content: Content): void {
    if (unprinted.has(element.name) && element.namespace === 'html') return
    const style = this.styles.of(element)
    if (style.display === 'none') return
    if (style.display === 'contents') {
      this.enter(element, style)
      this.#pseudo(element, 'before', content)
      this.#nodes(element.children, content, element, style)
      this.#pseudo(element, 'after', content)
      this.leave()
    } else if (style.float === 'footnote') this.#footnote(element, style, content)
    else if (element.name === 'br' && element.namespace === 'html') content.inline.addBreak({ style, element, generated: true })
    else if (element.name === 'wbr') content.inline.addText('\u200B', { style, element, generated: true })
    else this.#box(element, style, content)
  }

  #box(element: HtmlElement, style: ComputedStyle, content: Content): void {
    if (this.#pending.firstLine && !leavesFlow(style) && blockLevel.has(style.display)) this.#flush(content)
    const make = () => this.#replaced(element, style) ?? this.#principalBox(element, style)
    const sameFlow = style.display === 'inline' || (blockLevel.has(style.display) && !leavesFlow(style))
    const box = sameFlow ? make() : this.#apart(make)
    if (box && leavesFlow(style)) {
      this.#addAside(content, box)
      return
    }
    if (!box) this.#inlineElement(element, style, content)
    else if (blockLevel.has(style.display)) this.#addBlock(content, box)
    else content.inline.addAtomic(box)
  }

  /** The box of a block-level or atomic inline element; null for inline boxes, whose content joins their parent's. */
  #principalBox(element: HtmlElement, style: ComputedStyle): Box | null {
    switch (style.display) {
      case 'inline':
        return null
      case 'flex':
      case 'inline-flex':
        return this.#flex(element, style)
      case 'table':
      case 'inline-table':
        return generateTable(this, element, style, null)
      default:
        return this.block(element, style)
    }
  }

  #replaced(element: HtmlElement, style: ComputedStyle): Box | null {
    let url: string | undefined
    if (element.name === 'img') url = element.attributes.get('src')
    else if (element.name === 'svg' && element.namespace === 'svg') url = `data:image/svg+xml,${encodeURIComponent(serialiseSvg(element))}`
    if (url === undefined) return null
    const image = this.#input.images(url)
    if (!image) return null
    this.enter(element, style)
    this.leave()
    return { kind: 'replaced', id: this.nextId(), element, anonymous: false, pseudo: null, style, image }
  }

  #inlineElement(element: HtmlElement, style: ComputedStyle, content: Content): void {
    this.enter(element, style)
    const box: InlineBox = { id: this.nextId(), element, pseudo: null, style }
    content.inline.open(box)
    content.open.push(box)
    if (element.name === 'img') content.inline.addText(element.attributes.get('alt') ?? '', { style, element, generated: false })
    this.#pseudo(element, 'before', content)
    this.#nodes(element.children, content, element, style)
    this.#pseudo(element, 'after', content)
    content.open.pop()
    content.inline.close(box)
    this.leave()
  }

  /** CSS GCPM 3 section 2: the call stays in the text, the note goes to the footnote area. */
  #footnote(element: HtmlElement, style: ComputedStyle, content: Content): void {
    this.#counters.enter({ ...style, counterReset: [] })
    this.#pseudo(element, 'footnote-call', content)
    this.#counters.leave()
    const display = style.display === 'inline' ? 'block' : style.display
    const note = this.#apart(() => this.block(element, { ...style, display, counterIncrement: [] }))
    content.inline.addFootnote({ ...note, style })
  }

  #flex(element: HtmlElement, style: ComputedStyle): FlexBox {
    this.enter(element, style)
    const id = this.nextId()
    const items: Box[] = []
    const outOfFlow: Box[] = []
    let run: HtmlNode[] = []
    const endRun = () => {
      if (run.some((node) => node.kind === 'element' || /\S/.test(node.data))) items.push(this.anonymousBlock(run, element, 'block'))
      run = []
    }
    for (const node of element.children) {
      if (node.kind === 'text') {
        run.push(node)
        continue
      }
      const own = this.styles.of(node)
      if (own.display === 'none' || unprinted.has(node.name)) continue
      endRun()
      const box = this.#replaced(node, own) ?? this.#principalBox(node, own) ?? this.block(node, own)
      if (isOutOfFlow(own)) outOfFlow.push(box)
      else items.push(box)
    }
    endRun()
    this.#flexPseudo(element, 'before', { items, outOfFlow })
    this.#flexPseudo(element, 'after', { items, outOfFlow })
    this.leave()
    const children = items.map((box, index) => ({ box, index })).sort((a, b) => a.box.style.order - b.box.style.order || a.index - b.index)
    return { kind: 'flex', id, element, anonymous: false, pseudo: null, style, children: children.map((item) => item.box), outOfFlow }
  }

  #flexPseudo(element: HtmlElement, pseudo: 'before' | 'after', { items, outOfFlow }: { items: Box[]; outOfFlow: Box[] }): void {
    const style = this.styles.pseudo(element, pseudo)
    if (!style || style.display === 'none') return
    const content = this.#content(style, element)
    this.#counters.enter(style)
    this.#addParts(this.#parts(element, style), content, { style, element, generated: true })
    this.#counters.leave()
    const box = this.#close(content, { id: this.nextId(), element, pseudo, style, marker: null })
    if (isOutOfFlow(style)) outOfFlow.push(box)
    else if (pseudo === 'before') items.unshift(box)
    else items.push(box)
  }

  #parts(element: HtmlElement, style: ComputedStyle): readonly ContentPart[] {
    if (typeof style.content === 'string') return []
    this.#quotes.pairs = quotePairs(style)
    if (style.content.some((item) => item.kind === 'target-counter' || (item.kind === 'counter' && item.name === 'pages')))
      this.#usesPageNumbers = true
    return evaluateContent(style.content, this.#scope(element))
  }

  #pseudo(element: HtmlElement, pseudo: PseudoElement, content: Content): void {
    const style = this.styles.pseudo(element, pseudo)
    if (!style || style.display === 'none' || style.content === 'none') return
    this.#counters.enter(style)
    const parts = this.#parts(element, style)
    this.#counters.leave()
    if (style.display !== 'inline') {
      const inner = this.#content(style, element)
      this.#addParts(parts, inner, { style, element, generated: true })
      const box = this.#close(inner, { id: this.nextId(), element, pseudo, style, marker: null })
      if (leavesFlow(style)) this.#addAside(content, box)
      else if (blockLevel.has(style.display) || tableParts.has(style.display)) this.#addBlock(content, box)
      else content.inline.addAtomic(box)
      return
    }
    if (parts.length === 0) return
    const box: InlineBox = { id: this.nextId(), element, pseudo, style }
    content.inline.open(box)
    this.#addParts(parts, content, { style, element, generated: true })
    content.inline.close(box)
  }

  #addParts(
    parts: readonly ContentPart[],
    content: Content,
    source: { style: ComputedStyle; element: HtmlElement | null; generated: boolean },
  ): void {
    for (const part of parts) {
      if (part.kind === 'text') this.#addText(content, part.text, source)
      else if (part.kind === 'leader') content.inline.addLeader(part.pattern, source.style, source.element)
      else {
        const image = this.#input.images(part.url)
        if (image)
          content.inline.addAtomic({
            kind: 'replaced',
            id: this.nextId(),
            element: source.element,
            anonymous: true,
            pseudo: null,
            style: this.styles.anonymous(source.style, 'inline'),
            image,
          })
      }
    }
  }

  /** Outside markers are handed back, inside ones go first into the content (CSS Lists 3 section 3). */
  #marker(element: HtmlElement, style: ComputedStyle, content: Content): InlineContent | null {
    const own = this.styles.pseudo(element, 'marker') ?? this.styles.anonymous(style, 'inline')
    const text = this.#markerParts(element, style, own)
    if (text.length === 0) return null
    const source = { style: own, element, generated: true }
    if (style.listStylePosition === 'inside') {
      this.#addParts(text, content, source)
      return null
    }
    const holder = this.#content(own, element)
    this.#addParts(text, holder, source)
    return holder.inline.finish(this.nextId())
  }

  #markerParts(element: HtmlElement, style: ComputedStyle, marker: ComputedStyle): readonly ContentPart[] {
    if (typeof marker.content !== 'string') return this.#parts(element, marker)
    if (style.listStyleImage !== null && this.#input.images(style.listStyleImage))
      return [
        { kind: 'image', url: style.listStyleImage },
        { kind: 'text', text: '\u00A0' },
      ]
    const type = style.listStyleType
    const text = typeof type === 'string' ? markerText(this.#counters.value('list-item'), type) : type.text
    return text === '' ? [] : [{ kind: 'text', text: text.replace(/ $/, '\u00A0') }]
  }
}
