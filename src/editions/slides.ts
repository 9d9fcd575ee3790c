/**
 * The deck: a title slide, then a slide for each idea. In: a Document, and a function that lays slides out. Out: a SlidesEdition whose
 * slides fit; what a slide shortens or leaves out stands in its notes.
 */
import type { Report } from '../diagnostics/diagnostic.js'
import type { Document, Section } from '../document/document.js'
import { referenceWords } from '../document/reference-words.js'
import { blocksText, inlineText } from '../document/walk.js'
import type { Block, BulletList, Inline, ListItem, Paragraph } from '../markdown/tree.js'
import type { Measure, Slide, SlideLayout, SlidesEdition } from './edition.js'
import type { Ledger } from './ledger.js'
import { detached, select } from './select.js'
import { firstSentences, sentencesOf } from './sentences.js'
import { splitSlide } from './split-slide.js'

export interface SlidesOptions {
  readonly audience?: string
  readonly report: Report
}

/** A deck of fewer sections needs no list of them. */
const agendaFrom = 4
/** Lead sentences on a slide made of prose. */
const mostLeads = 4
/** Rounds of dividing what does not fit. */
const mostRounds = 7

/** Makes the deck. Nothing is dropped: each block is on a slide or in the notes of one, and the ledger says which. */
export function makeSlides(document: Document, measure: Measure<SlidesEdition>, options: SlidesOptions): SlidesEdition {
  const selection = select(document, 'slides', options.audience)
  const maker = new SlideMaker(selection.document)
  const edition = (slides: readonly Slide[]): SlidesEdition => ({ name: 'slides', document: selection.document, slides, ledger: [] })
  const slides = fitSlides(maker.make(), (candidate) => measure(edition(candidate)), options.report)
  return { ...edition(slides), ledger: fillLedger(selection.ledger, selection.document, slides) }
}

/** Divides slides that are too long, until each fits or can be divided no further. */
function fitSlides(slides: readonly Slide[], measure: (slides: readonly Slide[]) => readonly number[], report: Report): readonly Slide[] {
  let current = slides.map((slide) => [slide] as readonly Slide[])
  for (let round = 0; round < mostRounds; round++) {
    const flat = numbered(current)
    const overflows = measure(flat)
    let at = 0
    let divided = false
    const next = current.map((parts) =>
      parts.flatMap((part) => {
        const over = overflows[at++] ?? 0
        const halves = over > 0.5 ? splitSlide(part) : [part]
        if (halves.length > 1) divided = true
        return halves
      }),
    )
    if (!divided) {
      reportLong(flat, overflows, report)
      return flat
    }
    current = next
  }
  return numbered(current)
}

function reportLong(slides: readonly Slide[], overflows: readonly number[], report: Report): void {
  slides.forEach((slide, index) => {
    if ((overflows[index] ?? 0) <= 0.5) return
    const position = slide.blocks[0]?.position
    report({
      severity: 'warning',
      code: 'slide-overflow',
      message: `Slide ${index + 1} is too long for its page and goes on over the next; nothing in it can be divided.`,
      ...(position ? { position } : {}),
      hint: 'Shorten it, or divide it with a heading.',
    })
  })
}

/** Says of each part which it is, where there are several. */
function numbered(groups: readonly (readonly Slide[])[]): readonly Slide[] {
  return groups.flatMap((parts) =>
    parts.length === 1
      ? parts
      : parts.map((part, index) => ({
          ...part,
          id: index === 0 ? part.id : `${part.id}-${index + 1}`,
          part: { index: index + 1, of: parts.length },
        })),
  )
}

const visual = new Set<Block['kind']>([
  'bullet-list',
  'ordered-list',
  'definition-list',
  'table',
  'figure',
  'block-quote',
  'callout',
  'code-block',
])

class SlideMaker {
  readonly #document: Document
  readonly #slides: Slide[] = []
  readonly #language: string

