/**
 * The tree that boxes are made from: the HTML tree with pseudo-elements standing in it as elements (CSS Pseudo-Elements 4, section 4.1), so
 * that whatever their display is, they make boxes as elements do. In: the document's styles. Out: children and styles of both kinds.
 */
import type { ComputedStyle, PseudoElement, Styles } from '../css/computed-style.js'
import type { HtmlElement, HtmlNode } from '../html/dom.js'
import type { CounterTree } from './counters.js'
import { nativeChildren } from './native-content.js'

/** Whose pseudo-element a node is; what boxes and text carry. */
export interface Origin {
  readonly element: HtmlElement
  readonly pseudo: PseudoElement | null
}
interface GeneratedNode extends Origin {
  readonly style: ComputedStyle
  /** Where the generated content itself stands: it has no box of its own. */
  readonly isContents: boolean
}

/** Names of generated elements begin so; no HTML name can. */
const mark = 58

export class GeneratedNodes implements CounterTree {
  /** The document's styles, with those of generated elements. */
  readonly styles: Styles
  readonly #document: Styles
  readonly #nodes = new Map<HtmlElement, GeneratedNode>()
  readonly #children = new Map<HtmlElement, readonly HtmlNode[]>()

  constructor(document: Styles) {
    this.#document = document
    this.styles = {
      of: (element) => this.styleOf(element),
      pseudo: (element, pseudo) => (this.#nodes.has(element) ? null : document.pseudo(element, pseudo)),
      page: (selector) => document.page(selector),
      anonymous: (parent, display) => document.anonymous(parent, display),
      declarations: (element) => document.declarations(element),
      fontFaces: document.fontFaces,
      counterStyles: document.counterStyles,
    }
  }

  readonly styleOf = (element: HtmlElement): ComputedStyle =>
    (element.name.charCodeAt(0) === mark ? this.#nodes.get(element)?.style : undefined) ?? this.#document.of(element)

  readonly childrenOf = (element: HtmlElement): readonly HtmlNode[] => {
    const known = this.#children.get(element)
    if (known) return known
    const own = this.#nodes.get(element)
    if (own) return own.isContents ? element.children : this.#remember(element, this.#contentsOf(element, own))
    const native = nativeChildren(element)
    const before = this.#beforeOf(element)
    const after = this.pseudoNode(element, 'after')
    if (before.length === 0 && !after) return native === element.children ? native : this.#remember(element, native)
    return this.#remember(element, [...before, ...native, ...(after ? [after] : [])])
  }

  readonly followingOf = (element: HtmlElement): readonly HtmlNode[] => {
    const parent = this.#nodes.get(element)?.element ?? element.parent
    if (parent?.kind !== 'element') return []
    const siblings = this.childrenOf(parent)
    return siblings.slice(siblings.indexOf(element) + 1)
  }

  /** A pseudo-element as a node; null where no rule makes it. Call it once for each. */
  pseudoNode(element: HtmlElement, pseudo: PseudoElement): HtmlElement | null {
    const style = this.#document.pseudo(element, pseudo)
    if (!style || style.display === 'none' || style.content === 'none' || style.content === 'normal') return null
    return this.#make(element, `::${pseudo}`, { element, pseudo, style, isContents: false })
  }

  originOf(node: HtmlElement): Origin {
    const { element, pseudo } = this.#nodes.get(node) ?? { element: node, pseudo: null }
    return { element, pseudo }
  }

  /** Where a node is a pseudo-element's content: its origin with the style that says what it is. */
  generatedContent(node: HtmlElement): (Origin & { readonly style: ComputedStyle }) | null {
    const { parent } = node
    const own = this.#nodes.get(node)
    const holder = own?.isContents && parent?.kind === 'element' ? this.#nodes.get(parent) : undefined
    return holder ?? null
  }

  #beforeOf(element: HtmlElement): HtmlElement[] {
    const made: (HtmlElement | null)[] = []
    if (this.#document.of(element).float === 'footnote') made.push(this.pseudoNode(element, 'footnote-marker'))
    made.push(this.pseudoNode(element, 'before'))
    return made.filter((node) => node !== null)
  }

  /** Content that is nothing but empty strings makes no box inside. */
  #contentsOf(node: HtmlElement, { element, pseudo, style }: GeneratedNode): readonly HtmlNode[] {
    const { content } = style
    if (typeof content === 'string' || content.every((item) => item.kind === 'string' && item.text === '')) return []
    return [this.#make(node, '::contents', { element, pseudo, style: this.#document.anonymous(style, 'contents'), isContents: true })]
  }

  #make(parent: HtmlElement, name: string, node: GeneratedNode): HtmlElement {
    const made: HtmlElement = { kind: 'element', name, namespace: 'html', attributes: new Map(), children: [], parent, index: 0 }
    this.#nodes.set(made, node)
    return made
  }

  #remember(element: HtmlElement, children: readonly HtmlNode[]): readonly HtmlNode[] {
    this.#children.set(element, children)
    return children
  }
}
