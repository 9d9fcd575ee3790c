/**
 * In: a document and its rules. Out: the computed style of each element, pseudo-element and page. Elements to which the same
 * blocks apply under the same parent's style are computed once.
 */
import type { HtmlDocument, HtmlElement } from '../../html/dom.js'
import type { ComputedStyle, CounterStyleRule, FontFaceRule, PageSelector, PageStyle, PseudoElement, Styles } from '../computed-style.js'
import { initialValues, type Values } from '../properties/initial.js'
import type { Items } from '../properties/property.js'
import { Matcher, parentElement } from '../selectors/match.js'
import { RuleIndex } from '../selectors/rule-index.js'
import { cssText } from '../syntax/component.js'
import { adjustValues } from './adjust.js'
import { type Applied, computeValues, type Environment } from './compute.js'
import type { Block } from './declarations.js'
import { presentationalHints } from './hints.js'
import { StyleTable, valuesKey } from './intern.js'
import { PageStyles } from './pages.js'
import { HINT_LEVEL, LEVELS_PER_ORIGIN, ORIGIN_LEVELS, type Origin, type SheetReader } from './style-sheet.js'
import { type CustomValues, componentsText, hasSubstitution, substitute } from './variables.js'

/** An element's values with what only its children need. */
interface Node {
  readonly id: number
  readonly style: ComputedStyle
  readonly values: Readonly<Values>
  readonly custom: CustomValues
}
/** A rule in its place in the cascade. */
interface Ranked extends Applied {
  readonly rank: number
}
interface ComputeRequest {
  readonly applied: readonly Applied[]
  /** Whose attributes attr() is about; null for pages. */
  readonly element: HtmlElement | null
  readonly parent: Node | null
  readonly pseudo: PseudoElement | null
  readonly isPage?: boolean
}
const STYLE_ATTRIBUTE_LEVEL = (ORIGIN_LEVELS.author + 1) * LEVELS_PER_ORIGIN - 1

function levelOf(rule: { readonly origin: Origin; readonly layer: { readonly rank: number } }, isOutermost: boolean): number {
  const base = ORIGIN_LEVELS[rule.origin] * LEVELS_PER_ORIGIN
  // What is in no layer stands with the style attribute.
  return isOutermost ? base + LEVELS_PER_ORIGIN - 1 : base + rule.layer.rank
}

/** Styles of one document. */
export class DocumentStyles implements Styles {
  readonly fontFaces: readonly FontFaceRule[]
  readonly counterStyles: ReadonlyMap<string, CounterStyleRule>
  readonly #reader: SheetReader
  readonly #environment: Environment
  readonly #matcher = new Matcher()
  readonly #elementRules = new RuleIndex<Ranked>()
  readonly #pseudoRules = new Map<PseudoElement, RuleIndex<Ranked>>()
  readonly #pages: PageStyles<Node>
  readonly #table = new StyleTable()
  readonly #elements = new Map<HtmlElement, Node>()
  readonly #pseudos = new Map<PseudoElement, Map<HtmlElement, ComputedStyle | null>>()
  readonly #computed = new Map<string, Node>()
  readonly #nodes = new Map<string, Node>()
  readonly #customIds = new Map<CustomValues, number>()
  readonly #customTexts = new Map<string, CustomValues>()
  readonly #blocks = new Map<string, Block>()
  readonly #root: HtmlElement | null
  readonly #base: string
  readonly #initial: Node

