/**
 * Which header cells head a cell (HTML Living Standard, section 4.9.12.2; ISO 32000-1, table 349). In: a table element. Out: for tables whose cells span,
 * where Scope alone does not say it, an identifier for each header and the headers of each cell.
 */
import type { HtmlElement } from '../html/dom.js'
import { elementChildren } from '../html/walk.js'

export interface CellHeaders {
  /** Only of header cells. */
  readonly identifier: string | null
  /** Identifiers of header cells, columns first, the outermost first. */
  readonly headers: readonly string[]
}

interface Cell {
  readonly element: HtmlElement
  readonly row: number
  readonly column: number
  readonly rows: number
  readonly columns: number
}

/** A span as a whole number from 1. */
export function spanOf(cell: HtmlElement, attribute: 'colspan' | 'rowspan'): number {
  const span = Math.floor(Number(cell.attributes.get(attribute) ?? 1))
  return span >= 1 ? Math.min(span, attribute === 'colspan' ? 1000 : 65534) : 1
}

/** What a header cell heads: its `scope`, else what its place says. */
export function headerScope(cell: HtmlElement): 'Row' | 'Column' {
  const scope = cell.attributes.get('scope')
  if (scope === 'row' || scope === 'rowgroup') return 'Row'
  if (scope === 'col' || scope === 'colgroup') return 'Column'
  const row = cell.parent?.kind === 'element' ? cell.parent : null
  if (row?.parent?.kind === 'element' && row.parent.name === 'thead') return 'Column'
  const cells = row ? elementChildren(row) : []
  return cells[0] === cell && cells.some((other) => other.name === 'td') ? 'Row' : 'Column'
}

/** Empty where no cell spans and none names its headers. */
export function tableHeaders(table: HtmlElement): ReadonlyMap<HtmlElement, CellHeaders> {
  const cells = placeCells(table)
  const named = cells.some(({ element }) => element.attributes.has('headers'))
  if (!named && cells.every(({ rows, columns }) => rows === 1 && columns === 1)) return new Map()
  const heads = cells.filter(({ element }) => element.name === 'th')
  const identifiers = new Map(heads.map((head) => [head.element, identifierOf(head, table)]))
  const byId = new Map(heads.map((head) => [head.element.attributes.get('id'), identifiers.get(head.element)]))
  return new Map(
    cells.map((cell) => {
      const own = cell.element.attributes.get('headers')?.split(/\s+/)
      const found = own
        ? own.flatMap((id) => byId.get(id) ?? [])
        : headsOf(cell, heads).map(({ element }) => identifiers.get(element) as string)
      return [cell.element, { identifier: identifiers.get(cell.element) ?? null, headers: found }]
    }),
  )
}

/** Unique in the document: tables are told apart by their place in it. */
function identifierOf({ row, column }: Cell, table: HtmlElement): string {
  const path: number[] = []
  for (let e: HtmlElement | null = table; e; e = e.parent?.kind === 'element' ? e.parent : null) path.unshift(e.index)
  return `cell-${path.join('.')}-${row + 1}-${column + 1}`
}

const overlap = (a: number, aLength: number, b: number, bLength: number): boolean => a < b + bLength && b < a + aLength

/** Column headers above the cell, then row headers beside it. A header heads another one only where it spans more than that. */
function headsOf(cell: Cell, heads: readonly Cell[]): Cell[] {
  const isHead = cell.element.name === 'th'
  const above = heads.filter(
    (head) =>
      head !== cell &&
      headerScope(head.element) === 'Column' &&
      head.row + head.rows <= cell.row &&
      overlap(head.column, head.columns, cell.column, cell.columns) &&
      (!isHead || head.columns > cell.columns),
  )
  const beside = heads.filter(
    (head) =>
      head !== cell &&
      headerScope(head.element) === 'Row' &&
      head.column + head.columns <= cell.column &&
      overlap(head.row, head.rows, cell.row, cell.rows) &&
      (!isHead || head.rows > cell.rows),
  )
  return [...above.sort((a, b) => a.row - b.row), ...beside.sort((a, b) => a.column - b.column)]
}

/** Section 4.9.12.1: each cell goes to the first free place of its row. */
function placeCells(table: HtmlElement): Cell[] {
  const rows = elementChildren(table).flatMap((child) =>
    child.name === 'tr' ? [child] : ['thead', 'tbody', 'tfoot'].includes(child.name) ? elementChildren(child).filter(isRow) : [],
  )
  const busyUntil: number[] = []
  const cells: Cell[] = []
  rows.forEach((tr, row) => {
    let column = 0
    for (const element of elementChildren(tr)) {
      if (element.name !== 'th' && element.name !== 'td') continue
      while ((busyUntil[column] ?? 0) > row) column++
      const span = { rows: Math.min(spanOf(element, 'rowspan'), rows.length - row), columns: spanOf(element, 'colspan') }
      for (let i = 0; i < span.columns; i++) busyUntil[column + i] = row + span.rows
      cells.push({ element, row, column, ...span })
      column += span.columns
    }
  })
  return cells
}

const isRow = (element: HtmlElement): boolean => element.name === 'tr'
