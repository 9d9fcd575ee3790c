/**
 * What of a document one edition may hold: blocks for other readers are withheld, blocks for other editions left out. In: a
 * Document, an edition and an audience. Out: a Document without them, and a ledger that says so.
 */
import type { Document, NumberedNote, Section } from '../document/document.js'
import { type Change, calledNotes, changeBlocks, changeInlines } from '../document/walk.js'
import type { Block, CrossReference, Figure, Inline, ListItem, Table } from '../markdown/tree.js'
import type { EditionName } from './edition.js'
import { Ledger } from './ledger.js'
import { isOmitted, isRepeated, isSpeakerNotes, isWithheld, type Marks } from './marks.js'
import { sourceFor } from './source-for.js'
import { isNoteWithheld, withheldIds } from './withheld.js'

export interface Selection {
  readonly document: Document
  readonly ledger: Ledger
}

interface Scope {
  readonly edition: EditionName
  readonly audience: string | undefined
  readonly ledger: Ledger
}

/** Selects for one edition. Text that is withheld is nowhere in the result. */
export function select(document: Document, edition: EditionName, audience: string | undefined): Selection {
  const ledger = new Ledger((attributes) => isWithheld(attributes, audience))
  const scope: Scope = { edition, audience, ledger }
  const figures = new Map(document.figures)
  const tables = new Map(document.tables)
  const change = selectingChange(scope, (copy, original) => {
    if (copy.kind === 'figure') move(figures, original as Figure, copy)
    if (copy.kind === 'table') move(tables, original as Table, copy)
  })
  const preamble = changeBlocks(document.preamble, change)
  const sections = selectSections(document.sections, scope, change)
  const metadata = {
    ...document.metadata,
    ...(document.metadata.summary ? { summary: document.metadata.summary.map((inlines) => changeInlines(inlines, change)) } : {}),
    ...(document.metadata.keyPoints ? { keyPoints: document.metadata.keyPoints.map((inlines) => changeInlines(inlines, change)) } : {}),
  }
  const notes = selectNotes(
    document,
    { preamble, sections, front: [...(metadata.summary ?? []), ...(metadata.keyPoints ?? [])].flat(), audience },
    change,
  )
  const references = selectReferences(document, audience)
  return {
    document: { ...document, metadata, preamble, sections, notes, figures, tables, references, source: sourceFor(document, audience) },
    ledger,
  }
}

function move<K, V extends { readonly block: K }>(map: Map<K, V>, from: K, to: K): void {
  const known = map.get(from)
  if (known) map.set(to, { ...known, block: to })
}

function isOut(marks: Marks, { edition, audience }: Scope): boolean {
  return isWithheld(marks, audience) || isOmitted(marks, edition)
}

function selectingChange(scope: Scope, copied: NonNullable<Change['copied']>): Change {
  return {
    copied,
    block: (block) => {
      if (!isOut(block.attributes, scope)) return speakerNotesOut(block, scope)
      scope.ledger.add(block, ...outcomeOf(block.attributes, scope))
      return []
    },
    item: (item: ListItem) => {
      if (!isOut(item.attributes, scope)) return item
      scope.ledger.add(item, ...outcomeOf(item.attributes, scope))
      return null
    },
    inline: (inline: Inline) => (isOut(inline.attributes, scope) ? [] : undefined),
  }
}

/** Speaker notes are for the slides alone. */
function speakerNotesOut(block: Block, scope: Scope): readonly Block[] | undefined {
  if (scope.edition === 'slides' || !isSpeakerNotes(block)) return undefined
  scope.ledger.add(block, 'omitted-by-rule', { reason: 'speaker notes are for slides' })
  return []
}

type Outcome = readonly ['withheld' | 'omitted-by-author' | 'omitted-by-rule', { readonly reason: string }]

