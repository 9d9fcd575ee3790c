/** Unicode's own test files (Debian's unicode-data) against the finder of line breaks and the bidi algorithm. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bidiLevels } from '../../src/text/bidi.js'
import { createBreakFinder } from '../../src/text/breaks.js'
import { hasFile } from '../tools.js'

const folder = '/usr/share/unicode'

function rows(path: string): string[] {
  return readFileSync(`${folder}/${path}`, 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
}

const codePoints = (list: string): string => String.fromCodePoint(...list.split(' ').map((hex) => Number.parseInt(hex, 16)))

/** Rules 15a and 15b (Unicode 15.1) let lines break beside quotation marks in more places than the file of version 15.0 has it. */
const quotation = /0022|00AB|00BB|201[89CDF]|275[BCDEF]/
describe('Unicode test files', () => {
  test.skipIf(!hasFile(`${folder}/auxiliary/LineBreakTest.txt`))('LineBreakTest: at least 99 in 100', () => {
    const find = createBreakFinder()
    const wrong: string[] = []
    const all = rows('auxiliary/LineBreakTest.txt')
    for (const row of all) {
      let text = ''
      const expected: number[] = []
      for (const part of row.split(/\s+/)) {
        if (part === '÷') expected.push(text.length)
        else if (part !== '×') text += String.fromCodePoint(Number.parseInt(part, 16))
      }
      const found = Array.from(find(text)).flatMap((kind, at) => (kind === 0 || at === 0 ? [] : [at]))
      if (found.join() !== expected.filter((at) => at > 0).join()) wrong.push(row)
    }
    const share = (100 * (all.length - wrong.length)) / all.length
    console.log(`LineBreakTest: ${all.length - wrong.length} of ${all.length} (${share.toFixed(2)} %)`)
    expect(all.length).toBeGreaterThan(7000)
    expect(share).toBeGreaterThanOrEqual(99)
    expect(wrong.filter((row) => !quotation.test(row))).toEqual([])
  })

  test.skipIf(!hasFile(`${folder}/BidiCharacterTest.txt`))('BidiCharacterTest: all', () => {
    const wrong: string[] = []
    const all = rows('BidiCharacterTest.txt')
    for (const row of all) {
      const [characters = '', direction = '', paragraph = '', levels = ''] = row.split(';')
      const text = codePoints(characters)
      const found = bidiLevels(text, direction === '0' ? 'ltr' : direction === '1' ? 'rtl' : 'auto')
      if (!sameLevels(text, found.levels, levels.split(' ')) || found.paragraph !== Number(paragraph)) wrong.push(row)
    }
    console.log(`BidiCharacterTest: ${all.length - wrong.length} of ${all.length}`)
    expect(all.length).toBeGreaterThan(90_000)
    expect(wrong.slice(0, 5)).toEqual([])
  })

  test.skipIf(!hasFile(`${folder}/BidiTest.txt`))(
    'BidiTest: all',
    () => {
      const wrong: string[] = []
      let count = 0
      let levels: string[] = []
      for (const row of rows('BidiTest.txt')) {
        if (row.startsWith('@Levels:')) levels = row.slice(8).trim().split(/\s+/)
        if (row.startsWith('@')) continue
        const [classes = '', set = ''] = row.split(';')
        const text = classes
          .trim()
          .split(/\s+/)
          .map((name) => examples[name] ?? '')
          .join('')
        const directions = Number.parseInt(set.trim(), 16)
        for (const [bit, direction] of [
          [1, 'auto'],
          [2, 'ltr'],
          [4, 'rtl'],
        ] as const) {
          if ((directions & bit) === 0) continue
          count++
          if (!sameLevels(text, bidiLevels(text, direction).levels, levels)) wrong.push(`${row} ${direction}`)
        }
      }
      console.log(`BidiTest: ${count - wrong.length} of ${count}`)
      expect(count).toBeGreaterThan(700_000)
      expect(wrong.slice(0, 5)).toEqual([])
    },
    120_000,
  )
})

/** A character of each class (UAX #9, table 4). */
const examples: Readonly<Record<string, string>> = {
  L: 'a',
  R: '\u05d0',
  AL: '\u0627',
  EN: '1',
  ES: '+',
  ET: '#',
  AN: '\u0661',
  CS: ',',
  NSM: '\u0300',
  BN: '\u00ad',
  B: '\u2029',
  S: '\t',
  WS: ' ',
  ON: '!',
  LRE: '\u202a',
  LRO: '\u202d',
  RLE: '\u202b',
  RLO: '\u202e',
  PDF: '\u202c',
  LRI: '\u2066',
  RLI: '\u2067',
  FSI: '\u2068',
  PDI: '\u2069',
}

/** `x` stands for a character that rule X9 removes. */
function sameLevels(text: string, found: Uint8Array, expected: readonly string[]): boolean {
  let at = 0
  for (const level of expected) {
    if (level !== 'x' && found[at] !== Number(level)) return false
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  }
  return at === text.length
}
