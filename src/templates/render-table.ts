/**
 * Tables → HTML. In: a table of the Markdown tree. Out: table, caption, thead and tbody with scopes (HTML 4.9, WCAG H63),
 * columns of numbers set flush on the decimal point.
 */
import { escapeHtml, writeAttributes } from '../html/escape.js'
import type { Alignment, Table, TableCell } from '../markdown/tree.js'
import { claimId, type RenderContext } from './render-context.js'
import { captionLabel, plainText, renderInlines, renderSource, withLanguage } from './render-inlines.js'

/** Digits with a sign, currency, unit of one word or per cent; the group holds the decimals with their point. */
const numeric =
  /^[\u2212+\-~\u2248<>\u2264\u2265]?\s*\p{Sc}?\s*\d{1,3}(?:[\u00a0\u202f\u2009 ,'\u2019]?\d{3})*(?:\d*)([.]\d+)?\s*[%\u2030]?$/u
const empty = /^[\u2013\u2014\u2212-]?$/

interface Column {
  readonly alignment: Alignment
  readonly numeric: boolean
  /** Most decimals of any cell. */
  readonly decimals: number
}

function decimalsOf(text: string): number {
  const point = numeric.exec(text)?.[1]
  return point === undefined ? 0 : point.length - 1
}

function describeColumn(table: Table, index: number): Column {
  const texts = table.rows.map((row) => plainText(row[index]?.content ?? [])).filter((text) => !empty.test(text))
  const numbers = texts.length > 0 && texts.every((text) => numeric.test(text))
  const alignment = table.alignments[index] ?? 'default'
  return { alignment, numeric: numbers, decimals: numbers ? Math.max(...texts.map(decimalsOf)) : 0 }
}

function cellClass(column: Column): string | undefined {
  if (column.numeric && column.alignment === 'default') return 'align-right number'
  const align = column.alignment === 'default' || column.alignment === 'left' ? [] : [`align-${column.alignment}`]
  const names = column.numeric ? [...align, 'number'] : align
  return names.length > 0 ? names.join(' ') : undefined
}

/** A number with fewer decimals than its column gets their width beside it, so that the points stand in one line. */
function padDecimals(html: string, text: string, column: Column): string {
  const flush = column.numeric && column.alignment !== 'left' && column.alignment !== 'center'
  if (!flush || !numeric.test(text)) return html
  const missing = column.decimals - decimalsOf(text)
  if (missing <= 0) return html
  const point = decimalsOf(text) === 0 ? ' pad-point' : ''
  return `<span class="pad-${Math.min(missing, 6)}${point}">${html}</span>`
}

function hasRowHeaders(table: Table): boolean {
  if (table.attributes?.classes.includes('row-headers')) return true
  const firsts = table.rows.map((row) => row[0]?.content ?? [])
  return firsts.length > 0 && firsts.every((content) => content.length > 0 && content.every((inline) => inline.kind === 'strong'))
}

function renderHead(table: Table, columns: readonly Column[], context: RenderContext): string {
  const cells = table.head.map((cell, index) => {
    const column = columns[index]
    // An empty corner heads nothing.
    if (plainText(cell.content) === '') return '<td></td>'
    return `<th${writeAttributes({ scope: 'col', class: column && cellClass(column) })}>${renderInlines(cell.content, context)}</th>`
  })
  return table.head.length === 0 ? '' : `<thead>\n<tr>${cells.join('')}</tr>\n</thead>\n`
}

/** A first column of short names keeps each on one line. */
function firstColumnIsShort(table: Table): boolean {
  return table.rows.every((row) => plainText(row[0]?.content ?? []).length <= 26)
}

interface RowOptions {
  readonly context: RenderContext
  readonly rowHeaders: boolean
  readonly short: boolean
}

function renderRow(row: readonly TableCell[], columns: readonly Column[], options: RowOptions): string {
  const cells = columns.map((column, index) => {
    const content = row[index]?.content ?? []
    const html = padDecimals(renderInlines(content, options.context), plainText(content), column)
    const header = options.rowHeaders && index === 0
    const attributes = writeAttributes({ scope: header ? 'row' : undefined, class: header && options.short ? 'short' : cellClass(column) })
    return header ? `<th${attributes}>${html}</th>` : `<td${attributes}>${html}</td>`
  })
  return `<tr>${cells.join('')}</tr>\n`
}

function renderCaption(table: Table, number: number | undefined, context: RenderContext): string {
  if (!table.caption && number === undefined) return ''
  const label = captionLabel(context.labels.table, number, context)
  return `<caption>${label}${table.caption ? renderInlines(table.caption, context) : ''}</caption>\n`
}

/** A table; in HTML editions within an element that scrolls sideways where the screen is narrow. */
export function renderTable(table: Table, outer: RenderContext): string {
  const context: RenderContext = { ...withLanguage(outer, table.attributes), termsIn: 'plain' }
  const numbered = context.document.tables.get(table)
  const width = Math.max(table.head.length, ...table.rows.map((row) => row.length))
  const columns = Array.from({ length: width }, (_, index) => describeColumn(table, index))
  const classes = table.attributes?.classes ?? []
  const attributes = writeAttributes({
    id: claimId(context, numbered?.id ?? table.attributes?.id),
    class: classes.length > 0 ? classes.join(' ') : undefined,
    lang: table.attributes?.values.lang,
  })
  const options = { context, rowHeaders: hasRowHeaders(table), short: firstColumnIsShort(table) }
  const rows = table.rows.map((row) => renderRow(row, columns, options)).join('')
  const head = renderHead(table, columns, context)
  const html = `<table${attributes}>\n${renderCaption(table, numbered?.number, context)}${head}<tbody>\n${rows}</tbody>\n</table>`
  const label = table.caption ? plainText(table.caption) : context.labels.table
  const framed =
    context.format === 'html'
      ? `<div class="table-scroll" role="region" tabindex="0" aria-label="${escapeHtml(label)}">\n${html}\n</div>`
      : html
  return framed + renderSource(table.attributes, context)
}
