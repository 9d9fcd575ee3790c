/**
 * The text of a document as its readers see it, for comparison with another release. In: a Document and an audience. Out: plain sections and lines, which a
 * release keeps in text.json; words that are withheld from the audience are not in it.
 */
import * as z from 'zod/mini'
import type { Document } from '../../document/document.js'
import { eachSection } from '../../document/outline.js'
import { type Change, changeBlocks, inlineText } from '../../document/walk.js'
import { makeReport } from '../../editions/report.js'
import { parseHtml } from '../../html/parse.js'
import { textContent } from '../../html/walk.js'
import type { Block, DefinitionItem, Table } from '../../markdown/tree.js'

const lineSchema = z.strictObject({
  kind: z.enum(['paragraph', 'heading', 'item', 'row', 'caption', 'code']),
  /** One text, but for rows, which have one a cell. */
  cells: z.array(z.string()),
})

const sectionSchema = z.strictObject({ id: z.string(), title: z.string(), lines: z.array(lineSchema) })

export const documentTextSchema = z.strictObject({
  source: z.string(),
  title: z.string(),
  lang: z.string(),
  date: z.nullable(z.string()),
  sections: z.array(sectionSchema),
})

export type TextLine = z.infer<typeof lineSchema>
export type TextSection = z.infer<typeof sectionSchema>
export type DocumentText = z.infer<typeof documentTextSchema>

export const textName = 'text.json'
export const textFileSchema = z.strictObject({ schema: z.literal('briefpress-text/1'), documents: z.array(documentTextSchema) })

export interface DocumentTextOptions {
  /** The path that names the document in releases. */
  readonly source: string
  readonly audience?: string
}

/** Everything that the report for this audience holds: front matter, sections in reading order, notes. */
export function documentText(document: Document, { source, audience }: DocumentTextOptions): DocumentText {
  const { document: seen } = makeReport(document, { report: () => {}, ...(audience === undefined ? {} : { audience }) })
  const { metadata, preamble, sections, notes } = seen
  const read = (blocks: readonly Block[]): TextLine[] => linesOf(changeBlocks(blocks, withReferences(seen)))
  const noteLines = [...notes.values()].flatMap(({ definition }) => read(definition.blocks))
  return {
    source,
    title: metadata.title,
    lang: metadata.lang,
    date: metadata.date ?? null,
    sections: [
      { id: ':front', title: 'Front matter', lines: frontLines(metadata) },
      { id: ':preamble', title: 'Before the first heading', lines: read(preamble) },
      ...[...eachSection(sections)].map(({ id, title, blocks }) => ({ id, title: inlineText(title), lines: read(blocks) })),
      { id: ':notes', title: 'Notes', lines: noteLines },
    ].filter(({ id, lines }) => !id.startsWith(':') || lines.length > 0),
  }
}

function frontLines(metadata: Document['metadata']): TextLine[] {
  const { title, subtitle, authors, originator, date, reference, version, status, marking, distribution, summary, keyPoints } = metadata
  const named = { Authors: authors.join(', '), From: originator, Date: date, Reference: reference, Version: version }
  const rest = { Status: status, Marking: marking, Distribution: distribution.join(', ') }
  return [
    line('heading', title),
    ...(subtitle === undefined ? [] : [line('paragraph', subtitle)]),
    ...Object.entries({ ...named, ...rest }).flatMap(([name, value]) => (value ? [{ kind: 'row' as const, cells: [name, value] }] : [])),
    ...(summary ?? []).map((inlines) => line('paragraph', inlineText(inlines))),
    ...(keyPoints ?? []).map((inlines) => line('item', inlineText(inlines))),
  ]
}

/** References as they are printed, such as `Table 2`. */
const withReferences = ({ references }: Document): Change => ({
  inline: (inline) => {
    const target = inline.kind === 'cross-reference' ? references.get(inline) : undefined
    return target && [{ kind: 'text', text: target.label, position: inline.position }]
  },
})

const line = (kind: TextLine['kind'], text: string): TextLine => ({ kind, cells: [text] })

function linesOf(blocks: readonly Block[], kind: 'paragraph' | 'item' = 'paragraph'): TextLine[] {
  return blocks.flatMap((block) => blockLines(block, kind)).filter(({ cells }) => cells.some((cell) => cell !== ''))
}

function blockLines(block: Block, kind: 'paragraph' | 'item'): TextLine[] {
  switch (block.kind) {
    case 'paragraph':
      return [line(kind, inlineText(block.content))]
    case 'heading':
      return [line('heading', inlineText(block.content))]
    case 'callout':
      return [...(block.lead ? [line('heading', inlineText(block.lead))] : []), ...linesOf(block.blocks, kind)]
    case 'block-quote':
    case 'div':
      return linesOf(block.blocks, kind)
    case 'bullet-list':
    case 'ordered-list':
      return block.items.flatMap((item) => linesOf(item.blocks, 'item'))
    case 'definition-list':
      return block.items.flatMap(definitionLines)
    case 'table':
      return tableLines(block)
    case 'figure':
      return [line('caption', inlineText(block.caption ?? []) || block.image.alternative)]
    case 'code-block':
      return [line('code', block.text)]
    case 'raw-block':
      return [line(kind, rawText(block.html))]
    case 'thematic-break':
      return []
  }
}

function definitionLines({ term, definitions }: DefinitionItem): TextLine[] {
  return [line('paragraph', inlineText(term)), ...definitions.flatMap((blocks) => linesOf(blocks, 'item'))]
}

function tableLines({ caption, head, rows }: Table): TextLine[] {
  const cellsOf = (cells: Table['head']): TextLine => ({ kind: 'row', cells: cells.map(({ content }) => inlineText(content)) })
  return [...(caption ? [line('caption', inlineText(caption))] : []), cellsOf(head), ...rows.map(cellsOf)]
}

const rawText = (html: string): string =>
  textContent(parseHtml(html, { base: '', file: '' }))
    .replace(/\s+/g, ' ')
    .trim()
