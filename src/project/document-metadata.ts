/**
 * What a PDF says about itself, from its HTML (HTML Living Standard, section 4.2). In: the HTML tree. Out: metadata for pdf/.
 */
import type { Report } from '../diagnostics/diagnostic.js'
import type { HtmlDocument, HtmlElement } from '../html/dom.js'
import { elements, textContent } from '../html/walk.js'
import type { PdfMetadata } from '../pdf/metadata.js'
import { type Conformance, demandsTags, standardTitle } from '../pdf/standards.js'

export interface MetadataDefaults {
  readonly title: string
  /** ISO 8601, for documents that name no date: SOURCE_DATE_EPOCH. */
  readonly date?: string
}

/** Title, language, authors, description, keywords and date. */
export function documentMetadata(html: HtmlDocument, defaults: MetadataDefaults): PdfMetadata {
  let root: HtmlElement | undefined
  let title = ''
  let heading = ''
  const meta = new Map<string, string>()
  for (const element of elements(html)) {
    if (element.name === 'html') root ??= element
    else if (element.name === 'title' && element.namespace === 'html' && title === '')
      title = textContent(element).replace(/\s+/g, ' ').trim()
    else if (element.name === 'meta')
      meta.set((element.attributes.get('name') ?? '').toLowerCase(), element.attributes.get('content') ?? '')
    else if (element.name === 'h1' && heading === '') heading = textContent(element).replace(/\s+/g, ' ').trim()
  }
  const author = meta.get('author')
  const subject = meta.get('description')
  const keywords = meta.get('keywords')
  const date = meta.get('dcterms.date') ?? meta.get('date') ?? defaults.date
  return {
    title: title || heading || defaults.title,
    lang: root?.attributes.get('lang') || 'en',
    ...(author ? { author } : {}),
    ...(subject ? { subject } : {}),
    ...(keywords ? { keywords: keywords.split(',').map((word) => word.trim()) } : {}),
    ...(date ? { date } : {}),
  }
}

/** Reports `language-not-set` and `title-not-set` where a standard asks for them. */
export function checkMetadata(html: HtmlDocument, { standards, ...conformance }: Conformance, report: Report): void {
  if (!demandsTags({ standards, ...conformance })) return
  const all = [...elements(html)]
  const root = all.find(({ name }) => name === 'html')
  const names = standards.map(standardTitle).join(' and ')
  const position = root?.position ? { position: root.position } : {}
  if (!root?.attributes.get('lang'))
    report({
      severity: 'warning',
      code: 'language-not-set',
      message: `The document names no language, which ${names} ask for; English is assumed.`,
      ...position,
      hint: 'Write <html lang="en"> with the language of the text.',
    })
  if (!all.some((element) => element.name === 'title' && element.namespace === 'html' && textContent(element).trim() !== ''))
    report({
      severity: 'warning',
      code: 'title-not-set',
      message: `The document has no title, which ${names} ask for; its first heading or its name stands in.`,
      ...position,
      hint: 'Write <title>…</title> in its head.',
    })
}

/** Every language that an HTML text names, for its hyphenation. */
export function namedLanguages(html: string): readonly string[] {
  return [...new Set(Array.from(html.matchAll(/\blang\s*=\s*["']?([A-Za-z][A-Za-z0-9-]*)/g), (match) => match[1] as string))]
}
