/**
 * Raw HTML of a source, made harmless. In: any HTML fragment. Out: the same fragment with only the elements, attributes and
 * addresses of an allow-list (the approach of the WICG HTML Sanitizer API). Parsing is parse5's, so what comes out is what
 * a browser would have understood, never what a regular expression guessed.
 */
import { type DefaultTreeAdapterMap, defaultTreeAdapter, html as htmlNames, parseFragment, serialize } from 'parse5'

type ChildNode = DefaultTreeAdapterMap['childNode']
type Element = DefaultTreeAdapterMap['element']
type ParentNode = DefaultTreeAdapterMap['parentNode']

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

const allowedElements = words(
  'a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr',
)

/** Dropped with everything inside; any other unknown element gives way to its children. */
const droppedElements = words(
  'applet audio base button canvas datalist dialog embed fieldset form frame frameset iframe input link map math meta noembed noframes noscript object optgroup option param plaintext portal script select slot source style svg template textarea title track video xmp',
)

const globalAttributes = words('id class lang dir title role')
const elementAttributes: Readonly<Record<string, ReadonlySet<string>>> = {
  a: words('href hreflang'),
  blockquote: words('cite'),
  col: words('span'),
  colgroup: words('span'),
  data: words('value'),
  del: words('cite datetime'),
  details: words('open'),
  img: words('src alt width height'),
  ins: words('cite datetime'),
  li: words('value'),
  ol: words('start reversed type'),
  q: words('cite'),
  td: words('colspan rowspan headers'),
  th: words('colspan rowspan headers scope abbr'),
  time: words('datetime'),
}

/** Browsers ignore control characters and spaces inside a scheme, so they go before the scheme is read. */
function schemeOf(address: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly the characters that browsers skip
  const bare = address.replace(/[\u0000-\u0020\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202f\ufeff]/g, '')
  const match = /^([^/?#:]*):/.exec(bare)
  if (match) return (match[1] ?? '').toLowerCase()
  return /^[/\\]{2}/.test(bare) ? '//' : null
}

const linkSchemes = words('http https mailto tel')

/** Whether an address may stand in a link: http, https, mailto, tel, or relative to the source. */
export function isSafeLink(address: string): boolean {
  const scheme = schemeOf(address)
  return scheme === null || linkSchemes.has(scheme)
}

/** Whether an address may be loaded as a picture without a network: relative to the source, or a bitmap in a data: URL. */
export function isLocalImage(address: string): boolean {
  const scheme = schemeOf(address)
  return scheme === null || (scheme === 'data' && /^\s*data:image\/(png|jpeg|gif|webp|avif)[;,]/i.test(address))
}

function attributeIsAllowed(element: string, name: string, value: string): boolean {
  const known = globalAttributes.has(name) || /^aria-[a-z]+$/.test(name) || elementAttributes[element]?.has(name) === true
  if (!known) return false
  if (name === 'href' || name === 'cite') return isSafeLink(value)
  if (name === 'src') return isLocalImage(value)
  return true
}

function cleanElement(element: Element, parent: ParentNode): void {
  const foreign = element.namespaceURI !== htmlNames.NS.HTML
  if (foreign || droppedElements.has(element.tagName)) return
  if (!allowedElements.has(element.tagName)) {
    cleanChildren(element.childNodes, parent)
    return
  }
  const attributes = element.attrs.filter((attribute) => attributeIsAllowed(element.tagName, attribute.name, attribute.value))
  // A picture without a source shows nothing and would only leave a broken mark.
  if (element.tagName === 'img' && !attributes.some((attribute) => attribute.name === 'src')) return
  const copy = defaultTreeAdapter.createElement(element.tagName, htmlNames.NS.HTML, attributes)
  defaultTreeAdapter.appendChild(parent, copy)
  cleanChildren(element.childNodes, copy)
}

function cleanChildren(nodes: readonly ChildNode[], parent: ParentNode): void {
  for (const node of nodes) {
    if (node.nodeName === '#text' && 'value' in node) defaultTreeAdapter.insertText(parent, node.value)
    else if ('tagName' in node) cleanElement(node, parent)
  }
}

const deepest = 256

/** Depth of nesting, counted without recursion so that no source can exhaust the stack. */
function depthOf(root: ParentNode): number {
  let level: ChildNode[] = root.childNodes
  let depth = 0
  while (level.length > 0 && depth <= deepest) {
    level = level.flatMap((node) => ('childNodes' in node ? node.childNodes : []))
    depth += 1
  }
  return depth
}

/**
 * The fragment with only allowed elements, attributes and addresses; comments, scripts, styles, event handlers, forms and
 * anything that would be fetched are gone. Nested deeper than 256 elements, nothing is kept.
 */
export function sanitiseHtml(html: string): string {
  if (html === '') return ''
  const fragment = parseFragment(html)
  if (depthOf(fragment) > deepest) return ''
  const clean = defaultTreeAdapter.createDocumentFragment()
  cleanChildren(fragment.childNodes, clean)
  return serialize(clean)
}
