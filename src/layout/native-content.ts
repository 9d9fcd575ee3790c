/**
 * What elements show that is not in their children: form fields their values, frames their titles (HTML, section 15.5). In: an element.
 * Out: its children as paper shows them, or the picture that it is; a field's state is told in the picture's alternative text.
 */
import type { HtmlElement, HtmlNode } from '../html/dom.js'

export interface NativePicture {
  readonly url: string
  /** Null leaves it to the element's own attributes. */
  readonly alt: string | null
}

const asText = (data: string, parent: HtmlElement): HtmlNode => ({ kind: 'text', data, parent })

function span(parent: HtmlElement, style: string, text: string): HtmlElement {
  const children: HtmlNode[] = []
  const attributes = new Map([['style', style]])
  const made: HtmlElement = { kind: 'element', name: 'span', namespace: 'html', attributes, children, parent, index: 0 }
  children.push(asText(text, made))
  return made
}

function textOf(nodes: readonly HtmlNode[]): string {
  return nodes.map((node) => (node.kind === 'text' ? node.data : textOf(node.children))).join('')
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim()
const typeOf = (input: HtmlElement): string => input.attributes.get('type')?.trim().toLowerCase() ?? 'text'
const BUTTONS: Readonly<Record<string, string>> = { submit: 'Submit', reset: 'Reset', button: '' }

function inputChildren(input: HtmlElement): readonly HtmlNode[] {
  const { attributes } = input
  const type = typeOf(input)
  if (type === 'image') return [asText(attributes.get('alt') ?? '', input)]
  const given = attributes.get('value')
  const value = Object.hasOwn(BUTTONS, type) ? (given ?? BUTTONS[type] ?? '') : type === 'file' ? '' : (given ?? '')
  const shown = type === 'password' ? '•'.repeat([...value].length) : value
  const placeholder = attributes.get('placeholder')
  if (shown === '' && placeholder) return [span(input, 'color:#757575', placeholder)]
  // An empty field is as high as one with text, and its baseline is that text's.
  return [asText(shown === '' ? '\u200b' : shown, input)]
}

function options(nodes: readonly HtmlNode[]): HtmlElement[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'text') return []
    return node.name === 'option' ? [node] : node.name === 'optgroup' ? options(node.children) : []
  })
}

/** A list that shows one line shows what is chosen; one that shows more, all of it. */
function selectChildren(select: HtmlElement): readonly HtmlNode[] {
  const { attributes, children } = select
  if (attributes.has('multiple') || Number.parseInt(attributes.get('size') ?? '1', 10) > 1) return children
  const all = options(children)
  const chosen =
    all.filter((option) => option.attributes.has('selected')).at(-1) ?? all.find((option) => !option.attributes.has('disabled'))
  const label = chosen ? (chosen.attributes.get('label') ?? plain(textOf(chosen.children))) : ''
  return [asText(label === '' ? '\u200b' : label, select), span(select, 'padding-inline-start:0.5em;font-size:0.8em', '▾')]
}

/** An element's children as paper shows them; most elements' are their own. */
export function nativeChildren(element: HtmlElement): readonly HtmlNode[] {
  if (element.namespace !== 'html') return element.children
  switch (element.name) {
    case 'input':
      return inputChildren(element)
    case 'select':
      return selectChildren(element)
    case 'textarea': {
      const { placeholder = '' } = Object.fromEntries(element.attributes)
      if (textOf(element.children) !== '') return element.children
      return [placeholder === '' ? asText('\u200b', element) : span(element, 'color:#757575', placeholder)]
    }
    case 'iframe':
      return [asText(element.attributes.get('title') ?? element.attributes.get('src') ?? '', element)]
    default:
      return element.children
  }
}

const svg = (width: number, height: number, content: string): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">${content}</svg>`)}`

