import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fragment, LaidOutDocument } from '../../src/layout/fragment.js'
import { rectangles } from './rectangles.js'

const page = '@page { size: 600px 400px; margin: 0 } body { margin: 0; font: 20px/25px "Source Serif 4" } p { margin: 0 }'
const html = (body: string, css = '') => `<!doctype html><html lang="en"><title>T</title><style>${page} ${css}</style><body>${body}`

/** Rectangles by id, as [page, x, y, width, height]; several where the box goes on. */
async function places(body: string, css = ''): Promise<Record<string, number[][]>> {
  const { found } = await rectangles(html(body, css))
  const byId: Record<string, number[][]> = {}
  for (const { id, page: at, x, y, width, height } of found) {
    const known = byId[id] ?? []
    known.push([at, x, y, width, height].map((one) => Math.round(one * 100) / 100))
    byId[id] = known
  }
  return byId
}

/** A grid with items that are given by their own CSS, named a, b, c and so on. */
const grid = (css: string, ...items: string[]) =>
  `<div id="grid" style="display: grid; ${css}">${items.map((style, at) => `<div id="${String.fromCharCode(97 + at)}" style="${style}"></div>`).join('')}</div>`

/** The text of each page, in the order it is painted. */
function textOf({ pages }: LaidOutDocument): string[] {
  const read = (fragment: Fragment): string => {
    if (fragment.kind === 'text') return fragment.run.text
    return fragment.kind === 'box' || fragment.kind === 'line' ? fragment.children.map((child) => read(child.fragment)).join(' ') : ''
  }
  return pages.map(({ content }) => content.map(({ fragment }) => read(fragment)).join(' '))
}

const words = (from: number, count: number) => Array.from({ length: count }, (_, at) => `w${from + at}`).join(' ')
const wordsIn = (text: string) => text.match(/w\d+/g) ?? []

describe('placement', () => {
  test('areas by name, whatever the order in the document', async () => {
    const found = await places(
      grid("grid-template: 'head head' 40px 'side main' 60px / 100px 200px", 'grid-area: main', 'grid-area: head', 'grid-area: side'),
    )
    expect([found.a, found.b, found.c]).toEqual([[[0, 100, 40, 200, 60]], [[0, 0, 0, 300, 40]], [[0, 0, 40, 100, 60]]])
  })
  test('a span that does not fit starts the next row, and dense packing fills what it left', async () => {
    const items = ['grid-column: span 2', 'grid-column: span 2', '']
    const sparse = await places(grid('grid: auto-flow 30px / repeat(3, 50px)', ...items))
    const dense = await places(grid('grid: auto-flow dense 30px / repeat(3, 50px)', ...items))
    expect([sparse.b?.[0]?.slice(1, 3), sparse.c?.[0]?.slice(1, 3)]).toEqual([
      [0, 30],
      [100, 30],
    ])
    expect(dense.c?.[0]?.slice(1, 3)).toEqual([100, 0])
  })
  test('implicit tracks before the explicit ones repeat their pattern backwards', async () => {
    const found = await places(grid('grid: 20px / 50px; grid-auto-columns: 10px 30px', 'grid-column: -4', 'grid-column: 1'))
    expect(found.a?.[0]?.[3]).toBe(10)
    expect(found.b?.[0]?.[1]).toBe(40)
  })
  test('text makes an anonymous item, and a child without a box leaves its children', async () => {
    const found = await places(
      '<div style="display: grid; grid-template-columns: 100px 100px 100px; grid-auto-rows: 30px">text <b id="a"></b><span style="display: contents"><i id="b"></i></span></div>',
    )
    expect([found.a, found.b]).toEqual([[[0, 100, 0, 100, 30]], [[0, 200, 0, 100, 30]]])
  })
})

