/**
 * Inline syntax beyond CommonMark and GFM as extensions of marked's lexer: attribute lists, bracketed spans, notes,
 * cross-references, citations. In: the rest of a paragraph. Out: marked tokens, read by build-inlines.ts.
 */
import type { Token, TokenizerExtension, TokenizerThis } from 'marked'
import { attributeListLength } from './attributes.js'
import { parseCitationItems, parseNarrativeCitation } from './citation-syntax.js'
import type { CitationItem } from './tree.js'

export interface AttributesToken {
  readonly type: 'attributes'
  readonly raw: string
}
export interface SpanToken {
  readonly type: 'bracketed-span'
  readonly raw: string
  readonly attributes: string
  readonly tokens: Token[]
}
export interface NoteReferenceToken {
  readonly type: 'note-reference'
  readonly raw: string
  readonly label: string
}
export interface InlineNoteToken {
  readonly type: 'inline-note'
  readonly raw: string
  readonly text: string
  readonly tokens: Token[]
}
export interface CrossReferenceToken {
  readonly type: 'cross-reference'
  readonly raw: string
  readonly target: string
}

export interface CitationToken {
  readonly type: 'citation'
  readonly raw: string
  readonly narrative: boolean
  readonly items: readonly CitationItem[]
}

/** Where the bracket that opens at the start closes, past escapes and nested brackets; -1 where it does not. */
function closingBracket(source: string): number {
  let depth = 0
  const limit = Math.min(source.length, 20_000)
  for (let index = 0; index < limit; index++) {
    const char = source[index]
    if (char === '\\') index++
    else if (char === '[') depth++
    else if (char === ']') {
      depth--
      if (depth === 0) return index
    } else if (char === '\n' && source[index + 1] === '\n') return -1
  }
  return -1
}

function startAt(pattern: RegExp): (source: string) => number | undefined {
  return (source) => {
    const at = source.search(pattern)
    return at < 0 ? undefined : at
  }
}

/** The same for marks with an @, which few paragraphs have. */
function startAtMark(pattern: RegExp): (source: string) => number | undefined {
  const start = startAt(pattern)
  return (source) => (source.includes('@') ? start(source) : undefined)
}

const attributes: TokenizerExtension = {
  name: 'attributes',
  level: 'inline',
  start: startAt(/\{[ \t]*[#.\p{L}_]/u),
  tokenizer(source: string) {
    const length = attributeListLength(source)
    return length > 0 ? { type: 'attributes', raw: source.slice(0, length) } : undefined
  },
}

const span: TokenizerExtension = {
  name: 'bracketed-span',
  level: 'inline',
  start: startAt(/\[/),
  tokenizer(this: TokenizerThis, source: string) {
    if (source[0] !== '[' || source[1] === '^' || source[1] === '@') return undefined
    const end = closingBracket(source)
    if (end < 1 || source[end + 1] !== '{') return undefined
    const length = attributeListLength(source.slice(end + 1))
    if (length === 0) return undefined
    const raw = source.slice(0, end + 1 + length)
    return {
      type: 'bracketed-span',
      raw,
      attributes: source.slice(end + 1, end + 1 + length),
      tokens: this.lexer.inlineTokens(source.slice(1, end)),
    }
  },
}

const noteReference: TokenizerExtension = {
  name: 'note-reference',
  level: 'inline',
  start: startAt(/\[\^/),
  tokenizer(source: string) {
    const match = /^\[\^([^\]\s]+)\]/.exec(source)
    return match ? { type: 'note-reference', raw: match[0], label: match[1] ?? '' } : undefined
  },
}

const inlineNote: TokenizerExtension = {
  name: 'inline-note',
  level: 'inline',
  start: startAt(/\^\[/),
  tokenizer(this: TokenizerThis, source: string) {
    if (!source.startsWith('^[')) return undefined
    const end = closingBracket(source.slice(1))
    if (end < 1) return undefined
    const text = source.slice(2, end + 1)
    return { type: 'inline-note', raw: source.slice(0, end + 2), text, tokens: this.lexer.inlineTokens(text) }
  },
}

const crossReference: TokenizerExtension = {
  name: 'cross-reference',
  level: 'inline',
  start: startAtMark(/\[@(?:sec|fig|tbl|par)-|(?<![\p{L}\p{N}.@])@(?:sec|fig|tbl|par)-/u),
  tokenizer(source: string) {
    const match =
      /^(?:\[@((?:sec|fig|tbl|par)-[\p{L}\p{N}_:.-]*[\p{L}\p{N}_])\]|@((?:sec|fig|tbl|par)-[\p{L}\p{N}_:.-]*[\p{L}\p{N}_]))/u.exec(source)
    return match ? { type: 'cross-reference', raw: match[0], target: match[1] ?? match[2] ?? '' } : undefined
  },
}

const bracketedCitation: TokenizerExtension = {
  name: 'bracketed-citation',
  level: 'inline',
  start: startAtMark(/\[[^\]\n[]*@/),
  tokenizer(source: string) {
    if (source[0] !== '[') return undefined
    const end = closingBracket(source)
    if (end < 1 || /[([{]/.test(source[end + 1] ?? '')) return undefined
    const items = parseCitationItems(source.slice(1, end))
    return items ? { type: 'citation', raw: source.slice(0, end + 1), narrative: false, items } : undefined
  },
}

const narrativeCitation: TokenizerExtension = {
  name: 'narrative-citation',
  level: 'inline',
  start: startAtMark(/(?<![\p{L}\p{N}_.@/])-?@(?=[\p{L}\p{N}_{])/u),
  tokenizer(source: string, before: Token[]) {
    if (!source.startsWith('@') && !source.startsWith('-@')) return undefined
    if (/[\p{L}\p{N}_.@/]/u.test(before.at(-1)?.raw.slice(-1) ?? '')) return undefined
    const found = parseNarrativeCitation(source)
    return found
      ? { type: 'citation', raw: source.slice(0, found.length), narrative: !found.item.suppressAuthor, items: [found.item] }
      : undefined
  },
}

/** Where several begin at one place, the last of them is tried first. */
export const inlineSyntax: readonly TokenizerExtension[] = [
  noteReference,
  inlineNote,
  crossReference,
  bracketedCitation,
  narrativeCitation,
  span,
  attributes,
]
