/**
 * Walks over Markdown trees in reading order. In: blocks and inlines. Out: visits, plain words, or a changed copy that
 * shares every node which did not change, so that maps keyed by node stay valid.
 */
import type { Attributes, Block, DefinitionItem, Inline, ListItem, NoteReference, TableCell } from '../markdown/tree.js'

/** A node that may carry attributes and hold a place in the source. */
export type MarkedNode = Block | Inline | ListItem | DefinitionItem | TableCell

export interface Visitor {
  /** Called before the node's children; `false` leaves the children out. */
  readonly enter: (node: MarkedNode) => boolean | undefined
}

/** Visits blocks and everything in them, each node before its children, captions before cells. */
export function visitBlocks(blocks: readonly Block[], visitor: Visitor): void {
  for (const block of blocks) {
    if (visitor.enter(block) !== false) visitChildren(block, visitor)
  }
}

function visitChildren(block: Block, visitor: Visitor): void {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return visitInlines(block.content, visitor)
    case 'callout':
      visitInlines(block.lead ?? [], visitor)
      return visitBlocks(block.blocks, visitor)
    case 'block-quote':
    case 'div':
      return visitBlocks(block.blocks, visitor)
    case 'bullet-list':
    case 'ordered-list':
      for (const item of block.items) if (visitor.enter(item) !== false) visitBlocks(item.blocks, visitor)
      return
    case 'definition-list':
      for (const item of block.items) visitDefinition(item, visitor)
      return
    case 'table':
      visitInlines(block.caption ?? [], visitor)
      for (const row of [block.head, ...block.rows]) visitCells(row, visitor)
      return
    case 'figure':
      visitor.enter(block.image)
      return visitInlines(block.caption ?? [], visitor)
    default:
      return
  }
}

function visitDefinition(item: DefinitionItem, visitor: Visitor): void {
  if (visitor.enter(item) === false) return
  visitInlines(item.term, visitor)
  for (const blocks of item.definitions) visitBlocks(blocks, visitor)
}

function visitCells(row: readonly TableCell[], visitor: Visitor): void {
  for (const cell of row) if (visitor.enter(cell) !== false) visitInlines(cell.content, visitor)
}

/** Visits inlines and everything in them. What stands in an image is its alternative, so it is not entered. */
export function visitInlines(inlines: readonly Inline[], visitor: Visitor): void {
  for (const inline of inlines) {
    if (visitor.enter(inline) !== false && 'content' in inline && inline.kind !== 'image') visitInlines(inline.content, visitor)
  }
}

/** Says of a node whether its words are left out. */
export type Skip = (attributes: Attributes | undefined) => boolean

/** The words of inlines on one line, without notes and raw HTML; `skip` leaves out the nodes it names. */
export function inlineText(inlines: readonly Inline[], skip?: Skip): string {
  let text = ''
  const visitor: Visitor = {
    enter: (node) => {
      if (skip?.(node.attributes)) return false
      text += ownText(node)
      return undefined
    },
  }
  visitInlines(inlines, visitor)
  return text.replace(/\s+/g, ' ').trim()
}

/** The words of blocks on one line; blocks, items and cells are a space apart. */
export function blocksText(blocks: readonly Block[], skip?: Skip): string {
  let text = ''
  const visitor: Visitor = {
    enter: (node) => {
      if (skip?.(node.attributes)) return false
      text += isInline(node) ? ownText(node) : ` ${ownText(node)}`
      return undefined
    },
  }
  visitBlocks(blocks, visitor)
  return text.replace(/\s+/g, ' ').trim()
}

function isInline(node: MarkedNode): boolean {
  return inlineKinds.has(node.kind)
}

const inlineKinds: ReadonlySet<string> = new Set<Inline['kind']>([
  'text',
  'emphasis',
  'strong',
  'strikeout',
  'code',
  'link',
  'line-break',
  'soft-break',
  'span',
  'note-reference',
  'cross-reference',
  'citation',
  'raw-inline',
])

/** The text a node itself stands for, without its children. Its length is what `cutInlines` counts in. */
export function ownText(node: MarkedNode): string {
  switch (node.kind) {
    case 'text':
    case 'code':
    case 'code-block':
      return node.text
    case 'image':
      return node.alternative
    case 'soft-break':
    case 'line-break':
      return ' '
    case 'cross-reference':
      return `@${node.target}`
    default:
      return ''
  }
}

