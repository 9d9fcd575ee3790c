import { expect, test } from 'vitest'
import type { HtmlElement, HtmlNode } from '../../src/html/dom.js'
import { mostNested } from '../../src/html/nesting.js'
import { parseHtml } from '../../src/html/parse.js'

const nested = (count: number, inner: string, tag = 'div') =>
  parseHtml(`<body>${`<${tag}>`.repeat(count)}${inner}${`</${tag}>`.repeat(count)}`, { base: '' })

function deepest(nodes: readonly HtmlNode[]): number {
  let depth = 0
  let level = nodes.filter((node): node is HtmlElement => node.kind === 'element')
  for (; level.length > 0; depth++)
    level = level.flatMap((element) => element.children.filter((node): node is HtmlElement => node.kind === 'element'))
  return depth
}

function textOf(nodes: readonly HtmlNode[]): string {
  let text = ''
  const waiting = [...nodes].reverse()
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'text') text += node.data
    else waiting.push(...[...node.children].reverse())
  }
  return text
}

test('what is nested too deep keeps its texts in order and its innermost elements', () => {
  const html = nested(10_000, 'one <b>two</b> <i>three <u>four</u></i> five')
  expect(deepest(html.children)).toBeLessThanOrEqual(mostNested + 1)
  expect(textOf(html.children)).toBe('one two three four five')
  expect(html.tooDeep?.children.filter((node) => node.kind === 'element').map((node) => (node as HtmlElement).name)).toEqual(['b', 'u'])
})

test('what a document needs stays as it is', () => {
  const html = nested(200, 'text')
  expect(html.tooDeep).toBeUndefined()
  expect(deepest(html.children)).toBe(202)
})
