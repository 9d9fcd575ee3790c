import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Box, FlexBox } from '../../src/layout/box.js'
import type { BoxFragment } from '../../src/layout/fragment.js'
import { block, border, countLines, createContext, flex, image, padding, paginate, type StyleChanges, space, text } from './fixtures.js'

const whole = (box: FlexBox, width = 600): BoxFragment => createContext().layout(box, space(width), null).fragment as BoxFragment
const places = (box: FlexBox, width?: number) =>
  whole(box, width).children.map(({ x, y, fragment }) => [x, y, fragment.width, fragment.height])
const item = (width: number, height: number, more: StyleChanges = {}) => block({ width, height, minWidth: 0, minHeight: 0, ...more })
const row = (style: StyleChanges, ...items: Box[]) => flex(style, items)

describe('main sizes in a row', () => {
  it('places items side by side and stretches them', () => {
    expect(places(row({}, item(100, 40), block({ width: 50 })))).toEqual([
      [0, 0, 100, 40],
      [100, 0, 50, 40],
    ])
  })

  it('grows by the factors, within limits', () => {
    const items = [item(100, 10, { flexGrow: 1 }), item(100, 10, { flexGrow: 3, maxWidth: 150 })]
    expect(places(row({}, ...items), 400).map(([, , width]) => width)).toEqual([250, 150])
  })

  it('leaves room where the factors sum to less than one', () => {
    expect(places(row({}, item(100, 10, { flexGrow: 0.5 })), 300)[0]?.[2]).toBe(200)
  })

  it('shrinks in proportion to the base sizes, within limits', () => {
    expect(places(row({}, item(200, 10), item(100, 10)), 150).map(([, , width]) => width)).toEqual([100, 50])
    const held = [item(200, 10, { minWidth: 180 }), item(100, 10)]
    expect(places(row({}, ...held), 200).map(([, , width]) => width)).toEqual([180, 20])
  })

  it('does not shrink below the longest word', () => {
    expect(places(row({}, text('abcdefghij abc'), text('abc abcde')), 120).map(([, , width]) => width)).toEqual([100, 50])
    expect(places(row({}, text('abc', { width: 500 }), item(100, 10)), 90).map(([, , width]) => width)).toEqual([75, 15])
  })

  it('takes the basis over the width, with the gap between', () => {
    const items = [item(300, 10, { flexBasis: 50 }), item(300, 10, { flexBasis: { kind: 'linear', px: 0, percent: 25 } })]
    expect(places(row({ columnGap: 10 }, ...items), 400)).toEqual([
      [0, 0, 50, 10],
      [60, 0, 100, 10],
    ])
  })

  it('shares equally with a basis of 0', () => {
    const items = [text('abc', { flexGrow: 1, flexBasis: 0 }), text('abc abc abc', { flexGrow: 1, flexBasis: 0, ...padding(5) })]
    expect(places(row({}, ...items), 210).map(([, , width]) => width)).toEqual([100, 110])
  })

  it('keeps the ratio of an image', () => {
    const picture = image({ naturalWidth: 200, naturalHeight: 100 }, { alignSelf: 'flex-start' })
    expect(places(row({ height: 60 }, image({ naturalWidth: 200, naturalHeight: 100 })))[0]).toEqual([0, 0, 120, 60])
    expect(places(row({}, picture))[0]).toEqual([0, 0, 200, 100])
  })
})

describe('alignment', () => {
  it.each([
    ['flex-end', [200, 250]],
    ['center', [100, 150]],
    ['space-between', [0, 250]],
    ['space-around', [50, 200]],
    ['space-evenly', [200 / 3, 50 + 400 / 3]],
    ['safe center', [100, 150]],
  ])('justifies with %s', (justifyContent, xs) => {
    const found = places(row({ justifyContent }, item(50, 10), item(50, 10)), 300).map(([x]) => x)
    found.forEach((x, index) => {
      expect(x).toBeCloseTo(xs[index] ?? Number.NaN)
    })
  })

  it('runs backwards in row-reverse and from right to left', () => {
    expect(places(row({ flexDirection: 'row-reverse' }, item(50, 10), item(30, 10)), 100).map(([x]) => x)).toEqual([50, 20])
    expect(places(row({ direction: 'rtl' }, item(50, 10), item(30, 10)), 100).map(([x]) => x)).toEqual([50, 20])
    expect(places(row({ direction: 'rtl', justifyContent: 'left' }, item(50, 10)), 100).map(([x]) => x)).toEqual([0])
  })

  it('gives free room to auto margins first', () => {
    const items = [item(50, 10), item(50, 10, { marginLeft: 'auto', marginTop: 'auto' })]
    expect(places(row({ height: 40, justifyContent: 'center' }, ...items), 300)).toEqual([
      [0, 0, 50, 10],
      [250, 30, 50, 10],
    ])
  })

  it('aligns across: start, center, end, and each item its own way', () => {
    const items = [item(10, 10), item(10, 10, { alignSelf: 'center' }), item(10, 10, { alignSelf: 'flex-end' })]
    expect(places(row({ height: 50, alignItems: 'flex-start' }, ...items)).map(([, y]) => y)).toEqual([0, 20, 40])
  })

  it('aligns baselines', () => {
    const items = [text('a', { paddingTop: 30 }), text('b'), item(10, 5)]
    const found = whole(row({ alignItems: 'baseline' }, ...items))
    const baselines = found.children.map(({ y, fragment }) => y + (fragment.kind === 'box' ? (fragment.baseline ?? fragment.height) : 0))
    expect(found.children.map(({ y }) => y).slice(0, 2)).toEqual([0, 30])
    expect(new Set(baselines).size).toBe(1)
  })

  it('wraps, with gaps, and stretches or spreads lines', () => {
    const items = () => [item(60, 10), item(60, 10), item(60, 10)]
    expect(places(row({ flexWrap: 'wrap', rowGap: 4 }, ...items()), 130).map(([x, y]) => [x, y])).toEqual([
      [0, 0],
      [60, 0],
      [0, 14],
    ])
    const ys = (style: StyleChanges) => places(row({ flexWrap: 'wrap', height: 100, ...style }, ...items()), 130).map(([, y]) => y)
    expect(ys({})).toEqual([0, 0, 50])
    expect(ys({ alignContent: 'space-between' })).toEqual([0, 0, 90])
    expect(ys({ alignContent: 'flex-start', flexWrap: 'wrap-reverse' })).toEqual([90, 90, 80])
  })
})

