/** Boxes, styles and a typesetter of fixed advances, made by hand, so that positions in px can be told in advance. */
import type { ComputedStyle, Styles } from '../../src/css/computed-style.js'
import { initialStyle } from '../../src/css/properties/initial.js'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import type { HtmlElement } from '../../src/html/dom.js'
import type { BlockBox, Box, FlexBox, ReplacedBox, TableBox, TableCellBox, TableRowBox, TableRowGroupBox } from '../../src/layout/box.js'
import { createLayoutContext } from '../../src/layout/context.js'
import type { BoxFragment, Fragment, Placed } from '../../src/layout/fragment.js'
import type { ImageResource } from '../../src/layout/image.js'
import type { BreakToken, ConstraintSpace, LayoutContext, LayoutResult } from '../../src/layout/layout.js'
import type { LineBreakResult, Paragraph, Typesetter } from '../../src/text/paragraph.js'

const clear = { red: 0, green: 0, blue: 0, alpha: 0 }
export const black = { red: 0, green: 0, blue: 0, alpha: 1 }

const initial: ComputedStyle = {
  ...initialStyle(),
  id: 0,
  outlineWidth: 0,
  columnRuleWidth: 0,
  display: 'block',
  position: 'static',
  float: 'none',
  clear: 'none',
  top: 'auto',
  right: 'auto',
  bottom: 'auto',
  left: 'auto',
  zIndex: 'auto',
  visibility: 'visible',
  overflow: 'visible',
  opacity: 1,
  order: 0,
  boxSizing: 'content-box',
  width: 'auto',
  height: 'auto',
  minWidth: 'auto',
  minHeight: 'auto',
  maxWidth: 'none',
  maxHeight: 'none',
  aspectRatio: null,
  marginTop: 0,
  marginRight: 0,
  marginBottom: 0,
  marginLeft: 0,
  paddingTop: 0,
  paddingRight: 0,
  paddingBottom: 0,
  paddingLeft: 0,
  borderTopWidth: 0,
  borderRightWidth: 0,
  borderBottomWidth: 0,
  borderLeftWidth: 0,
  borderTopStyle: 'none',
  borderRightStyle: 'none',
  borderBottomStyle: 'none',
  borderLeftStyle: 'none',
  borderTopColor: black,
  borderRightColor: black,
  borderBottomColor: black,
  borderLeftColor: black,
  backgroundColor: clear,
  backgroundLayers: [],
  color: black,
  fontFamily: ['fake'],
  fontSize: 10,
  fontWeight: 400,
  fontStyle: 'normal',
  fontStretch: 100,
  fontFeatures: [],
  fontVariantCaps: 'normal',
  fontKerning: 'auto',
  lineHeight: { px: 20 },
  textAlign: 'start',
  textAlignLast: 'auto',
  textWrap: 'wrap',
  whiteSpaceCollapse: 'collapse',
  wordBreak: 'normal',
  overflowWrap: 'normal',
  lineBreak: 'auto',
  hyphens: 'manual',
  hyphenateLimitChars: [5, 2, 2],
  hyphenateLimitLines: 2,
  letterSpacing: 0,
  wordSpacing: 0,
  tabSize: 8,
  direction: 'ltr',
  unicodeBidi: 'normal',
  verticalAlign: 'baseline',
  textDecorationLine: { underline: false, overline: false, lineThrough: false },
  textDecorationColor: black,
  textDecorationStyle: 'solid',
  textDecorationThickness: 'auto',
  textUnderlineOffset: 'auto',
  language: 'en',
  listStyleType: 'disc',
  listStylePosition: 'outside',
  listStyleImage: null,
  content: 'normal',
  counterReset: [],
  counterIncrement: [],
  counterSet: [],
  quotes: 'auto',
  tableLayout: 'auto',
  borderCollapse: 'separate',
  borderSpacingX: 0,
  borderSpacingY: 0,
  captionSide: 'top',
  emptyCells: 'show',
  flexDirection: 'row',
  flexWrap: 'nowrap',
  flexGrow: 0,
  flexShrink: 1,
  flexBasis: 'auto',
  justifyContent: 'normal',
  alignItems: 'normal',
  alignSelf: 'auto',
  alignContent: 'normal',
  rowGap: 0,
  columnGap: 'normal',
  objectFit: 'fill',
  objectPositionX: 0,
  objectPositionY: 0,
  breakBefore: 'auto',
  breakAfter: 'auto',
  breakInside: 'auto',
  orphans: 1,
  widows: 1,
  boxDecorationBreak: 'slice',
  page: 'auto',
  stringSet: [],
  bookmarkLevel: 'none',
  bookmarkLabel: [],
  bookmarkState: 'open',
}

let nextId = 1
export type StyleChanges = Partial<ComputedStyle>

const interned = new Map<string, ComputedStyle>()

/** Equal changes give the same object, as the cascade has it. */
export function style(changes: StyleChanges = {}): ComputedStyle {
  const key = JSON.stringify(changes)
  const made = interned.get(key) ?? Object.freeze({ ...initial, ...changes, id: nextId++ })
  interned.set(key, made)
  return made
}