function outcomeOf(marks: Marks, scope: Scope): Outcome {
  if (isWithheld(marks, scope.audience)) return ['withheld', { reason: `for the audience ${marks?.values.audience}` }]
  if (isRepeated(marks, scope.edition)) return ['omitted-by-rule', { reason: 'a pull quote repeats the text' }]
  const only = marks?.values.only
  return ['omitted-by-author', { reason: only === undefined ? `${scope.edition}=${marks?.values[scope.edition]}` : `only=${only}` }]
}

/** A section that is left out takes what stands under it along. `brief=` on a heading is the brief's own business. */
function selectSections(sections: readonly Section[], scope: Scope, change: Change): readonly Section[] {
  return sections.flatMap((section) => {
    if (isOut(section.attributes, scope)) {
      leaveOut(section, scope, outcomeOf(section.attributes, scope))
      return []
    }
    const title = changeInlines(section.title, change)
    const blocks = changeBlocks(section.blocks, change)
    return [{ ...section, title, blocks, sections: selectSections(section.sections, scope, change) }]
  })
}

/** What stands in a section that is left out and is withheld besides is said to be withheld. */
function leaveOut(section: Section, scope: Scope, [outcome, remark]: Outcome): void {
  const withheld = ({ attributes }: { readonly attributes?: Marks }) => isWithheld(attributes, scope.audience)
  scope.ledger.add(section, outcome, remark)
  for (const block of section.blocks)
    scope.ledger.add(block, ...(withheld(block) ? outcomeOf(block.attributes, scope) : ([outcome, remark] as Outcome)))
  for (const inner of section.sections) leaveOut(inner, scope, withheld(inner) ? outcomeOf(inner.attributes, scope) : [outcome, remark])
}

/** References into withheld text are gone, and so are withheld words in the titles that the others lead to. */
function selectReferences(document: Document, audience: string | undefined): Document['references'] {
  const withheld = withheldIds(document, audience)
  const inline = (node: Inline) => (isWithheld(node.attributes, audience) ? [] : undefined)
  return new Map(
    [...document.references]
      .filter(([, { id }]) => !withheld.has(id))
      .map(([reference, target]) => [reference, { ...target, title: changeInlines(target.title, { inline }) }]),
  )
}

interface Selected {
  readonly preamble: readonly Block[]
  readonly sections: readonly Section[]
  readonly front: readonly Inline[]
  readonly audience: string | undefined
}

/** Notes that are still called, in order and numbered anew without gaps. */
function selectNotes(document: Document, selected: Selected, change: Change): Document['notes'] {
  const called = new Set<string>()
  const call = (blocks: readonly Block[], inlines: readonly Inline[]) => {
    for (const { label } of calledNotes(blocks, inlines)) called.add(label)
  }
  const visit = (section: Section): void => {
    call(section.blocks, section.title)
    section.sections.forEach(visit)
  }
  call(selected.preamble, selected.front)
  selected.sections.forEach(visit)
  const notes = new Map<string, NumberedNote>()
  for (const label of called) {
    const note = document.notes.get(label)
    if (!note || isNoteWithheld(note.definition, selected.audience)) continue
    const blocks = changeBlocks(note.definition.blocks, change)
    const number = notes.size + 1
    notes.set(label, { number, id: `note-${number}`, definition: { ...note.definition, blocks } })
    for (const inner of calledNotes(blocks)) called.add(inner.label)
  }
  return notes
}

/** Inlines as they may stand apart from their text: notes are not called, references are their labels. */
export function detached(
  inlines: readonly Inline[],
  references: ReadonlyMap<CrossReference, { readonly label: string }>,
): readonly Inline[] {
  return changeInlines(inlines, {
    inline: (inline) => {
      if (inline.kind === 'note-reference') return []
      if (inline.kind !== 'cross-reference') return undefined
      const label = references.get(inline)?.label
      return label === undefined ? undefined : [{ kind: 'text', text: label, position: inline.position }]
    },
  })
}
