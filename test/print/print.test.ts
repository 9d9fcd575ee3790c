/**
 * Documents as designers of print write them, each with a style sheet of its own: what a reader would see in the PDF. Places are in mm from the
 * page's upper left corner.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { hasTool, output, projectFolder, temporaryFolder } from '../tools.js'

const folder = join(projectFolder, 'test', 'print')
const out = temporaryFolder()
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.html'))
  .map((file) => file.replace('.html', ''))
let messages = ''

interface Word {
  readonly page: number
  readonly text: string
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const pdf = (name: string): string => join(out, `${name}.pdf`)
/** In the order of painting. */
const pageText = (name: string, page: number): string =>
  output('pdftotext', ['-raw', '-f', `${page}`, '-l', `${page}`, pdf(name), '-']).replace(/\s+/g, ' ')
const linesOf = (name: string, page: number): readonly string[] =>
  output('pdftotext', ['-layout', '-f', `${page}`, '-l', `${page}`, pdf(name), '-']).split('\n')
/** What a reader who listens hears, in that order. */
const spokenText = (name: string): string =>
  [...output('pdfinfo', ['-struct-text', pdf(name)]).matchAll(/^\s*"(.*)"$/gm)]
    .map(([, text]) => text)
    .join('')
    .replace(/\s+/g, ' ')
const pageCount = (name: string): number => Number(/Pages:\s+(\d+)/.exec(output('pdfinfo', [pdf(name)]))?.[1])

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }

function words(name: string): readonly Word[] {
  const mm = (points: string | undefined) => (Number(points) * 25.4) / 72
  const pages = output('pdftotext', ['-bbox', pdf(name), '-'])
    .split('<page ')
    .slice(1)
  return pages.flatMap((text, page) =>
    [...text.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g)].map((found) => ({
      page: page + 1,
      text: (found[5] ?? '').replace(/&\w+;/g, (entity) => entities[entity] ?? entity),
      left: mm(found[1]),
      top: mm(found[2]),
      right: mm(found[3]),
      bottom: mm(found[4]),
    })),
  )
}

/** The first of some words that follow one another. */
function find(name: string, text: string, page = 1): Word {
  const wanted = text.split(' ')
  const all = words(name).filter((word) => word.page === page)
  const found = all.find((_, index) => wanted.every((one, offset) => all[index + offset]?.text === one))
  if (!found) throw new Error(`"${text}" is not on page ${page} of ${name}`)
  return found
}

const inOrder = (text: string, parts: readonly string[]): void => {
  const places = parts.map((part) => text.indexOf(part))
  expect(places, parts.join(' … ')).toEqual([...places].sort((a, b) => a - b))
  expect(places).not.toContain(-1)
}

