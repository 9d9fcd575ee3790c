import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createBreakFinder } from '../../src/text/breaks.js'
import { hasFile } from '../tools.js'

const find = createBreakFinder()

/** The text cut at every opportunity. */
function pieces(text: string): string[] {
  const breaks = find(text)
  const cut: string[] = []
  let start = 0
  for (let at = 1; at <= text.length; at++) {
    if (breaks[at] === 0) continue
    cut.push(text.slice(start, at))
    start = at
  }
  return cut
}

describe('line break opportunities', () => {
  test('after spaces and hyphens, not before punctuation', () => {
    expect(pieces('The well-known “border”, they said (twice).')).toEqual([
      'The ',
      'well-',
      'known ',
      '“border”, ',
      'they ',
      'said ',
      '(twice).',
    ])
  })
  test('numbers with their signs stay whole', () => {
    expect(pieces('about $1,300.50 (−4 %) or 7/8')).toEqual(['about ', '$1,300.50 ', '(−4 ', '%) ', 'or ', '7/8'])
  })
  test('long addresses break after slashes', () => {
    expect(pieces('https://example.org/path/to')).toEqual(['https://', 'example.org/', 'path/', 'to'])
  })
  test('a no-break space holds, a zero width space parts', () => {
    expect(pieces('Table\u00a02 a\u200bb')).toEqual(['Table\u00a02 ', 'a\u200b', 'b'])
  })
  test('between ideographs, but not before closing punctuation', () => {
    expect(pieces('中文。字')).toEqual(['中', '文。', '字'])
  })

  const file = '/usr/share/unicode/auxiliary/LineBreakTest.txt'
  test.skipIf(!hasFile(file))('the Unicode test file holds but for the quotation rules that 15.1 changed', () => {
    let wrong = 0
    let count = 0
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const [data = ''] = line.split('#')
      if (data.trim() === '') continue
      // Rules 15a and 15b replaced rule 15 after the version that Debian ships.
      if (/0022|00AB|00BB|201[89CDF]|275[BCDEF]/.test(data)) continue
      let text = ''
      const expected: number[] = []
      for (const part of data.trim().split(/\s+/)) {
        if (part === '÷') expected.push(text.length)
        else if (part !== '×') text += String.fromCodePoint(Number.parseInt(part, 16))
      }
      count++
      const found = Array.from(find(text)).flatMap((kind, at) => (kind === 0 ? [] : [at]))
      if (found.join() !== expected.filter((at) => at > 0).join()) wrong++
    }
    expect(count).toBeGreaterThan(6000)
    expect(wrong).toBeLessThanOrEqual(count / 500)
  })
})
