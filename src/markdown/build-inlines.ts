/**
 * marked's inline tokens → Inline nodes with positions. Attribute lists go to the link, image, code or span before them.
 */
import { decodeHTML } from 'entities'
import type { Token } from 'marked'
import type { SourcePosition } from '../diagnostics/diagnostic.js'
import { mergeAttributes, parseAttributes } from './attributes.js'
import type {
  AttributesToken,
  CitationToken,
  CrossReferenceToken,
  InlineNoteToken,
  NoteReferenceToken,
  SpanToken,
} from './inline-syntax.js'
import { plainText } from './plain-text.js'
import type { Attributes, Inline } from './tree.js'

/** Places an offset of the inline text, and takes notes written inside it. */
export interface InlineScope {
  position(offset: number): SourcePosition
  /** Keeps an inline note's content and answers its made-up label. */
  addNote(content: readonly Inline[], position: SourcePosition): string
}

export interface BuiltInlines {
  readonly content: readonly Inline[]
  /** A list at the very end that belongs to the block. */
  readonly attributes?: Attributes
}

/** Builds the inlines of `text`. */
export function buildInlines(tokens: readonly Token[], text: string, scope: InlineScope): BuiltInlines {
  const content = build(tokens, { text, offset: 0 }, scope)
  const last = content.at(-1)
  if (last?.kind !== 'text' || !last.attributes) return { content: content.map(settle) }
  const rest = content.slice(0, -1)
  const before = rest.at(-1)
  if (before?.kind === 'text') rest[rest.length - 1] = { ...before, text: before.text.trimEnd() }
  return { content: rest.filter((inline) => inline.kind !== 'text' || inline.text !== '').map(settle), attributes: last.attributes }
}

/** An attribute list that found nothing to belong to is text. */
function settle(inline: Inline): Inline {
  if (inline.kind !== 'text' || !inline.attributes) return inline
  const { attributes, ...rest } = inline
  return rest
}

interface Place {
  readonly text: string
  readonly offset: number
}

function build(tokens: readonly Token[], place: Place, scope: InlineScope): Inline[] {
  const out: Inline[] = []
  let cursor = 0
  for (const token of tokens) {
    const found = place.text.indexOf(token.raw, cursor)
    const at = found < 0 ? cursor : found
    cursor = at + token.raw.length
    add(out, token, place.offset + at, scope)
  }
  return out
}

const takesAttributes: ReadonlySet<string> = new Set<Inline['kind']>(['link', 'image', 'code', 'emphasis', 'strong', 'cross-reference'])

function add(out: Inline[], token: Token, offset: number, scope: InlineScope): void {
  const position = scope.position(offset)
  if (token.type === 'attributes') {
    const list = parseAttributes((token as AttributesToken).raw) ?? undefined
    const last = out.at(-1)
    if (last && list && takesAttributes.has(last.kind)) {
      const attributes = mergeAttributes(last.attributes, list)
      const alternative = last.kind === 'image' ? { alternative: list.values.alt ?? last.alternative } : {}
      const end = scope.position(offset + token.raw.length)
      out[out.length - 1] = {
        ...last,
        ...alternative,
        ...(attributes ? { attributes } : {}),
        end: { line: end.line, column: end.column },
      } as Inline
    } else out.push({ kind: 'text', text: token.raw, position, ...(list ? { attributes: list } : {}) })
    return
  }
  for (const inline of convert(token, offset, position, scope)) {
    const last = out.at(-1)
    if (inline.kind === 'text' && last?.kind === 'text' && !last.attributes && !last.literal && !inline.literal)
      out[out.length - 1] = { ...last, text: last.text + inline.text }
    else out.push(inline)
  }
}

function nested(token: Token, offset: number, scope: InlineScope): Inline[] {
  const tokens = 'tokens' in token && token.tokens ? token.tokens : []
  return build(tokens, { text: token.raw, offset }, scope).map(settle)
}

function convert(token: Token, offset: number, position: SourcePosition, scope: InlineScope): Inline[] {
  switch (token.type) {
    case 'text':
      return 'tokens' in token && token.tokens ? nested(token, offset, scope) : textAndBreaks(decodeHTML(token.text as string), position)
    case 'escape':
      return [
        { kind: 'text', text: token.text as string, position, ...(/['".-]/.test(token.text as string) ? { literal: true as const } : {}) },
      ]
    case 'em':
      return [{ kind: 'emphasis', content: nested(token, offset, scope), position }]
    case 'strong':
      return [{ kind: 'strong', content: nested(token, offset, scope), position }]
    case 'del':
      return [{ kind: 'strikeout', content: nested(token, offset, scope), position }]
    case 'codespan':
      return [{ kind: 'code', text: token.text as string, position }]
    case 'br':
      return [{ kind: 'line-break', position }]
    case 'link': {
      const title = token.title as string | null
      return [
        {
          kind: 'link',
          target: decodeHTML(token.href as string),
          content: nested(token, offset, scope),
          position,
          ...(title ? { title: decodeHTML(title) } : {}),
        },
      ]
    }
    case 'image': {
      const content = nested(token, offset, scope)
      const title = token.title as string | null
      const words = content.length > 0 ? content : [{ kind: 'text' as const, text: token.text as string, position }]
      return [
        {
          kind: 'image',
          source: decodeHTML(token.href as string),
          content: words,
          alternative: plainText(words),
          position,
          ...(title ? { title: decodeHTML(title) } : {}),
        },
      ]
    }
    case 'html':
      return /^<!--/.test(token.raw) ? [] : [{ kind: 'raw-inline', html: token.raw, position }]
    case 'bracketed-span': {
      const spanToken = token as unknown as SpanToken
      const attributes = parseAttributes(spanToken.attributes)
      const end = scope.position(offset + token.raw.length)
      return [
        {
          kind: 'span',
          content: build(spanToken.tokens, { text: token.raw, offset }, scope).map(settle),
          position,
          end: { line: end.line, column: end.column },
          ...(attributes ? { attributes } : {}),
        },
      ]
    }
    case 'note-reference':
      return [{ kind: 'note-reference', label: (token as unknown as NoteReferenceToken).label, position }]
    case 'inline-note': {
      const content = build((token as unknown as InlineNoteToken).tokens, { text: token.raw, offset }, scope).map(settle)
      return [{ kind: 'note-reference', label: scope.addNote(content, position), position }]
    }
    case 'cross-reference':
      return [{ kind: 'cross-reference', target: (token as unknown as CrossReferenceToken).target, position }]
    case 'citation': {
      const { narrative, items } = token as unknown as CitationToken
      return [{ kind: 'citation', narrative, items, content: [{ kind: 'text', text: token.raw, position }], position }]
    }
    case 'checkbox':
      return []
    default:
      return [{ kind: 'text', text: token.raw, position }]
  }
}

/** A line end inside text is a soft break. */
function textAndBreaks(text: string, position: SourcePosition): Inline[] {
  if (!text.includes('\n')) return [{ kind: 'text', text, position }]
  return text.split(/[ \t]*\n[ \t]*/).flatMap((part, index): Inline[] => [
    ...(index > 0 ? [{ kind: 'soft-break' as const, position }] : []),
    ...(part === ''
      ? []
      : [
          {
            kind: 'text' as const,
            text: part,
            position: index === 0 ? position : { ...position, line: position.line + index, column: 1 },
          },
        ]),
  ])
}
