/**
 * Box generation (CSS Display 3; CSS 2.2 section 9.2): the styled HTML tree → the box tree, with anonymous boxes, generated
 * content, markers and counters. In: the document with its styles and images, and what is known of page numbers.
 * Out: the root box, and what each element sets (named strings, bookmarks, counters at its place).
 */
import type { ComputedStyle, ContentItem, Styles } from '../css/computed-style.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { HtmlDocument, HtmlElement, HtmlNode } from '../html/dom.js'
import type { BlockBox, Box, InlineBox, InlineContent } from './box.js'
import { ContentState, type CounterMark, type ElementBookmark, firstLetter } from './content-state.js'
import { CounterStyles } from './counter-style.js'
import type { CounterScopes } from './counters.js'
import { createFirstLineStyles } from './first-line.js'
import { isFloat } from './floats.js'
import { generateItemContainer } from './generate-items.js'
import { generateTable } from './generate-table.js'
import type { ContentPart, ContentScope, KnownTargets, PageScope } from './generated-content.js'
import { generatedImage } from './generated-images.js'
import { GeneratedNodes, type Origin } from './generated-nodes.js'
import type { ImageLoader } from './image.js'
import { InlineBuilder, type TextSource } from './inline-builder.js'
import { keepSpaces, markerContent } from './marker-content.js'
import { nativePicture } from './native-content.js'
import { isOutOfFlow, isRunning, leavesFlow } from './positioned.js'
import { svgImage } from './svg-element.js'

export interface BoxTree {
  readonly root: BlockBox
  readonly strings: ReadonlyMap<HtmlElement, readonly { readonly name: string; readonly value: string }[]>
  readonly bookmarks: ReadonlyMap<HtmlElement, ElementBookmark>
  /** Counters at each id, for target-counter(). */
  readonly counters: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>
  /** What elements do to counters that pages may show. */
  readonly counterMarks: ReadonlyMap<HtmlElement, CounterMark>
  /** Elements that make no fragment of their own, by the one that they stand in. */
  readonly carried: ReadonlyMap<HtmlElement, readonly HtmlElement[]>
  readonly running: ReadonlyMap<HtmlElement, RunningElement>
  /** For what pages' margins say of elements. */
  readonly target: ContentScope['target']
  readonly textOf: ContentScope['textOf']
  /** True where some content depends on page numbers. */
  readonly usesPageNumbers: boolean
  /** Elements whose content says the number of their own page. */
  readonly pageReaders: ReadonlySet<HtmlElement>
}

/** An element with `position: running()`: its box is made for each page that shows it. */
export interface RunningElement {
  readonly name: string
  readonly box: (page: PageScope) => Box
}

export interface GenerationInput {
  readonly html: HtmlDocument
  readonly styles: Styles
  readonly images: ImageLoader
  readonly known: KnownTargets
  /** Told once of each thing, though the boxes are made anew in each round. */
  readonly report: Report
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
/** Punctuation that stands in an inline box of its own before the letter's. */
const onlyPunctuation = /^(\s*)([\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}]+)$/u
/** Below all ids of first lines' styles. */
const FIRST_LETTER_IDS = -1_000_000
const unprinted = new Set(['script', 'style', 'head', 'template', 'title', 'meta', 'link'])

function rootOf(html: HtmlDocument): HtmlElement {
  const root = html.children.find((node): node is HtmlElement => node.kind === 'element')
  if (!root) throw new RangeError('the HTML document has no root element')
  return root
}

const emptyBox = (element: HtmlElement, style: ComputedStyle, id: number): BlockBox => ({
  kind: 'block',
  id,
  element,
  anonymous: false,
  pseudo: null,
  style,
  children: [],
  inline: null,
  marker: null,
})