describe('track sizes', () => {
  test.each([
    ['1fr 2fr', 300, [100, 200]],
    ['100px 1fr minmax(50px, 1fr)', 300, [100, 100, 100]],
    ['minmax(10px, 50px) minmax(10px, 500px)', 300, [50, 250]],
    ['20% 0.25fr', 400, [80, 80]],
    ['auto auto', 300, [150, 150]],
    ['repeat(auto-fill, 80px)', 300, [80, 80, 80]],
    ['repeat(auto-fit, minmax(80px, 1fr))', 300, [100, 100, 100]],
    ['fit-content(40px) 1fr', 300, [0, 300]],
  ])('%s in %i px', async (columns, width, sizes) => {
    const found = await places(grid(`width: ${width}px; grid: 10px / ${columns}`, ...sizes.map(() => '')))
    expect(
      'abc'
        .slice(0, sizes.length)
        .split('')
        .map((id) => found[id]?.[0]?.[3]),
    ).toEqual(sizes)
  })
  test('an item over automatic columns shares what they lack', async () => {
    const found = await places(
      grid(
        'justify-content: start; grid: 10px / auto auto 30px',
        'grid-column: span 2; width: 100px',
        '',
        'grid-column: 1',
        'grid-column: 2',
      ),
    )
    expect([found.c?.[0]?.[3], found.d?.[0]?.[3]]).toEqual([50, 50])
  })
  test('rows take their largest item, percentages count from the height that makes', async () => {
    const found = await places(grid('grid-template-rows: auto 50%', 'height: 60px', 'height: 40px', 'height: 10px'))
    expect(found.grid?.[0]?.[4]).toBe(110)
    expect(found.c?.[0]?.[2]).toBe(115)
  })
  test('grids in grids, twelve deep, take no longer than their count', async () => {
    const nested = Array.from({ length: 12 }).reduce<string>(
      (inner) => `<div style="display: grid; grid-template-columns: auto 1fr; padding: 1px">${inner}<p>x</p></div>`,
      '<p id="a">core</p>',
    )
    const found = await places(nested)
    expect(found.a?.[0]?.slice(1, 3)).toEqual([12, 12])
  })
})

describe('alignment', () => {
  test.each([
    ['center', 125],
    ['end', 250],
    ['stretch', 0],
    ['right', 250],
    ['left', 0],
  ])('justify-self: %s', async (value, x) => {
    expect((await places(grid('grid: 50px / 300px', `width: 50px; justify-self: ${value}`))).a?.[0]?.[1]).toBe(x)
  })
  test('what overflows its area stays inside at the start only where that is asked for', async () => {
    const found = await places(grid('grid: 50px / 100px 100px', 'width: 140px; justify-self: end', 'width: 140px; justify-self: safe end'))
    expect([found.a?.[0]?.[1], found.b?.[0]?.[1]]).toEqual([-40, 100])
  })
  test('from right to left the first column is at the right', async () => {
    const found = await places(grid('direction: rtl; width: 300px; grid: 20px / 100px 1fr', '', 'margin-right: 10px'))
    expect([found.a, found.b]).toEqual([[[0, 200, 0, 100, 20]], [[0, 0, 0, 190, 20]]])
  })
  test('first lines of text share a baseline', async () => {
    const found = await places(
      '<div style="display: grid; grid-template-columns: 100px 100px; align-items: baseline"><p id="a">low</p><p id="b" style="font-size: 40px; line-height: 50px">high</p></div>',
    )
    expect(found.a?.[0]?.[2]).toBeGreaterThan(5)
    expect(found.b?.[0]?.[2]).toBe(0)
  })
})