describe.skipIf(!hasTool('pdftotext') || !hasTool('pdfinfo'))('documents for print', () => {
  beforeAll(() => {
    const batch = names.map((name) => `${join(folder, name)}.html\t${pdf(name)}\n`).join('')
    const run = spawnSync(process.execPath, [join(projectFolder, 'dist', 'cli.js'), 'pdf', '--batch'], { input: batch, encoding: 'utf8' })
    messages = run.stderr
  })

  test('nothing in them is unknown, and all are tagged', () => {
    expect(messages).toBe('')
    for (const name of names) expect(output('pdfinfo', [pdf(name)])).toMatch(/Tagged:\s+yes/)
  })

  test('letter: the address is in the window, the text under it, and the second page says so', () => {
    expect(pageCount('letter')).toBe(2)
    const [first, last] = [find('letter', 'Ms Chantha'), find('letter', 'CAMBODIA')]
    expect(first.left).toBeCloseTo(25, 0)
    expect(first.top).toBeGreaterThan(62)
    expect(last.bottom).toBeLessThan(90)
    expect(find('letter', 'Tonlé Instruments, 14').bottom).toBeLessThan(first.top)
    expect(find('letter', 'Your reference').left).toBeCloseTo(125, 0)
    expect(find('letter', 'Your order of flood').top).toBeCloseTo(98.4, 0)
    expect(pageText('letter', 1)).not.toContain('Page 1')
    expect(pageText('letter', 2)).toMatch(/Page 2 of 2/)
    expect(find('letter', '2 of 2', 2).right).toBeLessThan(190.2)
    for (const page of [1, 2]) expect(pageText('letter', page)).toContain('IBAN GB12 SOLB')
    expect(pageText('letter', 2)).toMatch(/Yours sincerely, Anna Kerr Head of sales/)
    inOrder(spokenText('letter'), [
      'Ms Chantha Meas',
      'Your reference',
      'Dear Ms Meas',
      'Set the gauges',
      'Note the height',
      'Yours sincerely',
    ])
  })

  test('invoice: figures stand under each other, heads repeat, totals stay together', () => {
    expect(pageCount('invoice')).toBe(2)
    for (const page of [1, 2])
      expect(linesOf('invoice', page).some((line) => /No\.\s+Item\s+Quantity\s+Price £\s+Amount £/.test(line))).toBe(true)
    const amounts = ['640.00', '2,180.00', '1,026.00'].map(
      (text) =>
        words('invoice')
          .filter((word) => word.text === text)
          .at(-1) as Word,
    )
    for (const amount of amounts) expect(amount.right).toBeCloseTo(190, 0)
    const totals = ['32,593.75', '6,518.75', '39,112.50'].map((text) => find('invoice', text, 2))
    for (const total of totals) expect(total.right).toBeCloseTo(190, 0)
    expect(pageText('invoice', 2)).toMatch(/How to pay|HOW TO PAY/)
    const rows = [1, 2].flatMap((page) => linesOf('invoice', page).flatMap((line) => /^\s*(\d+)\s{2,}\D/.exec(line)?.[1] ?? []))
    expect(rows).toEqual(Array.from({ length: 28 }, (_, index) => `${index + 1}`))
    expect(find('invoice', 'Date').top).toBeCloseTo(find('invoice', '18 March').top, 0)
  })

  test('newsletter: two columns, a figure that stays whole, a quotation over both columns', () => {
    expect(pageCount('newsletter')).toBe(2)
    expect(find('newsletter', 'The water').left).toBeCloseTo(18, 0)
    expect(find('newsletter', 'Slugs: what').left).toBeCloseTo(18 + 83 + 8, 0)
    const quotation = find('newsletter', '“I put')
    const [before, after] = [find('newsletter', 'Eggshells made'), find('newsletter', 'The longest')]
    expect(quotation.top).toBeGreaterThan(before.bottom)
    expect(after.top).toBeGreaterThan(quotation.bottom)
    expect((quotation.left + find('newsletter', 'and they were').left) / 2).toBeLessThan(105)
    expect(find('newsletter', 'Wool pellets').page).toBe(find('newsletter', 'Lettuces left').page)
    for (const [day, event] of [
      ['11 April', 'Seed swap,'],
      ['13 June', 'Open day'],
    ] as const)
      expect(find('newsletter', day).top).toBeCloseTo(find('newsletter', event).top, 0)
    inOrder(spokenText('newsletter'), [
      'The water is back on',
      'Seed swap',
      'Slugs: what worked',
      'I put them over',
      'The longest debate',
      'Plot to let',
      'The next meeting',
    ])
    expect(pageText('newsletter', 2)).toMatch(/push it under the shed door/)
  })

  test('book: a drop cap over three lines, notes on the page that calls them, heads by side', () => {
    expect(pageCount('book')).toBe(4)
    const lines = ['left a piano', 'two pear trees', 'the keys,'].map((text) => find('book', text))
    const [second, third, fourth] = lines as [Word, Word, Word]
    expect(second.left).toBeGreaterThan(24)
    expect(third.left).toBeCloseTo(second.left, 1)
    expect(fourth.left).toBeCloseTo(18, 0)
    expect(pageText('book', 1)).toMatch(/There was a college at Stowell/)
    expect(pageText('book', 2)).toMatch(/A roll of 1388/)
    expect(find('book', 'There was a college').top).toBeGreaterThan(find('book', 'back, what').bottom - 20)
    expect(pageText('book', 1)).not.toMatch(/The Ferryman’s Ledger$/)
    expect(linesOf('book', 2)[0]).toMatch(/^\s*2\s+The Ferryman’s Ledger/)
    expect(linesOf('book', 3)[0]).toMatch(/^\s*What the River Kept\s+3/)
    expect(find('book', '2', 2).left).toBeCloseTo(15, 0)
    expect(find('book', 'What the River Kept', 3).left).toBeCloseTo(18, 0)
    inOrder(spokenText('book'), [
      'When the water went down',
      'the schoolmaster',
      'There was a college',
      'A roll of 1388',
      'What does it play?',
      'She came every summer',
    ])
    // The piano's lines keep clear of single lines at the ends of pages.
    for (const page of [1, 2, 3]) expect(linesOf('book', page).filter((line) => line.trim() !== '').length).toBeGreaterThan(15)
  })

  test('report: numbered captions, a chart with its words, a head of two rows on both pages', () => {
    expect(pageCount('report')).toBe(2)
    expect(pageText('report', 1)).toMatch(/Figure 1\. Visits a month/)
    expect(pageText('report', 1)).toMatch(/Table 1\. Visits, waiting time/)
    expect(find('report', 'Figure 1.').bottom).toBeLessThan(find('report', 'January').top)
    for (const page of [1, 2]) expect(pageText('report', page)).toContain('Median wait, min')
    expect(pageText('report', 1)).not.toContain('44,400')
    expect(find('report', '48,210', 2).top).toBeCloseTo(find('report', 'All', 2).top, 1)
    expect(pageText('report', 1)).not.toContain('1 / 2 District')
    expect(pageText('report', 2)).toContain('District clinics, first quarter 2026 2 / 2')
    const [visits, wait, stocked] = [find('report', '48,210'), find('report', '34 min'), find('report', '7 of 10')]
    expect(wait.left - visits.left).toBeCloseTo(stocked.left - wait.left, 1)
  })

  test('slides: one page each, of 16 to 9', () => {
    expect(pageCount('slides')).toBe(5)
    const [, width = '0', height = '1'] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(output('pdfinfo', [pdf('slides')])) ?? []
    expect(Number(width) / Number(height)).toBeCloseTo(16 / 9, 2)
    expect(pageText('slides', 1)).not.toContain('River told us 1')
    expect(pageText('slides', 3)).toMatch(/Sompoy 2,015 19/)
    const title = find('slides', 'What the river')
    expect((title.top + find('slides', 'Five years').bottom) / 2).toBeCloseTo(95, -1)
    const quotation = find('slides', '“The siren', 4)
    const [line, source] = [find('slides', 'cannot hear', 4), find('slides', 'Farmer,', 4)]
    expect(quotation.left).toBeLessThan(source.left - 3)
    expect(line.left).toBeCloseTo(source.left, 0)
    expect(pageText('slides', 5)).toMatch(/1\. Two more gauges.*2\. Warnings.*3\. One rehearsal/)
  })

  test('certificate: one landscape page, everything on its axis', () => {
    expect(pageCount('certificate')).toBe(1)
    expect(output('pdfinfo', [pdf('certificate')])).toMatch(/Page size:\s+841\.89 x 595\.2/)
    for (const [from, to] of [
      ['Certificate', 'Certificate'],
      ['Nimmi', 'Perera'],
      ['Master', 'Vessels'],
      ['HSN', 'HSN'],
      ['No.', '2026/0117'],
    ] as const)
      expect((find('certificate', from).left + find('certificate', to).right) / 2, from).toBeCloseTo(148.5, 0)
    expect(find('certificate', 'Captain').top).toBeCloseTo(find('certificate', 'Ines').top, 1)
  })

  test('menu: dots reach from each dish to prices on one edge', () => {
    expect(pageCount('menu')).toBe(1)
    const prices = ['6', '8.50', '11', '10.50', '21', '24', '17', '19.50', '12'].map((text) =>
      words('menu').find((word) => word.text === text),
    )
    for (const price of prices) expect(price?.right).toBeCloseTo(130, 0)
    expect(linesOf('menu', 1).filter((line) => /\w\s+(\. ){3,}.*\d$/.test(line.trimEnd())).length).toBe(11)
    expect(find('menu', 'with anchovy').top).toBeCloseTo(find('menu', '24').top, 0)
  })

  test('badges: eight on a page at equal distances, names in the middle of each', () => {
    expect(pageCount('badges')).toBe(2)
    const [first, second, below] = [find('badges', 'Sokha'), find('badges', 'Wren'), find('badges', 'Ivy')]
    const middle = (name: Word, last: Word) => (name.left + last.right) / 2
    expect(middle(first, find('badges', 'Chea'))).toBeCloseTo(15 + 42.5, 0)
    expect(middle(second, find('badges', 'Okafor'))).toBeCloseTo(15 + 85 + 10 + 42.5, 0)
    expect(below.top - first.top).toBeCloseTo(2 * 64, 0)
    expect(pageText('badges', 2)).toMatch(/Aoife Ní Bhriain.*Tom Ash/)
    expect(find('badges', 'Hohenfels-Reichenstein').top).toBeGreaterThan(find('badges', 'Maximilian').bottom - 2)
  })

  test('two languages: each paragraph begins level with its translation', () => {
    expect(pageCount('bilingual')).toBe(1)
    const khmer = words('bilingual').filter((word) => /[\u1780-\u17ff]/.test(word.text))
    for (const word of khmer) expect(word.left).toBeGreaterThan(20 + 80 + 9)
    for (const [english, translation] of [
      ['Opening', 'ម៉ោងបើក'],
      ['Books', 'សៀវភៅ'],
      ['Silence', 'ភាពស្ងៀមស្ងាត់'],
    ] as const) {
      const other = khmer.find((word) => word.text === translation) as Word
      expect(
        Math.abs((find('bilingual', english).bottom + find('bilingual', english).top - other.top - other.bottom) / 2),
        english,
      ).toBeLessThan(2)
    }
    inOrder(pageText('bilingual', 1), [
      'The reading room',
      'បន្ទប់អាន',
      'Opening hours',
      'ម៉ោងបើក',
      'Who may come',
      'អ្នកណាអាចចូលបាន',
      'Silence',
    ])
    expect(pageText('bilingual', 1)).toContain('បន្ទប់អាន')
  })
})
