/**
 * The HTML of a mail made fit for mail programs. In: what templates/render-email.ts made. Out: HTML with its styles in the elements, only
 * elements that old programs know, no links into itself, and pictures as parts of the message (RFC 2392).
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { type DefaultTreeAdapterMap, defaultTreeAdapter, html as names, parse, serialize } from 'parse5'
import type { Report } from '../../diagnostics/diagnostic.js'
import { readImage } from '../../layout/image-size.js'
import { decodeData, isUnder, pathOf } from '../../layout/load-image.js'
import type { RenderedEmail } from '../../templates/render-email.js'

type Node = DefaultTreeAdapterMap['node']
type Element = DefaultTreeAdapterMap['element']

/** A picture that the HTML shows by `cid:`. */
export interface InlinePicture {
  readonly contentId: string
  readonly name: string
  readonly type: string
  readonly data: Uint8Array
  /** In CSS px; null where it cannot be read. */
  readonly width: number | null
}

export interface HtmlPart {
  readonly html: string
  readonly pictures: readonly InlinePicture[]
}

export interface HtmlPartOptions {
  /** Folder against which addresses of pictures resolve, and the one outside which nothing is read. */
  readonly base: string
  readonly root: string
  readonly report: Report
}

/** Gmail shows no more of a message than this many bytes of HTML. */
export const mostHtmlBytes = 102_400

/** Makes the part. HTML that mail programs would cut off is reported as `mail-too-long`. */
export async function makeHtmlPart({ html, inlineCss }: RenderedEmail, options: HtmlPartOptions): Promise<HtmlPart> {
  const { default: juice } = await import('juice')
  const document = parse(html)
  const pictures = new Map<string, InlinePicture | null>()
  for (const element of [...elementsOf(document)]) {
    if (element.tagName === 'img') await takePicture(element, pictures, options)
    else plainElement(element)
  }
  const inlined = juice.inlineContent(serialize(document), inlineCss, { applyWidthAttributes: false, applyAttributesTableElements: true })
  const small = inlined.replace(/>\s*\n\s*</g, '>\n<').replace(/;\s+/g, '; ')
  const bytes = Buffer.byteLength(small)
  if (bytes >= mostHtmlBytes)
    options.report({
      severity: 'warning',
      code: 'mail-too-long',
      message: `the HTML of the message has ${Math.round(bytes / 1024)} KB; Gmail cuts off what goes beyond ${mostHtmlBytes / 1024} KB`,
      hint: 'send the summary with --body summary, or leave blocks out of the brief',
    })
  return { html: small, pictures: [...pictures.values()].filter((picture) => picture !== null) }
}

function* elementsOf(node: Node): Generator<Element> {
  if ('tagName' in node) yield node
  if ('childNodes' in node) for (const child of node.childNodes) yield* elementsOf(child)
}

const attribute = (element: Element, name: string): string | undefined => element.attrs.find((one) => one.name === name)?.value

function setAttribute(element: Element, name: string, value: string): void {
  const found = element.attrs.find((one) => one.name === name)
  if (found) found.value = value
  else element.attrs.push({ name, value })
}

/** Word, which draws mail in Outlook, knows none of HTML's newer elements: they become div and p with their name as a class. */
const plainNames: Readonly<Record<string, string>> = {
  aside: 'div',
  section: 'div',
  article: 'div',
  header: 'div',
  figure: 'div',
  figcaption: 'p',
  footer: 'p',
  time: 'span',
  mark: 'span',
}

function plainElement(element: Element): void {
  const plain = plainNames[element.tagName]
  if (plain !== undefined) {
    setAttribute(element, 'class', [element.tagName, attribute(element, 'class')].filter(Boolean).join(' '))
    rename(element, plain)
  }
  if (element.tagName === 'a' && attribute(element, 'href')?.startsWith('#')) {
    if (attribute(element, 'role') === 'doc-backlink') return defaultTreeAdapter.detachNode(element)
    rename(element, 'span')
  }
  const gone = new Set(['tabindex', 'id', 'aria-labelledby', 'href'].filter((name) => name !== 'href' || element.tagName !== 'a'))
  element.attrs = element.attrs.filter(({ name, value }) => !gone.has(name) && !(name === 'role' && /^(doc-|region)/.test(value)))
}

function rename(element: Element, name: string): void {
  element.tagName = name
  element.nodeName = name
  element.namespaceURI = names.NS.HTML
}

/** A picture becomes a part of the message; one that cannot be had is its alternative text. */
async function takePicture(element: Element, pictures: Map<string, InlinePicture | null>, options: HtmlPartOptions): Promise<void> {
  const source = attribute(element, 'src') ?? ''
  if (!pictures.has(source)) pictures.set(source, await readPicture(source, options))
  const picture = pictures.get(source)
  if (picture) {
    setAttribute(element, 'src', `cid:${picture.contentId}`)
    // Word reads no max-width.
    if (picture.width !== null) setAttribute(element, 'width', String(Math.min(picture.width, textWidth)))
    return
  }
  const parent = element.parentNode
  if (parent) defaultTreeAdapter.insertTextBefore(parent, attribute(element, 'alt') ?? '', element)
  defaultTreeAdapter.detachNode(element)
}

const ready: Readonly<Record<string, string>> = { '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.gif': 'image/gif' }
/** Of the text on a wide screen, in px. */
const textWidth = 560
/** For screens of twice the resolution. */
const widestPicture = 2 * textWidth

async function readPicture(source: string, { base, root, report }: HtmlPartOptions): Promise<InlinePicture | null> {
  const path = /^data:/i.test(source) ? null : pathOf(source, base)
  try {
    const data = path === null ? decodeData(source) : isUnder(path, root) ? await readFile(path) : null
    if (!data) throw new Error('it is not in the project')
    const type = path === null ? undefined : ready[extname(path).toLowerCase()]
    const shown = type === undefined ? await toPng(data) : data
    const contentId = `${createHash('sha256').update(shown).digest('hex').slice(0, 32)}@picture`
    const stem = path === null ? 'picture' : basename(path, extname(path))
    const extension = type === undefined || path === null ? '.png' : extname(path)
    const size = readImage(shown)
    const width = type === undefined ? textWidth : 'problem' in size ? null : size.naturalWidth
    return { contentId, name: `${stem}${extension}`, type: type ?? 'image/png', data: shown, width }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const message = `the picture ${source.slice(0, 80)} is not in the message, its alternative text stands for it: ${reason}`
    report({ severity: 'warning', code: 'mail-picture', message })
    return null
  }
}

/** SVG, WebP and AVIF are shown by few mail programs. */
async function toPng(data: Uint8Array): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  const options = { width: widestPicture, withoutEnlargement: false } as const
  return sharp(data, { limitInputPixels: 100_000_000, density: 192 }).resize(options).png({ compressionLevel: 9 }).toBuffer()
}