  constructor(reader: SheetReader, document: HtmlDocument, environment: Environment) {
    this.#reader = reader
    this.#environment = environment
    this.#root = document.children.find((node): node is HtmlElement => node.kind === 'element') ?? null
    this.#base = document.base
    this.fontFaces = reader.fontFaces
    this.counterStyles = new Map(
      reader.counterStyles
        .map((placed) => ({ placed, level: levelOf(placed, reader.isOutermost(placed)) }))
        .sort((a, b) => a.level - b.level)
        .map(({ placed }) => [placed.rule.name, placed.rule]),
    )
    const values = initialValues()
    this.#initial = { id: 0, values, custom: new Map(), style: this.#table.intern(values) }
    this.#indexRules()
    const pages = reader.pages.map((rule) => ({ rule, level: levelOf(rule, reader.isOutermost(rule)) }))
    pages.sort((a, b) => a.level - b.level || a.rule.selector.specificity - b.rule.selector.specificity)
    const compute = (applied: readonly Applied[], parent: Node | null): Node =>
      this.#compute({ applied, element: null, parent: parent ?? this.#rootNode(), pseudo: null, isPage: true })
    this.#pages = new PageStyles(pages, compute, environment.viewport)
  }

  of(element: HtmlElement): ComputedStyle {
    return this.#node(element).style
  }

  pseudo(element: HtmlElement, pseudo: PseudoElement): ComputedStyle | null {
    let made = this.#pseudos.get(pseudo)
    if (!made) {
      made = new Map()
      this.#pseudos.set(pseudo, made)
    }
    let style = made.get(element)
    if (style === undefined) {
      style = this.#pseudoStyle(element, pseudo)
      made.set(element, style)
    }
    return style
  }

  page(selector: PageSelector): PageStyle {
    return this.#pages.of(selector)
  }

  anonymous(parent: ComputedStyle, display: ComputedStyle['display']): ComputedStyle {
    return this.#table.anonymous(parent, display)
  }

  declarations(element: HtmlElement): ReadonlyMap<string, string> {
    const found = new Map<string, string>()
    const applied = this.#applied(element)
    for (const important of [false, true])
      for (const { block } of applied)
        for (const declaration of block.written) {
          if (declaration.important !== important) continue
          const value = hasSubstitution(declaration.value, declaration.name)
            ? this.#filledIn(declaration.value, element)
            : declaration.value
          if (value) found.set(declaration.name, cssText(value))
          else found.delete(declaration.name)
        }
    return found
  }

