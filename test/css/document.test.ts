import { expect, test } from 'vitest'
import type { PageSelector } from '../../src/css/computed-style.js'
import { styled } from './helpers.js'

const page = (changes: Partial<PageSelector>): PageSelector => ({
  name: '',
  first: false,
  left: false,
  blank: false,
  index: 2,
  groupIndex: 2,
  ...changes,
})

test('equal values are one frozen object', () => {
  const { style } = styled('<ul><li id=a class=x><li id=b></ul>', '.x { color: black }')
  expect(style('a')).toBe(style('b'))
  expect(Object.isFrozen(style('a'))).toBe(true)
})

test('HTML looks as HTML does in print', () => {
  const { style } = styled(
    '<h1 id=h>x</h1><table><tr><th id=th><td id=td align=right width=50></table><ol start=4 id=o><li id=l value=9></ol><script id=s></script><p hidden id=p></p><div id=k lang=km dir=rtl></div>',
  )
  expect([style('h').fontSize, style('h').marginTop, style('h').fontWeight]).toEqual([32, 0.67 * 32, 700])
  expect([style('th').display, style('th').verticalAlign, style('td').textAlign, style('td').width]).toEqual([
    'table-cell',
    'middle',
    'right',
    50,
  ])
  expect(style('o').counterReset).toEqual([{ name: 'list-item', value: 3 }])
  expect(style('l').counterSet).toEqual([{ name: 'list-item', value: 9 }])
  expect([style('s').display, style('p').display]).toEqual(['none', 'none'])
  expect([style('k').language, style('k').direction]).toEqual(['km', 'rtl'])
})

test('footnotes are blocks with a call and a marker; markers exist for list items', () => {
  const { styles, style, element } = styled('<p>a<span id=f>n</span><li id=l>', '#f { float: footnote } #l::marker { content: none }')
  expect(style('f').display).toBe('block')
  expect(style('f').counterIncrement).toEqual([{ name: 'footnote', value: 1 }])
  expect(styles.pseudo(element('f'), 'footnote-call')).toMatchObject({
    verticalAlign: 'super',
    content: [{ kind: 'counter', name: 'footnote' }],
  })
  expect(styles.pseudo(element('f'), 'footnote-marker')?.content).toHaveLength(2)
  expect(styles.pseudo(element('l'), 'marker')?.content).toEqual([])
  expect(styles.pseudo(element('l'), 'before')).toBeNull()
})

test('pseudo-elements inherit from their element', () => {
  const { styles, element } = styled('<p id=x>', 'p { color: red } p::before { content: "a"; font-size: 2em }')
  const before = styles.pseudo(element('x'), 'before')
  expect(before).toMatchObject({ fontSize: 32, color: { red: 1 }, display: 'inline' })
  expect(styles.pseudo(element('x'), 'after')).toBeNull()
})

test('flex items are blocks', () => {
  expect(styled('<div style="display:flex"><span id=x>').style('x').display).toBe('block')
})

test('an anonymous style inherits and starts afresh', () => {
  const { styles, style } = styled('<p id=x>', 'p { color: red; margin: 3px; font-variant-numeric: lining-nums }')
  const anonymous = styles.anonymous(style('x'), 'table-row')
  expect(anonymous).toMatchObject({ display: 'table-row', marginTop: 0, color: { red: 1 }, fontFeatures: [{ tag: 'lnum', value: 1 }] })
  expect(styles.anonymous(style('x'), 'table-row')).toBe(anonymous)
})

test('pages have size, margins, boxes and a footnote area', () => {
  const { styles } = styled(
    '<p>',
    `html { color: red; --quiet: blue; font-size: 20px }
    @page { size: A4 landscape; margin: 1in 2em; @top-center { content: "Head " counter(page) } @footnote { padding-top: 9px } }
    @page :first { margin-top: 0; @top-center { content: none } }
    @page :left { @bottom-left { content: string(chapter); color: var(--quiet) } }
    @page wide:nth(2n) { size: 10in 5in }`,
  )
  const plain = styles.page(page({}))
  expect([Math.round(plain.width), Math.round(plain.height), plain.box.marginTop, plain.box.marginLeft]).toEqual([1123, 794, 96, 40])
  expect([...plain.marginBoxes.keys()]).toEqual(['top-center'])
  expect(plain.marginBoxes.get('top-center')).toMatchObject({
    textAlign: 'center',
    verticalAlign: 'middle',
    color: { red: 1 },
    fontSize: 20,
  })
  expect(plain.footnoteArea).toMatchObject({ paddingTop: 9, display: 'block' })
  const first = styles.page(page({ first: true, index: 1 }))
  expect([first.box.marginTop, first.marginBoxes.size]).toEqual([0, 0])
  expect(styles.page(page({ left: true })).marginBoxes.get('bottom-left')?.color).toMatchObject({ blue: 1 })
  expect(styles.page(page({ name: 'wide', index: 4 })).width).toBe(960)
  expect(styles.page(page({}))).toBe(plain)
})

test('fonts are told with whole addresses', () => {
  const { styles } = styled(
    '<p>',
    '@font-face { font-family: "My Face"; src: url(f/a.ttf), local("B"); font-weight: 100 900; unicode-range: U+41-5A, U+1780 }',
  )
  expect(styles.fontFaces).toEqual([
    {
      family: 'My Face',
      sources: [{ url: '/project/f/a.ttf' }, { local: 'B' }],
      weight: [100, 900],
      style: 'normal',
      stretch: [100, 100],
      unicodeRange: [
        [0x41, 0x5a],
        [0x1780, 0x1780],
      ],
      ascentOverride: null,
      descentOverride: null,
      lineGapOverride: null,
    },
  ])
})

/** Milliseconds to style a table of so many rows. */
function stylingTime(rowCount: number): number {
  const rows = '<tr><td class=a>1</td><td class=b>2</td><td>3</td></tr>'.repeat(rowCount)
  const css = `${Array.from({ length: 150 }, (_, i) => `.c${i} p, .d${i} > td { order: ${i} }`).join('\n')} tr:nth-child(even) td:last-child { color: red } table td + td { padding: 1px 2px }`
  const { styles, element } = styled(`<table id=t>${rows}</table>`, css)
  const start = performance.now()
  const open = [element('t')]
  for (let next = open.pop(); next; next = open.pop()) {
    styles.of(next)
    styles.pseudo(next, 'before')
    for (const child of next.children) if (child.kind === 'element') open.push(child)
  }
  return performance.now() - start
}

test('time grows in line with the elements', () => {
  stylingTime(500)
  const least = (rows: number) => Math.min(stylingTime(rows), stylingTime(rows), stylingTime(rows))
  expect(least(8_000) / least(1_000)).toBeLessThan(24)
})
