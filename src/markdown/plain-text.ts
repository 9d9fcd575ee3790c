/** Inlines → the characters a reader sees of them. In: inlines. Out: text without marks. */
import type { Inline } from './tree.js'

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
