/**
 * Numbers in the digits of a language. In: a BCP 47 tag. Out: its numbering system (Unicode CLDR), the CSS counter style of the same digits
 * (CSS Counter Styles 3, section 6), and texts whose ASCII digits are replaced.
 */

/** Counter styles by numbering system; a system without one counts in decimal. */
const counterStyles: Readonly<Record<string, string>> = {
  arab: 'arabic-indic',
  arabext: 'persian',
  beng: 'bengali',
  deva: 'devanagari',
  gujr: 'gujarati',
  guru: 'gurmukhi',
  khmr: 'khmer',
  knda: 'kannada',
  laoo: 'lao',
  mlym: 'malayalam',
  mong: 'mongolian',
  mymr: 'myanmar',
  orya: 'oriya',
  taml: 'tamil',
  telu: 'telugu',
  thai: 'thai',
  tibt: 'tibetan',
}

/** CLDR counts Khmer in Latin digits by default; Khmer documents are numbered in Khmer ones. */
const usual: Readonly<Record<string, string>> = { km: 'khmr' }

/**
 * The numbering system of a language as Intl knows it, such as `latn` or `arab`; a tag may name one, as in `th-u-nu-thai`. `latn` where
 * there are no counter style and digits for it, and for a tag that is none.
 */
export function numberingSystemOf(lang: string): string {
  if (!/[-_]nu[-_]/i.test(lang)) {
    const known = usual[lang.toLowerCase().split('-')[0] ?? '']
    if (known !== undefined) return known
  }
  try {
    const system = new Intl.NumberFormat(lang).resolvedOptions().numberingSystem
    return Object.hasOwn(counterStyles, system) ? system : 'latn'
  } catch (error) {
    if (error instanceof RangeError) return 'latn'
    throw error
  }
}

/** The counter style of a language's digits; undefined where it counts in decimal. */
export function counterStyleOf(lang: string): string | undefined {
  return counterStyles[numberingSystemOf(lang)]
}

/** A text such as `2.1` with its digits in the language's; letters and stops stay. */
export function localDigits(text: string, lang: string): string {
  const numberingSystem = numberingSystemOf(lang)
  if (numberingSystem === 'latn') return text
  const format = new Intl.NumberFormat('en', { numberingSystem })
  return text.replace(/[0-9]/g, (digit) => format.format(Number(digit)))
}
