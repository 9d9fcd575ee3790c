/**
 * Hyphenation by Liang's patterns (F. M. Liang, Word Hy-phen-a-tion by Com-put-er, 1983), from the hyphen package. In: a word and
 * its language. Out: the places where it may be divided.
 */

export interface Hyphenator {
  /** Offsets into `word` before which a hyphen may stand, ascending. Empty where the language has no patterns. */
  points(word: string, language: string): readonly number[]
}

export const noHyphenation: Hyphenator = { points: () => [] }

/** Pattern files of the hyphen package by primary language, British English for `en` since that is what the word alone means in the patterns' naming. */
const patternNames: Readonly<Record<string, string>> = {
  en: 'en-gb',
  'en-us': 'en-us',
  de: 'de-1996',
  no: 'nb',
  el: 'el-monoton',
  mn: 'mn-cyrl',
  sr: 'sr-cyrl',
  sh: 'sh-latn',
  zh: 'zh-latn-pinyin',
}

/** What is longer is no word of a language. */
const longestWord = 100

type Divide = (word: string) => string

const softHyphen = '\u00ad'

/** Loads the patterns of the given languages (BCP 47); languages without patterns are left out in silence, as CSS asks. */
export async function loadHyphenation(languages: Iterable<string>): Promise<Hyphenator> {
  const { default: createHyphenator } = await import('hyphen')
  const byName = new Map<string, Divide>()
  for (const name of new Set([...languages].map(patternName))) {
    const patterns = await importPatterns(name)
    if (patterns) byName.set(name, createHyphenator(patterns, { hyphenChar: softHyphen, minWordLength: 4 }))
  }
  return {
    points(word, language) {
      const divide = word.length > longestWord ? undefined : byName.get(patternName(language))
      return divide ? pointsOf(divide(word)) : []
    },
  }
}

function patternName(language: string): string {
  const tag = language.toLowerCase()
  const primary = tag.split('-')[0] ?? ''
  return patternNames[tag] ?? patternNames[primary] ?? primary
}

/** A language without a pattern file is no error: its words are then not divided. */
async function importPatterns(name: string): Promise<readonly unknown[] | undefined> {
  if (!/^[a-z]+(-[a-z0-9]+)*$/.test(name)) return undefined
  try {
    const module: { default: readonly unknown[] } = await import(`hyphen/patterns/${name}.js`)
    return module.default
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  }
}

function pointsOf(divided: string): readonly number[] {
  const points: number[] = []
  let offset = 0
  for (const character of divided) {
    if (character === softHyphen) points.push(offset)
    else offset += character.length
  }
  return points
}
