import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { blocksText, inlineText } from '../../src/document/walk.js'
import { makeBrief } from '../../src/editions/brief.js'
import type { Slide, SlidesEdition } from '../../src/editions/edition.js'
import { smallestDensity } from '../../src/editions/fit-slides.js'
import { makeReport } from '../../src/editions/report.js'
import { makeSlides } from '../../src/editions/slides.js'
import { documentOf } from './source.js'

const roomy = { report: () => {} }
const fits = (edition: SlidesEdition) => edition.slides.map(() => -10)
const deck = (source: string) => makeSlides(documentOf(`---\ntitle: Talk\n---\n\n${source}`).document, fits, roomy)
const body = (slide: Slide | undefined) => blocksText(slide?.blocks ?? [])
const notes = (slide: Slide | undefined) => blocksText(slide?.notes ?? [])
const outline = (edition: SlidesEdition) => edition.slides.slice(1).map((slide) => `${slide.layout}: ${inlineText(slide.title)}`)

const long =
  'This item opens with its lead sentence. It then goes on for so long that nobody in the last row of any room could read it in time, with all its detail.'

describe('the outline by rule', () => {
  test('table, figure, quotation and list are slides of their own, a source line stays with its table', () => {
    const edition = deck(
      '## All\n\nBefore.\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\nSource: somewhere.\n\n![Caption](x.svg)\n\n> Said.\n\n- one\n- two\n\nAfter.\n',
    )
    expect(outline(edition)).toEqual(['table: All', 'figure: All', 'quotation: All', 'bullets: All'])
    expect(body(edition.slides[1])).toBe('a b 1 2 Source: somewhere.')
    expect(notes(edition.slides[1])).toBe('Before.')
    expect(notes(edition.slides[4])).toBe('After.')
  })

  test('a long item is shortened to its lead sentence, the whole list stands in the notes', () => {
    const edition = deck(`## List\n\n- short\n- ${long}\n`)
    expect(body(edition.slides[1])).toBe('short This item opens with its lead sentence.')
    expect(notes(edition.slides[1])).toBe(`short ${long}`)
    expect(edition.ledger.find(({ kind }) => kind === 'bullet-list')).toMatchObject({ outcome: 'shortened', place: 'slide 2' })
  })

  test('a deck of parts has a divider for each, other decks have none', () => {
    const part = (name: string) => `## ${name}\n\nIntroduction.\n\n### In ${name}\n\n- point\n`
    expect(outline(deck(part('One') + part('Two')))).toEqual([
      'divider: One',
      'statement: One',
      'bullets: In One',
      'divider: Two',
      'statement: Two',
      'bullets: In Two',
    ])
    expect(outline(deck(`${part('One')}## Two\n\nText.\n\n## Three\n\nText.\n`)).filter((line) => line.startsWith('divider'))).toEqual([])
  })

  test('an agenda leads to the sections, whose first slides carry their ids', () => {
    const edition = deck('## A {#sec-a}\n\nText.\n\n## B\n\n- x\n\n> y\n\n## C\n\nText.\n\n## D\n\nText.\n')
    expect(edition.slides.map(({ id }) => id)).toEqual(['title', 'agenda', 'sec-a', 'b', 'b-2', 'c', 'd'])
    expect(JSON.stringify(edition.slides[1]?.blocks)).toContain('"target":"#sec-a"')
    expect(deck('## Title\n\n- x\n').slides.map(({ id }) => id)).toEqual(['title-2', 'title'])
  })
})

