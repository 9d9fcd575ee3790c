/**
 * The brief: exactly the pages that were promised. In: a Document, and a function that lays a candidate out. Out: a BriefEdition that fits,
 * by the ladder of brief-ladder.ts; its ledger says what was shortened and what went.
 */
import type { Diagnostic, Report } from '../diagnostics/diagnostic.js'
import type { Document } from '../document/document.js'
import { diagnosticAt } from '../document/message.js'
import { blocksText, changeBlocks, inlineText } from '../document/walk.js'
import type { Block, Inline, ListItem, Paragraph } from '../markdown/tree.js'
import { type Attempt, climb, comfortable, fittingTolerance, sizeSteps, spacingSteps, type Trial } from './brief-ladder.js'
import { type BriefPlan, type Droppable, makePlan } from './brief-plan.js'
import type { BriefEdition, BriefItem, Measure } from './edition.js'
import { excerptOf, type Ledger } from './ledger.js'
import { isOnlyFor } from './marks.js'
import { detached, select } from './select.js'
import { firstSentences, sentencesOf } from './sentences.js'

export interface BriefOptions {
  readonly audience?: string
  readonly report: Report
  /** What must stay and does not fit runs on over further pages, at a comfortable size, without an error. */
  readonly allowOverflow?: boolean
}

const millimetresPerPixel = 25.4 / 96

/** Makes the brief. Where what must stay does not fit, `brief-overflow` names it and says by how much. */
export function makeBrief(document: Document, measure: Measure<BriefEdition>, options: BriefOptions): BriefEdition {
  const selection = select(document, 'brief', options.audience)
  const plan = makePlan(selection.document)
  const editions = new Map<Attempt, BriefEdition>()
  const editionFor = (attempt: Attempt): BriefEdition => {
    const made = editions.get(attempt) ?? editionOf(plan, attempt)
    editions.set(attempt, made)
    return made
  }
  const trial: Trial = {
    overflow: (attempt) => measure(editionFor(attempt)),
    content: (attempt) => contentOf(editionFor(attempt)),
    droppable: plan.droppable.length,
    parts: plan.parts.length,
    equal: (part, other) => plan.droppable[part]?.priority === plan.droppable[other]?.priority,
  }
  const found = climb(trial)
  const fits = found.overflow <= fittingTolerance
  const runsOn = !fits && options.allowOverflow === true
  const attempt = runsOn ? { ...comfortable, dropped: plan.droppable.length } : found.attempt
  const edition = { ...editionFor(attempt), ...(runsOn ? { runsOn: true } : {}) }
  if (!fits && !runsOn) options.report(overflowOf(document, edition, found.overflow))
  const dropped = plan.droppable.filter((_, index) => index < attempt.dropped && !attempt.restored.includes(index))
  return { ...edition, ledger: fillLedger(selection.ledger, { plan, edition, dropped }) }
}

/** Characters of text, so that attempts can be told apart by what they say. */
function contentOf({ items, feature, preamble }: BriefEdition): number {
  return [...items, ...(feature ? [feature] : [])].reduce(
    (sum, item) => sum + inlineText(item.lead).length + blocksText(item.blocks).length,
    blocksText(preamble).length,
  )
}

/** One error that names every block that must stay. */
function overflowOf(document: Document, edition: BriefEdition, overflow: number): Diagnostic {
  const { file, source } = document
  const { metadata } = edition.document
  const millimetres = Math.max(1, Math.ceil(overflow * millimetresPerPixel))
  const pages = metadata.brief.pages === 1 ? 'its page' : `its ${metadata.brief.pages} pages`
  const front = [...(metadata.summary ?? []), ...(metadata.keyPoints ?? [])].flatMap((inlines) =>
    inlines[0] ? [{ position: inlines[0].position, excerpt: excerptOf(inlineText(inlines)) }] : [],
  )
  const items = [...edition.items, ...(edition.feature ? [edition.feature] : [])]
  const related = [
    ...front,
    ...edition.preamble.map((block) => ({ position: block.position, excerpt: excerptOf(blocksText([block])) })),
    ...items.flatMap(({ section, lead, blocks }) => [
      { position: section.position, excerpt: excerptOf(inlineText(lead)) },
      ...blocks.map((block) => ({ position: block.position, excerpt: excerptOf(blocksText([block])) })),
    ]),
  ]
  const [first] = related
  return {
    ...diagnosticAt(first?.position.file === file ? source : '', {
      severity: 'error',
      code: 'brief-overflow',
      message: `What must stand in the brief is ${millimetres} mm too long for ${pages}, at the smallest type and with all gone that may go.`,
      position: first?.position ?? { file, line: 1, column: 1 },
      hint: 'Shorten what is listed, give fewer blocks priority=1, allow more pages (brief: { pages: 2 }), or build with --allow-overflow.',
    }),
    related,
  }
}

