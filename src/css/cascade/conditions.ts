/**
 * Conditions of @media (Media Queries 5) and @supports (CSS Conditional 5) on paper. In: component values. Out: true or false;
 * what is unknown is false, and stays false under `not`, as the specifications say of media queries.
 */

import { NO_CONTEXT, type SelectorContext, selectorsFrom } from '../selectors/selector.js'
import { type Component, isDelim, splitAt, withoutSpace } from '../syntax/component.js'
import { parseBlock } from '../syntax/rules.js'
import { numberOf, quantityOf } from '../values/calc.js'
import { resolveLength } from '../values/length.js'
import { AT_RULES } from './at-rules.js'
import { readDeclaration } from './declarations.js'
import { FONT_FORMATS, FONT_TECHNOLOGIES } from './font-face.js'

export interface Viewport {
  readonly width: number
  readonly height: number
}
type Truth = boolean | null
type Leaf = (item: Component) => Truth

function word(item: Component | undefined): string {
  return item?.kind === 'ident' ? item.lower : ''
}

/** `not a`, `a and b`, `a or b`, in brackets. */
function condition(items: readonly Component[], leaf: Leaf): Truth {
  if (word(items[0]) === 'not') {
    const inner = items.length === 2 ? operand(items[1], leaf) : null
    return inner === null ? null : !inner
  }
  const values: Truth[] = [operand(items[0], leaf)]
  const joint = word(items[1])
  for (let i = 1; i < items.length; i += 2) {
    if (word(items[i]) !== joint || (joint !== 'and' && joint !== 'or') || i + 1 >= items.length) return null
    values.push(operand(items[i + 1], leaf))
  }
  const decisive = joint === 'or'
  if (values.includes(decisive)) return decisive
  return values.includes(null) ? null : !decisive
}

function operand(item: Component | undefined, leaf: Leaf): Truth {
  if (!item) return null
  if (item.kind === 'block' && item.open === '(') {
    const inner = withoutSpace(item.items)
    const nested = inner[0]?.kind === 'block' || inner[0]?.kind === 'function' || word(inner[0]) === 'not'
    if (nested) return condition(inner, leaf)
  }
  return leaf(item)
}

const DISCRETE: Readonly<Record<string, string>> = {
  'display-mode': 'browser',
  'dynamic-range': 'standard',
  'environment-blending': 'opaque',
  'nav-controls': 'none',
  'prefers-color-scheme': 'light',
  'prefers-reduced-data': 'no-preference',
  'video-color-gamut': 'srgb',
  'video-dynamic-range': 'standard',
  'prefers-reduced-motion': 'reduce',
  'prefers-contrast': 'no-preference',
  'prefers-reduced-transparency': 'no-preference',
  'forced-colors': 'none',
  'inverted-colors': 'none',
  scripting: 'none',
  update: 'none',
  hover: 'none',
  'any-hover': 'none',
  pointer: 'none',
  'any-pointer': 'none',
  'overflow-block': 'paged',
  'overflow-inline': 'none',
  grid: '0',
  scan: 'progressive',
  'color-gamut': 'srgb',
}

/** What a feature that has a range measures: px, dots per px, or a number. */
function measured(name: string, viewport: Viewport): number | undefined {
  if (name === 'width' || name === 'device-width') return viewport.width
  if (name === 'height' || name === 'device-height') return viewport.height
  if (name === 'aspect-ratio' || name === 'device-aspect-ratio') return viewport.width / viewport.height
  if (name === 'color') return 8
  if (name === 'monochrome' || name === 'color-index') return 0
  return name === 'resolution' || name === '-webkit-device-pixel-ratio' ? 300 / 96 : undefined
}
const RANGES = 'width height device-width device-height aspect-ratio device-aspect-ratio color color-index monochrome resolution'.split(' ')

/** All media features, for messages and a table of them. */
export function mediaFeatures(): string[] {
  return [...RANGES, 'orientation', ...Object.keys(DISCRETE)].sort()
}

/** Names of features in a list of media queries that are not known. */
export function unknownFeatures(items: readonly Component[]): Extract<Component, { kind: 'ident' }>[] {
  return items.flatMap((item) => {
    if (item.kind !== 'block' || item.open !== '(') return []
    const inner = withoutSpace(item.items)
    if (inner.some((one) => one.kind === 'block')) return unknownFeatures(inner)
    const names = isDelim(inner[1], ':') ? inner.slice(0, 1) : inner
    return names.filter((one): one is Extract<Component, { kind: 'ident' }> => one.kind === 'ident' && !isFeature(one.lower))
  })
}

function isFeature(word: string): boolean {
  const ranged = /^-webkit-(?:min-|max-)?device-pixel-ratio$|^(?:min|max)-(.*)$/.exec(word)
  if (ranged) return ranged[1] === undefined || RANGES.includes(ranged[1])
  return RANGES.includes(word) || word === 'orientation' || word in DISCRETE || word === 'not'
}

const RESOLUTIONS: Readonly<Record<string, number>> = { dppx: 1, x: 1, dpi: 1 / 96, dpcm: 2.54 / 96 }

