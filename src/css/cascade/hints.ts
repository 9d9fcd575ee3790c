/**
 * In: an HTML element's presentational attributes. Out: declarations as text (HTML, section 15.3): lists, images, tables, language.
 */
import type { HtmlElement } from '../../html/dom.js'

const ALIGNED = new Set('p div h1 h2 h3 h4 h5 h6 td th tr thead tbody tfoot col colgroup caption'.split(' '))
const SIZED = new Set('img svg video canvas object iframe embed table td th col colgroup hr'.split(' '))
const LIST_TYPES: Readonly<Record<string, string>> = {
  '1': 'decimal',
  a: 'lower-alpha',
  A: 'upper-alpha',
  i: 'lower-roman',
  I: 'upper-roman',
}

/** HTML's rules for dimensions: a number is px, or a percentage. */
function dimension(text: string | undefined): string | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(%?)/.exec(text ?? '')
  return match ? `${match[1]}${match[2] === '%' ? '%' : 'px'}` : null
}

function integer(text: string | undefined): number | null {
  const match = /^\s*([+-]?\d{1,9})/.exec(text ?? '')
  return match ? Number(match[1]) : null
}

function listHints(element: HtmlElement): string {
  const { attributes, name } = element
  let css = ''
  if (name === 'ol') {
    const start = integer(attributes.get('start'))
    if (attributes.has('reversed')) {
      const items = element.children.filter((child) => child.kind === 'element' && child.name === 'li').length
      css += `counter-reset:list-item ${(start ?? items) + 1};`
    } else if (start !== null) css += `counter-reset:list-item ${start - 1};`
  }
  if (name === 'li') {
    const { parent } = element
    const value = integer(attributes.get('value'))
    if (parent?.kind === 'element' && parent.name === 'ol' && parent.attributes.has('reversed')) css += 'counter-increment:list-item -1;'
    if (value !== null) css += `counter-set:list-item ${value};`
  }
  const type = attributes.get('type')
  if (type !== undefined) {
    const style = LIST_TYPES[type] ?? (/^(?:disc|circle|square|none)$/i.test(type) ? type : null)
    if (style) css += `list-style-type:${style};`
  }
  return css
}

function alignHints(element: HtmlElement): string {
  const { attributes, name } = element
  const align = attributes.get('align')?.toLowerCase()
  if (align === undefined) return ''
  if (ALIGNED.has(name) && /^(?:left|right|center|justify)$/.test(align)) return name === 'caption' ? '' : `text-align:${align};`
  if (name === 'caption' && (align === 'top' || align === 'bottom')) return `caption-side:${align};`
  if ((name === 'img' || name === 'table') && (align === 'left' || align === 'right')) return `float:${align};`
  if (name === 'table' && align === 'center') return 'margin-left:auto;margin-right:auto;'
  return name === 'img' && /^(?:top|middle|bottom)$/.test(align) ? `vertical-align:${align};` : ''
}

function sizeHints(element: HtmlElement): string {
  const { attributes, name } = element
  if (!SIZED.has(name)) return ''
  const width = dimension(attributes.get('width'))
  const height = dimension(attributes.get('height'))
  let css = ''
  if (width) css += `width:${width};`
  if (height) css += `height:${height};`
  if (name === 'img' && width?.endsWith('px') && height?.endsWith('px'))
    css += `aspect-ratio:auto ${Number.parseFloat(width)}/${Number.parseFloat(height)};`
  return css
}

function tableHints(element: HtmlElement): string {
  const { attributes, name } = element
  let css = ''
  const spacing = dimension(attributes.get('cellspacing'))
  if (name === 'table' && spacing?.endsWith('px')) css += `border-spacing:${spacing};`
  const vertical = attributes.get('valign')?.toLowerCase()
  if (vertical && /^(?:top|middle|bottom|baseline)$/.test(vertical)) css += `vertical-align:${vertical};`
  return (name === 'td' || name === 'th') && attributes.has('nowrap') ? `${css}white-space:nowrap;` : css
}

/** The declarations that attributes stand for; empty for most elements. */
export function presentationalHints(element: HtmlElement): string {
  const { attributes } = element
  if (attributes.size === 0) return element.name === 'li' ? listHints(element) : ''
  const language = attributes.get('lang') ?? attributes.get('xml:lang')
  let css = language === undefined ? '' : `-x-lang:"${language.replace(/[^A-Za-z0-9-]/g, '')}";`
  if (element.namespace !== 'html') return element.name === 'svg' ? css + sizeHints(element) : css
  if (element.name === 'ol' || element.name === 'ul' || element.name === 'li') css += listHints(element)
  return css + alignHints(element) + sizeHints(element) + tableHints(element)
}
