/**
 * What a template sees. In: an Edition and the rendering's context. Out: one plain object per edition, whose names
 * docs/templates.md lists.
 */

import { counterStyleOf, localDigits } from '../document/digits.js'
import { isRightToLeft } from '../document/direction.js'
import type { Metadata, Section } from '../document/document.js'
import { trafficLight } from '../document/marking.js'
import { blocksText, inlineText } from '../document/walk.js'
import type { BriefEdition, BriefItem, Edition, ReportEdition, Slide, SlidesEdition } from '../editions/edition.js'
import type { Block, Inline } from '../markdown/tree.js'
import { citedWorks, figureAndTableLists, listedAbbreviations } from './back-matter.js'
import { deckWords } from './deck-words.js'
import { type HandoutLayout, handoutView } from './handout.js'
import { formatDate, formatMoment } from './labels.js'
import type { RenderContext } from './render-context.js'

/** One line of the contents and what stands under it. */
export interface ContentsEntry {
  readonly id: string
  readonly number?: string
  readonly title: readonly Inline[]
  readonly entries: readonly ContentsEntry[]
}

/** One or two items of a brief beside each other. */
export interface BriefRow {
  readonly items: readonly BriefItem[]
  readonly wide: boolean
}

export interface LogoPicture {
  /** A data: URL. */
  readonly src: string
  readonly alt: string
}

/** The logo of a house, for light and dark grounds and for that of title slides, which may need a light plate beneath it. */
export interface Logo {
  readonly light: LogoPicture
  readonly dark?: LogoPicture
  readonly band: LogoPicture
  readonly plate: boolean
}

export type View = Readonly<Record<string, unknown>>

/** Whether an item may stand in half the page's width: text and lists only. */
function isShort(item: BriefItem): boolean {
  return item.blocks.every(
    (block) => block.kind === 'paragraph' || block.kind === 'bullet-list' || block.kind === 'ordered-list' || block.kind === 'block-quote',
  )
}

/** Short items two in a row in the order of the source; a wide item, and a last odd one, have a row to themselves. */
export function briefRows(items: readonly BriefItem[]): readonly BriefRow[] {
  const rows: BriefRow[] = []
  let waiting: BriefItem | undefined
  const flush = () => {
    if (waiting) rows.push({ items: [waiting], wide: true })
    waiting = undefined
  }
  for (const item of items) {
    if (!isShort(item)) {
      flush()
      rows.push({ items: [item], wide: true })
    } else if (waiting) {
      rows.push({ items: [waiting, item], wide: false })
      waiting = undefined
    } else waiting = item
  }
  flush()
  return rows
}

/** The contents down to `depth` levels. */
export function contentsOf(sections: readonly Section[], depth: number): readonly ContentsEntry[] {
  if (depth === 0) return []
  return sections
    .filter((section) => !section.attributes.classes.includes('unlisted'))
    .map((section) => ({
      id: section.id,
      ...(section.number === undefined ? {} : { number: section.number }),
      title: section.title,
      entries: contentsOf(section.sections, depth - 1),
    }))
}

function countEntries(entries: readonly ContentsEntry[]): number {
  return entries.reduce((sum, entry) => sum + 1 + countEntries(entry.entries), 0)
}

/** Three levels where they fit one page, two otherwise. */
function reportContents(sections: readonly Section[]): readonly ContentsEntry[] {
  const full = contentsOf(sections, 3)
  return countEntries(full) <= 24 ? full : contentsOf(sections, 2)
}

/** A heading that the report makes itself, as an entry of the contents. */
function ownEntry(id: string, words: string): ContentsEntry {
  const position = { file: '', line: 1, column: 1 }
  return { id, title: [{ kind: 'text', text: words, position, literal: true }], entries: [] }
}

/** The works that an edition cites, and whether they have numbers. */
function worksOf(edition: ReportEdition | BriefEdition) {
  const bibliography = citedWorks(edition)
  return { bibliography, labelled: bibliography.some((entry) => entry.label !== undefined) }
}

