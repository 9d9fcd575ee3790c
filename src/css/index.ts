/**
 * In: an HTML document and style sheets. Out: a computed style for each element, pseudo-element and page (CSS Cascade 5). The document's own
 * sheets are those of its style elements and of the files it links to (HTML, sections 4.2.4 and 4.2.6), in its order.
 */

import { dirname, isAbsolute, resolve } from 'node:path'
import type { Report } from '../diagnostics/diagnostic.js'
import type { HtmlDocument, HtmlElement } from '../html/dom.js'
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
    const isSheet = isStyleElement(element)
    const isLink = element.name === 'link' && element.namespace === 'html'
    if ((!isSheet && !isLink) || !isForMedia(element, viewport)) continue
    if (isSheet) readStyleElement(element, document, reader)
    else readLinked(element, input, reader)
  }
  for (const sheet of input.lastStyleSheets ?? []) reader.read(sheet)
  reader.finish()
  return new DocumentStyles(reader, document, { viewport, metrics })
}

/** A linked sheet, unless it is an alternative that a reader would have to choose. */
function readLinked(element: HtmlElement, { document, readFile, report }: StylesInput, reader: SheetReader): void {
  const { attributes, position } = element
  const kinds = (attributes.get('rel') ?? '').toLowerCase().split(/[\t\n\f\r ]+/)
  const type = attributes.get('type')?.trim().toLowerCase() ?? ''
  const href = attributes.get('href')?.trim() ?? ''
  if (!kinds.includes('stylesheet') || kinds.includes('alternate') || attributes.has('disabled') || href === '') return
  if (type !== '' && type.split(';')[0]?.trim() !== 'text/css') return
  const file = isAbsolute(href) ? href : resolve(dirname(document.base), decodedPath(href))
  const css = /^[a-z][a-z0-9+.-]+:/i.test(href) ? null : readFile(file)
  if (css !== null) reader.read({ css, file, origin: 'author' })
  else {
    report({
      severity: 'warning',
      code: 'css-link-missing',
      message: `the style sheet "${href}" cannot be read`,
      hint: 'Check the path; it is relative to the document. Nothing is fetched from the network.',
      ...(position ? { position } : {}),
    })
  }
}

/** A relative address without its query, its escapes decoded where they are whole. */
function decodedPath(href: string): string {
  const path = href.replace(/[?#].*$/s, '')
  return /^(?:[^%]|%[0-7][0-9a-f])*$/i.test(path) ? decodeURIComponent(path) : path
}

/** The styles of an SVG file, which has style elements and style attributes of its own and no user agent's sheet. Its faults are not told: it is a program's work. */
export function createSvgStyles(document: HtmlDocument, viewport: StylesInput['viewport']): Styles {
  const reader = new SheetReader({ viewport, readFile: () => null, report: () => {} })
  for (const element of elements(document))
    if (isStyleElement(element) && isForMedia(element, viewport)) readStyleElement(element, document, reader)
  reader.finish()
  return new DocumentStyles(reader, document, { viewport })
}

function isStyleElement({ name, namespace }: HtmlElement): boolean {
  return name === 'style' && namespace !== 'mathml'
}

function isForMedia({ attributes }: HtmlElement, viewport: StylesInput['viewport']): boolean {
  const media = attributes.get('media')
  return media === undefined || mediaMatches(parseComponents(media), viewport)
}

function readStyleElement(element: HtmlElement, document: HtmlDocument, reader: SheetReader): void {
  const firstLine = Math.max(0, (element.position?.line ?? 1) - 1)
  reader.read({ css: textContent(element), file: document.base, origin: 'author', inDocument: { firstLine } })
}
