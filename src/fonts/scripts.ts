/**
 * Which script a character belongs to, as far as shaping must keep scripts apart (UAX #24; ISO 15924 tags). In: a code point.
 * Out: the tag, or `Zyyy` for characters that join whatever stands before them.
 */

/** Start of each stretch, with its script; up to the next stretch. Coarse where blocks alternate, since common characters inherit. */
const stretches: readonly (readonly [number, string])[] = [
  [0x0000, 'Zyyy'],
  [0x0041, 'Latn'],
  [0x005b, 'Zyyy'],
  [0x0061, 'Latn'],
  [0x007b, 'Zyyy'],
  [0x00aa, 'Latn'],
  [0x00ab, 'Zyyy'],
  [0x00c0, 'Latn'],
  [0x02b9, 'Zyyy'],
  [0x0370, 'Grek'],
  [0x0400, 'Cyrl'],
  [0x0530, 'Armn'],
  [0x0590, 'Hebr'],
  [0x0600, 'Arab'],
  [0x0700, 'Syrc'],
  [0x0750, 'Arab'],
  [0x0780, 'Thaa'],
  [0x07c0, 'Nkoo'],
  [0x0800, 'Samr'],
  [0x0860, 'Arab'],
  [0x0900, 'Deva'],
  [0x0964, 'Zyyy'],
  [0x0966, 'Deva'],
  [0x0980, 'Beng'],
  [0x0a00, 'Guru'],
  [0x0a80, 'Gujr'],
  [0x0b00, 'Orya'],
  [0x0b80, 'Taml'],
  [0x0c00, 'Telu'],
  [0x0c80, 'Knda'],
  [0x0d00, 'Mlym'],
  [0x0d80, 'Sinh'],
  [0x0e00, 'Thai'],
  [0x0e3f, 'Zyyy'],
  [0x0e40, 'Thai'],
  [0x0e80, 'Laoo'],
  [0x0f00, 'Tibt'],
  [0x1000, 'Mymr'],
  [0x10a0, 'Geor'],
  [0x1100, 'Hang'],
  [0x1200, 'Ethi'],
  [0x13a0, 'Cher'],
  [0x1400, 'Cans'],
  [0x1680, 'Ogam'],
  [0x16a0, 'Runr'],
  [0x1700, 'Tglg'],
  [0x1780, 'Khmr'],
  [0x1800, 'Mong'],
  [0x18b0, 'Cans'],
  [0x1900, 'Limb'],
  [0x1950, 'Tale'],
  [0x1980, 'Talu'],
  [0x19e0, 'Khmr'],
  [0x1a00, 'Bugi'],
  [0x1a20, 'Lana'],
  [0x1ab0, 'Zyyy'],
  [0x1b00, 'Bali'],
  [0x1b80, 'Sund'],
  [0x1c80, 'Cyrl'],
  [0x1c90, 'Geor'],
  [0x1cd0, 'Zyyy'],
  [0x1d00, 'Latn'],
  [0x1dc0, 'Zyyy'],
  [0x1e00, 'Latn'],
  [0x1f00, 'Grek'],
  [0x2000, 'Zyyy'],
  [0x2c00, 'Glag'],
  [0x2c60, 'Latn'],
  [0x2c80, 'Copt'],
  [0x2d00, 'Geor'],
  [0x2d30, 'Tfng'],
  [0x2d80, 'Ethi'],
  [0x2de0, 'Cyrl'],
  [0x2e00, 'Zyyy'],
  [0x2e80, 'Hani'],
  [0x2ff0, 'Zyyy'],
  [0x3041, 'Hira'],
  [0x30a0, 'Kana'],
  [0x3105, 'Bopo'],
  [0x3131, 'Hang'],
  [0x3190, 'Zyyy'],
  [0x31f0, 'Kana'],
  [0x3200, 'Zyyy'],
  [0x3400, 'Hani'],
  [0x4dc0, 'Zyyy'],
  [0x4e00, 'Hani'],
  [0xa000, 'Yiii'],
  [0xa640, 'Cyrl'],
  [0xa700, 'Latn'],
  [0xa960, 'Hang'],
  [0xa980, 'Java'],
  [0xa9e0, 'Mymr'],
  [0xaa00, 'Cham'],
  [0xaa60, 'Mymr'],
  [0xab30, 'Latn'],
  [0xac00, 'Hang'],
  [0xd800, 'Zyyy'],
  [0xf900, 'Hani'],
  [0xfb00, 'Latn'],
  [0xfb13, 'Armn'],
  [0xfb1d, 'Hebr'],
  [0xfb50, 'Arab'],
  [0xfe00, 'Zyyy'],
  [0xfe70, 'Arab'],
  [0xfeff, 'Zyyy'],
  [0xff21, 'Latn'],
  [0xff3b, 'Zyyy'],
  [0xff41, 'Latn'],
  [0xff5b, 'Zyyy'],
  [0xff66, 'Kana'],
  [0xffa0, 'Hang'],
  [0xffe0, 'Zyyy'],
  [0x20000, 'Hani'],
  [0x40000, 'Zyyy'],
]

/** Four-letter script tag; punctuation, figures, marks of many scripts and symbols are `Zyyy`. */
export function scriptOf(codePoint: number): string {
  let low = 0
  let high = stretches.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((stretches[middle] as readonly [number, string])[0] <= codePoint) low = middle
    else high = middle - 1
  }
  return (stretches[low] as readonly [number, string])[1]
}

/** Whether a text may hold right-to-left characters (Hebrew, Arabic, Syriac, Thaana, N'Ko …) or bidi controls. */
export function mayBeRightToLeft(text: string): boolean {
  return /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]|[\ud802\ud803\ud83a\ud83b]/.test(text)
}

/** Scripts written without spaces between words, whose breaks a dictionary finds (UAX #14, class SA). */
export function isDictionaryScript(codePoint: number): boolean {
  return (
    (codePoint >= 0x0e01 && codePoint <= 0x0eff) ||
    (codePoint >= 0x1000 && codePoint <= 0x109f) ||
    (codePoint >= 0x1780 && codePoint <= 0x17ff)
  )
}
