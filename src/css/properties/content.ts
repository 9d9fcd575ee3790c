/**
 * Generated content, lists and counters (CSS Content 3, Lists 3), pages and breaks (CSS Page 3, Break 3, GCPM 3).
 * In: component values. Out: computed values.
 */
import type { ComputedStyle, ContentItem, ContentTarget, CounterChange, CounterStyleName, StringSet } from '../computed-style.js'
import { type Component, type FunctionComponent, isDelim, withoutSpace } from '../syntax/component.js'
import { integerOf, lengthFrom } from '../values/calc.js'
import { resolveLength, type SpecifiedLength } from '../values/length.js'
import { symbolsFrom } from './counter-symbols.js'
import { computeImage, imageFrom, type SpecifiedImage } from './images.js'
import type { PageSize } from './initial.js'
import {
  type ComputeContext,
  commaList,
  define,
  type Items,
  identOf,
  keywordOf,
  keywords,
  numberProperty,
  type Property,
  single,
} from './property.js'

/** A name that keeps its case. */
function nameOf(item: Component | undefined): string | undefined {
  return item?.kind === 'ident' ? item.value : undefined
}

/** A counter style in counter() and its like: a name or symbols(). */
function counterStyleFrom(part: Items | undefined): CounterStyleName | undefined {
  if (part === undefined) return 'decimal'
  const item = single(part)
  return nameOf(item) ?? symbolsFrom(item)
}

/** Images wait for the element's colour and font size. */
type SpecifiedItem = Exclude<ContentItem, { kind: 'image' }> | { readonly kind: 'image'; readonly image: SpecifiedImage }

const QUOTES = new Set(['open-quote', 'close-quote', 'no-open-quote', 'no-close-quote'])
const LEADERS: Readonly<Record<string, string>> = { dotted: '. ', solid: '_', space: ' ' }
const WHICH = new Set(['first', 'start', 'last', 'first-except'])
const WHAT = new Set(['text', 'before', 'after', 'first-letter'])
const OWN_WHAT = new Set([...WHAT, 'marker'])

function targetOf(item: Component | undefined): ContentTarget | undefined {
  if (item?.kind === 'url' || item?.kind === 'string') return { kind: 'url', url: item.value }
  const name = item?.kind === 'function' && item.name === 'attr' ? nameOf(withoutSpace(item.items)[0]) : undefined
  return name === undefined ? undefined : { kind: 'attr', name: name.toLowerCase() }
}

function contentFunction(item: FunctionComponent): Exclude<ContentItem, { kind: 'image' }> | undefined {
  const [first = [], second, third, fourth, ...more] = commaList(withoutSpace(item.items)) ?? []
  const head = first[0]
  const name = nameOf(head)
  if (more.length > 0 || (fourth && item.name !== 'target-counters')) return undefined
  switch (item.name) {
    case 'attr': {
      const fallback = second?.[0]
      if (name === undefined || third || (second && fallback?.kind !== 'string')) return undefined
      return { kind: 'attr', name: name.toLowerCase(), ...(fallback?.kind === 'string' ? { fallback: fallback.value } : {}) }
    }
    case 'counter': {
      const style = counterStyleFrom(second)
      return name === undefined || third || style === undefined ? undefined : { kind: 'counter', name, style }
    }
    case 'counters': {
      const separator = second?.[0]
      const style = counterStyleFrom(third)
      if (name === undefined || separator?.kind !== 'string' || style === undefined) return undefined
      return { kind: 'counters', name, separator: separator.value, style }
    }
    case 'target-counter': {
      const target = targetOf(head)
      const counter = nameOf(second?.[0])
      const style = counterStyleFrom(third)
      return target && counter !== undefined && style !== undefined ? { kind: 'target-counter', target, name: counter, style } : undefined
    }
    case 'target-counters': {
      const target = targetOf(head)
      const counter = nameOf(second?.[0])
      const separator = third?.[0]
      const style = counterStyleFrom(fourth)
      if (!target || counter === undefined || separator?.kind !== 'string' || style === undefined) return undefined
      return { kind: 'target-counters', target, name: counter, separator: separator.value, style }
    }
    case 'target-text': {
      const target = targetOf(head)
      const what = identOf(second?.[0]) ?? 'content'
      return target && (what === 'content' || WHAT.has(what)) ? { kind: 'target-text', target, what: what as 'content' } : undefined
    }
    case 'leader': {
      const pattern = head?.kind === 'string' ? head.value : LEADERS[identOf(head) ?? '']
      return pattern === undefined || pattern === '' ? undefined : { kind: 'leader', pattern }
    }
    case 'string': {
      const which = identOf(second?.[0]) ?? 'first'
      return name !== undefined && WHICH.has(which) ? { kind: 'string-reference', name, which: which as 'first' } : undefined
    }
    case 'element': {
      const which = identOf(second ? second[0] : first[1]) ?? 'first'
      const isWhole = second ? first.length === 1 && second.length === 1 : first.length <= 2
      return name !== undefined && isWhole && WHICH.has(which) ? { kind: 'element', name, which: which as 'first' } : undefined
    }
    case 'content': {
      const what = identOf(head) ?? 'text'
      return OWN_WHAT.has(what) ? { kind: 'content', what: what as 'text' } : undefined
    }
    default:
      return undefined
  }
}

