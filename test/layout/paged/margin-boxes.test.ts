/** Sizes of margin boxes, and what they show: named strings and running elements. */
import { describe, expect, test } from 'vitest'
import { type AxisBox, fixedSpan, spansAlong } from '../../../src/layout/margin-box-sizes.js'
import { hasTool, output } from '../../tools.js'
import { words } from '../words.js'

const box = (changes: Partial<AxisBox> & { readonly content?: AxisBox['content'] } = {}): AxisBox => ({
  size: null,
  min: 0,
  max: Number.POSITIVE_INFINITY,
  marginStart: 0,
  marginEnd: 0,
  content: { minContent: 20, maxContent: 50 },
  ...changes,
})
const wide = box({ content: { minContent: 40, maxContent: 100 } })
const sizes = (spans: readonly { readonly size: number }[]) => spans.map(({ size }) => size)

describe('along a side', () => {
  test('one box alone fills it', () => {
    expect(spansAlong([box(), null, null], 300)[0]).toEqual({ start: 0, size: 300 })
    expect(spansAlong([null, box(), null], 300)[1]).toEqual({ start: 0, size: 300 })
    expect(spansAlong([null, null, box()], 300)[2]).toEqual({ start: 0, size: 300 })
  })
  test('two share what is free as they are wide, or grow from their least sizes where there is too little', () => {
    expect(sizes(spansAlong([box(), null, wide], 300))).toEqual([100, 0, 200])
    expect(sizes(spansAlong([box(), null, wide], 105))).toEqual([35, 0, 70])
    expect(sizes(spansAlong([box(), null, wide], 30))).toEqual([10, 0, 20])
  })
  test('the middle one is centred whatever stands beside it, and nothing overlaps', () => {
    for (const available of [60, 120, 240, 600]) {
      const [a, b, c] = spansAlong([box(), wide, box({ content: { minContent: 5, maxContent: 90 } })], available)
      expect(b.start + b.size / 2).toBeCloseTo(available / 2)
      expect(a.start + a.size).toBeLessThanOrEqual(b.start + 0.001)
      expect(c.start).toBeGreaterThanOrEqual(b.start + b.size - 0.001)
      expect(c.start + c.size).toBeCloseTo(available)
    }
  })
  test('sizes, limits and margins of its own', () => {
    expect(sizes(spansAlong([box({ size: 70 }), null, box()], 300))).toEqual([70, 0, 230])
    expect(sizes(spansAlong([box({ max: 60 }), null, box()], 300))).toEqual([60, 0, 240])
    expect(sizes(spansAlong([box({ min: 250 }), null, box()], 300))).toEqual([250, 0, 50])
    expect(spansAlong([box({ marginStart: 10, marginEnd: 20 }), null, null], 300)[0]).toEqual({ start: 10, size: 270 })
  })
})

describe('across a side', () => {
  test('auto fills; a size leaves the margin away from the page as it must be; auto margins share', () => {
    expect(fixedSpan(box({ marginStart: 5, marginEnd: 5 }), 100, 'start')).toEqual({ start: 5, size: 90 })
    expect(fixedSpan(box({ size: 30 }), 100, 'start')).toEqual({ start: 70, size: 30 })
    expect(fixedSpan(box({ size: 30 }), 100, 'end')).toEqual({ start: 0, size: 30 })
    expect(fixedSpan(box({ size: 30, marginStart: null, marginEnd: null }), 100, 'end')).toEqual({ start: 35, size: 30 })
    expect(fixedSpan(box({ size: 30, marginStart: null, marginEnd: 20 }), 100, 'end')).toEqual({ start: 50, size: 30 })
    expect(fixedSpan(box({ max: 40 }), 100, 'end')).toEqual({ start: 0, size: 40 })
  })
})

describe.skipIf(!hasTool('pdftotext'))('named strings and running elements', () => {
  const page = (content: string) => `@page { size: 300px 200px; margin: 40px; @top-left { content: ${content} } } .n { break-before: page }`
  const heads = async (body: string, css: string, pages: number): Promise<string[]> => {
    const { words: all } = await words(body, css)
    return Array.from({ length: pages }, (_, index) =>
      all
        .filter((word) => word.page === index + 1 && word.top < 40)
        .map(({ text }) => text)
        .join(' '),
    )
  }
  const three = '<h2>A</h2><p class=n>x</p><h2>B</h2><h2>C</h2><p class=n>y</p>'
  test.each([
    ['first', ['A', 'B', 'C']],
    ['start', ['A', 'A', 'C']],
    ['last', ['A', 'C', 'C']],
    ['first-except', ['', '', 'C']],
  ])('string(…, %s)', async (which, expected) => {
    expect(await heads(three, `${page(`string(t, ${which})`)} h2 { string-set: t content(); font-size: 20px; margin: 0 }`, 3)).toEqual(
      expected,
    )
  })
  test.each([
    ['first', ['A', 'B', 'C']],
    ['start', ['A', 'A', 'C']],
    ['last', ['A', 'C', 'C']],
    ['first-except', ['', '', 'C']],
  ])('element(…, %s)', async (which, expected) => {
    const body = '<b>A</b><p>w</p><p class=n>x</p><b>B</b><b>C</b><p class=n>y</p>'
    expect(await heads(body, `${page(`element(t, ${which})`)} b { position: running(t) }`, 3)).toEqual(expected)
  })
  test('several strings, from attributes, counters, pseudo-elements, and from an element that is empty', async () => {
    const css = `${page('string(a) "/" string(b) "/" string(c)')} body { counter-reset: n } h2 { counter-increment: n; string-set: a counter(n, upper-roman) "-" content(), b content(before) } h2::before { content: "§" } i { string-set: c attr(data-c) }`
    expect(await heads('<p><i data-c="set"></i></p><h2>Title</h2>', css, 1)).toEqual(['I-Title/§/set'])
  })
  test('counters that pseudo-elements change, and running elements among flex items', async () => {
    const css = `${page('element(head) counter(ch)')} .h { position: running(head) } body { counter-reset: ch } h2 { margin: 0; font-size: 20px } h2::before { counter-increment: ch; content: "" } div { display: flex }`
    expect(await heads('<div><b class=h>Head</b><p>one</p></div><h2>x</h2><h2>y</h2>', css, 1)).toEqual(['Head 2'])
  })
  test('a running element takes no room where it stands, keeps its children, and counts pages where it is shown', async () => {
    const css = `${page('element(head)')} .h { position: running(head) } .h b::after { content: counter(page) "of" counter(pages) }`
    const found = await words('<div class=h>Page <b></b></div><p>one</p><p class=n>two</p>', css)
    expect(found.word('one').top).toBeLessThan(60)
    expect(found.words.filter((word) => word.top < 40).map(({ text }) => text)).toEqual(['Page', '1of2', 'Page', '2of2'])
  })
  test.skipIf(!hasTool('pdfinfo'))('what stands in margins is an artifact and not in the tag tree', async () => {
    const { path } = await words('<h1 class=h>Running</h1><p>Body</p>', `${page('element(head)')} .h { position: running(head) }`)
    const tree = output('pdfinfo', ['-struct-text', path])
    expect(tree).toContain('Body')
    expect(tree).not.toContain('Running')
  })
  test('element() in the flow of the document is told of', async () => {
    const { renderPdf } = await import('../../../src/project/render-pdf.js')
    const html = '<!doctype html><html lang=en><title>T</title><style>p::before { content: element(x) }</style><p>a</p>'
    const { diagnostics } = await renderPdf(html, { file: 'test.html' })
    expect(diagnostics.map(({ code }) => code)).toEqual(['css-element-outside-margin'])
  })
})
