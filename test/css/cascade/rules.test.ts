import { expect, test } from 'vitest'
import { styled } from '../helpers.js'

const page = `<section class=card id=card><p id=x class="a b" data-n=7 data-w=30 data-c=red data-t="3px solid"><i id=i>t</i></p><div class=end><p id=y></p></div></section><p id=z></p>`
const order = (css: string, id = 'x'): number => styled(page, css).style(id).order

test.each([
  ['@media (width >= 10cm) and (width <= 900px) { p { order: 1 } }', 1],
  ['@media (100px <= width < 200px) { p { order: 1 } }', 0],
  ['@media (900px > width > 100px) { p { order: 1 } }', 1],
  ['@media (orientation: landscape) and (min-aspect-ratio: 4/3) { p { order: 1 } }', 1],
  ['@media (aspect-ratio > 2) { p { order: 1 } }', 0],
  ['@media (resolution >= 2dppx) and (min-resolution: 150dpi) { p { order: 1 } }', 1],
  ['@media (resolution < 10dpcm) { p { order: 1 } }', 0],
  ['@media only print and (color) { p { order: 1 } }', 1],
  ['@media not print { p { order: 1 } }', 0],
  ['@media not (monochrome) { p { order: 1 } }', 1],
  ['@media screen, (width: 800px) or (width: 1px) { p { order: 1 } }', 1],
  ['@media print and (width) or (height) { p { order: 1 } }', 0],
  ['@media (prefers-reduced-motion) and (hover: none) { p { order: 1 } }', 1],
  ['@media (bogus) or (print) { p { order: 1 } }', 0],
  ['@media not (bogus) { p { order: 1 } }', 0],
  ['@media { p { order: 1 } }', 1],
  ['@supports (display: grid) and (not (order: red)) { p { order: 1 } }', 1],
  ['@supports selector(:has(> a)) and font-format(woff2) { p { order: 1 } }', 1],
  ['@supports selector(:bogus) or font-tech(color-SVG) { p { order: 1 } }', 0],
  ['@supports at-rule(@layer) and (--x: y) { p { order: 1 } }', 1],
  ['@supports not (bogus: 1) { p { order: 1 } }', 1],
])('%s', (css, expected) => {
  expect(order(css)).toBe(expected)
})

test.each([
  ['@layer a { p { order: 1 } } @layer b { p { order: 2 } } @layer a { .a { order: 3 } }', 2],
  ['@layer a.b { p { order: 1 } } @layer a { p { order: 2 } }', 2],
  ['@layer a { @layer c, d; @layer d { p { order: 1 } } @layer c { .a { order: 2 } } }', 1],
  ['@layer a { p { order: 1 } } @layer b { p { order: 2; order: revert-layer } }', 1],
  ['@layer a { p { order: 1 } } p { order: revert-layer }', 1],
  ['@layer a { p { order: 1 !important } } @layer b { p { order: 2 !important } }', 1],
  ['@layer { p { order: 1 } } @layer { p { order: 2 } }', 2],
  ['p { order: 1 } p { order: revert }', 0],
  ['@layer a { p { order: 1; all: revert-layer } }', 0],
])('layers: %s', (css, expected) => {
  expect(order(css)).toBe(expected)
})

test.each([
  ['.card { p { order: 1 } & > p { order: 2 } }', 2],
  ['.card { p& { order: 1 } order: 4; }', 0],
  ['p { .card & { order: 1 } }', 1],
  ['p { order: 1; &.b { order: 2 } order: 3 }', 2],
  ['p { i { order: 1 } order: 3 }', 3],
  ['p { order: 1; @media print { order: 2; &.nope { order: 3 } } }', 2],
  ['p { @supports (order: 1) { @layer x { order: 2 } order: 1 } }', 1],
  ['.card { p { &.a { &.b { order: 5 } } } }', 5],
  ['.card, .nope { p { order: 1 } } .a { order: 2 }', 1],
  ['& p { order: 1 }', 1],
])('nesting: %s', (css, expected) => {
  expect(order(css)).toBe(expected)
})

test('@scope holds below its roots and not below its limits', () => {
  const css = '@scope (.card) to (.end) { p { order: 1 } :scope { order: 2 } & > p { widows: 5 } }'
  const { style } = styled(page, css)
  expect(['card', 'x', 'y', 'z'].map((id) => style(id).order)).toEqual([2, 1, 0, 0])
  expect([style('x').widows, style('y').widows]).toEqual([5, 2])
})

