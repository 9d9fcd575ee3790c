/**
 * An attribute list on a line of its own right above a list, quotation, table or code block, which have no other place for one. In: blocks of
 * a source in order, in which such a line is a paragraph without words. Out: blocks that carry their attributes.
 */
import { mergeAttributes } from './attributes.js'
import type { Block, Paragraph } from './tree.js'

const takes: ReadonlySet<Block['kind']> = new Set([
  'bullet-list',
  'ordered-list',
  'definition-list',
  'block-quote',
  'callout',
  'table',
  'code-block',
])

/** Blocks with each attribute line merged into the block on the line after it. */
export function attachAttributeLines(blocks: Block[]): Block[] {
  if (!blocks.some(isAttributeLine)) return blocks
  const out: Block[] = []
  for (const block of blocks) {
    const line = out.at(-1)
    if (line && isAttributeLine(line) && takes.has(block.kind) && block.position.line === line.position.line + 1) {
      const attributes = mergeAttributes(line.attributes, block.attributes)
      out[out.length - 1] = attributes ? { ...block, attributes } : block
    } else out.push(block)
  }
  return out
}

const isAttributeLine = (block: Block): block is Paragraph =>
  block.kind === 'paragraph' && block.content.length === 0 && block.attributes !== undefined
