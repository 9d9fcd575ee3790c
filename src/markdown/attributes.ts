/**
 * Attribute lists `{#id .class key=value key="two words"}` (Pandoc's header_attributes and its kin). In: text. Out: Attributes.
 */
import type { Attributes } from './tree.js'

export const noAttributes: Attributes = { classes: [], values: {} }

const part =
  /\s*(?:#([^\s{}#.=]+)|\.([^\s{}#.=]+)|([\p{L}_][\p{L}\p{N}_:.-]*)=(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s{}"']+)))\s*/uy

/** The attributes in braces, or null where the text is not an attribute list. */
export function parseAttributes(text: string): Attributes | null {
  if (!text.startsWith('{') || !text.endsWith('}')) return null
  const inner = text.slice(1, -1)
  if (inner.trim() === '') return null
  let id: string | undefined
  const classes: string[] = []
  const values: Record<string, string> = {}
  part.lastIndex = 0
  while (part.lastIndex < inner.length) {
    const match = part.exec(inner)
    if (!match) return null
    if (match[1] !== undefined) id = match[1]
    else if (match[2] !== undefined) classes.push(match[2])
    else if (match[3] !== undefined) values[match[3]] = withoutBackslashes(match[4] ?? match[5] ?? match[6] ?? '')
  }
  return { ...(id === undefined ? {} : { id }), classes, values }
}

const withoutBackslashes = (value: string): string => value.replace(/\\(.)/g, '$1')

/** The length of the attribute list that starts at the text's beginning, 0 where there is none. Quoted values may hold braces. */
export function attributeListLength(text: string): number {
  const match = /^\{(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[^{}"'\n])*\}/.exec(text)
  return match && parseAttributes(match[0]) ? match[0].length : 0
}

/** A later list over an earlier one: its id wins, classes add up, values override. */
export function mergeAttributes(first: Attributes | undefined, second: Attributes | undefined): Attributes | undefined {
  if (!first || !second) return first ?? second
  const id = second.id ?? first.id
  return {
    ...(id === undefined ? {} : { id }),
    classes: [...first.classes, ...second.classes],
    values: { ...first.values, ...second.values },
  }
}
