/**
 * Table boxes (CSS 2.2 section 17.2.1, CSS Tables 3 section 2): a table element, or table parts without one, → a TableBox with
 * missing rows and cells made, head groups first, foot groups last, and spans resolved to grid positions.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { HtmlElement, HtmlNode } from '../html/dom.js'
import type { BlockBox, TableBox, TableCellBox, TableColumn, TableRowBox, TableRowGroupBox } from './box.js'
import type { BoxGenerator } from './generate-boxes.js'

/** A span that HTML would not honour is held to what it would (HTML standard section 4.9.11). */
const maximumColumnSpan = 1000
const maximumRowSpan = 65534

interface Draft {
  readonly captions: BlockBox[]
  readonly columns: TableColumn[]
  readonly groups: {
    role: 'head' | 'body' | 'foot'
    element: HtmlElement
    anonymous: boolean
    style: ComputedStyle
    id: number
    rows: DraftRow[]
  }[]
}
interface DraftRow {
  readonly element: HtmlElement
  readonly anonymous: boolean
  readonly style: ComputedStyle
  readonly id: number
  readonly cells: { element: HtmlElement; anonymous: boolean; style: ComputedStyle; content: BlockBox }[]
}

/** `parts` are stray table parts inside `element`; null takes the element's own children and makes it the table. */
export function generateTable(
  generator: BoxGenerator,
  element: HtmlElement,
  style: ComputedStyle,
  parts: readonly HtmlElement[] | null,
): TableBox {
  if (!parts) generator.enter(element, style)
  const id = generator.nextId()
  const draft: Draft = { captions: [], columns: [], groups: [] }
  addParts(generator, draft, element, parts ?? generator.childrenOf(element))
  if (!parts) generator.leave()
  const order = { head: 0, body: 1, foot: 2 }
  const sorted = draft.groups
    .map((group, index) => ({ group, index }))
    .sort((a, b) => order[a.group.role] - order[b.group.role] || a.index - b.index)
  const grid = placeCells(
    generator,
    sorted.map((entry) => entry.group),
  )
  const spanned = draft.columns.reduce((sum, column) => sum + column.span, 0)
  return {
    kind: 'table',
    id,
    element,
    anonymous: parts !== null,
    pseudo: null,
    style,
    captions: draft.captions,
    columns: draft.columns,
    groups: grid.groups,
    columnCount: Math.max(grid.columnCount, spanned),
  }
}

function addParts(generator: BoxGenerator, draft: Draft, parent: HtmlElement, nodes: readonly HtmlNode[]): void {
  let loose: HtmlNode[] = []
  const endLoose = () => {
    if (loose.some((node) => node.kind === 'element' || /\S/.test(node.data)))
      addRows(generator, looseGroup(generator, draft, parent), parent, loose)
    loose = []
  }
  for (const node of nodes) {
    const display = node.kind === 'element' ? generator.styles.of(node).display : null
    if (node.kind === 'text' || display === null) loose.push(node)
    else if (display === 'table-caption') {
      draft.captions.push(generator.block(node, generator.styles.of(node)))
    } else if (display === 'table-column') draft.columns.push(columnOf(generator, node))
    else if (display === 'table-column-group') draft.columns.push(...columnsOf(generator, node))
    else if (display === 'table-row-group' || display === 'table-header-group' || display === 'table-footer-group') {
      endLoose()
      addGroup(generator, draft, node, display)
    } else if (display !== 'none') loose.push(node)
  }
  endLoose()
}

function columnOf(generator: BoxGenerator, element: HtmlElement): TableColumn {
  return { element, style: generator.styles.of(element), span: spanOf(element, 'span', maximumColumnSpan) }
}

function columnsOf(generator: BoxGenerator, group: HtmlElement): readonly TableColumn[] {
  const columns = group.children.filter(
    (child): child is HtmlElement => child.kind === 'element' && generator.styles.of(child).display === 'table-column',
  )
  return columns.length > 0 ? columns.map((column) => columnOf(generator, column)) : [columnOf(generator, group)]
}

function spanOf(element: HtmlElement, name: string, maximum: number): number {
  const value = Number.parseInt(element.attributes.get(name) ?? '', 10)
  return Number.isNaN(value) || value < 1 ? 1 : Math.min(value, maximum)
}

function looseGroup(generator: BoxGenerator, draft: Draft, parent: HtmlElement): Draft['groups'][number] {
  const last = draft.groups.at(-1)
  if (last?.anonymous && last.role === 'body') return last
  const style = generator.styles.anonymous(generator.styles.of(parent), 'table-row-group')
  const group = { role: 'body' as const, element: parent, anonymous: true, style, id: generator.nextId(), rows: [] }
  draft.groups.push(group)
  return group
}

