/**
 * Cited works → the words of citations and of the bibliography, by a citation style (CSL 1.0.2) through citation-js and citeproc.
 * In: the text of bibliography files and of a style. Out: a formatter; what is wrong with a file goes to `report`.
 * Loaded only for a source that names a bibliography.
 */
import { plugins } from '@citation-js/core'
import '@citation-js/plugin-csl'
import { createHash } from 'node:crypto'
import { parse as parseYaml } from 'yaml'
import type { SourcePosition } from '../diagnostics/diagnostic.js'
import type { Citation, Inline } from '../markdown/tree.js'
import type { BibliographyEntry } from './document.js'
import { inlinesOfEntry, inlinesOfHtml } from './formatted-html.js'
import { slug, uniqueSlug } from './slug.js'

interface CslItem {
  readonly id: string
  readonly author?: readonly CslName[]
  readonly editor?: readonly CslName[]
  readonly title?: string
}
interface CslName {
  readonly family?: string
  readonly literal?: string
}
interface CslCite {
  readonly id: string
  readonly locator?: string
  readonly label?: string
  readonly prefix: string
  readonly suffix: string
  readonly 'suppress-author'?: boolean
}
interface CslCluster {
  readonly citationID: string
  readonly citationItems: readonly CslCite[]
  readonly properties: { readonly noteIndex: 0; readonly mode?: 'composite' }
}
interface CslEngine {
  readonly opt: { readonly xclass: string }
  rebuildProcessorState(clusters: readonly CslCluster[], format: 'html', uncited: readonly string[]): readonly [string, number, string][]
  makeBibliography(): false | readonly [{ readonly entry_ids: readonly (readonly string[])[] }, readonly string[]]
}
/** What is used of citation-js' plugin for CSL. */
export interface CslPlugin {
  readonly locales: { list(): readonly string[] }
  readonly templates: { has(name: string): boolean; add(name: string, xml: string): void }
  engine(items: readonly unknown[], style: string, locale: string, format: 'html'): CslEngine
}

/** Styles that come along. */
export const shippedStyles = ['apa', 'harvard1', 'vancouver'] as const
/** The style where the source names none. */
export const defaultStyle = 'apa'

export interface BibliographyFile {
  readonly name: string
  readonly text: string
}

/** A file that cannot be read as a bibliography or a style: what is wrong, and where if it is known. */
export class CitationFileError extends Error {
  readonly position: SourcePosition | undefined
  constructor(message: string, position?: SourcePosition) {
    super(message)
    this.name = 'CitationFileError'
    this.position = position
  }
}

/** citeproc also throws bare texts. */
const message = (error: unknown): string => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))

async function itemsOf(file: BibliographyFile): Promise<readonly unknown[]> {
  if (/\.bib(?:tex)?$/i.test(file.name)) {
    await import('@citation-js/plugin-bibtex')
    return plugins.input.chain(file.text, { forceType: '@biblatex/text', generateGraph: false })
  }
  const data: unknown = /\.ya?ml$/i.test(file.name) ? parseYaml(file.text, { maxAliasCount: 100 }) : JSON.parse(file.text)
  const list = isRecord(data) && Array.isArray(data.references) ? data.references : data
  if (!Array.isArray(list)) throw new Error('a list of works is expected, as CSL JSON has it')
  for (const [index, item] of list.entries()) checkItem(item, index)
  const nameless = list.findIndex((item) => !isRecord(item) || (typeof item.id !== 'string' && typeof item.id !== 'number'))
  if (nameless >= 0) throw new Error(`work ${nameless + 1} of the list has no id`)
  return plugins.input.chain(list, { forceType: '@csl/list+object', generateGraph: false })
}

const isText = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
/** Names and dates are objects of texts and lists, all else is text (CSL-JSON schema 1.0.2). */
const isNameList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((name) => isRecord(name) && Object.values(name).every(isText))
const isDate = (value: unknown): boolean => {
  if (!isRecord(value)) return isText(value)
  const { 'date-parts': parts = [], ...rest } = value
  return Array.isArray(parts) && parts.every((part) => Array.isArray(part) && part.every(isText)) && Object.values(rest).every(isText)
}
const dateFields = new Set(['issued', 'accessed', 'available-date', 'event-date', 'original-date', 'submitted'])

