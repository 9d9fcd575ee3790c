/**
 * Colours as the file has them (ISO 32000-1, section 8.6.4): device RGB, or device grey for files that are printed without colour. In: a colour in sRGB.
 * Out: its components, and the operators that set it. A grey has the luminance of its colour (IEC 61966-2-1), as the greys of pictures have.
 */
import type { Color } from '../css/computed-style.js'
import { linearFromSrgb, srgbFromLinear } from '../css/values/color-spaces.js'

export interface OutputColors {
  readonly space: 'DeviceRGB' | 'DeviceGray'
  /** From 0 to 1. */
  readonly components: (color: Pick<Color, 'red' | 'green' | 'blue'>) => readonly number[]
  /** What a page starts with. */
  readonly black: string
  readonly fillOperator: 'rg' | 'g'
  readonly strokeOperator: 'RG' | 'G'
}

const inColor: OutputColors = {
  space: 'DeviceRGB',
  components: ({ red, green, blue }) => [red, green, blue],
  black: '0 0 0',
  fillOperator: 'rg',
  strokeOperator: 'RG',
}

const inGray: OutputColors = {
  space: 'DeviceGray',
  components: ({ red, green, blue }) => {
    const [r, g, b] = linearFromSrgb([red, green, blue])
    const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b
    return [srgbFromLinear([luminance, luminance, luminance])[0]]
  },
  black: '0',
  fillOperator: 'g',
  strokeOperator: 'G',
}

export const outputColors = (grayscale: boolean): OutputColors => (grayscale ? inGray : inColor)
