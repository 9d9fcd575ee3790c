/**
 * XHTML → HTML that means the same (XHTML 1.0, appendix C; XML 1.0). In: the text of a document in XML. Out: text for the HTML parser, line
 * by line where it was: CDATA sections opened, empty elements closed, prefixes of HTML and SVG taken off.
 */
import { escapeHtml } from './escape.js'

const voidNames: ReadonlySet<string> = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
const rawNames: ReadonlySet<string> = new Set(['style', 'script'])
const namespaces: ReadonlySet<string> = new Set([
  'http://www.w3.org/1999/xhtml',
  'http://www.w3.org/2000/svg',
  'http://www.w3.org/1998/Math/MathML',
])

/** Whether a document is XML by its file's name or its first characters. */
export function isXhtml(text: string, file: string): boolean {
  return /\.(?:xht|xhtml|xml)$/i.test(file) || /^\ufeff?\s*<\?xml\s/.test(text)
}

const markup =
  /<!--[\s\S]*?-->|<!\[CDATA\[(?<data>[\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<!DOCTYPE(?:[^>[]|\[[^\]]*\])*>|<(?<close>\/?)(?<name>[A-Za-z_][\w:.-]*)(?<rest>(?:"[^"]*"|'[^']*'|[^"'<>])*)>/g

/** Rewrites a document. What is not well-formed stays as it is: HTML's error recovery applies to it. */
export function htmlFromXhtml(text: string): string {
  const prefixes = prefixesIn(text)
  let out = ''
  let at = 0
  let raw = ''
  for (const match of text.matchAll(markup)) {
    const between = text.slice(at, match.index)
    out += raw === '' ? between : decodeReferences(between)
    at = match.index + match[0].length
    const { data, name, close, rest } = match.groups ?? {}
    if (data !== undefined) out += raw === '' ? escapeHtml(data) : data
    else if (name === undefined) out += otherMarkup(match[0])
    else {
      const local = localName(name, prefixes)
      const isEmpty = rest?.endsWith('/') === true
      if (rawNames.has(local)) raw = close === '' && !isEmpty ? local : ''
      out += tag(local, { close: close === '/', rest: rest ?? '', isEmpty })
    }
  }
  return out + text.slice(at)
}

function prefixesIn(text: string): ReadonlySet<string> {
  const found = Array.from(text.matchAll(/\bxmlns:([\w.-]+)\s*=\s*["']([^"']*)["']/g))
  return new Set(found.filter(([, , uri]) => namespaces.has(uri ?? '')).map(([, prefix]) => prefix as string))
}

function localName(name: string, prefixes: ReadonlySet<string>): string {
  const colon = name.indexOf(':')
  return colon > 0 && prefixes.has(name.slice(0, colon)) ? name.slice(colon + 1) : name
}

function tag(
  name: string,
  { close, rest, isEmpty }: { readonly close: boolean; readonly rest: string; readonly isEmpty: boolean },
): string {
  const isVoid = voidNames.has(name)
  if (close) return isVoid ? '' : `</${name}>`
  const attributes = isEmpty ? rest.slice(0, -1) : rest
  return `<${name}${attributes}>${isEmpty && !isVoid ? `</${name}>` : ''}`
}

/** Comments stay; of the rest, which HTML does not know, the line ends do. XML documents have no quirks. */
function otherMarkup(text: string): string {
  if (text.startsWith('<!--')) return text
  const lines = text.replace(/[^\n]/g, '')
  return text.startsWith('<!DOCTYPE') ? `<!DOCTYPE html>${lines}` : lines
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** In XML the text of style elements has references too. */
function decodeReferences(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
