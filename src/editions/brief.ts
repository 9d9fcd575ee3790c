/**
 * The brief: exactly one page. In: a Document, and a function that lays a candidate out. Out: a BriefEdition that fits.
 * It is laid out at a comfortable size first, then tightened within the limits of the style sheet, then its leads are shortened, then
 * the least important blocks go; the ledger says what went.
 */
import type { Report } from '../diagnostics/diagnostic.js'
import type { Document, Section } from '../document/document.js'
import { blocksText, changeBlocks, inlineText } from '../document/walk.js'
import type { Block, Figure, Inline, Paragraph, Table } from '../markdown/tree.js'
import type { BriefEdition, BriefItem, Measure } from './edition.js'
import type { Ledger } from './ledger.js'
import { isOnlyFor, priorityOf } from './marks.js'
import { detached, select } from './select.js'
import { firstSentences, sentencesOf } from './sentences.js'

/** 0 is comfortable, the last one tight; templates/brief has a rule for each. */
export const briefDensities = 6

export interface BriefOptions {
  readonly audience?: string
  readonly report: Report
  /** Gives the tightest candidate back without an error where nothing fits. */
  readonly allowOverflow?: boolean
}

/** What may stand in the brief, before it is known how much fits. */
interface Candidate {
  readonly section: Section
  readonly lead: readonly Inline[]
  /** Blocks the author asks for, whole. */
  readonly fixed: readonly Block[]
  /** The paragraphs whose first sentences stand for the section. */
  readonly paragraphs: readonly Paragraph[]
  readonly priority: number
  readonly order: number
}

interface Plan {
  readonly document: Document
  readonly candidates: readonly Candidate[]
  readonly feature: BriefItem | undefined
  readonly preamble: readonly Block[]
}

/** One attempt: how tight, how many sentences a lead has, and how many of the droppable items are gone. */
interface Attempt {
  readonly density: number
  readonly sentences: number
  readonly dropped: number
}

const ordinarySentences = 2
const mostSentences = 12
const featurePriority = 3
const sectionPriority = 2
/** Px that may stay free at the foot of the page before leads grow. */
const roomToFill = 110
const millimetresPerPixel = 25.4 / 96

/** Makes the brief. Where what must stay does not fit, `brief-overflow` says by how much. */
export function makeBrief(document: Document, measure: Measure<BriefEdition>, options: BriefOptions): BriefEdition {
  const selection = select(document, 'brief', options.audience)
  const plan = makePlan(selection.document)
  const order = droppable(plan)
  const fits = (attempt: Attempt) => measure(editionOf(plan, order, attempt)) <= 0.5
  const attempt = chooseAttempt(order.length, { fits, measure: (one) => measure(editionOf(plan, order, one)) })
  const edition = editionOf(plan, order, attempt)
  if (attempt.dropped === order.length && options.allowOverflow !== true) reportOverflow(document, measure(edition), options.report)
  return {
    ...edition,
    ledger: fillLedger(selection.ledger, { plan, edition, dropped: order.slice(0, attempt.dropped), document: selection.document }),
  }
}

interface Trial {
  readonly fits: (attempt: Attempt) => boolean
  readonly measure: (attempt: Attempt) => number
}

function chooseAttempt(droppableCount: number, trial: Trial): Attempt {
  const comfortable: Attempt = { density: 0, sentences: ordinarySentences, dropped: 0 }
  const free = -trial.measure(comfortable)
  if (free >= -0.5) return free > roomToFill ? grown(comfortable, trial) : comfortable
  const tightest: Attempt = { ...comfortable, density: briefDensities - 1 }
  if (trial.fits(tightest)) return loosest(tightest, trial)
  const shortened: Attempt = { ...tightest, sentences: 1 }
  if (trial.fits(shortened)) return loosest(shortened, trial)
  return loosest({ ...shortened, dropped: fewestDropped(shortened, droppableCount, trial) }, trial)
}

