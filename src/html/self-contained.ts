/**
 * One HTML file that needs no other. In: an HTML document and the folder its addresses resolve against. Out: the same document
 * with pictures as data: URLs (RFC 2397) and the faces it uses as WOFF2 subsets (CSS Fonts 4, section 4).
 */
import { createHash } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'
import { type DefaultTreeAdapterMap, defaultTreeAdapter, parse, serialize } from 'parse5'
import type { Report } from '../diagnostics/diagnostic.js'
import { charactersByFace, type FaceFile } from './used-characters.js'

type Node = DefaultTreeAdapterMap['node']
type Element = DefaultTreeAdapterMap['element']

export interface SelfContainedOptions {
  /** Absolute path of the folder that holds everything the document may draw from. */
  readonly base: string
  readonly fonts: readonly FaceFile[]
  readonly report: Report
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.svg': 'image/svg+xml',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.otf': 'font/otf',
}

function* elementsOf(node: Node): Generator<Element> {
  if ('tagName' in node) yield node
  if ('childNodes' in node) for (const child of node.childNodes) yield* elementsOf(child)
}

/** The path of an address below the base, links followed; null where it is elsewhere or does not exist. */
async function pathBelow(base: string, address: string): Promise<string | null> {
  try {
    const root = await realpath(base)
    const wanted = await realpath(resolve(root, decodeURIComponent(address.replace(/[?#].*$/s, ''))))
    return wanted.startsWith(root.endsWith(sep) ? root : root + sep) ? wanted : null
  } catch {
    return null
  }
}

const isRelative = (address: string): boolean => address !== '' && !/^([a-z][a-z0-9+.-]*:|\/\/|#)/i.test(address.trim())

/** Reads a file below the base as a data: URL; reports it and gives null where it cannot be had. */
async function dataUrl(address: string, { base, report }: SelfContainedOptions): Promise<string | null> {
  const path = await pathBelow(base, address)
  const type = path === null ? undefined : mediaTypes[extname(path).toLowerCase()]
  if (path !== null && type !== undefined) {
    try {
      return `data:${type};base64,${(await readFile(path)).toString('base64')}`
    } catch {
      // Falls through to the message: a folder, or a file nobody may read.
    }
  }
  const message =
    type === undefined && path !== null
      ? `${address} is of no known kind of picture`
      : `the file ${address} cannot be found below the project folder`
  report({ severity: 'error', code: 'missing-image', message, hint: 'check the path; only files below the project folder are read' })
  return null
}

type Inline = (address: string) => Promise<string | null>

/** Each file is read, and reported, once. */
function createInliner(options: SelfContainedOptions): Inline {
  const known = new Map<string, Promise<string | null>>()
  return (address) => {
    const found = known.get(address) ?? dataUrl(address, options)
    known.set(address, found)
    return found
  }
}

async function inlineCssUrls(css: string, inline: Inline): Promise<string> {
  const pattern = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^'")\s]+))\s*\)/g
  let out = ''
  let at = 0
  for (const match of css.matchAll(pattern)) {
    const address = match[1] ?? match[2] ?? match[3] ?? ''
    const data = isRelative(address) ? await inline(address) : null
    out += css.slice(at, match.index) + (data === null ? match[0] : `url("${data}")`)
    at = match.index + match[0].length
  }
  return out + css.slice(at)
}

function setText(element: Element, text: string): void {
  element.childNodes = []
  defaultTreeAdapter.insertText(element, text)
}

async function textOfLinkedSheet(element: Element, options: SelfContainedOptions): Promise<string | null> {
  const rel = element.attrs
    .find((attribute) => attribute.name === 'rel')
    ?.value.toLowerCase()
    .split(/\s+/)
  const href = element.attrs.find((attribute) => attribute.name === 'href')?.value
  if (!rel?.includes('stylesheet') || href === undefined || !isRelative(href)) return null
  const path = await pathBelow(options.base, href)
  if (path !== null) return readFile(path, 'utf8')
  options.report({
    severity: 'error',
    code: 'missing-style-sheet',
    message: `the style sheet ${href} cannot be found below the project folder`,
  })
  return null
}

async function inlineElement(element: Element, inline: Inline, options: SelfContainedOptions): Promise<void> {
  for (const attribute of element.attrs) {
    if (attribute.name === 'style' && attribute.value.includes('url(')) attribute.value = await inlineCssUrls(attribute.value, inline)
    const loads = (attribute.name === 'src' && element.tagName === 'img') || (attribute.name === 'href' && element.tagName === 'image')
    if (loads && isRelative(attribute.value)) attribute.value = (await inline(attribute.value)) ?? attribute.value
  }
  if (element.tagName === 'style') setText(element, await inlineCssUrls(rawText(element), inline))
  if (element.tagName !== 'link') return
  const css = await textOfLinkedSheet(element, options)
  if (css === null) return
  const media = element.attrs.filter((attribute) => attribute.name === 'media')
  element.tagName = 'style'
  element.nodeName = 'style'
  element.attrs = media
  setText(element, await inlineCssUrls(css.replace(/<\/(style)/gi, '<\\/$1'), inline))
}

function rawText(element: Element): string {
  return element.childNodes.map((child) => ('value' in child ? child.value : '')).join('')
}

/** Subsets by face file and characters; the same request always gives the same bytes, so sharing them is safe. */
const subsets = new Map<string, Promise<string>>()
const mostSubsets = 64

async function makeSubset(path: string, characters: string): Promise<string> {
  const [{ default: subsetFont }, font] = await Promise.all([import('subset-font'), readFile(path)])
  const subset = await subsetFont(font, characters, { targetFormat: 'woff2' })
  return Buffer.from(subset).toString('base64')
}

function subsetOf(path: string, characters: string): Promise<string> {
  const key = createHash('sha256').update(`${path}\0${characters}`).digest('base64')
  const known = subsets.get(key)
  if (known) return known
  const made = makeSubset(path, characters)
  if (subsets.size >= mostSubsets) subsets.delete(subsets.keys().next().value ?? '')
  subsets.set(key, made)
  // A failure is not kept: the file may be there next time.
  made.catch(() => subsets.delete(key))
  return made
}

async function faceRule(face: FaceFile, characters: string, report: Report): Promise<string> {
  try {
    const data = await subsetOf(face.path, characters)
    const style = face.italic ? 'italic' : 'normal'
    return `@font-face { font-family: '${face.family.replace(/['\\<]/g, '')}'; font-weight: ${face.weight}; font-style: ${style}; font-display: swap; src: url(data:font/woff2;base64,${data}) format('woff2') }`
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    report({ severity: 'error', code: 'missing-font', message: `the font ${face.family} ${face.weight} cannot be embedded: ${reason}` })
    return ''
  }
}

async function fontRules(document: DefaultTreeAdapterMap['document'], options: SelfContainedOptions): Promise<string> {
  const used = charactersByFace(document, options.fonts)
  const rules = await Promise.all([...used].map(([face, characters]) => faceRule(face, characters, options.report)))
  return rules.filter((rule) => rule !== '').join('\n')
}

/**
 * The document with its pictures, style sheets and fonts inside; the same input gives the same bytes.
 * Errors: a picture that is missing or outside the base is reported as `missing-image` and its address stays; a font that
 * cannot be read is reported as `missing-font`. Nothing is fetched from a network.
 */
export async function makeSelfContained(html: string, options: SelfContainedOptions): Promise<string> {
  const document = parse(html)
  const inline = createInliner(options)
  const elements = [...elementsOf(document)]
  for (const element of elements) await inlineElement(element, inline, options)
  const rules = await fontRules(document, options)
  const head = elements.find((element) => element.tagName === 'head')
  if (head && rules !== '') {
    const style = defaultTreeAdapter.createElement('style', head.namespaceURI, [])
    defaultTreeAdapter.insertText(style, `\n${rules}\n`)
    defaultTreeAdapter.appendChild(head, style)
  }
  return `${serialize(document)}\n`
}
