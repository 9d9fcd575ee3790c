/**
 * The text and the tags of a page from what pdf.js reads. In: its text items with marked content, and its structure tree. Out: plain text, and a tree
 * whose leaves hold the words.
 */
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** A structure element as it shows on one page. */
export interface InspectedTag {
  readonly type: string
  readonly language?: string
  readonly alternative?: string
  /** Of the element itself, without what its children hold. */
  readonly text?: string
  readonly children: readonly InspectedTag[]
}

type TextItems = Awaited<ReturnType<PDFPageProxy['getTextContent']>>['items']
type StructTree = Awaited<ReturnType<PDFPageProxy['getStructTree']>>

/** Lines in the order of the file. */
export function pageText(items: TextItems): string {
  const text = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('')
  return text.replace(/[^\S\n]+$/gm, '').trim()
}

/** The root is the page's part of the Document; null where nothing is tagged. */
export function tagsOf(tree: StructTree, items: TextItems): InspectedTag | null {
  if (!tree) return null
  const texts = markedTexts(items)
  const roots = tree.children.flatMap((child) => tagOf(child, texts))
  return roots.length === 1 ? (roots[0] ?? null) : { type: 'StructTreeRoot', children: roots }
}

/** Text by the identifier of its marked content; what is in a sequence without one belongs to the one around it. */
function markedTexts(items: TextItems): Map<string, string> {
  const open: (string | null)[] = []
  const texts = new Map<string, string>()
  for (const item of items) {
    if ('str' in item) {
      const id = open.findLast((one) => one !== null)
      if (id) texts.set(id, `${texts.get(id) ?? ''}${item.str}${item.hasEOL ? ' ' : ''}`)
    } else if (item.type === 'endMarkedContent') open.pop()
    else open.push(item.type === 'beginMarkedContentProps' && typeof item.id === 'string' ? item.id : null)
  }
  return texts
}

/** What pdf.js gives for an element or for content. */
interface Node {
  readonly role?: string
  readonly type?: string
  readonly id?: string
  readonly lang?: string
  readonly alt?: string
  readonly children?: readonly object[]
}

function tagOf(node: Node, texts: ReadonlyMap<string, string>): InspectedTag[] {
  if (node.role === undefined) return []
  const children: readonly Node[] = node.children ?? []
  const own = children.flatMap((child) => (child.type === 'content' && child.id ? (texts.get(child.id) ?? []) : []))
  const text = own.join('').replace(/\s+/g, ' ').trim()
  return [
    {
      type: node.role,
      ...(node.lang ? { language: node.lang } : {}),
      ...(node.alt ? { alternative: node.alt } : {}),
      ...(text === '' ? {} : { text }),
      children: children.flatMap((child) => tagOf(child, texts)),
    },
  ]
}