/** The same border on all sides. */
export function border(width: number, line: ComputedStyle['borderTopStyle'] = 'solid'): StyleChanges {
  return {
    ...{ borderTopWidth: width, borderRightWidth: width, borderBottomWidth: width, borderLeftWidth: width },
    ...{ borderTopStyle: line, borderRightStyle: line, borderBottomStyle: line, borderLeftStyle: line },
  }
}
export const padding = (size: number): StyleChanges => ({ paddingTop: size, paddingRight: size, paddingBottom: size, paddingLeft: size })

export function element(name: string): HtmlElement {
  return { kind: 'element', name, namespace: 'html', attributes: new Map(), children: [], parent: null, index: 0 }
}

const base = (name: string, changes: StyleChanges) => ({
  id: nextId++,
  element: element(name),
  anonymous: false,
  pseudo: null,
  style: style(changes),
})

/** A block of words; each character is 10 px wide, each line 20 px high. */
export function text(words: string, changes: StyleChanges = {}): BlockBox {
  const own = base('p', changes)
  const items = [{ kind: 'text', start: 0, end: words.length, style: own.style, element: own.element, generated: false }] as const
  return { ...own, kind: 'block', children: [], inline: { id: nextId++, text: words, items }, marker: null }
}

export function block(changes: StyleChanges = {}, children: readonly Box[] = []): BlockBox {
  return { ...base('div', changes), kind: 'block', children, inline: null, marker: null }
}

export function flex(changes: StyleChanges, children: readonly Box[]): FlexBox {
  return { ...base('div', { display: 'flex', ...changes }), kind: 'flex', outOfFlow: [], children }
}

export function image(natural: Partial<ImageResource>, changes: StyleChanges = {}): ReplacedBox {
  const resource: ImageResource = {
    kind: 'png',
    key: '/picture.png',
    data: new Uint8Array(),
    naturalWidth: null,
    naturalHeight: null,
    naturalRatio: natural.naturalWidth && natural.naturalHeight ? natural.naturalWidth / natural.naturalHeight : null,
    ...natural,
  }
  return { ...base('img', changes), kind: 'replaced', image: resource }
}

export interface CellSpec {
  /** Words, or the height in px of a single block inside. */
  readonly content: string | number | Box
  readonly style?: StyleChanges
  readonly rowSpan?: number
  readonly columnSpan?: number
}
export interface RowSpec {
  readonly cells: readonly (CellSpec | string | number)[]
  readonly style?: StyleChanges
}
export interface TableSpec {
  readonly style?: StyleChanges
  readonly head?: readonly RowSpec[]
  readonly body: readonly RowSpec[]
  readonly foot?: readonly RowSpec[]
  readonly captions?: readonly BlockBox[]
  readonly columns?: readonly StyleChanges[]
  readonly bodyStyle?: StyleChanges
}

export function table(spec: TableSpec): TableBox {
  let row = 0
  let columnCount = spec.columns?.length ?? 0
  const group = (role: 'head' | 'body' | 'foot', rows: readonly RowSpec[], changes: StyleChanges): TableRowGroupBox => {
    const taken: number[] = []
    const made = rows.map((rowSpec): TableRowBox => {
      let column = 0
      const cells = rowSpec.cells.map((given): TableCellBox => {
        const cell = typeof given === 'object' ? given : { content: given }
        while ((taken[column] ?? 0) > 0) column++
        const own = base('td', { display: 'table-cell', ...cell.style })
        const rowSpan = cell.rowSpan ?? 1
        const columnSpan = cell.columnSpan ?? 1
        const at = { row, column, rowSpan, columnSpan }
        for (let i = 0; i < columnSpan; i++) taken[column++] = rowSpan
        columnCount = Math.max(columnCount, column)
        return { ...own, kind: 'table-cell', ...at, content: cellContent(cell.content, own) }
      })
      for (let i = 0; i < taken.length; i++) taken[i] = Math.max(0, (taken[i] ?? 0) - 1)
      row++
      return { ...base('tr', { display: 'table-row', ...rowSpec.style }), kind: 'table-row', cells }
    })
    return { ...base(`t${role}`, { display: 'table-row-group', ...changes }), kind: 'table-row-group', role, rows: made }
  }
  const groups = [
    ...(spec.head ? [group('head', spec.head, {})] : []),
    group('body', spec.body, spec.bodyStyle ?? {}),
    ...(spec.foot ? [group('foot', spec.foot, {})] : []),
  ]
  const columns = (spec.columns ?? []).map((changes) => ({ element: element('col'), style: style(changes), span: 1, group: null }))
  const own = base('table', { display: 'table', ...spec.style })
  return { ...own, kind: 'table', captions: spec.captions ?? [], columns, groups, columnCount }
}

