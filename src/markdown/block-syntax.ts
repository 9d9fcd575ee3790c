/**
 * Block syntax beyond CommonMark and GFM as extensions of marked's lexer: fenced divs, footnote definitions, definition
 * lists, captions, includes. In: the rest of a source at a block's start. Out: marked tokens, read by build-blocks.ts.
 */
import type { Token, TokenizerExtension, TokenizerThis } from 'marked'

export interface DivToken {
  readonly type: 'div'
  readonly raw: string
  /** The attribute list or the bare name after the fence. */
  readonly info: string
  readonly text: string
  readonly closed: boolean
  readonly tokens: Token[]
}
export interface NoteToken {
  readonly type: 'note'
  readonly raw: string
  readonly label: string
  readonly text: string
  readonly tokens: Token[]
}
export interface DefinitionListToken {
  readonly type: 'definition-list'
  readonly raw: string
  readonly items: readonly {
    readonly term: string
    /** Line of the term and of each definition within raw. */
    readonly line: number
    readonly termTokens: Token[]
    readonly definitions: readonly { readonly line: number; readonly text: string; readonly tokens: Token[] }[]
  }[]
}
export interface CaptionToken {
  readonly type: 'caption'
  readonly raw: string
  readonly text: string
  readonly tokens: Token[]
}
export interface AbbreviationToken {
  readonly type: 'abbreviation'
  readonly raw: string
  readonly short: string
  readonly long: string
}
export interface IncludeToken {
  readonly type: 'include'
  readonly raw: string
  readonly path: string
}

const divOpen = /^ {0,3}(:{3,})[ \t]*(\{[^\n]*\}|[^\s{:][^\s{]*(?:[ \t]+\{[^\n]*\})?)[ \t]*:*[ \t]*(?:\n|$)/
const divClose = /^ {0,3}:{3,}[ \t]*$/
const codeFence = /^ {0,3}(`{3,}|~{3,})/

/** Where a paragraph may be cut short. No paragraph goes past a blank line, so nothing beyond one is looked at. */
function startOf(pattern: RegExp): (source: string) => number | undefined {
  return (source) => {
    const blank = source.indexOf('\n\n')
    const match = pattern.exec(blank < 0 ? source : source.slice(0, blank))
    return match ? match.index + (match[0].startsWith('\n') ? 1 : 0) : undefined
  }
}

/** Reads lines one by one, so that a block in a long source costs its own length only; ends where `visit` answers false. */
function eachLine(source: string, visit: (line: string, start: number, end: number) => boolean): void {
  for (let start = 0; start < source.length; ) {
    const newline = source.indexOf('\n', start)
    const end = newline < 0 ? source.length : newline
    if (!visit(source.slice(start, end), start, newline < 0 ? end : end + 1)) return
    start = newline < 0 ? end : end + 1
  }
}

/** Where a div's text and its closing fence end, with fences inside code blocks passed over. */
function findDivEnd(source: string, from: number): { readonly textEnd: number; readonly end: number; readonly closed: boolean } {
  let depth = 1
  let fence: string | null = null
  let found = { textEnd: source.length, end: source.length, closed: false }
  eachLine(source.slice(from), (line, start, end) => {
    const code = codeFence.exec(line)?.[1]
    if (fence !== null) {
      if (code?.startsWith(fence) && line.trim() === code) fence = null
    } else if (code !== undefined) fence = code
    else if (divClose.test(line)) {
      depth--
      if (depth === 0) found = { textEnd: from + start, end: from + end, closed: true }
    } else if (divOpen.test(line)) depth++
    return depth > 0
  })
  return found
}

const div: TokenizerExtension = {
  name: 'div',
  level: 'block',
  start: startOf(/(?:^|\n) {0,3}:{3,}[ \t]*[^\s:]/),
  tokenizer(this: TokenizerThis, source: string) {
    const open = divOpen.exec(source)
    if (!open) return undefined
    const { textEnd, end, closed } = findDivEnd(source, open[0].length)
    const text = source.slice(open[0].length, textEnd).replace(/\n$/, '')
    return { type: 'div', raw: source.slice(0, end), info: open[2] ?? '', text, closed, tokens: this.lexer.blockTokens(text, []) }
  },
}

const noteOpen = /^ {0,3}\[\^([^\]\s]+)\]:[ \t]*/

const note: TokenizerExtension = {
  name: 'note',
  level: 'block',
  start: startOf(/(?:^|\n) {0,3}\[\^[^\]\s]+\]:/),
  tokenizer(this: TokenizerThis, source: string) {
    const open = noteOpen.exec(source)
    if (!open) return undefined
    const { raw, text } = indentedBlock(source, open[0].length)
    return { type: 'note', raw, label: open[1] ?? '', text, tokens: this.lexer.blockTokens(text, []) }
  },
}

/** A first line less its marker, then lines that are indented, blank before an indented one, or lazily go on. */
function indentedBlock(source: string, markerLength: number): { readonly raw: string; readonly text: string } {
  let length = 0
  let lazy = true
  const kept: string[] = []
  const blanks: string[] = []
  eachLine(source, (line, start, end) => {
    if (start > 0 && /^\s*$/.test(line)) {
      lazy = false
      blanks.push(line)
      return true
    }
    const indented = /^(?: {2,}|\t)/.test(line)
    const starts = /^ {0,3}(?:\[\^[^\]\s]+\]:|:[ \t]|#{1,6}\s|>|```|~~~|:::|[-*+][ \t]|\d+[.)][ \t])/.test(line)
    if (start > 0 && !indented && (!lazy || starts)) return false
    kept.push(...blanks.splice(0), start === 0 ? line.slice(markerLength) : line.replace(/^(?: {1,4}|\t)/, ''))
    length = end
    lazy = true
    return true
  })
  return { raw: source.slice(0, length), text: kept.join('\n') }
}

