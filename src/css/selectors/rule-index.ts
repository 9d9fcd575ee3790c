/**
 * In: selectors with what they select for. Out: those that match an element, found by the id, class or type their last compound
 * asks for, so that most rules are never tried.
 */
import type { HtmlElement } from '../../html/dom.js'
import type { Matcher } from './match.js'
import type { Complex, Simple } from './selector.js'

interface Entry<T> {
  readonly selector: Complex
  readonly target: T
}
type Bucket<T> = Map<string, Entry<T>[]>

function put<T>(bucket: Bucket<T>, key: string, entry: Entry<T>): void {
  const list = bucket.get(key)
  if (list) list.push(entry)
  else bucket.set(key, [entry])
}

function find<K extends Simple['kind']>(simple: readonly Simple[], kind: K): Extract<Simple, { kind: K }> | undefined {
  return simple.find((one): one is Extract<Simple, { kind: K }> => one.kind === kind)
}

/** Rules by what their rightmost compound needs. */
export class RuleIndex<T> {
  readonly #ids: Bucket<T> = new Map()
  readonly #classes: Bucket<T> = new Map()
  readonly #types: Bucket<T> = new Map()
  readonly #attributes: Bucket<T> = new Map()
  readonly #others: Entry<T>[] = []

  add(selector: Complex, target: T): void {
    const entry = { selector, target }
    const simple = selector.compounds[selector.compounds.length - 1]?.simple ?? []
    if (simple.some((one) => one.kind === 'never')) return
    const id = find(simple, 'id')
    const name = find(simple, 'class')
    const type = find(simple, 'type')
    const attribute = find(simple, 'attribute')
    if (id) put(this.#ids, id.id, entry)
    else if (name) put(this.#classes, name.name, entry)
    else if (type) put(this.#types, type.name.toLowerCase(), entry)
    else if (attribute) put(this.#attributes, attribute.name.toLowerCase(), entry)
    else if (!this.#addAlternatives(simple, entry)) this.#others.push(entry)
  }

  /** `:is(td, th)` and its like go under each type, where all alternatives have one. */
  #addAlternatives(simple: readonly Simple[], entry: Entry<T>): boolean {
    const list = simple.flatMap((one) => (one.kind === 'is' ? [one.list] : []))[0]
    const types = list?.map(({ compounds }) => find(compounds[compounds.length - 1]?.simple ?? [], 'type')?.name.toLowerCase())
    if (!types || types.length === 0 || types.includes(undefined)) return false
    for (const type of new Set(types)) put(this.#types, type as string, entry)
    return true
  }

  /** Targets of the selectors that match, in no order; one target may come twice. */
  matching(element: HtmlElement, matcher: Matcher): T[] {
    const found: T[] = []
    const tryAll = (entries: readonly Entry<T>[] | undefined): void => {
      if (entries) for (const entry of entries) if (matcher.matches(element, entry.selector)) found.push(entry.target)
    }
    tryAll(this.#others)
    tryAll(this.#types.get(element.name.toLowerCase()))
    if (element.attributes.size === 0) return found
    for (const name of matcher.classesOf(element)) tryAll(this.#classes.get(name))
    const id = element.attributes.get('id')
    if (id !== undefined) tryAll(this.#ids.get(id))
    if (this.#attributes.size > 0) for (const name of element.attributes.keys()) tryAll(this.#attributes.get(name.toLowerCase()))
    return found
  }
}
