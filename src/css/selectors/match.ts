/**
 * In: an element and a selector. Out: whether it matches (CSS Selectors 4). Places among siblings are counted once per parent.
 */
import type { HtmlDocument, HtmlElement } from '../../html/dom.js'
import { textContent } from '../../html/walk.js'
import { isNth } from './nth.js'
import type { Complex, Compound, SelectorList, Simple } from './selector.js'
import { isInState } from './states.js'

interface Place {
  readonly index: number
  readonly typeIndex: number
}
interface Siblings {
  readonly list: readonly HtmlElement[]
  readonly places: ReadonlyMap<HtmlElement, Place>
  readonly typeCounts: ReadonlyMap<string, number>
}

const none: readonly string[] = []
/** How far a match went: it is one; this element is none; none further along the siblings; none further up either. */
type Outcome = 'match' | 'here' | 'siblings' | 'everywhere'

/** Matches elements of one document, which must not change meanwhile. */
export class Matcher {
  readonly #siblings = new Map<HtmlElement | HtmlDocument, Siblings>()
  readonly #classes = new Map<string, readonly string[]>()
  readonly #languages = new Map<HtmlElement, string>()
  readonly #kept = new Map<SelectorList, Map<HtmlElement, boolean>>()

  /** The classes of an element. */
  classesOf(element: HtmlElement): readonly string[] {
    const text = element.attributes.get('class')
    if (text === undefined) return none
    let list = this.#classes.get(text)
    if (!list) {
      list = text.split(/[\t\n\f\r ]+/).filter((name) => name !== '')
      this.#classes.set(text, list)
    }
    return list
  }

  /** Whether the whole selector, without its pseudo-element, matches. */
  matches(element: HtmlElement, selector: Complex): boolean {
    return this.#from(element, selector.compounds, selector.compounds.length - 1, null) === 'match'
  }

  #any(element: HtmlElement, list: SelectorList): boolean {
    for (const selector of list) if (this.matches(element, selector)) return true
    return false
  }

  /** As #any(), each element asked once. */
  #anyKept(element: HtmlElement, list: SelectorList): boolean {
    let answers = this.#kept.get(list)
    if (!answers) {
      answers = new Map()
      this.#kept.set(list, answers)
    }
    let answer = answers.get(element)
    if (answer === undefined) {
      answer = this.#any(element, list)
      answers.set(element, answer)
    }
    return answer
  }

  /**
   * Right to left from compound `at`; `scope` is where the first compound's combinator leads from, in :has(). Called most of all. An ancestor
   * that was not found for one element is not looked for again from those above it, which keeps the time in line with the depth.
   */
  #from(element: HtmlElement, compounds: readonly Compound[], at: number, scope: HtmlElement | null): Outcome {
    const { simple, combinator } = compounds[at] as Compound
    for (let i = 0; i < simple.length; i++) if (!this.#simple(element, simple[i] as Simple)) return 'here'
    if (at === 0 && scope === null) return 'match'
    const sideways = combinator === '+' || combinator === '~'
    let next = sideways ? beside(element, -1) : parentElement(element)
    while (next) {
      const outcome: Outcome = at > 0 ? this.#from(next, compounds, at - 1, scope) : next === scope ? 'match' : 'here'
      if (outcome === 'match' || outcome === 'everywhere') return outcome
      if (combinator === '>' || combinator === '+') return outcome
      if (sideways && outcome === 'siblings') return outcome
      next = sideways ? beside(next, -1) : parentElement(next)
    }
    return combinator === ' ' ? 'everywhere' : combinator === '>' ? 'here' : 'siblings'
  }

  #simple(element: HtmlElement, simple: Simple): boolean {
    switch (simple.kind) {
      case 'type':
        return element.name === simple.name || (element.namespace === 'html' && element.name === simple.name.toLowerCase())
      case 'class':
        return this.classesOf(element).includes(simple.name)
      case 'id':
        return element.attributes.get('id') === simple.id
      case 'attribute':
        return attributeMatches(element, simple)
      case 'is':
        return simple.kept ? this.#anyKept(element, simple.list) : this.#any(element, simple.list)
      case 'not':
        return !this.#any(element, simple.list)
      case 'has':
        return simple.list.some((selector) => this.#has(element, selector))
      case 'nth':
        return this.#nth(element, simple)
      case 'lang':
        return this.#lang(element, simple.ranges)
      case 'dir':
        return directionOf(element) === simple.direction
      case 'root':
        return element.parent?.kind === 'document'
      case 'empty':
        return element.children.every((child) => child.kind === 'text' && child.data === '')
      case 'link':
        return (element.name === 'a' || element.name === 'area') && element.attributes.has('href')
      case 'any':
        return true
      case 'state':
        return isInState(element, simple.state)
      case 'namespace':
        return element.namespace === simple.namespace
      case 'scoped':
        return this.#isScoped(element, simple)
      default:
        return false
    }
  }

  /** CSS Cascade 6, section 2.5: from the element up, a root comes before a limit. */
  #isScoped(element: HtmlElement, { roots, limits }: Extract<Simple, { kind: 'scoped' }>): boolean {
    for (let up: HtmlElement | null = element; up; up = parentElement(up)) {
      if (this.#anyKept(up, roots)) return true
      if (this.#anyKept(up, limits)) return false
    }
    return false
  }

  /** Section 4.5: some element below or after this one matches, told from here. */
  #has(scope: HtmlElement, selector: Complex): boolean {
    const first = selector.compounds[0]?.combinator
    const isBeside = first === '+' || first === '~'
    const last = selector.compounds.length - 1
    const open: HtmlElement[] = isBeside ? this.#following(scope) : childElements(scope)
    for (let element = open.pop(); element; element = open.pop()) {
      if (this.#from(element, selector.compounds, last, scope) === 'match') return true
      open.push(...childElements(element))
    }
    return false
  }

  #following(element: HtmlElement): HtmlElement[] {
    const siblings = this.#siblingsOf(element)
    const place = siblings?.places.get(element)
    return siblings && place ? siblings.list.slice(place.index) : []
  }

  #nth(element: HtmlElement, simple: Extract<Simple, { kind: 'nth' }>): boolean {
    const { nth, last, ofType, of } = simple
    if (!ofType && !of && nth.step === 0 && nth.offset === 1) return element.parent !== null && beside(element, last ? 1 : -1) === null
    const siblings = this.#siblingsOf(element)
    const place = siblings?.places.get(element)
    if (!siblings || !place) return false
    if (of) {
      if (!this.#any(element, of)) return false
      const same = siblings.list.filter((other) => this.#any(other, of))
      const index = same.indexOf(element)
      return isNth(nth, last ? same.length - index : index + 1)
    }
    const index = ofType ? place.typeIndex : place.index
    const count = ofType ? (siblings.typeCounts.get(element.name) ?? 0) : siblings.list.length
    return isNth(nth, last ? count - index + 1 : index)
  }

  #siblingsOf(element: HtmlElement): Siblings | null {
    const { parent } = element
    if (!parent) return null
    let found = this.#siblings.get(parent)
    if (!found) {
      found = countSiblings(childElements(parent))
      this.#siblings.set(parent, found)
    }
    return found
  }

  /** The element's language: the nearest lang attribute's, in lower case. */
  languageOf(element: HtmlElement): string {
    const known = this.#languages.get(element)
    if (known !== undefined) return known
    let language = ''
    for (let up: HtmlElement | null = element; up; up = parentElement(up)) {
      const own = up.attributes.get('lang') ?? up.attributes.get('xml:lang')
      if (own === undefined) continue
      language = own.toLowerCase()
      break
    }
    this.#languages.set(element, language)
    return language
  }

  #lang(element: HtmlElement, ranges: readonly string[]): boolean {
    const language = this.languageOf(element)
    return ranges.some((range) => inRange(language, range))
  }
}

