/**
 * Counter representations (CSS Counter Styles 3, sections 2, 3 and 5): a number and a counter style → symbols. In: the document's
 * @counter-style rules. Out: text and pictures; a style that is not known, or cannot say a number, falls back down to decimal.
 */
import type { AnonymousCounterStyle, CounterStyleName, CounterStyleRule, CounterSymbol } from '../css/computed-style.js'
import { counterAlgorithm } from './counter-algorithms.js'
import { predefinedCounterStyle } from './predefined-counter-styles.js'

type Symbols = readonly CounterSymbol[]

/** A style with all its descriptors filled in. */
interface ResolvedStyle {
  /** Symbols of a value that is not negative where the style is signed; null where it cannot be said. */
  readonly initial: (value: number) => Symbols | null
  readonly signed: boolean
  readonly range: readonly (readonly [number, number])[]
  readonly negative: readonly [CounterSymbol, CounterSymbol]
  readonly prefix: CounterSymbol
  readonly suffix: CounterSymbol
  readonly pad: { readonly length: number; readonly symbol: CounterSymbol }
  readonly fallback: string
}

/** No representation is longer: a page of one symbol over and over tells nothing (section 2 lets a count end at 60). */
const longest = 120
const everything = [[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]] as const

/** The counter styles of one document. */
export class CounterStyles {
  readonly #rules = new Map<string, CounterStyleRule>()
  readonly #resolved = new Map<string, ResolvedStyle>()

  constructor(rules: ReadonlyMap<string, CounterStyleRule>) {
    for (const rule of rules.values()) this.#rules.set(canonical(rule.name), rule)
  }

  /** The value in words or figures, as counter() shows it, without prefix and suffix; pictures are left out. */
  text(value: number, style: CounterStyleName): string {
    return this.symbols(value, style)
      .map((symbol) => (typeof symbol === 'string' ? symbol : ''))
      .join('')
  }

  /** Like text(), with pictures. */
  symbols(value: number, style: CounterStyleName): Symbols {
    return style === 'none' ? [] : this.#represent(value, typeof style === 'string' ? this.#style(style) : anonymous(style), new Set())
  }

  /** The marker of a list item: the value with the style's prefix and suffix. */
  marker(value: number, style: CounterStyleName): Symbols {
    if (style === 'none') return []
    const { prefix, suffix } = typeof style === 'string' ? this.#style(style) : { prefix: '', suffix: ' ' }
    return [prefix, ...this.symbols(value, style), suffix].filter((symbol) => symbol !== '')
  }

  #represent(value: number, style: ResolvedStyle, tried: Set<string>): Symbols {
    const fallback = (): Symbols => {
      const next = tried.has(style.fallback) ? 'decimal' : style.fallback
      tried.add(next)
      return this.#represent(value, this.#style(next), tried)
    }
    if (!style.range.some(([low, high]) => value >= low && value <= high)) return fallback()
    const negative = value < 0 && style.signed
    const initial = style.initial(negative ? -value : value)
    if (!initial) return fallback()
    const [before, after] = negative ? style.negative : ['', '']
    const missing = style.pad.length === 0 ? 0 : style.pad.length - lengthOf([...initial, before, after])
    if (missing > longest) return fallback()
    const padding = missing > 0 ? new Array<CounterSymbol>(missing).fill(style.pad.symbol) : []
    return [before, ...padding, ...initial, after].filter((symbol) => symbol !== '')
  }

  #style(name: string): ResolvedStyle {
    const key = canonical(name)
    let style = this.#resolved.get(key)
    if (!style) {
      style = this.#resolve(key, new Set())
      this.#resolved.set(key, style)
    }
    return style
  }

  /** Styles that extend one another in a circle extend decimal (section 3.1.7). */
  #resolve(name: string, path: Set<string>): ResolvedStyle {
    const own = this.#rules.get(name)
    const algorithm = own ? undefined : counterAlgorithm(name)
    if (algorithm) {
      const { range, negative, suffix, fallback, text } = algorithm
      return { ...common, initial: (value) => [text(value)], signed: true, range: [range], negative: [negative, ''], suffix, fallback }
    }
    const rule = own ?? predefinedCounterStyle(name) ?? predefinedCounterStyle('decimal')
    if (!rule) throw new RangeError('the counter style "decimal" is missing')
    if (rule.system.kind !== 'extends') return complete(rule, { ...common, ...counting(rule.system, rule) })
    path.add(name)
    const base = canonical(rule.system.name)
    return complete(rule, this.#resolve(path.has(base) ? 'decimal' : base, path))
  }
}

/** Predefined names are the same in any letter case, a document's own are not. */
function canonical(name: string): string {
  const lower = name.toLowerCase()
  return predefinedCounterStyle(lower) || counterAlgorithm(lower) ? lower : name
}

