/**
 * The Edition: what one brief, report or deck holds, and the ledger of what it does not.
 * In: a Document. Out: what templates/ turns into HTML.
 */
import type { SourcePosition } from '../diagnostics/diagnostic.js'
import type { Document, Section } from '../document/document.js'
import type { Block, Inline } from '../markdown/tree.js'

export type EditionName = 'brief' | 'report' | 'slides'
export const editionNames: readonly EditionName[] = ['brief', 'report', 'slides']

/** Where one block of the source went. `excerpt` is its first words. */
export interface LedgerEntry {
  readonly position: SourcePosition
  readonly kind: string
  readonly excerpt: string
  readonly outcome: 'included' | 'shortened' | 'in-notes' | 'omitted-by-author' | 'omitted-by-rule' | 'withheld' | 'cut-to-fit'
  /** Slide number, or section id; and in words why. */
  readonly place?: string
  /** Pages of the PDF that it stands on, from 1, where it was laid out. */
  readonly pages?: readonly number[]
  readonly reason?: string
}

export interface BriefItem {
  readonly section: Section
  /** The bold lead over the blocks, usually the section's title. */
  readonly lead: readonly Inline[]
  readonly blocks: readonly Block[]
  /** 1 must stay; 5 goes first. */
  readonly priority: number
}

export interface BriefEdition {
  readonly name: 'brief'
  readonly document: Document
  readonly items: readonly BriefItem[]
  /** The most important table or figure with its own item, full width, after the short items. */
  readonly feature?: BriefItem
  /** Blocks before the first heading that the author wants in the brief. */
  readonly preamble: readonly Block[]
  /** How much closer than comfortable it is spaced, from 0 to 1: `--tight` of the style sheet. */
  readonly tight: number
  /** How far from the comfortable size to the floor that the style sheet sets, from 0 to 1: `--small`. */
  readonly small: number
  /** Set where it was allowed to run on over more pages than promised. */
  readonly runsOn?: boolean
  readonly ledger: readonly LedgerEntry[]
}

export interface ReportEdition {
  readonly name: 'report'
  readonly document: Document
  readonly preamble: readonly Block[]
  readonly sections: readonly Section[]
  readonly ledger: readonly LedgerEntry[]
}

export type SlideLayout =
  | 'title'
  | 'agenda'
  | 'divider'
  | 'bullets'
  | 'statement'
  | 'table'
  | 'figure'
  | 'quotation'
  | 'code'
  | 'columns'
  | 'text'

export interface Slide {
  readonly layout: SlideLayout
  /** The section's id on its first slide, so that links to the section lead there; unique in the deck. */
  readonly id: string
  readonly title: readonly Inline[]
  readonly sectionNumber?: string
  readonly blocks: readonly Block[]
  /** The blocks of the source that it shows, whole or shortened. */
  readonly shown: readonly Block[]
  /** Speaker notes: the whole text that the slide shortens or leaves out. */
  readonly notes: readonly Block[]
  /** Set where one slide's content goes on over several: 2 of 3. */
  readonly part?: { readonly index: number; readonly of: number }
  /** 0 is the comfortable size, `tightDensity` the tightest for a room; beyond it a lone block is scaled down. The style sheet has a rule for each. */
  readonly density: number
}

export interface SlidesEdition {
  readonly name: 'slides'
  readonly document: Document
  readonly slides: readonly Slide[]
  readonly ledger: readonly LedgerEntry[]
}

export type Edition = BriefEdition | ReportEdition | SlidesEdition

/**
 * Lays a candidate out and says by how many CSS px it is too long: above 0 too long, below 0 room left on the last page.
 * For slides the figure is per slide, in order.
 */
export type Measure<E extends Edition> = (edition: E) => E extends SlidesEdition ? readonly number[] : number
