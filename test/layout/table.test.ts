import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ComputedStyle } from '../../src/css/computed-style.js'
import type { TableBox } from '../../src/layout/box.js'
import type { BoxFragment } from '../../src/layout/fragment.js'
import {
  border,
  boxes,
  countLines,
  createContext,
  image,
  padding,
  paginate,
  type RowSpec,
  type StyleChanges,
  space,
  type TableSpec,
  table,
  text,
} from './fixtures.js'

const whole = (box: TableBox, width = 600): BoxFragment => createContext().layout(box, space(width), null).fragment as BoxFragment
const cellWidths = (box: TableBox, width?: number) => boxes(whole(box, width), 'table-cell').map(({ fragment }) => fragment.width)
const row = (...cells: RowSpec['cells']): RowSpec => ({ cells })
const rowsOf = (count: number, height = 20): RowSpec[] => Array.from({ length: count }, () => row(height))
const shown = (fragment: BoxFragment | { kind: string }) =>
  boxes(fragment as BoxFragment, 'table-row').map(({ y, fragment: found }) => ({ y, height: found.height, repeated: found.repeated }))

describe('column widths', () => {
  it('shrinks to content where there is room', () => {
    expect(cellWidths(table({ body: [row('abc', 'defgh')] }))).toEqual([30, 50])
    expect(whole(table({ body: [row('abc', 'defgh')] })).width).toBe(80)
  })

  it('counts padding and borders once', () => {
    const body = [{ cells: [{ content: 'abc', style: { ...padding(5), ...border(1) } }] }]
    expect(cellWidths(table({ body }))).toEqual([42])
  })

  it('never goes below the longest word', () => {
    expect(cellWidths(table({ body: [row('abc def', 'abcdefgh')] }), 60)).toEqual([30, 80])
  })

  it('honours a width of the table, of a column and of a cell', () => {
    const columns = [{ width: 100 }, {}]
    expect(cellWidths(table({ style: { width: 300 }, columns, body: [row('a', 'b')] }))).toEqual([100, 200])
    const body = [{ cells: [{ content: 'a', style: { width: 70, ...padding(5) } }, 'b'] }]
    expect(cellWidths(table({ style: { width: 300 }, body }))).toEqual([80, 220])
  })

  it('honours percentages', () => {
    const columns = [{ width: { kind: 'linear', px: 0, percent: 25 } as const }, {}]
    expect(cellWidths(table({ style: { width: 400 }, columns, body: [row('a', 'b')] }))).toEqual([100, 300])
  })

  it('lets a spanning cell widen its columns', () => {
    const fragment = whole(table({ body: [{ cells: [{ content: 'abcdefghij', columnSpan: 2 }] }, row('a', 'b')] }))
    expect(fragment.width).toBe(100)
  })

  it('divides a fixed layout by its first row', () => {
    const body = [{ cells: [{ content: 'a', style: { width: 120 } }, 'b', 'c'] }, row('abcdefghijklmnopqrst', 'b', 'c')]
    expect(cellWidths(table({ style: { width: 300, tableLayout: 'fixed' }, body })).slice(0, 3)).toEqual([120, 90, 90])
  })

  it('places columns with spacing, mirrored from right to left', () => {
    const make = (direction: 'ltr' | 'rtl') => table({ style: { borderSpacingX: 4, borderSpacingY: 6, direction }, body: [row('ab', 'c')] })
    expect(boxes(whole(make('ltr')), 'table-cell').map(({ x, y }) => [x, y])).toEqual([
      [4, 6],
      [28, 6],
    ])
    expect(boxes(whole(make('rtl')), 'table-cell').map(({ x }) => x)).toEqual([18, 4])
    expect(whole(make('ltr'))).toMatchObject({ width: 42, height: 32 })
  })
})

