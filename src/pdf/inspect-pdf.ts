/**
 * What a PDF holds and claims, read by pdf.js. In: the bytes of any PDF. Out: plain data: pages with sizes, text and tags, fonts, outline, links,
 * attachments, standards. Loaded only by who inspects, since pdf.js is large.
 */
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { type InspectedTag, pageText, tagsOf } from './inspect-tags.js'

export interface InspectedFont {
  /** PostScript name, without the tag of a subset. */
  readonly name: string
  /** A subtype of ISO 32000-1, table 110, such as `CIDFontType2`. */
  readonly type: string
  readonly embedded: boolean
  readonly subset: boolean
}

export interface InspectedLink {
  readonly text: string
  /** An address, or `page 3`; null where it leads nowhere. */
  readonly target: string | null
}

export interface InspectedPage {
  readonly number: number
  readonly label: string
  /** In points, as shown. */
  readonly width: number
  readonly height: number
  readonly text: string
  readonly links: readonly InspectedLink[]
  /** What of the structure tree is on the page, from the root; an element that goes on over pages stands on each. */
  readonly tags: InspectedTag | null
}

export interface InspectedOutlineItem {
  readonly title: string
  readonly page: number | null
  readonly items: readonly InspectedOutlineItem[]
}

export interface PdfInspection {
  readonly version: string
  readonly bytes: number
  /** What the XMP metadata claims, such as `PDF/A-3A` and `PDF/UA-1`; whether it is true, a validator knows. */
  readonly standards: readonly string[]
  readonly tagged: boolean
  readonly encrypted: boolean
  readonly language: string | null
  readonly title: string | null
  readonly author: string | null
  readonly subject: string | null
  readonly keywords: string | null
  /** As written in the file, such as `D:20260503000000Z`. */
  readonly created: string | null
  readonly producer: string | null
  readonly pages: readonly InspectedPage[]
  readonly fonts: readonly InspectedFont[]
  readonly outline: readonly InspectedOutlineItem[]
  readonly attachments: readonly { readonly name: string; readonly description: string; readonly bytes: number }[]
}

export type InspectResult =
  | { readonly inspection: PdfInspection }
  | { readonly problem: 'password' | 'not-a-pdf'; readonly message: string }

/** Reads a file; says what is wrong where it is no PDF, or needs a password that is missing or another. */
export async function inspectPdf(data: Uint8Array, password?: string): Promise<InspectResult> {
  const { getDocument, OPS } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = getDocument({
    data: new Uint8Array(data),
    verbosity: 0,
    fontExtraProperties: true,
    disableFontFace: true,
    isEvalSupported: false,
    ...(password === undefined ? {} : { password }),
  })
  try {
    const document = await task.promise
    return { inspection: await inspectDocument(document, { bytes: data.length, setFont: OPS.setFont }) }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (error.name === 'PasswordException') return { problem: 'password', message: error.message }
    if (error.name === 'InvalidPDFException') return { problem: 'not-a-pdf', message: error.message }
    throw error
  } finally {
    await task.destroy()
  }
}

