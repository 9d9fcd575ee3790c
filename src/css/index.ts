/**
 * In: an HTML document and style sheets. Out: a computed style for each element, pseudo-element and page (CSS Cascade 5).
 */
import type { Report } from '../diagnostics/diagnostic.js'
import type { HtmlDocument, HtmlElement } from '../html/dom.js'
import { elements, textContent } from '../html/walk.js'
import type { FontMetrics } from './cascade/compute.js'
import { mediaMatches } from './cascade/conditions.js'
import { DocumentStyles } from './cascade/document-styles.js'
import { isUrl, type Origin, resolverFrom, SheetReader } from './cascade/style-sheet.js'
import type { Styles } from './computed-style.js'
import { parseComponents } from './syntax/component.js'
import { USER_AGENT_SHEET } from './user-agent.js'

export type { FontMetrics } from './cascade/compute.js'

export interface StyleSheetInput {
  readonly css: string
  /** For messages, and what addresses in it are relative to. */
  readonly file: string
  readonly origin: Origin
}
export interface StylesInput {
  readonly document: HtmlDocument
  /** In cascade order; those that the document names or holds come after them. */
  readonly styleSheets: readonly StyleSheetInput[]
  /** Those that come after the document's own. */
  readonly lastStyleSheets?: readonly StyleSheetInput[]
  /** Px; the page where `size` is auto, and what media queries and vw are about. */
  readonly viewport: { readonly width: number; readonly height: number }
  /** For @import and `<link>`; null where there is no such file. */
  readonly readFile: (path: string) => string | null
  readonly report: Report
  /** ex and ch of a font, as fractions of its size; half an em without. */
  readonly metrics?: FontMetrics
}

/**
 * Reads the style sheets and answers for the document's elements and pages. What cannot be read goes to `report` as a warning;
 * nothing is thrown for it. The document must not change while the answers are used.
 */
export function createStyles(input: StylesInput): Styles {
  const { document, viewport, readFile, report, metrics } = input
  const reader = new SheetReader({ viewport, readFile, report })
  reader.read({ css: USER_AGENT_SHEET, file: 'user-agent.css', origin: 'user-agent' })
  for (const sheet of input.styleSheets) reader.read(sheet)
  for (const element of elements(document)) {
    if (element.namespace !== 'html' || (element.name !== 'style' && !isSheetLink(element))) continue
    const media = element.attributes.get('media')
    if (media !== undefined && !mediaMatches(parseComponents(media), viewport)) continue
    const firstLine = Math.max(0, (element.position?.line ?? 1) - 1)
    if (element.name === 'style')
      reader.read({ css: textContent(element), file: document.base, origin: 'author', inDocument: { firstLine } })
    else readLinked(element, reader, input)
  }
  for (const sheet of input.lastStyleSheets ?? []) reader.read(sheet)
  reader.finish()
  return new DocumentStyles(reader, document, { viewport, metrics })
}

/** A link to a sheet that is used without anyone choosing it (HTML, section 4.6.7.22). */
function isSheetLink({ name, attributes }: HtmlElement): boolean {
  if (name !== 'link' || !attributes.get('href') || attributes.has('disabled')) return false
  const kinds = (attributes.get('rel') ?? '').toLowerCase().split(/\s+/)
  return kinds.includes('stylesheet') && !kinds.includes('alternate')
}

function readLinked(element: HtmlElement, reader: SheetReader, { document, readFile, report }: StylesInput): void {
  const href = element.attributes.get('href') ?? ''
  const file = resolverFrom(document.base)(href)
  const css = isUrl(file) ? null : readFile(file)
  if (css !== null) reader.read({ css, file, origin: 'author' })
  else
    report({
      severity: 'warning',
      code: 'style-sheet-missing',
      message: `the style sheet "${href}" cannot be read`,
      hint: 'Check the path; it is relative to the document, and nothing is fetched from a network.',
      ...(element.position ? { position: element.position } : {}),
    })
}