  #filledIn(items: Items, element: HtmlElement): Items | undefined {
    const { custom } = this.#node(element)
    return substitute(items, { custom: (name) => custom.get(name), attribute: (name) => attributeOf(element, name) })
  }

  #indexRules(): void {
    const rules = this.#reader.rules.map((rule) => ({ rule, level: levelOf(rule, this.#reader.isOutermost(rule)) }))
    rules.sort((a, b) => a.level - b.level || a.rule.selector.specificity - b.rule.selector.specificity)
    for (const [rank, { rule, level }] of rules.entries()) {
      const { pseudo } = rule.selector
      let index = this.#elementRules
      if (pseudo) {
        index = this.#pseudoRules.get(pseudo) ?? new RuleIndex()
        this.#pseudoRules.set(pseudo, index)
      }
      index.add(rule.selector, { block: rule.block, level, rank })
    }
  }

  #rootNode(): Node {
    return this.#root ? this.#node(this.#root) : this.#initial
  }

  /** From the nearest ancestor that is known down to the element: a document may be deeper than the call stack. */
  #node(element: HtmlElement): Node {
    const known = this.#elements.get(element)
    if (known) return known
    const path: HtmlElement[] = [element]
    let parent: Node | null = null
    for (let up = parentElement(element); up; up = parentElement(up)) {
      parent = this.#elements.get(up) ?? null
      if (parent) break
      path.push(up)
    }
    let node = parent
    for (let next = path.pop(); next; next = path.pop()) {
      node = this.#compute({ applied: this.#applied(next), element: next, parent: node, pseudo: null })
      this.#elements.set(next, node)
    }
    return node as Node
  }

  #applied(element: HtmlElement): readonly Applied[] {
    const applied: Applied[] = this.#elementRules.matching(element, this.#matcher).sort((a, b) => a.rank - b.rank)
    const hints = presentationalHints(element)
    const style = element.attributes.get('style')
    if (hints !== '') {
      const at = applied.findIndex(({ level }) => level >= HINT_LEVEL)
      applied.splice(at < 0 ? applied.length : at, 0, { block: this.#blockOf(hints, element), level: HINT_LEVEL })
    }
    if (style !== undefined && style.trim() !== '') applied.push({ block: this.#blockOf(style, element), level: STYLE_ATTRIBUTE_LEVEL })
    return applied
  }

  #blockOf(css: string, element: HtmlElement): Block {
    let block = this.#blocks.get(css)
    if (!block) {
      const at = element.position
      block = this.#reader.block(css, { file: this.#base, css, firstLine: (at?.line ?? 1) - 1, ...(at ? { at } : {}) })
      this.#blocks.set(css, block)
    }
    return block
  }

  #pseudoStyle(element: HtmlElement, pseudo: PseudoElement): ComputedStyle | null {
    const parent = this.#node(element)
    if (pseudo === 'marker' && parent.style.display !== 'list-item' && parent.style.display !== 'inline-list-item') return null
    if ((pseudo === 'footnote-call' || pseudo === 'footnote-marker') && parent.style.float !== 'footnote') return null
    const applied = this.#pseudoRules.get(pseudo)?.matching(element, this.#matcher) ?? []
    const isGenerated = pseudo === 'before' || pseudo === 'after'
    if (applied.length === 0 && pseudo !== 'marker') return null
    applied.sort((a, b) => a.rank - b.rank)
    const { style } = this.#compute({ applied, element, parent, pseudo })
    return isGenerated && typeof style.content === 'string' ? null : style
  }

  #compute(request: ComputeRequest): Node {
    const { applied, element, parent, pseudo, isPage = false } = request
    let key = `${parent?.id ?? 'root'} ${isPage ? 'page' : (pseudo ?? '')}`
    for (const { block, level } of applied) {
      key += ` ${block.id}:${level}`
      for (const name of block.attributes) key += ` ${JSON.stringify(attributeOf(element, name) ?? null)}`
    }
    let node = this.#computed.get(key)
    if (!node) {
      node = this.#make(request, isPage)
      this.#computed.set(key, node)
    }
    return node
  }

  #make({ applied, element, parent, pseudo }: ComputeRequest, isPage: boolean): Node {
    const root = parent === null ? null : this.#root ? (this.#elements.get(this.#root)?.values ?? null) : this.#initial.values
    const { values, custom } = computeValues({
      applied,
      parent: parent ?? this.#initial,
      root,
      environment: this.#environment,
      attribute: (name) => attributeOf(element, name),
      registered: this.#reader.registered,
    })
    if (isPage) values.display = 'block'
    adjustValues(values, { parent: isPage ? { display: 'block' } : (parent?.style ?? null), pseudo })
    const customId = this.#customId(custom)
    const key = `${customId} ${valuesKey(values)}`
    let node = this.#nodes.get(key)
    if (!node) {
      node = { id: this.#nodes.size + 1, values, custom, style: this.#table.intern(values) }
      this.#nodes.set(key, node)
    }
    return node
  }

  #customId(custom: CustomValues): number {
    const known = this.#customIds.get(custom)
    if (known !== undefined) return known
    const text = customText(custom)
    const same = this.#customTexts.get(text)
    if (!same) this.#customTexts.set(text, custom)
    const id = (same && this.#customIds.get(same)) ?? this.#customTexts.size
    this.#customIds.set(custom, id)
    return id
  }
}

function attributeOf(element: HtmlElement | null, name: string): string | undefined {
  return element?.attributes.get(name) ?? element?.attributes.get(name.toLowerCase())
}

function customText(custom: CustomValues): string {
  return [...custom]
    .map(([name, items]) => `${name}:${componentsText(items)}`)
    .sort()
    .join(';')
}