/** Leads take more sentences as long as the page holds them, by bisection. */
function grown(attempt: Attempt, trial: Trial): Attempt {
  let low = attempt.sentences
  let high = mostSentences
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (trial.fits({ ...attempt, sentences: middle })) low = middle
    else high = middle - 1
  }
  return { ...attempt, sentences: low }
}

/** The least density that still fits, by bisection. */
function loosest(attempt: Attempt, trial: Trial): Attempt {
  let low = 0
  let high = attempt.density
  while (low < high) {
    const middle = (low + high) >> 1
    if (trial.fits({ ...attempt, density: middle })) high = middle
    else low = middle + 1
  }
  return { ...attempt, density: high }
}

function fewestDropped(attempt: Attempt, most: number, trial: Trial): number {
  let low = 1
  let high = most
  while (low < high) {
    const middle = (low + high) >> 1
    if (trial.fits({ ...attempt, dropped: middle })) high = middle
    else low = middle + 1
  }
  return high
}

function reportOverflow(document: Document, overflow: number, report: Report): void {
  if (overflow <= 0.5) return
  const millimetres = Math.max(1, Math.ceil(overflow * millimetresPerPixel))
  report({
    severity: 'error',
    code: 'brief-overflow',
    message: `What must stand in the brief is ${millimetres} mm too long for ${document.metadata.brief.pages === 1 ? 'its page' : 'its pages'}, at the tightest setting.`,
    position: { file: document.file, line: 1, column: 1 },
    hint: 'Shorten the summary, or give fewer blocks priority=1.',
  })
}

function makePlan(document: Document): Plan {
  let order = 0
  const candidates: Candidate[] = []
  const visit = (section: Section) => {
    const candidate = candidateOf(section, document, order++)
    if (candidate) candidates.push(candidate)
    section.sections.forEach(visit)
  }
  document.sections.forEach(visit)
  const preamble = document.preamble.filter((block) => asksForBrief(block))
  return { document, candidates, feature: featureOf(document, candidates), preamble }
}

const asksForBrief = (block: Block): boolean => {
  const mark = block.attributes?.values.brief
  return mark === 'full' || mark === 'lead' || isOnlyFor(block.attributes, 'brief')
}

