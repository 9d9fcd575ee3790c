/**
 * A brief as plain text that reads well. In: a BriefEdition and the words around it. Out: text in lines of at most 72 columns: headings
 * underlined, lists, tables and quotations as people write them in mail, notes by number at the end (RFC 3676 has no say: nothing flows).
 */
import type { Document } from '../../document/document.js'
import type { BriefEdition } from '../../editions/edition.js'
import type { Block, Callout, Figure, Inline, ListItem, Table } from '../../markdown/tree.js'
import { citedWorks } from '../../templates/back-matter.js'
import { formatMoment, type Labels, labelsFor } from '../../templates/labels.js'
import { splitAttribution } from '../../templates/render-blocks.js'
import { lead, textWidth, wrapText } from './text-lines.js'
import { tableLines } from './text-table.js'

export interface TextPartOptions {
  readonly body: 'brief' | 'summary'
  /** A line about what goes along; empty where nothing does. */
  readonly attached: string
  /** The date as it is read. */
  readonly date: string
  readonly unsubscribe?: string
}

/** Widest line: quoted twice it still fits 78 columns (RFC 5322, section 2.1.1). */
export const textColumns = 72

interface Writing {
  readonly document: Document
  readonly labels: Labels
  /** Labels of notes in the order of their first call. */
  readonly notes: string[]
}

/** The text, ending in a line feed. */
export function makeTextPart(edition: BriefEdition, options: TextPartOptions): string {
  const { document } = edition
  const { metadata } = document
  const writing: Writing = { document, labels: labelsFor(metadata.lang), notes: [] }
  const whole = options.body === 'brief'
  const items = whole ? [...edition.items, ...(edition.feature ? [edition.feature] : [])] : []
  const parts = [
    headLines(writing, options),
    ...(metadata.summary ?? []).map((paragraph) => paragraphLines(paragraph, writing, textColumns)),
    (metadata.keyPoints ?? []).flatMap((point) => lead(paragraphLines(point, writing, textColumns - 2), '- ', '  ')),
    ...(whole ? [blockLines(edition.preamble, writing, textColumns)] : []),
    ...items.map(({ lead: title, blocks }) => [
      ...underlined(inlineText(title, writing), '-'),
      '',
      ...blockLines(blocks, writing, textColumns),
    ]),
  ]
  parts.push(...(whole ? [bibliographyLines(edition, writing)] : []), noteLines(writing), footLines(writing, options))
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function headLines({ document, labels }: Writing, { date }: TextPartOptions): readonly string[] {
  const { reference, marking, distribution, title, subtitle, embargo, lang } = document.metadata
  const identity = [[labels.brief, reference].filter(Boolean).join(' '), date, marking, distribution.join('; ')].filter(Boolean).join(' · ')
  return [
    ...wrapText(identity, textColumns),
    '',
    ...(embargo === undefined ? [] : [...wrapText(`${labels.embargoedUntil} ${formatMoment(embargo, lang)}`, textColumns), '']),
    ...underlined(title, '='),
    ...(subtitle === undefined ? [] : wrapText(subtitle, textColumns)),
  ]
}

function footLines({ document, labels }: Writing, { attached, unsubscribe }: TextPartOptions): readonly string[] {
  const { originator, version, address, url } = document.metadata
  const said = [originator, version === undefined ? undefined : `${labels.versionInline} ${version}`, address].filter(Boolean).join(' · ')
  const lines = [
    url === undefined ? '' : `${labels.fullReport}: ${url}`,
    attached,
    said,
    unsubscribe === undefined ? '' : `${labels.unsubscribe}: ${unsubscribe}`,
  ].filter((line) => line !== '')
  return lines.length === 0 ? [] : ['-'.repeat(textColumns), ...lines.flatMap((line) => wrapText(line, textColumns))]
}

function underlined(title: string, rule: string): readonly string[] {
  const lines = wrapText(title, textColumns)
  return [...lines, rule.repeat(Math.min(textColumns, Math.max(...lines.map(textWidth))))]
}

function bibliographyLines(edition: BriefEdition, writing: Writing): readonly string[] {
  const works = citedWorks(edition).map(({ label, content }) => [label, inlineText(content, writing)].filter(Boolean).join(' '))
  if (works.length === 0) return []
  const lines = works.flatMap((work) => lead(wrapText(work, textColumns - 2), '', '  '))
  return [...underlined(writing.labels.references, '-'), '', ...lines]
}

/** Notes may call further notes, which then stand after them. */
function noteLines(writing: Writing): readonly string[] {
  const lines: string[] = []
  for (let index = 0; index < writing.notes.length; index++) {
    const mark = `[${index + 1}] `
    const blocks = writing.document.notes.get(writing.notes[index] as string)?.definition.blocks ?? []
    lines.push(...lead(blockLines(blocks, writing, textColumns - mark.length), mark, ' '.repeat(mark.length)))
  }
  return lines.length === 0 ? [] : [...underlined(writing.labels.notes, '-'), '', ...lines]
}

function paragraphLines(content: readonly Inline[], writing: Writing, width: number): readonly string[] {
  return wrapText(inlineText(content, writing), width)
}

/** Blocks one below another with an empty line between. */
function blockLines(blocks: readonly Block[], writing: Writing, width: number): readonly string[] {
  return blocks
    .map((block) => linesOf(block, writing, width))
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index > 0 ? ['', ...lines] : lines))
}

