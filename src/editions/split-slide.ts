/**
 * Dividing a slide: what is too long goes on over another slide marked as such. In: a slide. Out: two slides with the same title, or
 * the slide alone where it cannot be divided. Lists part between items, tables between rows, code between lines, text between
 * paragraphs, sentences and at last words; the line that names a table's source stays with its end.
 */
import { inlineText } from '../document/walk.js'
import type { Block, Paragraph } from '../markdown/tree.js'
import type { Slide } from './edition.js'
import { divideBetweenWords, firstSentences, sentencesOf } from './sentences.js'

/** Halves a slide. The notes stay with the first half. */
export function splitSlide(slide: Slide): readonly Slide[] {
  const halves = splitBlocks(slide.blocks)
  if (!halves) return [slide]
  const [first, second] = halves
  return [
    { ...slide, blocks: first },
    { ...slide, blocks: second, notes: [] },
  ]
}

type Halves = readonly [readonly Block[], readonly Block[]]

function splitBlocks(blocks: readonly Block[]): Halves | null {
  const [first, second] = blocks
  if (blocks.length === 2 && first?.kind === 'paragraph' && second) {
    const halves = splitBlock(second)
    if (halves) return [[first, halves[0]], [halves[1]]]
  }
  if (blocks.length === 2 && second?.kind === 'paragraph' && (first?.kind === 'table' || first?.kind === 'figure')) {
    const halves = splitBlock(first)
    return halves && [[halves[0]], [halves[1], second]]
  }
  if (blocks.length > 1) {
    const middle = Math.ceil(blocks.length / 2)
    return [blocks.slice(0, middle), blocks.slice(middle)]
  }
  const [only] = blocks
  const halves = only ? splitBlock(only) : null
  return halves && [[halves[0]], [halves[1]]]
}

function splitBlock(block: Block): readonly [Block, Block] | null {
  switch (block.kind) {
    case 'bullet-list':
      return halve(block.items, (items) => ({ ...block, items })) ?? splitOnlyItem(block)
    case 'ordered-list':
      return halve(block.items, (items, from) => ({ ...block, items, start: block.start + from }))
    case 'definition-list':
      return halve(block.items, (items) => ({ ...block, items }))
    case 'table':
      return halve(block.rows, (rows) => ({ ...block, rows }))
    case 'code-block':
      return halve(block.text.split('\n'), (lines) => ({ ...block, text: lines.join('\n') }))
    case 'paragraph':
      return splitParagraph(block)
    case 'block-quote':
    case 'callout':
    case 'div': {
      const halves = splitBlocks(block.blocks)
      return (
        halves && [
          { ...block, blocks: halves[0] },
          { ...block, blocks: halves[1] },
        ]
      )
    }
    default:
      return null
  }
}

function halve<T>(parts: readonly T[], make: (parts: readonly T[], from: number) => Block): readonly [Block, Block] | null {
  if (parts.length < 2) return null
  const middle = Math.ceil(parts.length / 2)
  return [make(parts.slice(0, middle), 0), make(parts.slice(middle), middle)]
}

/** A list of one long item parts inside it. */
function splitOnlyItem(block: Extract<Block, { kind: 'bullet-list' }>): readonly [Block, Block] | null {
  const [item] = block.items
  const halves = item ? splitBlocks(item.blocks) : null
  if (!item || !halves) return null
  return [
    { ...block, items: [{ ...item, blocks: halves[0] }] },
    { ...block, items: [{ ...item, blocks: halves[1] }] },
  ]
}

/** After the sentence nearest the middle; a lone sentence between words. */
function splitParagraph(block: Paragraph): readonly [Block, Block] | null {
  const count = Math.ceil(sentencesOf(inlineText(block.content), '').length / 2)
  const first = firstSentences(block.content, { count, language: '' })
  const second = firstSentences(block.content, { count, language: '', rest: true })
  const halves = first.whole ? divideBetweenWords(block.content, '') : ([first.inlines, second.inlines] as const)
  return (
    halves && [
      { ...block, content: halves[0] },
      { ...block, content: halves[1] },
    ]
  )
}