async function inspectDocument(document: PDFDocumentProxy, file: { bytes: number; setFont: number }): Promise<PdfInspection> {
  const { info, metadata } = await document.getMetadata()
  const facts = new Map(Object.entries(info))
  const fact = (name: string): string | null => {
    const value = facts.get(name)
    return typeof value === 'string' && value !== '' ? value : null
  }
  const described = (name: string): string | null => {
    const value: unknown = metadata?.get(name)
    return typeof value === 'string' ? value : Array.isArray(value) ? value.join(', ') : null
  }
  const labels = await document.getPageLabels()
  const fonts = new Map<string, InspectedFont>()
  const pages: InspectedPage[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    pages.push(await inspectPage(document, page, labels?.[number - 1] ?? String(number)))
    await collectFonts(page, file.setFont, fonts)
    page.cleanup()
  }
  return {
    version: fact('PDFFormatVersion') ?? '',
    bytes: file.bytes,
    standards: claimedStandards(metadata?.getRaw() ?? ''),
    tagged: (await document.getMarkInfo())?.Marked === true,
    encrypted: fact('EncryptFilterName') !== null,
    language: fact('Language'),
    title: fact('Title') ?? described('dc:title'),
    author: fact('Author') ?? described('dc:creator'),
    subject: fact('Subject') ?? described('dc:description'),
    keywords: fact('Keywords') ?? described('pdf:keywords'),
    created: fact('CreationDate') ?? described('xmp:createdate'),
    producer: fact('Producer') ?? described('pdf:producer'),
    pages,
    fonts: [...fonts.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    outline: await inspectOutline(document, (await document.getOutline()) ?? []),
    attachments: await inspectAttachments(document),
  }
}

/** Properties stand as elements or as attributes. */
function claimedStandards(xmp: string): string[] {
  const property = (name: string): string | undefined => new RegExp(`${name}(?:>|\\s*=\\s*["'])\\s*([^<"']+)`).exec(xmp)?.[1]?.trim()
  const part = property('pdfaid:part')
  const accessible = property('pdfuaid:part')
  return [...(part ? [`PDF/A-${part}${property('pdfaid:conformance') ?? ''}`] : []), ...(accessible ? [`PDF/UA-${accessible}`] : [])]
}

async function inspectPage(document: PDFDocumentProxy, page: PDFPageProxy, label: string): Promise<InspectedPage> {
  const { width, height } = page.getViewport({ scale: 1 })
  const content = await page.getTextContent({ includeMarkedContent: true })
  const annotations: readonly Annotation[] = await page.getAnnotations()
  const links = annotations.filter(({ subtype }) => subtype === 'Link')
  return {
    number: page.pageNumber,
    label,
    width: round(width),
    height: round(height),
    text: pageText(content.items),
    links: await Promise.all(
      links.map(async (link) => ({
        text: link.contentsObj?.str ?? '',
        target: link.url ?? link.unsafeUrl ?? (await pageOf(document, link.dest)),
      })),
    ),
    tags: tagsOf(await page.getStructTree(), content.items),
  }
}

/** What is used of pdf.js's annotations. */
interface Annotation {
  readonly subtype?: string
  readonly url?: string
  readonly unsafeUrl?: string
  readonly dest?: string | readonly unknown[] | null
  readonly contentsObj?: { readonly str?: string }
}

const round = (value: number): number => Math.round(value * 100) / 100

async function pageNumber(document: PDFDocumentProxy, destination: Annotation['dest']): Promise<number | null> {
  const explicit = typeof destination === 'string' ? await document.getDestination(destination) : destination
  const target: unknown = explicit?.[0]
  if (typeof target === 'number') return target + 1
  if (typeof target !== 'object' || target === null || !('num' in target) || !('gen' in target)) return null
  return (await document.getPageIndex({ num: Number(target.num), gen: Number(target.gen) })) + 1
}

async function pageOf(document: PDFDocumentProxy, destination: Annotation['dest']): Promise<string | null> {
  const number = destination ? await pageNumber(document, destination) : null
  return number === null ? null : `page ${number}`
}

async function collectFonts(page: PDFPageProxy, setFont: number, fonts: Map<string, InspectedFont>): Promise<void> {
  const { fnArray, argsArray } = await page.getOperatorList()
  const used = new Set(fnArray.flatMap((operator, index) => (operator === setFont ? [String(argsArray[index]?.[0])] : [])))
  for (const id of used) {
    const font: { readonly name?: string; readonly type?: string; readonly missingFile?: boolean } = page.commonObjs.get(id)
    const [, tag, name = ''] = /^([A-Z]{6}\+)?(.*)$/.exec(font.name ?? '') ?? []
    fonts.set(`${font.name} ${font.type}`, { name, type: font.type ?? '', embedded: font.missingFile !== true, subset: tag !== undefined })
  }
}

type Outline = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>

async function inspectOutline(document: PDFDocumentProxy, items: NonNullable<Outline>): Promise<InspectedOutlineItem[]> {
  return Promise.all(
    items.map(async (item) => ({
      title: item.title,
      page: await pageNumber(document, item.dest),
      items: await inspectOutline(document, item.items),
    })),
  )
}

/** What is used of pdf.js's attachments. */
interface FileAttachment {
  readonly filename: string
  readonly description?: string
  readonly content?: Uint8Array
}

async function inspectAttachments(document: PDFDocumentProxy): Promise<PdfInspection['attachments']> {
  const found: Readonly<Record<string, FileAttachment>> = (await document.getAttachments()) ?? {}
  return Object.values(found).map(({ filename, description, content }) => ({
    name: filename,
    description: description ?? '',
    bytes: content?.length ?? 0,
  }))
}
