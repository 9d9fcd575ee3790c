import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { parseMarkdown } from '../../src/markdown/parse.js'
import type { Citation, Inline } from '../../src/markdown/tree.js'

function parse(source: string) {
  const messages: Diagnostic[] = []
  const tree = parseMarkdown({ file: 'a.md', source, report: (message) => messages.push(message) })
  const [first] = tree.blocks
  const content: readonly Inline[] = first?.kind === 'paragraph' ? first.content : []
  return { tree, messages, content, citations: content.filter((inline): inline is Citation => inline.kind === 'citation') }
}

describe('citations', () => {
  test('several works with words before and after, and places in them', () => {
    const { citations } = parse('So it is [see @smith2020, pp. 3--5 and *passim*; -@doe:x, § 4; also @9th].')
    expect(citations).toHaveLength(1)
    expect(citations[0]?.narrative).toBe(false)
    expect(citations[0]?.items).toEqual([
      { key: 'smith2020', prefix: 'see', locator: { label: 'page', value: '3–5' }, suffix: ' and *passim*', suppressAuthor: false },
      { key: 'doe:x', locator: { label: 'section', value: '4' }, suppressAuthor: true },
      { key: '9th', prefix: 'also', suppressAuthor: false },
    ])
  })

  test('a work as a part of the sentence, with or without a place', () => {
    const { citations } = parse('As @smith2020 [chap. 2] and @doe. say, and @roe [the other one].')
    expect(citations.map((citation) => [citation.narrative, citation.items[0]?.key, citation.items[0]?.locator?.value])).toEqual([
      [true, 'smith2020', '2'],
      [true, 'doe', undefined],
      [true, 'roe', undefined],
    ])
  })

  test('addresses, escapes, links and code cite nothing', () => {
    const { citations } = parse('Write to a@b.org, x@y or \\@name, [a link @x](https://a.org), `@code`, <me@b.org>, https://a.org/@x.')
    expect(citations).toEqual([])
  })

  test('the place of a citation is that of its mark', () => {
    const { citations } = parse('One line\nand then @key.')
    expect(citations[0]?.position).toMatchObject({ line: 2, column: 10 })
  })

  test('references to sections stay references, and may ask for the page', () => {
    const { content } = parse('See [@sec-a]{.page}, @par-b{.page} and @fig-c.')
    const references = content.filter((inline) => inline.kind === 'cross-reference')
    expect(references.map((one) => [one.target, one.attributes?.classes ?? []])).toEqual([
      ['sec-a', ['page']],
      ['par-b', ['page']],
      ['fig-c', []],
    ])
  })
})

describe('abbreviations', () => {
  test('are read wherever they stand and print nothing', () => {
    const { tree, messages } = parse('Text.\n\n*[ASEAN]: Association of Southeast\n  Asian Nations\n*[MRC]: Mekong River Commission\n')
    expect(messages).toEqual([])
    expect(tree.blocks).toHaveLength(1)
    expect([...tree.abbreviations.values()].map(({ short, long }) => `${short}=${long}`)).toEqual([
      'ASEAN=Association of Southeast Asian Nations',
      'MRC=Mekong River Commission',
    ])
  })

  test('one with two meanings or none is told', () => {
    const { messages } = parse('*[A]: One\n*[A]: Two\n*[B]:\n')
    expect(messages.map(({ code, position }) => `${code} ${position?.line}`)).toEqual(['invalid-abbreviation 2', 'invalid-abbreviation 3'])
  })
})
