/**
 * In: an HTML document and style sheets. Out: a computed style for each element, pseudo-element and page (CSS Cascade 5).
 */
import type { Report } from '../diagnostics/diagnostic.js'
import type { HtmlDocument } from '../html/dom.js'
import { elements, textContent } from '../html/walk.js'
import type { FontMetrics } from './cascade/compute.js'
import { mediaMatches } from './cascade/conditions.js'
import { DocumentStyles } from './cascade/document-styles.js'
import { type Origin, SheetReader } from './cascade/style-sheet.js'
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
  /** In cascade order; those of `<style>` elements come after them. */
  readonly styleSheets: readonly StyleSheetInput[]
  /** Px; the page where `size` is auto, and what media queries and vw are about. */
  readonly viewport: { readonly width: number; readonly height: number }
  /** For @import; null where there is no such file. */
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
    if (element.name !== 'style' || element.namespace !== 'html') continue
    const media = element.attributes.get('media')
    if (media !== undefined && !mediaMatches(parseComponents(media), viewport)) continue
    const firstLine = Math.max(0, (element.position?.line ?? 1) - 1)
    reader.read({ css: textContent(element), file: document.base, origin: 'author', inDocument: { firstLine } })
  }
  reader.finish()
  return new DocumentStyles(reader, document, { viewport, metrics })
}
