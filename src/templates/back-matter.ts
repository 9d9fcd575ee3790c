/**
 * What a report holds beside its text: the works, abbreviations, figures and tables that it names. In: an edition. Out: the entries of
 * its bibliography and lists, each only where this edition has a use for it.
 */

import type { BibliographyEntry, Document } from '../document/document.js'
import { documentBlocks, eachSection } from '../document/outline.js'
import { blocksText, inlineText, type Visitor, visitBlocks, visitInlines } from '../document/walk.js'
import type { BriefEdition, ReportEdition } from '../editions/edition.js'
import type { Abbreviation, Block, Inline } from '../markdown/tree.js'

/** From how many on a list is of use to a reader. */
const several = 3

interface EditionText {
  readonly lines: readonly (readonly Inline[])[]
  readonly blocks: readonly Block[]
}

function notesOf({ notes }: Document): readonly Block[] {
  return [...notes.values()].flatMap((note) => note.definition.blocks)
}

function textOf(edition: ReportEdition | BriefEdition): EditionText {
  const { document } = edition
  const { summary = [], keyPoints = [], glossary } = document.metadata
  const lines = [...summary, ...keyPoints]
  if (edition.name === 'brief') {
    const items = [...edition.items, ...(edition.feature ? [edition.feature] : [])]
    return { lines: [...lines, ...items.map((item) => item.lead)], blocks: [...edition.preamble, ...items.flatMap((item) => item.blocks)] }
  }
  const titles = [...eachSection(edition.sections)].map((section) => section.title)
  return {
    lines: [...lines, ...titles, ...glossary.map((entry) => entry.definition)],
    blocks: [...documentBlocks(edition), ...notesOf(document)],
  }
}

/** The works that an edition cites, in the order of the style. */
export function citedWorks(edition: ReportEdition | BriefEdition): readonly BibliographyEntry[] {
  const { bibliography, notes } = edition.document
  if (bibliography.length === 0) return []
  const keys = new Set<string>()
  const seen = new Set<string>()
  const visitor: Visitor = {
    enter: (node) => {
      if (node.kind === 'citation') for (const { key } of node.items) keys.add(key)
      const note = node.kind === 'note-reference' && !seen.has(node.label) ? notes.get(node.label) : undefined
      if (note) {
        seen.add(note.definition.label)
        visitBlocks(note.definition.blocks, visitor)
      }
      return undefined
    },
  }
  const { lines, blocks } = textOf(edition)
  for (const line of lines) visitInlines(line, visitor)
  visitBlocks(blocks, visitor)
  return bibliography.filter((entry) => keys.has(entry.key))
}

/** The abbreviations that a report uses, in the order of the alphabet; empty where they are few. */
export function listedAbbreviations(edition: ReportEdition): readonly Abbreviation[] {
  const { abbreviations, metadata } = edition.document
  if (abbreviations.size < several) return []
  const { lines, blocks } = textOf(edition)
  const words = [...lines.map((line) => inlineText(line)), blocksText(blocks)].join('\n')
  const used = [...abbreviations.values()].filter(({ short }) => words.includes(short))
  return used.length < several ? [] : used.sort((a, b) => a.short.localeCompare(b.short, metadata.lang))
}

/** A line of a list of figures or of tables. */
export interface ListEntry {
  readonly id: string
  readonly number: number
  readonly title: readonly Inline[]
}

function listed(numbered: ReadonlyMap<Block, Omit<ListEntry, 'title'>>, edition: ReportEdition): readonly ListEntry[] {
  if (numbered.size < several) return []
  const entries: ListEntry[] = []
  visitBlocks(documentBlocks(edition), {
    enter: (node) => {
      if (node.kind !== 'figure' && node.kind !== 'table') return undefined
      const known = numbered.get(node)
      if (known && node.caption) entries.push({ id: known.id, number: known.number, title: node.caption })
      return undefined
    },
  })
  return entries.length < several ? [] : entries
}

/** The lists of figures and of tables, each empty where there are few. */
export function figureAndTableLists(edition: ReportEdition): {
  readonly figures: readonly ListEntry[]
  readonly tables: readonly ListEntry[]
} {
  const { figures, tables } = edition.document
  return { figures: listed(figures, edition), tables: listed(tables, edition) }
}
