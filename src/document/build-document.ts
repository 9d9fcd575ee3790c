/**
 * Markdown tree → Document. In: the tree of one source. Out: checked metadata, sections, numbered notes, figures and tables,
 * resolved references; what points at nothing goes to `report`.
 */
import type { Report, SourcePosition } from '../diagnostics/diagnostic.js'
import type { Block, CrossReference, Figure, Heading, Inline, MarkdownTree, Table } from '../markdown/tree.js'
import { checkMarks } from './check-marks.js'
import type { CitationFormatter } from './citation-format.js'
import { resolveCitations } from './citations.js'
import { localDigits } from './digits.js'
import type { BibliographyEntry, Document, Metadata, NumberedFigure, NumberedTable, ReferenceTarget, Section } from './document.js'
import { diagnosticAt } from './message.js'
import { type FrontMetadata, readMetadata } from './metadata.js'
import { labelsInNotes, numberNotes, orderNotes } from './notes.js'
import { documentBlocks, eachSection } from './outline.js'
import { numberParagraphs } from './paragraphs.js'
import { punctuateBlocks, punctuateInlines, punctuateNotes, punctuateText } from './punctuation.js'
import { type ReferenceWords, referenceWords } from './reference-words.js'
import { buildSections, collectIds } from './sections.js'
import { slug, uniqueSlug } from './slug.js'
import { didYouMean, nearest } from './suggest.js'
import { type Change, changeBlocks, changeInlines, inlineText, visitBlocks, visitInlines } from './walk.js'

export interface BuildDocumentOptions {
  /** Parses Markdown that stands in front matter. */
  readonly parseInlines: (text: string, position: SourcePosition) => readonly Inline[]
  /** Of the bibliography that the source names, where it can be read. */
  readonly citations?: CitationFormatter
  readonly report: Report
}

/** Words for some readers only must stand in no title, id or label that others see. */
const forSomeReaders = (attributes: { readonly values: Readonly<Record<string, string>> } | undefined): boolean =>
  attributes?.values.audience !== undefined

const openText = (inlines: readonly Inline[]): string => inlineText(inlines, forSomeReaders)

function countFirstLevel(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => {
    if (block.kind === 'div') return sum + countFirstLevel(block.blocks)
    return sum + (block.kind === 'heading' && block.level === 1 ? 1 : 0)
  }, 0)
}

/** The first heading, where it is the only one of level 1, is no appendix, and says what the front matter says or it says nothing. */
function titleHeading(blocks: readonly Block[], title: string | undefined): Heading | undefined {
  const first = blocks.find((block) => block.kind === 'heading')
  if (first?.kind !== 'heading' || first.level !== 1 || countFirstLevel(blocks) !== 1) return undefined
  const { classes = [], values = {} } = first.attributes ?? {}
  if (classes.includes('appendix') || values.appendix === 'true' || values.audience !== undefined || values.only !== undefined)
    return undefined
  const words = openText(first.content)
  if (words === '') return undefined
  return title === undefined || title.replace(/\s+/g, ' ') === words ? first : undefined
}

/** The file's name without folders and extension. */
function fileTitle(file: string): string {
  const name = file.split(/[\\/]/).at(-1) ?? file
  return name.replace(/(?<=.)\.[^.]+$/, '')
}

interface Numbered {
  readonly figures: Map<Figure, NumberedFigure>
  readonly tables: Map<Table, NumberedTable>
}

/** Numbers every figure and table that has a caption or an id, unless it is marked unnumbered. */
function numberFiguresAndTables(blocks: readonly Block[], taken: Set<string>): Numbered {
  const figures = new Map<Figure, NumberedFigure>()
  const tables = new Map<Table, NumberedTable>()
  visitBlocks(blocks, {
    enter: (node) => {
      if ((node.kind !== 'figure' && node.kind !== 'table') || node.attributes?.classes.includes('unnumbered')) return undefined
      const written = node.attributes?.id
      if (written === undefined && inlineText(node.caption ?? []) === '') return undefined
      if (node.kind === 'figure') {
        const number = figures.size + 1
        figures.set(node, { number, id: written ?? uniqueSlug(`fig-${number}`, taken), block: node })
      } else {
        const number = tables.size + 1
        tables.set(node, { number, id: written ?? uniqueSlug(`tbl-${number}`, taken), block: node })
      }
      return undefined
    },
  })
  return { figures, tables }
}

function sectionLabel(section: Section, words: ReferenceWords): string {
  if (section.number === undefined) return openText(section.title)
  return `${section.appendix ? words.appendix : words.section} ${section.number}`
}

