/** The characters a reader sees of inlines and blocks, without marks. */
import type { Block, Inline } from './tree.js'

/** The text of inlines; breaks are spaces, notes and raw HTML are nothing, an image is its alternative. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines.map(inlineText).join('')
}

function inlineText(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
    case 'code':
      return inline.text
    case 'line-break':
    case 'soft-break':
      return ' '
    case 'image':
      return inline.alternative
    case 'note-reference':
    case 'raw-inline':
      return ''
    case 'cross-reference':
      return `@${inline.target}`
    default:
      return plainText(inline.content)
  }
}

/** The text of a block and all in it, blocks set apart by a space. */
export function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return plainText(block.content)
    case 'block-quote':
    case 'div':
      return blocksText(block.blocks)
    case 'callout':
      return join([plainText(block.lead ?? []), blocksText(block.blocks)])
    case 'bullet-list':
    case 'ordered-list':
      return join(block.items.map((item) => blocksText(item.blocks)))
    case 'definition-list':
      return join(block.items.flatMap((item) => [plainText(item.term), ...item.definitions.map(blocksText)]))
    case 'table':
      return join([
        plainText(block.caption ?? []),
        ...[block.head, ...block.rows].flatMap((row) => row.map((cell) => plainText(cell.content))),
      ])
    case 'figure':
      return plainText(block.caption ?? [])
    case 'code-block':
      return block.text
    case 'thematic-break':
      return ''
    case 'raw-block':
      return block.html
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
  }
}

/** The text of blocks in order. */
export function blocksText(blocks: readonly Block[]): string {
  return join(blocks.map(blockText))
}

const join = (texts: readonly string[]): string => texts.filter((text) => text !== '').join(' ')
