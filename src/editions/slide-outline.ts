/**
 * The outline of a deck by rule. In: a Document as the slides may see it. Out: slides not yet fitted: title, key points, agenda, a divider
 * for each part, then for each section a slide for each list, table, figure and quotation, or its lead sentence. The author steers
 * with `---`, `{slides=…}`, `::: notes`, `::: columns` and `.incremental`.
 */
import type { Document, Section } from '../document/document.js'
import { eachSection } from '../document/outline.js'
import { referenceWords } from '../document/reference-words.js'
import { inlineText } from '../document/walk.js'
import type { Block, BulletList, Inline, ListItem, Paragraph } from '../markdown/tree.js'
import type { Slide, SlideLayout } from './edition.js'
import { isSpeakerNotes } from './marks.js'
import { detached } from './select.js'
import { firstSentences, sentencesOf } from './sentences.js'
import { isShownWhole, leadList } from './shorten-list.js'

/** The id of the first slide of each section. */
export type SectionSlides = ReadonlyMap<Section, string>

export interface Outline {
  readonly slides: readonly Slide[]
  readonly firstOf: SectionSlides
}

/** A deck of fewer sections needs no list of them. */
const agendaFrom = 4
/** A longer sentence is no statement to be set large. */
const longestStatement = 280

/** The slides of a document in their order. */
export function outlineSlides(document: Document): Outline {
  return new OutlineMaker(document).make()
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

type Draft = Omit<Slide, 'id' | 'density' | 'shown'> & { readonly shown?: readonly Block[] }
type Base = Pick<Slide, 'title' | 'sectionNumber'>

class OutlineMaker {
  readonly #document: Document
  readonly #language: string
  readonly #slides: Slide[] = []
  readonly #firstOf = new Map<Section, string>()
  readonly #taken: Set<string>
  /** Ids of sections, which only their own first slides may have. */
  readonly #reserved: ReadonlySet<string>

  constructor(document: Document) {
    this.#document = document
    this.#language = document.metadata.lang
    this.#reserved = new Set(Array.from(eachSection(document.sections), ({ id }) => id))
    this.#taken = new Set([...document.figures.values(), ...document.tables.values(), ...document.notes.values()].map(({ id }) => id))
  }

  make(): Outline {
    const { metadata, preamble, sections, file } = this.#document
    const position = { file, line: 1, column: 1 }
    const summary = (metadata.summary ?? []).map((content): Paragraph => ({ kind: 'paragraph', position, content }))
    const hidden = preamble.filter((block) => !this.#isShown(block))
    const notes = [...summary, ...hidden.filter((block) => block.kind !== 'thematic-break')]
    this.#add(this.#free('title'), { layout: 'title', title: [{ kind: 'text', text: metadata.title, position }], blocks: [], notes })
    this.#keyPoints()
    const base = { title: this.#shortTitle() }
    for (const block of preamble.filter((one) => this.#isShown(one))) this.#group(this.#free('opening'), base, [block])
    const listed = sections.filter((section) => !section.appendix)
    if (listed.length >= agendaFrom) this.#agenda(listed)
    const parts = hasParts(listed)
    for (const section of sections) this.#section(section, parts)
    return { slides: this.#slides, firstOf: this.#firstOf }
  }

  #shortTitle(): readonly Inline[] {
    const { metadata, file } = this.#document
    return [{ kind: 'text', text: metadata.shortTitle ?? metadata.title, position: { file, line: 1, column: 1 } }]
  }

  #add(wish: string, draft: Draft): string {
    let id = wish
    for (let count = 2; this.#taken.has(id) || (id !== wish && this.#reserved.has(id)); count++) id = `${wish}-${count}`
    this.#taken.add(id)
    this.#slides.push({ ...draft, shown: draft.shown ?? draft.blocks, id, density: 0 })
    return id
  }

  /** A name for a slide that belongs to no section. */
  #free(name: string): string {
    let id = name
    for (let count = 2; this.#reserved.has(id); count++) id = `${name}-${count}`
    return id
  }

  #keyPoints(): void {
    const { metadata, file } = this.#document
    if (!metadata.keyPoints || metadata.keyPoints.length === 0) return
    const position = { file, line: 1, column: 1 }
    const { list, shortened } = this.#leads(bulletList(metadata.keyPoints, position))
    const notes = shortened ? [bulletList(metadata.keyPoints, position)] : []
    this.#add(this.#free('key-points'), { layout: 'bullets', title: this.#shortTitle(), blocks: [list], notes })
  }

  #agenda(sections: readonly Section[]): void {
    const { file } = this.#document
    const position = { file, line: 1, column: 1 }
    const title: readonly Inline[] = [{ kind: 'text', text: referenceWords(this.#language).agenda, position }]
    const entries = sections.map((section): readonly Inline[] => [
      { kind: 'link', target: `#${section.id}`, content: detached(section.title, this.#document.references), position: section.position },
    ])
    this.#add(this.#free('agenda'), { layout: 'agenda', title, blocks: [bulletList(entries, position)], notes: [] })
  }

  #section(section: Section, parts: boolean): void {
    const base = { title: titleOf(section), ...(section.number === undefined ? {} : { sectionNumber: section.number }) }
    const before = this.#slides.length
    const groups = divide(section.blocks)
    const divides = parts && section.level === 1 && !section.appendix
    if (groups.length === 0 || divides) this.#add(section.id, { ...base, layout: 'divider', blocks: [], notes: [] })
    if (isShownWhole(section.attributes)) this.#whole(section, base)
    else for (const group of groups) this.#group(section.id, base, group)
    this.#firstOf.set(section, this.#slides[before]?.id ?? section.id)
    for (const inner of section.sections) this.#section(inner, parts)
  }

  /** A section that is a slide as it stands. */
  #whole(section: Section, base: Base): void {
    const blocks = section.blocks.filter((block) => block.kind !== 'thematic-break' && !isForNotes(block))
    const [only] = blocks
    if (!only) return this.#group(section.id, base, section.blocks)
    const layout = blocks.length === 1 ? layoutOf(only) : 'text'
    this.#add(section.id, { ...base, layout, blocks, notes: section.blocks.filter(isForNotes) })
  }

  #isShown(block: Block): boolean {
    if (isForNotes(block)) return false
    return visual.has(block.kind) || isShownWhole(block.attributes) || isColumns(block) || holdsVisual(block)
  }

  /** The slides of blocks that no `---` divides. */
  #group(id: string, base: Base, blocks: readonly Block[]): void {
    const shown = blocks.filter((block) => this.#isShown(block))
    if (shown.length === 0) return this.#prose(id, base, blocks)
    shown.forEach((block, index) => {
      const at = blocks.indexOf(block)
      const { before, after } = reach(blocks, shown, index)
      const leadIn = this.#leadIn(blocks[at - 1], block)
      const source = sourceLine(block, blocks[at + 1])
      const { list: body, shortened } = this.#leads(withIncremental(block))
      const rest = [...before, ...(shortened ? [block] : []), ...after.filter((one) => !source.includes(one))]
      const paragraph = leadIn.length > 0 ? blocks.slice(at - 1, at) : []
      this.#add(id, {
        ...base,
        layout: layoutOf(body),
        blocks: [...leadIn, body, ...source],
        shown: [...paragraph, block, ...source],
        notes: rest,
      })
    })
  }

  #leads(block: Block): { readonly list: Block; readonly shortened: boolean } {
    return leadList(block, { language: this.#language, references: this.#document.references })
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

  /** Prose alone: its lead sentence large, all of it in the notes. */
  #prose(id: string, base: Base, blocks: readonly Block[]): void {
    const first = blocks.find((block): block is Paragraph => block.kind === 'paragraph' && !isForNotes(block))
    const cut = { count: 1, language: this.#language }
    const lead = first ? firstSentences(detached(first.content, this.#document.references), cut) : undefined
    if (!first || !lead || inlineText(lead.inlines) === '') {
      const spoken = blocks.filter(isForNotes)
      this.#add(id, { ...base, layout: 'text', blocks: blocks.filter((block) => !spoken.includes(block)), notes: spoken })
      return
    }
    const statement: Paragraph = { kind: 'paragraph', position: first.position, content: lead.inlines }
    const alone = blocks.length === 1 && lead.whole && lead.inlines.length === first.content.length
    const layout = inlineText(lead.inlines).length <= longestStatement ? 'statement' : 'text'
    this.#add(id, { ...base, layout, blocks: [statement], shown: [first], notes: alone ? [] : blocks })
  }
}

/** A deck has parts where most of its sections have sections of their own. */
function hasParts(sections: readonly Section[]): boolean {
  const parts = sections.filter((section) => section.sections.length > 0)
  return parts.length > 1 && parts.length * 2 >= sections.length
}

/** Blocks between `---`. */
function divide(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const groups: Block[][] = [[]]
  for (const block of blocks) {
    if (block.kind === 'thematic-break') groups.push([])
    else groups.at(-1)?.push(block)
  }
  return groups.filter((group) => group.length > 0)
}

function titleOf(section: Section): readonly Inline[] {
  const own = section.attributes.values['slide-title']
  return own === undefined ? section.title : [{ kind: 'text', text: own, position: section.position }]
}

const isForNotes = (block: Block): boolean => isSpeakerNotes(block) || block.attributes?.values.slides === 'notes'

const isColumns = (block: Block): boolean => block.kind === 'div' && block.attributes?.classes.includes('columns') === true

/** A div that holds something to show. */
const holdsVisual = (block: Block): boolean =>
  block.kind === 'div' && block.blocks.some((inner) => visual.has(inner.kind) || holdsVisual(inner) || isColumns(inner))

/** `::: incremental` around a list is a list that comes item by item. */
function withIncremental(block: Block): Block {
  const [only] = block.kind === 'div' ? block.blocks : []
  if (block.kind !== 'div' || block.blocks.length !== 1 || !block.attributes?.classes.includes('incremental')) return block
  if (only?.kind !== 'bullet-list' && only?.kind !== 'ordered-list') return block
  const classes = [...new Set(['incremental', ...(only.attributes?.classes ?? [])])]
  return { ...only, attributes: { values: {}, ...only.attributes, classes } }
}

/** `Source: …` right after a table or figure belongs to it. */
function sourceLine(block: Block | undefined, next: Block | undefined): readonly Block[] {
  if ((block?.kind !== 'table' && block?.kind !== 'figure') || next?.kind !== 'paragraph') return []
  return /^\s*(?:sources?|quellen?|fuentes?)\s*:/i.test(inlineText(next.content)) ? [next] : []
}

/** What is not shown goes to the notes of the slide that shows what follows it; what comes last, and a speaker's notes, to the one before. */
function reach(blocks: readonly Block[], shown: readonly Block[], index: number) {
  const at = (place: number) => blocks.indexOf(shown[place] as Block)
  const ownEnd = (place: number): number => {
    let end = place + 1 + sourceLine(blocks[place], blocks[place + 1]).length
    for (let next = blocks[end]; next && isSpeakerNotes(next); next = blocks[end]) end++
    return end
  }
  return {
    before: blocks.slice(index === 0 ? 0 : ownEnd(at(index - 1)), at(index)),
    after: blocks.slice(at(index) + 1, index === shown.length - 1 ? blocks.length : ownEnd(at(index))),
  }
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
      return isColumns(block) ? 'columns' : 'text'
  }
}

function bulletList(entries: readonly (readonly Inline[])[], position: Block['position']): BulletList {
  const items = entries.map((content): ListItem => ({ kind: 'list-item', position, blocks: [{ kind: 'paragraph', position, content }] }))
  return { kind: 'bullet-list', tight: true, position, items }
}
