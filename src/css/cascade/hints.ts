/**
 * In: an HTML element's presentational attributes. Out: declarations as text (HTML, section 15.3): text, lists, pictures, form fields,
 * direction and language. Those of tables are in table-hints.ts.
 */
import type { HtmlElement, HtmlNode } from '../../html/dom.js'
import { colorOf, dimension, integer } from './attribute-values.js'
import { cellHints, isTablePart, tableHints } from './table-hints.js'

const ALIGNED = new Set('p div h1 h2 h3 h4 h5 h6 td th tr thead tbody tfoot col colgroup'.split(' '))
const SIZED = new Set('img svg video object iframe embed table td th col colgroup hr input'.split(' '))
const SPACED = new Set('img video object iframe embed input marquee'.split(' '))
const LIST_TYPES: Readonly<Record<string, string>> = {
  '1': 'decimal',
  a: 'lower-alpha',
  A: 'upper-alpha',
  i: 'lower-roman',
  I: 'upper-roman',
}
/** Blocks that move as a whole where their parent aligns what is in it. */
const MOVED = new Set('table div p form hr h1 h2 h3 h4 h5 h6 pre'.split(' '))

function listHints({ attributes, name }: HtmlElement): string {
  let css = ''
  if (name === 'ol') {
    const start = integer(attributes.get('start'))
    if (attributes.has('reversed')) css += `counter-reset:reversed(list-item)${start === null ? '' : ` ${start + 1}`};`
    else if (start !== null) css += `counter-reset:list-item ${start - 1};`
  }
  if (name === 'li') {
    const value = integer(attributes.get('value'))
    if (value !== null) css += `counter-set:list-item ${value};`
  }
  const type = attributes.get('type')?.trim()
  if (type !== undefined) {
    const style = LIST_TYPES[type] ?? (/^(?:disc|circle|square|none)$/i.test(type) ? type : null)
    if (style) css += `list-style-type:${style};`
  }
  return css
}

const IMAGE_ALIGNMENTS: Readonly<Record<string, string>> = {
  left: 'float:left;',
  right: 'float:right;',
  top: 'vertical-align:top;',
  texttop: 'vertical-align:text-top;',
  middle: 'vertical-align:middle;',
  center: 'vertical-align:middle;',
  absmiddle: 'vertical-align:middle;',
  abscenter: 'vertical-align:middle;',
  bottom: 'vertical-align:baseline;',
  baseline: 'vertical-align:baseline;',
  absbottom: 'vertical-align:bottom;',
}
const SIDES: Readonly<Record<string, string>> = {
  left: 'margin-left:0;margin-right:auto;',
  right: 'margin-left:auto;margin-right:0;',
  center: 'margin-left:auto;margin-right:auto;',
}

function alignHints({ attributes, name }: HtmlElement): string {
  const align = attributes.get('align')?.trim().toLowerCase()
  if (align === undefined) return ''
  if (name === 'caption') return align === 'top' || align === 'bottom' ? `caption-side:${align};` : ''
  if (ALIGNED.has(name)) {
    if (align === 'middle') return 'text-align:center;'
    return /^(?:left|right|center|justify)$/.test(align) ? `text-align:${align};` : ''
  }
  if (name === 'hr' || name === 'legend') return SIDES[align] ?? ''
  if (name === 'table') return align === 'center' ? (SIDES.center ?? '') : /^(?:left|right)$/.test(align) ? `float:${align};` : ''
  return SPACED.has(name) ? (IMAGE_ALIGNMENTS[align] ?? '') : ''
}

/** In <center> and what has an `align`, blocks themselves move, not only their lines (section 15.3.3). */
function alignedByParent({ name, parent }: HtmlElement): string {
  if (parent?.kind !== 'element' || !MOVED.has(name)) return ''
  if (parent.name === 'center') return SIDES.center ?? ''
  if (parent.name !== 'div' && parent.name !== 'td' && parent.name !== 'th') return ''
  return SIDES[parent.attributes.get('align')?.trim().toLowerCase() ?? ''] ?? ''
}

function sizeHints({ attributes, name }: HtmlElement): string {
  let css = ''
  if (SIZED.has(name)) {
    const width = dimension(attributes.get('width'))
    const height = dimension(attributes.get('height'))
    if (width) css += `width:${width};`
    if (height && name !== 'hr') css += `height:${height};`
    if ((name === 'img' || name === 'video') && width?.endsWith('px') && height?.endsWith('px'))
      css += `aspect-ratio:auto ${Number.parseFloat(width)}/${Number.parseFloat(height)};`
  }
  if (SPACED.has(name)) {
    const across = dimension(attributes.get('hspace'))
    const down = dimension(attributes.get('vspace'))
    const border = name === 'img' || name === 'object' || name === 'input' ? integer(attributes.get('border')) : null
    if (across) css += `margin-left:${across};margin-right:${across};`
    if (down) css += `margin-top:${down};margin-bottom:${down};`
    if (border !== null && border > 0) css += `border:${border}px solid;`
  }
  return css
}

/** Sizes 1 to 7, and steps from 3 (section 15.3.1). */
const FONT_SIZES = ['x-small', 'small', 'medium', 'large', 'x-large', 'xx-large', 'xxx-large']

function fontHints({ attributes }: HtmlElement): string {
  let css = ''
  const color = colorOf(attributes.get('color'))
  const face = attributes.get('face')?.replace(/[;{}]/g, '').trim()
  const size = attributes.get('size')?.trim() ?? ''
  const number = integer(size)
  if (color) css += `color:${color};`
  if (face) css += `font-family:${face};`
  if (number === null) return css
  const step = /^[+-]/.test(size) ? 3 + number : number
  return `${css}font-size:${FONT_SIZES[Math.min(7, Math.max(1, step)) - 1]};`
}