/** A list of content items, as in `content`, string-set and bookmark-label. */
function contentList(items: Items): SpecifiedItem[] | undefined {
  const list: SpecifiedItem[] = []
  for (const item of items) {
    const word = identOf(item)
    const image = word === undefined ? imageFrom(item) : null
    if (item.kind === 'string') list.push({ kind: 'string', text: item.value })
    else if (image) list.push({ kind: 'image', image })
    else if (word !== undefined) {
      if (QUOTES.has(word)) list.push({ kind: 'quote', what: word as 'open-quote' })
      else if (word === 'contents') list.push({ kind: 'content', what: 'text' })
      else return undefined
    } else {
      const made = item.kind === 'function' ? contentFunction(item) : undefined
      if (!made) return undefined
      list.push(made)
    }
  }
  return items.length > 0 ? list : undefined
}

/** Without images, which are no text. */
function textList(items: Items): ContentItem[] | undefined {
  return contentList(items)?.filter((item) => item.kind !== 'image')
}

interface SpecifiedContent {
  readonly items: readonly SpecifiedItem[]
  /** After the slash; empty where nothing is said. */
  readonly alt: string
}

function contentFrom(items: Items): 'normal' | 'none' | SpecifiedContent | undefined {
  const word = keywordOf(items)
  if (word === 'normal' || word === 'none') return word
  const slash = items.findIndex((item) => isDelim(item, '/'))
  const list = contentList(slash < 0 ? items : items.slice(0, slash))
  const alternative = slash < 0 ? [] : items.slice(slash + 1)
  if (!list || (slash >= 0 && alternative.length === 0)) return undefined
  return { items: list, alt: alternative.map((item) => (item.kind === 'string' ? item.value : '')).join('') }
}

function computeContent(value: 'normal' | 'none' | SpecifiedContent, context: ComputeContext): ComputedStyle['content'] {
  if (typeof value === 'string') return value
  return value.items.flatMap((item): ContentItem[] => {
    if (item.kind !== 'image') return [item]
    const image = computeImage(item.image, context)
    return image ? [{ kind: 'image', image, alt: value.alt }] : []
  })
}

function countersFrom(items: Items, standard: number): CounterChange[] | undefined {
  if (keywordOf(items) === 'none') return []
  const changes: CounterChange[] = []
  for (let i = 0; i < items.length; i++) {
    const item = items[i]
    const isReversed = item?.kind === 'function' && item.name === 'reversed'
    const name = nameOf(isReversed ? single(withoutSpace(item.items)) : item)
    if (name === undefined || name.toLowerCase() === 'none') return undefined
    const value = integerOf(items[i + 1])
    if (value !== undefined) i++
    changes.push({
      name,
      value: value ?? standard,
      ...(isReversed ? { reversed: value === undefined ? ('counted' as const) : ('given' as const) } : {}),
    })
  }
  return changes.length > 0 ? changes : undefined
}
function counters(name: string, key: 'counterReset' | 'counterIncrement' | 'counterSet', standard: number): Property {
  const integer = '<integer>?'
  return define(name, key, {
    syntax: `none | [ ${key === 'counterReset' ? '[ <counter-name> | reversed( <counter-name> ) ]' : '<counter-name>'} ${integer} ]+`,
    initial: 'none',
    parse: (items) => countersFrom(items, standard),
    compute: (value: readonly CounterChange[]) => value,
  })
}

