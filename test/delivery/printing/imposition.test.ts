import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { imposeSides } from '../../../src/delivery/printing/imposition.js'
import { briefpress, hasTool, output, temporaryFolder } from '../../tools.js'
import { millimetre, numberedPages, orderOf, wordsOnSides } from './sheets.js'

const page = { width: 300, height: 400 }
const plain = { creep: 0, binding: 'left' } as const

describe('imposition in figures', () => {
  test('a folded booklet reads in order, whatever its number of pages', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.constantFrom('left', 'right'), (count, binding) => {
        const sides = imposeSides(Array(count).fill(page), { layout: 'booklet', creep: 0, binding })
        expect(sides.length).toBe(Math.ceil(count / 4) * 2)
        const isFirstColumn = (x: number) => (binding === 'left' ? x < page.width : x >= page.width)
        const found = (side: number, first: boolean) => sides[side]?.placements.find(({ cell }) => isFirstColumn(cell.x) === first)?.page
        // Turning over the leaves from the outermost in: the right halves first, then the left halves back out.
        const inwards = sides.map((_, side) => found(side, side % 2 === 1))
        const outwards = sides.map((_, side) => found(side, side % 2 === 0)).reverse()
        const read = [...inwards, ...outwards]
        expect(read.slice(0, count)).toEqual(Array.from({ length: count }, (_, index) => index))
        expect(read.slice(count).every((index) => index === undefined)).toBe(true)
      }),
    )
  })

  test('pages are never distorted, never leave their part of the sheet and use all of one of its directions', () => {
    const size = fc.record({ width: fc.integer({ min: 50, max: 2000 }), height: fc.integer({ min: 50, max: 2000 }) })
    fc.assert(
      fc.property(
        fc.array(size, { minLength: 1, maxLength: 9 }),
        size,
        fc.constantFrom('booklet', '2up', '4up'),
        (pages, paper, layout) => {
          for (const { placements } of imposeSides(pages, { layout, paper, ...plain }))
            for (const { page: index, cell, box } of placements) {
              const own = pages[index] as { width: number; height: number }
              expect(box.width / own.width).toBeCloseTo(box.height / own.height, 9)
              expect(Math.min(cell.width - box.width, cell.height - box.height)).toBeCloseTo(0, 6)
              expect(box.x).toBeGreaterThanOrEqual(cell.x - 1e-6)
              expect(box.x + box.width).toBeLessThanOrEqual(cell.x + cell.width + 1e-6)
            }
        },
      ),
    )
  })
})

const print = (file: string, ...args: string[]) => {
  const out = file.replace(/\.pdf$/, `-${args.join('').replace(/[^\w]/g, '')}.pdf`)
  const run = briefpress(['print', file, '-o', out, ...args])
  expect([run.code, run.err]).toEqual([0, ''])
  return out
}

