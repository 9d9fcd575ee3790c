/**
 * The shorthands of CSS Grid Layout 1, sections 7.4, 7.8 and 8.4. In: component values without white space. Out: the components of each
 * longhand, an empty list for its initial value; undefined where the value is none.
 */
import { type Component, splitAt } from '../syntax/component.js'
import { areasFrom, gridLineFrom, lineNamesFrom, trackListFrom, trackSizeFrom } from './grid.js'
import { type Items, identOf, keywordOf } from './property.js'
import type { Shorthand } from './shorthands.js'

const INITIAL: Items = []
const AUTO: Component = { kind: 'ident', value: 'auto', lower: 'auto', start: 0, end: 0 }
const NONE: Component = { kind: 'ident', value: 'none', lower: 'none', start: 0, end: 0 }

/** A line left out has the name of the one opposite, or is auto. */
function opposite(line: Items | undefined): Items {
  const value = line && gridLineFrom(line)
  return line && value && value !== 'auto' && 'line' in value && value.line === null ? line : [AUTO]
}

function linePair(name: 'grid-row' | 'grid-column'): Shorthand {
  return {
    name,
    longhands: [`${name}-start`, `${name}-end`],
    syntax: `<'${name}-start'> [ / <'${name}-end'> ]?`,
    expand: (items) => {
      const [start, end = opposite(start), ...more] = splitAt(items, '/')
      return start && more.length === 0 && [start, end].every(gridLineFrom) ? [start, end] : undefined
    },
  }
}

function area(): Shorthand {
  return {
    name: 'grid-area',
    longhands: ['grid-row-start', 'grid-column-start', 'grid-row-end', 'grid-column-end'],
    syntax: "<'grid-row-start'> [ / <'grid-column-start'> ]{0,3}",
    expand: (items) => {
      const [rowStart, columnStart = opposite(rowStart), rowEnd = opposite(rowStart), columnEnd = opposite(columnStart), ...more] = splitAt(
        items,
        '/',
      )
      const lines = [rowStart ?? [], columnStart, rowEnd, columnEnd]
      return more.length === 0 && lines.every(gridLineFrom) ? lines : undefined
    },
  }
}

const isNone = (items: Items): boolean => keywordOf(items) === 'none'
const isTracks = (items: Items): boolean => isNone(items) || trackListFrom(items) !== undefined

const templateSyntax =
  "none | <'grid-template-rows'> / <'grid-template-columns'> | [ <line-names>? <string> <track-size>? <line-names>? ]+ [ / <explicit-track-list> ]?"

/** Rows, columns and areas. */
type Template = readonly [Items, Items, Items]

/** Strings of areas, each with its row's size and the names of the lines about it; names that meet are one line's. */
function areaRows(items: Items): { readonly rows: Items; readonly areas: Items } | undefined {
  const rows: Component[] = []
  const areas: Component[] = []
  let hasSize = true
  let names = 0
  for (const item of items) {
    if (item.kind === 'string') {
      if (!hasSize) rows.push(AUTO)
      areas.push(item)
      hasSize = false
      names = 0
    } else if (lineNamesFrom(item)) {
      if (!hasSize) rows.push(AUTO)
      hasSize = true
      names++
      if (names > (areas.length === 0 ? 1 : 2)) return undefined
      const last = rows.at(-1)
      if (last?.kind === 'block' && item.kind === 'block') rows[rows.length - 1] = { ...last, items: [...last.items, ...item.items] }
      else rows.push(item)
    } else {
      if (hasSize || !trackSizeFrom(item)) return undefined
      rows.push(item)
      hasSize = true
    }
  }
  if (!hasSize) rows.push(AUTO)
  return areas.length > 0 && names < 2 && areasFrom(areas) ? { rows, areas } : undefined
}

/** The three forms of `grid-template`. */
function templateOf(items: Items): Template | undefined {
  if (isNone(items)) return [INITIAL, INITIAL, INITIAL]
  const [head = [], columns, ...more] = splitAt(items, '/')
  if (more.length > 0) return undefined
  if (head.some((item) => item.kind === 'string')) {
    const found = areaRows(head)
    const plain =
      !columns || (trackListFrom(columns) !== undefined && !columns.some((item) => item.kind === 'function' && item.name === 'repeat'))
    return found && plain ? [found.rows, columns ?? [NONE], found.areas] : undefined
  }
  return columns && isTracks(head) && isTracks(columns) ? [head, columns, INITIAL] : undefined
}

/** `auto-flow dense? <track-size>*`: what stands beside the explicit tracks of the other axis. */
function automaticOf(items: Items): { readonly dense: boolean; readonly tracks: Items } | undefined {
  const words = items.filter((item) => identOf(item) === 'auto-flow' || identOf(item) === 'dense')
  const tracks = items.slice(words.length)
  const dense = words.filter((item) => identOf(item) === 'dense').length
  const first = items.slice(0, words.length)
  if (words.length - dense !== 1 || dense > 1 || first.some((item) => !words.includes(item))) return undefined
  return tracks.every(trackSizeFrom) ? { dense: dense === 1, tracks } : undefined
}

const word = (value: string): Component => ({ kind: 'ident', value, lower: value, start: 0, end: 0 })
const flowWords = (axis: 'row' | 'column', dense: boolean): Items => [word(axis), ...(dense ? [word('dense')] : [])]

function grid(): Shorthand {
  return {
    name: 'grid',
    longhands: [
      'grid-template-rows',
      'grid-template-columns',
      'grid-template-areas',
      'grid-auto-rows',
      'grid-auto-columns',
      'grid-auto-flow',
    ],
    syntax:
      "<'grid-template'> | <'grid-template-rows'> / [ auto-flow && dense? ] <'grid-auto-columns'>? | [ auto-flow && dense? ] <'grid-auto-rows'>? / <'grid-template-columns'>",
    expand: (items) => {
      const template = templateOf(items)
      if (template) return [...template, INITIAL, INITIAL, INITIAL]
      const [rows, columns, ...more] = splitAt(items, '/')
      if (!rows || !columns || more.length > 0) return undefined
      const byRow = automaticOf(rows)
      if (byRow && isTracks(columns)) return [INITIAL, columns, INITIAL, byRow.tracks, INITIAL, flowWords('row', byRow.dense)]
      const byColumn = automaticOf(columns)
      if (byColumn && isTracks(rows)) return [rows, INITIAL, INITIAL, INITIAL, byColumn.tracks, flowWords('column', byColumn.dense)]
      return undefined
    },
  }
}

/** All shorthands of this file. */
export function gridShorthands(): Shorthand[] {
  return [
    linePair('grid-row'),
    linePair('grid-column'),
    area(),
    {
      name: 'grid-template',
      longhands: ['grid-template-rows', 'grid-template-columns', 'grid-template-areas'],
      syntax: templateSyntax,
      expand: templateOf,
    },
    grid(),
  ]
}
