/**
 * The text of a source as one audience may have it: every character but what is withheld, for the copy that travels in a PDF.
 * In: a Document and an audience. Out: Markdown.
 */
import { buildDocument } from '../document/build-document.js'
import type { Document, Section } from '../document/document.js'
import { eachSection } from '../document/outline.js'
import { calledNotes, changeBlocks, changeInlines, type MarkedNode, visitBlocks, visitInlines } from '../document/walk.js'
import { parseAttributes } from '../markdown/attributes.js'
import { readFrontMatter } from '../markdown/front-matter.js'
import { parseInlines, parseMarkdown } from '../markdown/parse.js'
import type { Block, Inline, MarkdownTree, SourceEnd } from '../markdown/tree.js'
import { isWithheld } from './marks.js'
import { isNoteWithheld } from './withheld.js'

/** Two marks may name one place, as in equal cells of a row: each round takes one of them out. */
const mostRounds = 12

interface Range {
  readonly start: number
  readonly end: number
}

interface Reading {
  readonly text: string
  readonly tree: MarkdownTree
  readonly document: Document
}

/**
 * The source's text (line ends as line feeds) without blocks, sections, items, spans and notes that are withheld from `audience`. It is read again after each cut,
 * until nothing withheld is left in it; where that cannot be reached the answer is empty, so that nothing slips through.
 */
export function sourceFor(document: Document, audience: string | undefined): string {
  let text = document.source
  if (!/\baudience\b/.test(text)) return text
  for (let round = 0; round < mostRounds; round++) {
    const reading = read(text, document.file)
    const ranges = [...frontRanges(reading, audience), ...bodyRanges(reading, audience)]
    if (ranges.length === 0) return text
    text = cut(text, ranges)
  }
  return ''
}

function read(text: string, file: string): Reading {
  const report = () => {}
  const tree = parseMarkdown({ file, source: text, report })
  return { text, tree, document: buildDocument(tree, { parseInlines: (part, position) => parseInlines(part, position, report), report }) }
}

/** Takes ranges out, overlapping ones as one. A line that is left with nothing goes too. */
function cut(text: string, ranges: readonly Range[]): string {
  let kept = ''
  let at = 0
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (end <= at) continue
    kept += text.slice(at, Math.max(at, start))
    at = end
    if (/(?:^|\n)[ \t]*$/.test(kept) && text[at] === '\n') at++
  }
  return kept + text.slice(at)
}

/** What may not be read in the Markdown under the front matter. */
function bodyRanges({ text, tree, document }: Reading, audience: string | undefined): readonly Range[] {
  const offsets = lineOffsets(text)
  const place = (start: SourceEnd, end: SourceEnd): Range => ({ start: offsetOf(offsets, start), end: offsetOf(offsets, end) })
  const ranges: Range[] = []
  const own = (node: { readonly position: { readonly file: string } }) => node.position.file === document.file
  const takeBlock = (block: Pick<MarkedNode, 'position' | 'end'>) => {
    // What cannot be followed to its end takes everything along: rather nothing than too much.
    if (own(block)) ranges.push(block.end ? place(block.position, block.end) : { start: 0, end: text.length })
    if ('captionPlace' in block && block.captionPlace) {
      const caption = block.captionPlace as { position: SourceEnd; end: SourceEnd }
      ranges.push(place(caption.position, caption.end))
    }
  }
  const find = (top: Pick<MarkedNode, 'position' | 'end'>) => ({
    enter: (node: MarkedNode): boolean | undefined => {
      if (!isWithheld(node.attributes, audience)) return undefined
      const range = own(node) && node.end ? place(node.position, node.end) : undefined
      if (range && isExact(node, text.slice(range.start, range.end))) takeBlock(node)
      else takeBlock(top)
      return false
    },
  })
  for (const block of tree.blocks) visitBlocks([block], find(block))
  for (const note of tree.notes.values()) visitBlocks(note.blocks, find(note))
  const takeSection = (section: Section): void => {
    takeBlock(section)
    section.blocks.forEach(takeBlock)
    section.sections.forEach(takeSection)
  }
  for (const section of eachSection(document.sections)) if (isWithheld(section.attributes, audience)) takeSection(section)
  for (const note of withheldNotes(document, audience)) takeBlock(note)
  return ranges
}

