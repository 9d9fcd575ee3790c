import { expect, test } from 'vitest'
import { declared, styled } from '../helpers.js'

const percent = (value: number, px = 0) => ({ kind: 'linear', px, percent: value })

test.each([
  ['background-position: right 5px top 20%', percent(100, -5), 20],
  ['background-position: top', percent(50), 0],
  ['background-position: bottom left', 0, 100],
  ['background-position-x: right 5px; background-position-y: center', percent(100, -5), 50],
  ['background-position: 1px 2px; background-position-x: left', 0, 2],
] as const)('%s', (css, x, y) => {
  const [layer] = declared(`background-image: linear-gradient(red, blue); ${css}`).backgroundLayers
  expect(layer?.positionX).toEqual(x)
  expect([y, percent(y), percent(0, y)]).toContainEqual(layer?.positionY)
})

test('positions by axis keep the layers apart', () => {
  const image = 'linear-gradient(red, blue)'
  const layers = declared(`background: ${image} 1px 2px, ${image} 3px 4px; background-position-x: 9px, right`).backgroundLayers
  expect(layers.map(({ positionX, positionY }) => [positionX, positionY])).toEqual([
    [9, 2],
    [percent(100), 4],
  ])
  expect(declared('background-position-x: 1px 2px').backgroundLayers).toEqual([])
})

test.each([
  ['overflow: hidden', 'hidden', 'hidden', 'hidden'],
  ['overflow: hidden visible', 'hidden', 'auto', 'hidden'],
  ['overflow-x: clip', 'clip', 'visible', 'clip'],
  ['overflow-y: clip', 'visible', 'clip', 'clip'],
  ['overflow-x: clip; overflow-y: scroll', 'hidden', 'scroll', 'hidden'],
  ['overflow-inline: auto', 'auto', 'auto', 'auto'],
])('%s', (css, x, y, both) => {
  const { overflowX, overflowY, overflow } = declared(css)
  expect([overflowX, overflowY, overflow]).toEqual([x, y, both])
})

test.each([
  ['font-synthesis: none', 'none', 'none'],
  ['font-synthesis: style', 'none', 'auto'],
  ['font-synthesis: weight style small-caps', 'auto', 'auto'],
  ['font-synthesis: none; font-synthesis: weight weight', 'none', 'none'],
])('%s', (css, weight, style) => {
  expect([declared(css).fontSynthesisWeight, declared(css).fontSynthesisStyle]).toEqual([weight, style])
})

test('match-parent keeps the side of the parent, and justify-all justifies last lines too', () => {
  const { style } = styled(
    '<div dir=rtl><p id=x dir=ltr>a</div><ol style="text-align:center"><li id=l>a</ol>',
    '#x { text-align: match-parent }',
  )
  expect([style('x').textAlign, style('l').textAlign]).toEqual(['right', 'center'])
  expect(declared('text-align: justify-all')).toMatchObject({ textAlign: 'justify', textAlignLast: 'justify' })
  expect(declared('text-align-all: end').textAlign).toBe('end')
})

test.each([
  ['margin-block: 1px 2px; margin-inline: 3px', [1, 3, 2, 3]],
  ['margin-block-start: 1px; margin-inline-end: 2px', [1, 2, 0, 0]],
  ['direction: rtl; margin-inline: 1px 2px', [0, 1, 0, 2]],
  ['margin: 1px; margin-inline-start: 5px', [1, 1, 1, 5]],
  ['margin-inline-start: 5px; margin-left: 1px', [0, 0, 0, 1]],
  ['margin-left: 1px; margin-inline-start: 5px', [0, 0, 0, 5]],
])('%s', (css, expected) => {
  const { marginTop, marginRight, marginBottom, marginLeft } = declared(css)
  expect([marginTop, marginRight, marginBottom, marginLeft]).toEqual(expected)
})

test('all leaves the direction and custom properties alone', () => {
  const { style } = styled('<div id=x dir=rtl>', '#x { --n: 4; color: red; order: 3; all: initial; widows: var(--n) }')
  expect(style('x')).toMatchObject({ order: 0, direction: 'rtl', widows: 4 })
  expect(style('x').color.red).toBe(0)
})