/** Where the boxes of a running element go on from. */
interface MarginStart {
  readonly state: ContentState
  readonly ids: { next: number }
  readonly tree: GeneratedNodes
  readonly counterStyles: CounterStyles
}

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
  readonly #tree: GeneratedNodes
  readonly #counterStyles: CounterStyles
  readonly #state: ContentState
  readonly #counters: CounterScopes
  readonly #running = new Map<HtmlElement, RunningElement>()
  readonly #carried = new Map<HtmlElement, readonly HtmlElement[]>()
  readonly #ids: { next: number }
  /** ::first-line and ::first-letter styles that wait for the first line of text. */
  readonly #pending: { firstLine: ComputedStyle | null; firstLetter: { style: ComputedStyle; element: HtmlElement } | null } = {
    firstLine: null,
    firstLetter: null,
  }
  readonly #letterStyles = createFirstLineStyles(FIRST_LETTER_IDS)
  /** Set where the boxes are for a page's margin, of which notes and further running elements cannot be part. */
  readonly #inMargin: boolean

  constructor(input: GenerationInput, from?: MarginStart) {
    this.#input = input
    this.#tree = from?.tree ?? new GeneratedNodes(input.styles)
    this.styles = this.#tree.styles
    this.#counterStyles = from?.counterStyles ?? new CounterStyles(input.styles.counterStyles)
    const shared = { styles: this.styles, tree: this.#tree, counterStyles: this.#counterStyles }
    this.#state = from?.state ?? new ContentState({ ...input, ...shared, root: rootOf(input.html) })
    this.#counters = this.#state.counters
    this.#ids = from?.ids ?? { next: 1 }
    this.#inMargin = from !== undefined
  }

  run(): BoxTree {
    const root = rootOf(this.#input.html)
    const state = this.#state
    return {
      root: this.block(root, this.styles.of(root)),
      strings: state.strings,
      bookmarks: state.bookmarks,
      counters: state.snapshots,
      counterMarks: state.counterMarks,
      carried: this.#carried,
      running: this.#running,
      target: (id) => state.target(id),
      textOf: (element, what) => state.textOf(element, what),
      usesPageNumbers: state.usesPages,
      pageReaders: state.pageReaders,
    }
  }

  /** An element's children, with its pseudo-elements among them. */
  childrenOf(element: HtmlElement): readonly HtmlNode[] {
    return this.#tree.childrenOf(element)
  }

  /** Children of a table part; an element with `display: contents` that holds no text stands for its own. */
  partsOf(element: HtmlElement): readonly HtmlNode[] {
    const children = this.childrenOf(element)
    const spreads = (node: HtmlNode): node is HtmlElement => {
      if (node.kind !== 'element' || this.styles.of(node).display !== 'contents') return false
      const own = this.childrenOf(node)
      return own.some((child) => child.kind === 'element') && own.every((child) => child.kind === 'element' || !/\S/.test(child.data))
    }
    return children.some(spreads) ? children.flatMap((node) => (spreads(node) ? this.partsOf(node) : [node])) : children
  }

  /** The display of an element as a table has to see it: replaced elements are no table parts (CSS Tables 3 section 2). */
  partDisplay(element: HtmlElement): ComputedStyle['display'] {
    const { display } = this.styles.of(element)
    return tableParts.has(display) && (element.name === 'img' || element.name === 'svg') ? 'inline' : display
  }

  /** Whether a node stands for what `content` says, with no box of its own. */
  isGeneratedContent(node: HtmlElement): boolean {
    return this.#tree.generatedContent(node) !== null
  }

  /** Whose pseudo-element a node is, or the element itself. */
  originOf(node: HtmlElement): Origin {
    return this.#tree.originOf(node)
  }

  /** Whether an element makes boxes, itself or by its children. */
  isShown({ name, namespace }: HtmlElement, style: ComputedStyle): boolean {
    return style.display !== 'none' && !(namespace === 'html' && unprinted.has(name))
  }

  nextId(): number {
    return this.#ids.next++
  }

  /** A block container for an element: its markers, generated content and children. */
  block(element: HtmlElement, style: ComputedStyle): BlockBox {
    this.enter(element, style)
    const id = this.nextId()
    const content = this.#content(style, element)
    const first = this.#awaitFirst(element)
    const marker = style.display === 'list-item' ? this.#marker(element, style, content) : null
    const children = this.childrenOf(element)
    const legend = element.name === 'fieldset' ? this.#legendOf(children) : null
    const top = legend ? this.block(legend, this.styles.of(legend)) : null
    this.#alternative(element, style, content)
    this.#nodes(legend ? children.filter((node) => node !== legend) : children, content, element, style)
    this.leave()
    const box = this.#close(content, { id, ...this.#tree.originOf(element), style, marker })
    first.end()
    return top ? { ...box, legend: top } : box
  }

  /** The rendered legend: the first that is in the flow (HTML, section 15.3.13). */
  #legendOf(children: readonly HtmlNode[]): HtmlElement | null {
    const legends = children.filter((node): node is HtmlElement => node.kind === 'element' && node.name === 'legend')
    return legends.find((legend) => this.styles.of(legend).display !== 'none' && !leavesFlow(this.styles.of(legend))) ?? null
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
    const first = this.#awaitedLetter(source)
    const whole = first ? firstLetter.exec(data) : null
    const before = first && !whole && this.#isBeforeLetter(first, data) ? onlyPunctuation.exec(data) : null
    const match = whole ?? before
    if (!first || !match) {
      content.inline.addText(data, source)
      return
    }
    if (whole) this.#pending.firstLetter = null
    this.#addLetter(content, match, { first, source })
    content.inline.addText(data.slice(match[0].length), source)
  }

  /** The letter's style inherits from the inline box that it stands in (CSS Pseudo-Elements 4, section 2.2.1). */
  #awaitedLetter({ style }: TextSource): { style: ComputedStyle; element: HtmlElement } | null {
    const first = this.#pending.firstLetter
    const block = first && this.styles.of(first.element)
    return first && block && block !== style ? { ...first, style: this.#letterStyles(first.style, block, style) } : first
  }

  #isBeforeLetter({ style, element }: { style: ComputedStyle; element: HtmlElement }, data: string): boolean {
    return !isFloat(style) && onlyPunctuation.test(data) && firstLetter.test(this.#state.textOf(element, 'text'))
  }

  #addLetter(
    content: Content,
    match: RegExpExecArray,
    { first, source }: { first: { style: ComputedStyle; element: HtmlElement }; source: TextSource },
  ): void {
    const [, space = '', letter = ''] = match
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
      return
    }
    const box: InlineBox = { id: this.nextId(), element: source.element ?? first.element, pseudo: 'first-letter', style: first.style }
    content.inline.addText(space, source)
    content.inline.open(box)
    content.inline.addText(letter, { ...source, style: first.style })
    content.inline.close(box)
  }

  /** A block container that no element makes, around some of an element's children. */
  anonymousBlock(nodes: readonly HtmlNode[], parent: HtmlElement, display: ComputedStyle['display']): BlockBox {
    const style = this.styles.anonymous(this.styles.of(parent), display)
    const id = this.nextId()
    const content = this.#content(style, parent)
    this.#nodes(nodes, content, parent, this.styles.of(parent))
    return { ...this.#close(content, { id, element: parent, pseudo: null, style, marker: null }), anonymous: true }
  }

  /** What an element does wherever it stands. Pairs with leave(). */
  enter(element: HtmlElement, style: ComputedStyle): void {
    this.#state.enter(element, style)
  }

  leave(): void {
    this.#state.leave()
  }

  #content(style: ComputedStyle, element: HtmlElement | null): Content {
    return { children: [], inline: new InlineBuilder(), open: [], style, element }
  }

  #close(content: Content, box: Pick<BlockBox, 'id' | 'element' | 'pseudo' | 'style' | 'marker'>): BlockBox {
    const base = { ...box, kind: 'block' as const, anonymous: false }
    if (content.inline.isEmpty) this.#carry(content)
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
    if (content.inline.isEmpty) this.#carry(content)
    else {
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

  /** Inline elements without anything in them make no fragment; what they set counts all the same. */
  #carry({ inline, element }: Content): void {
    const elements = inline.openedElements
    if (element && elements.length > 0) this.#carried.set(element, [...(this.#carried.get(element) ?? []), ...elements])
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

  /** Stray table parts are wrapped in a table; white space between two of them goes, but not that before what follows. */
  #nodes(nodes: readonly HtmlNode[], content: Content, parent: HtmlElement, style: ComputedStyle): void {
    let parts: HtmlElement[] = []
    let space = ''
    const wrap = () => {
      if (parts.length > 0) this.#addTable(parts, content, parent, style)
      if (space !== '') this.#addText(content, space, { style, element: parent, generated: false })
      parts = []
      space = ''
    }
    for (const node of nodes) {
      if (node.kind === 'text') {
        if (parts.length > 0 && /^\s*$/.test(node.data)) space += node.data
        else {
          wrap()
          this.#addText(content, node.data, { style, element: parent, generated: false })
        }
      } else if (tableParts.has(this.partDisplay(node))) {
        parts.push(node)
        space = ''
      } else {
        wrap()
        this.#element(node, content)
      }
    }
    wrap()
  }

  /** Table parts without a table: in running text the table around them stands in the line (CSS 2.2 section 17.2.1). */
  #addTable(parts: readonly HtmlElement[], content: Content, element: HtmlElement, style: ComputedStyle): void {
    const inLine = style.display === 'inline'
    const box = generateTable(this, { element, style: this.styles.anonymous(style, inLine ? 'inline-table' : 'table'), parts })
    if (inLine) content.inline.addAtomic(box)
    else this.#addBlock(content, box)
  }

  #element(element: HtmlElement, content: Content): void {
    const generated = this.#tree.generatedContent(element)
    if (generated) {
      const { style } = generated
      this.#addParts(this.#parts(generated.element, style), content, { style, element: generated.element, generated: true })
      return
    }
    const style = this.styles.of(element)
    if (!this.isShown(element, style)) return
    if (style.display === 'contents') {
      this.enter(element, style)
      this.#nodes(this.childrenOf(element), content, element, style)
      this.leave()
    } else if (style.float === 'footnote' && !this.#inMargin) this.#footnote(element, style, content)
    else if (isRunning(style) && !this.#inMargin) this.#addAside(content, this.#runningPlace(element, style))
    else if (element.name === 'br' && element.namespace === 'html') this.#break(element, style, content)
    else if (element.name === 'wbr') content.inline.addText('\u200B', { style, element, generated: true })
    else this.#box(element, style, content)
  }

  /** A line break; one that clears floats ends the lines so far. */
  #break(element: HtmlElement, style: ComputedStyle, content: Content): void {
    content.inline.addBreak({ style, element, generated: true })
    if (style.clear === 'none') return
    const cleared = { ...this.styles.anonymous(style, 'block'), clear: style.clear }
    const box = { kind: 'block', id: this.nextId(), element, anonymous: true, pseudo: null } as const
    this.#addBlock(content, { ...box, style: cleared, children: [], inline: null, marker: null })
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
      case 'inline-list-item':
        return null
      case 'flex':
      case 'inline-flex':
        return generateItemContainer(this, 'flex', { element, style })
      case 'grid':
      case 'inline-grid':
        return generateItemContainer(this, 'grid', { element, style })
      case 'table':
      case 'inline-table':
        return generateTable(this, { element, style, parts: null })
      default:
        return this.block(element, style)
    }
  }

  /** A picture in an element's place: its own, or the one that `content` names (CSS Content 3, section 2). */
  #replaced(element: HtmlElement, style: ComputedStyle): Box | null {
    const named = typeof style.content === 'object' && style.content.length === 1 && this.#tree.originOf(element).pseudo === null
    const [item] = named ? (style.content as readonly ContentItem[]) : []
    const replacement = item?.kind === 'image' && item.image.kind === 'url' ? { url: item.image.url, alt: item.alt || null } : null
    const picture = replacement ?? nativePicture(element)
    const image = picture
      ? this.#input.images(picture.url)
      : element.namespace === 'svg' && element.name === 'svg'
        ? svgImage(element)
        : null
    if (!image) return null
    this.enter(element, style)
    this.leave()
    const alt = picture?.alt ?? null
    const described = alt === null ? element : { ...element, attributes: new Map([...element.attributes, ['alt', alt]]) }
    return { kind: 'replaced', id: this.nextId(), element: described, anonymous: false, pseudo: null, style, image }
  }

  #inlineElement(element: HtmlElement, style: ComputedStyle, content: Content): void {
    this.enter(element, style)
    const box: InlineBox = { id: this.nextId(), ...this.#tree.originOf(element), style }
    content.inline.open(box)
    content.open.push(box)
    if (style.display === 'inline-list-item') this.#marker(element, { ...style, listStylePosition: 'inside' }, content)
    this.#alternative(element, style, content)
    this.#nodes(this.childrenOf(element), content, element, style)
    content.open.pop()
    content.inline.close(box)
    this.leave()
  }

  /** In place of a picture that cannot be had (HTML, section 15.4.2). */
  #alternative(element: HtmlElement, style: ComputedStyle, content: Content): void {
    const text = element.name === 'img' ? element.attributes.get('alt') : undefined
    if (text) content.inline.addText(text, { style, element, generated: false })
  }

  /** CSS GCPM 3, section 1.2: only its place stays; what it holds counts here, and is made for the margins of pages. */
  #runningPlace(element: HtmlElement, style: ComputedStyle): Box {
    const name = typeof style.position === 'object' ? style.position.running : ''
    const state = this.#state.keep()
    const input = this.#input
    const start = { ids: this.#ids, tree: this.#tree, counterStyles: this.#counterStyles }
    const still: ComputedStyle = { ...style, position: 'static' }
    let made: Box | null = null
    this.#running.set(element, {
      name,
      box(page) {
        if (made) return made
        const own = state(page)
        const box = new BoxGenerator(input, { ...start, state: own }).standing(element, still)
        if (!own.usesPages) made = box
        return box
      },
    })
    new BoxGenerator(input, { ...start, state: this.#state }).standing(element, still)
    return emptyBox(element, style, this.nextId())
  }

  /** The box of an element that is laid out by itself. */
  standing(element: HtmlElement, style: ComputedStyle): Box {
    return this.#replaced(element, style) ?? this.#principalBox(element, style) ?? this.block(element, style)
  }

  /** CSS GCPM 3 section 2: the call stays in the text, the note goes to the footnote area. */
  #footnote(element: HtmlElement, style: ComputedStyle, content: Content): void {
    this.#counters.enter({ ...style, display: 'block', counterReset: [] })
    this.#state.numberNote(element)
    const call = this.#tree.pseudoNode(element, 'footnote-call')
    if (call) this.#element(call, content)
    this.#counters.leave()
    const display = style.display === 'inline' ? 'block' : style.display
    const note = this.#apart(() => this.block(element, { ...style, display, counterIncrement: [] }))
    content.inline.addFootnote({ ...note, style })
  }

  /** A box for an element that must make one: a flex or grid item. */
  principal(element: HtmlElement, style: ComputedStyle): Box {
    return isRunning(style) && !this.#inMargin ? this.#runningPlace(element, style) : this.standing(element, style)
  }

  #parts(element: HtmlElement, style: ComputedStyle): readonly ContentPart[] {
    return this.#state.parts(element, style, this.#inMargin)
  }

  #addParts(
    parts: readonly ContentPart[],
    content: Content,
    source: { style: ComputedStyle; element: HtmlElement | null; generated: boolean },
  ): void {
    for (const part of parts) {
      if (part.kind === 'text') this.#addText(content, part.text, source)
      else if (part.kind === 'leader') content.inline.addLeader(part.pattern, source.style, source.element)
      else if (part.kind === 'element')
        this.#input.report({
          severity: 'warning',
          code: 'css-element-outside-margin',
          message: `element(${part.name}) shows running elements in the margins of pages alone; here it makes nothing`,
        })
      else {
        const { images } = this.#input
        const box = generatedImage({ ...part, ...source, id: this.nextId(), styles: this.styles, images })
        if (box) content.inline.addAtomic(box)
        else if (part.alt !== '') this.#addText(content, part.alt, source)
      }
    }
  }

  #markerContent(style: ComputedStyle): readonly ContentPart[] {
    const hasImage = (url: string): boolean => this.#input.images(url) !== null
    return markerContent({ style, value: this.#counters.value('list-item'), counterStyles: this.#counterStyles, hasImage })
  }

  /** Outside markers are handed back, inside ones go first into the content (CSS Lists 3 section 3). */
  #marker(element: HtmlElement, style: ComputedStyle, content: Content): InlineContent | null {
    const own = this.styles.pseudo(element, 'marker') ?? this.styles.anonymous(style, 'inline')
    const origin = this.#tree.originOf(element)
    const parts = typeof own.content === 'string' ? this.#markerContent(style) : this.#parts(origin.element, own)
    if (parts.length === 0) return null
    const inLine = style.listStylePosition === 'inside'
    // Where lines run to the left, a marker's neutral characters would change places with what follows: there it is a box of its own.
    const holder = inLine && style.direction === 'ltr' ? content : this.#content(own, origin.element)
    const { firstLetter: waiting } = this.#pending
    this.#pending.firstLetter = null
    const box: InlineBox = { id: this.nextId(), element: origin.element, pseudo: 'marker', style: this.styles.anonymous(own, 'inline') }
    holder.inline.open(box)
    this.#addParts(keepSpaces(parts), holder, { style: own, element: origin.element, generated: true })
    holder.inline.close(box)
    this.#pending.firstLetter = waiting
    if (holder === content) return null
    const inline = holder.inline.finish(this.nextId())
    if (!inLine) return inline
    const atomic = { kind: 'block', id: this.nextId(), element: origin.element, anonymous: true, pseudo: 'marker' } as const
    content.inline.addAtomic({ ...atomic, style: this.styles.anonymous(own, 'inline-block'), children: [], inline, marker: null })
    return null
  }
}