/** Whether a range's text looks like its node: positions inside tables and nested texts may be the nearest that is known. */
function isExact(node: MarkedNode, text: string): boolean {
  switch (node.kind) {
    case 'span':
    case 'link':
      return text.startsWith('[') && text.endsWith('}')
    case 'image':
      return text.startsWith('![') && text.endsWith('}')
    case 'emphasis':
    case 'strong':
      return /^[*_].*\}$/s.test(text)
    case 'code':
      return /^`.*\}$/s.test(text)
    default:
      return text.trim() !== ''
  }
}

/** Notes that only withheld text calls, and those written where it stands. */
function withheldNotes(document: Document, audience: string | undefined): readonly Pick<MarkedNode, 'position' | 'end'>[] {
  const inline = (node: Inline) => (isWithheld(node.attributes, audience) ? [] : undefined)
  const change = {
    inline,
    block: (block: Block) => (isWithheld(block.attributes, audience) ? [] : undefined),
    item: <T extends { readonly attributes?: MarkedNode['attributes'] }>(item: T) => (isWithheld(item.attributes, audience) ? null : item),
  }
  const called = new Set<string>()
  const call = (blocks: readonly Block[], title: readonly Inline[] = []) => {
    for (const { label } of calledNotes(changeBlocks(blocks, change), changeInlines(title, change))) called.add(label)
  }
  const visit = (section: Section): void => {
    if (isWithheld(section.attributes, audience)) return
    call(section.blocks, section.title)
    section.sections.forEach(visit)
  }
  call(document.preamble)
  document.sections.forEach(visit)
  for (const label of called) call(document.notes.get(label)?.definition.blocks ?? [])
  return [...document.notes.values()]
    .map(({ definition }) => definition)
    .filter((note) => !called.has(note.label) || isNoteWithheld(note, audience))
}

/** Spans in the front matter; a key that still holds something withheld goes as a whole. */
function frontRanges({ text, document }: Reading, audience: string | undefined): readonly Range[] {
  const { bodyOffset, frontMatter } = readFrontMatter(text, document.file, () => {})
  const spans = frontSpans(text.slice(0, bodyOffset), audience)
  if (spans.length > 0) return spans
  const offsets = lineOffsets(text)
  return (['summary', 'keyPoints'] as const).flatMap((key) => {
    let found = false
    for (const inlines of document.metadata[key] ?? [])
      visitInlines(inlines, {
        enter: (node) => {
          found ||= isWithheld(node.attributes, audience)
          return undefined
        },
      })
    const position = frontMatter?.positions.get(key)
    if (!found || !position) return []
    const start = offsetOf(offsets, { ...position, column: 1 })
    const next = /\n(?=\S)/.exec(text.slice(start, bodyOffset))
    return [{ start, end: next ? start + next.index : bodyOffset }]
  })
}

/** Bracketed spans with an audience, wherever they stand in YAML's quotes and blocks. */
function frontSpans(text: string, audience: string | undefined): readonly Range[] {
  const ranges: Range[] = []
  for (let at = text.indexOf('['); at >= 0; at = text.indexOf('[', at + 1)) {
    const close = closingBracket(text, at)
    const list = close < 0 ? null : /^\{[^{}]*\}/.exec(text.slice(close + 1))
    const attributes = list && parseAttributes(list[0].replace(/\\"/g, '"').replace(/''/g, "'").replace(/\s+/g, ' '))
    if (!list || !attributes || !isWithheld(attributes, audience)) continue
    ranges.push({ start: at, end: close + 1 + list[0].length })
    at = close
  }
  return ranges
}

function closingBracket(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    if (text[at] === '[') depth++
    else if (text[at] === ']' && --depth === 0) return at
  }
  return -1
}

function lineOffsets(text: string): readonly number[] {
  const offsets = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) offsets.push(at + 1)
  return offsets
}

const offsetOf = (offsets: readonly number[], { line, column }: SourceEnd): number => (offsets[line - 1] ?? 0) + column - 1