/** RFC 4647, extended filtering, as section 7.2 asks. */
function inRange(language: string, range: string): boolean {
  if (range === '' || language === '') return range === language
  const wanted = range.split('-')
  const tags = language.split('-')
  if (wanted[0] !== '*' && wanted[0] !== tags[0]) return false
  let at = 1
  for (const part of wanted.slice(1)) {
    if (part === '*') continue
    while (at < tags.length && tags[at] !== part && (tags[at] as string).length > 1) at++
    if (tags[at] !== part) return false
    at++
  }
  return true
}

function countSiblings(list: readonly HtmlElement[]): Siblings {
  const places = new Map<HtmlElement, Place>()
  const typeCounts = new Map<string, number>()
  for (const [i, element] of list.entries()) {
    const typeIndex = (typeCounts.get(element.name) ?? 0) + 1
    typeCounts.set(element.name, typeIndex)
    places.set(element, { index: i + 1, typeIndex })
  }
  return { list, places, typeCounts }
}

/** The next element before (-1) or after (1) this one. */
function beside(element: HtmlElement, step: 1 | -1): HtmlElement | null {
  const siblings = element.parent?.children
  if (!siblings) return null
  for (let i = element.index + step; ; i += step) {
    const node = siblings[i]
    if (!node) return null
    if (node.kind === 'element') return node
  }
}

/** The parent, where it is an element. */
export function parentElement(element: HtmlElement): HtmlElement | null {
  return element.parent?.kind === 'element' ? element.parent : null
}

function childElements(node: HtmlElement | HtmlDocument): HtmlElement[] {
  return node.children.filter((child): child is HtmlElement => child.kind === 'element')
}

/** Letters of the scripts that run from right to left. */
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}]/u

function directionOf(element: HtmlElement): string {
  for (let up: HtmlElement | null = element; up; up = parentElement(up)) {
    const own = up.attributes.get('dir')?.toLowerCase() ?? (up.name === 'bdi' ? 'auto' : undefined)
    if (own === 'ltr' || own === 'rtl') return own
    if (own === 'auto') return /[\p{L}]/u.exec(textContent(up))?.[0].match(RIGHT_TO_LEFT) ? 'rtl' : 'ltr'
  }
  return 'ltr'
}

function attributeMatches(element: HtmlElement, simple: Extract<Simple, { kind: 'attribute' }>): boolean {
  const raw = element.attributes.get(simple.name) ?? element.attributes.get(simple.name.toLowerCase())
  if (raw === undefined) return false
  const folds = simple.fold === 'always' || (simple.fold === 'html' && element.namespace === 'html')
  const text = folds ? raw.toLowerCase() : raw
  const value = folds ? simple.value.toLowerCase() : simple.value
  switch (simple.operator) {
    case 'has':
      return true
    case '=':
      return text === value
    case '~=':
      return value !== '' && text.split(/[\t\n\f\r ]+/).includes(value)
    case '|=':
      return text === value || text.startsWith(`${value}-`)
    case '^=':
      return value !== '' && text.startsWith(value)
    case '$=':
      return value !== '' && text.endsWith(value)
    default:
      return value !== '' && text.includes(value)
  }
}
