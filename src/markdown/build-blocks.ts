/**
 * marked's block tokens → Block nodes with positions, notes gathered by label.
 */
import { decodeHTML } from 'entities'
import type { Token, Tokens } from 'marked'
import type { Report, SourcePosition } from '../diagnostics/diagnostic.js'
import { attachAttributeLines } from './attribute-lines.js'
import { mergeAttributes, noAttributes, parseAttributes } from './attributes.js'
import type { AbbreviationToken, CaptionToken, DefinitionListToken, DivToken, IncludeToken, NoteToken } from './block-syntax.js'
import { type BuiltInlines, buildInlines } from './build-inlines.js'
import type { SourceLines } from './source-lines.js'
import type {
  Abbreviation,
  Alignment,
  Attributes,
  Block,
  Callout,
  Inline,
  ListItem,
  NoteDefinition,
  SourceEnd,
  Table,
  TableCell,
} from './tree.js'

/** What the whole source shares while it is built. */
export interface BuildScope {
  readonly notes: Map<string, NoteDefinition>
  readonly abbreviations: Map<string, Abbreviation>
  readonly report: Report
  /** The attributes of the divs around, outermost first. */
  readonly within: readonly Attributes[]
  /** Lexes Markdown that was not lexed with the rest, such as what follows a callout's first line. */
  lex(text: string): Token[]
  include(path: string, position: SourcePosition, within: readonly Attributes[]): readonly Block[]
  excerpt(position: SourcePosition): string
}

/** Builds the blocks of tokens whose raw texts follow one another in `text`, which stands at `lines`. */
export function buildBlocks(tokens: readonly Token[], text: string, lines: SourceLines, scope: BuildScope): Block[] {
  const out: Block[] = []
  let pending: { token: CaptionToken; built: BuiltInlines; position: SourcePosition; place: Table['captionPlace'] } | null = null
  let cursor = 0
  const dropCaption = () => {
    if (pending)
      out.push({
        kind: 'paragraph',
        content: [{ kind: 'text', text: ': ', position: pending.position }, ...pending.built.content],
        position: pending.position,
      })
    pending = null
  }
  for (const token of tokens) {
    const found = text.indexOf(token.raw, cursor)
    const at = found < 0 ? cursor : found
    cursor = at + token.raw.length
    if (token.type === 'space' || token.type === 'def') continue
    const builder = new BlockBuilder(lines, at, scope)
    const end = found < 0 ? undefined : endAt(lines, at, token.raw)
    if (token.type === 'caption') {
      const captionToken = token as unknown as CaptionToken
      dropCaption()
      const built = builder.inlines(captionToken.tokens, captionToken.text)
      const last = out.at(-1)
      const place = end && { position: builder.position, end }
      if (last?.kind === 'table' && !last.caption) out[out.length - 1] = withCaption(last, built, place)
      else pending = { token: captionToken, built, position: builder.position, place }
      continue
    }
    const built = builder.build(token, end)
    const blocks = end && token.type !== 'include' ? built.map((block) => ({ ...block, end })) : built
    const first = blocks[0]
    if (pending && first?.kind === 'table') {
      const { built: caption, place } = pending as { built: BuiltInlines; place: Table['captionPlace'] }
      out.push(withCaption(first, caption, place))
      pending = null
      continue
    }
    dropCaption()
    out.push(...blocks)
  }
  dropCaption()
  return attachAttributeLines(out)
}

function withCaption(table: Table, built: BuiltInlines, place?: Table['captionPlace']): Table {
  const attributes = mergeAttributes(table.attributes, built.attributes)
  return { ...table, caption: built.content, ...(attributes ? { attributes } : {}), ...(place ? { captionPlace: place } : {}) }
}

/** The place after the last character of a raw text that starts at an offset. */
function endAt(lines: SourceLines, offset: number, raw: string): SourceEnd {
  const { line, column } = lines.position(offset + raw.trimEnd().length)
  return { line, column }
}

const calloutTypes = new Set(['note', 'tip', 'important', 'warning', 'caution'])
const isCalloutType = (name: string): name is Callout['type'] => calloutTypes.has(name)

class BlockBuilder {
  readonly position: SourcePosition
  readonly #lines: SourceLines
  readonly #line: number
  readonly #scope: BuildScope

  constructor(lines: SourceLines, offset: number, scope: BuildScope) {
    this.#lines = lines
    this.#scope = scope
    this.#line = lines.lineIndex(offset)
    this.position = lines.position(offset)
  }

