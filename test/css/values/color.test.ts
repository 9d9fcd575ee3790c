import { expect, test } from 'vitest'
import { declared, styled } from '../helpers.js'

/** The colour in hexadecimal, with its alpha where it is not 1. */
function hex(value: string): string {
  const { red, green, blue, alpha } = declared(`background-color: black; background-color: ${value}`).backgroundColor
  const digits = [red, green, blue]
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')
  return alpha === 1 ? digits : `${digits}/${Math.round(alpha * 100)}`
}

// Expected values come from the samples of CSS Color 4 and 5, and from other implementations of their formulas.
test.each([
  ['red', 'ff0000'],
  ['RebeccaPurple', '663399'],
  ['#abc', 'aabbcc'],
  ['#abcd', 'aabbcc/87'],
  ['rgb(51 170 51 / 0.4)', '33aa33/40'],
  ['rgb(51, 170, 51, 40%)', '33aa33/40'],
  ['rgba(300 -20 50% / none)', 'ff0080/0'],
  ['hsl(120deg 100% 25%)', '008000'],
  ['hsl(120, 100%, 25%)', '008000'],
  ['hsl(0.5turn 100 50)', '00ffff'],
  ['hwb(120 20% 40%)', '339933'],
  ['hwb(0 80% 80%)', '808080'],
  ['lab(46.2775% -47.5621 48.5837)', '008000'],
  ['lch(46.2775% 67.9892 134.3912)', '008000'],
  ['oklab(51.975% -0.1403 0.10768)', '008000'],
  ['oklch(51.975% 0.17686 142.495)', '008000'],
  ['color(srgb 0 0.5 0)', '008000'],
  ['color(srgb-linear 0 0.21586 0)', '008000'],
  ['color(display-p3 0.21604 0.49418 0.13151)', '008000'],
  ['color(a98-rgb 0.281363 0.498012 0.116746)', '008000'],
  ['color(prophoto-rgb 0.230479 0.395789 0.129968)', '008000'],
  ['color(xyz 0.07719 0.15438 0.02573)', '008000'],
  ['color(xyz-d50 0.08312 0.154746 0.020961)', '008000'],
  ['color-mix(in srgb, red, blue)', '800080'],
  ['color-mix(in srgb, red 25%, blue)', '4000bf'],
  ['color-mix(in srgb, red 20%, blue 20%)', '800080/40'],
  ['color-mix(in hsl, red, lime)', 'ffff00'],
  ['color-mix(in hsl longer hue, red, lime)', '0000ff'],
  ['color-mix(in hsl, white, red)', 'df9f9f'],
  ['rgb(from red r g b / 50%)', 'ff0000/50'],
  ['hsl(from green h s calc(l * 2))', '01ff01'],
  ['light-dark(#123456, white)', '123456'],
  ['contrast-color(navy)', 'ffffff'],
  ['Canvas', 'ffffff'],
  ['ThreeDFace', 'f0f0f0'],
])('%s is #%s', (value, expected) => {
  expect(hex(value)).toBe(expected)
})

test.each([
  'rgb(255, 0, 0%)',
  'rgb(1 2)',
  'rgb(1, 2, none)',
  'hsl(120, 1, 2)',
  'hwb(1, 2%, 3%)',
  '#12345',
  'color(nowhere 1 1 1)',
  'color-mix(in nowhere, red, blue)',
  'color-mix(in srgb, red 0%, blue 0%)',
  'rgb(1 2 3 / 4 / 5)',
  'notacolor',
])('%s is no colour', (value) => {
  expect(hex(value)).toBe('000000')
})

test('colours outside sRGB keep their hue and lightness', () => {
  const { red, green, blue } = declared('background-color: oklch(0.7 0.4 140)').backgroundColor
  expect(Math.min(red, green, blue)).toBeGreaterThanOrEqual(0)
  expect(Math.max(red, green, blue)).toBeLessThanOrEqual(1)
  expect(green).toBeGreaterThan(red)
  expect(red).toBeGreaterThan(blue)
})

test('currentcolor waits in mixes and relative colours', () => {
  const { style } = styled(
    '<p id=x style="color:blue;background:color-mix(in srgb, currentcolor, red);border:1px solid rgb(from currentcolor r g b / 0.5)">',
  )
  expect(style('x').backgroundColor).toMatchObject({ red: 0.5, blue: 0.5 })
  expect(style('x').borderTopColor).toMatchObject({ blue: 1, alpha: 0.5 })
})
