/**
 * Pages → a tagged PDF: PDF 1.7 (ISO 32000-1) that is PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1). In: the laid-out document and
 * its HTML. Out: the bytes of the file, the same for the same input.
 */
import type { Styles } from '../css/computed-style.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { HtmlDocument } from '../html/dom.js'
import type { LaidOutDocument } from '../layout/fragment.js'
import type { ImageLoader } from '../layout/image.js'
import type { Typesetter } from '../text/paragraph.js'
import { Canvas, POINTS_PER_PIXEL } from './canvas.js'
import { LinkWriter, leadsSomewhere, writeDestinations, writeOutline } from './links.js'
import { documentInfo, metadataDate, type PdfMetadata, xmpDescriptions } from './metadata.js'
import { type PackedDocument, packedDocumentClass } from './object-streams.js'
import { paintPage } from './paint.js'
import type { PdfDocumentClass, PdfPage, PdfReference } from './pdfkit-internals.js'
import { Pictures } from './pictures.js'
import { createTagger } from './roles.js'
import { writeStructure } from './structure.js'
import { SvgPainter } from './svg/paint-svg.js'
import { FontRegistry } from './text.js'

export interface Attachment {
  readonly name: string
  /** Such as `text/markdown`. */
  readonly mediaType: string
  readonly description: string
  readonly data: Uint8Array
  /** ISO 19005-3, annex E. */
  readonly relationship: 'Source' | 'Data' | 'Supplement'
}

export interface WritePdfInput {
  readonly document: LaidOutDocument
  readonly html: HtmlDocument
  readonly metadata: PdfMetadata
  readonly attachments?: readonly Attachment[]
  /** Sets the text of SVG pictures; without it that text is left out and reported. */
  readonly typesetter?: Typesetter
  /** Reaches the svg elements of the HTML. */
  readonly styles?: Styles
  /** For pictures in backgrounds. */
  readonly images?: ImageLoader
  readonly report: Report
}

/** Writes the file. Problems, such as a picture without alternative text, go to `report`. */
export async function writePdf(input: WritePdfInput): Promise<Uint8Array> {
  const { document: laidOut, html, metadata, report } = input
  const document = await createDocument(metadata)
  const tagger = createTagger({ html, language: metadata.lang, report, leadsSomewhere: (href) => leadsSomewhere(href, laidOut.anchors) })
  const fonts = new FontRegistry(document)
  const links = new LinkWriter(document, laidOut.pages.length)
  const svg = new SvgPainter({
    fonts,
    typesetter: input.typesetter,
    styles: input.styles,
    picture: (href, style) => pictures.inPicture(href, style),
    report,
  })
  const pictures: Pictures = new Pictures({ document, svg, images: input.images, report })
  const alphaStates = new Map<string, PdfReference>()
  const pages: PdfPage[] = []
  const owners: Canvas['marked'][] = []
  for (const [index, page] of laidOut.pages.entries()) {
    document.addPage({ size: [page.width * POINTS_PER_PIXEL, page.height * POINTS_PER_PIXEL], margin: 0 })
    const canvas = new Canvas(document, index, alphaStates)
    paintPage(canvas, page, { tagger, fonts, links, pictures })
    canvas.finish()
    Object.assign(document.page.dictionary.data, { StructParents: index, Tabs: 'S' })
    pages.push(document.page)
    owners.push(canvas.marked)
  }
  writeStructure(document, tagger.root, { pages: owners, annotations: links.owners })
  writeDestinations(document, laidOut, pages)
  writeOutline(document, laidOut.bookmarks, pages)
  for (const attachment of input.attachments ?? []) attach(document, attachment, metadata)
  const bytes = document.bytes()
  document.end()
  return bytes
}

async function createDocument(metadata: PdfMetadata): Promise<PackedDocument> {
  const { default: pdfkit } = await import('pdfkit')
  const Document = packedDocumentClass(pdfkit as unknown as PdfDocumentClass)
  const document = new Document({
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    lang: metadata.lang,
    displayTitle: true,
    autoFirstPage: false,
    bufferPages: false,
    font: null,
    info: documentInfo(metadata),
  })
  document.xmp = xmpDescriptions(metadata)
  return document
}

function attach(document: PackedDocument, attachment: Attachment, metadata: PdfMetadata): void {
  const date = metadataDate(metadata)
  const file = document.file(attachment.data, {
    name: attachment.name,
    type: attachment.mediaType,
    relationship: attachment.relationship,
    creationDate: date,
    modifiedDate: date,
  })
  document.addNamedEmbeddedFile(attachment.name, file)
}
