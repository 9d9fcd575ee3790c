/**
 * Grid containers and items (CSS Grid Layout 1, sections 7 and 8; CSS Align 3, sections 6 and 7 for the inline axis). In: component values.
 * Out: track lists, areas, lines and alignment as computed values; undefined where a value is none.
 */
import type { GridAreas, GridLine, LengthPercentage, TrackBreadth, TrackEntryOf, TrackListOf, TrackSizeOf } from '../computed-style.js'
import { type Component, isDelim, withoutSpace } from '../syntax/component.js'
import { integerOf, lengthFrom } from '../values/calc.js'
import { type LengthBases, resolveLength, type SpecifiedLength } from '../values/length.js'
import { alignmentFrom } from './box.js'
import { commaList, define, type Items, identOf, keywordOf, limited, type Property, single } from './property.js'

/** CSS Grid 1, section 5.4: lines further out than this are taken as if they were here. */
export const MOST_TRACKS = 10_000

type Size = TrackSizeOf<SpecifiedLength>
type Breadth = TrackBreadth<SpecifiedLength>
type Entry = TrackEntryOf<SpecifiedLength>
type List = TrackListOf<SpecifiedLength>
type Repeat = Extract<List['entries'][number], { readonly count: unknown }>

const RESERVED = new Set('auto span inherit initial unset revert revert-layer default'.split(' '))

/** A line's or an area's name; names keep their case. */
function nameOf(item: Component | undefined): string | undefined {
  return item?.kind === 'ident' && !RESERVED.has(item.lower) ? item.value : undefined
}

/** `[a b]`; undefined for anything else. */
export function lineNamesFrom(item: Component | undefined): readonly string[] | undefined {
  if (item?.kind !== 'block' || item.open !== '[') return undefined
  const names = withoutSpace(item.items).map(nameOf)
  return names.every((name) => name !== undefined) ? (names as string[]) : undefined
}

function breadthFrom(item: Component | undefined): Breadth | undefined {
  const word = identOf(item)
  if (word !== undefined) return word === 'auto' || word === 'min-content' || word === 'max-content' ? word : undefined
  if (item?.kind === 'dimension' && item.unit === 'fr') return item.value >= 0 ? { flex: item.value } : undefined
  const length = lengthFrom(item, { percent: true, nonNegative: true })
  return length === undefined ? undefined : { length }
}

const isFlexible = (breadth: Breadth): breadth is { readonly flex: number } => typeof breadth === 'object' && 'flex' in breadth
const isFixed = (breadth: Breadth): boolean => typeof breadth === 'object' && 'length' in breadth

function minmaxFrom(items: Items): Size | undefined {
  const parts = commaList(items)
  if (parts?.length !== 2) return undefined
  const [min, max] = parts.map((part) => breadthFrom(single(part)))
  return min === undefined || max === undefined || isFlexible(min) ? undefined : { min, max }
}

/** `<track-size>`. One that is flexible has an automatic minimum (section 7.2.4). */
export function trackSizeFrom(item: Component | undefined): Size | undefined {
  if (item?.kind === 'function' && item.name === 'minmax') return minmaxFrom(withoutSpace(item.items))
  if (item?.kind === 'function' && item.name === 'fit-content') {
    const limit = lengthFrom(single(withoutSpace(item.items)), { percent: true, nonNegative: true })
    return limit === undefined ? undefined : { min: 'auto', max: { fitContent: limit } }
  }
  const breadth = breadthFrom(item)
  if (breadth === undefined) return undefined
  return isFlexible(breadth) ? { min: 'auto', max: breadth } : { min: breadth, max: breadth }
}

/** `<fixed-size>`: one of both sides is a length. */
function isFixedSize({ min, max }: Size): boolean {
  return isFixed(min) || (typeof max === 'object' && 'length' in max)
}

/** Tracks with the names of the lines between them. */
function repeatFrom(items: Items): Repeat | undefined {
  const [head, ...rest] = items
  if (!isDelim(rest[0], ',')) return undefined
  const word = identOf(head)
  const number = integerOf(head)
  const count = word === 'auto-fill' || word === 'auto-fit' ? word : number !== undefined && number >= 1 ? number : undefined
  if (count === undefined) return undefined
  const tracks: Entry[] = []
  let names: readonly string[] | undefined
  for (const item of rest.slice(1)) {
    const own = lineNamesFrom(item)
    if (own) {
      if (names) return undefined
      names = own
      continue
    }
    const size = trackSizeFrom(item)
    if (!size) return undefined
    tracks.push({ names: names ?? [], size })
    names = undefined
  }
  if (tracks.length === 0) return undefined
  return { names: [], count: typeof count === 'number' ? Math.min(count, MOST_TRACKS) : count, tracks, endNames: names ?? [] }
}