describe('borders that collapse', () => {
  const collapse = { borderCollapse: 'collapse' } as const
  /** Lines as their middle, their ends and their width, flat ones first. */
  const lines = (fragment: BoxFragment) => {
    const found = boxes(fragment, 'block').filter(
      ({ fragment: { element, border: edges } }) => !element && (edges.top > 0 || edges.left > 0),
    )
    const flat = found.filter(({ fragment: line }) => line.border.top > 0)
    const upright = found.filter(({ fragment: line }) => line.border.left > 0)
    return {
      flat: flat.map(({ x, y, fragment: { width, height } }) => [y + height / 2, x, x + width, height]),
      upright: upright.map(({ x, y, fragment: { width, height } }) => [x + width / 2, y, y + height, width]),
    }
  }

  it('draws each line once and the wider wins; cells count half of it', () => {
    const body = [
      {
        cells: [
          { content: 'a', style: border(1) },
          { content: 'b', style: border(3) },
        ],
      },
    ]
    const fragment = whole(table({ style: { ...collapse, ...border(2) }, body }))
    const [first, second] = boxes(fragment, 'table-cell')
    expect(first?.fragment.border).toEqual({ top: 1, right: 1.5, bottom: 1, left: 1 })
    expect(second?.fragment.border).toEqual({ top: 1.5, right: 1.5, bottom: 1.5, left: 1.5 })
    expect((first?.x ?? 0) + (first?.fragment.width ?? 0)).toBe(second?.x)
    expect(fragment.border).toEqual({ top: 1.5, right: 1.5, bottom: 1.5, left: 1 })
    expect(lines(fragment)).toEqual({
      flat: [
        [1.5, 0, 12, 2],
        [24.5, 0, 12, 2],
        [1.5, 12, 28, 3],
        [24.5, 12, 28, 3],
      ],
      upright: [
        [1, 0.5, 25.5, 2],
        [13.5, 0, 26, 3],
        [26.5, 0, 26, 3],
      ],
    })
  })

  it('joins alike lines into one, and those of cells that span end at their sides', () => {
    const cell = { content: 'a', style: border(2) }
    const even = lines(whole(table({ style: collapse, body: [row(cell, cell), row(cell, cell)] })))
    expect([even.flat.length, even.upright.length]).toEqual([3, 3])
    const spanning = lines(whole(table({ style: collapse, body: [row({ ...cell, columnSpan: 2 }), row(cell, cell)] })))
    expect(spanning.upright.map(([, top, bottom]) => (bottom ?? 0) - (top ?? 0))).toHaveLength(3)
    const inner = spanning.upright.find(([x]) => x === 13)
    expect(inner?.[1]).toBeGreaterThan(20)
  })

  it('resolves conflicts as section 17.6.2.1 says', () => {
    const one = (left: StyleChanges, right: StyleChanges, more: Partial<TableSpec> = {}) => {
      const body = [
        {
          cells: [
            { content: 'a', style: left },
            { content: 'b', style: right },
          ],
        },
      ]
      const fragment = whole(table({ style: collapse, body, ...more }))
      const found = boxes(fragment, 'block').filter(({ fragment: line }) => line.border.left > 0)
      return found.map(({ fragment: line }) => [line.border.left, line.style.borderLeftStyle])
    }
    const right = (width: number, line: ComputedStyle['borderRightStyle']) => ({ borderRightWidth: width, borderRightStyle: line })
    const left = (width: number, line: ComputedStyle['borderLeftStyle']) => ({ borderLeftWidth: width, borderLeftStyle: line })
    expect(one(right(1, 'hidden'), left(9, 'solid'))).toEqual([])
    expect(one(right(1, 'none'), left(2, 'dotted'))).toEqual([[2, 'dotted']])
    expect(one(right(4, 'dotted'), left(3, 'double'))).toEqual([[4, 'dotted']])
    const order = ['double', 'solid', 'dashed', 'dotted', 'ridge', 'outset', 'groove', 'inset'] as const
    for (const [index, stronger] of order.slice(0, -1).entries()) {
      const shown = stronger === 'outset' ? 'groove' : stronger
      expect(one(right(3, order[index + 1] as 'solid'), left(3, stronger))).toEqual([[3, shown]])
      expect(one(right(3, stronger), left(3, order[index + 1] as 'solid'))).toEqual([[3, shown]])
    }
  })

  it('gives the page that a row starts, and the one that it ends, a whole line', () => {
    const cell = (height: number) => ({ content: height, style: border(2) })
    const box = table({ style: collapse, body: [row(cell(40)), row(cell(40)), row(cell(40))] })
    const parts = paginate(box, 300, 90).map(({ fragment }) => fragment as BoxFragment)
    expect(parts.map((part) => [part.height, lines(part).flat.map(([y]) => y)])).toEqual([
      [86, [1, 43, 85]],
      [44, [1, 43]],
    ])
  })
})

