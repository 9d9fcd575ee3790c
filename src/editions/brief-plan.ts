/**
 * What may stand in a brief, before it is known how much fits. In: a Document selected for the brief. Out: a part per section in the
 * order of the source, the table, figure or list that stands out, and what may be dropped, least important first.
 */
import type { Document, Section } from '../document/document.js'
import { blocksText, visitBlocks } from '../document/walk.js'
import type { Block, Figure, Inline, ListItem, Paragraph, Table } from '../markdown/tree.js'
import type { BriefItem } from './edition.js'
import { isOnlyFor, type Marks, priorityOf } from './marks.js'
import { detached } from './select.js'

/** A section's part in the brief. */
export interface Candidate {
  readonly section: Section
  readonly lead: readonly Inline[]
  /** Blocks the author asks for. */
  readonly fixed: readonly Block[]
  /** The paragraphs whose first sentences stand for the section. */
  readonly paragraphs: readonly Paragraph[]
  readonly priority: number
  readonly order: number
}

export interface BriefPlan {
  readonly document: Document
  readonly candidates: readonly Candidate[]
  readonly feature: BriefItem | undefined
  readonly preamble: readonly Block[]
  /** Parts that can be short, the least important first. */
  readonly parts: readonly (Candidate | BriefItem)[]
  /** The first to go first: by priority, the last of the document before the first. Priority 1 never goes. */
  readonly droppable: readonly Droppable[]
}

/** A section's whole part, the feature, or a block or list item with a priority of its own. */
export interface Droppable {
  readonly part: Candidate | BriefItem | Block | ListItem
  readonly priority: number
  readonly order: number
}

const featurePriority = 3
const sectionPriority = 2

export function makePlan(document: Document): BriefPlan {
  let order = 0
  const candidates: Candidate[] = []
  const visit = (section: Section) => {
    const candidate = candidateOf(section, document, order++)
    if (candidate) candidates.push(candidate)
    section.sections.forEach(visit)
  }
  document.sections.forEach(visit)
  const preamble = document.preamble.flatMap(asked)
  const feature = featureOf(document, candidates)
  const byImportance = [...candidates].sort((a, b) => b.priority - a.priority || b.order - a.order)
  const parts = [...(feature ? [feature] : []), ...byImportance]
  return { document, candidates, feature, preamble, parts, droppable: droppableOf({ candidates, feature, preamble }) }
}

const wants = (marks: Marks): boolean => {
  const mark = marks?.values.brief
  return mark === 'full' || mark === 'lead' || isOnlyFor(marks, 'brief')
}

/** A block that the author asks for; of a list with items that are asked for, these. */
function asked(block: Block): readonly Block[] {
  if (wants(block.attributes)) return [block]
  if (block.kind !== 'bullet-list' && block.kind !== 'ordered-list') return []
  const items = block.items.filter(({ attributes }) => wants(attributes))
  return items.length > 0 ? [{ ...block, items }] : []
}

/** The most important mark on blocks and the items in them. */
function highest(blocks: readonly Block[], otherwise: number): number {
  let least = otherwise
  eachMarked(blocks, ({ attributes }) => {
    least = Math.min(least, priorityOf(attributes, otherwise))
  })
  return least
}

function eachMarked(blocks: readonly Block[], visit: (node: Block | ListItem) => void): void {
  const own = new Set<unknown>(blocks)
  visitBlocks(blocks, {
    enter: (node) => {
      if (node.kind === 'list-item' || own.has(node)) visit(node as Block | ListItem)
      return undefined
    },
  })
}

/** A section's part: what the author marks, else, for sections of the first level that are no appendix, its lead. */
function candidateOf(section: Section, document: Document, order: number): Candidate | null {
  const mark = section.attributes.values.brief
  const priority = priorityOf(section.attributes, sectionPriority)
  const base = { section, lead: detached(section.title, document.references), priority, order }
  if (mark === 'full') return { ...base, fixed: section.blocks, paragraphs: [], priority: highest(section.blocks, priority) }
  const fixed = section.blocks.flatMap(asked)
  if (fixed.length > 0 && mark !== 'lead') return { ...base, fixed, paragraphs: [], priority: highest(fixed, priority) }
  const byRule = section.level === 1 && !section.appendix
  if (mark !== 'lead' && !byRule) return null
  const paragraphs = leadParagraphs(section)
  return paragraphs.length > 0 || fixed.length > 0 ? { ...base, fixed, paragraphs } : null
}

