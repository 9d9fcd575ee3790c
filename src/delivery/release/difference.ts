/**
 * The shortest edit script of two sequences (E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986), and the words of a changed line.
 * In: old and new values. Out: what is kept, deleted and inserted, in order, deletions before insertions.
 */

export type EditKind = 'kept' | 'deleted' | 'inserted'

export interface Edit<T> {
  readonly kind: EditKind
  readonly value: T
}

/** Beyond this many edits the rest counts as replaced, so that texts without a common word cost no more than long ones. */
const mostEdits = 1500

/** Kept values are the new ones. `key` says by what two values are equal. */
export function difference<T>(before: readonly T[], after: readonly T[], key: (value: T) => string): readonly Edit<T>[] {
  const a = before.map(key)
  const b = after.map(key)
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const kept = (value: T): Edit<T> => ({ kind: 'kept', value })
  const oldMiddle = before.slice(start, before.length - end)
  const newMiddle = after.slice(start, after.length - end)
  const pairs = commonPairs(a.slice(start, a.length - end), b.slice(start, b.length - end))
  const middle: Edit<T>[] = []
  let [x, y] = [0, 0]
  for (const [i, j] of [...pairs, [oldMiddle.length, newMiddle.length] as const]) {
    for (; x < i; x++) middle.push({ kind: 'deleted', value: oldMiddle[x] as T })
    for (; y < j; y++) middle.push({ kind: 'inserted', value: newMiddle[y] as T })
    if (j < newMiddle.length) middle.push(kept(newMiddle[j] as T))
    x++
    y++
  }
  return [...after.slice(0, start).map(kept), ...middle, ...after.slice(after.length - end).map(kept)]
}

/** By diagonal, the furthest place in the old values that so many edits reach; index 0 is the lowest diagonal. */
type Reach = Int32Array

/** Places of equal values in both, rising in both. */
function commonPairs(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  const reaches: Reach[] = []
  for (let edits = 0; edits <= Math.min(a.length + b.length, mostEdits); edits++) {
    const reach = new Int32Array(edits + 1)
    const before = reaches.at(-1)
    reaches.push(reach)
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = startOn(diagonal, edits, before)
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++
      reach[(diagonal + edits) / 2] = x
      if (x >= a.length && x - diagonal >= b.length) return pairsAlong(reaches, a.length, b.length)
    }
  }
  return []
}

const reached = (reach: Reach | undefined, diagonal: number): number =>
  reach === undefined ? -1 : (reach[(diagonal + reach.length - 1) / 2] ?? -1)

/** Where a path of so many edits comes onto a diagonal: by an insertion from the one above or by a deletion from the one below. */
function startOn(diagonal: number, edits: number, before: Reach | undefined): number {
  if (before === undefined) return 0
  return byInsertion(diagonal, edits, before) ? reached(before, diagonal + 1) : reached(before, diagonal - 1) + 1
}

const byInsertion = (diagonal: number, edits: number, before: Reach): boolean =>
  diagonal === -edits || (diagonal !== edits && reached(before, diagonal - 1) < reached(before, diagonal + 1))

function pairsAlong(reaches: readonly Reach[], width: number, height: number): readonly (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = []
  let [x, y] = [width, height]
  for (let edits = reaches.length - 1; edits >= 0; edits--) {
    const before = reaches[edits - 1]
    const diagonal = x - y
    const start = startOn(diagonal, edits, before)
    while (x > start) pairs.push([--x, --y])
    if (before === undefined) break
    if (byInsertion(diagonal, edits, before)) y--
    else x--
  }
  return pairs.reverse()
}

/** A stretch of one line. */
export interface Run {
  readonly kind: EditKind
  readonly text: string
}

const segmentsOf = (text: string, lang: string): readonly string[] =>
  Array.from(new Intl.Segmenter(lang, { granularity: 'word' }).segment(text), ({ segment }) => segment)

/**
 * The words of two lines compared: in turn what is kept, and what was deleted and inserted there. Space alone is not kept between changes, so that a
 * phrase that was replaced reads as one.
 */
export function wordDifference(before: string, after: string, lang: string): readonly Run[] {
  const edits = difference(segmentsOf(before, lang), segmentsOf(after, lang), (segment) => segment)
  const runs: Run[] = []
  let change = { deleted: '', inserted: '' }
  const add = (kind: EditKind, text: string): void => {
    const last = runs.at(-1)
    if (last?.kind === kind) runs[runs.length - 1] = { kind, text: last.text + text }
    else if (text !== '') runs.push({ kind, text })
  }
  const flush = (): void => {
    add('deleted', change.deleted)
    add('inserted', change.inserted)
    change = { deleted: '', inserted: '' }
  }
  edits.forEach(({ kind, value }, index) => {
    if (kind !== 'kept') change[kind] += value
    else if (
      edits[index - 1]?.kind !== 'kept' &&
      edits[index + 1]?.kind !== 'kept' &&
      index > 0 &&
      index < edits.length - 1 &&
      /^\s+$/.test(value)
    ) {
      change = { deleted: change.deleted + value, inserted: change.inserted + value }
    } else {
      flush()
      add('kept', value)
    }
  })
  flush()
  return runs
}

/** How much of two texts is in common, 0 to 1: twice the shared words by all words (L. R. Dice, 1945). */
export function similarity(before: string, after: string): number {
  const words = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const [a, b] = [words(before), words(after)]
  if (a.length + b.length === 0) return before === after ? 1 : 0
  const left = new Map<string, number>()
  for (const word of a) left.set(word, (left.get(word) ?? 0) + 1)
  let shared = 0
  for (const word of b) {
    const count = left.get(word) ?? 0
    if (count > 0) shared++
    left.set(word, count - 1)
  }
  return (2 * shared) / (a.length + b.length)
}
