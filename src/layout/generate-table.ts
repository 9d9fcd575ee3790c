/**
 * Table boxes (CSS 2.2 section 17.2.1, CSS Tables 3 section 2): a table element, or table parts without one, → a TableBox with
 * missing rows and cells made, head groups first, foot groups last, and spans resolved to grid positions.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { HtmlElement, HtmlNode } from '../html/dom.js'
import type { BlockBox, TableBox, TableCellBox, TableColumn, TableRowBox, TableRowGroupBox } from './box.js'
import type { BoxGenerator } from './generate-boxes.js'
import type { Origin } from './generated-nodes.js'

/** A span that HTML would not honour is held to what it would (HTML standard section 4.9.11). */
const maximumColumnSpan = 1000
const maximumRowSpan = 65534

interface Draft {
  readonly captions: BlockBox[]
  readonly columns: TableColumn[]
  readonly groups: DraftGroup[]
}
/** What a box is made by: an element, a pseudo-element, or nothing but what stands in it. */
interface DraftPart extends Origin {
  readonly anonymous: boolean
  readonly style: ComputedStyle
}
interface DraftGroup extends DraftPart {
  readonly role: 'head' | 'body' | 'foot'
  readonly id: number
  readonly rows: DraftRow[]
}
interface DraftRow extends DraftPart {
  readonly id: number
  readonly cells: DraftCell[]
}
interface DraftCell extends DraftPart {
  readonly content: BlockBox
  /** Whose spans count. */
  readonly spans: HtmlElement | null
}

/** Where a table is made: of an element and its children, or of stray parts inside one. */
export interface TableSource {
  readonly element: HtmlElement
  readonly style: ComputedStyle
  /** Null takes the element's own children and makes it the table. */
  readonly parts: readonly HtmlNode[] | null
}

/** One table box with all that is missing in it made up. */
export function generateTable(generator: BoxGenerator, { element, style, parts }: TableSource): TableBox {
  if (!parts) generator.enter(element, style)
  const id = generator.nextId()
  const draft: Draft = { captions: [], columns: [], groups: [] }
  addParts(generator, draft, element, parts ?? generator.partsOf(element))
  if (!parts) generator.leave()
  const order = { head: 0, body: 1, foot: 2 }
  const sorted = draft.groups
    .map((group, index) => ({ group, index }))
    .sort((a, b) => order[a.group.role] - order[b.group.role] || a.index - b.index)
  const grid = placeCells(
    generator,
    sorted.map((entry) => entry.group),
  )
  const origin = generator.originOf(element)
  const spanned = draft.columns.reduce((sum, column) => sum + column.span, 0)
  return {
    kind: 'table',
    id,
    ...origin,
    anonymous: parts !== null || origin.pseudo !== null,
    style,
    captions: draft.captions,
    columns: draft.columns,
    groups: grid.groups,
    columnCount: Math.max(grid.columnCount, spanned),
  }
}

/** Nodes that are no parts of the kind at hand wait until one is met, and are then wrapped together; white space alone is dropped. */
function createLoose(wrap: (nodes: readonly HtmlNode[]) => void): { add(node: HtmlNode): void; end(): void } {
  let nodes: HtmlNode[] = []
  return {
    add: (node) => void nodes.push(node),
    end() {
      if (nodes.some((node) => node.kind !== 'text' || /\S/.test(node.data))) wrap(nodes)
      nodes = []
    },
  }
}

const groupRoles: Partial<Record<ComputedStyle['display'], DraftGroup['role']>> = {
  'table-header-group': 'head',
  'table-row-group': 'body',
  'table-footer-group': 'foot',
}

function partOf(generator: BoxGenerator, element: HtmlElement): DraftPart {
  const origin = generator.originOf(element)
  return { ...origin, anonymous: origin.pseudo !== null, style: generator.styles.of(element) }
}

function anonymousPart(generator: BoxGenerator, parent: HtmlElement, display: ComputedStyle['display']): DraftPart {
  const { element } = generator.originOf(parent)
  return { element, pseudo: null, anonymous: true, style: generator.styles.anonymous(generator.styles.of(parent), display) }
}

function addParts(generator: BoxGenerator, draft: Draft, parent: HtmlElement, nodes: readonly HtmlNode[]): void {
  const loose = createLoose((waiting) => addRows(generator, looseGroup(generator, draft, parent), parent, waiting))
  for (const node of nodes) {
    if (node.kind === 'text') {
      loose.add(node)
      continue
    }
    const display = generator.partDisplay(node)
    const role = groupRoles[display]
    if (display === 'table-caption') draft.captions.push(generator.block(node, generator.styles.of(node)))
    else if (display === 'table-column') draft.columns.push(columnOf(generator, node, null))
    else if (display === 'table-column-group') draft.columns.push(...columnsOf(generator, node))
    else if (role) {
      loose.end()
      addGroup(generator, draft, node, role)
    } else if (display !== 'none') loose.add(node)
  }
  loose.end()
}