describe('row heights and alignment', () => {
  it('aligns top, middle, bottom and baseline', () => {
    const aligned = (['top', 'middle', 'bottom'] as const).map((verticalAlign) => ({ content: 10, style: { verticalAlign } }))
    const tall = { content: 'b', style: { paddingTop: 30 } }
    const cells = boxes(whole(table({ body: [{ cells: [...aligned, 'a', tall] }] })), 'table-cell')
    expect(cells.map(({ fragment }) => fragment.height)).toEqual([50, 50, 50, 50, 50])
    expect(cells.map(({ fragment }) => fragment.children[0]?.y)).toEqual([0, 20, 40, 30, 30])
    expect(cells[3]?.fragment.baseline).toBe(cells[4]?.fragment.baseline)
  })

  it('takes heights of rows and cells as least heights', () => {
    const body = [{ cells: [10], style: { height: 50 } }, { cells: [{ content: 10, style: { height: 30, ...padding(5) } }] }, row(70)]
    expect(shown(whole(table({ body }))).map(({ height }) => height)).toEqual([50, 40, 70])
  })

  it('shares what a spanning cell needs among its rows', () => {
    const body = [{ cells: [{ content: 100, rowSpan: 2 }, 20] }, row(20)]
    expect(shown(whole(table({ body }))).map(({ height }) => height)).toEqual([50, 50])
  })

  it('spreads a height of the table over its body rows', () => {
    const fragment = whole(table({ style: { height: 200, ...border(10) }, head: rowsOf(1), body: rowsOf(2) }))
    expect(fragment.height).toBe(220)
    expect(shown(fragment).map(({ height }) => height)).toEqual([20, 90, 90])
  })

  it('hides an empty cell where asked', () => {
    const body = [{ cells: [{ content: '', style: { emptyCells: 'hide', ...border(1) } as const }, 'a'] }]
    expect(boxes(whole(table({ body })), 'table-cell')[0]?.fragment.style.visibility).toBe('hidden')
  })

  it('puts captions above and below, and the border around the grid alone', () => {
    const captions = [text('top'), text('end', { captionSide: 'bottom', marginTop: 5 })]
    const fragment = whole(table({ style: border(2), captions, body: rowsOf(1, 30) }))
    expect(fragment).toMatchObject({ height: 79, border: { top: 0 } })
    expect(fragment.children.map(({ y }) => y)).toEqual([0, 20, 59])
    expect(fragment.children[1]?.fragment).toMatchObject({ role: 'table', height: 34, border: { top: 2 } })
  })

  it('paints the background of a column behind its rows', () => {
    const columns = [{}, { backgroundColor: { red: 1, green: 0, blue: 0, alpha: 1 } }]
    const fragment = whole(table({ columns, body: [row('ab', 'cd'), row('ab', 'cd')] }))
    expect(fragment.children[0]).toMatchObject({ x: 20, y: 0, fragment: { element: null, width: 20, height: 40 } })
  })
})