/** What follows the text, each part only where there is something in it, in the order in which it stands. */
function backMatter(edition: ReportEdition, { labels, format, endnotes }: RenderContext) {
  const { glossary } = edition.document.metadata
  const abbreviations = listedAbbreviations(edition)
  const works = worksOf(edition)
  const hasEndnotes = endnotes && format === 'pdf' && edition.document.notes.size > 0
  const entries = [
    ...(glossary.length > 0 ? [ownEntry('report-glossary', labels.glossary)] : []),
    ...(abbreviations.length > 0 ? [ownEntry('report-abbreviations', labels.abbreviations)] : []),
    ...(works.bibliography.length > 0 ? [ownEntry('report-references', labels.references)] : []),
    ...(hasEndnotes ? [ownEntry('report-notes', labels.notes)] : []),
  ]
  return { abbreviations, ...works, entries }
}

function versionTable({ versions, lang }: Metadata) {
  const rows = versions.map((entry) => ({ ...entry, date: entry.date === undefined ? undefined : formatDate(entry.date, lang) }))
  const has = (key: 'date' | 'author' | 'note') => rows.some((row) => row[key] !== undefined)
  return rows.length === 0 ? undefined : { rows, hasDate: has('date'), hasAuthor: has('author'), hasNote: has('note') }
}

function reportView(edition: ReportEdition, context: RenderContext): View {
  const { entries, ...back } = backMatter(edition, context)
  const contents = [...reportContents(edition.sections), ...entries]
  const lists = figureAndTableLists(edition)
  const { metadata } = edition.document
  return {
    ...back,
    listOfFigures: lists.figures,
    listOfTables: lists.tables,
    versionTable: versionTable(metadata),
    endnotes: context.endnotes,
    numberedParagraphs: metadata.numberParagraphs !== 'none',
    endOfReport: [metadata.originator, metadata.date === undefined ? undefined : formatDate(metadata.date, metadata.lang)].filter(Boolean),
    preamble: edition.preamble,
    sections: edition.sections.filter((section) => !section.appendix),
    appendices: edition.sections.filter((section) => section.appendix),
    contents,
    hasContents: countEntries(contents) > 2 || lists.figures.length > 0 || lists.tables.length > 0,
    numbered: metadata.numberSections,
  }
}

function briefView(edition: BriefEdition): View {
  return {
    ...worksOf(edition),
    preamble: edition.preamble,
    rows: briefRows(edition.items),
    feature: edition.feature,
    tight: edition.tight,
    small: edition.small,
    runsOn: edition.runsOn === true,
    onePage: edition.document.metadata.brief.pages === 1 && edition.runsOn !== true,
  }
}

function slidesView(edition: SlidesEdition, context: RenderContext, handout?: HandoutLayout): View {
  const slides = edition.slides.map((slide, index) => ({
    ...slide,
    index: index + 1,
    notes: slide.notes.map(withoutNotesClass),
    hasNotes: slide.notes.length > 0,
    bodyClass: bodyClass(slide.blocks),
    part: slide.part ? localDigits(`(${slide.part.index}/${slide.part.of})`, edition.document.metadata.lang) : undefined,
    isTitle: slide.layout === 'title',
    isDivider: slide.layout === 'divider',
    label: localDigits(`${context.labels.slide} ${index + 1}`, edition.document.metadata.lang),
    headlineSize: headlineSize(slide.title),
    sparse: isSparse(slide),
  }))
  return {
    slides,
    hasNotes: slides.some((slide) => slide.hasNotes),
    deckWords: JSON.stringify(deckWords(context.labels, edition.document.metadata.lang)),
    ratio: edition.document.metadata.slides.ratio,
    narrow: handout === undefined && edition.document.metadata.slides.ratio === '4:3',
    ...(handout === undefined ? {} : handoutView(slides, handout)),
  }
}

