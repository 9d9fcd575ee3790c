/**
 * Lists on slides: items too long to be read at a glance give way to their lead sentences. In: a block. Out: the list as the slide shows
 * it, and whether it says less than the source.
 */
import type { Document } from '../document/document.js'
import { blocksText, inlineText } from '../document/walk.js'
import type { Attributes, Block, Inline, ListItem } from '../markdown/tree.js'
import { detached } from './select.js'
import { firstSentences } from './sentences.js'

export interface ShortenContext {
  /** BCP 47. */
  readonly language: string
  readonly references: Document['references']
}

/** Two lines of a slide hold about this many characters. */
const longItem = 130

/** True where the author wants a block or a section on its slide as it stands. */
export function isShownWhole(attributes: Pick<Attributes, 'values'> | undefined): boolean {
  return attributes?.values.slides === 'own' || attributes?.values.slides === 'full'
}

/** The list with long items shortened to their leads. Any other block, and a list marked `slides=own`, comes back as it is. */
export function leadList(block: Block, context: ShortenContext): { readonly list: Block; readonly shortened: boolean } {
  if ((block.kind !== 'bullet-list' && block.kind !== 'ordered-list') || isShownWhole(block.attributes))
    return { list: block, shortened: false }
  const items = block.items.map((item) => leadItem(item, context))
  if (items.every((item, index) => item === block.items[index])) return { list: block, shortened: false }
  return { list: { ...block, items }, shortened: true }
}

function leadItem(item: ListItem, { language, references }: ShortenContext): ListItem {
  const [first] = item.blocks
  if (isShownWhole(item.attributes) || first?.kind !== 'paragraph' || blocksText(item.blocks).length <= longItem) return item
  const content: readonly Inline[] = detached(first.content, references)
  const lead = firstSentences(content, { count: 1, language })
  if (inlineText(lead.inlines) === '' || (lead.whole && item.blocks.length === 1)) return item
  return { ...item, blocks: [{ ...first, content: lead.inlines }] }
}
