/**
 * Pages → a tagged PDF (ISO 32000-1 and -2) that is what standards.ts says: by default PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3). In: the
 * laid-out document and its HTML. Out: the bytes of the file, the same for the same input.
 */
import { createHash } from 'node:crypto'
import type { Styles } from '../css/computed-style.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { HtmlDocument } from '../html/dom.js'
import { textContent } from '../html/walk.js'
import type { BoxFragment, LaidOutDocument, Page } from '../layout/fragment.js'
import type { ImageLoader } from '../layout/image.js'
import type { Typesetter } from '../text/paragraph.js'
import { type Attachment, writeAttachments } from './attachments.js'
import { Canvas, POINTS_PER_PIXEL, type SharedCanvas } from './canvas.js'
import { ContentRules, type Locate, locateInHtml } from './content-rules.js'
import { createEncryption } from './encryption.js'
import type { Protection } from './encryption-names.js'
import { destinations, LinkWriter, leadsSomewhere, writeOutline } from './links.js'
import { documentInfo, metadataDate, metadataPacket, type PdfMetadata } from './metadata.js'
import { type PackedDocument, packedDocumentClass } from './object-streams.js'
import { outputColors } from './output-colors.js'
import { pageLabels } from './page-labels.js'
import { paintPage, rootFragment } from './paint.js'
import type { PdfDocumentClass, PdfPage } from './pdfkit-internals.js'
import { Pictures } from './pictures.js'
import { pageBoundaries } from './printer-marks.js'
import { createTagger } from './roles.js'
import type { Conformance } from './standards.js'
import { writeStructure } from './structure.js'
import { SvgPainter } from './svg/paint-svg.js'
import { raw, reference } from './syntax.js'
import { FontRegistry } from './text.js'
import { type ViewerOptions, viewerPreferences } from './viewer-preferences.js'

export interface WritePdfInput {
  /** Its pages are let go of one by one as they are written, so that a long document does not stand in memory twice. */
  readonly document: LaidOutDocument
  readonly html: HtmlDocument
  readonly metadata: PdfMetadata
  readonly conformance: Conformance
  readonly attachments?: readonly Attachment[]
  readonly viewer?: ViewerOptions
  /** Device grey throughout. Pictures of colours are reported, unless they have been made grey. */
  readonly grayscale?: boolean
  /** Not together with PDF/A, which settings.ts sees to. */
  readonly protection?: Protection
  /** Sets the text of SVG pictures; without it that text is left out and reported. */
  readonly typesetter?: Typesetter
  /** Reaches the svg elements of the HTML. */
  readonly styles?: Styles
  /** For pictures in backgrounds. */
  readonly images?: ImageLoader
  /** Where a person wrote an element; by default its place in the HTML. */
  readonly locate?: Locate
  readonly report: Report
}

