/**
 * The HTML that citeproc writes → inlines. In: its few elements (italic, bold, raised, small capitals, divs). Out: inlines with
 * addresses made into links.
 */
import { decodeHTML } from 'entities'
import type { SourcePosition } from '../diagnostics/diagnostic.js'
import type { Inline } from '../markdown/tree.js'

interface Open {
  readonly tag: string
  readonly element: string
  readonly content: Inline[]
}

const token = /<(\/?)([a-z]+)([^>]*)>|[^<]+|</gi
const address = /(https?:\/\/[^\s<>]*[^\s<>.,;)\]])/

function textOf(text: string, position: SourcePosition): readonly Inline[] {
  return text.split(address).flatMap((part, index): readonly Inline[] => {
    if (part === '') return []
    const words: Inline = { kind: 'text', text: part, position, literal: true }
    return index % 2 === 1 ? [{ kind: 'link', target: part, content: [words], position }] : [words]
  })
}

function close({ tag, element, content }: Open, position: SourcePosition): readonly Inline[] {
  if (tag === 'i' || tag === 'em') return [{ kind: 'emphasis', content, position }]
  if (tag === 'b' || tag === 'strong') return [{ kind: 'strong', content, position }]
  if (tag === 'sup' || tag === 'sub') {
    const raw = (html: string): Inline => ({ kind: 'raw-inline', html, position })
    return [raw(`<${tag}>`), ...content, raw(`</${tag}>`)]
  }
  if (tag === 'span' && element.includes('small-caps'))
    return [{ kind: 'span', content, position, attributes: { classes: ['smallcaps'], values: {} } }]
  return content
}

/** Inlines of one entry; white space at its ends goes. */
export function inlinesOfEntry(html: string, position: SourcePosition): readonly Inline[] {
  return trimmed(inlinesOfHtml(html.trim(), position))
}

/** Inlines of a piece of text. */
export function inlinesOfHtml(html: string, position: SourcePosition): readonly Inline[] {
  const stack: Open[] = [{ tag: '', element: '', content: [] }]
  const top = (): Open => stack.at(-1) as Open
  const shut = (): void => {
    const done = stack.pop() as Open
    top().content.push(...close(done, position))
  }
  for (const match of html.replace(/\s+/g, ' ').matchAll(token)) {
    const tag = match[2]?.toLowerCase()
    if (tag === undefined) top().content.push(...textOf(decodeHTML(match[0]), position))
    else if (match[1] === '') stack.push({ tag, element: match[3] ?? '', content: [] })
    else if (stack.some((open) => open.tag === tag)) {
      while (top().tag !== tag) shut()
      shut()
    }
  }
  while (stack.length > 1) shut()
  return top().content
}

/** Without the spaces that line ends between citeproc's divs leave at the start and the end. */
function trimmed(inlines: readonly Inline[]): readonly Inline[] {
  const start = inlines.findIndex((inline) => inline.kind !== 'text' || inline.text.trim() !== '')
  const end = inlines.findLastIndex((inline) => inline.kind !== 'text' || inline.text.trim() !== '')
  return start < 0 ? [] : inlines.slice(start, end + 1)
}