/** A section's part: what the author marks, else, for sections of the first level that are no appendix, its lead. */
function candidateOf(section: Section, document: Document, order: number): Candidate | null {
  const mark = section.attributes.values.brief
  const priority = priorityOf(section.attributes, sectionPriority)
  const base = { section, lead: detached(section.title, document.references), priority, order }
  if (mark === 'full') return { ...base, fixed: section.blocks, paragraphs: [] }
  const fixed = section.blocks.filter(asksForBrief)
  const highest = fixed.reduce((least, block) => Math.min(least, priorityOf(block.attributes, priority)), priority)
  if (fixed.length > 0 && mark !== 'lead') return { ...base, fixed, paragraphs: [], priority: highest }
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
  const taken = new Set(candidates.flatMap((candidate) => candidate.fixed))
  if (candidates.some(({ fixed }) => fixed.some((block) => block.kind === 'table' || block.kind === 'figure'))) return undefined
  const found: { section: Section; block: Block; rank: number }[] = []
  const visit = (section: Section) => {
    if (section.attributes.values.brief === 'omit' || section.appendix) return
    for (const block of section.blocks) if (!taken.has(block)) found.push({ section, block, rank: rankOf(block) })
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

/** What may go, the first to go first: by priority, the last of the document before the first. 1 never goes. */
type Droppable = Candidate | BriefItem

function droppable(plan: Plan): readonly Droppable[] {
  const items: { item: Droppable; priority: number; order: number }[] = plan.candidates.map((item) => ({
    item,
    priority: item.priority,
    order: item.order,
  }))
  if (plan.feature) items.push({ item: plan.feature, priority: plan.feature.priority, order: Number.MAX_SAFE_INTEGER })
  return items
    .filter(({ priority }) => priority > 1)
    .sort((a, b) => b.priority - a.priority || b.order - a.order)
    .map(({ item }) => item)
}

function editionOf(plan: Plan, order: readonly Droppable[], attempt: Attempt): BriefEdition {
  const gone = new Set(order.slice(0, attempt.dropped))
  const { document } = plan
  const items = plan.candidates
    .filter((candidate) => !gone.has(candidate))
    .map((candidate): BriefItem => {
      const lead = shortened(candidate.paragraphs, attempt.sentences, document)
      return {
        section: candidate.section,
        lead: candidate.lead,
        blocks: [
          ...lead,
          ...withoutSections(document, candidate.fixed).filter((block) => !candidate.paragraphs.some((paragraph) => paragraph === block)),
        ],
        priority: candidate.priority,
      }
    })
  const feature = plan.feature && !gone.has(plan.feature) ? plan.feature : undefined
  return { name: 'brief', document, items, ...(feature ? { feature } : {}), preamble: plan.preamble, density: attempt.density, ledger: [] }
}

/** Sections are not in the brief: references to them are words, not links. */
function withoutSections({ references }: Document, blocks: readonly Block[]): readonly Block[] {
  return changeBlocks(blocks, {
    inline: (inline) => {
      const target = inline.kind === 'cross-reference' ? references.get(inline) : undefined
      return target?.kind === 'section' ? [{ kind: 'text', text: target.label, position: inline.position }] : undefined
    },
  })
}

/** The first `count` sentences over several paragraphs. */
function shortened(paragraphs: readonly Paragraph[], count: number, { references, metadata }: Document): readonly Paragraph[] {
  const language = metadata.lang
  const leads: Paragraph[] = []
  let left = count
  for (const paragraph of paragraphs) {
    if (left <= 0) break
    const content = detached(paragraph.content, references)
    const sentences = sentencesOf(inlineText(content), language)
    // What announces a list that is not there is left out, unless it is all there is.
    const telling = sentences.length > 1 && sentences.at(-1)?.endsWith(':') ? sentences.length - 1 : sentences.length
    leads.push({ ...paragraph, content: firstSentences(content, { count: Math.min(left, telling), language }).inlines })
    left -= telling
  }
  return leads
}

interface Outcome {
  readonly plan: Plan
  readonly edition: BriefEdition
  readonly dropped: readonly Droppable[]
  readonly document: Document
}

function fillLedger(ledger: Ledger, { plan, edition, dropped, document }: Outcome) {
  for (const item of dropped) {
    const reason = `priority ${item.priority}`
    if ('fixed' in item) {
      ledger.add(item.section, 'cut-to-fit', { reason })
      for (const block of [...item.paragraphs, ...item.fixed]) ledger.add(block, 'cut-to-fit', { reason })
    } else for (const block of item.blocks) ledger.add(block, 'cut-to-fit', { reason })
  }
  const kept = new Set(edition.items.map(({ section }) => section))
  for (const candidate of plan.candidates) {
    if (!kept.has(candidate.section)) continue
    const place = candidate.section.id
    ledger.add(candidate.section, 'included', { place })
    for (const block of candidate.fixed) ledger.add(block, 'included', { place })
    const item = edition.items.find(({ section }) => section === candidate.section)
    for (const paragraph of candidate.paragraphs) {
      const lead = item?.blocks.find((block) => block.position === paragraph.position)
      if (!lead) continue
      const whole = blocksText([lead]) === blocksText([{ ...paragraph, content: detached(paragraph.content, document.references) }])
      ledger.add(paragraph, whole ? 'included' : 'shortened', whole ? { place } : { place, reason: 'first sentences' })
    }
  }
  for (const block of edition.feature?.blocks ?? []) ledger.add(block, 'included', { place: edition.feature?.section.id ?? '' })
  for (const block of plan.preamble) ledger.add(block, 'included')
  const rest = { reason: 'in the report' }
  for (const block of document.preamble) ledger.add(block, 'omitted-by-rule', rest)
  for (const section of document.sections) ledger.addSection(section, 'omitted-by-rule', rest)
  return ledger.entries()
}
