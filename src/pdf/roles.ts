/**
 * HTML elements → structure elements (ISO 32000-1, section 14.8.4; PDF/UA-1, section 7). In: the elements that painting
 * meets. Out: one StructureNode per element that has one, made when its first content comes, under its nearest ancestor
 * that has one; whatever the page breaks did, an element is one node.
 */
import type { Report } from '../diagnostics/diagnostic.js'
import type { HtmlDocument, HtmlElement, HtmlNode } from '../html/dom.js'
import { textContent } from '../html/walk.js'
import type { Locate } from './content-rules.js'
import { StructureNode, type StructureProperties } from './structure.js'
import { textString } from './syntax.js'
import { type CellHeaders, headerScope, spanOf, tableHeaders } from './table-headers.js'

const DIRECT: Record<string, string> = {
  section: 'Sect',
  nav: 'Sect',
  article: 'Art',
  aside: 'Aside',
  p: 'P',
  pre: 'P',
  figure: 'Div',
  blockquote: 'BlockQuote',
  q: 'Quote',
  code: 'Code',
  table: 'Table',
  thead: 'THead',
  tbody: 'TBody',
  tfoot: 'TFoot',
  tr: 'TR',
  th: 'TH',
  td: 'TD',
  caption: 'Caption',
  figcaption: 'Caption',
}
/** Without a structure type of their own; text that stands in them directly becomes a paragraph. */
const CONTAINERS = new Set(
  'body html div main header footer address hgroup details summary fieldset form search center dl section nav article aside figure blockquote legend dialog option optgroup marquee td th caption'.split(
    ' ',
  ),
)
const LISTS = new Set(['ul', 'ol', 'menu', 'dir'])
const TABLE_PARTS = new Set(['caption', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th'])
/** Types that hold blocks: text in them wants a paragraph around it. */
const GROUPING = new Set(['Document', 'Sect', 'Art', 'Aside', 'Div', 'BlockQuote'])

export interface Tagger {
  readonly root: StructureNode
  /** The node that text of the element belongs to. */
  contentNode(element: HtmlElement): StructureNode
  /** The element's own node, made if need be; null where it has none. */
  ownNode(element: HtmlElement): StructureNode | null
  /** The label of a list item or note. */
  labelNode(element: HtmlElement): StructureNode
  /** The call of a note, in the text around the note's element. */
  callNode(note: HtmlElement): StructureNode
  /** Figure for a picture; null where it is decoration, which is an artifact. */
  figureNode(element: HtmlElement): StructureNode | null
  /** The nearest `a` with an address that leads somewhere. */
  linkOf(element: HtmlElement): HtmlElement | null
  /** Whether an element is a note. */
  isNote(element: HtmlElement): boolean
  /** Says that an element is a note: `float: footnote`. */
  addNote(element: HtmlElement): void
}

export interface TaggerInput {
  readonly html: HtmlDocument
  readonly language: string
  /** PDF 2.0, whose namespace has more types. */
  readonly modern: boolean
  readonly report: Report
  readonly locate: Locate
  /** True where a link's address can be written into the file. */
  readonly leadsSomewhere: (href: string) => boolean
}

/** The characters in an element, white space collapsed. */
export function collapsedText(node: HtmlNode): string {
  return textContent(node).replace(/\s+/g, ' ').trim()
}

export function createTagger(input: TaggerInput): Tagger {
  return new ElementTagger(input)
}

const parentElement = (element: HtmlElement): HtmlElement | null => (element.parent?.kind === 'element' ? element.parent : null)

class ElementTagger implements Tagger {
  readonly root: StructureNode
  private readonly input: TaggerInput
  private readonly own = new Map<HtmlElement, StructureNode | null>()
  private readonly content = new Map<HtmlElement, StructureNode>()
  private readonly bodies = new Map<HtmlElement, StructureNode>()
  private readonly labels = new Map<HtmlElement, StructureNode>()
  private readonly calls = new Map<HtmlElement, StructureNode>()
  private readonly figures = new Map<HtmlElement, StructureNode | null>()
  private readonly items = new Map<HtmlElement, StructureNode>()
  private readonly tables = new Map<HtmlElement, ReadonlyMap<HtmlElement, CellHeaders>>()
  private readonly links = new Map<HtmlElement, HtmlElement | null>()
  private readonly notes = new Set<HtmlElement>()
  private readonly orders = new Map<HtmlElement, number>()
  private readonly languages = new Map<HtmlElement, string>()
  private readonly nodeLanguages = new Map<StructureNode, string>()

  constructor(input: TaggerInput) {
    this.input = input
    this.root = new StructureNode('Document', null, { order: 0 })
    this.nodeLanguages.set(this.root, input.language)
    this.numberElements(input.html.children)
  }

  /** Iterative, so that deep trees do not overflow the stack. Steps of 4 leave room for what an element makes beside its own. */
  private numberElements(top: readonly HtmlNode[]): void {
    const stack: HtmlNode[] = [...top].reverse()
    let order = 0
    while (stack.length > 0) {
      const node = stack.pop()
      if (node?.kind !== 'element') continue
      order += 4
      this.orders.set(node, order)
      for (let i = node.children.length - 1; i >= 0; i--) {
        const child = node.children[i]
        if (child) stack.push(child)
      }
    }
  }

  addNote(element: HtmlElement): void {
    if (!this.own.has(element)) this.notes.add(element)
  }

  ownNode(element: HtmlElement): StructureNode | null {
    const known = this.own.get(element)
    if (known !== undefined) return known
    const node = this.makeOwn(element)
    this.own.set(element, node)
    return node
  }

  /** Where children of the element hang: its own node, the body of a list item, or what its parent offers. */
  private containerNode(element: HtmlElement | null): StructureNode {
    if (!element) return this.root
    if (element.name === 'li' || element.name === 'dd') return this.bodyNode(element)
    return this.ownNode(element) ?? this.containerNode(parentElement(element))
  }

  contentNode(element: HtmlElement): StructureNode {
    const known = this.content.get(element)
    if (known) return known
    const node = this.makeContent(element)
    this.content.set(element, node)
    return node
  }

  private makeContent(element: HtmlElement): StructureNode {
    const container = this.containerNode(element)
    if (container.type === 'TOCI') {
      const item = itemAround(element)
      return item && item !== element ? this.contentNode(item) : this.wrap(container, 'Reference', element)
    }
    const inner = element.name === 'pre' && !element.children.some(isCode) ? this.wrap(container, 'Code', element) : container
    if (!GROUPING.has(inner.type)) return inner
    const block = this.blockAround(element)
    if (block && block !== element) return this.contentNode(block)
    return this.wrap(inner, 'P', element)
  }

  private blockAround(element: HtmlElement): HtmlElement | null {
    for (let e: HtmlElement | null = element; e; e = parentElement(e)) if (CONTAINERS.has(e.name)) return e
    return null
  }

  private wrap(parent: StructureNode, type: string, element: HtmlElement): StructureNode {
    return this.add(parent, type, element, { order: this.orderOf(element) + 1 })
  }

  private add(parent: StructureNode, type: string, element: HtmlElement, properties: StructureProperties): StructureNode {
    const language = this.languageOf(element)
    const differs = language !== '' && language !== this.nodeLanguages.get(parent)
    const node = new StructureNode(type, parent, differs ? { ...properties, language } : properties)
    this.nodeLanguages.set(node, differs ? language : (this.nodeLanguages.get(parent) ?? ''))
    return node
  }

  private orderOf(element: HtmlElement): number {
    return this.orders.get(element) ?? Number.MAX_SAFE_INTEGER
  }

  private languageOf(element: HtmlElement): string {
    const known = this.languages.get(element)
    if (known !== undefined) return known
    const parent = parentElement(element)
    const language =
      element.attributes.get('lang') ?? element.attributes.get('xml:lang') ?? (parent ? this.languageOf(parent) : this.input.language)
    this.languages.set(element, language)
    return language
  }

  private makeOwn(element: HtmlElement): StructureNode | null {
    const order = this.orderOf(element)
    const name = element.namespace === 'html' ? element.name : `${element.namespace}:${element.name}`
    if (name === 'html' || name === 'body') return this.root
    const parent = (): StructureNode => this.containerNode(parentElement(element))
    if (this.isNote(element)) return this.add(parent(), 'Note', element, { order, identifier: `note-${order}` })
    const role = element.attributes.get('role')
    if (role === 'presentation' || role === 'none') return null
    if (TABLE_PARTS.has(name) && isLayoutTable(tableAround(element)))
      return name === 'td' || name === 'th' ? this.add(parent(), 'Div', element, { order }) : null
    const spoken = spokenType(role)
    if (spoken) {
      const alternative = element.attributes.get('aria-label') || element.attributes.get('title') || collapsedText(element)
      return this.add(this.inlineParent(element), spoken, element, { order, alternative })
    }
    const heading = headingLevel(element)
    if (heading) return this.add(this.blockParent(element), `H${heading}`, element, { order, headingLevel: heading })
    if (name === 'dl' || LISTS.has(name)) return this.makeList(element, order)
    if (name === 'li') return this.add(parent(), this.isContents(parentElement(element)) ? 'TOCI' : 'LI', element, { order })
    if (name === 'dt') return this.add(this.termItem(element), 'Lbl', element, { order })
    if (name === 'dd') return this.termItem(element)
    if (name === 'a')
      return this.linkOf(element) === element
        ? this.add(this.inlineParent(element), 'Link', element, { order })
        : this.makeSpan(element, order)
    if (name === 'th' || name === 'td')
      return this.add(parent(), DIRECT[name] ?? 'TD', element, { order, ...cellAttributes(element, this.headersOf(element)) })
    if (this.input.modern && (name === 'em' || name === 'strong'))
      return this.add(this.inlineParent(element), name === 'em' ? 'Em' : 'Strong', element, { order })
    if (name === 'q' || name === 'code') return this.add(this.inlineParent(element), DIRECT[name] ?? 'Span', element, { order })
    if (name === 'mathml:math') {
      const alternative = element.attributes.get('alttext') ?? collapsedText(element)
      return this.add(this.inlineParent(element), 'Formula', element, { order, alternative })
    }
    const type = role === 'doc-part' ? 'Part' : element.namespace === 'html' ? DIRECT[name] : undefined
    if (type) return this.add(name === 'p' || name === 'pre' ? this.blockParent(element) : parent(), type, element, { order })
    return this.makeSpan(element, order)
  }

  private headersOf(cell: HtmlElement): CellHeaders | undefined {
    const table = tableAround(cell)
    if (!table) return undefined
    let headers = this.tables.get(table)
    if (!headers) {
      headers = tableHeaders(table)
      this.tables.set(table, headers)
    }
    return headers.get(cell)
  }

  /** A block in a list item of a table of contents hangs into the item, all others into their container. */
  private blockParent(element: HtmlElement): StructureNode {
    return this.containerNode(parentElement(element))
  }

  /** Inline structure elements stand in a paragraph, even where the HTML has none. */
  private inlineParent(element: HtmlElement): StructureNode {
    const parent = parentElement(element)
    return parent ? this.contentNode(parent) : this.root
  }

  private makeSpan(element: HtmlElement, order: number): StructureNode | null {
    if (CONTAINERS.has(element.name) || element.name === 'svg' || element.name === 'img') return null
    const expansion = element.name === 'abbr' ? element.attributes.get('title') : undefined
    const parent = parentElement(element)
    const differs = parent !== null && element.attributes.has('lang') && this.languageOf(element) !== this.languageOf(parent)
    if (!differs && !expansion) return null
    return this.add(this.inlineParent(element), 'Span', element, expansion ? { order, expansion } : { order })
  }

  private makeList(element: HtmlElement, order: number): StructureNode {
    const parent = this.containerNode(parentElement(element))
    if (this.isContents(element)) return this.add(parent, 'TOC', element, { order })
    return this.add(parent, 'L', element, { order, listNumbering: element.name === 'ol' ? orderedNumbering(element) : 'Disc' })
  }

  /** A list in a navigation that is a table of contents, at any depth. */
  private isContents(element: HtmlElement | null): boolean {
    if (!element || !LISTS.has(element.name)) return false
    for (let e: HtmlElement | null = element; e; e = parentElement(e)) {
      if (e.attributes.get('role') === 'doc-toc') return true
      if (e.name === 'nav') return classes(e).includes('contents')
    }
    return false
  }

  isNote(element: HtmlElement): boolean {
    return this.notes.has(element) || element.attributes.get('role') === 'doc-footnote'
  }

  /** dt and dd that belong together share one list item. */
  private termItem(element: HtmlElement): StructureNode {
    const leader = termLeader(element)
    const known = this.items.get(leader)
    if (known) return known
    const item = this.add(this.containerNode(parentElement(element)), 'LI', leader, { order: this.orderOf(leader) })
    this.items.set(leader, item)
    return item
  }

  private bodyNode(item: HtmlElement): StructureNode {
    const known = this.bodies.get(item)
    if (known) return known
    const own = this.ownNode(item) ?? this.containerNode(parentElement(item))
    const body = own.type === 'LI' ? this.add(own, 'LBody', item, { order: this.orderOf(item) + 2 }) : own
    this.bodies.set(item, body)
    return body
  }

  labelNode(element: HtmlElement): StructureNode {
    const known = this.labels.get(element)
    if (known) return known
    const owner = this.ownNode(element) ?? this.containerNode(parentElement(element))
    const order = this.orderOf(element) + 1
    const label =
      owner.type === 'LI' || owner.type === 'TOCI' || owner.type === 'Note'
        ? this.add(owner, 'Lbl', element, { order })
        : this.contentNode(element)
    this.labels.set(element, label)
    return label
  }

  callNode(note: HtmlElement): StructureNode {
    const known = this.calls.get(note)
    if (known) return known
    const call = this.add(this.inlineParent(note), 'Reference', note, { order: this.orderOf(note) - 1 })
    this.calls.set(note, call)
    return call
  }

  linkOf(element: HtmlElement): HtmlElement | null {
    const known = this.links.get(element)
    if (known !== undefined) return known
    const href = element.name === 'a' ? element.attributes.get('href') : undefined
    const parent = parentElement(element)
    const link = href !== undefined && this.input.leadsSomewhere(href) ? element : parent ? this.linkOf(parent) : null
    this.links.set(element, link)
    return link
  }

  figureNode(element: HtmlElement): StructureNode | null {
    const known = this.figures.get(element)
    if (known !== undefined) return known
    const alternative = this.alternativeOf(element)
    const parent = parentElement(element)
    const inFigure = parent?.name === 'figure'
    const node = alternative
      ? this.add(inFigure ? this.containerNode(parent) : this.inlineParent(element), 'Figure', element, {
          order: this.orderOf(element),
          alternative,
        })
      : null
    this.figures.set(element, node)
    return node
  }

  private alternativeOf(element: HtmlElement): string | null {
    const { attributes } = element
    if (attributes.get('aria-hidden') === 'true' || attributes.get('role') === 'presentation' || attributes.get('alt') === '') return null
    const title = element.children.find((child) => child.kind === 'element' && child.name === 'title')
    const own = attributes.get('alt') ?? attributes.get('aria-label') ?? attributes.get('title') ?? (title ? collapsedText(title) : '')
    if (own) return own
    const caption = captionOf(element)
    this.input.report({
      severity: 'warning',
      code: 'missing-alternative-text',
      message: caption
        ? 'A picture has no alternative text; its caption stands in.'
        : 'A picture has no alternative text and is left out of the reading order.',
      ...this.input.locate(element),
      hint: 'Describe the picture in `alt` (or `aria-label` on an svg), or write alt="" if it is decoration.',
    })
    return caption
  }
}

const classes = (element: HtmlElement): readonly string[] => (element.attributes.get('class') ?? '').split(/\s+/)

function headingLevel(element: HtmlElement): number {
  const match = /^h([1-6])$/.exec(element.name)
  return match ? Number(match[1]) : 0
}

function orderedNumbering(element: HtmlElement): NonNullable<StructureProperties['listNumbering']> {
  const types = { a: 'LowerAlpha', A: 'UpperAlpha', i: 'LowerRoman', I: 'UpperRoman' } as const
  const type = element.attributes.get('type')
  return type === 'a' || type === 'A' || type === 'i' || type === 'I' ? types[type] : 'Decimal'
}

/** Elements that are read as one thing whatever they are made of. */
function spokenType(role: string | undefined): 'Formula' | 'Figure' | null {
  return role === 'math' ? 'Formula' : role === 'img' ? 'Figure' : null
}

/** A table that only places things. */
function isLayoutTable(table: HtmlElement | null): boolean {
  const role = table?.attributes.get('role')
  return role === 'presentation' || role === 'none'
}

function tableAround(element: HtmlElement): HtmlElement | null {
  for (let e = parentElement(element); e; e = parentElement(e)) if (e.name === 'table') return e
  return null
}

/** Table 349: which cells a header heads, how many rows and columns a cell spans, and which cells head it. */
function cellAttributes(cell: HtmlElement, headers: CellHeaders | undefined): Pick<StructureProperties, 'attributes' | 'identifier'> {
  let text = ''
  if (cell.name === 'th') text += `/Scope/${headerScope(cell)}`
  const columns = spanOf(cell, 'colspan')
  const rows = spanOf(cell, 'rowspan')
  if (columns > 1) text += `/ColSpan ${columns}`
  if (rows > 1) text += `/RowSpan ${rows}`
  if (headers && headers.headers.length > 0) text += `/Headers[${headers.headers.map(textString).join('')}]`
  return {
    ...(text ? { attributes: `<</O/Table${text}>>` } : {}),
    ...(headers?.identifier ? { identifier: headers.identifier } : {}),
  }
}

/** The first dt of the group that a dt or dd stands in. */
function termLeader(element: HtmlElement): HtmlElement {
  const siblings = (parentElement(element)?.children ?? []).filter((child) => child.kind === 'element')
  let leader = element
  for (let i = siblings.indexOf(element) - 1; i >= 0; i--) {
    const sibling = siblings[i]
    if (!sibling || (leader.name === 'dt' && sibling.name === 'dd')) break
    leader = sibling
  }
  return leader
}

const isCode = (node: HtmlNode): boolean => node.kind === 'element' && node.name === 'code'

function itemAround(element: HtmlElement): HtmlElement | null {
  for (let e: HtmlElement | null = element; e; e = parentElement(e)) if (e.name === 'li') return e
  return null
}

function captionOf(element: HtmlElement): string | null {
  for (let e = parentElement(element); e; e = parentElement(e)) {
    if (e.name !== 'figure') continue
    const caption = e.children.find((child) => child.kind === 'element' && child.name === 'figcaption')
    return caption ? collapsedText(caption) || null : null
  }
  return null
}
