/**
 * The order in which a document is read. In: a Document or its parts. Out: its sections and its blocks, first to last.
 */
import type { Block } from '../markdown/tree.js'
import type { Document, Section } from './document.js'

/** Sections with those under them, each before its own. */
export function* eachSection(sections: readonly Section[]): Generator<Section> {
  for (const section of sections) {
    yield section
    yield* eachSection(section.sections)
  }
}

/** Every block that stands in a section or before the first, in reading order; what stands inside a block is not listed. */
export function documentBlocks(document: Pick<Document, 'preamble' | 'sections'>): readonly Block[] {
  return [...document.preamble, ...[...eachSection(document.sections)].flatMap((section) => section.blocks)]
}
