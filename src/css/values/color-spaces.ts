/**
 * In: coordinates in a colour space. Out: sRGB, and back (CSS Color 4, sections 8 to 10 and 18), and the colour of sRGB that is nearest to
 * one outside it (section 13). Hues are degrees; the other coordinates have the specification's reference ranges.
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
/** Linear light to XYZ under D65, and back; prophoto-rgb is under D50. */
const P3 = matrixPair([0.48657095, 0.26566769, 0.19821729, 0.22897456, 0.69173852, 0.07928691, 0, 0.04511338, 1.04394437])
const A98 = matrixPair([0.57666904, 0.18555824, 0.18822865, 0.29734498, 0.62736357, 0.07529146, 0.02703136, 0.07068885, 0.99133754])
const REC2020 = matrixPair([0.63695805, 0.1446169, 0.16888098, 0.26270021, 0.67799807, 0.05930172, 0, 0.02807269, 1.06098506])
const PROPHOTO = matrixPair([0.79776664, 0.13518129, 0.03134773, 0.28807483, 0.71183523, 0.00008994, 0, 0, 0.8251046])
const WHITE_D50: Triple = [0.96429568, 1, 0.8251046]

/** A matrix of three rows with its inverse (by the adjugate). */
function matrixPair(m: readonly number[]): { readonly toXyz: readonly number[]; readonly fromXyz: readonly number[] } {
  const [a, b, c, d, e, f, g, h, i] = m as readonly [number, number, number, number, number, number, number, number, number]
  const adjugate = [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ]
  const determinant = a * (adjugate[0] as number) + b * (adjugate[3] as number) + c * (adjugate[6] as number)
  return { toXyz: m, fromXyz: adjugate.map((value) => value / determinant) }
}

export const xyzFromLinear = (rgb: Triple): Triple => multiply(XYZ_FROM_RGB, rgb)
export const linearFromXyz = (xyz: Triple): Triple => multiply(RGB_FROM_XYZ, xyz)
export const linearFromXyzD50 = (xyz: Triple): Triple => linearFromXyz(multiply(D65_FROM_D50, xyz))

type Curve = (value: number) => number
const signed =
  (curve: Curve): Curve =>
  (value) =>
    Math.sign(value) * curve(Math.abs(value))

/** A space of red, green and blue with its own primaries and transfer curve. */
function rgbSpace(
  pair: ReturnType<typeof matrixPair>,
  curve: { readonly decode: Curve; readonly encode: Curve },
  isD50 = false,
): ColorSpace {
  const decode = signed(curve.decode)
  const encode = signed(curve.encode)
  return {
    toSrgb: ([r, g, b]) => {
      const xyz = multiply(pair.toXyz, [decode(r), decode(g), decode(b)])
      return srgbFromLinear(isD50 ? linearFromXyzD50(xyz) : linearFromXyz(xyz))
    },
    fromSrgb: (rgb) => {
      const xyz = xyzFromLinear(linearFromSrgb(rgb))
      const [r, g, b] = multiply(pair.fromXyz, isD50 ? multiply(D50_FROM_D65, xyz) : xyz)
      return [encode(r), encode(g), encode(b)]
    },
    hue: -1,
  }
}
const power = (gamma: number): { readonly decode: Curve; readonly encode: Curve } => ({
  decode: (value) => value ** gamma,
  encode: (value) => value ** (1 / gamma),
})
const LINEAR = power(1)
/** ROMM RGB is linear near black. */
const ROMM = {
  decode: (value: number): number => (value <= 16 / 512 ? value / 16 : value ** 1.8),
  encode: (value: number): number => (value >= 1 / 512 ? value ** (1 / 1.8) : 16 * value),
}
const xyzD50: ColorSpace = {
  toSrgb: (xyz) => srgbFromLinear(linearFromXyzD50(xyz)),
  fromSrgb: (rgb) => multiply(D50_FROM_D65, xyzFromLinear(linearFromSrgb(rgb))),
  hue: -1,
}
const xyzD65: ColorSpace = {
  toSrgb: (xyz) => srgbFromLinear(linearFromXyz(xyz)),
  fromSrgb: (rgb) => xyzFromLinear(linearFromSrgb(rgb)),
  hue: -1,
}

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
  'display-p3': rgbSpace(P3, { decode: toLinear, encode: toGamma }),
  'display-p3-linear': rgbSpace(P3, LINEAR),
  'a98-rgb': rgbSpace(A98, power(563 / 256)),
  'prophoto-rgb': rgbSpace(PROPHOTO, ROMM, true),
  rec2020: rgbSpace(REC2020, power(2.4)),
  xyz: xyzD65,
  'xyz-d65': xyzD65,
  'xyz-d50': xyzD50,
}
/** Those that color() names. */
export const COLOR_FUNCTION_SPACES: ReadonlySet<string> = new Set(
  'srgb srgb-linear display-p3 display-p3-linear a98-rgb prophoto-rgb rec2020 xyz xyz-d50 xyz-d65'.split(' '),
)

const JUST_NOTICEABLE = 0.02

/** Distance in Oklab. */
function difference(a: Triple, b: Triple): number {
  const [left, right] = [oklabFromSrgb(a), oklabFromSrgb(b)]
  return Math.hypot(left[0] - right[0], left[1] - right[1], left[2] - right[2])
}

/** The colour of sRGB that keeps lightness and hue and gives up chroma (section 13.2.5). */
export function intoGamut(rgb: Triple): Triple {
  const clipped = clampTriple(rgb)
  if (rgb.every((value, i) => Math.abs(value - (clipped[i as 0] as number)) < 0.000_1)) return clipped
  const [lightness, chroma, hue] = polar(oklabFromSrgb(rgb))
  if (lightness >= 1) return [1, 1, 1]
  if (lightness <= 0) return [0, 0, 0]
  if (difference(clipped, rgb) < JUST_NOTICEABLE) return clipped
  let [low, high] = [0, chroma]
  let nearest = clipped
  while (high - low > 0.000_1) {
    const middle = (low + high) / 2
    const candidate = srgbFromOklab(rectangular([lightness, middle, hue]))
    nearest = clampTriple(candidate)
    if (difference(nearest, candidate) < JUST_NOTICEABLE) low = middle
    else high = middle
  }
  return nearest
}