function amount(items: readonly Component[], viewport: Viewport): number | undefined {
  const [first, slash, second] = items
  if (first?.kind === 'dimension' && RESOLUTIONS[first.unit] !== undefined) return first.value * (RESOLUTIONS[first.unit] as number)
  if (isDelim(slash, '/')) return (numberOf(first) ?? Number.NaN) / (numberOf(second) ?? Number.NaN)
  const quantity = items.length === 1 ? quantityOf(first) : undefined
  if (quantity?.type === 'number') return quantity.value
  if (quantity?.type !== 'length') return undefined
  const bases = { em: 16, rem: 16, lh: 19.2, rlh: 19.2, vw: viewport.width, vh: viewport.height }
  const px = resolveLength(quantity.value, bases)
  return typeof px === 'number' ? px : undefined
}

function compare(left: number, sign: string, right: number): boolean {
  const near = Math.abs(left - right) < 0.001
  if (sign === '=' || sign === '<=' || sign === '>=') return near || (sign === '<=' ? left < right : sign === '>=' ? left > right : false)
  return !near && (sign === '<' ? left < right : left > right)
}

/** `width >= 600px`, `400px < width <= 700px`. */
function range(items: readonly Component[], viewport: Viewport): Truth {
  const parts: Component[][] = [[]]
  const signs: string[] = []
  for (const item of items) {
    if (item.kind !== 'delim' || !'<>='.includes(item.value)) (parts[parts.length - 1] as Component[]).push(item)
    else if (item.value === '=' && parts[parts.length - 1]?.length === 0 && signs.length > 0) signs.push(`${signs.pop()}=`)
    else {
      signs.push(item.value)
      parts.push([])
    }
  }
  const values = parts.map((part) => (word(part[0]) !== '' ? measured(word(part[0]), viewport) : amount(part, viewport)))
  if (signs.length === 0 || values.some((value) => value === undefined)) return null
  return signs.every((sign, i) => compare(values[i] as number, sign, values[i + 1] as number))
}

function mediaFeature(item: Component, viewport: Viewport): Truth {
  if (item.kind !== 'block' || item.open !== '(') return null
  const items = withoutSpace(item.items)
  const name = word(items[0])
  const match = /^(-webkit-)?(min|max)-(.*)$/.exec(name)
  const actual = measured(match ? (match[1] ?? '') + match[3] : name, viewport)
  if (items.length === 1)
    return actual === undefined
      ? name in DISCRETE
        ? DISCRETE[name] !== 'none' && DISCRETE[name] !== '0'
        : name === 'orientation' || null
      : actual > 0
  if (!isDelim(items[1], ':')) return range(items, viewport)
  const value = items.slice(2)
  if (actual !== undefined) {
    const asked = amount(value, viewport)
    return asked === undefined ? null : compare(actual, match ? (match[2] === 'min' ? '>=' : '<=') : '=', asked)
  }
  if (name === 'orientation') return word(value[0]) === (viewport.height >= viewport.width ? 'portrait' : 'landscape')
  return name in DISCRETE ? DISCRETE[name] === word(value[0]) : null
}

/** Words that are no media type (Media Queries 5, section 3). */
const NOT_TYPES = new Set(['only', 'not', 'and', 'or', 'layer'])

function mediaQuery(items: readonly Component[], viewport: Viewport): boolean {
  const clean = withoutSpace(items)
  const leaf: Leaf = (item) => mediaFeature(item, viewport)
  const first = word(clean[0])
  const modifier = first === 'only' || (first === 'not' && word(clean[1]) !== '') ? 1 : 0
  const type = word(clean[modifier])
  if (type === '' || type === 'not') return condition(clean, leaf) === true
  const rest = clean.slice(modifier + 1)
  if (NOT_TYPES.has(type) || rest.some((item) => word(item) === 'or')) return false
  const typeFits: Truth = type === 'all' || type === 'print'
  const both = rest.length === 0 ? typeFits : word(rest[0]) !== 'and' ? null : condition(rest.slice(1), leaf)
  if (both === null) return false
  const holds = typeFits && both
  return first === 'not' ? !holds : holds
}

/** Whether a list of media queries holds for a page of that size, in px. */
export function mediaMatches(items: readonly Component[], viewport: Viewport): boolean {
  if (withoutSpace(items).length === 0) return true
  return splitAt(items, ',').some((query) => mediaQuery(query, viewport))
}

function supportsFunction(name: string, items: readonly Component[], context: SelectorContext): boolean {
  const [only, ...more] = withoutSpace(items)
  if (name === 'selector') return selectorsFrom(items, context) !== undefined
  if (more.length > 0) return false
  if (name === 'font-format') return FONT_FORMATS.has(word(only))
  if (name === 'font-tech') return FONT_TECHNOLOGIES.has(word(only))
  return name === 'at-rule' && only?.kind === 'at' && AT_RULES.has(only.name)
}

/** Whether an @supports condition holds. */
export function isSupported(items: readonly Component[], context: SelectorContext = NO_CONTEXT): boolean {
  const leaf: Leaf = (item) => {
    if (item.kind === 'function') return supportsFunction(item.name, item.items, context)
    if (item.kind !== 'block' || item.open !== '(') return false
    const [declaration] = parseBlock(item.items, () => {})
    return declaration?.kind === 'declaration' && Boolean(readDeclaration(declaration))
  }
  return condition(withoutSpace(items), leaf) === true
}
