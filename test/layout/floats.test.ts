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
})
