import { expect, test } from 'vitest'
import { styled } from './helpers.js'

const order = (css: string, html = '<p id=x class="a b">'): number => styled(html, css).style('x').order

test.each([
  ['p{order:1} .a{order:2}', 2],
  ['#x{order:1} .a.b{order:2}', 1],
  ['.a{order:1} .b{order:2}', 2],
  ['.a{order:1 !important} #x{order:2}', 1],
  [':where(#x){order:1} p{order:2}', 2],
  [':is(#x, i){order:1} .a.b{order:2}', 1],
  ['@layer one, two; @layer two{p{order:2}} @layer one{#x{order:1}}', 2],
  ['@layer one{#x{order:1}} p{order:2}', 2],
  ['@layer one{p{order:1 !important}} #x{order:2 !important}', 1],
  ['@layer a { p{order:2} @layer b { #x{order:1} } }', 2],
  ['@media screen{p{order:1}}', 0],
  ['@media print{p{order:1}}', 1],
  ['@media (min-width: 700px) and (width < 900px){p{order:1}}', 1],
  ['@media (prefers-color-scheme: dark){p{order:1}}', 0],
  ['@media not screen{p{order:1}}', 1],
  ['@supports (display: flex) and (not (color: wrong)){p{order:1}}', 1],
  ['@supports (hover-size: 1px){p{order:1}}', 0],
  ['body { & p { order: 3 } }', 3],
  ['body { > p { order: 3 } .z & { order: 1 } }', 3],
  ['p { order: 1; & { order: 2 } @media print { order: 4 } }', 4],
  ['p { &.a { order: 2 } order: 1 }', 2],
  ['p { order: 5; order: banana }', 5],
])('%s', (css, expected) => {
  expect(order(css)).toBe(expected)
})

test('style attributes win over rules and lose to important ones', () => {
  expect(order('#x{order:1}', '<p id=x style="order:2">')).toBe(2)
  expect(order('#x{order:1 !important}', '<p id=x style="order:2">')).toBe(1)
})

test('style elements come after the sheets, and imports before what follows them', () => {
  expect(order('p{order:1}', '<style>p{order:2}</style><p id=x>')).toBe(2)
  const imported = styled('<p id=x>', '@import "sub/base.css"; p{order:2}', {
    '/project/sub/base.css': 'p{order:1; widows: 3; list-style-image: url(dot.svg)}',
  }).style('x')
  expect([imported.order, imported.widows, imported.listStyleImage]).toEqual([2, 3, { kind: 'url', url: '/project/sub/dot.svg' }])
})

test('an import cycle is told, not followed', () => {
  const { messages } = styled('<p>', '@import "a.css";', { '/project/a.css': '@import "a.css";' })
  expect(messages.map((message) => message.code)).toEqual(['css-import-cycle'])
})

test('inherit, initial, unset and revert', () => {
  const { style } = styled(
    '<div><h1 id=a></h1><h1 id=b></h1><h1 id=c></h1><h1 id=d></h1></div>',
    'div{font-size:20px;margin-top:7px} h1{margin-top:1px;font-size:9px} #a{margin-top:inherit;font-size:inherit} #b{margin-top:initial;font-size:initial} #c{margin-top:unset;font-size:unset} #d{font-size:revert;font-weight:revert}',
  )
  expect([style('a').marginTop, style('a').fontSize]).toEqual([7, 20])
  expect([style('b').marginTop, style('b').fontSize]).toEqual([0, 16])
  expect([style('c').marginTop, style('c').fontSize]).toEqual([0, 20])
  expect([style('d').fontSize, style('d').fontWeight]).toEqual([40, 700])
})

test('custom properties fill in, fall back, inherit and break their cycles', () => {
  const { style } = styled(
    '<div><p id=x></p></div>',
    'div{--size:4px;--a:var(--b);--b:var(--a);--twice:calc(var(--size) * 2)} #x{margin:var(--twice) var(--none, 3px);width:var(--a, 9px);padding-left:var(--none);order:var(--n, 7)}',
  )
  const x = style('x')
  expect([x.marginTop, x.marginRight, x.width, x.paddingLeft, x.order]).toEqual([8, 3, 9, 0, 7])
})

test('unknown properties and values are told once, with place and hint', () => {
  const { messages } = styled(
    '<p>',
    'p { colour: red }\np {\n  widht: 1px;\n  color: redd;\n  transition: all 1s; -webkit-x: 1; widht: 2px }',
  )
  expect(messages.map(({ code, position, hint }) => [code, position?.file, position?.line, position?.column, hint])).toEqual([
    ['css-unknown-property', '/project/sheet.css', 1, 5, 'Did you mean "color"?'],
    ['css-unknown-property', '/project/sheet.css', 3, 3, 'Did you mean "width"?'],
    ['css-invalid-value', '/project/sheet.css', 4, 10, 'Did you mean "red"? Expected: <color>'],
    ['css-unsupported-property', '/project/sheet.css', 5, 3, undefined],
    ['css-vendor-prefix', '/project/sheet.css', 5, 23, undefined],
  ])
  expect(messages[1]?.excerpt).toBe('  widht: 1px;')
})

test('the user agent sheet brings no message', () => {
  expect(styled('<p>').messages).toEqual([])
})