function quotesFrom(items: Items): ComputedStyle['quotes'] | undefined {
  const word = keywordOf(items)
  if (word === 'auto' || word === 'none') return word
  if (word === 'match-parent') return 'auto'
  const pairs: [string, string][] = []
  for (let i = 0; i < items.length; i += 2) {
    const open = items[i]
    const close = items[i + 1]
    if (open?.kind !== 'string' || close?.kind !== 'string') return undefined
    pairs.push([open.value, close.value])
  }
  return pairs.length > 0 ? pairs : undefined
}

/** A counter style, or the marker's text. */
export function listStyleTypeFrom(items: Items): ComputedStyle['listStyleType'] | undefined {
  const item = single(items)
  if (item?.kind === 'string') return { text: item.value }
  if (item?.kind !== 'ident') return symbolsFrom(item)
  return item.lower === 'none' ? 'none' : item.value
}

function stringSetFrom(items: Items): StringSet[] | undefined {
  if (keywordOf(items) === 'none') return []
  const sets: StringSet[] = []
  for (const [head, ...rest] of commaList(items) ?? [[]]) {
    const name = nameOf(head)
    const list = textList(rest)
    if (name === undefined || !list) return undefined
    sets.push({ name, items: list })
  }
  return sets
}

/** CSS Page 3, section 7.1: portrait sizes in px. */
const MM = 96 / 25.4
const PAGE_SIZES: Readonly<Record<string, readonly [number, number]>> = {
  a3: [297 * MM, 420 * MM],
  a4: [210 * MM, 297 * MM],
  a5: [148 * MM, 210 * MM],
  a6: [105 * MM, 148 * MM],
  b4: [250 * MM, 353 * MM],
  b5: [176 * MM, 250 * MM],
  'jis-b4': [257 * MM, 364 * MM],
  'jis-b5': [182 * MM, 257 * MM],
  letter: [816, 1056],
  legal: [816, 1344],
  ledger: [1056, 1632],
}
interface SpecifiedPageSize {
  readonly size: readonly [SpecifiedLength, SpecifiedLength] | null
  readonly orientation: PageSize['orientation']
}
function pageSizeFrom(items: Items): SpecifiedPageSize | undefined {
  if (keywordOf(items) === 'auto') return { size: null, orientation: null }
  const lengths = items.map((item) => lengthFrom(item, { nonNegative: true }))
  const [width, height = width] = lengths
  if (items.length <= 2 && width !== undefined && height !== undefined && !lengths.includes(undefined))
    return { size: [width, height], orientation: null }
  const found: { size: readonly [number, number] | null; orientation: PageSize['orientation'] } = { size: null, orientation: null }
  for (const item of items) {
    const word = identOf(item) ?? '?'
    const named = Object.hasOwn(PAGE_SIZES, word) ? PAGE_SIZES[word] : undefined
    if (named && !found.size) found.size = named
    else if ((word === 'portrait' || word === 'landscape') && !found.orientation) found.orientation = word
    else return undefined
  }
  return items.length > 0 ? found : undefined
}

const BREAKS = 'auto avoid avoid-page page left right recto verso column avoid-column'

