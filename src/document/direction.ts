/**
 * The direction in which a language is written. In: a BCP 47 tag. Out: whether its lines run from right to left (Unicode CLDR likely
 * subtags; Unicode Bidirectional Algorithm).
 */

const rightToLeftScripts: ReadonlySet<string> = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa'])

/** Whether the script that a language is written in, or that its tag names, runs from right to left. */
export function isRightToLeft(lang: string): boolean {
  return rightToLeftScripts.has(scriptOf(lang))
}

/** The script of a language (ISO 15924), the likely one where its tag names none; `Latn` for a tag that is none. */
export function scriptOf(lang: string): string {
  try {
    return new Intl.Locale(lang).maximize().script ?? 'Latn'
  } catch (error) {
    if (error instanceof RangeError) return 'Latn'
    throw error
  }
}