/** Everything an `@…` can point at, by id; where an id is used twice the first place has it. */
function referenceTargets(text: Pick<Document, 'preamble' | 'sections'>, numbered: Numbered, lang: string): Map<string, ReferenceTarget> {
  const words = referenceWords(lang)
  const targets = new Map<string, ReferenceTarget>()
  const add = (target: ReferenceTarget): void => {
    if (!targets.has(target.id)) targets.set(target.id, target)
  }
  for (const section of eachSection(text.sections)) {
    add({ kind: 'section', id: section.id, label: localDigits(sectionLabel(section, words), lang), title: section.title })
  }
  for (const { id, number, block } of numbered.figures.values()) {
    add({ kind: 'figure', id, label: localDigits(`${words.figure} ${number}`, lang), title: block.caption ?? [] })
  }
  for (const { id, number, block } of numbered.tables.values()) {
    add({ kind: 'table', id, label: localDigits(`${words.table} ${number}`, lang), title: block.caption ?? [] })
  }
  visitBlocks(documentBlocks(text), {
    enter: (node) => {
      const id = node.attributes?.id
      if (node.kind === 'paragraph' && id !== undefined && node.number !== undefined)
        add({ kind: 'paragraph', id, label: localDigits(`${words.paragraph} ${node.number}`, lang), title: [] })
      if (node.kind === 'heading' && id !== undefined) add({ kind: 'section', id, label: openText(node.content), title: node.content })
      return undefined
    },
  })
  return targets
}

function crossReferences(tree: Readable): readonly CrossReference[] {
  const found: CrossReference[] = []
  const visitor = {
    enter: (node: { readonly kind: string }) => {
      if (node.kind === 'cross-reference') found.push(node as CrossReference)
      return undefined
    },
  }
  for (const paragraph of tree.metadataText) visitInlines(paragraph, visitor)
  visitBlocks(tree.blocks, visitor)
  for (const definition of tree.notes.values()) visitBlocks(definition.blocks, visitor)
  return found
}

interface Readable {
  readonly metadataText: readonly (readonly Inline[])[]
  readonly blocks: readonly Block[]
  readonly notes: MarkdownTree['notes']
}

interface Resolving {
  readonly tree: MarkdownTree
  readonly report: Report
}

function resolve(references: readonly CrossReference[], targets: ReadonlyMap<string, ReferenceTarget>, { tree, report }: Resolving) {
  const resolved = new Map<CrossReference, ReferenceTarget>()
  for (const reference of references) {
    const target = targets.get(reference.target)
    if (target) {
      resolved.set(reference, target)
      continue
    }
    const position = { ...reference.position, length: reference.target.length + 1 }
    const message = `The reference @${reference.target} points at nothing.`
    const hint = referenceHint(reference.target, [...targets.keys()])
    report(diagnosticAt(tree.source, { severity: 'error', code: 'unresolved-reference', message, position, hint }))
  }
  return resolved
}

/** The nearest id of the same kind, or the nearest at all, or how to make the target. */
function referenceHint(target: string, known: readonly string[]): string {
  const prefix = target.slice(0, target.indexOf('-') + 1)
  const near =
    nearest(
      target,
      known.filter((id) => id.startsWith(prefix)),
    ) ?? nearest(target, known)
  if (near !== undefined) return `Did you mean "@${near}"?`
  return (
    didYouMean(
      target,
      known.filter((id) => id.startsWith(prefix)),
    ) ?? `Give the place it means the id {#${target}}.`
  )
}

/** Notes that a title or another note calls while nothing in the text does; the parser has told of those that nothing calls. */
function reportUnreachableNotes(
  tree: MarkdownTree,
  called: ReadonlyMap<string, unknown>,
  { title, report }: { title: readonly Inline[]; report: Report },
): void {
  const elsewhere = labelsInNotes(tree.notes, title)
  for (const definition of tree.notes.values()) {
    if (called.has(definition.label) || !elsewhere.has(definition.label)) continue
    const message = `No text calls the note [^${definition.label}]: only the document's title or another note without a call does.`
    const hint = 'Call it in the text, or delete it: it stands in no edition.'
    report(diagnosticAt(tree.source, { severity: 'warning', code: 'unused-note', message, position: definition.position, hint }))
  }
}

function changeNotes(notes: MarkdownTree['notes'], change: Change): MarkdownTree['notes'] {
  return new Map([...notes].map(([label, note]) => [label, { ...note, blocks: changeBlocks(note.blocks, change) }]))
}

function punctuateTree(tree: MarkdownTree, language: string): MarkdownTree {
  return { ...tree, blocks: punctuateBlocks(tree.blocks, language), notes: punctuateNotes(tree.notes, language) }
}

/** Front matter with every line of Markdown in it changed. */
function changeLines(front: FrontMetadata, change: (inlines: readonly Inline[]) => readonly Inline[]): FrontMetadata {
  const { summary, keyPoints, glossary } = front
  return {
    ...front,
    ...(summary ? { summary: summary.map(change) } : {}),
    ...(keyPoints ? { keyPoints: keyPoints.map(change) } : {}),
    glossary: glossary.map((entry) => ({ ...entry, definition: change(entry.definition) })),
  }
}