function columnOf(generator: BoxGenerator, element: HtmlElement, group: TableColumn['group']): TableColumn {
  return { element, style: generator.styles.of(element), span: spanOf(element, 'span', maximumColumnSpan), group }
}

function columnsOf(generator: BoxGenerator, element: HtmlElement): readonly TableColumn[] {
  const group = { element, style: generator.styles.of(element) }
  const columns = element.children.filter(
    (child): child is HtmlElement => child.kind === 'element' && generator.styles.of(child).display === 'table-column',
  )
  return columns.length > 0 ? columns.map((column) => columnOf(generator, column, group)) : [columnOf(generator, element, group)]
}

function spanOf(element: HtmlElement, name: string, maximum: number): number {
  const value = Number.parseInt(element.attributes.get(name) ?? '', 10)
  return Number.isNaN(value) || value < 1 ? 1 : Math.min(value, maximum)
}

function looseGroup(generator: BoxGenerator, draft: Draft, parent: HtmlElement): DraftGroup {
  const last = draft.groups.at(-1)
  if (last?.anonymous && last.role === 'body') return last
  const group: DraftGroup = { role: 'body', ...anonymousPart(generator, parent, 'table-row-group'), id: generator.nextId(), rows: [] }
  draft.groups.push(group)
  return group
}

function addGroup(generator: BoxGenerator, draft: Draft, element: HtmlElement, wanted: DraftGroup['role']): void {
  // CSS 2.2 section 17.2: only the first head and the first foot group are set apart.
  const role = wanted !== 'body' && draft.groups.some((group) => group.role === wanted) ? 'body' : wanted
  const group: DraftGroup = { role, ...partOf(generator, element), id: generator.nextId(), rows: [] }
  draft.groups.push(group)
  generator.enter(element, group.style)
  addRows(generator, group, element, generator.partsOf(element))
  generator.leave()
}

function addRows(generator: BoxGenerator, group: DraftGroup, parent: HtmlElement, nodes: readonly HtmlNode[]): void {
  const loose = createLoose((waiting) => {
    const row: DraftRow = { ...anonymousPart(generator, parent, 'table-row'), id: generator.nextId(), cells: [] }
    addCells(generator, row, parent, waiting)
    group.rows.push(row)
  })
  for (const node of nodes) {
    const display = node.kind === 'text' ? null : generator.partDisplay(node)
    if (display === 'none') continue
    if (node.kind === 'text' || display !== 'table-row') {
      loose.add(node)
      continue
    }
    loose.end()
    const row: DraftRow = { ...partOf(generator, node), id: generator.nextId(), cells: [] }
    generator.enter(node, row.style)
    addCells(generator, row, node, generator.partsOf(node))
    generator.leave()
    group.rows.push(row)
  }
  loose.end()
}

function addCells(generator: BoxGenerator, row: DraftRow, parent: HtmlElement, nodes: readonly HtmlNode[]): void {
  const loose = createLoose((waiting) => {
    const content = generator.anonymousBlock(waiting, parent, 'table-cell')
    row.cells.push({ ...generator.originOf(parent), pseudo: null, anonymous: true, style: content.style, content, spans: null })
  })
  for (const node of nodes) {
    const display = node.kind === 'text' ? null : generator.partDisplay(node)
    if (display === 'none') continue
    if (node.kind === 'text' || display !== 'table-cell') {
      loose.add(node)
      continue
    }
    loose.end()
    const part = partOf(generator, node)
    row.cells.push({ ...part, content: generator.block(node, part.style), spans: node })
  }
  loose.end()
}

/** The HTML standard's algorithm for forming a table (section 4.9.12), per row group. */
function placeCells(generator: BoxGenerator, drafts: readonly DraftGroup[]): { groups: TableRowGroupBox[]; columnCount: number } {
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
        const columnSpan = cell.spans ? spanOf(cell.spans, 'colspan', maximumColumnSpan) : 1
        const rowSpan = Math.min(cell.spans ? rowSpanOf(cell.spans) : 1, draft.rows.length - index)
        cells.push({
          kind: 'table-cell',
          id: generator.nextId(),
          element: cell.element,
          anonymous: cell.anonymous,
          pseudo: cell.pseudo,
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
      return { kind: 'table-row', id: row.id, element: row.element, anonymous: row.anonymous, pseudo: row.pseudo, style: row.style, cells }
    })
    return {
      kind: 'table-row-group',
      id: draft.id,
      element: draft.element,
      anonymous: draft.anonymous,
      pseudo: draft.pseudo,
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
