/**
 * The citations of a source. In: its blocks, notes and front matter with citations as they were typed, and a formatter. Out: the same with
 * their words in place and a bibliography; keys that are no work's go to `report`.
 */
import type { Report } from '../diagnostics/diagnostic.js'
import type { Block, Citation, Inline, NoteDefinition } from '../markdown/tree.js'
import type { CitationFormatter } from './citation-format.js'
import type { BibliographyEntry } from './document.js'
import { diagnosticAt } from './message.js'
import { didYouMean, nearest } from './suggest.js'
import { type Change, type Visitor, visitBlocks, visitInlines } from './walk.js'

/** Everything in a source that may cite. */
export interface Citing {
  readonly lines: readonly (readonly Inline[])[]
  readonly blocks: readonly Block[]
  readonly notes: ReadonlyMap<string, NoteDefinition>
}

export interface CitationOptions {
  readonly source: string
  /** Missing where the source names no bibliography, or it cannot be read. */
  readonly formatter?: CitationFormatter | undefined
  /** The files the front matter names. */
  readonly bibliography: readonly string[]
  /** Ids that the source writes: `@id` leads there where no work has the key. */
  readonly ids: ReadonlySet<string>
  readonly report: Report
}

export interface Cited {
  readonly change?: Change
  readonly bibliography: readonly BibliographyEntry[]
}

/** Citations in reading order; a note's stand where it is first called. */
function citationsOf({ lines, blocks, notes }: Citing): readonly Citation[] {
  const found: Citation[] = []
  const seen = new Set<string>()
  const visitNote = (label: string): void => {
    const note = notes.get(label)
    if (!note || seen.has(label)) return
    seen.add(label)
    visitBlocks(note.blocks, visitor)
  }
  const visitor: Visitor = {
    enter: (node) => {
      if (node.kind === 'note-reference') visitNote(node.label)
      if (node.kind !== 'citation') return undefined
      found.push(node)
      return false
    },
  }
  for (const line of lines) visitInlines(line, visitor)
  visitBlocks(blocks, visitor)
  for (const label of notes.keys()) visitNote(label)
  return found
}

/** The words of citations; nothing, with a message, where the style fails on a work. */
function tryFormat(formatter: CitationFormatter, citations: readonly Citation[], { source, report }: CitationOptions) {
  const [first] = citations
  if (!first) return undefined
  try {
    return formatter.format(citations)
  } catch (error) {
    if (!(error instanceof Error && error.name === 'CitationFileError')) throw error
    const message = `The citations cannot be set: the citation style fails with “${error.message}”.`
    const hint = 'Try another style with csl, and look at the works for fields that are not as CSL data has them.'
    report(diagnosticAt(source, { severity: 'error', code: 'citation-failed', message, position: first.position, hint }))
    return undefined
  }
}

/** Formats every citation. `change` puts the words in; it is missing where nothing is cited. */
export function resolveCitations(citing: Citing, options: CitationOptions): Cited {
  const citations = citationsOf(citing)
  if (citations.length === 0) return { bibliography: [] }
  const { formatter } = options
  const isKnown = ({ items }: Citation): boolean => formatter !== undefined && items.every((item) => formatter.keys.has(item.key))
  const known = citations.filter(isKnown)
  const replaced = new Map<Citation, readonly Inline[]>()
  for (const citation of citations) if (!isKnown(citation)) replaced.set(citation, withoutWork(citation, options))
  const formatted = formatter && tryFormat(formatter, known, options)
  known.forEach((citation, index) => {
    const content = formatted?.texts[index] ?? citation.content
    replaced.set(citation, [{ ...citation, content }])
  })
  return {
    change: { inline: (inline) => (inline.kind === 'citation' ? replaced.get(inline) : undefined) },
    bibliography: formatted?.bibliography ?? [],
  }
}

/** What stands for a citation of a work that is not there: a reference, or the text as it was typed. */
function withoutWork(citation: Citation, options: CitationOptions): readonly Inline[] {
  const { formatter, ids } = options
  const [only] = citation.items
  const { position } = citation
  if (only && citation.items.length === 1 && ids.has(only.key)) return [{ kind: 'cross-reference', target: only.key, position }]
  for (const { key } of citation.items) if (!formatter?.keys.has(key)) reportUnknown(key, citation, options)
  return citation.content
}

function reportUnknown(key: string, citation: Citation, { source, formatter, bibliography, ids, report }: CitationOptions): void {
  const position = { ...citation.position, length: citation.items.length === 1 && citation.narrative ? key.length + 1 : 1 }
  const known = [...(formatter?.keys ?? []), ...ids]
  const near = nearest(key, known)
  const asTyped = `Write \\@${key} for the characters as they are.`
  if (!formatter) {
    // Where the file could not be read, that was told. An @ in a sentence without a bibliography is a name, unless it looks like an id.
    if (bibliography.length > 0 || (citation.narrative && near === undefined)) return
    const message = `@${key} is no figure, table, section or paragraph, and the source names no bibliography in which it could be a work.`
    const hint =
      near === undefined ? `Name one in the front matter, as in bibliography: refs.bib. ${asTyped}` : `Did you mean "@${near}"? ${asTyped}`
    const severity = citation.narrative ? 'warning' : 'error'
    report(diagnosticAt(source, { severity, code: 'unresolved-reference', message, position, hint }))
    return
  }
  const message = `@${key} is no work in ${bibliography.join(', ')}, and no figure, table, section or paragraph.`
  const hint = [didYouMean(key, known), asTyped].filter((part) => part !== undefined).join(' ')
  report(diagnosticAt(source, { severity: 'error', code: 'unknown-citation', message, position, hint }))
}
