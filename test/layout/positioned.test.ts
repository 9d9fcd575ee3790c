import { describe, expect, test } from 'vitest'
import { hasTool } from '../tools.js'
import { words } from './words.js'

describe.skipIf(!hasTool('pdftotext'))('positioned boxes', () => {
  test('stand against the padding box of the nearest positioned ancestor', async () => {
    const { word } = await words(
      '<div style="position: relative; margin: 50px; padding: 20px; width: 300px; height: 200px"><div><p style="position: absolute; left: 10px; top: 5px">aa</p><p style="position: absolute; right: 0; bottom: 0; width: 60px">bb</p></div></div>',
    )
    expect(word('aa').x).toBeCloseTo(60, 0)
    expect(word('aa').top).toBeLessThan(65)
    expect(word('bb').x).toBeCloseTo(50 + 340 - 60, 0)
    expect(word('bb').bottom).toBeLessThan(50 + 240)
    expect(word('bb').bottom).toBeGreaterThan(50 + 240 - 30)
  })
  test('without offsets they stay where they would have stood, and take no room', async () => {
    const { word } = await words(
      '<p>first</p><p style="position: absolute">aside</p><p>second</p><p>in <span style="position: absolute">text</span></p>',
    )
    expect(word('aside').top).toBeCloseTo(word('second').top, 0)
    expect(word('text').x).toBeGreaterThan(word('in').right - 1)
    expect(word('text').top).toBeCloseTo(word('in').top, 0)
  })
  test('auto margins centre between two offsets', async () => {
    const { word } = await words('<p style="position: absolute; left: 0; right: 0; width: 100px; margin: 0 auto">mid</p><p>x</p>')
    expect(word('mid').x).toBeCloseTo(250, 0)
  })
  test('fixed boxes stand on every page', async () => {
    const { words: all } = await words(
      '<p style="position: fixed; top: 0; right: 0">fix</p><p style="height: 700px">a</p><p style="height: 700px">b</p>',
    )
    const fixed = all.filter((one) => one.text === 'fix')
    expect(fixed.map((one) => one.page)).toEqual([1, 2])
    expect(fixed[0]?.right).toBeCloseTo(600, 0)
  })
  test('relative boxes move and leave their place empty, inline ones too', async () => {
    const { word } = await words(
      '<p>a <span style="position: relative; left: 30px; top: 10px">moved</span> z</p><p style="position: relative; left: 40px">block</p>',
    )
    expect(word('moved').top - word('a').top).toBeCloseTo(10, 0)
    expect(word('z').x).toBeLessThan(word('moved').right)
    expect(word('block').x).toBeCloseTo(40, 0)
  })
  test('nothing is lost where they stand in tables, flex rows and lists', async () => {
    const inside = '<b style="position: absolute">lost</b>'
    for (const html of [
      `<table><tr><td>cell ${inside}</td></tr></table>`,
      `<div style="display: flex"><p>item</p>${inside}</div>`,
      `<ul><li>item ${inside}</li></ul>`,
      `<p><span style="display: inline-block">box ${inside}</span></p>`,
    ])
      expect((await words(html)).words.map((one) => one.text)).toContain('lost')
  })
})
