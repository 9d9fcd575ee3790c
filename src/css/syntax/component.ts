/**
 * In: CSS text. Out: a list of component values (CSS Syntax 3, section 5.4.9): tokens from css-tree's tokeniser, nested by
 * their brackets. Offsets are UTF-16 code units into the text. What is nested deeper than anyone writes is one bad component, so that whoever
 * walks the values need not fear for the call stack.
 */
import { tokenize } from 'css-tree/tokenizer'

interface Span {
  readonly start: number
  readonly end: number
}
export type Component = Span &
  (
    | { readonly kind: 'ident'; readonly value: string; readonly lower: string }
    | { readonly kind: 'function'; readonly name: string; readonly items: readonly Component[] }
    | { readonly kind: 'block'; readonly open: '(' | '[' | '{'; readonly items: readonly Component[] }
    | { readonly kind: 'number'; readonly value: number; readonly integer: boolean; readonly signed: boolean }
    | { readonly kind: 'percentage'; readonly value: number }
    | { readonly kind: 'dimension'; readonly value: number; readonly unit: string; readonly integer: boolean; readonly text: string }
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'url'; readonly value: string }
    | { readonly kind: 'hash'; readonly value: string }
    | { readonly kind: 'at'; readonly name: string }
    | { readonly kind: 'delim'; readonly value: string }
    | { readonly kind: 'bad' }
    | { readonly kind: 'space' }
  )
export type FunctionComponent = Extract<Component, { kind: 'function' }>

/** css-tree's token type numbers. */
const T = {
  ident: 1,
  function: 2,
  at: 3,
  hash: 4,
  string: 5,
  badString: 6,
  url: 7,
  badUrl: 8,
  number: 10,
  percentage: 11,
  dimension: 12,
  space: 13,
  comment: 25,
} as const

/** CSS Syntax 3, section 4.3.7: escapes in identifiers and strings. */
export function unescapeCss(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(
    /\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\r\n\f])?|(\r\n|[\n\r\f])|([^\n\r\f]|$))/gsu,
    (_all, hex?: string, line?: string, other?: string) => {
      if (hex !== undefined) {
        const code = Number.parseInt(hex, 16)
        return code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code)
      }
      return line !== undefined ? '' : (other ?? '')
    },
  )
}

function stringValue(raw: string): string {
  const closed = raw.length > 1 && raw[raw.length - 1] === raw[0]
  return unescapeCss(raw.slice(1, closed ? -1 : undefined))
}

function urlValue(raw: string): string {
  return unescapeCss(raw.slice(4, raw.endsWith(')') ? -1 : undefined).trim())
}

function dimension(raw: string, span: Span): Component {
  const match = /^[+-]?(?:\d*\.)?\d+(?:[eE][+-]?\d+)?/.exec(raw)
  const number = match?.[0] ?? '0'
  return {
    kind: 'dimension',
    value: Number(number),
    unit: unescapeCss(raw.slice(number.length)).toLowerCase(),
    integer: /^[+-]?\d+$/.test(number),
    text: raw,
    ...span,
  }
}

function leaf(type: number, raw: string, start: number): Component {
  const span = { start, end: start + raw.length }
  switch (type) {
    case T.ident: {
      const value = unescapeCss(raw)
      return { kind: 'ident', value, lower: value.toLowerCase(), ...span }
    }
    case T.at:
      return { kind: 'at', name: unescapeCss(raw.slice(1)).toLowerCase(), ...span }
    case T.hash:
      return { kind: 'hash', value: unescapeCss(raw.slice(1)), ...span }
    case T.string:
      return { kind: 'string', value: stringValue(raw), ...span }
    case T.url:
      return { kind: 'url', value: urlValue(raw), ...span }
    case T.number:
      return { kind: 'number', value: Number(raw), integer: /^[+-]?\d+$/.test(raw), signed: raw[0] === '+' || raw[0] === '-', ...span }
    case T.percentage:
      return { kind: 'percentage', value: Number(raw.slice(0, -1)), ...span }
    case T.dimension:
      return dimension(raw, span)
    case T.space:
      return { kind: 'space', ...span }
    case T.badString:
    case T.badUrl:
      return { kind: 'bad', ...span }
    default:
      return { kind: 'delim', value: raw, ...span }
  }
}

