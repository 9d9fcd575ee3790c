/**
 * Punctuation by language: quotation marks (Unicode CLDR, delimiters), dashes and the spaces that no line may break at. In: a language tag.
 * Out: its rules.
 */

export interface PunctuationRules {
  /** Opening and closing marks, outer and inner. */
  readonly quotes: readonly [readonly [string, string], readonly [string, string]]
  /** Narrow no-break spaces before ; ! ? and no-break space before : (French). */
  readonly spacedMarks: boolean
  /** Single letters that hold on to the next word (Czech, Polish, Slovak). */
  readonly holdsLetters: string
  /** Abbreviations that hold on to what follows them. */
  readonly holdsAfter: readonly string[]
  readonly months: readonly string[]
}

const narrow = '\u202f'
const guillemets = ['«', '»'] as const
const spacedGuillemets = [`«${narrow}`, `${narrow}»`] as const
const german = [
  ['„', '“'],
  ['‚', '‘'],
] as const
const english = [
  ['“', '”'],
  ['‘', '’'],
] as const
const single = [
  ['‘', '’'],
  ['“', '”'],
] as const
const nordic = [
  ['”', '”'],
  ['’', '’'],
] as const
const polish = [['„', '”'], guillemets] as const
const romance = [guillemets, ['“', '”']] as const
const slavic = [guillemets, ['„', '“']] as const

/** By primary language, or by tag where a region differs; what is not here has English marks. */
const quotesByLanguage: Readonly<Record<string, PunctuationRules['quotes']>> = {
  en: english,
  de: german,
  'de-ch': [guillemets, ['‹', '›']],
  fr: [spacedGuillemets, ['“', '”']],
  'fr-ch': [guillemets, ['‹', '›']],
  es: romance,
  ca: romance,
  pt: english,
  'pt-pt': romance,
  it: romance,
  el: romance,
  no: [guillemets, ['‘', '’']],
  nb: [guillemets, ['‘', '’']],
  nn: [guillemets, ['‘', '’']],
  da: [
    ['“', '”'],
    ['‘', '’'],
  ],
  sv: nordic,
  fi: nordic,
  nl: single,
  pl: polish,
  ro: polish,
  hu: [
    ['„', '”'],
    ['»', '«'],
  ],
  cs: german,
  sk: german,
  sl: german,
  et: german,
  lt: german,
  lv: english,
  is: german,
  bg: german,
  sr: [
    ['„', '”'],
    ['‘', '’'],
  ],
  hr: [
    ['„', '”'],
    ['‘', '’'],
  ],
  ru: slavic,
  uk: slavic,
  be: slavic,
  tr: english,
  vi: english,
  km: romance,
  ja: [
    ['「', '」'],
    ['『', '』'],
  ],
  zh: english,
  'zh-tw': [
    ['「', '」'],
    ['『', '』'],
  ],
  'zh-hk': [
    ['「', '」'],
    ['『', '』'],
  ],
  ko: english,
  fa: romance,
  ar: [
    ['”', '“'],
    ['’', '‘'],
  ],
}

const monthsByLanguage: Readonly<Record<string, string>> = {
  en: 'January February March April May June July August September October November December',
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  it: 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  nl: 'januari februari maart april mei juni juli augustus september oktober november december',
}

const heldByLanguage: Readonly<Record<string, string>> = {
  en: 'Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. Prof. Gen. Lt. Col. Sgt. St. p. pp. No. Nos. Vol. Fig. Figs. Art. Arts. Sec. ch. cf. c.',
  de: 'Dr. Prof. Hr. Fr. Nr. S. Abs. Abb. Art. Bd. Kap. Tab. z. u. d. i. v. ca. bzw.',
  fr: 'M. MM. Mme Mlle Dr Pr n° p. pp. art. vol. fig. chap.',
  es: 'Sr. Sra. Dr. Dra. n.º p. pp. art. vol. fig. cap.',
  it: 'Sig. Dott. Prof. n. p. pp. art. vol. fig. cap.',
  nl: 'dhr. mevr. dr. prof. nr. p. blz. art. fig.',
}

/** The rules of a language (BCP 47). */
export function punctuationRules(language: string): PunctuationRules {
  const tag = language.toLowerCase()
  const primary = tag.split('-')[0] ?? ''
  const words = (list: string | undefined): readonly string[] => (list === undefined ? [] : list.split(' '))
  return {
    quotes: quotesByLanguage[tag] ?? quotesByLanguage[primary] ?? english,
    spacedMarks: primary === 'fr' && tag !== 'fr-ch' && tag !== 'fr-ca',
    holdsLetters: primary === 'cs' || primary === 'sk' ? 'ksvzouai' : primary === 'pl' ? 'aiouwz' : '',
    holdsAfter: words(heldByLanguage[primary]),
    months: words(monthsByLanguage[primary]),
  }
}
