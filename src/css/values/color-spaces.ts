/**
 * In: coordinates in a colour space. Out: sRGB, and back (CSS Color 4, sections 8 to 10 and 18). Out-of-gamut colours are
 * clipped. Hues are degrees; the other coordinates have the specification's reference ranges.
 */
export type Triple = readonly [number, number, number]

const clamp01 = (value: number): number => Math.min(1, Math.max(0, value))
export const clampTriple = ([a, b, c]: Triple): Triple => [clamp01(a), clamp01(b), clamp01(c)]

function multiply(m: readonly number[], [a, b, c]: Triple): Triple {
  const row = (i: number): number => (m[i] as number) * a + (m[i + 1] as number) * b + (m[i + 2] as number) * c
  return [row(0), row(3), row(6)]
}

const toLinear = (v: number): number => (Math.abs(v) <= 0.04045 ? v / 12.92 : Math.sign(v) * ((Math.abs(v) + 0.055) / 1.055) ** 2.4)
const toGamma = (v: number): number => (Math.abs(v) <= 0.0031308 ? v * 12.92 : Math.sign(v) * (1.055 * Math.abs(v) ** (1 / 2.4) - 0.055))
export const linearFromSrgb = ([r, g, b]: Triple): Triple => [toLinear(r), toLinear(g), toLinear(b)]
export const srgbFromLinear = ([r, g, b]: Triple): Triple => [toGamma(r), toGamma(g), toGamma(b)]

const XYZ_FROM_RGB = [0.4123908, 0.35758434, 0.18048079, 0.21263901, 0.71516868, 0.07219232, 0.01933082, 0.11919478, 0.95053215]
const RGB_FROM_XYZ = [3.24096994, -1.53738318, -0.49861076, -0.96924364, 1.8759675, 0.04155506, 0.05563008, -0.20397696, 1.05697151]
const D50_FROM_D65 = [1.0479298, 0.02294687, -0.05019227, 0.02962781, 0.99043443, -0.0170738, -0.00924304, 0.0150552, 0.75187428]
const D65_FROM_D50 = [0.95547342, -0.02309845, 0.06325924, -0.02836971, 1.0099954, 0.02104144, 0.01231401, -0.02050765, 1.3303659]
const RGB_FROM_P3 = [1.22494018, -0.22494018, 0, -0.04205695, 1.04205695, 0, -0.01963755, -0.07863605, 1.0982736]
const WHITE_D50: Triple = [0.96429568, 1, 0.8251046]

export const xyzFromLinear = (rgb: Triple): Triple => multiply(XYZ_FROM_RGB, rgb)
export const linearFromXyz = (xyz: Triple): Triple => multiply(RGB_FROM_XYZ, xyz)
export const linearFromXyzD50 = (xyz: Triple): Triple => linearFromXyz(multiply(D65_FROM_D50, xyz))
export const linearFromP3 = (rgb: Triple): Triple => multiply(RGB_FROM_P3, linearFromSrgb(rgb))

const EPSILON = 216 / 24389
const KAPPA = 24389 / 27

function srgbFromLab([l, a, b]: Triple): Triple {
  const fy = (l + 16) / 116
  const inverse = (f: number): number => (f ** 3 > EPSILON ? f ** 3 : (116 * f - 16) / KAPPA)
  const y = l > KAPPA * EPSILON ? fy ** 3 : l / KAPPA
  const xyz: Triple = [inverse(a / 500 + fy) * WHITE_D50[0], y, inverse(fy - b / 200) * WHITE_D50[2]]
  return srgbFromLinear(linearFromXyzD50(xyz))
}

function labFromSrgb(rgb: Triple): Triple {
  const [x, y, z] = multiply(D50_FROM_D65, xyzFromLinear(linearFromSrgb(rgb)))
  const f = (v: number): number => (v > EPSILON ? Math.cbrt(v) : (KAPPA * v + 16) / 116)
  const fy = f(y)
  return [116 * fy - 16, 500 * (f(x / WHITE_D50[0]) - fy), 200 * (fy - f(z / WHITE_D50[2]))]
}

