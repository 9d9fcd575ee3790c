import { array, assert, constantFrom, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareTexts, countWords } from '../../../src/delivery/release/changes.js'
import { readChecksums, writeChecksums } from '../../../src/delivery/release/checksums.js'
import { difference, similarity, wordDifference } from '../../../src/delivery/release/difference.js'
import type { DocumentText } from '../../../src/delivery/release/document-text.js'

const letters = array(constantFrom('a', 'b', 'c'), { maxLength: 14 })

/** The length of the longest common subsequence, by the textbook's table. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      (table[i] as number[])[j] = a[i - 1] === b[j - 1] ? at(i - 1, j - 1) + 1 : Math.max(at(i - 1, j), at(i, j - 1))
  return at(a.length, b.length)
}

describe('difference', () => {
  test('holds both sequences in order and keeps as much as can be kept', () => {
    assert(
      property(letters, letters, (before, after) => {
        const edits = difference(before, after, (letter) => letter)
        const without = (kind: string): string[] => edits.filter((edit) => edit.kind !== kind).map(({ value }) => value)
        expect(without('inserted')).toEqual(before)
        expect(without('deleted')).toEqual(after)
        expect(edits.filter(({ kind }) => kind === 'kept')).toHaveLength(longestCommon(before, after))
      }),
      { numRuns: 300 },
    )
  })

  test('long texts without a common word are told apart quickly', () => {
    const numbers = (from: number): string[] => Array.from({ length: 20_000 }, (_, index) => String(from + index))
    expect(difference(numbers(0), numbers(50_000), String)).toHaveLength(40_000)
  })

  test('words: both lines can be read from the runs, whatever the script', () => {
    const texts = array(constantFrom('the', ' ', 'cat', '. ', 'ភាសាខ្មែរ', 'ພາສາລາວ', '1.5', '\n'), { maxLength: 12 })
    assert(
      property(texts, texts, string(), (a, b, tail) => {
        const [before, after] = [a.join(''), b.join('') + tail]
        const runs = wordDifference(before, after, 'en')
        const without = (kind: string): string => runs.flatMap((run) => (run.kind === kind ? [] : [run.text])).join('')
        expect(without('inserted')).toBe(before)
        expect(without('deleted')).toBe(after)
      }),
      { numRuns: 300 },
    )
    expect(wordDifference('one two three', 'one 2 three', 'en')).toEqual([
      { kind: 'kept', text: 'one ' },
      { kind: 'deleted', text: 'two' },
      { kind: 'inserted', text: '2' },
      { kind: 'kept', text: ' three' },
    ])
    expect(wordDifference('a wholly other phrase', 'a quite new one', 'en').map(({ kind }) => kind)).toEqual([
      'kept',
      'deleted',
      'inserted',
    ])
  })

  test('words are counted in scripts with spaces and without, and over hyphens at line ends', () => {
    expect(countWords('Two exam\u00ad\nples, it is 1.5 %.')).toBe(5)
    expect(countWords('ພາສາລາວ ພາສາລາວ')).toBeGreaterThan(2)
    expect(similarity('a b c d', 'A b c x')).toBe(0.75)
  })
})

describe('compared documents', () => {
  const text = (ids: readonly string[], source = 'a.md'): DocumentText => ({
    source,
    title: 'A',
    lang: 'en',
    date: null,
    sections: ids.map((id) => ({ id, title: id, lines: [{ kind: 'paragraph', cells: [`Text of ${id}`] }] })),
  })

  test('a section that stands elsewhere was moved', () => {
    const [document] = compareTexts([text(['one', 'two', 'three'])], [text(['three', 'one', 'two'])])
    expect(document?.sections.map(({ id, moved, insertedWords }) => [id, moved, insertedWords])).toEqual([['three', true, 0]])
  })

  test('documents that came, went and stayed', () => {
    const states = compareTexts([text(['x'], 'a.md'), text(['x'], 'b.md')], [text(['x'], 'a.md'), text(['x'], 'c.md')])
    expect(states.map(({ source, state }) => `${source} ${state}`)).toEqual(['a.md same', 'c.md added', 'b.md removed'])
  })
})

describe('checksum files', () => {
  test('names of any kind come back', () => {
    const sums = ['a b', 'back\\slash', 'line\nend', 'é'].map((path) => ({ path, sha256: 'a'.repeat(64) }))
    const read = readChecksums(writeChecksums(sums))
    expect(read.malformed).toEqual([])
    expect(read.sums).toEqual([...sums].sort((a, b) => (a.path < b.path ? -1 : 1)))
    expect(readChecksums('nothing\n').malformed).toEqual([1])
  })
})
