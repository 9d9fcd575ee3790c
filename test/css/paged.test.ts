/** Values of properties for pages, and of page selectors. */
import { describe, expect, test } from 'vitest'
import type { PageSelector } from '../../src/css/computed-style.js'
import { declared, styled } from './helpers.js'

const page = (changes: Partial<PageSelector> = {}): PageSelector => ({
  name: '',
  first: false,
  left: false,
  blank: false,
  index: 2,
  groupIndex: 2,
  ...changes,
})
const pageOf = (css: string, selector: PageSelector = page()) => styled('<p id=x>', css).styles.page(selector)
const mm = (value: number) => (value * 96) / 25.4

describe('size', () => {
  test.each([
    ['a5', mm(148), mm(210)],
    ['A4', mm(210), mm(297)],
    ['a3 landscape', mm(420), mm(297)],
    ['landscape b5', mm(250), mm(176)],
    ['b4', mm(250), mm(353)],
    ['jis-b5', mm(182), mm(257)],
    ['jis-b4', mm(257), mm(364)],
    ['letter', 816, 1056],
    ['legal landscape', 1344, 816],
    ['ledger', 1056, 1632],
    ['100px', 100, 100],
    ['1in 2in', 96, 192],
    ['auto', 800, 600],
    ['portrait', 600, 800],
  ])('%s', (size, width, height) => {
    const found = pageOf(`@page { size: ${size} }`)
    expect([found.width, found.height]).toEqual([width, height].map((side) => expect.closeTo(side, 3)))
  })
  test.each(['a4 a5', '10px landscape', '1px 2px 3px', '-1px', 'portrait landscape'])('%s is told of', (size) => {
    expect(styled('<p>', `@page { size: ${size} }`).messages.map(({ code }) => code)).toEqual(['css-invalid-value'])
  })
})

describe('page selectors', () => {
  const width = (css: string, changes: Partial<PageSelector> = {}) => pageOf(css, page(changes)).width
  test('a name outweighs :first and :blank, they outweigh :left and :right, and the later wins among equals', () => {
    const rules = '@page ch { size: 10px } @page :first { size: 20px } @page :left { size: 30px } @page { size: 40px }'
    expect(width(rules, { name: 'ch', first: true, left: true })).toBe(10)
    expect(width(rules, { first: true, left: true })).toBe(20)
    expect(width(rules, { left: true })).toBe(30)
    expect(width(rules)).toBe(40)
    expect(width('@page :nth(2) { size: 10px } @page :right { size: 20px }')).toBe(10)
    expect(width('@page ch:first { size: 10px } @page ch { size: 20px }', { name: 'ch', first: true })).toBe(10)
  })
  test(':nth() with and without a group', () => {
    expect(width('@page :nth(2n+1) { size: 10px }', { index: 3 })).toBe(10)
    expect(width('@page :nth(2n+1 of ch) { size: 10px }', { index: 2, groupIndex: 3, name: 'ch' })).toBe(10)
    expect(width('@page :nth(2n+1 of ch) { size: 10px }', { index: 3, groupIndex: 3, name: 'other' })).toBe(800)
    expect(styled('<p>', '@page :nth(2 of a b) { size: 10px }').messages.map(({ code }) => code)).toEqual(['css-invalid-selector'])
  })
})

describe('properties', () => {
  test('marks, bleed and orientation', () => {
    const { marks, bleed, rotation } = pageOf('@page { marks: cross crop; bleed: 3mm; page-orientation: rotate-right }')
    expect([marks, bleed, rotation]).toEqual([{ crop: true, cross: true }, expect.closeTo(mm(3), 3), 90])
    expect(pageOf('@page { marks: crop }').bleed).toBe(8)
    expect(pageOf('@page { marks: cross }').bleed).toBe(0)
    expect(styled('<p>', '@page { marks: crop crop }').messages.map(({ code }) => code)).toEqual(['css-invalid-value'])
  })
  test('auto is the parent’s page name', () => {
    const { style } = styled('<div id=a><p id=b></p><p id=c></p></div>', '#a { page: Chapter } #c { page: auto }')
    expect([style('a').page, style('b').page, style('c').page]).toEqual(['Chapter', 'Chapter', 'Chapter'])
  })
  test('position: running() makes a block and ends a float', () => {
    const { style } = styled('<span id=a></span>', '#a { position: running(head); float: left }')
    expect([style('a').position, style('a').display, style('a').float]).toEqual([{ running: 'head' }, 'block', 'none'])
  })
  test.each([
    ['element(head)', { kind: 'element', name: 'head', which: 'first' }],
    ['element(head, start)', { kind: 'element', name: 'head', which: 'start' }],
    ['element(head last)', { kind: 'element', name: 'head', which: 'last' }],
    ['string(t, first-except)', { kind: 'string-reference', name: 't', which: 'first-except' }],
    ['content(marker)', { kind: 'content', what: 'marker' }],
    ['leader(dotted)', { kind: 'leader', pattern: '. ' }],
    ['target-text("#x", after)', { kind: 'target-text', target: { kind: 'url', url: '#x' }, what: 'after' }],
    [
      'target-counters(attr(href), n, ".", lower-roman)',
      { kind: 'target-counters', target: { kind: 'attr', name: 'href' }, name: 'n', separator: '.', style: 'lower-roman' },
    ],
  ])('content: %s', (value, item) => expect(declared(`content: ${value}`).content).toEqual([item]))
  test.each(['element(head, middle)', 'element()', 'element(a b c)', 'target-counters("#x", n)', 'content(middle)', 'foo(x)'])(
    'content: %s is told of',
    (value) => expect(styled('<p>', `p { content: ${value} }`).messages.map(({ code }) => code)).toEqual(['css-invalid-value']),
  )
})
