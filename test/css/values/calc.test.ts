import { expect, test } from 'vitest'
import { declared } from '../helpers.js'

test.each([
  ['calc(2 * (3px + 1em))', 38],
  ['calc(1e3px * 0 + 5px)', 5],
  ['round(13px, 5px)', 15],
  ['round(down, 1.9em, 10px)', 30],
  ['round(up, 11px, 5px)', 15],
  ['round(to-zero, 19px, 10px)', 10],
  ['mod(18px, 5px)', 3],
  ['rem(18px, 5px)', 3],
  ['mod(2em, 5px)', 2],
  ['abs(-3px)', 3],
  ['abs(-1em)', 16],
  ['calc(10px * sign(-3) * -1)', 10],
  ['hypot(3px, 4px)', 5],
  ['calc(10px * sin(90deg))', 10],
  ['calc(10px * cos(0))', 10],
  ['calc(10px * tan(45deg))', 10],
  ['calc(1px * sqrt(81))', 9],
  ['calc(1px * pow(2, 5))', 32],
  ['calc(1px * exp(0))', 1],
  ['calc(1px * log(8, 2))', 3],
  ['calc(1px * (pi - pi + e / e))', 1],
  ['calc(100px / (2 * 5))', 10],
  ['calc(10px * (20px / 10px))', 20],
  ['clamp(10px, 1px, 20px)', 10],
  ['clamp(none, 30px, 20px)', 20],
  ['max(1em, 2em, 5px)', 32],
  ['calc(0px / 0)', 0],
  ['calc(1px * NaN)', 0],
  ['calc(1px * infinity)', 33554431],
  ['1e9px', 33554431],
  ['calc(-1px * infinity)', 0],
  ['1cm', 96 / 2.54],
  ['40q', 96 / 2.54],
  ['6pc', 96],
  ['2rch', 16],
  ['10vi', 80],
  ['10svmin', 60],
  ['10cqw', 80],
])('%s', (value, expected) => {
  expect(declared(`width: ${value}`).width).toBeCloseTo(expected, 6)
})

test('percentages go on to layout', () => {
  expect(declared('width: abs(10% - 5px)').width).toEqual({
    kind: 'max',
    terms: [
      { kind: 'linear', px: -5, percent: 10 },
      { kind: 'linear', px: 5, percent: -10 },
    ],
  })
})

test.each(['calc(1px + 1)', 'calc(1px * 1px)', 'min()', 'calc(1deg)', 'round(10%, 3px)', 'calc()', 'calc(1px 2px)', 'sin(1px)'])(
  '%s is no length',
  (value) => {
    expect(declared(`width: 7px; width: ${value}`).width).toBe(7)
  },
)

test('angles and integers', () => {
  expect(declared('rotate: 100grad').transforms).toEqual(declared('rotate: 0.25turn').transforms)
  expect(declared('rotate: atan2(1, 1)').transforms).toEqual(declared('rotate: 45deg').transforms)
  expect(declared('z-index: calc(7 / 2)').zIndex).toBe(4)
})
