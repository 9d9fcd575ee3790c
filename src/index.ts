/** The library: what `import … from 'briefpress'` gives. */
export type { Diagnostic, Severity, SourcePosition } from './diagnostics/diagnostic.js'
export type { EditionName, LedgerEntry } from './editions/edition.js'
export type { Permission, Protection } from './pdf/encryption-names.js'
export type { PdfOptions } from './pdf/settings.js'
export { type PdfStandard, pdfStandards } from './pdf/standards.js'
export { type BuildOptions, type BuildResult, type BuiltFile, build, type EditionLedger, type Format } from './project/build.js'
export { type RenderedHtml, type RenderHtmlOptions, renderHtml } from './project/render-html.js'
export { type RenderedPdf, type RenderPdfOptions, renderPdf } from './project/render-pdf.js'
