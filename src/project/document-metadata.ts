/**
 * What a PDF says about itself, from its HTML (HTML Living Standard, section 4.2). In: the HTML tree. Out: metadata for pdf/.
 */
import type { HtmlDocument, HtmlElement } from '../html/dom.js'
import { elements, textContent } from '../html/walk.js'
import type { PdfMetadata } from '../pdf/metadata.js'

export interface MetadataDefaults {
  readonly title: string
  /** ISO 8601, for documents that name no date: SOURCE_DATE_EPOCH. */
  readonly date?: string
}

/** Title, language, authors, description, keywords and date. */
export function documentMetadata(html: HtmlDocument, defaults: MetadataDefaults): PdfMetadata {
  let root: HtmlElement | undefined
  let title = ''
  const meta = new Map<string, string>()
  for (const element of elements(html)) {
    if (element.name === 'html') root ??= element
    else if (element.name === 'title' && element.namespace === 'html' && title === '')
      title = textContent(element).replace(/\s+/g, ' ').trim()
    else if (element.name === 'meta')
      meta.set((element.attributes.get('name') ?? '').toLowerCase(), element.attributes.get('content') ?? '')
    else if (element.name === 'body') break
  }
  const author = meta.get('author')
  const subject = meta.get('description')
  const keywords = meta.get('keywords')
  const date = meta.get('dcterms.date') ?? meta.get('date') ?? defaults.date
  return {
    title: title === '' ? defaults.title : title,
    lang: root?.attributes.get('lang') || 'en',
    ...(author ? { author } : {}),
    ...(subject ? { subject } : {}),
    ...(keywords ? { keywords: keywords.split(',').map((word) => word.trim()) } : {}),
    ...(date ? { date } : {}),
  }
}

/** Every language that an HTML text names, for its hyphenation. */
export function namedLanguages(html: string): readonly string[] {
  return [...new Set(Array.from(html.matchAll(/\blang\s*=\s*["']?([A-Za-z][A-Za-z0-9-]*)/g), (match) => match[1] as string))]
}