function linesOf(block: Block, writing: Writing, width: number): readonly string[] {
  switch (block.kind) {
    case 'paragraph':
      return paragraphLines(block.content, writing, width)
    case 'heading':
      return underlined(inlineText(block.content, writing), '-')
    case 'block-quote':
      return quotationLines(block.blocks, writing, width)
    case 'callout':
      return calloutLines(block, writing, width)
    case 'bullet-list':
      return listLines(block.items, block.tight, writing, { width, marks: block.items.map(markOf) })
    case 'ordered-list':
      return listLines(block.items, block.tight, writing, { width, marks: block.items.map((_, index) => `${block.start + index}. `) })
    case 'definition-list':
      return block.items.flatMap(({ term, definitions }) => [
        ...paragraphLines(term, writing, width),
        ...definitions.flatMap((blocks) => lead(blockLines(blocks, writing, width - 4), '    ', '    ')),
      ])
    case 'table':
      return tableBlockLines(block, writing, width)
    case 'figure':
      return figureLines(block, writing, width)
    case 'code-block':
      return block.text
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => `    ${line}`.trimEnd())
    case 'thematic-break':
      return ['* * *']
    case 'div':
      return blockLines(block.blocks, writing, width)
    case 'raw-block':
      return []
  }
}

const markOf = ({ checked }: ListItem): string => (checked === undefined ? '- ' : checked ? '[x] ' : '[ ] ')

interface ListShape {
  readonly width: number
  readonly marks: readonly string[]
}

function listLines(items: readonly ListItem[], tight: boolean, writing: Writing, { width, marks }: ListShape): readonly string[] {
  const indent = Math.max(...marks.map((mark) => mark.length))
  return items.flatMap((item, index) => {
    const lines = tight
      ? item.blocks.flatMap((block) => linesOf(block, writing, width - indent))
      : blockLines(item.blocks, writing, width - indent)
    const led = lead(lines.length > 0 ? lines : [''], (marks[index] ?? '').padStart(indent), ' '.repeat(indent))
    return !tight && index > 0 ? ['', ...led] : led
  })
}

function quotationLines(blocks: readonly Block[], writing: Writing, width: number): readonly string[] {
  const { blocks: said, attribution } = splitAttribution(blocks)
  const lines = lead(blockLines(said, writing, width - 2), '> ', '> ')
  if (!attribution) return lines
  return [...lines, ...lead(wrapText(`— ${inlineText(attribution, writing)}`, width - 2), '  ', '    ')]
}

function calloutLines({ type, lead: title, blocks }: Callout, writing: Writing, width: number): readonly string[] {
  const head = [writing.labels[type], ...(title ? [inlineText(title, writing)] : [])].join(': ')
  return lead([...wrapText(head, width - 2), '', ...blockLines(blocks, writing, width - 2)], '| ', '| ')
}