describe('columns', () => {
  it('stacks, stretches across and grows into a height', () => {
    const items = [text('abc'), block({ flexGrow: 1, minHeight: 0 })]
    expect(places(row({ flexDirection: 'column', height: 200, rowGap: 10 }, ...items), 300)).toEqual([
      [0, 0, 300, 20],
      [0, 30, 300, 170],
    ])
  })

  it('is as tall as its items, also upside down', () => {
    expect(places(row({ flexDirection: 'column-reverse' }, item(10, 30), item(10, 50))).map(([, y]) => y)).toEqual([50, 0])
    expect(whole(row({ flexDirection: 'column', ...border(2) }, item(10, 30), item(10, 50))).height).toBe(84)
  })

  it('shrinks to fit where items are not stretched', () => {
    expect(places(row({ flexDirection: 'column', alignItems: 'center' }, text('abcd')), 100)[0]).toEqual([30, 0, 40, 20])
  })
})

describe('flex containers over pages', () => {
  it('breaks a row between its lines', () => {
    const items = Array.from({ length: 6 }, () => item(100, 40))
    const parts = paginate(row({ flexWrap: 'wrap' }, ...items), 200, 100)
    expect(parts.map(({ fragment }) => (fragment as BoxFragment).children.map(({ y }) => y))).toEqual([
      [0, 0, 40, 40],
      [0, 0],
    ])
  })

  it('breaks inside the items of a line, each on its own', () => {
    const words = (count: number) => Array.from({ length: count }, () => 'abcdefghi').join(' ')
    const items = [text(words(7), { width: 90 }), text(words(3), { width: 90 })]
    const parts = paginate(row({ alignItems: 'flex-start' }, ...items), 200, 80)
    const lines = parts.map(({ fragment }) => (fragment as BoxFragment).children.map((child) => countLines(child.fragment)))
    expect(lines).toEqual([[4, 3], [3]])
    expect(parts.map(({ fragment }) => fragment.height)).toEqual([80, 60])
  })

  it('breaks a column between its items', () => {
    const items = [item(10, 40), item(10, 40, { breakAfter: 'avoid' }), item(10, 40), item(10, 40)]
    const parts = paginate(row({ flexDirection: 'column', ...border(1) }, ...items), 200, 100)
    expect(parts.map(({ fragment }) => (fragment as BoxFragment).children.map(({ y }) => y))).toEqual([[1], [0, 40], [0]])
    expect(parts.map(({ fragment }) => (fragment as BoxFragment).border.bottom)).toEqual([0, 0, 1])
  })

  it('starts a page where an item asks for it', () => {
    const items = [item(10, 40), item(10, 40, { breakBefore: 'right' })]
    expect(paginate(row({ flexDirection: 'column' }, ...items), 200, 500)[0]?.breakToken?.forced).toBe('right')
  })

  it('sets every item exactly once over all pages, none outside the page', () => {
    const specs = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(
        specs,
        fc.constantFrom('row', 'column'),
        fc.boolean(),
        fc.integer({ min: 60, max: 300 }),
        (counts, direction, wrap, page) => {
          const items = counts.map((count) => text(Array.from({ length: count }, () => 'abc').join(' '), { width: 30 }))
          const style = {
            flexDirection: direction as 'row' | 'column',
            flexWrap: wrap && direction === 'row' ? ('wrap' as const) : ('nowrap' as const),
          }
          const parts = paginate(flex({ ...style, alignItems: 'flex-start' }, items), 200, page)
          const lines = parts.reduce((sum, { fragment }) => sum + countLines(fragment), 0)
          expect(lines).toBe(counts.reduce((sum, count) => sum + count, 0))
          for (const { fragment } of parts) expect(fragment.height).toBeLessThanOrEqual(page + 0.01)
        },
      ),
    )
  })
})

it('keeps items inside a container that they can shrink to', () => {
  const specs = fc.array(
    fc.record({
      width: fc.integer({ min: 0, max: 400 }),
      grow: fc.double({ min: 0, max: 3, noNaN: true }),
      shrink: fc.integer({ min: 1, max: 4 }),
    }),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  const direction = fc.constantFrom('row' as const, 'row-reverse' as const)
  fc.assert(
    fc.property(
      specs,
      fc.integer({ min: 100, max: 800 }),
      fc.constantFrom('nowrap' as const, 'wrap' as const),
      direction,
      (items, width, flexWrap, flexDirection) => {
        const made = items.map(({ width: size, grow, shrink }) => item(size, 10, { flexGrow: grow, flexShrink: shrink }))
        const found = places(row({ flexWrap, flexDirection }, ...made), width)
        for (const [x = 0, , size = 0] of found) {
          expect(x).toBeGreaterThanOrEqual(-0.01)
          expect(x + size).toBeLessThanOrEqual(width + 0.01)
        }
      },
    ),
  )
})