/** Writes the file. Problems, such as a picture without alternative text, go to `report`. */
export async function writePdf(input: WritePdfInput): Promise<Uint8Array> {
  const { document: laidOut, html, metadata, conformance, report, locate = locateInHtml } = input
  const document = await createDocument(input)
  const tagger = createTagger({
    html,
    language: metadata.lang,
    modern: conformance.version === '2.0',
    report,
    locate,
    leadsSomewhere: (href) => leadsSomewhere(href, laidOut.anchors),
  })
  const fonts = new FontRegistry(document, conformance.archive?.part === 4)
  const links = new LinkWriter(document, laidOut.pages.length)
  const svg = new SvgPainter({
    fonts,
    typesetter: input.typesetter,
    styles: input.styles,
    picture: (href, style) => pictures.inPicture(href, style),
    report,
  })
  const pictures: Pictures = new Pictures({ document, svg, images: input.images, report })
  const root = laidOut.pages[0] ? rootFragment(laidOut.pages[0]) : null
  const sliceTotal = ({ boxId, height }: BoxFragment): number => laidOut.sliceHeights.get(boxId) ?? height
  const shared: SharedCanvas = {
    alphaStates: new Map(),
    rules: new ContentRules({ conformance, locate, report }),
    colors: outputColors(input.grayscale === true),
  }
  const pages: PdfPage[] = []
  const owners: Canvas['marked'][] = []
  const labels = pageLabels(laidOut)
  for (const [index, page] of released(laidOut)) {
    document.addPage({ size: [page.width * POINTS_PER_PIXEL, page.height * POINTS_PER_PIXEL], margin: 0 })
    const canvas = new Canvas(document, index, shared)
    paintPage(canvas, page, { tagger, fonts, links, pictures, sliceTotal, root })
    canvas.finish()
    Object.assign(document.page.dictionary.data, { StructParents: index, Tabs: 'S', ...pageBoundaries(page, POINTS_PER_PIXEL) })
    if (page.rotation !== 0) Object.assign(document.page.dictionary.data, { Rotate: page.rotation })
    pages.push(document.page)
    owners.push(canvas.marked)
  }
  writeStructure(document, tagger.root, { pages: owners, annotations: links.owners, modern: conformance.version === '2.0' })
  writeOutline(document, laidOut.bookmarks, pages)
  writeCatalogue(document, input, { pages, labels })
  fonts.embed(conformance.archive?.part === 1)
  const bytes = document.bytes()
  document.end()
  return bytes
}

/** Each page with its index from 0; the document forgets it when the next one is asked for. */
function* released({ pages }: LaidOutDocument): Generator<[number, Page]> {
  const held = pages as (Page | null)[]
  for (let index = 0; index < held.length; index++) {
    const page = held[index]
    held[index] = null
    if (page) yield [index, page]
  }
}

async function createDocument(input: WritePdfInput): Promise<PackedDocument> {
  const { metadata, conformance, protection } = input
  const { archive, version } = conformance
  const { default: pdfkit } = await import('pdfkit')
  const Document = packedDocumentClass(pdfkit as unknown as PdfDocumentClass)
  const document = new Document({
    pdfVersion: version === '1.4' ? '1.4' : '1.7',
    headerVersion: version,
    ...(archive ? { subset: archive.part === 1 ? 'PDF/A-1b' : 'PDF/A-3a' } : {}),
    lang: metadata.lang,
    autoFirstPage: false,
    bufferPages: false,
    font: null,
    info: documentInfo(metadata),
  })
  document.metadataPacket = (identifier) => metadataPacket(metadata, conformance, identifier)
  // ISO 19005-4, section 6.1.3.
  document.hasInfo = archive?.part !== 4
  if (protection) {
    document.protect(createEncryption(protection, seedOf(input)))
    if (version === '1.7') document._root.data.Extensions = raw('<</ADBE<</BaseVersion/1.7/ExtensionLevel 8>>>>')
  }
  return document
}

/** What makes a protected file its own before a byte of it is written. */
function seedOf({ metadata, html, attachments }: WritePdfInput): Uint8Array {
  const digest = createHash('sha256').update(JSON.stringify(metadata)).update(textContent(html))
  for (const { data } of attachments ?? []) digest.update(data)
  return digest.digest()
}

/** Names, labels and preferences (ISO 32000-1, section 7.7.2). */
function writeCatalogue(
  document: PackedDocument,
  input: WritePdfInput,
  { pages, labels }: { readonly pages: readonly PdfPage[]; readonly labels: string },
): void {
  const { document: laidOut, metadata, conformance } = input
  const put = (text: string): string => {
    const id = document.allocate()
    document.put(id, text)
    return reference(id)
  }
  const dests = destinations(laidOut, pages)
  const files = writeAttachments(document, input.attachments ?? [], metadataDate(metadata))
  const names = document._root.data.Names
  if (names && typeof names === 'object' && 'finalize' in names)
    names.data = { ...(dests ? { Dests: raw(put(dests)) } : {}), ...(files ? { EmbeddedFiles: raw(put(files)) } : {}) }
  document._root.data.PageLabels = raw(labels)
  document._root.data.ViewerPreferences = document.ref(viewerPreferences(input.viewer ?? {}, conformance.version))
}
