/**
 * @counter-style (CSS Counter Styles 3, section 3). In: the rule's name and declarations. Out: its descriptors, or what keeps it from
 * being a counter style.
 */
import type { CounterStyleRule, CounterSymbol } from '../computed-style.js'
import { leastSymbols, symbolFrom, symbolList } from '../properties/counter-symbols.js'
import { commaList, type Items, identOf, keywordOf, single } from '../properties/property.js'
import { type Component, withoutSpace } from '../syntax/component.js'
import type { Declaration } from '../syntax/rules.js'
import { integerOf } from '../values/calc.js'

type Descriptors = { -readonly [K in keyof CounterStyleRule]: CounterStyleRule[K] }

/** No rule may take these away (section 2). */
const UNCHANGEABLE = new Set(['decimal', 'disc', 'square', 'circle', 'disclosure-open', 'disclosure-closed'])
const WIDE = new Set(['none', 'initial', 'inherit', 'unset', 'revert', 'revert-layer', 'default'])
const SIMPLE_SYSTEMS = new Set(['cyclic', 'numeric', 'alphabetic', 'symbolic', 'additive'])

function nameOf(item: Component | undefined): string | undefined {
  return item?.kind === 'ident' && !WIDE.has(item.lower) ? item.value : undefined
}

function systemFrom(items: Items): CounterStyleRule['system'] | undefined {
  const word = identOf(items[0])
  if (items.length === 1 && word !== undefined && SIMPLE_SYSTEMS.has(word)) return { kind: word as 'cyclic' }
  if (word === 'fixed') {
    const first = items.length === 1 ? 1 : integerOf(single(items.slice(1)))
    return first === undefined ? undefined : { kind: 'fixed', first }
  }
  const name = nameOf(single(items.slice(1)))
  return word === 'extends' && name !== undefined ? { kind: 'extends', name } : undefined
}

function boundFrom(item: Component | undefined, infinite: number): number | undefined {
  return identOf(item) === 'infinite' ? infinite : integerOf(item)
}

function rangeFrom(items: Items): CounterStyleRule['range'] | undefined {
  if (keywordOf(items) === 'auto') return 'auto'
  const ranges: (readonly [number, number])[] = []
  for (const part of commaList(items) ?? [[]]) {
    const low = boundFrom(part[0], Number.NEGATIVE_INFINITY)
    const high = boundFrom(part[1], Number.POSITIVE_INFINITY)
    if (part.length !== 2 || low === undefined || high === undefined || low > high) return undefined
    ranges.push([low, high])
  }
  return ranges
}

/** A length and a symbol, or a weight and a symbol, in either order. */
function numbered(items: Items): readonly [number, CounterSymbol] | undefined {
  const [first, second] = items
  const isFirst = integerOf(first) !== undefined
  const number = integerOf(isFirst ? first : second)
  const symbol = symbolFrom(isFirst ? second : first, true)
  return items.length === 2 && number !== undefined && number >= 0 && symbol !== undefined ? [number, symbol] : undefined
}

function additiveFrom(items: Items): CounterStyleRule['additiveSymbols'] | undefined {
  const tuples = (commaList(items) ?? []).map(numbered)
  const falls = tuples.every((tuple, index) => tuple && (index === 0 || tuple[0] < (tuples[index - 1]?.[0] ?? 0)))
  return tuples.length > 0 && falls ? (tuples as (readonly [number, CounterSymbol])[]) : undefined
}

function negativeFrom(items: Items): CounterStyleRule['negative'] | undefined {
  const [before, after = '', ...more] = symbolList(items, true) ?? []
  return before === undefined || more.length > 0 ? undefined : [before, after]
}

/** Sets what a descriptor says; false where it says nothing that is known. */
function setDescriptor(made: Descriptors, name: string, items: Items): boolean {
  const put = <K extends keyof Descriptors>(key: K, value: Descriptors[K] | undefined): boolean => {
    if (value === undefined) return false
    made[key] = value
    return true
  }
  switch (name) {
    case 'system':
      return put('system', systemFrom(items))
    case 'symbols':
      return put('symbols', symbolList(items, true))
    case 'additive-symbols':
      return put('additiveSymbols', additiveFrom(items))
    case 'negative':
      return put('negative', negativeFrom(items))
    case 'prefix':
      return put('prefix', symbolFrom(single(items), true))
    case 'suffix':
      return put('suffix', symbolFrom(single(items), true))
    case 'range':
      return put('range', rangeFrom(items))
    case 'pad': {
      const pad = numbered(items)
      return put('pad', pad && { length: pad[0], symbol: pad[1] })
    }
    case 'fallback':
      return put('fallback', nameOf(single(items)))
    default:
      return name === 'speak-as'
  }
}

function missing({ system, symbols, additiveSymbols }: CounterStyleRule): string | null {
  if (system.kind === 'extends') {
    return symbols.length > 0 || additiveSymbols.length > 0 ? 'a counter style that extends another has no symbols of its own' : null
  }
  if (system.kind === 'additive') return additiveSymbols.length > 0 ? null : 'an additive counter style needs additive-symbols'
  const least = leastSymbols(system.kind)
  return symbols.length >= least ? null : `a ${system.kind} counter style needs ${least === 1 ? 'symbols' : 'at least two symbols'}`
}

/** A rule that gives no descriptor. */
export const emptyCounterStyle: CounterStyleRule = Object.freeze<CounterStyleRule>({
  name: '',
  system: { kind: 'symbolic' },
  negative: null,
  prefix: null,
  suffix: null,
  range: null,
  pad: null,
  fallback: null,
  symbols: [],
  additiveSymbols: [],
})

/** Reads one rule; a string says why it is none. `unknown` is told of each descriptor that cannot be read. */
export function counterStyleFrom(
  prelude: readonly Component[],
  declarations: readonly Declaration[],
  unknown: (declaration: Declaration) => void,
): CounterStyleRule | string {
  const name = nameOf(single(withoutSpace(prelude)))
  if (name === undefined) return '@counter-style needs one name'
  if (UNCHANGEABLE.has(name.toLowerCase())) return `the counter style "${name}" cannot be changed`
  const made: Descriptors = { ...emptyCounterStyle, name }
  for (const declaration of declarations) if (!setDescriptor(made, declaration.name, withoutSpace(declaration.value))) unknown(declaration)
  return missing(made) ?? Object.freeze(made)
}