describe.skipIf(!hasTool('pdftotext') || !hasTool('qpdf'))('imposition in files', () => {
  test('ten pages make three sheets of a booklet with two empty places before the back cover', () => {
    const booklet = print(numberedPages(temporaryFolder(), 10), '--booklet')
    expect(orderOf(booklet)).toEqual(['1', '2', '10 3', '4 9', '8 5', '6 7'])
    expect(output('qpdf', ['--check', booklet])).toContain('No syntax or stream encoding errors')
    const [first] = wordsOnSides(booklet)
    expect([first?.width, first?.height].map((points) => Math.round((points ?? 0) / millimetre))).toEqual([200, 150])
  })

  test('bound on the right, the first page lies on the left', () => {
    const file = numberedPages(temporaryFolder(), 4)
    expect(orderOf(print(file, '--booklet', '--binding', 'right'))).toEqual(['1 4', '3 2'])
    expect(orderOf(print(file, '--imposition', '4up', '--binding', 'right'))).toEqual(['2 1 4 3'])
  })

  test('creep moves the pages of each inner sheet to the spine by its length, left ones to the right and right ones to the left', () => {
    const file = numberedPages(temporaryFolder(), 12)
    const [still, crept] = [print(file, '--booklet'), print(file, '--booklet', '--creep', '0.4mm')].map(wordsOnSides)
    const shifts = still?.map(({ words }, side) => words.map(({ x }, index) => ((crept?.[side]?.words[index]?.x ?? 0) - x) / millimetre))
    const expected = [0, 0, 0.4, 0.4, 0.8, 0.8].map((shift) => [shift, -shift])
    shifts?.forEach((side, index) => {
      for (const [column, shift] of side.entries()) expect(shift).toBeCloseTo(expected[index]?.[column] ?? Number.NaN, 2)
    })
    expect(shifts?.length).toBe(6)
  })

  test.skipIf(!hasTool('pdftoppm'))('no page reaches over the spine where creep pushes it there', () => {
    const css = '@page { background: #ff0000 } @page :left { background: #0000ff }'
    const file = numberedPages(temporaryFolder(), 8, css)
    const sheets = print(file, '--booklet', '--creep', '4mm')
    const picture = output('pdftoppm', [
      '-r',
      '25.4',
      '-f',
      '3',
      '-l',
      '3',
      '-x',
      '95',
      '-y',
      '75',
      '-W',
      '10',
      '-H',
      '1',
      '-gray',
      '-aa',
      'no',
      '-aaVector',
      'no',
      sheets,
    ])
    const samples = Array.from(picture.slice(-10), (letter) => letter.charCodeAt(0))
    expect(new Set(samples.slice(0, 5)).size).toBe(1)
    expect(new Set(samples.slice(5)).size).toBe(1)
    expect(samples[4]).not.toBe(samples[5])
  })

  test('two and four pages to a side lie in rows on a sheet of the size of a page, the way round that leaves them largest', () => {
    const file = numberedPages(temporaryFolder(), 6)
    const [two, four] = [print(file, '--imposition', '2up'), print(file, '--imposition', '4up')]
    expect(orderOf(two)).toEqual(['1 2', '3 4', '5 6'])
    expect(orderOf(four)).toEqual(['1 2 3 4', '5 6'])
    const sizes = [two, four].map((name) =>
      wordsOnSides(name).map(({ width, height }) => [width, height].map((v) => Math.round(v / millimetre))),
    )
    expect(sizes.map(([size]) => size)).toEqual([
      [150, 100],
      [100, 150],
    ])
    const height = (name: string) => wordsOnSides(name)[0]?.words[0]?.height ?? 0
    expect(height(four) / height(file)).toBeCloseTo(0.5, 2)
    expect(height(two) / height(file)).toBeCloseTo(2 / 3, 2)
  })

  test('ranges choose pages before they are laid out, and paper scales them', () => {
    const file = numberedPages(temporaryFolder(), 9)
    const sheets = print(file, '--booklet', '--pages', '2-4,9', '--paper', 'a3')
    expect(orderOf(sheets)).toEqual(['9 2', '3 4'])
    expect(wordsOnSides(sheets).map(({ width }) => Math.round(width / millimetre))).toEqual([420, 420])
  })

  test('pages with marks are laid out by the size they are cut to', () => {
    const file = numberedPages(temporaryFolder(), 4, '@page { marks: crop; bleed: 3mm }')
    const [side] = wordsOnSides(print(file, '--booklet'))
    expect(Math.round((side?.width ?? 0) / millimetre)).toBe(200)
    expect((side?.words[1]?.x ?? 0) / millimetre).toBeCloseTo(110, 0)
  })

  test.each(['90', '180', '270'])('pages turned by %s degrees stand as a reader shows them', (angle) => {
    const folder = temporaryFolder()
    const file = numberedPages(folder, 2)
    const turned = join(folder, 'turned.pdf')
    output('qpdf', [file, `--rotate=+${angle}`, turned])
    const [shown] = wordsOnSides(turned)
    const [side] = wordsOnSides(print(turned, '--booklet'))
    const right = side?.words.find(({ text }) => text === 'page1')
    expect((right?.x ?? 0) - (side?.width ?? 0) / 2).toBeCloseTo(shown?.words[0]?.x ?? Number.NaN, 1)
    expect(right?.y).toBeCloseTo(shown?.words[0]?.y ?? Number.NaN, 1)
  })

  test('fonts stay fonts, each once in the file; the same input gives the same bytes', () => {
    const file = numberedPages(temporaryFolder(), 8)
    const sheets = print(file, '--booklet')
    const fonts = (name: string) =>
      output('pdffonts', [name])
        .trim()
        .split('\n')
        .slice(2)
        .map((line) => line.slice(0, 60))
    expect(fonts(sheets)).toEqual(fonts(file))
    expect(output('qpdf', ['--qdf', '--object-streams=disable', sheets, '-']).match(/\/FontFile2/g)?.length).toBe(fonts(file).length)
    expect(readFileSync(print(file, '--booklet', '--paper', 'a4')).equals(readFileSync(print(file, '--booklet', '--paper', 'A4')))).toBe(
      true,
    )
  })
})