function pageProperties(): Property[] {
  return [
    keywords('break-before', 'breakBefore', BREAKS, { aliases: { always: 'page', all: 'page' } }),
    keywords('break-after', 'breakAfter', BREAKS, { aliases: { always: 'page', all: 'page' } }),
    keywords('break-inside', 'breakInside', 'auto avoid avoid-page avoid-column'),
    numberProperty('orphans', 'orphans', { integer: true, min: 1, inherited: true }),
    numberProperty('widows', 'widows', { integer: true, min: 1, inherited: true }),
    keywords('margin-break', 'marginBreak', 'auto keep discard'),
    keywords('footnote-display', 'footnoteDisplay', 'block inline compact'),
    keywords('footnote-policy', 'footnotePolicy', 'auto line block', { inherited: true }),
    define<'pageBleed', 'auto' | SpecifiedLength>('bleed', 'pageBleed', {
      syntax: 'auto | <length>',
      parse: (items) => (keywordOf(items) === 'auto' ? 'auto' : lengthFrom(single(items), {})),
      compute: (value, { bases }) => (value === 'auto' ? value : Math.max(0, resolveLength(value, bases) as number)),
    }),
    define('marks', 'pageMarks', {
      syntax: 'none | crop || cross',
      initial: 'none',
      parse: (items) => {
        const words = items.map((item) => identOf(item) ?? '?')
        const known = words.length === 1 && words[0] === 'none' ? [] : words
        const fits = new Set(known).size === known.length && known.every((word) => word === 'crop' || word === 'cross')
        return fits && items.length > 0 ? { crop: known.includes('crop'), cross: known.includes('cross') } : undefined
      },
      compute: (value) => value,
    }),
    keywords('box-decoration-break', 'boxDecorationBreak', 'slice clone'),
    // Not inherited, but `auto` is used as the parent's name (CSS Page 3, section 6.1), which comes to the same.
    define<'page', string>('page', 'page', {
      inherited: true,
      syntax: 'auto | <custom-ident>',
      parse: (items) => {
        const name = nameOf(single(items))
        return name?.toLowerCase() === 'auto' ? 'auto' : name
      },
      compute: (value, { parent }) => (value === 'auto' ? parent.page : value),
    }),
    keywords('page-orientation', 'pageOrientation', 'upright rotate-left rotate-right'),
    define('size', 'pageSize', {
      syntax:
        'auto | <length [0,∞]>{1,2} | [ A3 | A4 | A5 | A6 | B4 | B5 | JIS-B4 | JIS-B5 | letter | legal | ledger ] || [ portrait | landscape ]',
      initial: 'auto',
      parse: pageSizeFrom,
      compute: (value, { bases }) => ({
        size: value.size && [resolveLength(value.size[0], bases) as number, resolveLength(value.size[1], bases) as number],
        orientation: value.orientation,
      }),
    }),
    define('string-set', 'stringSet', {
      syntax: 'none | [ <custom-ident> <content-list> ]#',
      initial: 'none',
      parse: stringSetFrom,
      compute: (value) => value,
    }),
    define<'bookmarkLevel', number | 'none'>('bookmark-level', 'bookmarkLevel', {
      syntax: 'none | <integer [1,∞]>',
      parse: (items) => {
        if (keywordOf(items) === 'none') return 'none'
        const level = integerOf(single(items))
        return level !== undefined && level >= 1 ? level : undefined
      },
      compute: (value) => value,
    }),
    define('bookmark-label', 'bookmarkLabel', {
      syntax: 'none | <content-list>',
      initial: 'content(text)',
      parse: (items) => (keywordOf(items) === 'none' ? [] : textList(items)),
      compute: (value) => value,
    }),
    keywords('bookmark-state', 'bookmarkState', 'open closed'),
  ]
}

/** All properties of this file. */
export function contentProperties(): Property[] {
  return [
    define('list-style-type', 'listStyleType', {
      syntax: 'none | <string> | <counter-style-name>',
      inherited: true,
      parse: listStyleTypeFrom,
      compute: (value) => value,
    }),
    keywords('list-style-position', 'listStylePosition', 'inside outside', { inherited: true }),
    define<'listStyleImage', SpecifiedImage>('list-style-image', 'listStyleImage', {
      syntax: 'none | <image>',
      initial: 'none',
      inherited: true,
      parse: (items) => imageFrom(single(items)),
      compute: computeImage,
    }),
    define<'content', 'normal' | 'none' | SpecifiedContent>('content', 'content', {
      syntax: 'normal | none | <content-list> [ / <content-list> ]?',
      parse: contentFrom,
      compute: computeContent,
    }),
    counters('counter-reset', 'counterReset', 0),
    counters('counter-increment', 'counterIncrement', 1),
    counters('counter-set', 'counterSet', 0),
    define('quotes', 'quotes', {
      syntax: 'auto | none | match-parent | [ <string> <string> ]+',
      inherited: true,
      parse: quotesFrom,
      compute: (value) => value,
    }),
    ...pageProperties(),
  ]
}
