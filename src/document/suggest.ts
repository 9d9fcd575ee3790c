/**
 * Finds what a person probably meant. In: a word and the words that exist. Out: the nearest of them, or nothing.
 * Distance: Levenshtein with neighbouring letters swapped counted as one (optimal string alignment).
 */

function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      row.push(cost)
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}

const plain = (word: string): string => word.toLowerCase().replace(/[-_\s]/g, '')

/** The word of `known` nearest to `word`, if it is near enough to be a slip: at most a third of its letters differ. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.max(1, Math.floor(word.length / 3)) + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= least + 2) continue
    const far = distance(plain(word), plain(candidate))
    if (far < least) {
      least = far
      best = candidate
    }
  }
  return best
}

/** `Did you mean "x"?`, or a list of what exists where nothing is near and the list is short. */
export function didYouMean(word: string, known: Iterable<string>): string | undefined {
  const all = [...known]
  const near = nearest(word, all)
  if (near !== undefined) return `Did you mean "${near}"?`
  return all.length > 0 && all.length <= 8 ? `Known here: ${all.join(', ')}.` : undefined
}
