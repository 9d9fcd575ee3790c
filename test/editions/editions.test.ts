import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { blocksText, inlineText } from '../../src/document/walk.js'
import { makeBrief } from '../../src/editions/brief.js'
import type { BriefEdition, LedgerEntry, SlidesEdition } from '../../src/editions/edition.js'
import { makeReport } from '../../src/editions/report.js'
import { firstSentences, sentencesOf } from '../../src/editions/sentences.js'
import { makeSlides } from '../../src/editions/slides.js'
import { documentOf } from './source.js'

const quiet = () => {}
/** Height in lines of 60 characters, smaller where the setting is tighter; the page has `room`. */
const briefMeasure = (room: number) => (edition: BriefEdition) => {
  const blocks = [...edition.items.flatMap((item) => item.blocks), ...(edition.feature?.blocks ?? [])]
  const lines = blocks.reduce((sum, block) => sum + Math.ceil(blocksText([block]).length / 60) + 1, 0)
  return lines * 15 * (1 - edition.tight * 0.08 - edition.small * 0.08) - room
}
const fits = (edition: SlidesEdition) => edition.slides.map(() => -10)
const roomy = { report: quiet }

const sections = Array.from(
  { length: 6 },
  (_, index) => `## Section ${index + 1} {priority=${(index % 4) + 1}}\n\n${'A sentence of some length stands here. '.repeat(4)}\n`,
).join('\n')

describe('brief', () => {
  test('marks of the author', () => {
    const { document } = documentOf(
      '## In\n\nFirst one. Second one. Third one.\n\n## Out {brief=omit}\n\nGone.\n\n## Full {brief=full}\n\nAll of it. Really all. Each word.\n\n::: {only=brief}\nFor the brief.\n:::\n\n## App {.appendix}\n\nNot here.\n',
    )
    const edition = makeBrief(document, () => -5, roomy)
    const text = edition.items.map((item) => `${inlineText(item.lead)}: ${blocksText(item.blocks)}`)
    expect(text).toEqual(['In: First one. Second one.', 'Full: All of it. Really all. Each word. For the brief.'])
    const outcome = (excerpt: string) => edition.ledger.find((entry) => entry.excerpt.startsWith(excerpt))?.outcome
    expect([outcome('Gone'), outcome('Not here'), outcome('First one')]).toEqual(['omitted-by-author', 'omitted-by-rule', 'shortened'])
  })

  test('tightens before it drops, and drops the least important first', () => {
    const { document } = documentOf(sections)
    const comfortable = makeBrief(document, briefMeasure(5000), roomy)
    expect([comfortable.tight, comfortable.items.length]).toEqual([0, 6])
    const tight = makeBrief(document, briefMeasure(250), roomy)
    expect(tight.items.length).toBe(6)
    expect(tight.tight).toBeGreaterThan(0)
    const cut = makeBrief(document, briefMeasure(120), roomy)
    expect(cut.items.length).toBeLessThan(6)
    const priority = (title: string) => ((Number(title.match(/\d+/)?.[0]) - 1) % 4) + 1
    const dropped = cut.ledger
      .filter((entry) => entry.outcome === 'cut-to-fit' && entry.kind === 'section')
      .map((entry) => priority(entry.excerpt))
    expect(dropped).toContain(4)
    expect(Math.min(...dropped)).toBeGreaterThanOrEqual(Math.max(...cut.items.map((item) => item.priority)))
    expect(cut.items.some((item) => item.priority === 1)).toBe(true)
  })

  test('takes few measures', () => {
    const { document } = documentOf(sections)
    let calls = 0
    const measure = briefMeasure(150)
    makeBrief(document, (edition) => measure(edition) + 0 * ++calls, roomy)
    expect(calls).toBeLessThanOrEqual(12)
  })

  test('an item of a list can be left out, be asked for, and go before the rest', () => {
    const { document } = documentOf(
      '## List {brief=full priority=1}\n\n- keep me\n- drop me {priority=5}\n- not me {brief=omit}\n- me first. And not this. {brief=lead}\n\n### Deep\n\n- no\n- asked for {brief=full}\n',
    )
    const all = makeBrief(document, () => -5, roomy)
    expect(all.items.map(({ blocks }) => blocksText(blocks))).toEqual(['keep me drop me me first.', 'asked for'])
    const cut = makeBrief(
      document,
      (edition) => (blocksText(edition.items.flatMap(({ blocks }) => blocks)).includes('drop') ? 50 : -5),
      roomy,
    )
    expect(cut.items.map(({ blocks }) => blocksText(blocks))).toEqual(['keep me me first.', 'asked for'])
    const said = (words: string) => cut.ledger.find(({ excerpt, kind }) => kind === 'list-item' && excerpt.startsWith(words))
    expect(said('drop me')).toMatchObject({ outcome: 'cut-to-fit', reason: 'priority 5' })
    expect(said('not me')).toMatchObject({ outcome: 'omitted-by-author', reason: 'brief=omit' })
  })

  test('content goes before size, and size before air', () => {
    const { document } = documentOf(sections)
    const rooms = Array.from({ length: 24 }, (_, step) => 90 + step * 12)
    const made = rooms.map((room) => makeBrief(document, briefMeasure(room), roomy))
    const words = made.map((edition) => blocksText(edition.items.flatMap(({ blocks }) => blocks)).length)
    expect([...words].sort((a, b) => a - b)).toEqual(words)
    for (const [index, edition] of made.entries()) {
      if (edition.small > 0) expect(edition.tight).toBe(1)
      expect(briefMeasure(rooms[index] ?? 0)(edition)).toBeLessThanOrEqual(0.5)
    }
    expect(new Set(made.map(({ small }) => small)).size).toBeGreaterThan(2)
    expect(new Set(made.map(({ tight }) => tight)).size).toBeGreaterThan(2)
  })

  test('what may run on does, with all that must stay and at a comfortable size', () => {
    const messages: Diagnostic[] = []
    const { document } = documentOf('## Must {priority=1}\n\nWords that must stay.\n')
    const edition = makeBrief(document, () => 96, { report: (message) => messages.push(message), allowOverflow: true })
    expect([edition.runsOn, edition.tight, messages.length]).toEqual([true, 0, 0])
  })

  test('what must stay and does not fit is an error that says by how much', () => {
    const messages: Diagnostic[] = []
    const { document } = documentOf('## Must {priority=1}\n\nWords that must stay.\n')
    const edition = makeBrief(document, () => 96, { report: (message) => messages.push(message) })
    expect([edition.tight, edition.small]).toEqual([1, 1])
    expect(messages).toMatchObject([{ severity: 'error', code: 'brief-overflow', message: expect.stringContaining('26 mm') }])
    expect(messages[0]?.related?.map(({ position, excerpt }) => [position.line, excerpt])).toEqual([
      [1, 'Must'],
      [3, 'Words that must stay.'],
    ])
  })
})