test('imports may name a layer, a condition and media, and stand first', () => {
  const files = {
    '/project/a.css': 'p { order: 1 }',
    '/project/b.css': '.a { order: 2 }',
    '/project/c.css': 'p { order: 3 }',
    '/project/d.css': 'p { widows: 7 }',
  }
  const read = (css: string) => styled(page, css, files).style('x')
  expect(read('@import "b.css" layer(low); @import url(a.css) layer; ').order).toBe(1)
  expect(read('@layer high, low; @import "b.css" layer(high); @import "a.css" layer(low);').order).toBe(1)
  expect(read('@import "c.css" supports(display: nope);').order).toBe(0)
  expect(read('@import "c.css" supports((display: block) and (not (order: x))) print and (width > 1px);').order).toBe(3)
  expect(read('@import "c.css" screen;').order).toBe(0)
  expect(read('@media print { @import "d.css"; }').widows).toBe(2)
  expect(read('i { order: 0 } @import "d.css";').widows).toBe(2)
})

test('custom properties by @property', () => {
  const css = `@property --gap { syntax: "<length>"; inherits: false; initial-value: 4px }
    @property --n { syntax: "<integer>"; inherits: true; initial-value: 3 }
    #x { --gap: 9px; --n: no; margin: var(--gap); order: var(--n) } #i { margin: var(--gap); order: var(--n) }`
  const { style } = styled(page, css)
  expect([style('x').marginTop, style('i').marginTop, style('x').order, style('i').order]).toEqual([9, 4, 3, 3])
})

test.each([
  ['order: attr(data-n type(<integer>))', 'order', 7],
  ['order: attr(data-n number)', 'order', 7],
  ['width: attr(data-w px)', 'width', 30],
  ['width: attr(data-w %)', 'width', { kind: 'linear', px: 0, percent: 30 }],
  ['width: attr(data-no px, 3em)', 'width', 48],
  ['width: attr(data-c px, 5px)', 'width', 5],
  ['width: attr(data-no px)', 'width', 'auto'],
  ['width: attr(data-w type(<length>), 8px)', 'width', 8],
  ['width: calc(attr(data-w px) * 2)', 'width', 60],
  ['color: attr(data-c type(<color>))', 'color', { red: 1, green: 0, blue: 0, alpha: 1 }],
  ['border-top: attr(data-t type(*))', 'borderTopWidth', 3],
  ['--w: attr(data-w px); width: var(--w)', 'width', 30],
  ['width: env(safe-area-inset-top, 4px)', 'width', 0],
  ['width: env(unknown, 4px)', 'width', 4],
  ['width: env(unknown)', 'width', 'auto'],
  ['font-family: attr(data-c)', 'fontFamily', ['red']],
] as const)('%s', (css, key, expected) => {
  expect(styled(page, `#x { ${css} }`).style('x')[key]).toEqual(expected)
})

test('attr() is each element its own', () => {
  const { style } = styled('<p id=a data-o=1><p id=b data-o=2><p id=c>', 'p { order: attr(data-o type(<integer>), 9) }')
  expect(['a', 'b', 'c'].map((id) => style(id).order)).toEqual([1, 2, 9])
})

test('addresses never come from attributes by way of type()', () => {
  const { style } = styled('<p id=a data-u="url(secret.png)">', 'p { background-image: attr(data-u type(*), none) }')
  expect(style('a').backgroundLayers).toEqual([])
})

test('linked sheets count in the order of the document', () => {
  const files = { '/project/css/one.css': 'p { order: 1; list-style-image: url(dot.png) }', '/project/two words.css': 'p { widows: 4 }' }
  const head = `<link rel=stylesheet href="css/one.css?v=2"><style>p { order: 2 }</style><link rel="stylesheet" href="two%20words.css" media=print>
    <link rel=stylesheet href="css/one.css" media=screen><link rel="alternate stylesheet" href="css/one.css"><link rel=icon href=none.ico>`
  const { style, messages } = styled(`${head}<p id=x>`, '', files)
  expect([style('x').order, style('x').widows, style('x').listStyleImage]).toEqual([2, 4, { kind: 'url', url: '/project/css/dot.png' }])
  expect(messages).toEqual([])
})

test('a linked sheet that cannot be read is told', () => {
  const { messages } = styled('<link rel=stylesheet href="none.css"><link rel=stylesheet href="https://example.org/a.css"><p>')
  expect(messages.map(({ code, message }) => [code, message])).toEqual([
    ['css-link-missing', 'the style sheet "none.css" cannot be read'],
    ['css-link-missing', 'the style sheet "https://example.org/a.css" cannot be read'],
  ])
})