describe('what the author says', () => {
  test('--- starts a new slide', () => {
    const edition = deck('## Two\n\nFirst thing.\n\n---\n\nSecond thing.\n')
    expect(edition.slides.slice(1).map(body)).toEqual(['First thing.', 'Second thing.'])
  })

  test('slides=own shows a block or a section whole; slides=omit and slides=notes keep them off', () => {
    const edition = deck(
      `## One\n\nProse here. All of it. {slides=own}\n\n{slides=own}\n- ${long}\n\n{slides=notes}\n- unseen\n\n## Whole {slides=own}\n\nA paragraph. Two sentences.\n\n- with\n- a list\n\n## Gone {slides=omit}\n\nNever.\n`,
    )
    expect(edition.slides.slice(1).map(body)).toEqual(['Prose here. All of it.', long, 'A paragraph. Two sentences. with a list'])
    expect(notes(edition.slides[2])).toBe('unseen')
  })

  test('speaker notes go with the slide before them, and stand in no other edition', () => {
    const source = '## Point\n\n- one\n\n::: notes\nSay this.\n:::\n\n> Quoted.\n'
    const edition = deck(source)
    expect(edition.slides.slice(1).map(notes)).toEqual(['Say this.', ''])
    const { document } = documentOf(source)
    for (const other of [makeReport(document, roomy), makeBrief(document, () => -5, roomy)]) {
      expect(JSON.stringify({ ...other, ledger: [], document: null })).not.toContain('Say this')
      expect(other.ledger.find(({ excerpt }) => excerpt.startsWith('Say'))).toMatchObject({ outcome: 'omitted-by-rule' })
    }
  })

  test('columns are one slide, and lists can come item by item', () => {
    const edition = deck(
      '## C\n\n:::: columns\n::: column\nLeft.\n:::\n::: column\nRight.\n:::\n::::\n\n{.incremental}\n- one\n\n::: incremental\n1. two\n:::\n',
    )
    expect(outline(edition)).toEqual(['columns: C', 'bullets: C', 'bullets: C'])
    expect(body(edition.slides[1])).toBe('Left. Right.')
    for (const slide of edition.slides.slice(2)) expect(slide.blocks[0]?.attributes?.classes).toContain('incremental')
  })
})

describe('fitting', () => {
  const items = (count: number) => `## List\n\n${Array.from({ length: count }, (_, index) => `- item ${index + 1}`).join('\n')}\n`
  const tall = (edition: SlidesEdition) =>
    edition.slides.map(({ blocks, density }) => {
      const [block] = blocks
      const parts = block?.kind === 'bullet-list' ? block.items.length * 60 : blocksText(blocks).length * 10
      return parts * (1 - density * 0.1) - 400
    })
  const made = (source: string) => {
    const messages: Diagnostic[] = []
    const { document } = documentOf(source)
    return { ...makeSlides(document, tall, { report: (message) => messages.push(message) }), messages }
  }

  test('tightens first, then goes on over more slides', () => {
    const little = made(items(7)).slides[1]
    expect([little?.density, little?.part]).toEqual([1, undefined])
    const parts = made(items(30)).slides.slice(1)
    expect(parts.length).toBeGreaterThan(3)
    expect(parts.map(({ part }) => `${part?.index}/${part?.of}`)).toEqual(parts.map((_, index) => `${index + 1}/${parts.length}`))
    expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length)
    expect(parts.map(body).join(' ')).toBe(Array.from({ length: 30 }, (_, index) => `item ${index + 1}`).join(' '))
  })

  test('what cannot be divided is scaled to a floor, and then is an error at its place', () => {
    const scaled = made(`## Word\n\n> ${'x'.repeat(60)}\n`)
    expect(scaled.slides[1]?.density).toBeGreaterThan(1)
    expect(scaled.messages).toEqual([])
    const divided = made(`## Words\n\n> ${Array.from({ length: 40 }, (_, index) => `word${index}`).join(' ')}\n`)
    expect(divided.messages).toEqual([])
    expect(divided.slides.slice(1).map(body).join(' ')).toBe(Array.from({ length: 40 }, (_, index) => `word${index}`).join(' '))
    const wrong = made(`## Word\n\n> ${'x'.repeat(300)}\n`)
    expect(wrong.slides[1]?.density).toBe(smallestDensity)
    expect(wrong.messages).toMatchObject([
      { severity: 'error', code: 'slide-overflow', position: { line: 3 }, message: expect.stringMatching(/\d+ mm/) },
    ])
  })
})