function addGroup(generator: BoxGenerator, draft: Draft, element: HtmlElement, display: ComputedStyle['display']): void {
  const style = generator.styles.of(element)
  generator.enter(element, style)
  const wanted = display === 'table-header-group' ? 'head' : display === 'table-footer-group' ? 'foot' : 'body'
  // CSS 2.2 section 17.2: only the first head and the first foot group are set apart.
  const role = wanted !== 'body' && draft.groups.some((group) => group.role === wanted) ? 'body' : wanted
  const group = { role, element, anonymous: false, style, id: generator.nextId(), rows: [] } satisfies Draft['groups'][number]
  draft.groups.push(group)
  addRows(generator, group, element, generator.childrenOf(element))
  generator.leave()
}

function addRows(generator: BoxGenerator, group: { rows: DraftRow[] }, parent: HtmlElement, nodes: readonly HtmlNode[]): void {
  let loose: HtmlNode[] = []
  const endLoose = () => {
    if (loose.some((node) => node.kind === 'element' || /\S/.test(node.data))) {
      const style = generator.styles.anonymous(generator.styles.of(parent), 'table-row')
      const row: DraftRow = { element: parent, anonymous: true, style, id: generator.nextId(), cells: [] }
      addCells(generator, row, parent, loose)
      group.rows.push(row)
    }
    loose = []
  }
  for (const node of nodes) {
    if (node.kind === 'text') {
      loose.push(node)
      continue
    }
    const style = generator.styles.of(node)
    if (style.display === 'none') continue
    if (style.display !== 'table-row') {
      loose.push(node)
      continue
    }
    endLoose()
    generator.enter(node, style)
    const row: DraftRow = { element: node, anonymous: false, style, id: generator.nextId(), cells: [] }
    addCells(generator, row, node, generator.childrenOf(node))
    generator.leave()
    group.rows.push(row)
  }
  endLoose()
}

function addCells(generator: BoxGenerator, row: DraftRow, parent: HtmlElement, nodes: readonly HtmlNode[]): void {
  let loose: HtmlNode[] = []
  const endLoose = () => {
    if (loose.some((node) => node.kind === 'element' || /\S/.test(node.data))) {
      const content = generator.anonymousBlock(loose, parent, 'table-cell')
      row.cells.push({ element: parent, anonymous: true, style: content.style, content })
    }
    loose = []
  }
  for (const node of nodes) {
    if (node.kind === 'text') {
      loose.push(node)
      continue
    }
    const style = generator.styles.of(node)
    if (style.display === 'none') continue
    if (style.display !== 'table-cell') {
      loose.push(node)
      continue
    }
    endLoose()
    row.cells.push({ element: node, anonymous: false, style, content: generator.block(node, style) })
  }
  endLoose()
}

/** The HTML standard's algorithm for forming a table (section 4.9.12), per row group. */
function placeCells(
  generator: BoxGenerator,
  drafts: readonly Draft['groups'][number][],
): { groups: TableRowGroupBox[]; columnCount: number } {
  let columnCount = 0
  let rowIndex = 0
  const groups = drafts.map((draft): TableRowGroupBox => {
    /** How many more rows of this group each column is taken for. */
    const taken: number[] = []
    const rows = draft.rows.map((row, index): TableRowBox => {
      const cells: TableCellBox[] = []
      let column = 0
      for (const cell of row.cells) {
        while ((taken[column] ?? 0) > 0) column++
        const columnSpan = cell.anonymous ? 1 : spanOf(cell.element, 'colspan', maximumColumnSpan)
        const rowSpan = Math.min(cell.anonymous ? 1 : rowSpanOf(cell.element), draft.rows.length - index)
        cells.push({
          kind: 'table-cell',
          id: generator.nextId(),
          element: cell.element,
          anonymous: cell.anonymous,
          pseudo: null,
          style: cell.style,
          content: cell.content,
          row: rowIndex,
          column,
          rowSpan,
          columnSpan,
        })
        for (let offset = 0; offset < columnSpan; offset++) taken[column + offset] = rowSpan
        column += columnSpan
      }
      columnCount = Math.max(columnCount, column, taken.length)
      for (let index = 0; index < taken.length; index++) taken[index] = Math.max(0, (taken[index] ?? 0) - 1)
      rowIndex++
      return { kind: 'table-row', id: row.id, element: row.element, anonymous: row.anonymous, pseudo: null, style: row.style, cells }
    })
    return {
      kind: 'table-row-group',
      id: draft.id,
      element: draft.element,
      anonymous: draft.anonymous,
      pseudo: null,
      style: draft.style,
      role: draft.role,
      rows,
    }
  })
  return { groups, columnCount }
}

/** rowspan=0 reaches to the end of the group. */
function rowSpanOf(element: HtmlElement): number {
  return element.attributes.get('rowspan')?.trim() === '0' ? maximumRowSpan : spanOf(element, 'rowspan', maximumRowSpan)
}