function cellContent(content: string | number | Box, own: { id: number; element: HtmlElement; style: ComputedStyle }): BlockBox {
  const shared = {
    kind: 'block',
    id: nextId++,
    element: own.element,
    anonymous: false,
    pseudo: null,
    style: own.style,
    marker: null,
  } as const
  if (typeof content === 'string') return { ...shared, children: [], inline: text(content).inline }
  return { ...shared, children: [typeof content === 'number' ? block({ height: content }) : content], inline: null }
}

export const advance = 10

const typesetter: Typesetter = {
  prepare(input): Paragraph {
    const longest = Math.max(0, ...input.text.split(/[ \n]/).map((word) => word.length))
    return { input, minContent: longest * advance, maxContent: input.text.length * advance }
  },
  breakLines(paragraph, width) {
    const lines: LineBreakResult[] = []
    for (let start = 0; ; ) {
      const line = typesetter.nextLine(paragraph, start, width)
      if (!line) return lines
      lines.push(line)
      start = line.end
    }
  },
  breakLinesFrom(paragraph, start, width) {
    return typesetter.breakLines(paragraph, width).filter((line) => line.start >= start)
  },
  indentAt: ({ input }, start) => (start === 0 ? input.indent : 0),
  nextLine({ input }, start, width) {
    if (start >= input.text.length) return null
    const most = Math.max(1, Math.floor(width / advance + 0.001))
    let end = Math.min(input.text.length, start + most)
    if (end < input.text.length && input.text[end] !== ' ') {
      const space = input.text.lastIndexOf(' ', end)
      const next = input.text.indexOf(' ', start)
      end = space > start ? space : next < 0 ? input.text.length : next
    }
    if (input.text[end] === ' ') end++
    const natural = input.text.slice(start, end).trimEnd().length * advance
    return {
      start,
      end,
      hyphenated: false,
      forced: end === input.text.length,
      naturalWidth: natural,
      expansion: 0,
      glyphScale: 1,
      hangStart: 0,
      hangEnd: 0,
    }
  },
  lineItems: () => [],
  metrics: ({ fontSize }) => ({
    ascent: fontSize * 0.8,
    descent: fontSize * 0.2,
    lineGap: 0,
    xHeight: fontSize / 2,
    capHeight: fontSize * 0.7,
    zeroAdvance: advance,
    underlinePosition: 1,
    underlineThickness: 1,
    strikeoutPosition: 3,
    strikeoutThickness: 1,
  }),
}

const styles: Styles = {
  of: () => initial,
  pseudo: () => null,
  page: () => ({
    width: 800,
    height: 1000,
    box: initial,
    bleed: 0,
    marks: { crop: false, cross: false },
    rotation: 0,
    marginBoxes: new Map(),
    footnoteArea: initial,
  }),
  anonymous: (_, display) => style({ display }),
  declarations: () => new Map(),
  fontFaces: [],
  counterStyles: new Map(),
}

export function createContext(reports: Diagnostic[] = []): LayoutContext {
  return createLayoutContext({ styles, typesetter, report: (diagnostic) => reports.push(diagnostic) })
}

export function space(width: number, changes: Partial<ConstraintSpace> = {}): ConstraintSpace {
  return {
    availableInlineSize: width,
    percentageInlineSize: width,
    percentageBlockSize: null,
    fixedInlineSize: null,
    fixedBlockSize: null,
    fragmentainerRemaining: Number.POSITIVE_INFINITY,
    fragmentainerBlockSize: Number.POSITIVE_INFINITY,
    atFragmentainerStart: true,
    newFormattingContext: false,
    shrinkToFit: false,
    ...changes,
  }
}

/** Every part of a box on pages of one height. */
export function paginate(box: Box, width: number, height: number, context = createContext()): LayoutResult[] {
  const parts: LayoutResult[] = []
  let token: BreakToken | null = null
  do {
    const onPage = space(width, { fragmentainerRemaining: height, fragmentainerBlockSize: height })
    const part: LayoutResult = context.layout(box, onPage, token)
    parts.push(part)
    token = part.breakToken
    if (parts.length > 5000) throw new Error('pages without end')
  } while (token)
  return parts
}

export interface Found<F extends Fragment = BoxFragment> {
  readonly x: number
  readonly y: number
  readonly fragment: F
}

/** All boxes of a role, in coordinates of the fragment handed in. */
export function boxes(fragment: Fragment, role: BoxFragment['role']): Found[] {
  const found: Found[] = []
  const walk = (children: readonly Placed[], x: number, y: number) => {
    for (const child of children) {
      if (child.fragment.kind !== 'box') continue
      if (child.fragment.role === role) found.push({ x: x + child.x, y: y + child.y, fragment: child.fragment })
      walk(child.fragment.children, x + child.x, y + child.y)
    }
  }
  if (fragment.kind === 'box') walk(fragment.children, 0, 0)
  return found
}

/** How many lines of text stand in a fragment. */
export function countLines(fragment: Fragment): number {
  if (fragment.kind === 'line') return 1
  return fragment.kind === 'box' ? fragment.children.reduce((sum, child) => sum + countLines(child.fragment), 0) : 0
}