/** A few short points have room to be set larger and further apart. */
function isSparse({ layout, blocks }: Slide): boolean {
  const list = blocks.at(-1)
  if (layout !== 'bullets' || (list?.kind !== 'bullet-list' && list?.kind !== 'ordered-list')) return false
  return list.items.length <= 5 && blocksText(blocks).length <= 420
}

/** `::: notes` stands among the notes already; its class would make it notes within notes. */
function withoutNotesClass(block: Block): Block {
  if (block.kind !== 'div' || !block.attributes?.classes.includes('notes')) return block
  return { ...block, attributes: { ...block.attributes, classes: block.attributes.classes.filter((name) => name !== 'notes') } }
}

/** A headline of more than two lines at full size is set smaller. */
function headlineSize(title: readonly Inline[]): 'short' | 'long' | 'longest' {
  const { length } = inlineText(title)
  if (length <= 90) return 'short'
  return length <= 130 ? 'long' : 'longest'
}

/** A slide that holds a picture and words sets them apart from one that holds a picture alone. */
function bodyClass(blocks: readonly Block[]): string {
  const pictures = blocks.filter((block) => block.kind === 'figure').length
  if (pictures === 0) return 'slide-body'
  return pictures === blocks.length ? 'slide-body picture-only' : 'slide-body picture-and-text'
}

function editionView(edition: Edition, context: RenderContext, handout?: HandoutLayout): View {
  if (edition.name === 'report') return reportView(edition, context)
  return edition.name === 'brief' ? briefView(edition) : slidesView(edition, context, handout)
}

/** A marking's words, and its colour where it is one of the Traffic Light Protocol. */
function markingOf(marking: string | undefined): { readonly text: string; readonly color?: string } | undefined {
  if (marking === undefined) return undefined
  const light = trafficLight(marking)
  return light ? { text: light.label, color: light.color } : { text: marking }
}

/** Where lines begin and end: margin boxes have no logical names of their own. */
function directionOf(lang: string): View {
  const rtl = isRightToLeft(lang)
  return { rtl, start: rtl ? 'right' : 'left', end: rtl ? 'left' : 'right' }
}

/** The whole object handed to a template. */
export function createView(edition: Edition, context: RenderContext, handout?: HandoutLayout): View {
  const { metadata } = edition.document
  return {
    ...editionView(edition, context, handout),
    edition: edition.name,
    format: context.format,
    html: context.format === 'html',
    pdf: context.format === 'pdf',
    lang: metadata.lang,
    ...directionOf(metadata.lang),
    counterStyle: counterStyleOf(metadata.lang),
    labels: context.labels,
    marking: markingOf(metadata.marking),
    draft: /^draft$/i.test(metadata.status ?? ''),
    embargo:
      metadata.embargo === undefined ? undefined : `${context.labels.embargoedUntil} ${formatMoment(metadata.embargo, metadata.lang)}`,
    documentKeywords: [
      ...metadata.keywords,
      ...(metadata.marking === undefined ? [] : [markingOf(metadata.marking)?.text ?? metadata.marking]),
    ],
    fullTitle: [metadata.shortTitle ?? metadata.title, metadata.reference].filter(Boolean).join(', '),
    versionText: metadata.version === undefined ? undefined : `${context.labels.versionInline} ${metadata.version}`,
    fullReport: `${context.labels.fullReport}: ${[metadata.shortTitle ?? metadata.title, metadata.reference].filter(Boolean).join(', ')}`,
    meta: {
      ...metadata,
      shortTitle: metadata.shortTitle ?? metadata.title,
      date: metadata.date === undefined ? undefined : formatDate(metadata.date, metadata.lang),
      isoDate: metadata.date !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(metadata.date) ? metadata.date : undefined,
      letter: metadata.paper === 'letter',
    },
  }
}