describe('slides', () => {
  test('one idea a slide, prose in the notes', () => {
    const { document } = documentOf(
      '# Talk\n\n## Purposes\n\nFour are named:\n\n- one\n- two\n\nMore prose here.\n\n## Prose\n\nFirst sentence. Second sentence.\n\nOther paragraph. With more.\n',
    )
    const { slides } = makeSlides(document, fits, roomy)
    expect(slides.map(({ layout, title }) => [layout, inlineText(title)])).toEqual([
      ['title', 'Talk'],
      ['bullets', 'Purposes'],
      ['statement', 'Prose'],
    ])
    expect(blocksText(slides[1]?.blocks ?? [])).toBe('Four are named: one two')
    expect(blocksText(slides[1]?.notes ?? [])).toContain('More prose here.')
    expect(blocksText(slides[2]?.blocks ?? [])).toBe('First sentence.')
    expect(blocksText(slides[2]?.notes ?? [])).toBe('First sentence. Second sentence. Other paragraph. With more.')
  })

  test('a slide that is too long goes on over others, each marked', () => {
    const { document } = documentOf(`## List\n\n${Array.from({ length: 20 }, (_, index) => `- item ${index + 1}`).join('\n')}\n`)
    const measure = (edition: SlidesEdition) =>
      edition.slides.map(({ blocks }) => (blocks[0]?.kind === 'bullet-list' ? blocks[0].items.length * 40 - 240 : -1))
    const { slides } = makeSlides(document, measure, roomy)
    const parts = slides.filter(({ part }) => part)
    expect(parts.map(({ part }) => part)).toEqual(parts.map((_, index) => ({ index: index + 1, of: parts.length })))
    expect(blocksText(parts.flatMap(({ blocks }) => blocks))).toBe(Array.from({ length: 20 }, (_, index) => `item ${index + 1}`).join(' '))
  })
})

