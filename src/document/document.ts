/**
 * The Document: the Markdown tree with its metadata checked, its headings made into sections, its notes, figures and
 * tables numbered and its references resolved. In: markdown/'s tree. Out: what editions/ selects from.
 */
import type { SourcePosition } from '../diagnostics/diagnostic.js'
import type { Abbreviation, Block, CrossReference, Figure, Inline, NoteDefinition, SourceEnd, Table } from '../markdown/tree.js'

/** A line of the version table. */
export interface VersionEntry {
  readonly version: string
  readonly date?: string
  readonly author?: string
  readonly note?: string
}

/** A term and what it means, from the front matter's glossary. */
export interface GlossaryEntry {
  readonly term: string
  readonly definition: readonly Inline[]
}

/** Front matter, checked. Every field but title and lang may be missing. */
export interface Metadata {
  readonly title: string
  readonly shortTitle?: string
  readonly subtitle?: string
  /** Paragraphs of inline Markdown. */
  readonly summary?: readonly (readonly Inline[])[]
  readonly keyPoints?: readonly (readonly Inline[])[]
  readonly authors: readonly string[]
  readonly originator?: string
  /** ISO 8601 calendar date (YYYY-MM-DD) or free text. */
  readonly date?: string
  /** BCP 47. */
  readonly lang: string
  /** The source names no language, so English is assumed. */
  readonly languageAssumed?: true
  /** Names of PDF standards; pdf/ knows which there are. */
  readonly pdfStandard?: readonly string[]
  readonly reference?: string
  readonly version?: string
  readonly status?: string
  readonly marking?: string
  readonly distribution: readonly string[]
  readonly keywords: readonly string[]
  readonly address?: string
  /** Where the full report can be read: an absolute http, https or mailto address. */
  readonly url?: string
  /** A date such as 2026-05-03, with a time after it or not, or free text: not to be made public before. */
  readonly embargo?: string
  /** Paper of brief and report. */
  readonly paper: 'a4' | 'letter'
  /** Name of a theme; templates/ knows which there are. */
  readonly theme?: string
  /** Whether sections carry numbers. */
  readonly numberSections: boolean
  /** Whether paragraphs of the report carry numbers: through the text, or by section as in `2.1`, with subheadings then unnumbered. */
  readonly numberParagraphs: 'none' | 'continuous' | 'section'
  /** Where the report's notes stand on paper. */
  readonly notes: 'footnotes' | 'endnotes'
  readonly versions: readonly VersionEntry[]
  readonly glossary: readonly GlossaryEntry[]
  /** Files of works that citations draw from, as the source names them. */
  readonly bibliography: readonly string[]
  /** A citation style that comes along, or a CSL file. */
  readonly csl?: string
  /** Whether quotes, dashes and spaces are set right for the language (Pandoc's word). */
  readonly smart: boolean
  /** Options by edition, as in `brief: { pages: 1 }`. */
  readonly brief: { readonly pages: number }
  readonly slides: { readonly ratio: '16:9' | '4:3' }
  /** The subject of its mail; the title where there is none. */
  readonly email: { readonly subject?: string }
}

/** A heading and what stands under it, up to the next heading of its level or above. */
export interface Section {
  readonly id: string
  /** 1 is the document's top level, whatever the source's heading levels start with; never skips a level. */
  readonly level: number
  /** `2.1`, or `A` and `A.1` in appendices; missing where unnumbered. */
  readonly number?: string
  readonly appendix: boolean
  readonly title: readonly Inline[]
  readonly attributes: { readonly classes: readonly string[]; readonly values: Readonly<Record<string, string>> }
  /** The heading's place, and where the heading ends. */
  readonly position: SourcePosition
  readonly end?: SourceEnd
  readonly blocks: readonly Block[]
  readonly sections: readonly Section[]
}

export interface NumberedNote {
  readonly number: number
  readonly id: string
  readonly definition: NoteDefinition
}
export interface NumberedFigure {
  readonly number: number
  readonly id: string
  readonly block: Figure
}
export interface NumberedTable {
  readonly number: number
  readonly id: string
  readonly block: Table
}

/** What an `@…` points at. `label` is ready to print, as in `Table 2` or `Section 3.1`. */
export interface ReferenceTarget {
  readonly kind: 'section' | 'figure' | 'table' | 'paragraph'
  readonly id: string
  readonly label: string
  readonly title: readonly Inline[]
}

/** A work that the source cites, as the bibliography prints it. */
export interface BibliographyEntry {
  readonly key: string
  readonly id: string
  /** What stands before it in styles with numbers, as in `1.` */
  readonly label?: string
  readonly content: readonly Inline[]
}

export interface Document {
  readonly file: string
  readonly source: string
  readonly metadata: Metadata
  /** What stands before the first heading. */
  readonly preamble: readonly Block[]
  readonly sections: readonly Section[]
  /** By label of the source, in order of their first reference. */
  readonly notes: ReadonlyMap<string, NumberedNote>
  readonly figures: ReadonlyMap<Figure, NumberedFigure>
  readonly tables: ReadonlyMap<Table, NumberedTable>
  /** Resolved references; one that points at nothing is missing here and was reported. */
  readonly references: ReadonlyMap<CrossReference, ReferenceTarget>
  readonly abbreviations: ReadonlyMap<string, Abbreviation>
  /** Every cited work once, in the order of the style. */
  readonly bibliography: readonly BibliographyEntry[]
}