const termLine =
  /^(?! {4}|\t| {0,3}(?:[>|#]|[-*+][ \t]|\d+[.)][ \t]|```|~~~|:|\[\^|<|\{\{<|\*\[[^\]\n]+\]:))([^\n]+)\n(?:[ \t]*\n)?(?= {0,3}:[ \t]+\S)/
const definitionMark = /^ {0,3}:[ \t]+/

const definitionList: TokenizerExtension = {
  name: 'definition-list',
  level: 'block',
  start: startOf(/(?:^|\n)[^\n]+\n(?:[ \t]*\n)? {0,3}:[ \t]+\S/),
  tokenizer(this: TokenizerThis, source: string) {
    const items: { term: string; line: number; termTokens: Token[]; definitions: { line: number; text: string; tokens: Token[] }[] }[] = []
    let rest = source
    for (let term = termLine.exec(rest); term; term = termLine.exec(rest)) {
      if (items.length === 0 && captionOfTable(rest.slice(term[0].length))) return undefined
      const line = lineCount(source.slice(0, source.length - rest.length))
      rest = rest.slice(term[0].length)
      const definitions: { line: number; text: string; tokens: Token[] }[] = []
      for (let mark = definitionMark.exec(rest); mark; mark = definitionMark.exec(rest)) {
        const at = lineCount(source.slice(0, source.length - rest.length))
        const { raw, text } = indentedBlock(rest, mark[0].length)
        definitions.push({ line: at, text, tokens: this.lexer.blockTokens(text, []) })
        rest = rest.slice(raw.length).replace(/^(?:[ \t]*\n)+(?= {0,3}:[ \t]+\S)/, '')
      }
      const text = (term[1] ?? '').trim()
      items.push({ term: text, line, termTokens: this.lexer.inline(text), definitions })
      const gap = /^(?:[ \t]*\n)+/.exec(rest)
      if (gap && termLine.test(rest.slice(gap[0].length))) rest = rest.slice(gap[0].length)
    }
    if (items.length === 0) return undefined
    return { type: 'definition-list', raw: source.slice(0, source.length - rest.length), items }
  },
}

const lineCount = (text: string): number => text.split('\n').length - 1

/** Whether `: text` is a caption: a table follows it. */
function captionOfTable(source: string): boolean {
  return /^ {0,3}:[^\n]*\n(?:[ \t]*\n)+[^\n]*\|[^\n]*\n[ \t]*\|?[ \t]*:?-+/.test(source)
}

const caption: TokenizerExtension = {
  name: 'caption',
  level: 'block',
  start: startOf(/(?:^|\n) {0,3}:[ \t]+\S/),
  tokenizer(this: TokenizerThis, source: string) {
    const match = /^ {0,3}:[ \t]+(\S[^\n]*(?:\n(?![ \t]*\n| {0,3}[:|>#])[^\n|]+)*)(?:\n|$)/.exec(source)
    if (!match) return undefined
    const text = (match[1] ?? '').trimEnd()
    return { type: 'caption', raw: match[0], text, tokens: this.lexer.inline(text) }
  },
}

const include: TokenizerExtension = {
  name: 'include',
  level: 'block',
  start: startOf(/(?:^|\n) {0,3}\{\{<[ \t]*include/),
  tokenizer(source: string) {
    const match = /^ {0,3}\{\{<[ \t]*include[ \t]+([^\n]+?)[ \t]*>\}\}[ \t]*(?:\n|$)/.exec(source)
    return match ? { type: 'include', raw: match[0], path: (match[1] ?? '').replace(/^["']|["']$/g, '') } : undefined
  },
}

/** As in PHP Markdown Extra; lines that go on are indented. */
const abbreviation: TokenizerExtension = {
  name: 'abbreviation',
  level: 'block',
  start: startOf(/(?:^|\n) {0,3}\*\[[^\]\n]+\]:/),
  tokenizer(source: string) {
    const match = /^ {0,3}\*\[([^\]\n]+)\]:[ \t]*([^\n]*(?:\n[ \t]+\S[^\n]*)*)(?:\n|$)/.exec(source)
    if (!match) return undefined
    const words = (text: string | undefined) => (text ?? '').trim().replace(/\s+/g, ' ')
    return { type: 'abbreviation', raw: match[0], short: words(match[1]), long: words(match[2]) }
  },
}

/** In the order in which they are tried. */
export const blockSyntax: readonly TokenizerExtension[] = [include, div, note, abbreviation, definitionList, caption]
