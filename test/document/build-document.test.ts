import { describe, expect, test } from 'vitest'
import { inlineText } from '../../src/document/walk.js'
import { documentOf } from '../editions/source.js'

const codes = (source: string): string[] =>
  documentOf(source).messages.map(({ code, position }) => `${code} ${position?.line}:${position?.column}`)

describe('document', () => {
  test('title, section numbers, appendix letters and ids', () => {
    const { document } = documentOf(
      '# The title\n\n## One\n\n### Inner\n\n## Two {#own}\n\n## More {.appendix}\n\n### In it\n\n## Free {.unnumbered}\n',
    )
    expect(document.metadata.title).toBe('The title')
    const list = document.sections
      .flatMap((section) => [section, ...section.sections])
      .map(({ number, id, title }) => [number, id, inlineText(title)])
    expect(list).toEqual([
      ['1', 'one', 'One'],
      ['1.1', 'inner', 'Inner'],
      ['2', 'own', 'Two'],
      ['A', 'more', 'More'],
      ['A.1', 'in-it', 'In it'],
      [undefined, 'free', 'Free'],
    ])
  })

  test('levels never skip, whatever the source starts with', () => {
    const { document } = documentOf('#### Deep\n\n###### Deeper\n\n## High\n')
    expect(document.sections.map(({ level, sections }) => [level, sections.map((inner) => inner.level)])).toEqual([
      [1, [2]],
      [1, []],
    ])
  })

  test('notes by first call, figures and tables by place, references by label', () => {
    const source =
      'B[^b] and a[^a], @tbl-x, @fig-y, @sec-z.\n\n| h |\n| - |\n| c |\n\n: Words {#tbl-x}\n\n![Cap](p.png){#fig-y}\n\n## Z {#sec-z}\n\n[^a]: A.\n[^b]: B.\n'
    const { document, messages } = documentOf(source)
    expect(messages).toEqual([])
    expect([...document.notes].map(([label, { number }]) => [label, number])).toEqual([
      ['b', 1],
      ['a', 2],
    ])
    expect([...document.references.values()].map(({ label }) => label.replace(/\u00a0/g, ' '))).toEqual([
      'Table 1',
      'Figure 1',
      'Section 1',
    ])
  })

  test('what points at nothing is told with its place and the nearest name', () => {
    const { messages } = documentOf('## Border {#sec-border}\n\nSee @sec-boarder.\n')
    expect(messages.map(({ code, position, hint }) => [code, position?.line, position?.column, hint])).toEqual([
      ['unresolved-reference', 3, 5, expect.stringContaining('sec-border')],
    ])
    expect(codes('Text[^x].\n').join()).toMatch(/note.* 1:5/)
    expect(codes('---\ntitel: A\n---\n\ntext\n')).toEqual(['unknown-metadata-key 2:1'])
    expect(codes('## A {#x}\n\n## B {#x}\n').join()).toMatch(/^duplicate-id 3:/)
  })
})
