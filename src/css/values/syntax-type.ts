/**
 * Syntax strings such as `<length>+ | auto` (CSS Properties and Values API 1, section 5; attr()'s type() in CSS Values 5, section 7.7).
 * In: component values and the string. Out: whether they fit it.
 */
import { type Component, isDelim, splitAt, withoutSpace } from '../syntax/component.js'
import { angleOf, integerOf, lengthFrom, numberOf, percentageOf, quantityOf } from './calc.js'
import { colorFrom } from './color.js'

type Test = (item: Component) => boolean
const TYPES: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['length', (item) => lengthFrom(item, {}) !== undefined],
  ['length-percentage', (item) => lengthFrom(item, { percent: true }) !== undefined],
  ['percentage', (item) => percentageOf(item) !== undefined],
  ['number', (item) => numberOf(item) !== undefined],
  ['integer', (item) => integerOf(item) !== undefined],
  ['angle', (item) => quantityOf(item)?.type === 'angle' && angleOf(item) !== undefined],
  ['time', (item) => item.kind === 'dimension' && /^m?s$/.test(item.unit)],
  ['resolution', (item) => item.kind === 'dimension' && /^(?:dpi|dpcm|dppx|x)$/.test(item.unit)],
  ['color', (item) => colorFrom(item) !== undefined],
  ['string', (item) => item.kind === 'string'],
  ['custom-ident', (item) => item.kind === 'ident'],
  ['url', (item) => item.kind === 'url'],
  ['image', (item) => item.kind === 'url' || (item.kind === 'function' && item.name.endsWith('gradient'))],
  ['transform-function', (item) => item.kind === 'function'],
  ['transform-list', (item) => item.kind === 'function'],
])

function oneFits(items: readonly Component[], term: string): boolean {
  const match = /^(?:<([a-z-]+)>|([^<>+#|\s]+))([+#]?)$/.exec(term)
  if (!match) return false
  const [, type, word, times] = match
  const test: Test | undefined = type === undefined ? (item) => item.kind === 'ident' && item.value === word : TYPES.get(type)
  if (!test) return false
  if (times === '#') return splitAt(items, ',').every((part) => part.length === 1 && test(part[0] as Component))
  const many = times === '+' || type === 'transform-list'
  return items.length > 0 && (many || items.length === 1) && items.every((item) => !isDelim(item, ',') && test(item))
}

/** Whether the values fit; `*` takes any. */
export function fitsSyntax(items: readonly Component[], syntax: string): boolean {
  if (syntax.trim() === '*') return true
  const clean = withoutSpace(items)
  return syntax.split('|').some((term) => oneFits(clean, term.trim()))
}

/** Whether a string is such a syntax. */
export function isSyntax(syntax: string): boolean {
  if (syntax.trim() === '*') return true
  return syntax.split('|').every((term) => {
    const match = /^(?:<([a-z-]+)>|[^<>+#|\s]+)[+#]?$/.exec(term.trim())
    return match !== null && (match[1] === undefined || TYPES.has(match[1]))
  })
}