  build(token: Token, end?: SourceEnd): Block[] {
    const { position } = this
    switch (token.type) {
      case 'heading':
        return [this.#heading(token as Tokens.Heading)]
      case 'paragraph':
      case 'text':
        return this.#paragraph(token)
      case 'blockquote':
        return [this.#quote(token as Tokens.Blockquote)]
      case 'list':
        return [this.#list(token as Tokens.List)]
      case 'table':
        return [this.#table(token as Tokens.Table)]
      case 'code':
        return [this.#code(token as Tokens.Code)]
      case 'hr':
        return [{ kind: 'thematic-break', position }]
      case 'html':
        return /^\s*<!--[\s\S]*?-->\s*$/.test(token.raw) ? [] : [{ kind: 'raw-block', html: token.raw, position }]
      case 'div':
        return [this.#div(token as unknown as DivToken)]
      case 'note':
        this.#note(token as unknown as NoteToken, end)
        return []
      case 'abbreviation':
        this.#abbreviation(token as unknown as AbbreviationToken)
        return []
      case 'definition-list':
        return [this.#definitions(token as unknown as DefinitionListToken)]
      case 'include':
        return [...this.#scope.include((token as unknown as IncludeToken).path, position, this.#scope.within)]
      case 'checkbox':
        return []
      default:
        return [{ kind: 'paragraph', content: [{ kind: 'text', text: token.raw, position }], position }]
    }
  }

  inlines(tokens: readonly Token[], text: string, line = 0): BuiltInlines {
    const cut = this.#lines.cut(text, this.#line + line)
    return buildInlines(tokens, text, {
      position: (offset) => cut.position(offset),
      addNote: (content, position) => this.#addInlineNote(content, position),
    })
  }

  #addInlineNote(content: readonly Inline[], position: SourcePosition): string {
    const label = `inline-${position.line}-${position.column}`
    this.#scope.notes.set(label, { kind: 'note', label, blocks: [{ kind: 'paragraph', content, position }], position })
    return label
  }

  #nested(tokens: readonly Token[], text: string, line: number): Block[] {
    return buildBlocks(tokens, text, this.#lines.cut(text, this.#line + line), this.#scope)
  }

  #heading(token: Tokens.Heading): Block {
    const { content, attributes } = this.inlines(token.tokens, token.text)
    return {
      kind: 'heading',
      level: token.depth as 1 | 2 | 3 | 4 | 5 | 6,
      content,
      position: this.position,
      ...(attributes ? { attributes } : {}),
    }
  }

  #paragraph(token: Token): Block[] {
    const tokens = 'tokens' in token && token.tokens ? token.tokens : []
    const { content, attributes } = this.inlines(tokens, 'text' in token ? (token.text as string) : token.raw)
    if (content.length === 0 && !attributes) return []
    const [only] = content
    const mark = attributes ? { attributes } : {}
    if (only?.kind === 'image' && content.length === 1) {
      const all = mergeAttributes(attributes, only.attributes)
      return [{ kind: 'figure', image: only, caption: only.content, position: this.position, ...(all ? { attributes: all } : {}) }]
    }
    return [{ kind: 'paragraph', content, position: this.position, ...mark }]
  }

  #quote(token: Tokens.Blockquote): Block {
    const alert = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*([^\n]*)(?:\n|$)/i.exec(token.text)
    const type = alert?.[1]?.toLowerCase() ?? ''
    if (!alert || !isCalloutType(type))
      return { kind: 'block-quote', blocks: this.#nested(token.tokens, token.text, 0), position: this.position }
    const rest = token.text.slice(alert[0].length)
    const words = alert[2]?.trim() ?? ''
    const lead = words === '' ? {} : { lead: this.#lead(words) }
    return { kind: 'callout', type, ...lead, blocks: this.#nested(this.#scope.lex(rest), rest, 1), position: this.position }
  }

  #lead(text: string): readonly Inline[] {
    const [first] = this.#scope.lex(text)
    return first && 'tokens' in first && first.tokens
      ? this.inlines(first.tokens, text).content
      : [{ kind: 'text', text, position: this.position }]
  }

  #list(token: Tokens.List): Block {
    let cursor = 0
    const items = token.items.map((item): ListItem => {
      const at = Math.max(cursor, token.raw.indexOf(item.raw, cursor))
      cursor = at + item.raw.length
      const line = token.raw.slice(0, at).split('\n').length - 1
      return this.#item(item, line)
    })
    const tight = !token.loose
    if (token.ordered)
      return { kind: 'ordered-list', tight, start: typeof token.start === 'number' ? token.start : 1, items, position: this.position }
    return { kind: 'bullet-list', tight, items, position: this.position }
  }

  #item(item: Tokens.ListItem, line: number): ListItem {
    const blocks = this.#nested(item.tokens, item.text, line)
    const lines = this.#lines.cut(item.raw, this.#line + line)
    const base = {
      kind: 'list-item' as const,
      position: lines.position(0),
      end: endAt(lines, 0, item.raw),
      ...(item.task ? { checked: item.checked === true } : {}),
    }
    const [first] = blocks
    if (first?.kind !== 'paragraph' || !first.attributes) return { ...base, blocks }
    const { attributes, ...paragraph } = first
    return { ...base, blocks: [paragraph, ...blocks.slice(1)], attributes }
  }

  #table(token: Tokens.Table): Block {
    const cells = (row: readonly Tokens.TableCell[], line: number): TableCell[] =>
      row.map((cell) => {
        const { content } = this.inlines(cell.tokens, cell.text, line)
        return { kind: 'table-cell', content, position: content[0]?.position ?? { ...this.position, line: this.position.line + line } }
      })
    const rawLines = token.raw.trimEnd().split('\n')
    const lastLine = rawLines.at(-1) ?? ''
    const captionLine = rawLines.length > 2 && /^ {0,3}:[ \t]+\S/.test(lastLine) && !lastLine.trim().endsWith('|')
    const rows = captionLine ? token.rows.slice(0, -1) : token.rows
    const alignments = token.align.map((align): Alignment => align ?? 'default')
    const table: Table = {
      kind: 'table',
      alignments,
      head: cells(token.header, 0),
      rows: rows.map((row, index) => cells(row, index + 2)),
      position: this.position,
    }
    if (!captionLine) return table
    const text = lastLine.replace(/^ {0,3}:[ \t]+/, '').trimEnd()
    const [first] = this.#scope.lex(text)
    return withCaption(table, this.inlines(first && 'tokens' in first && first.tokens ? first.tokens : [], text, rawLines.length - 1))
  }

  #code(token: Tokens.Code): Block {
    const info = decodeHTML(token.lang ?? '').trim()
    const brace = info.indexOf('{')
    const attributes = brace >= 0 ? parseAttributes(info.slice(brace)) : null
    const language = (brace >= 0 ? info.slice(0, brace) : info).trim().split(/\s+/)[0] || attributes?.classes[0]
    return {
      kind: 'code-block',
      text: token.text,
      position: this.position,
      ...(language ? { language } : {}),
      ...(attributes ? { attributes } : {}),
    }
  }

  #div(token: DivToken): Block {
    if (!token.closed) {
      this.#scope.report({
        severity: 'error',
        code: 'unclosed-div',
        message: `the div \`${token.info}\` is never closed`,
        position: { ...this.position, length: token.raw.split('\n')[0]?.length ?? 1 },
        excerpt: this.#scope.excerpt(this.position),
        hint: 'close it with a line of three colons `:::`',
      })
    }
    const attributes = this.#divAttributes(token.info)
    const scope = { ...this.#scope, within: [...this.#scope.within, attributes] }
    const blocks = buildBlocks(token.tokens, token.text, this.#lines.cut(token.text, this.#line + 1), scope)
    const type = attributes.classes.find((name) => isCalloutType(name)) ?? (attributes.classes.includes('callout') ? 'note' : '')
    if (!isCalloutType(type)) return { kind: 'div', blocks, attributes, position: this.position }
    const title = attributes.values.title
    return { kind: 'callout', type, ...(title ? { lead: this.#lead(title) } : {}), blocks, attributes, position: this.position }
  }

  #divAttributes(info: string): Attributes {
    const brace = info.indexOf('{')
    const name = (brace < 0 ? info : info.slice(0, brace)).trim()
    const list = brace < 0 ? noAttributes : parseAttributes(info.slice(brace))
    if (!list) {
      this.#scope.report({
        severity: 'error',
        code: 'invalid-attributes',
        message: `\`${info.slice(brace)}\` is not an attribute list`,
        position: this.position,
        excerpt: this.#scope.excerpt(this.position),
        hint: 'write `{#id .class key=value}`, with values that hold spaces in quotes',
      })
    }
    const { classes, ...rest } = list ?? noAttributes
    return { ...rest, classes: name === '' ? classes : [name, ...classes] }
  }

  #note(token: NoteToken, end: SourceEnd | undefined): void {
    const { notes, report, within } = this.#scope
    if (notes.has(token.label)) {
      report({
        severity: 'error',
        code: 'duplicate-note',
        message: `the note [^${token.label}] is defined twice`,
        position: this.position,
        excerpt: this.#scope.excerpt(this.position),
        hint: 'give one of them another label',
      })
      return
    }
    notes.set(token.label, {
      kind: 'note',
      label: token.label,
      blocks: this.#nested(token.tokens, token.text, 0),
      position: this.position,
      ...(end ? { end } : {}),
      ...(within.length > 0 ? { within } : {}),
    })
  }

  #abbreviation({ short, long }: AbbreviationToken): void {
    const { abbreviations, report } = this.#scope
    const known = abbreviations.get(short)
    const wrong = long === '' ? 'has no long form' : known && known.long !== long ? 'is given two long forms; the first counts' : undefined
    if (wrong !== undefined) {
      report({
        severity: 'error',
        code: 'invalid-abbreviation',
        message: `the abbreviation ${short} ${wrong}`,
        position: this.position,
        excerpt: this.#scope.excerpt(this.position),
        hint: `write one line: *[${short}]: what it stands for`,
      })
      return
    }
    if (!known) abbreviations.set(short, { short, long, position: this.position })
  }

  #definitions(token: DefinitionListToken): Block {
    return {
      kind: 'definition-list',
      position: this.position,
      items: token.items.map((item) => ({
        kind: 'definition-item',
        term: this.inlines(item.termTokens, item.term, item.line).content,
        definitions: item.definitions.map((definition) => this.#nested(definition.tokens, definition.text, definition.line)),
        position: this.#lines.cut(item.term, this.#line + item.line).position(0),
      })),
    }
  }
}
