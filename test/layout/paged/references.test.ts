/** References to other places, leaders and the outline. */
import { describe, expect, test } from 'vitest'
import { hasTool, output } from '../../tools.js'
import { words } from '../words.js'

const small = '@page { size: 300px 200px; margin: 20px } h2 { font-size: 20px; break-before: page; margin: 0 }'

describe.skipIf(!hasTool('pdftotext'))('references', () => {
  test('say the page’s counter, other counters and texts of what they point at, before or after', async () => {
    const css = `${small} @page { counter-increment: page 2 } body { counter-reset: s } h2 { counter-increment: s } h2::before { content: "S" counter(s) "_" } p::after { content: target-counter(attr(title), page, upper-roman) "," target-counters(attr(title), s, ".") "," target-text(attr(title), before) "," target-text(attr(title), first-letter) }`
    const found = await words('<p title="#b">x</p><h2 id=a>Alpha</h2><h2 id=b>Beta</h2><p title="#a">y</p>', css)
    expect(found.words.map(({ text }) => text)).toEqual(['xVI,2,S2_,B', 'S1_Alpha', 'S2_Beta', 'yIV,1,S1_,A'])
  })
  test('an element’s own page and the number of pages', async () => {
    const found = await words('<p>a</p><h2>b</h2>', `${small} :is(p, h2)::after { content: counter(page) "of" counter(pages) }`)
    expect(found.words.map(({ text }) => text)).toEqual(['a1of2', 'b2of2'])
  })
  test('a place that is not there is told of once, and says nothing', async () => {
    const { renderPdf } = await import('../../../src/project/render-pdf.js')
    const html =
      '<!doctype html><html lang=en><title>T</title><style>p::after { content: target-counter("#no", page) }</style><p>a</p><p>b</p>'
    const { diagnostics } = await renderPdf(html, { file: 'test.html' })
    expect(diagnostics.map(({ code, message }) => [code, message.includes('#no')])).toEqual([['css-target-missing', true]])
  })
  test.each(['dotted', 'solid', 'space', '"- "'])(
    'leader(%s) puts the number at the line’s end, on the last of two lines',
    async (leader) => {
      const css = `${small} a { display: block; width: 200px } a::after { content: leader(${leader}) attr(data-n) }`
      const found = await words('<a data-n="X7">Short</a><a data-n="X8">An entry whose title needs two lines</a>', css)
      const end = (text: string) => found.words.find((word) => word.text.endsWith(text))
      expect(end('X7')?.right).toBeCloseTo(220, 0)
      expect(end('X8')?.right).toBeCloseTo(220, 0)
      expect(end('X8')?.top).toBeCloseTo(found.word('lines').top, 0)
    },
  )
})

describe.skipIf(!hasTool('mutool'))('the outline', () => {
  const outline = async (body: string, css = '') => output('mutool', ['show', (await words(body, small + css)).path, 'outline'])
  test('holds headings by their levels', async () => {
    const lines = (await outline('<h1>One</h1><h2>Two</h2><h3>Three</h3><h1>Four</h1>')).split('\n')
    expect(lines.filter(Boolean).map((line) => [line.search('"'), /"(.*)"/.exec(line)?.[1]])).toEqual([
      [2, 'One'],
      [3, 'Two'],
      [4, 'Three'],
      [2, 'Four'],
    ])
  })
  test('with labels of text, attributes and counters, and items that are closed', async () => {
    const css =
      ' body { counter-reset: n } h1 { counter-increment: n; bookmark-label: counter(n) ": " content() " (" attr(data-x) ")"; bookmark-state: closed } h2 { bookmark-level: none } p { bookmark-level: 2 }'
    const text = await outline('<h1 data-x="y">One</h1><h2>Two</h2><p>Par</p>', css)
    expect(text).toContain('"1: One (y)"')
    expect(text).toMatch(/^\+/)
    expect(text).toContain('"Par"')
    expect(text).not.toContain('Two')
  })
})
