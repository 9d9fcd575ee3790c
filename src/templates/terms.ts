/**
 * Abbreviations and terms of the glossary in running text. In: an edition, then the texts of its rendering in order. Out: the text in
 * pieces: an abbreviation is an `abbr` with a title, its meaning in brackets after its first use; a term leads to the glossary once a section.
 */

import type { Document, Section } from '../document/document.js'
import { eachSection } from '../document/outline.js'
import { slug, uniqueSlug } from '../document/slug.js'
import { inlineText, visitBlocks } from '../document/walk.js'
import type { ReportEdition } from '../editions/edition.js'
import { escapeHtml } from '../html/escape.js'
import type { DefinitionItem, DefinitionList } from '../markdown/tree.js'

/** The ids of the glossary's terms, by the term in small letters and by the place where it is explained. */
export interface GlossaryIds {
  readonly byTerm: ReadonlyMap<string, string>
  readonly byItem: ReadonlyMap<DefinitionItem, string>
}

/** What of this the renderers of one document share; the sets fill as the text goes on. */
export interface Terms extends GlossaryIds {
  /** Finds a short form or a term; null where the document has none. */
  readonly pattern: RegExp | null
  readonly long: ReadonlyMap<string, string>
  readonly expanded: Set<string>
  readonly linked: Set<string>
}

/** How far a text may be changed: `prose` in full, `plain` with titles only, `none` not at all. */
export type TermsIn = 'prose' | 'plain' | 'none'

const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
/** Scripts that set no spaces between words. */
const unspaced = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/

function pieceOf(word: string): string {
  const body = escapePattern(word).replace(/\s+/g, '\\s+')
  return unspaced.test(word) ? body : `(?<![\\p{L}\\p{N}])${body}(?![\\p{L}\\p{N}])`
}

/** Either case for the first letter, since a term may begin a sentence. */
function termPiece(term: string): string {
  const first = String.fromCodePoint(term.codePointAt(0) ?? 32)
  const upper = first.toUpperCase()
  if (unspaced.test(term) || upper === first || upper.length !== first.length) return pieceOf(term)
  return `(?:${pieceOf(term)}|${pieceOf(upper + term.slice(first.length))})`
}

const longestFirst = (a: string, b: string): number => b.length - a.length || (a < b ? -1 : 1)

function patternOf(shorts: readonly string[], terms: readonly string[]): RegExp | null {
  const words = [...shorts.map((word) => ({ word, piece: pieceOf(word) })), ...terms.map((word) => ({ word, piece: termPiece(word) }))]
  if (words.length === 0) return null
  return new RegExp(
    words
      .sort((a, b) => longestFirst(a.word, b.word))
      .map(({ piece }) => piece)
      .join('|'),
    'gu',
  )
}

function glossaryLists(sections: readonly Section[]): readonly DefinitionList[] {
  const lists: DefinitionList[] = []
  const roots = [...eachSection(sections)].filter((section) => section.attributes.classes.includes('glossary'))
  for (const section of roots) {
    for (const inner of eachSection([section])) {
      visitBlocks(inner.blocks, {
        enter: (node) => {
          if (node.kind === 'definition-list') lists.push(node)
          return undefined
        },
      })
    }
  }
  return lists
}

const key = (term: string): string => term.replace(/\s+/g, ' ').trim().toLowerCase()

function glossaryIds(document: Document, sections: readonly Section[]): GlossaryIds & { readonly terms: readonly string[] } {
  const byTerm = new Map<string, string>()
  const byItem = new Map<DefinitionItem, string>()
  const terms: string[] = []
  const taken = new Set<string>()
  const add = (term: string): string | undefined => {
    if (term === '' || byTerm.has(key(term))) return undefined
    const id = uniqueSlug(`term-${slug(term)}`, taken)
    byTerm.set(key(term), id)
    terms.push(term)
    return id
  }
  for (const item of glossaryLists(sections).flatMap((list) => list.items)) {
    const id = add(inlineText(item.term))
    if (id !== undefined) byItem.set(item, id)
  }
  for (const { term } of document.metadata.glossary) add(term)
  return { byTerm, byItem, terms }
}

/** The terms of a document; only a report has a glossary to lead to. */
export function createTerms(document: Document, report: Pick<ReportEdition, 'sections'> | undefined): Terms {
  const { byTerm, byItem, terms } = report ? glossaryIds(document, report.sections) : { byTerm: new Map(), byItem: new Map(), terms: [] }
  const shorts = [...document.abbreviations.keys()]
  const pattern = patternOf(
    shorts,
    terms.filter((term) => !document.abbreviations.has(term)),
  )
  const long = new Map([...document.abbreviations].map(([short, abbreviation]) => [short, abbreviation.long]))
  return { pattern, byTerm, byItem, long, expanded: new Set(), linked: new Set() }
}

/** A text as HTML. `write` escapes what stands between. */
export function markTerms(text: string, { terms, termsIn }: { terms: Terms; termsIn: TermsIn }, write: (text: string) => string): string {
  if (!terms.pattern || termsIn === 'none') return write(text)
  let out = ''
  let at = 0
  for (const match of text.matchAll(terms.pattern)) {
    const [word] = match
    const place = { terms, prose: termsIn === 'prose', before: text.slice(0, match.index), after: text.slice(match.index + word.length) }
    const marked = markWord(word, place, write)
    if (marked === undefined) continue
    out += write(text.slice(at, match.index)) + marked
    at = match.index + word.length
  }
  return out + write(text.slice(at))
}

interface Place {
  readonly terms: Terms
  readonly prose: boolean
  /** The text on either side of the word. */
  readonly before: string
  readonly after: string
}

/**
 * Whether the meaning may follow in brackets: not within others, and not where a word goes on with an apostrophe or a hyphen. The short
 * form goes first because articles before it then stay right: an MRC report, the standing of ASEAN.
 */
const hasRoom = ({ before, after }: Place): boolean =>
  !/[([\p{Pd}]$/u.test(before) && !/^(?:['’]\p{L}|\p{Pd}\p{L}|[)\]]|\s*\()/u.test(after)

/** Where the author writes an abbreviation out beside it there is nothing to add. */
const isExplained = (long: string, { before, after }: Place): boolean =>
  before.trimEnd().toLowerCase().endsWith(`${long.toLowerCase()} (`.trimEnd()) ||
  after.trimStart().toLowerCase().startsWith(`(${long.toLowerCase()}`)

/** Whether this is the first use that has room for the meaning. */
function wantsMeaning(short: string, long: string, place: Place): boolean {
  const { terms, prose } = place
  if (!prose || terms.expanded.has(short)) return false
  const explained = isExplained(long, place)
  const wanted = !explained && hasRoom(place)
  if (explained || wanted) terms.expanded.add(short)
  return wanted
}

function markWord(word: string, place: Place, write: (text: string) => string): string | undefined {
  const { terms, prose } = place
  const long = terms.long.get(word)
  const html = long === undefined ? write(word) : `<abbr title="${escapeHtml(long)}">${write(word)}</abbr>`
  const id = prose ? terms.byTerm.get(key(word)) : undefined
  const link = id !== undefined && !terms.linked.has(id)
  if (link) terms.linked.add(id)
  const linked = link ? `<a class="term" href="#${escapeHtml(id)}">${html}</a>` : html
  if (long === undefined) return link ? linked : undefined
  return wantsMeaning(word, long, place) ? `${linked} (${write(long)})` : linked
}