describe('pages', () => {
  test('break between rows, keep values of break-before and break-inside, and begin a page without the gap', async () => {
    const found = await places(grid('gap: 20px', 'height: 300px', 'height: 150px', 'height: 100px; break-before: page', 'height: 50px'))
    expect(found.b?.[0]?.slice(0, 3)).toEqual([1, 0, 0])
    expect(found.c?.[0]?.slice(0, 3)).toEqual([2, 0, 0])
    expect(found.d?.[0]?.slice(0, 3)).toEqual([2, 0, 120])
  })
  test('an item over rows goes on beside them and ends where they end', async () => {
    const side = 'grid-area: 1 / 2 / span 3; background: silver'
    const found = await places(grid('grid-template-columns: 1fr 100px', side, 'height: 180px', 'height: 180px', 'height: 180px'))
    expect(found.a).toEqual([
      [0, 500, 0, 100, 400],
      [1, 500, 0, 100, 180],
    ])
    expect(found.d).toEqual([[1, 0, 0, 500, 180]])
  })
  test('a stretched box beside a text that goes on goes on too', async () => {
    const body = `<div style="display: grid; grid-template-columns: 300px 100px"><p id="a">${words(0, 300)}</p><div id="b" style="background: silver"></div></div>`
    const found = await places(body)
    expect(found.a?.length).toBeGreaterThan(1)
    expect(found.b?.map(([at]) => at)).toEqual(found.a?.map(([at]) => at))
    expect(found.b?.at(-1)?.[4]).toBe(found.a?.at(-1)?.[4])
  })
  test('nothing is lost and nothing runs off the page, whatever spans', async () => {
    const item = fc.record({
      count: fc.integer({ min: 0, max: 150 }),
      rows: fc.integer({ min: 1, max: 3 }),
      columns: fc.integer({ min: 1, max: 2 }),
      more: fc.constantFrom(
        '',
        'break-inside: avoid',
        'align-self: end',
        'break-before: page',
        'padding: 10px',
        'display: grid; grid-template-columns: 1fr 1fr',
        'display: flex',
      ),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 7 }), fc.constantFrom('', 'dense'), async (items, dense) => {
        let from = 0
        const children = items.map(({ count, rows, columns, more }) => {
          const text = words(from, count)
          from += count
          return `<div style="grid-row: span ${rows}; grid-column: span ${columns}; ${more}">${text}</div>`
        })
        const { document } = await rectangles(
          html(
            `<p>before</p><div style="display: grid; gap: 8px; grid: auto-flow ${dense} / 1fr 1fr 1fr">${children.join('')}</div><p>after</p>`,
          ),
        )
        const set = textOf(document).flatMap(wordsIn)
        expect([...set].sort()).toEqual([...new Set(set)].sort())
        expect(set.length).toBe(from)
        const walk = (fragment: Fragment, y: number): void => {
          if (fragment.kind === 'line') expect(y + fragment.height).toBeLessThanOrEqual(400.5)
          if (fragment.kind === 'box') for (const child of fragment.children) walk(child.fragment, y + child.y)
        }
        for (const { content } of document.pages) for (const { fragment, y } of content) walk(fragment, y)
      }),
      { numRuns: 60, seed: 4 },
    )
  }, 60_000)
})

describe('boxes out of flow', () => {
  test('count from the lines that they name, of tracks that exist', async () => {
    const css = 'position: relative; padding: 10px; grid: 50px 60px / 100px 120px'
    const found = await places(
      grid(
        css,
        'position: absolute; inset: 0; grid-area: 2 / 2',
        'position: absolute; inset: 0; grid-column: 2 / 9',
        'position: absolute; inset: 0',
      ),
      '#grid { width: 300px; box-sizing: border-box }',
    )
    expect(found.a).toEqual([[0, 110, 60, 190, 70]])
    expect(found.b).toEqual([[0, 110, 0, 190, 130]])
    expect(found.c).toEqual([[0, 0, 0, 300, 130]])
  })
  test('stand on the page of their row', async () => {
    const found = await places(
      grid('position: relative; grid-auto-rows: 250px', '', '', 'position: absolute; grid-row: 2 / 3; top: 5px; height: 10px'),
    )
    expect(found.c?.[0]?.slice(0, 3)).toEqual([1, 0, 5])
  })
})

describe('bad input', () => {
  test.each([
    'grid-template-columns: repeat(1000000000, 1px)',
    'grid-template-columns: repeat(auto-fill, 0px)',
    'grid-template: repeat(5000, auto) / repeat(5000, auto)',
    'grid-template-columns: repeat(9999, 1fr); grid-auto-flow: dense',
  ])(
    '%s',
    async (css) => {
      const spans = [
        'grid-column: span 1000000000',
        'grid-row: span 1000000000 / 1000000000',
        'grid-column: -1000000000',
        'grid-row: 1000000000',
        '',
        'grid-area: 1 / 1 / -1 / -1',
      ]
      const started = performance.now()
      const { found } = await rectangles(html(grid(css, ...spans)))
      expect(new Set(found.map(({ id }) => id)).size).toBeGreaterThanOrEqual(7)
      expect(performance.now() - started).toBeLessThan(8000)
    },
    20_000,
  )
  test('a thousand items that span a thousand million rows', async () => {
    const { found } = await rectangles(
      html(
        `<div style="display: grid">${Array.from({ length: 1000 }, (_, at) => `<p id="p${at}" style="grid-row: span 1000000000">x</p>`).join('')}</div>`,
      ),
    )
    expect(new Set(found.map(({ id }) => id)).size).toBe(1000)
  }, 20_000)
})