/** The paragraphs of a section or, where it begins with a subsection, of that; what only announces a list says nothing alone. */
function leadParagraphs(section: Section): readonly Paragraph[] {
  const own = section.blocks.filter((block): block is Paragraph => block.kind === 'paragraph' && blocksText([block]).length > 20)
  const telling = own.filter((paragraph, index) => index === 0 || !blocksText([paragraph]).endsWith(':'))
  if (telling.length > 0) return telling
  for (const inner of section.sections) {
    const found = leadParagraphs(inner)
    if (found.length > 0) return found
  }
  return []
}

/** The table or figure the author marks, else the first small table with a caption, else the first list or figure. */
function featureOf(document: Document, candidates: readonly Candidate[]): BriefItem | undefined {
  const taken = new Set(candidates.flatMap((candidate) => candidate.fixed.map(({ position }) => position)))
  if (candidates.some(({ fixed }) => fixed.some((block) => block.kind === 'table' || block.kind === 'figure'))) return undefined
  const found: { section: Section; block: Block; rank: number }[] = []
  const visit = (section: Section) => {
    if (section.attributes.values.brief === 'omit' || section.appendix) return
    for (const block of section.blocks) if (!taken.has(block.position)) found.push({ section, block, rank: rankOf(block) })
    section.sections.forEach(visit)
  }
  document.sections.forEach(visit)
  const best = found.filter(({ rank }) => rank > 0).sort((a, b) => b.rank - a.rank)[0]
  if (!best) return undefined
  return {
    section: best.section,
    lead: best.section.title,
    blocks: [best.block],
    priority: priorityOf(best.block.attributes, featurePriority),
  }
}

const mostRows = 9
const mostColumns = 5

function rankOf(block: Block): number {
  if (block.kind === 'table') return tableRank(block)
  if (block.kind === 'figure') return figureRank(block)
  if (block.kind === 'ordered-list' || block.kind === 'bullet-list')
    return block.items.length >= 2 && block.items.length <= 7 && blocksText([block]).length < 700 ? 1 : 0
  return 0
}

function tableRank(table: Table): number {
  if (table.rows.length > mostRows || table.alignments.length > mostColumns || blocksText([table]).length > 1500) return 0
  return table.caption ? 4 : 3
}

const figureRank = (figure: Figure): number => (figure.caption ? 2 : 0)

function droppableOf({ candidates, feature, preamble }: Pick<BriefPlan, 'candidates' | 'feature' | 'preamble'>): readonly Droppable[] {
  const found: Droppable[] = []
  const ownPriorities = (blocks: readonly Block[], order: number) => {
    let inner = 0
    eachMarked(blocks, (part) => {
      inner++
      if (part.attributes?.values.priority !== undefined)
        found.push({ part, priority: priorityOf(part.attributes, 1), order: order + inner / 1000 })
    })
  }
  ownPriorities(preamble, -1)
  for (const part of candidates) {
    found.push({ part, priority: part.priority, order: part.order })
    ownPriorities(part.fixed, part.order)
  }
  if (feature) {
    found.push({ part: feature, priority: feature.priority, order: Number.MAX_SAFE_INTEGER })
    for (const block of feature.blocks)
      if (block.kind === 'bullet-list' || block.kind === 'ordered-list')
        for (const item of block.items)
          if (item.attributes?.values.priority !== undefined)
            found.push({ part: item, priority: priorityOf(item.attributes, 1), order: Number.MAX_SAFE_INTEGER })
  }
  return found.filter(({ priority }) => priority > 1).sort((a, b) => b.priority - a.priority || b.order - a.order)
}
