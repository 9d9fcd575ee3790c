import { expect, test } from 'vitest'
import { styled } from '../helpers.js'

/** The only message about a sheet: code, the text under its mark, and the hint. */
function told(css: string): readonly (string | undefined)[] {
  const { messages } = styled('<p>', css)
  expect(messages).toHaveLength(1)
  const [{ code, position, excerpt, hint, severity }] = messages as [(typeof messages)[number]]
  const from = (position?.column ?? 1) - 1
  return [severity, code, excerpt?.slice(from, from + (position?.length ?? 0)), hint]
}

test.each([
  ['p { colour: red }', 'css-unknown-property', 'colour', 'Did you mean "color"?'],
  ['p { xyzzy: red }', 'css-unknown-property', 'xyzzy', undefined],
  ['p { text-align: centre }', 'css-invalid-value', 'centre', /^Did you mean "center"\? Expected: start \| end/],
  ['p { color: gren }', 'css-invalid-value', 'gren', 'Did you mean "green"? Expected: <color>'],
  ['p { margin: 1px 2px banana 4px }', 'css-invalid-value', 'banana', /^Expected: \[ auto \| <length-percentage> \]\{1,4\}$/],
  ['p { width: -3px }', 'css-invalid-value', '-3px', /<length-percentage \[0,∞\]>/],
  ['p { orphans: 1.5 }', 'css-invalid-value', '1.5', 'Expected: <integer [1,∞]>'],
  ['p { border: 1px sold red }', 'css-invalid-value', 'sold', /^Did you mean "solid"\?/],
  ['p { all: 3px }', 'css-invalid-value', '3px', /initial \| inherit/],
  ['p { writing-mode: vertical-rl }', 'css-unsupported-property', 'writing-mode', undefined],
  ['p { container-type: size }', 'css-unsupported-property', 'container-type', undefined],
  ['p:hovr { color: red }', 'css-invalid-selector', ':hovr', undefined],
  ['p:frist-child { color: red }', 'css-invalid-selector', ':frist-child', 'Did you mean "first-child"?'],
  ['p:not(:emty) { color: red }', 'css-invalid-selector', ':emty', 'Did you mean "empty"?'],
  ['p::befor { color: red }', 'css-invalid-selector', '::befor', 'Did you mean "before"?'],
  ['p > > a { color: red }', 'css-invalid-selector', 'p > > a', undefined],
  ['@meda print { p { color: red } }', 'css-unknown-rule', '@meda', 'Did you mean "media"?'],
  ['@container (width > 1px) { p { color: red } }', 'css-unsupported-rule', '@container', undefined],
  ['@media (min-widht: 3px) { p { color: red } }', 'css-unknown-media-feature', 'min-widht', undefined],
  ['@media (orientatoin: portrait) { p { color: red } }', 'css-unknown-media-feature', 'orientatoin', 'Did you mean "orientation"?'],
  ['p { color: red } @import "a.css";', 'css-misplaced-rule', '@import', undefined],
])('%s', (css, code, marked, hint) => {
  const [severity, ...rest] = told(css)
  expect(severity).toBe('warning')
  expect(rest.slice(0, 2)).toEqual([code, marked])
  if (hint instanceof RegExp) expect(rest[2]).toMatch(hint)
  else expect(rest[2]).toBe(hint)
})

test.each([
  ['p { cursor: pointer }', 'css-unsupported-property'],
  ['p { scroll-snap-align: start }', 'css-unsupported-property'],
  ['p { fill: red }', 'css-unsupported-property'],
  ['p { -webkit-hyphens: auto }', 'css-vendor-prefix'],
  ['p { display: -webkit-box }', 'css-vendor-prefix'],
  ['@keyframes x { from { color: red } }', 'css-unsupported-rule'],
  ['@-moz-document url() { p { color: red } }', 'css-vendor-prefix'],
])('%s is told without a warning', (css, code) => {
  expect(told(css).slice(0, 2)).toEqual(['info', code])
})

test.each([
  'p { color: red; color: color-mix(in oklab, red 20%, blue); width: attr(data-w px, 3px); --any: { x } }',
  'p { text-align: match-parent; color-scheme: light dark; print-color-adjust: exact; overflow-x: clip }',
  '@media print and (width >= 10cm) and (not (monochrome)), (100px <= width <= 900px) { p { color: red } }',
  '@supports (display: grid) and (not selector(:foo)) { p { color: red } }',
  'input:checked, :is(a:hover, :bogus), p::selection, a::-webkit-thing { color: red }',
  '@layer a, b.c; @layer { p { color: red } }',
])('%s brings no message', (css) => {
  expect(styled('<p>', css).messages).toEqual([])
})

test('each cause is told once, and very many are counted', () => {
  expect(styled('<p>', 'p { widht: 1px } a { widht: 2px }').messages).toHaveLength(1)
  const many = Array.from({ length: 5000 }, (_, i) => `p { unknown-${i}-property: 1 }`).join('\n')
  const { messages } = styled('<p>', many)
  expect(messages).toHaveLength(201)
  expect(messages.at(-1)?.message).toBe('4800 more messages about style sheets are left out')
})