function checkPicture(input: HtmlElement): NativePicture {
  const checked = input.attributes.has('checked')
  if (typeOf(input) === 'radio') {
    const dot = checked ? '<circle cx="13" cy="13" r="7" fill="#333"/>' : ''
    return {
      url: svg(26, 26, `<circle cx="13" cy="13" r="12" fill="#fff" stroke="#767676" stroke-width="2"/>${dot}`),
      alt: checked ? '◉' : '○',
    }
  }
  const tick = checked ? '<path d="M6 13l5 6 9-12" fill="none" stroke="#333" stroke-width="3"/>' : ''
  const box = '<rect x="1" y="1" width="24" height="24" rx="3" fill="#fff" stroke="#767676" stroke-width="2"/>'
  return { url: svg(26, 26, box + tick), alt: checked ? '☑' : '☐' }
}

function numberOf(element: HtmlElement, name: string, standard: number): number {
  const value = Number.parseFloat(element.attributes.get(name) ?? '')
  return Number.isFinite(value) ? value : standard
}

/** How full a bar is, from 0 to 1. */
function shareOf(element: HtmlElement): number {
  const isRange = element.name === 'input'
  const least = element.name === 'progress' ? 0 : numberOf(element, 'min', 0)
  const most = numberOf(element, 'max', isRange ? 100 : 1)
  const value = numberOf(element, 'value', isRange ? (least + most) / 2 : 0)
  return most > least ? Math.min(1, Math.max(0, (value - least) / (most - least))) : 0
}

/** A meter outside its good range is amber, far from it red (section 4.10.14). */
function meterColor(meter: HtmlElement): string {
  const least = numberOf(meter, 'min', 0)
  const most = numberOf(meter, 'max', 1)
  const low = numberOf(meter, 'low', least)
  const high = numberOf(meter, 'high', most)
  const best = numberOf(meter, 'optimum', (least + most) / 2)
  const zone = (value: number): number => (value < low ? 0 : value > high ? 2 : 1)
  const away = Math.abs(zone(numberOf(meter, 'value', 0)) - zone(best))
  return ['#2e7d32', '#c77700', '#b3261e'][away] ?? '#2e7d32'
}

function barPicture(element: HtmlElement): NativePicture {
  const share = shareOf(element)
  const filled = Math.round(share * 96)
  const alt = element.attributes.get('value') ?? ''
  if (element.name === 'input') {
    const track = '<rect x="0" y="4" width="100" height="2" fill="#b0b0b0"/>'
    return { url: svg(100, 10, `${track}<rect x="${filled}" y="0" width="4" height="10" fill="#555"/>`), alt }
  }
  const color = element.name === 'meter' ? meterColor(element) : '#3a6ea5'
  const bar = element.attributes.has('value') ? `<rect x="2" y="2" width="${filled}" height="6" fill="${color}"/>` : ''
  return {
    url: svg(
      100,
      10,
      `<rect x="0" y="0" width="100" height="10" fill="#b8b8b8"/><rect x="1" y="1" width="98" height="8" fill="#f4f4f4"/>${bar}`,
    ),
    alt,
  }
}

const PICTURE_FILE = /\.(?:png|jpe?g|svg|gif|webp|avif)(?:[?#]|$)|^data:image\//i

/** The picture in an object or embed; what is no picture shows what it holds instead. */
function embedded(element: HtmlElement, name: string): NativePicture | null {
  const url = element.attributes.get(name)
  const type = element.attributes.get('type')
  if (url === undefined || !(type === undefined ? PICTURE_FILE.test(url) : /^image\//i.test(type))) return null
  return { url, alt: null }
}

/** The picture that an element is; null where it is none. */
export function nativePicture(element: HtmlElement): NativePicture | null {
  const { name, namespace, attributes } = element
  if (namespace !== 'html') return null
  const own = (attribute: string): NativePicture | null => {
    const url = attributes.get(attribute)
    return url === undefined ? null : { url, alt: null }
  }
  switch (name) {
    case 'img':
      return own('src')
    case 'video':
      return own('poster')
    case 'object':
      return embedded(element, 'data')
    case 'embed':
      return embedded(element, 'src')
    case 'meter':
    case 'progress':
      return barPicture(element)
    case 'input':
      return /^(?:checkbox|radio)$/.test(typeOf(element))
        ? checkPicture(element)
        : typeOf(element) === 'range'
          ? barPicture(element)
          : typeOf(element) === 'image'
            ? own('src')
            : null
    default:
      return null
  }
}
