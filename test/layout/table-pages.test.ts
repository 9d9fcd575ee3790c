import { describe, expect, it } from 'vitest'
import type { BoxFragment } from '../../src/layout/fragment.js'
import { loadEngine } from '../../src/project/engine.js'
import { layOut } from '../../src/project/lay-out.js'
import { hasTool, output } from '../tools.js'
import { boxes } from './fixtures.js'
import { words } from './words.js'

const many = (count: number, name: string): string => Array.from({ length: count }, (_, index) => `${name}${index}`).join(' ')
const rows = (count: number): string => Array.from({ length: count }, (_, index) => `<tr><td>r${index}<td>v${index}`).join('')
const css = 'table { border-spacing: 0 } td, th { padding: 0 3px; text-align: left; font-weight: normal }'

const engine = await loadEngine()
const hyphenator = await engine.hyphenator([])
function laidOut(body: string, style = '') {
  const html = `<!doctype html><html lang="en"><title>T</title><style>@page { size: 600px 800px; margin: 0 } body { margin: 0; font: 20px/30px "Source Serif 4" } ${css} ${style}</style><body>${body}`
  return layOut({ html, file: 'table.html', base: '/', root: '/', styleSheets: [], engine, hyphenator, report: () => undefined }).document
}
const tableOf = (body: string, style = ''): BoxFragment => {
  const root = laidOut(body, style).pages[0]?.content[0]?.fragment as BoxFragment
  return boxes(root, 'table')[0]?.fragment as BoxFragment
}

describe.skipIf(!hasTool('pdftotext'))('tables over pages, as they are read', () => {
  it('repeats a head and a foot, and tags them once', async () => {
    const body = `<table><thead><tr><th>Head<th>Value<tfoot><tr><td>Foot<td>End<tbody>${rows(60)}</table>`
    const { words: found, path } = await words(body, css)
    expect(found.filter(({ text }) => text === 'Head').map(({ page, top }) => [page, Math.floor(top / 30)])).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
    ])
    expect(found.filter(({ text }) => text === 'Foot').map(({ page }) => page)).toEqual([1, 2, 3])
    const tree = output('pdfinfo', ['-struct-text', path])
    expect([tree.split('"Head"').length - 1, tree.split('"Foot"').length - 1]).toEqual([1, 1])
    expect(found.filter(({ text }) => /^r\d+$/.test(text))).toHaveLength(60)
  })

  it('does not repeat a head that takes more than a quarter of the page', async () => {
    const { words: found } = await words(`<table><thead><tr style="height:240px"><th>Head<th>Value<tbody>${rows(60)}</table>`, css)
    expect(found.filter(({ text }) => text === 'Head').map(({ page }) => page)).toEqual([1])
  })

  it('goes on with the cells of a cut row side by side', async () => {
    const body = `<table style="width:100%;table-layout:fixed"><tr><td>${many(400, 'a')}<td>${many(300, 'b')}<tr><td>last<td>row</table>`
    const { words: found } = await words(body, css)
    for (const [name, count] of [
      ['a', 400],
      ['b', 300],
    ] as const) {
      const own = found.filter(({ text }) => new RegExp(`^${name}\\d+$`).test(text))
      expect(own.map(({ text }) => text)).toEqual(Array.from({ length: count }, (_, index) => `${name}${index}`))
      expect(own.every(({ x }) => (name === 'a' ? x < 299 : x >= 299))).toBe(true)
    }
    const tops = (page: number) => [/^a/, /^b/].map((name) => found.find((word) => word.page === page && name.test(word.text))?.top)
    expect(tops(2)[0]).toBe(tops(2)[1])
  })

  it('ends with what cannot be cut, and loses nothing after it', async () => {
    const body = `<table><tr><td>first<tr><td><div style="height:2000px;overflow:hidden">tall</div><tr><td>after</table><p>end</p>`
    const { words: found } = await words(body, css)
    expect(found.map(({ text }) => text)).toEqual(['first', 'tall', 'after', 'end'])
  })

  it.each(['top', 'bottom'])('breaks a caption at the %s that is longer than a page', async (side) => {
    const body = `<p>before</p><table><caption style="caption-side:${side}">${many(900, 'c')}</caption><tr><td style="width:580px">cell</table><p>after</p>`
    const { words: found } = await words(body, css)
    expect(found.filter(({ text }) => /^c\d+$/.test(text)).map(({ text }) => text)).toEqual(many(900, 'c').split(' '))
    expect(new Set(found.map(({ text }) => text)).has('after')).toBe(true)
    expect(found.every(({ bottom }) => bottom <= 801)).toBe(true)
  })

  it('starts a page where a row group asks for it', async () => {
    const body =
      '<table><tbody><tr><td>one<tbody style="break-before:page"><tr><td>two<tbody><tr style="break-after:page"><td>three<tr><td>four</table>'
    const { word } = await words(body, css)
    expect(['one', 'two', 'three', 'four'].map((text) => word(text).page)).toEqual([1, 2, 2, 3])
  })

  it('shows the rest of a cell that spans rows after the break', async () => {
    const body = `<table style="width:400px;table-layout:fixed"><tr><td rowspan="40" style="vertical-align:top">${many(160, 's')}<td>r0${rows(
      40,
    )
      .replace(/<td>r\d+/g, '')
      .replace('<tr><td>v0', '')}</table>`
    const { words: found } = await words(body, css)
    const spanning = found.filter(({ text }) => /^s\d+$/.test(text))
    expect(spanning).toHaveLength(160)
    expect(new Set(spanning.map(({ page }) => page))).toEqual(new Set([1, 2]))
    expect(found.filter(({ text }) => /^v\d+$/.test(text))).toHaveLength(39)
  })

  it('sets generated content in tables', async () => {
    const style = `${css} tr::before { content: "no"; display: table-cell; padding-right: 10px } table::before { content: "title"; display: table-caption }
      tbody::after { content: "i"; display: table-row }`
    const { words: found } = await words('<table><tbody><tr><td>x<tr><td>y</tbody></table>', style)
    expect(found.map(({ text }) => text)).toEqual(['title', 'no', 'x', 'no', 'y', 'i'])
    const [, first, x] = found
    expect((x?.x ?? 0) - (first?.right ?? 0)).toBeCloseTo(10 + 3, 0)
  })

  it('keeps the space around cells that stand in a line', async () => {
    const cell = 'style="display:table-cell"'
    const { words: found } = await words(`<p><span>a <span ${cell}>b</span> <span ${cell}>c</span> d</span></p>`)
    expect(found.map(({ text }) => text)).toEqual(['a', 'bc', 'd'])
    expect(new Set(found.map(({ top }) => Math.round(top))).size).toBe(1)
  })

  it('shows nothing of a collapsed column or row', async () => {
    const body =
      '<table><col><col style="visibility:collapse"><tr><td>a<td>hidden<td>c<tr style="visibility:collapse"><td>gone<td>gone<td>gone<tr><td>d<td>hidden<td>f</table>'
    const { words: found } = await words(body, css)
    expect(found.map(({ text }) => text).sort()).toEqual(['a', 'c', 'd', 'f'])
  })

  it('honours cellpadding, cellspacing and border', async () => {
    const { words: found } = await words('<table cellpadding="7" cellspacing="5" border="3"><tr><td>a</table>')
    expect(found[0]?.x).toBeCloseTo(3 + 5 + 1 + 7, 0)
  })
})