/** A number as a cell has it, and how many characters its decimals take with their point. */
const numberPattern = /^[\u2212+-]?\p{Sc}?\d[\d,\u202f\u00a0]*(\.\d+)?%?$/u
const decimalsOf = (cell: string): number => numberPattern.exec(cell)?.[1]?.length ?? 0
const missing = (cell: string, most: number): number => Math.max(0, most - decimalsOf(cell))
/** Fills numbers up, so that their points stand in one column; a space would be taken for one between words. */
const figureSpace = '\u2007'

function tableBlockLines(table: Table, writing: Writing, width: number): readonly string[] {
  const number = writing.document.tables.get(table)?.number
  const cells = (row: Table['head']) => row.map(({ content }) => inlineText(content, writing).replace(/\s+/g, ' '))
  const written = table.rows.map(cells)
  const numeric = table.alignments.map((_, column) => written.every((row) => numberPattern.test(row[column] ?? '')))
  const alignments = table.alignments.map((alignment, column) => (alignment !== 'default' ? alignment : numeric[column] ? 'right' : 'left'))
  const decimals = numeric.map((is, column) => (is ? Math.max(...written.map((row) => decimalsOf(row[column] ?? ''))) : 0))
  const rows = written.map((row) =>
    row.map((cell, column) => (alignments[column] === 'right' ? cell + figureSpace.repeat(missing(cell, decimals[column] ?? 0)) : cell)),
  )
  const caption = captionLines({ label: writing.labels.table, number, content: table.caption }, writing, width)
  const source = table.attributes?.values.source
  return [
    ...caption,
    ...(caption.length > 0 ? [''] : []),
    ...tableLines({ head: cells(table.head), rows, alignments }, width),
    ...(source === undefined ? [] : ['', ...wrapText(`${writing.labels.source}: ${source}`, width)]),
  ]
}

/** A picture is its caption and what it shows, in words. */
function figureLines(figure: Figure, writing: Writing, width: number): readonly string[] {
  const number = writing.document.figures.get(figure)?.number
  const caption = captionLines({ label: writing.labels.figure, number, content: figure.caption }, writing, width)
  const alternative = figure.image.attributes?.values.alt ?? figure.attributes?.values.alt ?? figure.image.alternative
  const same = alternative === '' || (figure.caption !== undefined && inlineText(figure.caption, writing) === alternative)
  return [...caption, ...(same ? [] : wrapText(`[${alternative}]`, width))]
}

interface Caption {
  readonly label: string
  readonly number: number | undefined
  readonly content: readonly Inline[] | undefined
}

function captionLines({ label, number, content }: Caption, writing: Writing, width: number): readonly string[] {
  const parts = [...(number === undefined ? [] : [`${label} ${number}.`]), ...(content ? [inlineText(content, writing)] : [])]
  return parts.length === 0 ? [] : wrapText(parts.join(' '), width)
}

function inlineText(inlines: readonly Inline[], writing: Writing): string {
  return inlines.map((inline) => wordsOf(inline, writing)).join('')
}

function wordsOf(inline: Inline, writing: Writing): string {
  switch (inline.kind) {
    case 'text':
    case 'code':
      return inline.text
    case 'line-break':
      return '\n'
    case 'soft-break':
      return ' '
    case 'image':
      return inline.attributes?.values.alt ?? inline.alternative
    case 'note-reference':
      return noteMark(inline.label, writing)
    case 'cross-reference':
      return writing.document.references.get(inline)?.label ?? `@${inline.target}`
    case 'raw-inline':
      return /^<br\b/i.test(inline.html) ? '\n' : ''
    case 'link':
      return linkWords(inlineText(inline.content, writing), inline.target)
    default:
      return inlineText(inline.content, writing)
  }
}

function noteMark(label: string, { document, notes }: Writing): string {
  if (!document.notes.has(label)) return ''
  if (!notes.includes(label)) notes.push(label)
  return ` [${notes.indexOf(label) + 1}]`
}

/** The address follows the words, unless they are the address. */
function linkWords(words: string, target: string): string {
  const bare = target.replace(/^mailto:/, '')
  return target.startsWith('#') || words === bare || words === target ? words : `${words} <${bare}>`
}
