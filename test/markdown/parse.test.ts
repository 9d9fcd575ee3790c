import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { parseMarkdown } from '../../src/markdown/parse.js'

function parse(source: string, files: Readonly<Record<string, string>> = {}) {
  const messages: Diagnostic[] = []
  const tree = parseMarkdown({
    file: 'a.md',
    source,
    readInclude: (path) => (files[path] === undefined ? null : { file: path, source: files[path] }),
    report: (message) => messages.push(message),
  })
  return { ...tree, messages }
}
const kinds = (source: string): string[] => parse(source).blocks.map(({ kind }) => kind)

describe('Markdown', () => {
  test('blocks of CommonMark, GFM and briefings', () => {
    expect(
      kinds(
        '# H\n\npara\n\n- a\n- b\n\n1. x\n\n> q\n\n> [!NOTE]\n> n\n\n```js\nc\n```\n\n---\n\n| a |\n| - |\n| b |\n\nTerm\n: Def\n\n![c](p.png)\n\n::: {.box}\nx\n:::\n\n<div>raw</div>\n',
      ),
    ).toEqual([
      'heading',
      'paragraph',
      'bullet-list',
      'ordered-list',
      'block-quote',
      'callout',
      'code-block',
      'thematic-break',
      'table',
      'definition-list',
      'figure',
      'div',
      'raw-block',
    ])
  })

  test('attributes on headings, spans, links, images and code', () => {
    const { blocks } = parse('## H {#id .c key="a b"}\n\n[s]{lang=km} [l](x){.y} ![i](p.png){width=3} `c`{.z}\n')
    expect(blocks[0]?.attributes).toEqual({ id: 'id', classes: ['c'], values: { key: 'a b' } })
    const inlines = blocks[1]?.kind === 'paragraph' ? blocks[1].content.filter(({ kind }) => kind !== 'text') : []
    expect(inlines.map(({ kind, attributes }) => [kind, attributes?.classes.join(), attributes?.values])).toEqual([
      ['span', '', { lang: 'km' }],
      ['link', 'y', {}],
      ['image', '', { width: '3' }],
      ['code', 'z', {}],
    ])
  })

  test('every node keeps its place, also in quotes, lists and after front matter', () => {
    const { blocks } = parse('---\ntitle: T\n---\n\n# H\n\n> quoted **bold**\n\n- item\n  second [link](x)\n')
    const [heading, quote, list] = blocks
    expect([heading?.position.line, heading?.position.column]).toEqual([5, 1])
    const inner = quote?.kind === 'block-quote' ? quote.blocks[0] : undefined
    const bold = inner?.kind === 'paragraph' ? inner.content.find(({ kind }) => kind === 'strong') : undefined
    expect([bold?.position.line, bold?.position.column]).toEqual([7, 10])
    const item = list?.kind === 'bullet-list' ? list.items[0]?.blocks[0] : undefined
    const link = item && 'content' in item ? item.content.find(({ kind }) => kind === 'link') : undefined
    expect([link?.position.line, link?.position.column]).toEqual([10, 10])
  })

  test('captions belong to their table, notes to their labels', () => {
    const { blocks, notes } = parse('| a |\n| - |\n| b |\n\n: Words {#tbl-a}\n\nText[^n]\n\n[^n]: The note.\n')
    expect(blocks[0]?.kind === 'table' ? [blocks[0].attributes?.id, blocks[0].caption?.[0]] : []).toMatchObject([
      'tbl-a',
      { text: 'Words' },
    ])
    expect(notes.get('n')?.blocks[0]).toMatchObject({ kind: 'paragraph' })
  })

  test('an unclosed div and a missing include are told, and nothing is lost', () => {
    const { blocks, messages } = parse('::: {.a}\nkept\n\n{{< include nowhere.md >}}\n')
    expect(messages.map(({ code, position }) => [code, position?.line]).sort()).toEqual([
      ['missing-include', 4],
      ['unclosed-div', 1],
    ])
    expect(JSON.stringify(blocks)).toContain('kept')
  })

  test('includes bring their own places', () => {
    const { blocks } = parse('before\n\n{{< include part.md >}}\n', { 'part.md': 'inside\n' })
    expect(blocks.map(({ position }) => [position.file, position.line])).toEqual([
      ['a.md', 1],
      ['part.md', 1],
    ])
  })

  test('deep nesting does not exhaust the stack', () => {
    expect(() => parse(`${'> '.repeat(5000)}deep\n`)).not.toThrow()
    expect(() => parse(`${'['.repeat(20000)}`)).not.toThrow()
  })
})
