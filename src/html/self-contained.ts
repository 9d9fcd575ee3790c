/**
 * One HTML file that needs no other. In: an HTML document and the folder its addresses resolve against. Out: the same document
 * with pictures as data: URLs (RFC 2397) and the faces it uses as WOFF2 subsets (CSS Fonts 4, section 4).
 */
import { readFile, realpath } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'
import { type DefaultTreeAdapterMap, defaultTreeAdapter, parse, serialize } from 'parse5'
import type { Report } from '../diagnostics/diagnostic.js'
import { charactersByFace, type FaceFile } from './used-characters.js'
import { toWoff2 } from './woff2.js'

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
async function dataUrl(address: string, options: SelfContainedOptions): Promise<string | null> {
  const { base, report } = options
  const path = await pathBelow(base, address)
  const type = path === null ? undefined : mediaTypes[extname(path).toLowerCase()]
  if (path !== null && type !== undefined) {
    try {
      const bytes = await readFile(path)
      const data = type === 'image/svg+xml' ? Buffer.from(await svgWithFonts(bytes.toString('utf8'), options)) : bytes
      return `data:${type};base64,${data.toString('base64')}`
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

/** A picture sees none of its page's fonts, so those that its text names go inside it. */
async function svgWithFonts(svg: string, { fonts, report }: SelfContainedOptions): Promise<string> {
  const texts = Array.from(svg.matchAll(/<text[\s>][\s\S]*?<\/text>/g), (match) => decodeXml(match[0].replace(/<[^>]*>/g, '')))
  if (texts.length === 0) return svg
  const characters = [...new Set(texts.join(''))].sort().join('')
  const weights = new Set(Array.from(svg.matchAll(/font-weight\s*[:=]\s*["']?\s*(\w+)/g), (match) => weightOf(match[1] ?? '')).concat(400))
  const faces = fonts.filter((face) => !face.italic && weights.has(face.weight) && svg.includes(face.family))
  const rules = await Promise.all(faces.map((face) => faceRule(face, characters, report)))
  return svg.replace(/<svg\b[^>]*>/, (open) => `${open}<style>${rules.join('\n')}</style>`)
}

const weightOf = (text: string): number => (text === 'bold' ? 700 : text === 'normal' ? 400 : Number(text))

const decodeXml = (text: string): string =>
  text.replace(
    /&(?:amp|lt|gt|quot|apos);/g,
    (entity) => ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" })[entity] ?? entity,
  )

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

async function makeSubset(path: string, characters: string): Promise<string> {
  const [{ default: subsetFont }, font] = await Promise.all([import('subset-font'), readFile(path)])
  const subset = await subsetFont(font, characters, { targetFormat: 'sfnt' })
  return Buffer.from(toWoff2(subset)).toString('base64')
}

async function faceRule(face: FaceFile, characters: string, report: Report): Promise<string> {
  try {
    const data = await makeSubset(face.path, characters)
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
