/**
 * In: component values. Out: rules and declarations (CSS Syntax 3, section 5.5, with nested rules). What is broken is left out
 * and told to `onError`, and reading goes on where the specification says.
 */
import { type Component, isDelim } from './component.js'

export interface Declaration {
  readonly kind: 'declaration'
  /** Lower case, but custom properties keep their case. */
  readonly name: string
  readonly value: readonly Component[]
  readonly important: boolean
  readonly start: number
  readonly end: number
}
export interface QualifiedRule {
  readonly kind: 'rule'
  readonly prelude: readonly Component[]
  readonly contents: readonly Component[]
  readonly start: number
}
export interface AtRule {
  readonly kind: 'at-rule'
  readonly name: string
  readonly prelude: readonly Component[]
  /** Null for statements such as @import. */
  readonly contents: readonly Component[] | null
  readonly start: number
  readonly end: number
}
export type Rule = QualifiedRule | AtRule
export type ErrorSink = (message: string, start: number, end: number) => void

interface Cursor {
  readonly items: readonly Component[]
  at: number
}

function trim(items: readonly Component[]): readonly Component[] {
  let from = 0
  let to = items.length
  while (from < to && items[from]?.kind === 'space') from++
  while (to > from && items[to - 1]?.kind === 'space') to--
  return items.slice(from, to)
}

function isCurly(item: Component | undefined): item is Extract<Component, { kind: 'block' }> {
  return item?.kind === 'block' && item.open === '{'
}

function atRule(cursor: Cursor): AtRule {
  const head = cursor.items[cursor.at++] as Extract<Component, { kind: 'at' }>
  const from = cursor.at
  let contents: readonly Component[] | null = null
  while (cursor.at < cursor.items.length && !isDelim(cursor.items[cursor.at], ';') && !isCurly(cursor.items[cursor.at])) cursor.at++
  const prelude = trim(cursor.items.slice(from, cursor.at))
  const end = cursor.items[cursor.at]
  if (isCurly(end)) contents = end.items
  cursor.at++
  return { kind: 'at-rule', name: head.name, prelude, contents, start: head.start, end: head.end }
}

function qualifiedRule(cursor: Cursor, nested: boolean, onError: ErrorSink): QualifiedRule | null {
  const from = cursor.at
  const start = cursor.items[from]?.start ?? 0
  while (cursor.at < cursor.items.length) {
    const item = cursor.items[cursor.at++]
    if (isCurly(item)) return { kind: 'rule', prelude: trim(cursor.items.slice(from, cursor.at - 1)), contents: item.items, start }
    if (nested && isDelim(item, ';')) break
  }
  const last = cursor.items[cursor.at - 1]
  onError(nested ? 'neither a declaration nor a rule' : 'a rule without a block', start, last?.end ?? start + 1)
  return null
}

function splitImportant(value: readonly Component[]): { value: readonly Component[]; important: boolean } {
  const trimmed = trim(value)
  const last = trimmed[trimmed.length - 1]
  if (last?.kind !== 'ident' || last.lower !== 'important') return { value: trimmed, important: false }
  let mark = trimmed.length - 2
  while (trimmed[mark]?.kind === 'space') mark--
  return isDelim(trimmed[mark], '!') ? { value: trim(trimmed.slice(0, mark)), important: true } : { value: trimmed, important: false }
}

/** A {}-block in the value of an ordinary property means that this is a nested rule such as `a:hover {}`. */
function declaration(cursor: Cursor): Declaration | null {
  const name = cursor.items[cursor.at]
  if (name?.kind !== 'ident') return null
  let at = cursor.at + 1
  while (cursor.items[at]?.kind === 'space') at++
  if (!isDelim(cursor.items[at], ':')) return null
  const from = ++at
  const custom = name.value.startsWith('--')
  for (; at < cursor.items.length && !isDelim(cursor.items[at], ';'); at++) if (!custom && isCurly(cursor.items[at])) return null
  const { value, important } = splitImportant(cursor.items.slice(from, at))
  cursor.at = at + 1
  return { kind: 'declaration', name: custom ? name.value : name.lower, value, important, start: name.start, end: name.end }
}

/** The rules of a style sheet, or of the block of @media and its like outside style rules. */
export function parseRules(items: readonly Component[], onError: ErrorSink): Rule[] {
  const rules: Rule[] = []
  const cursor: Cursor = { items, at: 0 }
  while (cursor.at < items.length) {
    const item = items[cursor.at]
    if (item?.kind === 'space' || isDelim(item, '<!--') || isDelim(item, '-->')) cursor.at++
    else if (item?.kind === 'at') rules.push(atRule(cursor))
    else {
      const rule = qualifiedRule(cursor, false, onError)
      if (rule) rules.push(rule)
    }
  }
  return rules
}

/** The contents of a style rule's block: declarations and nested rules, in order. */
export function parseBlock(items: readonly Component[], onError: ErrorSink): (Declaration | Rule)[] {
  const contents: (Declaration | Rule)[] = []
  const cursor: Cursor = { items, at: 0 }
  while (cursor.at < items.length) {
    const item = items[cursor.at]
    if (item?.kind === 'space' || isDelim(item, ';')) cursor.at++
    else if (item?.kind === 'at') contents.push(atRule(cursor))
    else {
      const found = declaration(cursor) ?? qualifiedRule(cursor, true, onError)
      if (found) contents.push(found)
    }
  }
  return contents
}