const common = {
  negative: ['-', ''],
  prefix: '',
  suffix: '. ',
  pad: { length: 0, symbol: '' },
  fallback: 'decimal',
} as const

function complete(rule: CounterStyleRule, base: ResolvedStyle): ResolvedStyle {
  const { negative, prefix, suffix, range, pad, fallback } = rule
  const automatic = rule.system.kind === 'extends' ? base.range : automaticRange(rule.system.kind)
  return {
    initial: base.initial,
    signed: base.signed,
    range: range === null ? base.range : range === 'auto' ? automatic : range,
    negative: negative ?? base.negative,
    prefix: prefix ?? base.prefix,
    suffix: suffix ?? base.suffix,
    pad: pad ?? base.pad,
    fallback: fallback ?? base.fallback,
  }
}

type Kind = 'cyclic' | 'numeric' | 'alphabetic' | 'symbolic' | 'additive' | 'fixed'

function automaticRange(kind: Kind): ResolvedStyle['range'] {
  if (kind === 'alphabetic' || kind === 'symbolic') return [[1, Number.POSITIVE_INFINITY]]
  return kind === 'additive' ? [[0, Number.POSITIVE_INFINITY]] : everything
}

function anonymous({ system, symbols }: AnonymousCounterStyle): ResolvedStyle {
  const kind = system === 'fixed' ? { kind: system, first: 1 } : { kind: system }
  return { ...common, ...counting(kind, { symbols, additiveSymbols: [] }) }
}

function counting(
  system: Exclude<CounterStyleRule['system'], { kind: 'extends' }>,
  { symbols, additiveSymbols }: Pick<CounterStyleRule, 'symbols' | 'additiveSymbols'>,
): Pick<ResolvedStyle, 'initial' | 'signed' | 'range'> {
  const range = automaticRange(system.kind)
  switch (system.kind) {
    case 'cyclic':
      return {
        signed: false,
        range,
        initial: (value) => pick(symbols, value - 1 - Math.floor((value - 1) / symbols.length) * symbols.length),
      }
    case 'fixed': {
      const { first } = system
      return { signed: false, range, initial: (value) => pick(symbols, value - first) }
    }
    case 'numeric':
      return { signed: true, range, initial: (value) => numeric(value, symbols) }
    case 'alphabetic':
      return { signed: true, range, initial: (value) => alphabetic(value, symbols) }
    case 'symbolic':
      return { signed: true, range, initial: (value) => symbolic(value, symbols) }
    case 'additive':
      return { signed: true, range, initial: (value) => additive(value, additiveSymbols) }
  }
}

function pick(symbols: Symbols, index: number): Symbols | null {
  const symbol = symbols[index]
  return symbol === undefined ? null : [symbol]
}

function numeric(value: number, symbols: Symbols): Symbols {
  const made: CounterSymbol[] = []
  let rest = value
  do {
    made.push(symbols[rest % symbols.length] ?? '')
    rest = Math.floor(rest / symbols.length)
  } while (rest > 0)
  return made.reverse()
}

function alphabetic(value: number, symbols: Symbols): Symbols | null {
  const made: CounterSymbol[] = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / symbols.length)) {
    rest--
    made.push(symbols[rest % symbols.length] ?? '')
  }
  return made.length > 0 ? made.reverse() : null
}

function symbolic(value: number, symbols: Symbols): Symbols | null {
  const count = Math.ceil(value / symbols.length)
  const symbol = symbols[(value - 1) % symbols.length]
  return symbol === undefined || count > longest ? null : new Array<CounterSymbol>(count).fill(symbol)
}

/** Section 3.1.6: the greatest weights first; what is left over at the end cannot be said. */
function additive(value: number, tuples: CounterStyleRule['additiveSymbols']): Symbols | null {
  if (value === 0) {
    const zero = tuples.find(([weight]) => weight === 0)
    return zero ? [zero[1]] : null
  }
  const made: CounterSymbol[] = []
  let rest = value
  for (const [weight, symbol] of tuples) {
    if (weight === 0 || weight > rest) continue
    const count = Math.floor(rest / weight)
    if (made.length + count > longest) return null
    for (let i = 0; i < count; i++) made.push(symbol)
    rest -= weight * count
    if (rest === 0) return made
  }
  return null
}

/** Characters as a reader counts them; a picture is one. */
function lengthOf(symbols: Symbols): number {
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return symbols.reduce((sum, symbol) => {
    if (typeof symbol !== 'string') return sum + 1
    return sum + (symbol.length < 2 ? symbol.length : [...graphemes.segment(symbol)].length)
  }, 0)
}