function metadataLines({ summary, keyPoints, glossary }: FrontMetadata): readonly (readonly Inline[])[] {
  return [...(summary ?? []), ...(keyPoints ?? []), ...glossary.map(({ definition }) => definition)]
}

function punctuateMetadata(front: FrontMetadata): FrontMetadata {
  const { lang, title, shortTitle, subtitle } = front
  return {
    ...changeLines(front, (inlines) => punctuateInlines(inlines, lang)),
    ...(title === undefined ? {} : { title: punctuateText(title, lang) }),
    ...(shortTitle === undefined ? {} : { shortTitle: punctuateText(shortTitle, lang) }),
    ...(subtitle === undefined ? {} : { subtitle: punctuateText(subtitle, lang) }),
  }
}

function finishMetadata(front: FrontMetadata, tree: MarkdownTree, heading: Heading | undefined): Metadata {
  return { ...front, title: front.title ?? (heading ? openText(heading.content) : fileTitle(tree.file)) }
}

interface Prepared {
  readonly tree: MarkdownTree
  readonly front: FrontMetadata
  readonly explicitIds: ReadonlySet<string>
  readonly bibliography: readonly BibliographyEntry[]
}

/** The source with its citations as words. */
function cite(prepared: Omit<Prepared, 'bibliography'>, { report, citations: formatter }: BuildDocumentOptions): Prepared {
  const { tree, front, explicitIds: ids } = prepared
  const { blocks, notes, source } = tree
  const { bibliography: files } = front
  const cited = resolveCitations({ lines: metadataLines(front), blocks, notes }, { source, formatter, bibliography: files, ids, report })
  const { change, bibliography } = cited
  if (!change) return { ...prepared, bibliography }
  return {
    tree: { ...tree, blocks: changeBlocks(blocks, change), notes: changeNotes(notes, change) },
    front: changeLines(front, (inlines) => changeInlines(inlines, change)),
    explicitIds: ids,
    bibliography,
  }
}

/** Punctuation, the ids that are written, and citations: all that comes before sections and numbers. */
function prepare(typed: MarkdownTree, options: BuildDocumentOptions): Prepared & { readonly heading: Heading | undefined } {
  const typedFront = readMetadata(typed, options)
  const front = typedFront.smart ? punctuateMetadata(typedFront) : typedFront
  const whole = typedFront.smart ? punctuateTree(typed, front.lang) : typed
  const heading = titleHeading(whole.blocks, front.title)
  const tree = heading ? { ...whole, blocks: whole.blocks.filter((block) => block !== heading) } : whole
  const noteBlocks = [...tree.notes.values()].flatMap((definition) => definition.blocks)
  const explicitIds = collectIds([...tree.blocks, ...noteBlocks], tree.source, options.report)
  return { ...cite({ tree, front, explicitIds }, options), heading }
}

/**
 * Builds the document of one source. Reports `unknown-metadata-key`, `invalid-metadata`, `duplicate-id`, `unresolved-reference`,
 * `unknown-citation`, `invalid-mark` and `unused-note`; a note without a definition was reported by the parser. Never throws for what a person wrote.
 */
export function buildDocument(typed: MarkdownTree, options: BuildDocumentOptions): Document {
  const { report } = options
  const { tree, front, heading, explicitIds, bibliography } = prepare(typed, options)
  const metadata = finishMetadata(front, tree, heading)
  const { numberSections, numberParagraphs: numbering } = metadata
  const firstLevelOnly = numbering === 'section'
  const built = buildSections(tree.blocks, { source: tree.source, numberSections, firstLevelOnly, explicitIds, report })
  const text = { ...built, sections: numberParagraphs(built.sections, numbering) }
  const taken = new Set([...explicitIds, ...[...eachSection(text.sections)].map((section) => section.id)])
  const numbered = numberFiguresAndTables(documentBlocks(text), taken)
  const notes = numberNotes(orderNotes(text, tree.notes), (label) => uniqueSlug(`note-${slug(label)}`, taken))
  reportUnreachableNotes(tree, notes, { title: heading?.content ?? [], report })
  const references = crossReferences({ metadataText: metadataLines(metadata), blocks: tree.blocks, notes: tree.notes })
  const targets = referenceTargets(text, numbered, metadata.lang)
  const document = {
    file: tree.file,
    source: tree.source,
    metadata,
    ...text,
    notes,
    ...numbered,
    references: resolve(references, targets, { tree, report }),
    abbreviations: tree.abbreviations,
    bibliography,
  }
  checkMarks(document, report)
  return document
}
