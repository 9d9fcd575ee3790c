/**
 * Presentational attributes of tables, their own and those they hand to their parts (HTML, section 15.3.9). In: a table or a part of one.
 * Out: declarations as text.
 */
import type { HtmlElement } from '../../html/dom.js'
import { colorOf, dimension, integer } from './attribute-values.js'

const PARTS = new Set('table thead tbody tfoot tr td th col colgroup caption'.split(' '))

export function isTablePart(name: string): boolean {
  return PARTS.has(name)
}

/** Top, right, bottom, left. */
const FRAMES: Readonly<Record<string, string>> = {
  void: 'hidden',
  above: 'outset hidden hidden',
  below: 'hidden hidden outset',
  hsides: 'outset hidden',
  lhs: 'hidden hidden hidden outset',
  rhs: 'hidden outset hidden hidden',
  vsides: 'hidden outset',
  box: 'outset',
  border: 'outset',
}
const RULES = new Set(['none', 'groups', 'rows', 'cols', 'all'])

/** Px of a border attribute; one where it is there without a number, none where it is not there. */
function borderOf(table: HtmlElement): number {
  const text = table.attributes.get('border')
  return text === undefined ? 0 : Math.abs(integer(text) ?? 1)
}

function rulesOf(table: HtmlElement): string | null {
  const rules = table.attributes.get('rules')?.trim().toLowerCase()
  return rules !== undefined && RULES.has(rules) ? rules : null
}

function ownTable({ attributes }: HtmlElement, table: HtmlElement): string {
  const spacing = dimension(attributes.get('cellspacing'))
  const border = borderOf(table)
  const color = colorOf(attributes.get('bordercolor'))
  const frame = FRAMES[attributes.get('frame')?.trim().toLowerCase() ?? '']
  const rules = rulesOf(table)
  let css = ''
  if (spacing?.endsWith('px')) css += `border-spacing:${spacing};`
  if (border > 0) css += `border-width:${border}px;border-style:outset;`
  else if (frame !== undefined) css += 'border-width:1px;'
  if (rules !== null) css += `border-collapse:collapse;${border > 0 ? '' : 'border-style:hidden;'}`
  if (frame !== undefined) css += `border-style:${frame};`
  return css + (color ? `border-color:${color};${border > 0 && frame === undefined ? 'border-style:solid;' : ''}` : '')
}

/** What an element's own attributes say. */
export function tableHints(element: HtmlElement): string {
  const { attributes, name } = element
  if (name === 'table') return ownTable(element, element)
  let css = ''
  const vertical = attributes.get('valign')?.trim().toLowerCase()
  const height = name === 'tr' || name === 'thead' || name === 'tbody' || name === 'tfoot' ? dimension(attributes.get('height')) : null
  if (vertical && /^(?:top|middle|bottom|baseline)$/.test(vertical)) css += `vertical-align:${vertical};`
  if (height) css += `height:${height};`
  return (name === 'td' || name === 'th') && attributes.has('nowrap') ? `${css}white-space:nowrap;` : css
}

const BY_RULES: Readonly<Record<string, string>> = {
  none: 'border-width:1px;border-style:none;',
  groups: 'border-width:1px;border-style:none;',
  rows: 'border-width:1px;border-style:none;',
  cols: 'border-width:1px;border-style:none solid;',
  all: 'border-width:1px;border-style:solid;',
}

/** The table around a part, through at most a group and a row. */
function tableAround(element: HtmlElement): HtmlElement | null {
  for (let up = element.parent; up?.kind === 'element' && PARTS.has(up.name); up = up.parent) if (up.name === 'table') return up
  return null
}

/** What its table's attributes say of a part. */
export function cellHints(element: HtmlElement): string {
  const { name } = element
  const table = name === 'table' || name === 'caption' || name === 'col' ? null : tableAround(element)
  if (!table || table.attributes.size === 0) return ''
  const rules = rulesOf(table)
  const color = colorOf(table.attributes.get('bordercolor'))
  if (name === 'td' || name === 'th') {
    const padding = dimension(table.attributes.get('cellpadding'))
    const border = rules ? (BY_RULES[rules] ?? '') : borderOf(table) > 0 ? 'border-width:1px;border-style:inset;border-color:gray;' : ''
    return (
      border +
      (border && color ? `border-color:${color};${rules ? '' : 'border-style:solid;'}` : '') +
      (padding?.endsWith('px') ? `padding:${padding};` : '')
    )
  }
  if (name === 'tr') return rules === 'rows' ? 'border-width:1px 0;border-style:solid none;' : ''
  if (rules !== 'groups') return ''
  return name === 'colgroup' ? 'border-width:0 1px;border-style:none solid;' : 'border-width:1px 0;border-style:solid none;'
}