/** The droppable parts that an attempt goes without. */
function goneFrom(
  plan: BriefPlan,
  { dropped, restored }: Attempt,
): { readonly parts: ReadonlySet<unknown>; readonly places: ReadonlySet<unknown> } {
  const gone = plan.droppable.slice(0, dropped).filter((_, index) => !restored.includes(index))
  const nodes = gone.filter(({ part }) => 'position' in part)
  // Nodes are copied on their way; the place they have in the source stays the very same object.
  return { parts: new Set(gone.map(({ part }) => part)), places: new Set(nodes.map(({ part }) => 'position' in part && part.position)) }
}

function editionOf(plan: BriefPlan, attempt: Attempt): BriefEdition {
  const { document } = plan
  const { parts, places } = goneFrom(plan, attempt)
  const shortParts = new Set<unknown>(plan.parts.slice(0, attempt.short))
  const settle = (blocks: readonly Block[], short: boolean): readonly Block[] =>
    inBrief(blocks, { document, sentences: short ? 1 : attempt.sentences, short, places })
  const items = plan.candidates
    .filter((candidate) => !parts.has(candidate))
    .map((candidate): BriefItem => {
      const short = shortParts.has(candidate)
      const lead = shortened(candidate.paragraphs, short ? 1 : attempt.sentences, document)
      const fixed = candidate.fixed.filter((block) => !candidate.paragraphs.some((paragraph) => paragraph === block))
      return { section: candidate.section, lead: candidate.lead, blocks: [...lead, ...settle(fixed, short)], priority: candidate.priority }
    })
    .filter(({ blocks, section }) => blocks.length > 0 || section.blocks.length === 0)
  const kept =
    plan.feature && !parts.has(plan.feature)
      ? { ...plan.feature, blocks: settle(plan.feature.blocks, shortParts.has(plan.feature)) }
      : undefined
  const feature = kept && kept.blocks.length > 0 ? kept : undefined
  return {
    name: 'brief',
    document,
    items,
    ...(feature ? { feature } : {}),
    preamble: settle(plan.preamble, attempt.short > 0 && attempt.short === plan.parts.length),
    tight: attempt.spacing / spacingSteps,
    small: attempt.size / sizeSteps,
    ledger: [],
  }
}

interface Form {
  readonly document: Document
  readonly sentences: number
  readonly short: boolean
  readonly places: ReadonlySet<unknown>
}

/** Blocks as an attempt has them: without what is gone, in the form it asks for, references to sections as words, since these are not in the brief. */
function inBrief(blocks: readonly Block[], { document, sentences, short, places }: Form): readonly Block[] {
  const { references } = document
  const kept = changeBlocks(blocks, {
    block: (block) => (places.has(block.position) ? [] : undefined),
    item: (item) => (places.has(item.position) ? null : item),
    inline: (inline) => {
      const target = inline.kind === 'cross-reference' ? references.get(inline) : undefined
      return target?.kind === 'section' ? [{ kind: 'text', text: target.label, position: inline.position }] : undefined
    },
  })
  return kept.map((block) => {
    const mark = block.attributes?.values.brief
    const isLead = mark === 'lead'
    if (block.kind === 'paragraph') return isLead ? (shortened([block], sentences, document)[0] ?? block) : block
    if (block.kind !== 'bullet-list' && block.kind !== 'ordered-list') return block
    const whole = mark === 'full' || isOnlyFor(block.attributes, 'brief')
    const items = block.items.map((item) => {
      const own = item.attributes?.values.brief
      return own === 'lead' || (own !== 'full' && (isLead || (short && !whole))) ? leadOf(item, document) : item
    })
    return items.every((item, index) => item === block.items[index]) ? block : { ...block, items }
  })
}

