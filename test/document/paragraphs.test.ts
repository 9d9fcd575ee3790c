import { describe, expect, test } from 'vitest'
import { eachSection } from '../../src/document/outline.js'
import { documentOf } from '../editions/source.js'

const body = `Before.

## One

First.

- a list has none

Second. {#par-two}

### Deeper

Third, not @par-two.

| A |
| --- |
| x |

Source: none of its own.

Elsewhere. {only=brief}

## Two

Fourth.

# More {.appendix}

Again.
`

function numbers(value: string) {
  const { document, messages } = documentOf(`---\ntitle: T\nnumberParagraphs: ${value}\n---\n\n${body}`)
  const sections = [...eachSection(document.sections)]
  const found = sections.flatMap((section) => section.blocks).flatMap((block) => (block.kind === 'paragraph' ? [block.number ?? '–'] : []))
  const labels = [...document.references.values()].map((target) => target.label)
  return { found, labels, messages, headings: sections.map((section) => section.number ?? '–') }
}

describe('numbered paragraphs', () => {
  test('run through the text, and by letter through appendices', () => {
    const { found, labels, messages } = numbers('true')
    expect(found).toEqual(['1', '2', '3', '–', '–', '4', 'A1'])
    expect(labels).toEqual(['Paragraph 2'])
    expect(messages).toEqual([])
  })

  test('by section they take the second level, and subheadings have no numbers', () => {
    const { found, labels, headings } = numbers('section')
    expect(found).toEqual(['1.1', '1.2', '1.3', '–', '–', '2.1', 'A.1'])
    expect(labels).toEqual(['Paragraph 1.2'])
    expect(headings).toEqual(['1', '–', '2', 'A'])
  })

  test('without them a reference to one is told', () => {
    const { found, messages } = numbers('false')
    expect(new Set(found)).toEqual(new Set(['–']))
    expect(messages).toMatchObject([{ code: 'unresolved-reference' }])
  })
})