function srgbFromOklab([l, a, b]: Triple): Triple {
  const lms: Triple = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ]
  const matrix = [
    4.0767416621, -3.3077115913, 0.2309699292, -1.2684380046, 2.6097574011, -0.3413193965, -0.0041960863, -0.7034186147, 1.707614701,
  ]
  return srgbFromLinear(multiply(matrix, lms))
}

function oklabFromSrgb(rgb: Triple): Triple {
  const lms = multiply(
    [0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619, 0.2817188376, 0.6299787005],
    linearFromSrgb(rgb),
  )
  const roots: Triple = [Math.cbrt(lms[0]), Math.cbrt(lms[1]), Math.cbrt(lms[2])]
  const matrix = [
    0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205, 0.4505937099, 0.0259040371, 0.7827717662, -0.808675766,
  ]
  return multiply(matrix, roots)
}

const rectangular = ([l, c, h]: Triple): Triple => [l, c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)]
const polar = ([l, a, b]: Triple): Triple => [l, Math.hypot(a, b), ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360]

function srgbFromHsl([h, s, l]: Triple): Triple {
  const a = s * Math.min(l, 1 - l)
  const channel = (n: number): number => {
    const k = (((n + h / 30) % 12) + 12) % 12
    return l - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))
  }
  return [channel(0), channel(8), channel(4)]
}

function hslFromSrgb([r, g, b]: Triple): Triple {
  const max = Math.max(r, g, b)
  const min = Math.min(r, g, b)
  const l = (max + min) / 2
  const d = max - min
  if (d === 0) return [0, 0, l]
  const h = max === r ? (g - b) / d + (g < b ? 6 : 0) : max === g ? (b - r) / d + 2 : (r - g) / d + 4
  return [h * 60, d / (1 - Math.abs(2 * l - 1)), l]
}

function srgbFromHwb([h, w, b]: Triple): Triple {
  if (w + b >= 1) return [w / (w + b), w / (w + b), w / (w + b)]
  const rgb = srgbFromHsl([h, 1, 0.5])
  return [rgb[0] * (1 - w - b) + w, rgb[1] * (1 - w - b) + w, rgb[2] * (1 - w - b) + w]
}

function hwbFromSrgb(rgb: Triple): Triple {
  return [hslFromSrgb(rgb)[0], Math.min(...rgb), 1 - Math.max(...rgb)]
}

export interface ColorSpace {
  readonly toSrgb: (coordinates: Triple) => Triple
  readonly fromSrgb: (rgb: Triple) => Triple
  /** Which coordinate is a hue, -1 for none. */
  readonly hue: -1 | 0 | 2
}

const same = (triple: Triple): Triple => triple

/** Spaces that colour functions and color-mix() name. */
export const COLOR_SPACES: Readonly<Record<string, ColorSpace>> = {
  srgb: { toSrgb: same, fromSrgb: same, hue: -1 },
  'srgb-linear': { toSrgb: srgbFromLinear, fromSrgb: linearFromSrgb, hue: -1 },
  lab: { toSrgb: srgbFromLab, fromSrgb: labFromSrgb, hue: -1 },
  oklab: { toSrgb: srgbFromOklab, fromSrgb: oklabFromSrgb, hue: -1 },
  lch: { toSrgb: (lch) => srgbFromLab(rectangular(lch)), fromSrgb: (rgb) => polar(labFromSrgb(rgb)), hue: 2 },
  oklch: { toSrgb: (lch) => srgbFromOklab(rectangular(lch)), fromSrgb: (rgb) => polar(oklabFromSrgb(rgb)), hue: 2 },
  hsl: { toSrgb: srgbFromHsl, fromSrgb: hslFromSrgb, hue: 0 },
  hwb: { toSrgb: srgbFromHwb, fromSrgb: hwbFromSrgb, hue: 0 },
  xyz: { toSrgb: (xyz) => srgbFromLinear(linearFromXyz(xyz)), fromSrgb: (rgb) => xyzFromLinear(linearFromSrgb(rgb)), hue: -1 },
}