  constructor(document: Document) {
    this.#document = document
    this.#language = document.metadata.lang
  }

  make(): readonly Slide[] {
    const { metadata, preamble, sections } = this.#document
    const position = { file: this.#document.file, line: 1, column: 1 }
    const summary = (metadata.summary ?? []).map((content): Paragraph => ({ kind: 'paragraph', position, content }))
    const opening = preamble.filter((block) => !visual.has(block.kind))
    this.#add({ layout: 'title', title: [{ kind: 'text', text: metadata.title, position }], blocks: [], notes: [...summary, ...opening] })
    this.#keyPoints()
    for (const block of preamble)
      if (visual.has(block.kind)) this.#add({ layout: layoutOf(block), title: this.#shortTitle(), blocks: [block], notes: [] })
    const listed = sections.filter((section) => !section.appendix)
    if (listed.length >= agendaFrom) this.#agenda(listed)
    for (const section of sections) this.#section(section)
    return this.#slides
  }

  #shortTitle(): readonly Inline[] {
    const { metadata, file } = this.#document
    return [{ kind: 'text', text: metadata.shortTitle ?? metadata.title, position: { file, line: 1, column: 1 } }]
  }

  #add(slide: Omit<Slide, 'id'>): void {
    this.#slides.push({ ...slide, id: `slide-${this.#slides.length + 1}` })
  }

  #keyPoints(): void {
    const { metadata, file } = this.#document
    if (!metadata.keyPoints || metadata.keyPoints.length === 0) return
    const position = { file, line: 1, column: 1 }
    this.#add({ layout: 'bullets', title: this.#shortTitle(), blocks: [bulletList(metadata.keyPoints, position)], notes: [] })
  }

  #agenda(sections: readonly Section[]): void {
    const { file } = this.#document
    const position = { file, line: 1, column: 1 }
    const title: readonly Inline[] = [{ kind: 'text', text: referenceWords(this.#language).agenda, position }]
    const entries = sections.map((section) => detached(section.title, this.#document.references))
    this.#add({ layout: 'agenda', title, blocks: [bulletList(entries, position)], notes: [] })
  }

  #section(section: Section): void {
    const own = section.blocks
    const shown = own.filter((block) => visual.has(block.kind) || isPlainDiv(block))
    const prose = own.filter((block) => !shown.includes(block))
    const base = { title: titleOf(section), ...(section.number === undefined ? {} : { sectionNumber: section.number }) }
    if (own.length === 0) this.#add({ ...base, layout: 'divider', blocks: [], notes: [] })
    else if (shown.length === 0) this.#prose(base, prose)
    else
      shown.forEach((block, index) => {
        const leadIn = this.#leadIn(own[own.indexOf(block) - 1], block)
        this.#add({ ...base, layout: layoutOf(block), blocks: [...leadIn, block], notes: notesFor(own, shown, index) })
      })
    section.sections.forEach((inner) => {
      this.#section(inner)
    })
  }

  /** The sentence that announces a list, as in `Four purposes are named:`, stands over it. */
  #leadIn(before: Block | undefined, block: Block): readonly Block[] {
    if (before?.kind !== 'paragraph' || (block.kind !== 'bullet-list' && block.kind !== 'ordered-list')) return []
    const content = detached(before.content, this.#document.references)
    const sentences = sentencesOf(inlineText(content), this.#language)
    if (!sentences.at(-1)?.endsWith(':')) return []
    const last = firstSentences(content, { count: sentences.length - 1, language: this.#language, rest: true })
    return [{ ...before, content: sentences.length > 1 ? last.inlines : content }]
  }

  /** Prose alone: its lead sentences as points, one of them as a statement, all of it in the notes. */
  #prose(base: Pick<Slide, 'title' | 'sectionNumber'>, prose: readonly Block[]): void {
    const paragraphs = prose.filter((block): block is Paragraph => block.kind === 'paragraph')
    const leads = this.#leads(paragraphs)
    const [only] = leads
    if (leads.length === 1 && only) {
      const block: Paragraph = { kind: 'paragraph', position: (paragraphs[0] as Paragraph).position, content: only }
      this.#add({ ...base, layout: 'statement', blocks: [block], notes: prose })
    } else if (leads.length > 1) {
      this.#add({ ...base, layout: 'bullets', blocks: [bulletList(leads, (paragraphs[0] as Paragraph).position)], notes: prose })
    } else this.#add({ ...base, layout: 'text', blocks: prose, notes: [] })
  }

  /** A sentence of each paragraph; of a lone paragraph its first three. */
  #leads(paragraphs: readonly Paragraph[]): readonly (readonly Inline[])[] {
    const first = (content: readonly Inline[], count: number) =>
      firstSentences(detached(content, this.#document.references), { count, language: this.#language }).inlines
    return paragraphs
      .slice(0, mostLeads)
      .map((paragraph) => first(paragraph.content, 1))
      .filter((inlines) => inlines.length > 0)
  }
}

function titleOf(section: Section): readonly Inline[] {
  const own = section.attributes.values['slide-title']
  return own === undefined ? section.title : [{ kind: 'text', text: own, position: section.position }]
}

/** A div without a meaning of its own that holds something to show. */
const isPlainDiv = (block: Block): boolean => block.kind === 'div' && block.blocks.some((inner) => visual.has(inner.kind))

/** Prose goes to the notes of the slide that shows what follows it; what comes last goes to the last. */
function notesFor(own: readonly Block[], shown: readonly Block[], index: number): readonly Block[] {
  const start = index === 0 ? 0 : own.indexOf(shown[index - 1] as Block) + 1
  const end = index === shown.length - 1 ? own.length : own.indexOf(shown[index] as Block)
  return own.slice(start, end).filter((block) => !shown.includes(block))
}

function layoutOf(block: Block): SlideLayout {
  switch (block.kind) {
    case 'table':
      return 'table'
    case 'figure':
      return 'figure'
    case 'block-quote':
      return 'quotation'
    case 'code-block':
      return 'code'
    case 'bullet-list':
    case 'ordered-list':
      return 'bullets'
    default:
      return 'text'
  }
}

function bulletList(entries: readonly (readonly Inline[])[], position: Block['position']): BulletList {
  const items = entries.map((content): ListItem => ({ kind: 'list-item', position, blocks: [{ kind: 'paragraph', position, content }] }))
  return { kind: 'bullet-list', tight: true, position, items }
}

/** Where each block ended up. Parts of a divided block are told by the place of their source. */
function fillLedger(ledger: Ledger, document: Document, slides: readonly Slide[]) {
  const placeOf = (block: Block, of: 'blocks' | 'notes'): number =>
    slides.findIndex((slide) => slide[of].some((one) => one === block || (one.kind === block.kind && samePlace(one, block))))
  const account = (block: Block): void => {
    const shown = placeOf(block, 'blocks')
    const noted = placeOf(block, 'notes')
    if (noted >= 0) ledger.add(block, 'in-notes', { place: `slide ${noted + 1}` })
    else if (shown >= 0) ledger.add(block, 'included', { place: `slide ${shown + 1}` })
    else if (blocksText([block]) === '') ledger.add(block, 'omitted-by-rule', { reason: 'has no words' })
  }
  const visit = (section: Section): void => {
    const at = slides.findIndex((slide) => slide.title === section.title || slide.sectionNumber === (section.number ?? ''))
    ledger.add(section, 'included', { place: `slide ${Math.max(1, at + 1)}` })
    section.blocks.forEach(account)
    section.sections.forEach(visit)
  }
  document.preamble.forEach(account)
  document.sections.forEach(visit)
  return ledger.entries()
}

const samePlace = (a: Block, b: Block): boolean =>
  a.position.file === b.position.file && a.position.line === b.position.line && a.position.column === b.position.column
