/**
 * What an audience may not read, and what leads there. In: a Document and an audience. Out: the ids of withheld places, and a
 * diagnostic for each reference, link or call of a note that an open text makes to one.
 */
import type { Report } from '../diagnostics/diagnostic.js'
import type { Document, Section } from '../document/document.js'
import { diagnosticAt } from '../document/message.js'
import { type MarkedNode, type Visitor, visitBlocks, visitInlines } from '../document/walk.js'
import type { Figure, NoteDefinition, Table } from '../markdown/tree.js'
import { isWithheld } from './marks.js'

/** The ids that stand in text withheld from an audience. */
export function withheldIds(document: Document, audience: string | undefined): ReadonlySet<string> {
  const ids = new Set<string>()
  const take: Visitor = {
    enter: (node) => {
      for (const id of idsOf(node, document)) ids.add(id)
      return undefined
    },
  }
  const find: Visitor = {
    enter: (node) => {
      if (!isWithheld(node.attributes, audience)) return undefined
      for (const id of idsOf(node, document)) ids.add(id)
      if (node.kind === 'list-item') visitBlocks(node.blocks, take)
      else if (isBlock(node)) visitBlocks([node], take)
      else if ('content' in node) visitInlines(node.content, take)
      return false
    },
  }
  const visit = (section: Section, inWithheld: boolean): void => {
    const withheld = inWithheld || isWithheld(section.attributes, audience)
    if (withheld) ids.add(section.id)
    visitInlines(section.title, withheld ? take : find)
    visitBlocks(section.blocks, withheld ? take : find)
    for (const inner of section.sections) visit(inner, withheld)
  }
  visitBlocks(document.preamble, find)
  for (const section of document.sections) visit(section, false)
  return ids
}

const blockKinds: ReadonlySet<string> = new Set([
  'heading',
  'paragraph',
  'block-quote',
  'callout',
  'bullet-list',
  'ordered-list',
  'definition-list',
  'table',
  'figure',
  'div',
])
const isBlock = (node: MarkedNode): node is Extract<MarkedNode, { kind: 'paragraph' | 'table' | 'figure' | 'div' }> =>
  blockKinds.has(node.kind)

function idsOf(node: MarkedNode, { figures, tables }: Document): readonly string[] {
  const numbered =
    node.kind === 'figure' ? figures.get(node as Figure)?.id : node.kind === 'table' ? tables.get(node as Table)?.id : undefined
  return [node.attributes?.id, numbered].filter((id) => id !== undefined)
}

/** True where a note is written in a div that is withheld. */
export const isNoteWithheld = (note: NoteDefinition, audience: string | undefined): boolean =>
  (note.within ?? []).some((attributes) => isWithheld(attributes, audience))

/** Reports `withheld-reference` wherever text that an audience may read leads to what it may not. */
export function checkAudience(document: Document, audience: string | undefined, report: Report): void {
  const ids = withheldIds(document, audience)
  const readers = audience === undefined ? 'readers of no named audience' : `the audience ${audience}`
  const tell = (node: MarkedNode, what: string): void => {
    report(
      diagnosticAt(node.position.file === document.file ? document.source : '', {
        severity: 'error',
        code: 'withheld-reference',
        message: `${what} leads into text that is withheld from ${readers}.`,
        position: node.position,
        hint: 'Mark it for the same audience as what it leads to: [see there]{audience=…}.',
      }),
    )
  }
  const called = new Set<string>()
  const check: Visitor = {
    enter: (node) => {
      if (isWithheld(node.attributes, audience)) return false
      if (node.kind === 'cross-reference' && ids.has(node.target)) tell(node, `The reference @${node.target}`)
      if (node.kind === 'link' && node.target.startsWith('#') && ids.has(node.target.slice(1))) tell(node, `The link to ${node.target}`)
      if (node.kind === 'note-reference') {
        const note = document.notes.get(node.label)
        if (note && isNoteWithheld(note.definition, audience)) tell(node, `The call of the note [^${node.label}]`)
        else called.add(node.label)
      }
      return undefined
    },
  }
  const visit = (section: Section): void => {
    if (isWithheld(section.attributes, audience)) return
    visitInlines(section.title, check)
    visitBlocks(section.blocks, check)
    section.sections.forEach(visit)
  }
  for (const inlines of [...(document.metadata.summary ?? []), ...(document.metadata.keyPoints ?? [])]) visitInlines(inlines, check)
  visitBlocks(document.preamble, check)
  document.sections.forEach(visit)
  for (const label of called) visitBlocks(document.notes.get(label)?.definition.blocks ?? [], check)
}