/** An item of a list with its first sentence alone. */
function leadOf(item: ListItem, { metadata, references }: Document): ListItem {
  const [first] = item.blocks
  if (first?.kind !== 'paragraph') return item
  const { inlines, whole } = firstSentences(detached(first.content, references), { count: 1, language: metadata.lang })
  return whole && item.blocks.length === 1 ? item : { ...item, blocks: [{ ...first, content: inlines }] }
}

/** The first `count` sentences over several paragraphs. */
function shortened(paragraphs: readonly Paragraph[], count: number, { references, metadata }: Document): readonly Paragraph[] {
  const language = metadata.lang
  const leads: Paragraph[] = []
  let left = count
  for (const paragraph of paragraphs) {
    if (left <= 0) break
    const content: readonly Inline[] = detached(paragraph.content, references)
    const sentences = sentencesOf(inlineText(content), language)
    // What announces a list that is not there is left out, unless it is all there is.
    const telling = sentences.length > 1 && sentences.at(-1)?.endsWith(':') ? sentences.length - 1 : sentences.length
    leads.push({ ...paragraph, content: firstSentences(content, { count: Math.min(left, telling), language }).inlines })
    left -= telling
  }
  return leads
}

interface Outcome {
  readonly plan: BriefPlan
  readonly edition: BriefEdition
  readonly dropped: readonly Droppable[]
}

function fillLedger(ledger: Ledger, { plan, edition, dropped }: Outcome) {
  const { document } = plan
  for (const { part, priority } of dropped) {
    const reason = `priority ${priority}`
    if ('kind' in part) ledger.add(part, 'cut-to-fit', { reason })
    else if ('fixed' in part) {
      ledger.add(part.section, 'cut-to-fit', { reason })
      for (const block of [...part.paragraphs, ...part.fixed]) ledger.add(inSource(block, part.section.blocks), 'cut-to-fit', { reason })
    } else for (const block of part.blocks) ledger.add(block, 'cut-to-fit', { reason })
  }
  const account = (block: Block, shown: readonly Block[], place?: string): void => {
    const own = shown.find((one) => one.position === block.position)
    if (!own) return
    const words = blocksText([
      { ...block, ...('content' in block ? { content: detached(block.content, document.references) } : {}) } as Block,
    ])
    const whole =
      blocksText(detachedBlocks([own], document)) === blocksText(detachedBlocks([block], document)) || blocksText([own]) === words
    ledger.add(block, whole ? 'included' : 'shortened', { ...(place ? { place } : {}), ...(whole ? {} : { reason: shorteningOf(block) }) })
  }
  for (const { section, blocks } of [...edition.items, ...(edition.feature ? [edition.feature] : [])]) {
    if (edition.items.some((item) => item.section === section)) ledger.add(section, 'included', { place: section.id })
    const candidate = plan.candidates.find((one) => one.section === section)
    for (const block of [...(candidate?.fixed ?? []), ...(candidate?.paragraphs ?? []), ...section.blocks])
      account(inSource(block, section.blocks), blocks, section.id)
  }
  for (const block of document.preamble) account(block, edition.preamble)
  const rest = { reason: 'in the report' }
  for (const block of document.preamble) ledger.add(block, 'omitted-by-rule', rest)
  for (const section of document.sections) ledger.addSection(section, 'omitted-by-rule', rest)
  return ledger.entries()
}

/** The block of the source that a copy in a plan comes from. */
const inSource = (block: Block, blocks: readonly Block[]): Block => blocks.find((one) => one.position === block.position) ?? block

const shorteningOf = (block: Block): string =>
  block.kind === 'paragraph' ? 'first sentences' : 'some of its items, or their first sentences'

const detachedBlocks = (blocks: readonly Block[], { references }: Document): readonly Block[] =>
  changeBlocks(blocks, { inlineList: (inlines) => detached(inlines, references) })
