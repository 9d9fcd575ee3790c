import { describe, expect, test } from 'vitest'
import { bandAt, clearedTop, type Exclusion, placeFloat } from '../../src/layout/floats.js'
import { textStyle } from '../text/typesetter.js'
import { hasTool } from '../tools.js'
import { words } from './words.js'

const content = { left: 0, right: 300 }
const float = (side: 'left' | 'right', width: number, height: number, top = 0) => ({
  style: textStyle(`float: ${side}`),
  width,
  height,
  top,
})

describe('places', () => {
  test('side by side, then below where there is no room', () => {
    const placed: Exclusion[] = []
    for (const width of [120, 120, 100]) placed.push(placeFloat(placed, content, float('left', width, 50)))
    expect(placed.map(({ left, top }) => [left, top])).toEqual([
      [0, 0],
      [120, 0],
      [0, 50],
    ])
  })
  test('no float stands above an earlier one', () => {
    const first = placeFloat([], content, float('left', 100, 20, 40))
    expect(placeFloat([first], content, float('right', 50, 20, 0)).top).toBe(40)
  })
  test('a float wider than the room still stands somewhere', () => expect(placeFloat([], content, float('right', 400, 10)).left).toBe(-100))
  test('bands and clearance', () => {
    const both = [placeFloat([], content, float('left', 80, 60)), placeFloat([], content, float('right', 50, 30))]
    expect(bandAt(both, content, { top: 10, height: 5 })).toEqual({ left: 80, right: 250 })
    expect(bandAt(both, content, { top: 40, height: 5 })).toEqual({ left: 80, right: 300 })
    expect([clearedTop(both, 'left'), clearedTop(both, 'right'), clearedTop(both, 'both')]).toEqual([60, 30, 60])
  })
  test('a thousand floats in a row take little time', () => {
    const placed: Exclusion[] = []
    for (let count = 0; count < 1000; count++) placed.push(placeFloat(placed, content, float(count % 2 ? 'left' : 'right', 90, 17)))
    expect(placed.length).toBe(1000)
  })
})

describe.skipIf(!hasTool('pdftotext'))('on pages', () => {
  const text =
    'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty end'
  test('lines keep clear of floats and go under them', async () => {
    const { word } = await words(`<div style="float: left; width: 300px; height: 50px"></div><p style="width: 600px">${text}</p>`)
    expect(word('one').x).toBeCloseTo(300, 0)
    expect(word('end').x).toBeLessThan(300)
  })
  test('a float in running text stands beside its line or the next, and loses no word', async () => {
    const { word, words: all } = await words(`<p>${text.replace('six', '<span style="float: right; width: 150px">aside</span> six')}</p>`)
    expect(word('aside').x).toBeCloseTo(450, 0)
    expect(all.length).toBe(text.split(' ').length + 1)
    for (const one of all) if (one.text !== 'aside' && Math.abs(one.top - word('aside').top) < 5) expect(one.right).toBeLessThan(451)
  })
  test('clear moves a block below; a formatting context stands beside', async () => {
    const { word } = await words(
      '<div style="float: left; width: 100px; height: 80px"></div><div style="overflow: hidden"><p>inside</p></div><p style="clear: left">below</p>',
    )
    expect(word('inside').x).toBeCloseTo(100, 0)
    expect(word('below').top).toBeGreaterThan(80)
    expect(word('below').x).toBeCloseTo(0, 0)
  })
  test('a formatting root holds its floats', async () => {
    const { word } = await words('<div style="overflow: hidden"><div style="float: left; height: 100px">f</div></div><p>after</p>')
    expect(word('after').top).toBeGreaterThan(99)
  })
  test('a float that does not fit goes to the next page with what follows', async () => {
    const { word } = await words(
      '<p style="height: 700px">first</p><div style="float: left; width: 200px; height: 200px">moved</div><p>text</p>',
    )
    expect([word('first').page, word('moved').page, word('text').page]).toEqual([1, 2, 2])
  })
  test('paragraphs beside floats break over pages with every word', async () => {
    const long = Array.from({ length: 900 }, (_, index) => `w${index}`).join(' ')
    const { words: all } = await words(`<div style="float: right; width: 200px; height: 400px"></div><p>${long}</p>`)
    expect(all.map((one) => one.text).join(' ')).toBe(long)
    expect(new Set(all.map((one) => one.page)).size).toBeGreaterThan(1)
  })
  test('a float higher than the page goes on at the top of the next pages, the text beside it, with every word once', async () => {
    const aside = Array.from({ length: 400 }, (_, index) => `a${index}`)
    const text = Array.from({ length: 900 }, (_, index) => `w${index}`)
    const { words: all } = await words(`<div style="float: right; width: 200px">${aside.join(' ')}</div><p>${text.join(' ')}</p><p>end</p>`)
    const sorted = (letter: string) => all.filter((one) => one.text.startsWith(letter)).map((one) => one.text)
    expect([...sorted('a')].sort()).toEqual([...aside].sort())
    expect([...sorted('w')].sort()).toEqual([...text].sort())
    const pagesOf = (letter: string) => new Set(all.filter((one) => one.text.startsWith(letter)).map((one) => one.page))
    expect([...pagesOf('a')].length).toBeGreaterThan(2)
    for (const one of all) {
      if (one.text.startsWith('a')) expect(one.x).toBeGreaterThan(398)
      else if (one.text !== 'end' && pagesOf('a').has(one.page) && one.page < 3) expect(one.right).toBeLessThan(401)
    }
  })
  test('a float in running text that the page would cut moves on with its line', async () => {
    const line = 'word '.repeat(220)
    const picture = '<span style="float: left; width: 100px; height: 150px; break-inside: avoid">aside</span>'
    const { word } = await words(`<p>${line} ${picture} anchor ${line}</p>`)
    expect(word('aside').page).toBe(word('anchor').page)
  })
  test('margins of a cleared first child do not move its parent', async () => {
    const { word } = await words(
      '<div style="background: red">a</div><div id="p"><div style="float: left; width: 50px; height: 60px">f</div><div style="clear: left; margin-top: 40px">cleared</div></div>',
    )
    expect(word('f').top).toBeLessThan(35)
    expect(word('cleared').top).toBeCloseTo(word('f').top + 60, 0)
  })
  test('floats of a box that holds nothing else keep later lines away', async () => {
    const { word } = await words('<div><div style="float: left; width: 120px; height: 60px">f</div></div><p>beside</p>')
    expect(word('beside').x).toBeCloseTo(120, 0)
  })
  test('a formatting context keeps clear of floats beside all of its height', async () => {
    const { word } = await words(
      `<div style="float: left; width: 150px; height: 75px"></div><div style="float: right; width: 480px; height: 75px"></div>
       <div style="overflow: hidden; width: 300px; height: 50px">one</div><div style="overflow: hidden; width: 300px; height: 50px">two</div>`,
    )
    expect(word('one').x).toBeCloseTo(150, 0)
    expect(word('two').top).toBeGreaterThan(149)
  })
})
