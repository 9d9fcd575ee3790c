/**
 * Contrast of colours. In: colours in sRGB. Out: ratios from 1 to 21 and colours mixed until they reach one (WCAG 2.2, success criteria 1.4.3
 * and 1.4.11; relative luminance as defined there).
 */
import type { Color } from '../css/computed-style.js'
import { makeColor } from '../css/values/color.js'
import { linearFromSrgb } from '../css/values/color-spaces.js'

/** Text below 18 pt, or 14 pt where it is bold. */
export const TEXT_CONTRAST = 4.5
/** Larger text, and graphics that carry meaning. */
export const GRAPHICS_CONTRAST = 3

export const BLACK: Color = makeColor([0, 0, 0], 1)
export const WHITE: Color = makeColor([1, 1, 1], 1)

function luminance({ red, green, blue }: Color): number {
  const [r, g, b] = linearFromSrgb([red, green, blue])
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** The ratio of two opaque colours, 1 to 21. */
export function contrast(a: Color, b: Color): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** `share` of `b` in `a`, 0 to 1, in sRGB. */
export function mix(a: Color, b: Color, share: number): Color {
  const part = (from: number, to: number) => from + (to - from) * share
  return makeColor([part(a.red, b.red), part(a.green, b.green), part(a.blue, b.blue)], 1)
}

/** A colour that may be seen through, on its ground. */
export function onGround(color: Color, ground: Color): Color {
  return color.alpha === 1 ? color : mix(ground, makeColor([color.red, color.green, color.blue], 1), color.alpha)
}

/** `#rrggbb`. */
export function hex({ red, green, blue }: Color): string {
  const digits = [red, green, blue].map((channel) =>
    Math.round(channel * 255)
      .toString(16)
      .padStart(2, '0'),
  )
  return `#${digits.join('')}`
}

/** The colour as the page paints it, in whole steps of 8 bits, moved towards black or white until it stands out from its ground. */
export function standOut(color: Color, ground: Color, needed: number): Color {
  const target = contrast(WHITE, ground) > contrast(BLACK, ground) ? WHITE : BLACK
  for (let step = 0; step < 50; step++) {
    const moved = mix(color, target, step / 50)
    // A little more than asked for, so that rounding to 8 bits keeps it.
    if (contrast(moved, ground) >= needed * 1.01) return moved
  }
  return target
}

/** What can be read on a ground: white where that reaches the ratio for text, else the better of black and white. */
export function readableOn(ground: Color): Color {
  if (contrast(WHITE, ground) >= TEXT_CONTRAST) return WHITE
  return contrast(WHITE, ground) > contrast(BLACK, ground) ? WHITE : BLACK
}
