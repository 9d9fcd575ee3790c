/**
 * HTML → PDF: `briefpress pdf` and the library's renderPdf. In: HTML text and where it stands. Out: the bytes of a tagged PDF.
 */
import { dirname, resolve } from 'node:path'
import type { Diagnostic, Report } from '../diagnostics/diagnostic.js'
import { decodePictures } from './decode-pictures.js'
import { documentMetadata, namedLanguages } from './document-metadata.js'
import { type Engine, loadEngine } from './engine.js'
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
  const root = resolve(options.root ?? base)
  const styleSheets = (options.styleSheets ?? []).map((path) => resolve(path))
  await decodePictures({ html, base, root, styleSheets, decoded: engine.pictures, report })
  const laidOut = layOut({
    html,
    file,
    base,
    root,
    styleSheets: [],
    lastStyleSheets: styleSheets,
    engine,
    hyphenator: await engine.hyphenator(namedLanguages(html)),
    report,
  })
  const pdf = await paintPdf(laidOut, { title: file, ...(options.date === undefined ? {} : { date: options.date }) }, report)
  return { pdf, pages: laidOut.document.pages.length, diagnostics }
}

/** Paints a laid-out document; pdfkit is loaded here, so that measuring and HTML do without. */
export async function paintPdf(laidOut: LaidOut, defaults: { title: string; date?: string }, report: Report): Promise<Uint8Array> {
  const { writePdf } = await import('../pdf/write-pdf.js')
  const metadata = documentMetadata(laidOut.html, defaults)
  const { document, html, styles, typesetter, images } = laidOut
  return writePdf({ document, html, metadata, styles, typesetter, images, report })
}