function ruleHints({ attributes }: HtmlElement): string {
  const color = colorOf(attributes.get('color'))
  const size = integer(attributes.get('size'))
  const flat = color !== null || attributes.has('noshade')
  let css = color ? `color:${color};` : ''
  if (flat) css += 'border-style:solid;'
  if (size === null || size < 1) return css
  if (flat) return `${css}border-width:${size / 2}px;`
  return css + (size === 1 ? 'border-bottom-width:0;' : `height:${size - 2}px;`)
}

function bodyHints({ attributes }: HtmlElement): string {
  const color = colorOf(attributes.get('text'))
  const margin = (...names: readonly string[]) => {
    const value = dimension(names.map((name) => attributes.get(name)).find((text) => text !== undefined))
    return value?.endsWith('px') ? value : null
  }
  const sides = [
    ['margin-top', margin('marginheight', 'topmargin')],
    ['margin-right', margin('marginwidth', 'rightmargin')],
    ['margin-bottom', margin('marginheight', 'bottommargin')],
    ['margin-left', margin('marginwidth', 'leftmargin')],
  ]
  return (color ? `color:${color};` : '') + sides.map(([side, value]) => (value ? `${side}:${value};` : '')).join('')
}

/** Fields grow with what stands in them, so that nothing is cut off on paper. */
function fieldHints({ attributes, name }: HtmlElement): string {
  if (name === 'textarea') {
    const columns = integer(attributes.get('cols'))
    const rows = integer(attributes.get('rows'))
    const wrap = attributes.get('wrap')?.toLowerCase() === 'off' ? 'white-space:pre;' : ''
    return `min-width:${columns !== null && columns > 0 ? columns : 20}ch;min-height:${rows !== null && rows > 0 ? rows : 2}lh;${wrap}`
  }
  const type = attributes.get('type')?.toLowerCase() ?? 'text'
  if (/^(?:checkbox|radio|submit|reset|button|image|range|hidden)$/.test(type)) return ''
  const size = integer(attributes.get('size'))
  return `min-width:${size !== null && size > 0 ? size : 20}ch;min-height:1lh;`
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|\ud802[\udc00-\udfff]|\ud803[\udc00-\udfff]|\ud83a[\udc00-\udfff]/
const strong = /\p{L}/u

/** The direction of the first letter; null where there is none (HTML, section 3.2.6.4). */
function firstDirection(nodes: readonly HtmlNode[]): 'ltr' | 'rtl' | null {
  for (const node of nodes) {
    if (node.kind === 'element') {
      const skipped = /^(?:bdi|script|style|textarea)$/.test(node.name) || node.attributes.has('dir')
      const found = skipped ? null : firstDirection(node.children)
      if (found) return found
      continue
    }
    const letter = strong.exec(node.data)?.[0]
    if (letter !== undefined) return rightToLeft.test(letter) ? 'rtl' : 'ltr'
  }
  return null
}

function directionHints(element: HtmlElement): string {
  const direction = element.attributes.get('dir')?.toLowerCase()
  const automatic = direction === 'auto' || (element.name === 'bdi' && direction !== 'ltr' && direction !== 'rtl')
  return automatic ? `direction:${firstDirection(element.children) ?? 'ltr'};` : ''
}

const CLEARED: Readonly<Record<string, string>> = { left: 'left', right: 'right', all: 'both', both: 'both' }

/** What single elements have. */
function ownHints(element: HtmlElement): string {
  const { attributes, name } = element
  switch (name) {
    case 'ol':
    case 'ul':
    case 'li':
    case 'menu':
    case 'dir':
      return listHints(element)
    case 'font':
      return fontHints(element)
    case 'hr':
      return ruleHints(element)
    case 'body':
      return bodyHints(element)
    case 'input':
    case 'textarea':
      return fieldHints(element)
    case 'bdi':
      return attributes.has('dir') ? '' : directionHints(element)
    case 'br': {
      const side = CLEARED[attributes.get('clear')?.trim().toLowerCase() ?? '']
      return side ? `clear:${side};` : ''
    }
    default:
      return ''
  }
}

/** Background of body, tables and their parts. */
function backgroundHints({ attributes, name }: HtmlElement): string {
  if (name !== 'body' && name !== 'marquee' && !isTablePart(name)) return ''
  const color = colorOf(attributes.get('bgcolor'))
  const image = attributes.get('background')?.trim()
  return (color ? `background-color:${color};` : '') + (image ? `background-image:url("${image.replace(/["\\\n]/g, '')}");` : '')
}

/** The declarations that attributes stand for; empty for most elements. */
export function presentationalHints(element: HtmlElement): string {
  const { attributes, name } = element
  if (element.namespace !== 'html') return languageHints(element) + (name === 'svg' ? sizeHints(element) : '')
  const fromAround = alignedByParent(element) + (isTablePart(name) ? cellHints(element) : '')
  if (attributes.size === 0) return fromAround + ownHints(element)
  const direction = attributes.has('dir') ? directionHints(element) : ''
  return (
    languageHints(element) +
    fromAround +
    direction +
    ownHints(element) +
    alignHints(element) +
    sizeHints(element) +
    backgroundHints(element) +
    (isTablePart(name) ? tableHints(element) : '')
  )
}

function languageHints({ attributes }: HtmlElement): string {
  const language = attributes.get('lang') ?? attributes.get('xml:lang')
  return language === undefined ? '' : `-x-lang:"${language.replace(/[^A-Za-z0-9-]/g, '')}";`
}
