/**
 * HTML → PDF: `briefpress pdf` and the library's renderPdf. In: HTML text and where it stands. Out: the bytes of a tagged PDF.
 */
import { basename, dirname, resolve } from 'node:path'
import type { Diagnostic, Report } from '../diagnostics/diagnostic.js'
import { type AttachableTexts, type Attachment, collectAttachments } from '../pdf/attachments.js'
import type { Locate } from '../pdf/content-rules.js'
import type { PdfMetadata } from '../pdf/metadata.js'
import { type PdfOptions, type PdfSettings, pageRules, pdfSettings } from '../pdf/settings.js'
import { decodePictures } from './decode-pictures.js'
import { checkMetadata, documentMetadata, namedLanguages } from './document-metadata.js'
import { type Engine, loadEngine, readBytes } from './engine.js'
import { type LaidOut, layOut } from './lay-out.js'

export interface RenderPdfOptions {
  /** The file that the HTML came from; addresses in it are relative to its folder. Default: `document.html` in the working folder. */
  readonly file?: string
  /** Nothing outside this folder is read. Default: the file's folder. */
  readonly root?: string
  /** Paths of further style sheets, last in the cascade. */
  readonly styleSheets?: readonly string[]
  /** ISO 8601; for documents that name no date of their own. */
  readonly date?: string
  /** Standards, attachments, protection and how a reader shows the file. */
  readonly pdf?: PdfOptions
  /** Shared over many documents to save its start. */
  readonly engine?: Engine
}

export interface RenderedPdf {
  readonly pdf: Uint8Array
  readonly pages: number
  readonly diagnostics: readonly Diagnostic[]
}

/** Renders one HTML document. What is wrong with it stands in `diagnostics`; the PDF holds all that could be read. */
export async function renderPdf(html: string, options: RenderPdfOptions = {}): Promise<RenderedPdf> {
  const diagnostics: Diagnostic[] = []
  const report: Report = (diagnostic) => diagnostics.push(diagnostic)
  const engine = options.engine ?? (await loadEngine())
  const file = resolve(options.file ?? 'document.html')
  const base = dirname(file)
  const pdfOptions = options.pdf ?? {}
  const settings = pdfSettings(pdfOptions, report)
  const root = resolve(options.root ?? base)
  const styleSheets = (options.styleSheets ?? []).map((path) => resolve(path))
  await decodePictures({ html, base, root, styleSheets, decoded: engine.pictures, grayscale: settings.grayscale, report })
  const laidOut = layOut({
    html,
    file,
    base,
    root,
    styleSheets: [],
    lastStyleSheets: styleSheets,
    lastRules: pageRules(pdfOptions),
    grayscale: settings.grayscale,
    engine,
    hyphenator: await engine.hyphenator(namedLanguages(html)),
    report,
  })
  checkMetadata(laidOut.html, settings.conformance, report)
  const title = basename(file).replace(/\.[^.]+$/, '')
  const metadata = documentMetadata(laidOut.html, { title, ...(options.date === undefined ? {} : { date: options.date }) })
  const data = readDataFiles(pdfOptions.attach ?? [], report)
  const needsOne = settings.conformance.archive?.level === 'F'
  const attachments = settings.attachments ? collectAttachments({ ...(needsOne ? { metadata: { ...metadata } } : {}), data }) : []
  const pdf = await paintPdf(laidOut, { metadata, settings, attachments, report })
  return { pdf, pages: laidOut.document.pages.length, diagnostics }
}

/** Reads files to attach; each that cannot be had is reported as `attachment-missing`. */
export function readDataFiles(paths: readonly string[], report: Report): AttachableTexts['data'] {
  return paths.flatMap((path) => {
    const bytes = readBytes(resolve(path))
    if (bytes) return [{ name: basename(path), bytes }]
    report({
      severity: 'error',
      code: 'attachment-missing',
      message: `The file ${path} is to be attached and cannot be read.`,
      hint: 'Name a file that exists.',
    })
    return []
  })
}

export interface PaintInput {
  readonly metadata: PdfMetadata
  readonly settings: PdfSettings
  readonly attachments: readonly Attachment[]
  readonly locate?: Locate
  readonly report: Report
}

/** Paints a laid-out document; pdfkit is loaded here, so that measuring and HTML do without. */
export async function paintPdf(laidOut: LaidOut, { settings, ...input }: PaintInput): Promise<Uint8Array> {
  const { writePdf } = await import('../pdf/write-pdf.js')
  const { document, html, styles, typesetter, images } = laidOut
  const { conformance, viewer, grayscale, protection } = settings
  return writePdf({
    document,
    html,
    styles,
    typesetter,
    images,
    conformance,
    viewer,
    grayscale,
    ...(protection ? { protection } : {}),
    ...input,
  })
}
