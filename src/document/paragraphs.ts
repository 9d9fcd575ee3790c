/**
 * Numbers of paragraphs. In: the sections of a document. Out: the same with a number on each paragraph that stands in a section of the
 * report: 1, 2, 3 … through the text and A1, A2 … in appendices, or 2.1, 2.2 … by section.
 */
import type { Block, Paragraph } from '../markdown/tree.js'
import type { Metadata, Section } from './document.js'
import { inlineText } from './walk.js'

interface Counting {
  readonly bySection: boolean
  /** What stands before the count: the section's number, or an appendix's letter. */
  prefix: string
  count: number
}

/** Whether the author keeps a block out of the report. */
function isElsewhere({ attributes }: Pick<Paragraph, 'attributes'> | Pick<Section, 'attributes'>): boolean {
  const { only, report } = attributes?.values ?? {}
  return report === 'omit' || (only !== undefined && !only.split(/[\s,]+/).includes('report'))
}

/** `Source: …` and its like right after a table or a figure belongs to it. */
function belongsToBlockBefore(paragraph: Paragraph, previous: Block | undefined): boolean {
  return (previous?.kind === 'table' || previous?.kind === 'figure') && /^\p{L}[\p{L}\p{M}]*\s*:/u.test(inlineText(paragraph.content))
}

function numberBlocks(blocks: readonly Block[], counting: Counting): readonly Block[] {
  return blocks.map((block, index) => {
    if (block.kind !== 'paragraph' || isElsewhere(block) || belongsToBlockBefore(block, blocks[index - 1])) return block
    if (block.attributes?.classes.includes('unnumbered')) return block
    counting.count++
    return { ...block, number: `${counting.prefix}${counting.count}` }
  })
}

function numberSection(section: Section, counting: Counting): Section {
  const { attributes, level, number, appendix } = section
  if (isElsewhere(section) || attributes.classes.includes('glossary')) return section
  if (level === 1 && (counting.bySection || appendix)) {
    counting.count = 0
    counting.prefix = number === undefined ? '' : counting.bySection ? `${number}.` : number
  }
  const blocks = numberBlocks(section.blocks, counting)
  return { ...section, blocks, sections: section.sections.map((inner) => numberSection(inner, counting)) }
}

/** Numbers the paragraphs of sections; those of lists, quotations and callouts, and what stands before the first heading, have none. */
export function numberParagraphs(sections: readonly Section[], mode: Metadata['numberParagraphs']): readonly Section[] {
  if (mode === 'none') return sections
  const counting: Counting = { bySection: mode === 'section', prefix: '', count: 0 }
  return sections.map((section) => numberSection(section, counting))
}
