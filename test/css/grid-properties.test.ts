import { describe, expect, test } from 'vitest'
import type { ComputedStyle } from '../../src/css/computed-style.js'
import { declared, styled } from './helpers.js'

const auto = { min: 'auto', max: 'auto' }
const fixed = (length: number) => ({ min: { length }, max: { length } })
const entry = (size: object, ...names: string[]) => ({ names, size })

describe('track lists', () => {
  test.each<[string, object | null]>([
    ['none', null],
    ['10px auto', { entries: [entry(fixed(10)), entry(auto)], names: [] }],
    ['[a b] 1fr [c]', { entries: [entry({ min: 'auto', max: { flex: 1 } }, 'a', 'b')], names: ['c'] }],
    ['minmax(1em, 2fr)', { entries: [entry({ min: { length: 16 }, max: { flex: 2 } })], names: [] }],
    ['fit-content(20%)', { entries: [entry({ min: 'auto', max: { fitContent: { kind: 'linear', px: 0, percent: 20 } } })], names: [] }],
    ['[x] repeat(2, 5px [y])', { entries: [{ names: ['x'], count: 2, tracks: [entry(fixed(5))], endNames: ['y'] }], names: [] }],
    [
      'repeat(auto-fit, minmax(10px, 1fr))',
      { entries: [{ names: [], count: 'auto-fit', tracks: [entry({ min: { length: 10 }, max: { flex: 1 } })], endNames: [] }], names: [] },
    ],
  ])('%s', (value, computed) => {
    expect(declared(`grid-template-columns: ${value}`).gridTemplateColumns).toEqual(computed)
    expect(declared(`grid-template-rows: ${value}`).gridTemplateRows).toEqual(computed)
  })
  test('more repetitions than any grid has tracks are held', () => {
    const list = declared('grid-template-columns: repeat(1000000000, 1px)').gridTemplateColumns
    expect(list?.entries[0]).toMatchObject({ count: 10_000 })
  })
})

describe('lines and shorthands', () => {
  test.each<[string, keyof ComputedStyle, unknown]>([
    ['grid-row: 2', 'gridRowStart', { line: 2, name: null }],
    ['grid-row: 2', 'gridRowEnd', 'auto'],
    ['grid-column: Main', 'gridColumnEnd', { line: null, name: 'Main' }],
    ['grid-column: span 2 / -1', 'gridColumnStart', { span: 2, name: null }],
    ['grid-column: span 2 / -1', 'gridColumnEnd', { line: -1, name: null }],
    ['grid-row-start: foo 3', 'gridRowStart', { line: 3, name: 'foo' }],
    ['grid-row-start: span foo', 'gridRowStart', { span: 1, name: 'foo' }],
    ['grid-row-start: 1000000000', 'gridRowStart', { line: 10_000, name: null }],
    ['grid-area: head', 'gridColumnEnd', { line: null, name: 'head' }],
    ['grid-area: 1 / 2 / 3 / 4', 'gridRowEnd', { line: 3, name: null }],
    ['grid-area: 1 / a', 'gridColumnEnd', { line: null, name: 'a' }],
    ['grid-auto-flow: dense', 'gridAutoFlow', { axis: 'row', dense: true }],
    ['grid-auto-flow: column dense', 'gridAutoFlow', { axis: 'column', dense: true }],
    ['grid: auto-flow dense 5px / none', 'gridAutoFlow', { axis: 'row', dense: true }],
    ['grid: auto-flow dense 5px / none', 'gridAutoRows', [fixed(5)]],
    ['grid: 5px / auto-flow 6px 7px', 'gridAutoColumns', [fixed(6), fixed(7)]],
    ['grid: 5px / auto-flow 6px 7px', 'gridAutoFlow', { axis: 'column', dense: false }],
    ['grid-auto-rows: 5px; grid: none', 'gridAutoRows', [auto]],
    ['grid-template: 1px / 2px', 'gridTemplateRows', { entries: [entry(fixed(1))], names: [] }],
    [
      'grid-template: [a] "x y" 1px [b] [c] "x z" [d] / 2px 3px',
      'gridTemplateRows',
      { entries: [entry(fixed(1), 'a'), entry(auto, 'b', 'c')], names: ['d'] },
    ],
    [
      'grid-template-areas: "a a ." "b b ..."',
      'gridTemplateAreas',
      {
        rows: 2,
        columns: 3,
        areas: [
          { name: 'a', rowStart: 0, rowEnd: 1, columnStart: 0, columnEnd: 2 },
          { name: 'b', rowStart: 1, rowEnd: 2, columnStart: 0, columnEnd: 2 },
        ],
      },
    ],
    ['place-items: center end', 'justifyItems', 'end'],
    ['place-self: center', 'justifySelf', 'center'],
    ['justify-items: legacy left', 'justifyItems', 'left'],
    ['justify-self: safe end', 'justifySelf', 'safe end'],
    ['align-self: unsafe end', 'alignSelf', 'end'],
    ['grid-gap: 1px 2px', 'columnGap', 2],
  ])('%s: %s', (css, key, value) => {
    expect(declared(css)[key]).toEqual(value)
  })
})

describe('values that are none are reported, and leave the property as it was', () => {
  test.each([
    'grid-template-columns: repeat(1e9, 1px)',
    'grid-template-columns: repeat(0, 1px)',
    'grid-template-columns: repeat(auto-fill, 1fr)',
    'grid-template-columns: repeat(auto-fill, 1px) repeat(auto-fit, 1px)',
    'grid-template-columns: repeat(2, repeat(2, 1px))',
    'grid-template-columns: minmax(1fr, 10px)',
    'grid-template-columns: fit-content(1fr)',
    'grid-template-columns: [a] [b] 1px',
    'grid-template-columns: [span] 1px',
    'grid-template-columns: -1px',
    'grid-template-areas: "a b" "b a"',
    'grid-template-areas: "a" "a b"',
    'grid-template-areas: ""',
    'grid-row: 0',
    'grid-row: span 0',
    'grid-row: 1 / 2 / 3',
    'grid-column: span',
    'grid-column: auto 1',
    'grid-template: "a" 1px 2px / 1px',
    'grid-template: "a" / repeat(2, 1px)',
    'grid-template: [a] [b] "a" / 1px',
    'grid: auto-flow / auto-flow',
    'justify-items: space-between',
    'justify-items: auto',
    'grid-auto-flow: row column',
    'grid-nonsense: 1',
  ])('%s', (css) => {
    const { messages, style } = styled('<div id=x></div>', `#x { ${css} }`)
    expect(messages.map(({ code }) => code)).toEqual([css.startsWith('grid-nonsense') ? 'css-unknown-property' : 'css-invalid-value'])
    const plain = declared('')
    expect({ ...style('x'), id: plain.id }).toEqual(plain)
  })
})