describe('audience', () => {
  const source =
    '## Open\n\nPublic [secret]{audience=internal} words[^n].\n\n::: {audience=internal}\nSecret block[^s].\n:::\n\n## Secret head {audience=internal}\n\nSecret text.\n\n[^n]: Open note.\n[^s]: Secret note.\n'
  test('withheld text is nowhere in an edition, its source included', () => {
    const { document } = documentOf(source)
    for (const edition of [makeReport(document, roomy), makeBrief(document, () => -5, roomy), makeSlides(document, fits, roomy)]) {
      const held = JSON.stringify({ ...edition, document: { ...edition.document, notes: [...edition.document.notes.values()] } })
      expect(held, edition.name).not.toMatch(/secret (block|text|note)/i)
      expect(edition.ledger.some(({ outcome }) => outcome === 'withheld')).toBe(true)
    }
  })
  test('the audience reads it', () => {
    const edition = makeReport(documentOf(source).document, { report: quiet, audience: 'internal' })
    expect(JSON.stringify(edition.sections)).toContain('Secret block')
    expect([...edition.document.notes.keys()]).toEqual(['n', 's'])
  })
})

describe('sentences', () => {
  test('abbreviations end no sentence', () => {
    expect(sentencesOf('Lt. Gen. Saichay led it. He is well, e.g. rested. Done.', 'en')).toEqual([
      'Lt. Gen. Saichay led it.',
      'He is well, e.g. rested.',
      'Done.',
    ])
  })
  test('markup is kept, and first sentences with the rest are the whole', () => {
    const { document } = documentOf('One *two three*. Four **five. Six** seven.\n')
    const block = document.preamble[0]
    if (block?.kind !== 'paragraph') throw new Error('no paragraph')
    const cut = { count: 1, language: 'en' }
    expect(inlineText(firstSentences(block.content, cut).inlines)).toBe('One two three.')
    expect(inlineText(firstSentences(block.content, { ...cut, rest: true }).inlines)).toBe('Four five. Six seven.')
  })
})

describe('ledger', () => {
  const word = fc.stringMatching(/^[a-z]{4,9}$/)
  const paragraph = fc.array(word, { minLength: 3, maxLength: 25 }).map((words) => `${words.join(' ')}.`)
  const list = fc.array(paragraph, { minLength: 1, maxLength: 9 }).map((items) => items.map((item) => `- ${item}`).join('\n'))
  const table = fc
    .array(word, { minLength: 1, maxLength: 12 })
    .map((cells) => `| head |\n| --- |\n${cells.map((cell) => `| ${cell} |`).join('\n')}`)
  const quote = paragraph.map((text) => `> ${text}`)
  const section = fc
    .tuple(fc.integer({ min: 1, max: 4 }), word, fc.array(fc.oneof(paragraph, list, table, quote), { maxLength: 5 }))
    .map(([level, title, blocks]) => `${'#'.repeat(level)} ${title}\n\n${blocks.join('\n\n')}`)
  const source = fc.array(section, { minLength: 1, maxLength: 6 }).map((parts) => `---\ntitle: Title\n---\n\n${parts.join('\n\n')}\n`)
  const places = (ledger: readonly LedgerEntry[]) => ledger.map(({ position }) => `${position.line}:${position.column}`)

  test('every block of any source is accounted for exactly once, and slides hold every word', () => {
    fc.assert(
      fc.property(source, (text) => {
        const { document } = documentOf(text)
        const expected = new Set(text.match(/\b[a-z]{4,9}\b/g) ?? [])
        for (const name of ['title', 'head']) expected.delete(name)
        const report = makeReport(document, roomy)
        const brief = makeBrief(document, briefMeasure(600), roomy)
        const slides = makeSlides(document, (edition) => edition.slides.map(({ blocks }) => blocksText(blocks).length - 400), roomy)
        const wanted = places(report.ledger)
        expect(new Set(wanted).size).toBe(wanted.length)
        expect(places(brief.ledger)).toEqual(wanted)
        expect(places(slides.ledger)).toEqual(wanted)
        const shown = slides.slides
          .map((slide) => `${inlineText(slide.title)} ${blocksText(slide.blocks)} ${blocksText(slide.notes)}`)
          .join(' ')
        for (const name of expected) expect(shown).toContain(name)
      }),
      { numRuns: 60 },
    )
  })
})