describe('tables over pages', () => {
  it('repeats head and foot, marked as repeated', () => {
    const parts = paginate(table({ head: rowsOf(1), body: rowsOf(7), foot: rowsOf(1) }), 300, 100)
    const pages = parts.map(({ fragment }) => shown(fragment).map(({ y, repeated }) => (repeated ? -y - 1 : y)))
    expect(pages).toEqual([
      [0, 20, 40, 60, -81],
      [-1, 20, 40, 60, -81],
      [-1, 20, 40],
    ])
  })

  it('shows the caption on the first part only', () => {
    const parts = paginate(table({ captions: [text('title')], body: rowsOf(6) }), 300, 80)
    expect(parts.map(({ fragment }) => countLines(fragment))).toEqual([1, 0])
    expect(parts.map(({ fragment }) => shown(fragment).length)).toEqual([3, 3])
  })

  it('never leaves a head or a caption alone at the foot of a page', () => {
    const box = table({ captions: [text('title')], head: rowsOf(1), body: rowsOf(3) })
    const room = { fragmentainerRemaining: 50, fragmentainerBlockSize: 100, atFragmentainerStart: false }
    const result = createContext().layout(box, space(300, room), null)
    expect(result).toMatchObject({ appeal: 0, fragment: { height: 0, children: [] }, breakToken: { index: 0, consumed: 0 } })
  })

  it('keeps rows together that avoid a break between them', () => {
    const body = [row(20), { cells: [20], style: { breakAfter: 'avoid' as const } }, row(20), row(20)]
    expect(paginate(table({ body }), 300, 45).map(({ fragment }) => shown(fragment).length)).toEqual([1, 2, 1])
  })

  it('breaks where a row asks for it, to a left page too', () => {
    const body = [row(20), { cells: [20], style: { breakBefore: 'left' as const } }]
    const parts = paginate(table({ body }), 300, 400)
    expect(parts.map(({ breakToken }) => breakToken?.forced ?? null)).toEqual(['left', null])
  })

  it('breaks a row taller than a page inside its cells', () => {
    const words = Array.from({ length: 12 }, () => 'abcdefghi').join(' ')
    const parts = paginate(table({ style: { width: 180 }, body: [row(words, 'ab')], columns: [{ width: 90 }, {}] }), 300, 100)
    const lines = parts.map(({ fragment }) => boxes(fragment, 'table-cell').map((cell) => countLines(cell.fragment)))
    expect(lines).toEqual([
      [5, 1],
      [5, 0],
      [2, 0],
    ])
  })

  it('moves a row that fits on a page of its own', () => {
    const words = 'abc abc abc'
    const parts = paginate(table({ style: { width: 30 }, body: [row(60), row(words)] }), 300, 100)
    expect(parts.map(({ fragment }) => countLines(fragment))).toEqual([0, 3])
  })

  it('goes on with a cell that spans rows on both sides of a break', () => {
    const words = Array.from({ length: 6 }, () => 'abc').join(' ')
    const body = [
      { cells: [{ content: words, rowSpan: 4, style: { width: 30, verticalAlign: 'top' as const } }, 30] },
      row(30),
      row(30),
      row(30),
    ]
    const parts = paginate(table({ body }), 300, 70)
    const spanning = parts.map(({ fragment }) => boxes(fragment, 'table-cell')[0]?.fragment)
    expect(spanning.map((cell) => cell?.height)).toEqual([60, 60])
    expect(spanning.map((cell) => (cell ? countLines(cell) : 0))).toEqual([3, 3])
  })

  it('shrinks an image in a cell to the page', () => {
    const tall = image({ naturalWidth: 100, naturalHeight: 1000 })
    const parts = paginate(table({ body: [row({ content: tall, style: padding(10) })] }), 300, 220)
    expect(parts).toHaveLength(1)
    expect(parts[0]?.fragment.height).toBe(220)
  })

  it('lays out 10,000 rows in time that grows with the rows', () => {
    const time = (count: number) => {
      const box = table({ head: [row('name', 'value')], body: Array.from({ length: count }, (_, i) => row(`row ${i}`, 'abc def')) })
      const start = performance.now()
      const parts = paginate(box, 400, 900)
      expect(parts.flatMap(({ fragment }) => shown(fragment)).filter(({ repeated }) => !repeated)).toHaveLength(count + 1)
      return performance.now() - start
    }
    time(1000)
    const small = time(2000)
    expect(time(10000)).toBeLessThan(Math.max(small, 50) * 15)
  })
})

const cellHeights = fc.array(
  fc.record({ height: fc.integer({ min: 1, max: 260 }), span: fc.integer({ min: 1, max: 3 }), lines: fc.integer({ min: 1, max: 30 }) }),
  {
    minLength: 1,
    maxLength: 14,
  },
)

describe('any table over pages', () => {
  it('sets every row exactly once, in order, without overlap, and every line', () => {
    fc.assert(
      fc.property(cellHeights, fc.boolean(), fc.boolean(), fc.integer({ min: 120, max: 400 }), (specs, head, foot, page) => {
        let openSpan = 0
        const body = specs.map(({ height, span, lines }, index): RowSpec => {
          const rowSpan = openSpan > 0 ? 0 : Math.min(span, specs.length - index)
          openSpan = openSpan > 0 ? openSpan - 1 : rowSpan - 1
          const own = { content: Array.from({ length: lines }, () => 'abc').join(' '), style: { width: 30 } }
          return { cells: rowSpan > 0 ? [{ content: height % 90, rowSpan }, own] : [own] }
        })
        const box = table({
          style: { borderSpacingY: 2 },
          body,
          ...(head ? { head: rowsOf(1) } : {}),
          ...(foot ? { foot: rowsOf(1) } : {}),
        })
        const parts = paginate(box, 300, page)
        const ids = new Set<number>()
        let lines = 0
        let order = -1
        const positions = new Map(box.groups.flatMap((group) => group.rows).map((found, index) => [found.id, index]))
        for (const { fragment } of parts) {
          let bottom = 0
          lines += countLines(fragment)
          for (const { y, fragment: found } of boxes(fragment, 'table-row')) {
            expect(y).toBeGreaterThanOrEqual(bottom - 0.01)
            bottom = y + found.height
            if (found.repeated) continue
            const position = positions.get(found.boxId) ?? -1
            expect(position === order || position === order + 1).toBe(true)
            order = position
            ids.add(found.boxId)
          }
          expect(bottom).toBeLessThanOrEqual(page + 0.01)
        }
        expect(ids.size).toBe(positions.size)
        expect(lines).toBe(specs.reduce((sum, spec) => sum + spec.lines, 0))
      }),
      { numRuns: 300 },
    )
  })
})
