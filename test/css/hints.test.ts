/** Presentational attributes (HTML, section 15.3) as computed styles. */
import { expect, test } from 'vitest'
import { styled } from './helpers.js'

const rgb = ({ red, green, blue }: { red: number; green: number; blue: number }): readonly number[] =>
  [red, green, blue].map((part) => Math.round(part * 255))

test('old attributes of tables reach their cells and stop at tables inside', () => {
  const { style } = styled(
    '<table border=4 cellpadding=7 cellspacing=3 bordercolor=navy bgcolor=eee id=t><tr id=r valign=bottom bgcolor="#ff0"><td id=a nowrap height=30><table><tr><td id=b></table><td id=c align=right width=20%></table>',
  )
  expect([style('t').borderTopWidth, style('t').borderSpacingX, rgb(style('t').backgroundColor)]).toEqual([4, 3, [14, 14, 14]])
  expect([style('a').borderTopWidth, style('a').paddingLeft, style('a').textWrap, style('a').height]).toEqual([1, 7, 'nowrap', 30])
  expect(rgb(style('a').borderTopColor)).toEqual([0, 0, 128])
  expect([style('b').borderTopWidth, style('b').paddingLeft]).toEqual([0, 1])
  expect([style('c').textAlign, style('c').verticalAlign, style('r').verticalAlign]).toEqual(['right', 'bottom', 'bottom'])
})

test.each([
  ['red', [255, 0, 0]],
  ['#0f0', [0, 255, 0]],
  ['abcdef', [171, 205, 239]],
  ['#chucknorris', [192, 0, 0]],
  ['#12345678', [18, 69, 120]],
])('the colour %s is read as HTML reads it', (color, expected) => {
  expect(rgb(styled(`<font id=x color="${color}">`).style('x').color)).toEqual(expected)
})

test('rules and frame', () => {
  const { style } = styled(
    '<table rules=rows frame=hsides id=t><tr id=r><td id=c></table><table rules=cols><tr><td id=d></table><table rules=groups><tbody id=g><tr><td></table>',
  )
  expect([style('t').borderCollapse, style('t').borderTopStyle, style('t').borderLeftStyle]).toEqual(['collapse', 'outset', 'hidden'])
  expect([style('r').borderTopStyle, style('r').borderLeftStyle, style('c').borderTopStyle]).toEqual(['solid', 'none', 'none'])
  expect([style('d').borderTopStyle, style('d').borderLeftStyle]).toEqual(['none', 'solid'])
  expect([style('g').borderTopWidth, style('g').borderBottomStyle]).toEqual([1, 'solid'])
})

test('fonts, rules, breaks, bodies and pictures', () => {
  const { style } = styled(
    '<body text=maroon marginheight=11 id=b><font size=+2 face="A B, serif" id=f>x</font><font size=1 id=s>x</font><hr size=9 noshade width=40% align=right id=h><hr size=1 id=k><br clear=all id=r><img src=x align=right hspace=6 border=2 width=40 height=20 id=i><pre wrap id=p></pre>',
  )
  expect([rgb(style('b').color), style('b').marginTop]).toEqual([[128, 0, 0], 11])
  expect([style('f').fontSize, style('f').fontFamily, style('s').fontSize]).toEqual([24, ['A B', 'serif'], 10])
  expect([style('h').borderTopWidth, style('h').borderTopStyle, style('h').marginLeft, style('h').marginRight]).toEqual([
    4.5,
    'solid',
    'auto',
    0,
  ])
  expect([style('k').borderTopWidth, style('k').borderBottomWidth]).toEqual([1, 0])
  expect([style('r').clear, style('p').whiteSpaceCollapse, style('p').textWrap]).toEqual(['both', 'preserve', 'wrap'])
  const { float, marginLeft, borderTopWidth, width, aspectRatio } = style('i')
  expect([float, marginLeft, borderTopWidth, width, aspectRatio]).toEqual(['right', 6, 2, 40, 2])
})

test('centred parents move blocks, and dir=auto asks the first letter', () => {
  const { style } = styled(
    '<center><table id=t></table></center><div align=right><table id=u></table></div><p dir=auto id=a>1. שלום<p dir=auto id=b>a שלום<p dir=auto id=c>12',
  )
  expect([style('t').marginLeft, style('t').marginRight]).toEqual(['auto', 'auto'])
  expect([style('u').marginLeft, style('u').marginRight]).toEqual(['auto', 0])
  expect([style('a').direction, style('b').direction, style('c').direction]).toEqual(['rtl', 'ltr', 'ltr'])
})

test('what a screen folds away is there on paper, what has no place is not', () => {
  const { style } = styled(
    '<noscript id=n>x</noscript><p hidden=until-found id=u>x<p hidden id=h>x<details><summary id=s>x</summary><p id=d>x</details><dialog id=o open>x</dialog><dialog id=c>x</dialog>',
  )
  expect(['n', 'u', 'h', 's', 'd', 'o', 'c'].map((id) => style(id).display)).toEqual([
    'inline',
    'block',
    'none',
    'list-item',
    'block',
    'block',
    'none',
  ])
})

test('lists count backwards, from a number and in a style', () => {
  const { style } = styled('<ol reversed start=5 type=a id=o><li value=3 type=I id=l></ol><ol reversed id=p><li></ol>')
  expect(style('o').counterReset).toEqual([{ name: 'list-item', value: 6, reversed: 'given' }])
  expect(style('p').counterReset).toEqual([{ name: 'list-item', value: 0, reversed: 'counted' }])
  expect([style('o').listStyleType, style('l').listStyleType, style('l').counterSet]).toEqual([
    'lower-alpha',
    'upper-roman',
    [{ name: 'list-item', value: 3 }],
  ])
})
