/**
 * Headings → sections. In: the blocks of a source in order. Out: what stands before the first heading, and a tree of
 * sections with levels from 1, ids and numbers (`2.1`; `A.1` in appendices).
 */
import type { Report } from '../diagnostics/diagnostic.js'
import type { Block, Heading } from '../markdown/tree.js'
import type { Section } from './document.js'
import { diagnosticAt } from './message.js'
import { slug, uniqueSlug } from './slug.js'
import { inlineText, visitBlocks } from './walk.js'

export interface SectionOptions {
  readonly source: string
  readonly numberSections: boolean
  /** Paragraphs take the numbers of the second level: only sections of the first have any. */
  readonly firstLevelOnly: boolean
  /** Ids the source writes itself; slugs keep clear of them. */
  readonly explicitIds: ReadonlySet<string>
  readonly report: Report
}

interface Step {
  readonly block: Block
  /** Inside a div of class `appendix`. */
  readonly appendix: boolean
}

interface OpenSection {
  readonly heading: Heading
  readonly level: number
  readonly appendix: boolean
  readonly blocks: Block[]
  readonly sections: OpenSection[]
}

function hasHeading(blocks: readonly Block[]): boolean {
  return blocks.some((block) => block.kind === 'heading' || (block.kind === 'div' && hasHeading(block.blocks)))
}

/** Divs that say nothing, or only that they hold appendices, open up where headings stand in them. */
function unwrap(blocks: readonly Block[], appendix: boolean): readonly Step[] {
  return blocks.flatMap((block) => {
    if (block.kind !== 'div' || !hasHeading(block.blocks)) return [{ block, appendix }]
    const { classes = [], values = {}, id } = block.attributes ?? {}
    const rest = classes.filter((name) => name !== 'appendix')
    const meaning = rest.length > 0 || id !== undefined || Object.keys(values).some((key) => key !== 'appendix')
    return meaning ? [{ block, appendix }] : unwrap(block.blocks, appendix || classes.includes('appendix') || values.appendix === 'true')
  })
}

function startsAppendix(heading: Heading, inDiv: boolean): boolean {
  return inDiv || heading.attributes?.classes.includes('appendix') === true || heading.attributes?.values.appendix === 'true'
}

interface Outline {
  readonly preamble: readonly Block[]
  readonly roots: readonly OpenSection[]
}

/** Nests headings by the levels of the source. An appendix ends whatever text section is open. */
function nest(steps: readonly Step[]): Outline {
  const preamble: Block[] = []
  const roots: OpenSection[] = []
  let open: OpenSection[] = []
  for (const { block, appendix: inDiv } of steps) {
    if (block.kind !== 'heading') {
      ;(open.at(-1)?.blocks ?? preamble).push(block)
      continue
    }
    const marked = startsAppendix(block, inDiv)
    if (marked && open[0]?.appendix === false) open = []
    open = open.filter((section) => section.heading.level < block.level)
    const parent = open.at(-1)
    const section = { heading: block, level: open.length + 1, appendix: parent?.appendix ?? marked, blocks: [], sections: [] }
    ;(parent?.sections ?? roots).push(section)
    open.push(section)
  }
  return { preamble, roots }
}

/** A, B … Z, AA, AB … */
function letters(count: number): string {
  const rest = Math.floor((count - 1) / 26)
  return (rest > 0 ? letters(rest) : '') + String.fromCharCode(65 + ((count - 1) % 26))
}

/** Words marked for some readers only must not come back in an id. */
const forSomeReaders = (attributes: { values: Readonly<Record<string, string>> } | undefined): boolean =>
  attributes?.values.audience !== undefined

interface Numbering {
  readonly options: SectionOptions
  readonly taken: Set<string>
  readonly written: Set<string>
}

function sectionId(heading: Heading, { options, taken, written }: Numbering): string {
  const id = heading.attributes?.id
  if (id === undefined) return uniqueSlug(slug(inlineText(heading.content, forSomeReaders)), taken)
  if (!written.has(id)) {
    written.add(id)
    return id
  }
  return uniqueSlug(id, options.explicitIds.size > 0 ? taken : new Set(taken))
}

function closeSections(open: readonly OpenSection[], prefix: string | undefined, numbering: Numbering): readonly Section[] {
  let texts = 0
  let appendices = 0
  return open.map((section) => {
    const numbered = isNumbered(section, prefix, numbering.options)
    const count = numbered ? (section.level === 1 && section.appendix ? letters(++appendices) : String(++texts)) : undefined
    const number = count === undefined ? undefined : prefix === '' || prefix === undefined ? count : `${prefix}.${count}`
    const { heading } = section
    const id = sectionId(heading, numbering)
    return {
      id,
      level: section.level,
      ...(number === undefined ? {} : { number }),
      appendix: section.appendix,
      title: heading.content,
      attributes: { classes: heading.attributes?.classes ?? [], values: heading.attributes?.values ?? {} },
      position: heading.position,
      ...(heading.end ? { end: heading.end } : {}),
      blocks: section.blocks,
      sections: closeSections(section.sections, number, numbering),
    }
  })
}

/** Appendices keep their letters where sections carry no numbers, since the letter is their name. */
function isNumbered(section: OpenSection, prefix: string | undefined, options: SectionOptions): boolean {
  if (prefix === undefined || section.heading.attributes?.classes.includes('unnumbered')) return false
  if (options.firstLevelOnly && section.level > 1) return false
  return options.numberSections || (section.appendix && section.level === 1)
}

/** The preamble and the sections of a source. */
export function buildSections(
  blocks: readonly Block[],
  options: SectionOptions,
): { preamble: readonly Block[]; sections: readonly Section[] } {
  const { preamble, roots } = nest(unwrap(blocks, false))
  const numbering: Numbering = { options, taken: new Set(options.explicitIds), written: new Set() }
  return { preamble, sections: closeSections(roots, '', numbering) }
}

/** Every id the source writes, with raw HTML's; reports `duplicate-id` at the second place of one. */
export function collectIds(blocks: readonly Block[], source: string, report: Report): ReadonlySet<string> {
  const ids = new Set<string>()
  // A figure takes over the attributes of its image, which is the next node visited.
  let figureImage: unknown
  visitBlocks(blocks, {
    enter: (node) => {
      if (node === figureImage) return undefined
      if (node.kind === 'figure') figureImage = node.image
      if (node.kind === 'raw-block' || node.kind === 'raw-inline') {
        for (const match of node.html.matchAll(/\bid\s*=\s*["']?([^"'\s>]+)/gi)) if (match[1]) ids.add(match[1])
      }
      const id = node.attributes?.id
      if (id === undefined) return undefined
      if (ids.has(id)) {
        const message = `The id "${id}" is used twice; references go to the first.`
        const hint = 'Give each heading, figure and table an id of its own.'
        report(diagnosticAt(source, { severity: 'error', code: 'duplicate-id', message, position: node.position, hint }))
      }
      ids.add(id)
      return undefined
    },
  })
  return ids
}