function checkItem(item: unknown, index: number): void {
  for (const [field, value] of Object.entries(isRecord(item) ? item : {})) {
    const right = dateFields.has(field)
      ? isDate(value)
      : isText(value) || isNameList(value) || field === 'custom' || (Array.isArray(value) && value.every(isText))
    if (!right) throw new Error(`the field ${field} of work ${index + 1} is not as CSL data has it`)
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The works of one file. Throws a CitationFileError where the file is not what its name says. */
export async function readBibliography(file: BibliographyFile): Promise<readonly CslItem[]> {
  try {
    const items = await itemsOf(file)
    return items.map((item) => ({ ...(item as CslItem), id: String((item as CslItem).id) }))
  } catch (error) {
    const place = /line (\d+),? col(?:umn)? (\d+)/.exec(message(error))
    const position = place ? { file: file.name, line: Number(place[1]), column: Number(place[2]) } : undefined
    throw new CitationFileError(message(error).replace(/ at line \d+,? col(?:umn)? \d+:?$/, ''), position)
  }
}

export interface FormatterInput {
  readonly items: readonly CslItem[]
  /** A shipped style's name, or the text of a CSL file. */
  readonly style: { readonly name: string } | { readonly xml: string }
  readonly lang: string
}

export interface FormattedCitations {
  /** In the order of the citations given. */
  readonly texts: readonly (readonly Inline[])[]
  readonly bibliography: readonly BibliographyEntry[]
}

export interface CitationFormatter {
  readonly keys: ReadonlySet<string>
  /** True of styles whose citations are meant to stand in notes. */
  readonly forNotes: boolean
  /** Formats every citation of a document at once, in reading order. Throws a CitationFileError where the style fails on a work. */
  format(citations: readonly Citation[]): FormattedCitations
}

// Characters for private use that no bibliography holds: they show where the words of each cited work begin and end.
const cite = { begin: '\uF8F2', key: '\uF8F3', end: '\uF8F4' }

/** Makes a formatter. Throws a CitationFileError where the style cannot be used. */
export function createCitationFormatter({ items, style, lang }: FormatterInput): CitationFormatter {
  const plugin = plugins.config.get('@csl')
  const name = 'name' in style ? style.name : createHash('sha256').update(style.xml).digest('hex')
  if ('xml' in style && !plugin.templates.has(name)) plugin.templates.add(name, style.xml)
  const locales = plugin.locales.list()
  const language = lang.toLowerCase().split('-')[0] ?? ''
  const locale = locales.find((one) => one.toLowerCase() === lang.toLowerCase()) ?? locales.find((one) => one.startsWith(`${language}-`))
  try {
    const engine = plugin.engine(items, name, locale ?? 'en-US', 'html')
    const byKey = new Map(items.map((item) => [item.id, item]))
    return {
      keys: new Set(byKey.keys()),
      forNotes: engine.opt.xclass === 'note',
      format: (citations) => {
        try {
          return formatAll(citations, { engine, byKey, lang })
        } catch (error) {
          throw new CitationFileError(message(error))
        }
      },
    }
  } catch (error) {
    throw new CitationFileError(message(error))
  }
}

interface Formatting {
  readonly engine: CslEngine
  readonly byKey: ReadonlyMap<string, CslItem>
  readonly lang: string
}

function formatAll(citations: readonly Citation[], formatting: Formatting): FormattedCitations {
  const { engine } = formatting
  const ids = new Map<string, string>()
  const taken = new Set<string>()
  for (const { key } of citations.flatMap(({ items }) => items)) if (!ids.has(key)) ids.set(key, uniqueSlug(`ref-${slug(key)}`, taken))
  const clusters = citations.map(clusterOf)
  const texts = engine.rebuildProcessorState(clusters, 'html', []).map(([, , html], index) => {
    const citation = citations[index] as Citation
    return inlinesOfCitation(withNames(html, citation, formatting), citation, ids)
  })
  const made = citations.length > 0 && engine.makeBibliography()
  if (!made) return { texts, bibliography: [] }
  const { position } = citations[0] as Citation
  const [{ entry_ids: keys }, entries] = made
  const bibliography = entries.flatMap((html, index) => {
    const key = keys[index]?.[0]
    const id = key === undefined ? undefined : ids.get(key)
    if (key === undefined || id === undefined) return []
    const label = /<div class="csl-left-margin">([\s\S]*?)<\/div>/.exec(html)
    const body = inlinesOfEntry(label ? html.replace(label[0], '') : html, position)
    return [{ key, id, ...(label ? { label: (label[1] ?? '').trim() } : {}), content: body }]
  })
  return { texts, bibliography }
}

function clusterOf(citation: Citation, index: number): CslCluster {
  const items = citation.items.map(
    ({ key, prefix, locator, suffix, suppressAuthor }): CslCite => ({
      id: key,
      prefix: citation.narrative ? '' : `${cite.begin}${key}${cite.key}${prefix === undefined ? '' : `${prefix} `}`,
      suffix: citation.narrative ? (suffix ?? '') : `${suffix ?? ''}${cite.end}`,
      ...(locator ? { locator: locator.value, label: locator.label } : {}),
      ...(suppressAuthor ? { 'suppress-author': true } : {}),
    }),
  )
  const mode = citation.narrative ? { mode: 'composite' as const } : {}
  return { citationID: `citation-${index}`, citationItems: items, properties: { noteIndex: 0, ...mode } }
}

/** Styles with numbers have no words for an author in the text; the names stand before the number. */
function withNames(html: string, citation: Citation, { byKey, lang }: Formatting): string {
  if (!html.includes('[NO_PRINTED_FORM]')) return html
  const item = byKey.get(citation.items[0]?.key ?? '')
  const people = item?.author ?? item?.editor ?? []
  const names = people.map((name) => name.family ?? name.literal ?? '').filter((name) => name !== '')
  const words = names.length > 2 ? `${names[0]} et al.` : new Intl.ListFormat(lang, { type: 'conjunction' }).format(names)
  return html.replace('[NO_PRINTED_FORM]', (words === '' ? (item?.title ?? '') : words).replace(/&/g, '&amp;').replace(/</g, '&lt;')).trim()
}

function link(key: string, html: string, { citation, ids }: { citation: Citation; ids: ReadonlyMap<string, string> }): Inline {
  const { position } = citation
  return { kind: 'link', target: `#${ids.get(key) ?? ''}`, content: inlinesOfHtml(html, position), position }
}

/** Each work's words lead to its entry in the bibliography; what stands between them leads nowhere. */
function inlinesOfCitation(html: string, citation: Citation, ids: ReadonlyMap<string, string>): readonly Inline[] {
  const { position } = citation
  const first = citation.items[0]?.key ?? ''
  if (!html.includes(cite.begin)) return [link(first, html, { citation, ids })]
  const parts = html.split(new RegExp(`${cite.begin}([^${cite.key}]*)${cite.key}([^${cite.end}]*)${cite.end}`))
  return parts.flatMap((part, index): readonly Inline[] => {
    if (index % 3 === 0) return part === '' ? [] : inlinesOfHtml(part, position)
    return index % 3 === 1 ? [link(part, parts[index + 1] ?? '', { citation, ids })] : []
  })
}
