/**
 * Hanging punctuation and optical margins (CSS Text 4, section 8.1): how far a character at a line's edge stands outside it.
 * In: characters. Out: shares of the character's own advance.
 */

const endShares: Readonly<Record<string, number>> = {
  '.': 0.7,
  ',': 0.7,
  ':': 0.4,
  ';': 0.4,
  '-': 0.55,
  '\u2010': 0.55,
  '\u2013': 0.3,
  '\u2014': 0.15,
  '\u2019': 0.6,
  '\u201d': 0.5,
  "'": 0.6,
  '"': 0.5,
}

const startShares: Readonly<Record<string, number>> = {
  '\u2018': 0.6,
  '\u201c': 0.5,
  '\u201e': 0.5,
  '\u00ab': 0.3,
  "'": 0.6,
  '"': 0.5,
}

/** At the end of a line. */
export const endShare = (character: string): number => endShares[character] ?? 0
/** At the start of a line. */
export const startShare = (character: string): number => startShares[character] ?? 0
/** Of the hyphen that is drawn where a word is divided. */
export const hyphenShare = 0.55