/** How to change a tree. A function may give back its node, nothing (leave out), or others in its place. */
export interface Change {
  readonly block?: (block: Block) => readonly Block[] | undefined
  readonly item?: (item: ListItem) => ListItem | null
  readonly inline?: (inline: Inline) => readonly Inline[] | undefined
  /** Changes a whole line of inlines at once: a paragraph's, a heading's, a cell's. */
  readonly inlineList?: (inlines: readonly Inline[]) => readonly Inline[]
  /** Told of every node that was copied because something in it changed. */
  readonly copied?: (copy: MarkedNode, original: MarkedNode) => void
}

/** Blocks with `change` applied from the outside in; lists and tables left without items or rows go too. */
export function changeBlocks(blocks: readonly Block[], change: Change): readonly Block[] {
  return flatMapSame(blocks, (block) => {
    const replaced = change.block?.(block)
    if (replaced && !(replaced.length === 1 && replaced[0] === block)) return replaced
    const copy = changeBlock(block, change)
    if (copy && copy !== block) change.copied?.(copy, block)
    return copy ? [copy] : []
  })
}

function changeBlock(block: Block, change: Change): Block | null {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return replace(block, { content: changeInlines(block.content, change) })
    case 'block-quote':
    case 'div':
      return replace(block, { blocks: changeBlocks(block.blocks, change) })
    case 'callout':
      return replace(block, {
        blocks: changeBlocks(block.blocks, change),
        ...(block.lead ? { lead: changeInlines(block.lead, change) } : {}),
      })
    case 'bullet-list':
    case 'ordered-list': {
      const items = flatMapSame(block.items, (item) => changeItem(item, change))
      return items.length === 0 && block.items.length > 0 ? null : replace(block, { items })
    }
    case 'definition-list':
      return replace(block, { items: flatMapSame(block.items, (item) => [changeDefinition(item, change)]) })
    case 'table':
      return replace(block, {
        head: changeRow(block.head, change),
        rows: flatMapSame(block.rows, (row) => [changeRow(row, change)]),
        ...(block.caption ? { caption: changeInlines(block.caption, change) } : {}),
      })
    case 'figure':
      return block.caption ? replace(block, { caption: changeInlines(block.caption, change) }) : block
    default:
      return block
  }
}

function changeItem(item: ListItem, change: Change): readonly ListItem[] {
  const kept = change.item ? change.item(item) : item
  if (!kept) return []
  const copy = replace(kept, { blocks: changeBlocks(kept.blocks, change) })
  if (copy !== item) change.copied?.(copy, item)
  return [copy]
}

function changeDefinition(item: DefinitionItem, change: Change): DefinitionItem {
  return replace(item, {
    term: changeInlines(item.term, change),
    definitions: flatMapSame(item.definitions, (blocks) => [changeBlocks(blocks, change)]),
  })
}

function changeRow(row: readonly TableCell[], change: Change): readonly TableCell[] {
  return flatMapSame(row, (cell) => [replace(cell, { content: changeInlines(cell.content, change) })])
}

/** Inlines with `change` applied from the outside in. */
export function changeInlines(inlines: readonly Inline[], change: Change): readonly Inline[] {
  if (change.inlineList) return change.inlineList(inlines)
  if (!change.inline) return inlines
  return flatMapSame(inlines, (inline) => {
    const replaced = change.inline?.(inline)
    if (replaced && !(replaced.length === 1 && replaced[0] === inline)) return replaced
    if (!('content' in inline) || inline.kind === 'image') return [inline]
    return [replace(inline, { content: changeInlines(inline.content, change) })]
  })
}

/** The node itself where no field changes, else a copy with the new fields. */
function replace<T extends object>(node: T, fields: Partial<T>): T {
  const keys = Object.keys(fields) as (keyof T)[]
  return keys.every((key) => node[key] === fields[key]) ? node : { ...node, ...fields }
}

/** `flatMap` that gives back the very array where nothing changed. */
function flatMapSame<T>(values: readonly T[], map: (value: T) => readonly T[]): readonly T[] {
  let out: T[] | undefined
  values.forEach((value, index) => {
    const mapped = map(value)
    if (!out && mapped.length === 1 && mapped[0] === value) return
    out ??= values.slice(0, index)
    out.push(...mapped)
  })
  return out ?? values
}

/** The labels of the notes called in blocks, in reading order, each once. */
export function calledNotes(blocks: readonly Block[], inlines: readonly Inline[] = []): readonly NoteReference[] {
  const found = new Map<string, NoteReference>()
  const visitor: Visitor = {
    enter: (node) => {
      if (node.kind === 'note-reference' && !found.has(node.label)) found.set(node.label, node)
      return undefined
    },
  }
  visitInlines(inlines, visitor)
  visitBlocks(blocks, visitor)
  return [...found.values()]
}
