/** The ledger in words: for one block, and summed up. In: ledger entries. Out: short English phrases for a terminal. */
import type { EditionName, LedgerEntry } from './edition.js'

/** Where a block went, and why it is not whole: `page 2`, `notes of slide 4`, `left out: brief=omit`. */
export function entryWords(entry: LedgerEntry, edition: EditionName): string {
  const { outcome, reason } = entry
  const why = reason === undefined ? '' : `: ${reason}`
  switch (outcome) {
    case 'included':
      return placeWords(entry, edition)
    case 'shortened':
      return `${placeWords(entry, edition)}, ${reason ?? 'shortened'}`
    case 'in-notes':
      return `notes of ${placeWords(entry, edition)}`
    case 'omitted-by-author':
    case 'omitted-by-rule':
      return `left out${why}`
    case 'withheld':
      return `withheld${why}`
    case 'cut-to-fit':
      return `cut to fit${why}`
  }
}

function placeWords({ place, pages }: LedgerEntry, edition: EditionName): string {
  if (edition === 'slides' && place !== undefined) return place
  if (!pages || pages.length === 0) return place ?? 'included'
  const last = pages.at(-1)
  return pages.length === 1 ? `page ${pages[0]}` : `pages ${pages[0]}–${last}`
}

/** Outcomes in the order of summaries, each with its word. */
export const summaryWords: readonly (readonly [LedgerEntry['outcome'], string])[] = [
  ['included', 'whole'],
  ['shortened', 'shortened'],
  ['in-notes', 'in notes'],
  ['cut-to-fit', 'cut to fit'],
  ['omitted-by-author', 'left out by the author'],
  ['omitted-by-rule', 'left out by rule'],
  ['withheld', 'withheld'],
]

/** `24 blocks: 9 whole, 4 shortened, 11 left out by rule`. */
export function ledgerSummary(entries: readonly LedgerEntry[]): string {
  const parts = summaryWords.flatMap(([outcome, words]) => {
    const count = entries.filter((entry) => entry.outcome === outcome).length
    return count > 0 ? [`${count} ${words}`] : []
  })
  return `${entries.length} ${entries.length === 1 ? 'block' : 'blocks'}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`
}