interface Open {
  readonly items: Component[]
  readonly close: string
  readonly name: string
  readonly start: number
}
const MAXIMUM_DEPTH = 200
const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

function closed(open: Open, end: number): Component {
  const { items, start, close, name } = open
  if (name !== '(' && name !== '[' && name !== '{') return functionComponent(name, items, { start, end })
  return { kind: 'block', open: close === ')' ? '(' : close === ']' ? '[' : '{', items, start, end }
}

/** `url("…")` is a function to the tokeniser and a URL to everyone else. */
function functionComponent(name: string, items: Component[], span: Span): Component {
  const first = items.find((item) => item.kind !== 'space')
  if (name === 'url(' && first?.kind === 'string') return { kind: 'url', value: first.value, ...span }
  return { kind: 'function', name: name.slice(0, -1), items, ...span }
}

/** Parses text to component values; unclosed brackets close at the end, stray closing ones stay as delimiters. */
export function parseComponents(text: string): readonly Component[] {
  // Section 3.3: NUL is no character of CSS.
  const source = text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text
  const root: Component[] = []
  const stack: Open[] = []
  let items = root
  const open = (name: string, close: string, start: number): void => {
    stack.push({ items: [], close, name, start })
    items = (stack[stack.length - 1] as Open).items
  }
  const close = (end: number): void => {
    const done = stack.pop() as Open
    items = stack[stack.length - 1]?.items ?? root
    items.push(stack.length < MAXIMUM_DEPTH ? closed(done, end) : { kind: 'bad', start: done.start, end })
  }
  tokenize(source, (type, start, end) => {
    if (type === T.comment || type === 0) return
    if (type === T.function) return open(unescapeCss(source.slice(start, end)).toLowerCase(), ')', start)
    const raw = source.slice(start, end)
    if (type >= 19 && type <= 24) {
      const closer = CLOSERS[raw]
      if (closer) return open(raw, closer, start)
      if (stack[stack.length - 1]?.close === raw) return close(end)
    }
    items.push(leaf(type, raw, start))
  })
  while (stack.length > 0) close(source.length)
  return root
}

/** Component values as CSS text again (CSS Syntax 3, section 9). */
export function cssText(items: readonly Component[]): string {
  return items.map(componentText).join('')
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\a ')}"`

function componentText(item: Component): string {
  switch (item.kind) {
    case 'ident':
      return item.value
    case 'function':
      return `${item.name}(${cssText(item.items)})`
    case 'block':
      return `${item.open}${cssText(item.items)}${CLOSERS[item.open]}`
    case 'number':
      return `${item.value}`
    case 'percentage':
      return `${item.value}%`
    case 'dimension':
      return item.text
    case 'string':
      return quoted(item.value)
    case 'url':
      return `url(${quoted(item.value)})`
    case 'hash':
      return `#${item.value}`
    case 'at':
      return `@${item.name}`
    case 'delim':
      return item.value
    case 'bad':
      return ''
    case 'space':
      return ' '
  }
}

/** Without white space, as values are read. */
export function withoutSpace(items: readonly Component[]): readonly Component[] {
  return items.some((item) => item.kind === 'space') ? items.filter((item) => item.kind !== 'space') : items
}

export function isDelim(item: Component | undefined, value: string): boolean {
  return item?.kind === 'delim' && item.value === value
}

/** Splits at a delimiter on the outermost level; always at least one part. */
export function splitAt(items: readonly Component[], delimiter: string): (readonly Component[])[] {
  const parts: Component[][] = [[]]
  for (const item of items) {
    if (isDelim(item, delimiter)) parts.push([])
    else (parts[parts.length - 1] as Component[]).push(item)
  }
  return parts
}
