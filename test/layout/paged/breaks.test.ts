/** What pages do to boxes that they cut. */
import { describe, expect, test } from 'vitest'
import type { BoxFragment } from '../../../src/layout/fragment.js'
import { hasTool } from '../../tools.js'
import { block, border, countLines, padding, paginate, text } from '../fixtures.js'
import { words } from '../words.js'

const eight = Array.from({ length: 8 }, (_, index) => `word${index}`).join(' ')
const framed = { ...border(5), ...padding(10) }
const parts = (changes: object) =>
  paginate(block({ ...framed, ...changes }, [text(eight)]), 90, 100).map(({ fragment }) => fragment as BoxFragment)

describe('box-decoration-break', () => {
  test('slice leaves edges out where the box is cut', () => {
    const [first, last] = parts({})
    expect([first?.border.top, first?.border.bottom, last?.border.top, last?.border.bottom]).toEqual([5, 0, 0, 5])
    expect([first?.slice, last?.slice]).toEqual([
      { axis: 'block', before: 0, isFirst: true, isLast: false },
      { axis: 'block', before: 95, isFirst: false, isLast: true },
    ])
  })
  test('clone repeats them, and pages hold fewer lines', () => {
    const cloned = parts({ boxDecorationBreak: 'clone' })
    expect(cloned.map(({ border: { top, bottom }, padding: inner }) => [top, inner.top, inner.bottom, bottom])).toEqual(
      cloned.map(() => [5, 10, 10, 5]),
    )
    expect(cloned.map(countLines)).toEqual([3, 3, 2])
    for (const part of cloned) expect(part.height).toBeLessThanOrEqual(100)
  })
  test('repeated edges take nothing of a height', () => {
    const heights = paginate(block({ ...framed, boxDecorationBreak: 'clone', height: 200 }), 90, 100).map(({ fragment }) => fragment.height)
    expect(heights.reduce((sum, height) => sum + height - 30, 0)).toBe(200)
  })
})

describe('breaks', () => {
  test('a box higher than a page fills pages to its height', () => {
    const heights = paginate(block({}, [block({ height: 40 }), block({ height: 250 })]), 100, 100).map(({ fragment }) => fragment.height)
    expect(heights.reduce((sum, height) => sum + height, 0)).toBe(290)
  })
  test.each([
    ['auto', 0, 20],
    ['keep', 20, 20],
    ['discard', 0, 0],
  ] as const)('margin-break: %s', (marginBreak, unforced, forced) => {
    const last = (changes: object) =>
      paginate(block({}, [block({ height: 90 }), block({ height: 50, marginTop: 20, marginBreak, ...changes })]), 100, 100)[1]?.fragment
    expect((last({}) as BoxFragment).children[0]?.y).toBe(unforced)
    expect((last({ breakBefore: 'page' }) as BoxFragment).children[0]?.y).toBe(forced)
  })
  test('orphans and widows keep lines together', () => {
    const kept = paginate(block({}, [block({ height: 60 }), text(eight, { orphans: 3, widows: 3 })]), 60, 100).map(({ fragment }) =>
      countLines(fragment),
    )
    expect(kept).toEqual([0, 5, 3])
  })
})

describe.skipIf(!hasTool('pdftotext'))('on pages', () => {
  const css = '@page { size: 300px 200px; margin: 0 }'
  test('break-after and break-before reach the outside from last and first children', async () => {
    const found = await words(
      '<div><div><p>a</p><p style="break-after: page">b</p></div></div><p>c</p><section><p style="break-before: page">d</p></section>',
      css,
    )
    expect(['a', 'b', 'c', 'd'].map((text) => found.word(text).page)).toEqual([1, 1, 2, 3])
  })
  test('avoid keeps boxes together, and gives way where no page could hold them', async () => {
    const found = await words('<p style="height: 120px">a</p><div style="break-inside: avoid"><p>b</p><p>c</p><p>d</p></div>', css)
    expect(['a', 'b', 'd'].map((text) => found.word(text).page)).toEqual([1, 2, 2])
    const long = Array.from({ length: 200 }, (_, index) => `w${index}`).join(' ')
    const all = await words(`<div style="break-inside: avoid">${long}</div>`, css)
    expect(all.words.map(({ text }) => text).join(' ')).toBe(long)
  })
  test('lines leave room for edges that are repeated on each', async () => {
    const line = (found: Awaited<ReturnType<typeof words>>, text: string) => Math.round(found.word(text).x)
    const body = '<p style="width: 200px"><span>aaaaaaaaaaaaa bbbbbbbbbbbbb ccccccccccccc</span></p>'
    const found = await words(body, `${css} span { padding: 0 20px; box-decoration-break: clone }`)
    expect(['aaaaaaaaaaaaa', 'bbbbbbbbbbbbb', 'ccccccccccccc'].map((text) => line(found, text))).toEqual([20, 20, 20])
    const sliced = await words(body, `${css} span { padding: 0 20px }`)
    expect(['aaaaaaaaaaaaa', 'bbbbbbbbbbbbb', 'ccccccccccccc'].map((text) => line(sliced, text))).toEqual([20, 0, 0])
  })
})
