/** text-overflow on real pages: what is left of a line, and where it ends. */
import { describe, expect, test } from 'vitest'
import { hasTool, output } from '../tools.js'
import { words } from './words.js'

const cut = 'div { width: 200px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }'
const long = 'The quick brown fox jumps over the lazy dog'

async function lines(body: string, css = cut): Promise<string[]> {
  const { path } = await words(body, css)
  return output('pdftotext', ['-layout', path, '-'])
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '\f')
}

describe.skipIf(!hasTool('pdftotext'))('text-overflow', () => {
  test('the mark stands within the box after as much as fits', async () => {
    const { words: all } = await words(`<div>${long}</div>`, cut)
    const text = all.map((word) => word.text).join(' ')
    expect(text.endsWith('…')).toBe(true)
    expect(long.startsWith(text.slice(0, -1))).toBe(true)
    const right = Math.max(...all.map((word) => word.right))
    expect(right).toBeLessThanOrEqual(200.1)
    expect(right).toBeGreaterThan(180)
  })

  test('lines that fit stay whole, and so do those of boxes that let text overflow', async () => {
    expect(
      await lines(`<div>short</div><div style="overflow: visible">${long}</div><div style="text-overflow: clip">short too</div>`),
    ).toEqual(['short', long, 'short too'])
  })

  test('each line by itself, with a mark of its own', async () => {
    const found = await lines(
      '<div style="white-space: normal; width: 90px">Donaudampfschifffahrt is a word</div>',
      'div { overflow: hidden; text-overflow: " (…)" }',
    )
    expect(found[0]).toMatch(/^Don.* \(…\)$/)
    expect(found.slice(1).join(' ')).toBe('is a word')
  })

  test('the first character stays, however little room there is', async () => {
    const { words: all } = await words(`<div style="width: 4px">Word</div>`, cut)
    expect(all.map((word) => word.text).join('')).toBe('W…')
  })

  test('from right to left the mark stands on the left', async () => {
    const { words: all } = await words('<div dir="rtl"><bdo dir="rtl">abc def ghi jkl mno pqr stu vwx yz</bdo></div>', cut)
    const mark = all.find((word) => word.text.includes('…'))
    expect(mark?.x).toBeLessThan(Math.min(...all.filter((word) => word !== mark).map((word) => word.x)))
  })
})

describe.skipIf(!hasTool('pdftotext'))('first letters', () => {
  const css = 'div::first-letter { font-size: 60px }'
  const heights = async (body: string): Promise<[string, boolean][]> => {
    const { words: all } = await words(body, css)
    return all.map((word) => [word.text, word.bottom - word.top > 50])
  }
  test('punctuation in a box of its own belongs to the letter after it', async () => {
    const [first] = await heights('<div><a>“<span>This</span></a></div>')
    expect(first).toEqual(['“T', true])
  })
  test('punctuation without a letter is no first letter', async () => {
    expect(await heights('<div><a>*</a> <b>**</b></div>')).toEqual([
      ['*', false],
      ['**', false],
    ])
  })
  test('generated content may hold it', async () => {
    const [first] = await heights('<style>div::before { content: "Filler" }</style><div></div>')
    expect(first).toEqual(['F', true])
  })
})