describe('backgrounds in layers', () => {
  const shown = (table: BoxFragment) =>
    boxes(table, 'block')
      .filter(({ fragment }) => fragment.style.backgroundColor.alpha > 0)
      .map(({ x, y, fragment }) => [x, y, fragment.width, fragment.height].map(Math.round))

  it('lets the table show between the cells of a row', () => {
    const table = tableOf(
      '<table><tr class="r"><td><td></table>',
      'table { border-spacing: 4px } td { width: 50px; height: 20px; padding: 0 } .r { background: red }',
    )
    expect(shown(table)).toEqual([
      [4, 4, 50, 20],
      [58, 4, 50, 20],
    ])
  })

  it('gives a cell that spans rows the background of its first row', () => {
    const table = tableOf(
      '<table><tr class="r"><td rowspan="2"><td><tr><td></table>',
      'td { width: 50px; height: 20px; padding: 0 } .r { background: red }',
    )
    expect(shown(table)).toEqual([
      [0, 0, 50, 40],
      [50, 0, 50, 20],
    ])
  })

  it('paints column groups below columns, and columns below rows', () => {
    const style =
      'td { width: 50px; height: 20px; padding: 0 } colgroup { background: red } col { background: lime } tbody { background: blue }'
    const table = tableOf('<table><colgroup><col><col></colgroup><tr><td><td></table>', style)
    const below = table.children.slice(0, 3).map(({ x, fragment }) => [x, fragment.width])
    expect(below).toEqual([
      [0, 100],
      [0, 50],
      [50, 50],
    ])
    expect(table.children[3]?.fragment).toMatchObject({ role: 'table-row-group' })
  })

  it('takes bgcolor for a background', () => {
    const [cell] = boxes(tableOf('<table><tr><td bgcolor="#f00">a</table>'), 'table-cell')
    expect(cell?.fragment.style.backgroundColor).toEqual({ red: 1, green: 0, blue: 0, alpha: 1 })
  })

  it('leaves what is behind an empty cell to the table where it hides', () => {
    const table = tableOf(
      '<table><tr class="r"><td>a<td style="empty-cells:hide"></table>',
      'table { border-spacing: 2px } td { width: 50px; height: 30px } .r { background: red }',
    )
    expect(shown(table)).toHaveLength(1)
  })
})

describe('time', () => {
  it('grows in line with the rows', () => {
    const time = (count: number): number => {
      const start = performance.now()
      const document = laidOut(`<table><thead><tr><th>a<th>b</thead>${rows(count)}</table>`)
      expect(document.pages.length).toBe(Math.ceil(count / 25))
      return performance.now() - start
    }
    time(500)
    const [small, large] = [Math.min(time(2000), time(2000)), Math.min(time(4000), time(4000))]
    expect(large / small).toBeLessThan(3)
  })

  it('does not grow with the depth of nesting beyond it', () => {
    const nested = (depth: number): string => (depth === 0 ? 'x' : `<table><tr><td>${nested(depth - 1)}<td>y</table>`)
    const start = performance.now()
    expect(laidOut(nested(24)).pages).toHaveLength(1)
    expect(performance.now() - start).toBeLessThan(4000)
  })
})