/** `<track-list>` or `<auto-track-list>`. */
export function trackListFrom(items: Items): List | undefined {
  const entries: (Entry | Repeat)[] = []
  let names: readonly string[] | undefined
  for (const item of items) {
    const own = lineNamesFrom(item)
    if (own) {
      if (names) return undefined
      names = own
      continue
    }
    if (item.kind === 'function' && item.name === 'repeat') {
      const repeat = repeatFrom(withoutSpace(item.items))
      if (!repeat) return undefined
      entries.push({ ...repeat, names: names ?? [] })
    } else {
      const size = trackSizeFrom(item)
      if (!size) return undefined
      entries.push({ names: names ?? [], size })
    }
    names = undefined
  }
  const automatic = entries.filter((entry) => 'count' in entry && typeof entry.count === 'string')
  const sizes = entries.flatMap((entry) => ('count' in entry ? entry.tracks.map((track) => track.size) : [entry.size]))
  if (automatic.length > 1 || (automatic.length === 1 && !sizes.every(isFixedSize))) return undefined
  return entries.length > 0 ? { entries, names: names ?? [] } : undefined
}

function computeBreadth<B extends Breadth | { readonly fitContent: SpecifiedLength }>(breadth: B, bases: LengthBases) {
  const compute = (length: SpecifiedLength): LengthPercentage => limited(resolveLength(length, bases), true)
  if (typeof breadth !== 'object') return breadth
  if ('length' in breadth) return { length: compute(breadth.length) }
  return 'fitContent' in breadth ? { fitContent: compute(breadth.fitContent) } : breadth
}

function computeSize({ min, max }: Size, bases: LengthBases): TrackSizeOf<LengthPercentage> {
  return {
    min: computeBreadth(min, bases),
    max: computeBreadth(max, bases),
  } as TrackSizeOf<LengthPercentage>
}

function computeList(list: List | null, bases: LengthBases): TrackListOf<LengthPercentage> | null {
  if (!list) return null
  const entry = ({ names, size }: Entry) => ({ names, size: computeSize(size, bases) })
  return {
    names: list.names,
    entries: list.entries.map((one) => ('count' in one ? { ...one, tracks: one.tracks.map(entry) } : entry(one))),
  }
}

function template(name: string, key: 'gridTemplateColumns' | 'gridTemplateRows'): Property {
  return define<typeof key, List | null>(name, key, {
    syntax: 'none | <track-list> | <auto-track-list>',
    initial: 'none',
    parse: (items) => (keywordOf(items) === 'none' ? null : trackListFrom(items)),
    compute: (list, { bases }) => computeList(list, bases),
  })
}

function automaticTracks(name: string, key: 'gridAutoColumns' | 'gridAutoRows'): Property {
  return define<typeof key, readonly Size[]>(name, key, {
    syntax: '<track-size>+',
    initial: 'auto',
    parse: (items) => {
      const sizes = items.map(trackSizeFrom)
      return sizes.length > 0 && sizes.every((size) => size !== undefined) ? (sizes as Size[]) : undefined
    },
    compute: (sizes, { bases }) => sizes.map((size) => computeSize(size, bases)),
  })
}

/** One row of `grid-template-areas`: names and, as null, empty cells (section 7.3). */
function areaRow(text: string): (string | null)[] | undefined {
  const cells = text.split(/[ \t\n\r\f]+/).filter((cell) => cell !== '')
  const valid = cells.length > 0 && cells.every((cell) => /^\.+$/.test(cell) || /^[-\w\u0080-\u{10ffff}]+$/u.test(cell))
  return valid ? cells.map((cell) => (cell.startsWith('.') ? null : cell)) : undefined
}

/** Rows of cells as named areas; undefined where rows differ in length or an area is no rectangle. */
export function areasFrom(items: Items): GridAreas | undefined {
  const rows = items.map((item) => (item.kind === 'string' ? areaRow(item.value) : undefined))
  const columns = rows[0]?.length ?? 0
  if (rows.length === 0 || rows.some((row) => row?.length !== columns)) return undefined
  const areas = new Map<string, { name: string; rowStart: number; rowEnd: number; columnStart: number; columnEnd: number; cells: number }>()
  rows.forEach((cells, row) => {
    cells?.forEach((name, column) => {
      if (name === null) return
      const area = areas.get(name) ?? { name, rowStart: row, rowEnd: row, columnStart: column, columnEnd: column, cells: 0 }
      area.rowEnd = row + 1
      area.columnStart = Math.min(area.columnStart, column)
      area.columnEnd = Math.max(area.columnEnd, column + 1)
      area.cells++
      areas.set(name, area)
    })
  })
  const found = [...areas.values()]
  if (found.some((area) => (area.rowEnd - area.rowStart) * (area.columnEnd - area.columnStart) !== area.cells)) return undefined
  return { rows: rows.length, columns, areas: found.map(({ cells: _cells, ...area }) => area) }
}

