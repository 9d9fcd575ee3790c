/** Input that no layout can do justice to: it ends soon, loses no text and says what is wrong. */
import { describe, expect, test } from 'vitest'
import { words } from '../layout/words.js'
import { hasTool } from '../tools.js'

const times = (count: number, text: string) => text.repeat(count)
const nested = (count: number, open: string, close: string) => `${times(count, open)}deep${times(count, close)}`

const cases: Readonly<Record<string, string>> = {
  'ten thousand boxes in one another': nested(10_000, '<div>', '</div>'),
  'ten thousand spans in one another': nested(10_000, '<span>', '</span>'),
  'tables in tables': nested(50, '<table><tr><td>', '</table>'),
  'flex containers in one another': nested(200, '<div style="display: flex">', '</div>'),
  'flex columns in one another': nested(200, '<div style="display: flex; flex-direction: column">', '</div>'),
  'inline-blocks in one another': nested(200, '<span style="display: inline-block">', '</span>'),
  'floats in one another': nested(200, '<div style="float: left">', '</div>'),
  'columns in columns': nested(20, '<div style="columns: 2; column-gap: 0">', '</div>'),
  'positioned boxes in one another': nested(200, '<div style="position: absolute">', '</div>'),
  'a thousand floats in a row': `${times(1000, '<div style="float: left; width: 40px; height: 30px">x</div>')}<p>deep`,
  'lengths of a milliard px': '<div style="width: 1e9px; height: 1e9px; margin-top: 1e9px">x</div><p>deep',
  'sizes below zero': '<div style="width: -5px; height: -5px; padding: -3px">x</div><p>deep',
  'sizes that are no number': '<div style="width: calc(0px / 0); height: calc(1px * infinity)">x</div><p>deep',
  'custom properties in a circle': '<style>:root { --a: var(--b); --b: var(--a) } p { color: var(--a) }</style><p>deep',
  'a box higher than any page': '<div style="height: 20000px">x</div><p>deep',
  'a box that may not break, higher than any page': `<div style="break-inside: avoid">${times(300, '<p>line</p>')}</div><p>deep`,
  'a row that may not break, higher than any page': `<table><tr style="break-inside: avoid"><td>${times(300, '<p>line</p>')}<td>b</table><p>deep`,
  'an inline-block higher than any page': '<div style="display: inline-block; height: 5000px; width: 10px">x</div><p>deep',
  'a percentage of nothing': '<div style="height: 50%"><div style="height: 50%; width: 50%">x</div></div><p>deep',
  'no page without orphans': `<style>p { orphans: 1000; widows: 1000 }</style><p>${times(5000, 'word ')}<p>deep`,
  'a word of a hundred thousand letters': `<p>${times(100_000, 'x')}<p>deep`,
  'a thousand columns': `<div style="columns: 1000">${times(2000, 'word ')}</div><p>deep`,
}

describe.skipIf(!hasTool('pdftotext'))('bad input', () => {
  for (const [name, body] of Object.entries(cases))
    test(name, { timeout: 20_000 }, async () => {
      const { word } = await words(body)
      expect(word('deep').page).toBeGreaterThan(0)
    })

  test('a box higher than any page takes as many pages as it is high', async () => {
    const { word } = await words('<div style="height: 2000px">start</div><p>after</p>')
    expect([word('start').page, word('after').page]).toEqual([1, 3])
    expect(word('after').top).toBeGreaterThan(399)
  })
})
