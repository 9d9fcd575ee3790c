/**
 * The deck: an outline of the source by rule, fitted to its slides. In: a Document, and a function that lays slides out. Out: a
 * SlidesEdition; what a slide shortens or leaves out stands in its notes, and the ledger says where each block is.
 */
import type { Report } from '../diagnostics/diagnostic.js'
import type { Document, Section } from '../document/document.js'
import { blocksText } from '../document/walk.js'
import type { Block } from '../markdown/tree.js'
import type { Measure, Slide, SlidesEdition } from './edition.js'
import { fitSlides } from './fit-slides.js'
import type { Ledger } from './ledger.js'
import { select } from './select.js'
import { outlineSlides, type SectionSlides } from './slide-outline.js'

export interface SlidesOptions {
  readonly audience?: string
  readonly report: Report
}

/** Makes the deck. Nothing is dropped: each block is on a slide or in the notes of one, and the ledger says which. */
export function makeSlides(document: Document, measure: Measure<SlidesEdition>, options: SlidesOptions): SlidesEdition {
  const selection = select(document, 'slides', options.audience)
  const edition = (slides: readonly Slide[]): SlidesEdition => ({ name: 'slides', document: selection.document, slides, ledger: [] })
  const outline = outlineSlides(selection.document)
  const slides = fitSlides(outline.slides, { measure: (some) => measure(edition(some)), document, report: options.report })
  return { ...edition(slides), ledger: fillLedger(selection.ledger, { document: selection.document, slides, firstOf: outline.firstOf }) }
}

interface Placing {
  readonly document: Document
  readonly slides: readonly Slide[]
  readonly firstOf: SectionSlides
}

/** Where each block ended up. */
function fillLedger(ledger: Ledger, { document, slides, firstOf }: Placing) {
  const shown = firstPlaces(slides, (slide) => slide.shown)
  const noted = firstPlaces(slides, (slide) => slide.notes)
  const account = (block: Block): void => {
    const place = shown.get(block)
    const notes = noted.get(block)
    if (place !== undefined && notes !== undefined)
      ledger.add(block, 'shortened', { place: `slide ${place}`, reason: `whole in the notes of slide ${notes}` })
    else if (place !== undefined) ledger.add(block, 'included', { place: `slide ${place}` })
    else if (notes !== undefined) ledger.add(block, 'in-notes', { place: `slide ${notes}` })
    else if (block.kind === 'thematic-break') ledger.add(block, 'omitted-by-rule', { reason: 'starts a new slide' })
    else if (blocksText([block]) === '') ledger.add(block, 'omitted-by-rule', { reason: 'has no words' })
  }
  const visit = (section: Section): void => {
    const id = firstOf.get(section)
    const at = slides.findIndex((slide) => slide.id === id)
    ledger.add(section, 'included', { place: `slide ${Math.max(0, at) + 1}` })
    section.blocks.forEach(account)
    section.sections.forEach(visit)
  }
  document.preamble.forEach(account)
  document.sections.forEach(visit)
  return ledger.entries()
}

function firstPlaces(slides: readonly Slide[], of: (slide: Slide) => readonly Block[]): ReadonlyMap<Block, number> {
  const places = new Map<Block, number>()
  slides.forEach((slide, index) => {
    for (const block of of(slide)) if (!places.has(block)) places.set(block, index + 1)
  })
  return places
}