const heldLine = (number: number): number => Math.min(MOST_TRACKS, Math.max(-MOST_TRACKS, number))

/** `<grid-line>` (section 8.3). */
export function gridLineFrom(items: Items): GridLine | undefined {
  if (keywordOf(items) === 'auto') return 'auto'
  const spans = items.filter((item) => identOf(item) === 'span')
  const rest = items.filter((item) => identOf(item) !== 'span')
  const isSpanFirstOrLast = spans.length === 0 || identOf(items[0]) === 'span' || identOf(items.at(-1)) === 'span'
  if (spans.length > 1 || rest.length === 0 || rest.length > 2 || !isSpanFirstOrLast) return undefined
  const numbers = rest.map(integerOf).filter((number) => number !== undefined)
  const names = rest.map(nameOf).filter((name) => name !== undefined)
  if (numbers.length > 1 || names.length > 1 || numbers.length + names.length !== rest.length) return undefined
  const number = numbers[0]
  const name = names[0] ?? null
  if (number === 0 || (spans.length > 0 && number !== undefined && number < 0)) return undefined
  if (spans.length > 0) return { span: heldLine(number ?? 1), name }
  return number === undefined ? { line: null, name } : { line: heldLine(number), name }
}

const gridLineSyntax = 'auto | <custom-ident> | [ <integer> && <custom-ident>? ] | [ span && [ <integer [1,∞]> || <custom-ident> ] ]'

function line(name: string, key: 'gridRowStart' | 'gridRowEnd' | 'gridColumnStart' | 'gridColumnEnd'): Property {
  return define<typeof key, GridLine>(name, key, { syntax: gridLineSyntax, parse: gridLineFrom, compute: (value) => value })
}

function flowFrom(items: Items): { axis: 'row' | 'column'; dense: boolean } | undefined {
  const words = items.map((item) => identOf(item) ?? '?')
  const axes = words.filter((word) => word === 'row' || word === 'column')
  const dense = words.filter((word) => word === 'dense').length
  if (words.length === 0 || axes.length > 1 || dense > 1 || axes.length + dense !== words.length) return undefined
  return { axis: axes[0] === 'column' ? 'column' : 'row', dense: dense === 1 }
}

const CONTENT_ONLY = new Set(['space-between', 'space-around', 'space-evenly'])

/** `legacy` matters only to inheritance (CSS Align 3, section 6.2). */
function justificationFrom(items: Items, isSelf: boolean): string | undefined {
  const rest = isSelf ? items : items.filter((item) => identOf(item) !== 'legacy')
  if (rest.length === 0) return items.length === 1 ? 'normal' : undefined
  const value = alignmentFrom(rest)
  return value === undefined || CONTENT_ONLY.has(value) || (!isSelf && value === 'auto') ? undefined : value
}

function justification(name: string, key: 'justifyItems' | 'justifySelf'): Property {
  const words = '[ first | last ]? baseline | [ safe | unsafe ]? <alignment-keyword>'
  return define<typeof key, string>(name, key, {
    syntax: key === 'justifySelf' ? `auto | ${words}` : `${words} | legacy && [ left | right | center ]?`,
    parse: (items) => justificationFrom(items, key === 'justifySelf'),
    compute: (word) => word,
  })
}

/** All properties of this file. */
export function gridProperties(): Property[] {
  return [
    template('grid-template-columns', 'gridTemplateColumns'),
    template('grid-template-rows', 'gridTemplateRows'),
    define<'gridTemplateAreas', GridAreas | null>('grid-template-areas', 'gridTemplateAreas', {
      syntax: 'none | <string>+',
      initial: 'none',
      parse: (items) => (keywordOf(items) === 'none' ? null : areasFrom(items)),
      compute: (areas) => areas,
    }),
    automaticTracks('grid-auto-columns', 'gridAutoColumns'),
    automaticTracks('grid-auto-rows', 'gridAutoRows'),
    define('grid-auto-flow', 'gridAutoFlow', {
      syntax: '[ row | column ] || dense',
      initial: 'row',
      parse: flowFrom,
      compute: (flow: { axis: 'row' | 'column'; dense: boolean }) => flow,
    }),
    line('grid-row-start', 'gridRowStart'),
    line('grid-row-end', 'gridRowEnd'),
    line('grid-column-start', 'gridColumnStart'),
    line('grid-column-end', 'gridColumnEnd'),
    justification('justify-items', 'justifyItems'),
    justification('justify-self', 'justifySelf'),
  ]
}
