/**
 * A table as plain text. In: rows of texts. Out: lines: columns under their heads with a rule between, cells wrapped where they must be; where
 * even that is too wide, row after row as `Head: text`.
 */
import { lead, pad, textWidth, wrapText } from './text-lines.js'

export interface TextTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly alignments: readonly ('left' | 'right' | 'center')[]
}

const gap = 2
/** A column narrower than this reads badly. */
const leastColumn = 12

/** The lines of a table, none wider than `width` where its words allow. */
export function tableLines(table: TextTable, width: number): readonly string[] {
  const widths = columnWidths(table, width)
  return widths === null ? recordLines(table, width) : gridLines(table, widths)
}

/** Natural widths where they fit; else the widest columns give way, as long as each still takes its longest word. */
function columnWidths({ head, rows }: TextTable, width: number): readonly number[] | null {
  const count = Math.max(head.length, ...rows.map((row) => row.length))
  const cellsOf = (column: number) => [head, ...rows].map((row) => row[column] ?? '')
  const natural = Array.from({ length: count }, (_, column) => Math.max(1, ...cellsOf(column).map(textWidth)))
  const least = natural.map((most, column) =>
    Math.min(most, Math.max(leastColumn, ...cellsOf(column).flatMap((cell) => cell.split(/\s+/).map(textWidth)))),
  )
  const room = width - gap * (count - 1)
  if (sum(least) > room) return null
  const widths = [...natural]
  while (sum(widths) > room) {
    const givable = widths.map((one, column) => (one > (least[column] ?? 0) ? one : 0))
    const widest = givable.indexOf(Math.max(...givable))
    widths[widest] = (widths[widest] ?? 1) - 1
  }
  return widths
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

function gridLines({ head, rows, alignments }: TextTable, widths: readonly number[]): readonly string[] {
  const rule = '-'.repeat(sum(widths) + gap * (widths.length - 1))
  const body = rows.map((row) => rowLines(row, widths, alignments))
  // Rows of several lines need air to be told apart.
  const airy = body.some((lines) => lines.length > 1)
  const between = body.flatMap((lines, index) => (airy && index > 0 ? ['', ...lines] : lines))
  return [...(head.length > 0 ? [...rowLines(head, widths, alignments), rule] : []), ...between]
}

function rowLines(row: readonly string[], widths: readonly number[], alignments: TextTable['alignments']): readonly string[] {
  const cells = widths.map((width, column) => wrapText(row[column] ?? '', width))
  const height = Math.max(...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines, column) => pad(lines[line] ?? '', widths[column] ?? 0, alignments[column] ?? 'left'))
      .join(' '.repeat(gap))
      .replaceAll('\u2007', ' ')
      .trimEnd(),
  )
}

function recordLines({ head, rows }: TextTable, width: number): readonly string[] {
  return rows.flatMap((row, index) => [
    ...(index > 0 ? [''] : []),
    ...row.flatMap((cell, column) => {
      const name = head[column] ?? ''
      const text = cell.trimEnd()
      return lead(wrapText(name === '' ? text : `${name}: ${text}`, width - 2), column === 0 ? '' : '  ', column === 0 ? '  ' : '    ')
    }),
  ])
}
