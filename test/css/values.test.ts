import { expect, test } from 'vitest'
import { declared, styled } from './helpers.js'

test.each([
  ['width: calc(10px + 2em)', 'width', 42],
  ['width: calc(100% - 2 * 10px)', 'width', { kind: 'linear', px: -20, percent: 100 }],
  ['width: min(50%, 100px)', 'width', { kind: 'min', terms: [{ kind: 'linear', px: 0, percent: 50 }, 100] }],
  ['width: clamp(10px, 5px, 20px)', 'width', 10],
  ['width: 1in', 'width', 96],
  ['width: 12pt', 'width', 16],
  ['width: 10vw', 'width', 80],
  ['width: 10vmin', 'width', 60],
  ['width: 4ch', 'width', 32],
  ['font-size: 20px; width: 2rem', 'width', 32],
  ['font-size: 20px; line-height: 1.5; width: 2lh', 'width', 60],
  ['line-height: 150%', 'lineHeight', { px: 24 }],
  ['line-height: 1.4', 'lineHeight', 1.4],
  ['font-size: larger', 'fontSize', 19.2],
  ['display: inline flow-root', 'display', 'inline-block'],
  ['position: running(head)', 'position', { running: 'head' }],
  ['position: absolute; display: inline', 'display', 'block'],
  ['border-top-width: 4px', 'borderTopWidth', 0],
  ['border: solid; color: red', 'borderTopColor', { red: 1, green: 0, blue: 0, alpha: 1 }],
  ['border: 2px dashed #00f', 'borderLeftWidth', 2],
  ['margin: 1px 2px 3px', 'marginLeft', 2],
  ['margin-inline: 1px 2px', 'marginRight', 2],
  ['direction: rtl; margin-inline-start: 5px', 'marginRight', 5],
  ['direction: rtl; float: inline-start', 'float', 'right'],
  ['inline-size: 9px', 'width', 9],
  ['border-radius: 1px 2px / 3px', 'borderTopRightRadius', { x: 2, y: 3 }],
  ['font: italic bold 12px/1.5 "A B", serif', 'fontFamily', ['A B', 'serif']],
  ['font: italic bold 12px/1.5 "A B", serif', 'lineHeight', 1.5],
  ['font: italic bold 12px/1.5 "A B", serif', 'fontWeight', 700],
  ['list-style: square inside', 'listStylePosition', 'inside'],
  ['list-style: none', 'listStyleType', 'none'],
  ['flex: 1', 'flexBasis', { kind: 'linear', px: 0, percent: 0 }],
  ['flex: none', 'flexShrink', 0],
  ['flex: 0 0 10px', 'flexBasis', 10],
  ['gap: 1px 2px', 'columnGap', 2],
  ['flex-flow: column wrap', 'flexWrap', 'wrap'],
  ['place-content: center space-between', 'justifyContent', 'space-between'],
  ['text-decoration: underline dotted red 2px', 'textDecorationThickness', 2],
  ['overflow: hidden auto', 'overflow', 'hidden'],
  ['white-space: nowrap', 'textWrap', 'nowrap'],
  ['white-space: pre-line', 'whiteSpaceCollapse', 'preserve-breaks'],
  ['text-wrap: balance', 'textWrap', 'balance'],
  ['page-break-before: always', 'breakBefore', 'page'],
  ['hyphenate-limit-chars: 7 3', 'hyphenateLimitChars', [7, 3, 3]],
  ['vertical-align: 50%; line-height: 20px', 'verticalAlign', 10],
  ['border-spacing: 1px 2px', 'borderSpacingY', 2],
  ['object-position: right top', 'objectPositionX', { kind: 'linear', px: 0, percent: 100 }],
  [
    'counter-reset: a b 3',
    'counterReset',
    [
      { name: 'a', value: 0 },
      { name: 'b', value: 3 },
    ],
  ],
  ['background: red', 'backgroundColor', { red: 1, green: 0, blue: 0, alpha: 1 }],
  ['opacity: 50%', 'opacity', 0.5],
  ['aspect-ratio: 16 / 9', 'aspectRatio', 16 / 9],
] as const)('%s → %s', (css, key, expected) => {
  expect(declared(css)[key]).toEqual(expected)
})

test('background layers keep their own position, size and repeat', () => {
  const { backgroundLayers, backgroundColor } = declared(
    'background: url(a.png) no-repeat right / 50% auto, linear-gradient(to right, red, blue 80%) #fff',
  )
  expect(backgroundLayers).toHaveLength(2)
  expect(backgroundLayers[0]).toMatchObject({
    image: { kind: 'url', url: '/project/a.png' },
    repeatX: 'no-repeat',
    positionX: { kind: 'linear', px: 0, percent: 100 },
    size: { width: { percent: 50 }, height: 'auto' },
  })
  expect(backgroundLayers[1]).toMatchObject({
    image: { kind: 'linear-gradient', line: [1, 0], repeating: false },
    repeatX: 'repeat',
    repeatY: 'repeat',
  })
  expect(backgroundColor.alpha).toBe(1)
})

test('font features come sorted from variants and settings, which inherit apart', () => {
  const { style } = styled(
    '<div><p id=x></p></div>',
    'div{font-variant-numeric: tabular-nums lining-nums} p{font-variant-ligatures: none; font-feature-settings: "ss01", "tnum" off}',
  )
  expect(style('x').fontFeatures.map(({ tag, value }) => `${tag}${value}`)).toEqual([
    'calt0',
    'clig0',
    'dlig0',
    'hlig0',
    'liga0',
    'lnum1',
    'ss01' + '1',
    'tnum0',
  ])
})

test('content holds all kinds of items', () => {
  const { styles, element } = styled(
    '<a id=x href="#y">',
    `a::after { content: "p. " attr(title) counter(n, lower-roman) counters(n, ".") target-counter(attr(href url), page) target-text(attr(href)) leader(dotted) leader(". ") string(head, last) open-quote url(i.png) / "alt" }`,
  )
  const content = styles.pseudo(element('x'), 'after')?.content
  expect((content as readonly { kind: string }[]).map((item) => item.kind)).toEqual(
    'string attr counter counters target-counter target-text leader leader string-reference quote image'.split(' '),
  )
})
