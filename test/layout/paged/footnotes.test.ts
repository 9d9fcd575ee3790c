/** Where notes stand, how they are numbered, and that none is lost. */
import { describe, expect, test } from 'vitest'
import { hasTool } from '../../tools.js'
import { words } from '../words.js'

const css =
  '@page { size: 400px 300px; margin: 0; @footnote { margin: 0; padding: 0; border: none } } .n { float: footnote } p { orphans: 1; widows: 1 }'
const lines = (count: number, name = 'l'): string => Array.from({ length: count }, (_, index) => `${name}${index}`).join('<br>')

describe.skipIf(!hasTool('pdftotext'))('footnotes', () => {
  test('stand at the foot, wherever they are called from', async () => {
    const calls = {
      cell: '<table><tr><td>x<span class=n>cell</span></table>',
      item: '<ul><li>x<span class=n>item</span></ul>',
      column: '<div style="columns: 2">x<span class=n>column</span> y</div>',
      flex: '<div style="display: flex"><div>x<span class=n>flex</span></div></div>',
      inlineblock: '<p><span style="display: inline-block">x<span class=n>inlineblock</span></span></p>',
      float: '<div style="float: left">x<span class=n>float</span></div>',
      nested: '<p>x<span class=n>outer<span class=n>nested</span></span></p>',
    }
    for (const [name, body] of Object.entries(calls)) {
      const found = await words(body, css)
      expect(found.word(name).bottom, name).toBeGreaterThan(290)
      expect(found.word(name).page, name).toBe(1)
    }
  })
  test('a long note goes on over pages with every word, after it the next', async () => {
    const long = Array.from({ length: 120 }, (_, index) => `w${index}`).join(' ')
    const found = await words(`<p>a<span class=n>${long}</span> b<span class=n>second</span></p><p>${lines(30)}</p>`, css)
    const notes = found.words.filter(({ text }) => /^w\d+$/.test(text)).map(({ text }) => text)
    expect(notes.join(' ')).toBe(long)
    expect(found.word('second').page).toBeGreaterThan(1)
    expect(found.words.filter(({ text }) => text === 'l29').length).toBe(1)
  })
  test('the area keeps to its max-height', async () => {
    const found = await words(
      `<p>a<span class=n>${lines(6, 'n')}</span></p><p>${lines(20)}</p>`,
      css.replace('border: none', 'border: none; max-height: 60px'),
    )
    expect(['n1', 'n2', 'n4', 'n5'].map((text) => found.word(text).page)).toEqual([1, 2, 3, 3].map((page) => page))
  })
  test('policies: auto lets a note go on, line takes its line along, block its paragraph', async () => {
    const body = (policy: string) =>
      `<p>${lines(7)}</p><p>above<br>call<span class=n style="footnote-policy: ${policy}">${lines(3, 'n')}</span></p>`
    const pages = async (policy: string) => {
      const found = await words(body(policy), css)
      return ['above', 'call', 'n0', 'n2'].map((text) => found.words.find((word) => word.text.startsWith(text))?.page)
    }
    expect(await pages('line')).toEqual([1, 2, 2, 2])
    expect(await pages('block')).toEqual([2, 2, 2, 2])
    expect((await pages('auto'))[0]).toBe(1)
  })
  test('inline notes share lines, compact ones where a line holds them, block ones never', async () => {
    const body = (display: string) =>
      `<p>a<span class=n style="footnote-display: ${display}">one</span><span class=n style="footnote-display: ${display}">two</span></p>`
    const apart = async (display: string) => {
      const found = await words(body(display), css)
      return Math.round(found.word('two').top - found.word('one').top)
    }
    expect([await apart('inline'), await apart('compact'), await apart('block')]).toEqual([0, 0, 30])
    const long = lines(1).repeat(1)
    const wide = `<p>${long}<span class=n style="footnote-display: compact">${'one '.repeat(30)}</span><span class=n style="footnote-display: compact">two</span></p>`
    const found = await words(wide, css)
    expect(found.word('two').top).toBeGreaterThan(found.word('one').top)
  })
  test('numbers go on through the document, or start anew with each page that says so', async () => {
    const body = '<p>a<span class=n>one</span> b<span class=n>two</span></p><p style="break-before: page">c<span class=n>three</span></p>'
    const numbers = async (more: string) =>
      (await words(body, css + more)).words.filter(({ text }) => /^\d\.$/.test(text)).map(({ text }) => text)
    expect(await numbers('')).toEqual(['1.', '2.', '3.'])
    expect(await numbers('@page { counter-reset: footnote }')).toEqual(['1.', '2.', '1.'])
  })
})
