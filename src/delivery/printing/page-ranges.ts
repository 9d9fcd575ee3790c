/** Ranges of pages such as `1-3,5,8-`. In: what a person writes, and where it is known how many pages there are. Out: numbers or ranges that `lp` reads. */

export interface PageRange {
  /** Counting from 1. */
  readonly first: number
  /** Null: to the end. */
  readonly last: number | null
}

/** Null where it is no list of ascending ranges of pages. */
export function parsePageRanges(text: string): readonly PageRange[] | null {
  const ranges: PageRange[] = []
  for (const part of text.split(',')) {
    const match = /^\s*(\d+)\s*(?:(-)\s*(\d*))?\s*$/.exec(part)
    if (!match) return null
    const first = Number(match[1])
    const last = match[2] === undefined ? first : match[3] ? Number(match[3]) : null
    if (first < 1 || (last !== null && last < first)) return null
    ranges.push({ first, last })
  }
  return ranges
}

/** Indices from 0 of the pages that there are, in the order of the ranges. */
export function pagesInRanges(ranges: readonly PageRange[], count: number): readonly number[] {
  return ranges.flatMap(({ first, last }) => {
    const end = Math.min(last ?? count, count)
    return Array.from({ length: Math.max(0, end - first + 1) }, (_, index) => first - 1 + index)
  })
}

/** As IPP's page-ranges are written (RFC 8011, section 5.2.7). */
export const rangesText = (ranges: readonly PageRange[]): string =>
  ranges.map(({ first, last }) => (last === first ? `${first}` : `${first}-${last ?? ''}`)).join(',')
