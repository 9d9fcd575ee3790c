/**
 * Text (CSS Text 4), decoration (CSS Text Decoration 4), writing direction (CSS Writing Modes 4), alignment in the line
 * (CSS Inline 3). In: component values. Out: computed values.
 */
import type { ComputedStyle } from '../computed-style.js'
import { integerOf, lengthFrom, numberOf } from '../values/calc.js'
import { resolveLength, type SpecifiedLength } from '../values/length.js'
import { colorProperty, define, type Items, identOf, keywordOf, keywords, lengthOrWord, type Property, single } from './property.js'

function indentFrom(items: Items): SpecifiedLength | undefined {
  const rest = items.filter((item) => identOf(item) !== 'hanging' && identOf(item) !== 'each-line')
  return lengthFrom(single(rest), { percent: true })
}

/** `normal` is 0; percentages are of the font size. */
function letterSpace(name: string, key: 'letterSpacing' | 'wordSpacing'): Property {
  return define<typeof key, SpecifiedLength>(name, key, {
    inherited: true,
    parse: (items) => (keywordOf(items) === 'normal' ? 0 : lengthFrom(single(items), { percent: true })),
    compute: (value, { bases, fontSize }) => {
      const length = resolveLength(value, bases)
      if (typeof length === 'number') return length
      return length.kind === 'linear' ? length.px + (length.percent * fontSize) / 100 : 0
    },
  })
}

type Limits = readonly [number, number, number]
const AUTO_LIMITS: Limits = [5, 2, 2]
function hyphenLimitsFrom(items: Items): Limits | undefined {
  if (items.length < 1 || items.length > 3) return undefined
  const values = items.map((item, i) => (identOf(item) === 'auto' ? AUTO_LIMITS[i as 0] : integerOf(item)))
  if (values.some((value) => value === undefined || value < 0)) return undefined
  const [total = AUTO_LIMITS[0], before = AUTO_LIMITS[1], after = items.length === 2 ? before : AUTO_LIMITS[2]] = values
  return [total, before, after]
}

type Lines = ComputedStyle['textDecorationLine']
function decorationLineFrom(items: Items): Lines | undefined {
  if (keywordOf(items) === 'none') return { underline: false, overline: false, lineThrough: false }
  const words = items.map((item) => identOf(item) ?? '?')
  const known = new Set(['underline', 'overline', 'line-through', 'blink'])
  if (words.length === 0 || words.some((word) => !known.has(word)) || new Set(words).size !== words.length) return undefined
  return { underline: words.includes('underline'), overline: words.includes('overline'), lineThrough: words.includes('line-through') }
}

const ALIGNMENTS = new Set('baseline sub super text-top text-bottom middle top bottom'.split(' '))
type Vertical = string | { readonly length: SpecifiedLength }
function verticalAlign(): Property {
  return define<'verticalAlign', Vertical>('vertical-align', 'verticalAlign', {
    parse: (items) => {
      const word = keywordOf(items)
      if (word !== undefined) return ALIGNMENTS.has(word) ? word : undefined
      const length = lengthFrom(single(items), { percent: true })
      return length === undefined ? undefined : { length }
    },
    // Percentages are of the line height, which is known here.
    compute: (value, { bases }) => {
      if (typeof value === 'string') return value as 'baseline'
      const length = resolveLength(value.length, bases)
      return typeof length === 'object' && length.kind === 'linear' ? length.px + (length.percent * bases.lh) / 100 : length
    },
  })
}

function tabSizeFrom(items: Items): number | { readonly length: SpecifiedLength } | undefined {
  const number = numberOf(single(items))
  if (number !== undefined) return number >= 0 ? number : undefined
  const length = lengthFrom(single(items), { nonNegative: true })
  return length === undefined ? undefined : { length }
}

const HANGING = new Set(['first', 'last', 'force-end', 'allow-end'])
const TRANSFORMS = new Set('none capitalize uppercase lowercase full-width'.split(' '))

function transformFrom(items: Items): ComputedStyle['textTransform'] | undefined {
  const words = items.map((item) => identOf(item) ?? '?')
  const known = words.every((word) => TRANSFORMS.has(word) || word === 'full-size-kana')
  return words.length > 0 && known ? ((words.find((word) => TRANSFORMS.has(word)) ?? 'none') as 'none') : undefined
}

/** All properties of this file. */
export function textProperties(): Property[] {
  const inherited = { inherited: true }
  return [
    keywords('direction', 'direction', 'ltr rtl', inherited),
    keywords('unicode-bidi', 'unicodeBidi', 'normal embed isolate bidi-override isolate-override plaintext'),
    define<'language', string>('-x-lang', 'language', {
      inherited: true,
      parse: (items) => (items[0]?.kind === 'string' ? items[0].value : undefined),
      compute: (value) => value,
    }),
    keywords('text-align', 'textAlign', 'start end left right center justify', {
      inherited: true,
      aliases: { 'match-parent': 'start', '-webkit-center': 'center' },
    }),
    keywords('text-align-last', 'textAlignLast', 'auto start end left right center justify', inherited),
    define('text-indent', 'textIndent', { inherited: true, parse: indentFrom, compute: (value, { bases }) => resolveLength(value, bases) }),
    define('text-transform', 'textTransform', { inherited: true, parse: transformFrom, compute: (value) => value }),
    keywords('text-wrap-mode', 'textWrapMode', 'wrap nowrap', inherited),
    keywords('text-wrap-style', 'textWrapStyle', 'auto balance pretty stable', inherited),
    keywords('white-space-collapse', 'whiteSpaceCollapse', 'collapse preserve preserve-breaks break-spaces', inherited),
    keywords('word-break', 'wordBreak', 'normal keep-all break-all break-word', { inherited: true, aliases: { 'auto-phrase': 'normal' } }),
    keywords('overflow-wrap', 'overflowWrap', 'normal break-word anywhere', inherited),
    keywords('line-break', 'lineBreak', 'auto loose normal strict anywhere', inherited),
    keywords('hyphens', 'hyphens', 'none manual auto', inherited),
    define('hyphenate-limit-chars', 'hyphenateLimitChars', { inherited: true, parse: hyphenLimitsFrom, compute: (value) => value }),
    define<'hyphenateLimitLines', number>('hyphenate-limit-lines', 'hyphenateLimitLines', {
      inherited: true,
      parse: (items) => {
        if (keywordOf(items) === 'no-limit') return Number.POSITIVE_INFINITY
        const value = integerOf(single(items))
        return value !== undefined && value >= 0 ? value : undefined
      },
      compute: (value) => value,
    }),
    letterSpace('letter-spacing', 'letterSpacing'),
    letterSpace('word-spacing', 'wordSpacing'),
    define('tab-size', 'tabSize', {
      inherited: true,
      parse: tabSizeFrom,
      compute: (value, { bases }) => (typeof value === 'number' ? value : { px: resolveLength(value.length, bases) as number }),
    }),
    define<'hangingPunctuation', boolean>('hanging-punctuation', 'hangingPunctuation', {
      inherited: true,
      parse: (items) => {
        if (keywordOf(items) === 'none') return false
        return items.length > 0 && items.every((item) => HANGING.has(identOf(item) ?? '')) ? true : undefined
      },
      compute: (value) => value,
    }),
    verticalAlign(),
    define('text-decoration-line', 'textDecorationLine', { parse: decorationLineFrom, compute: (value) => value }),
    colorProperty('text-decoration-color', 'textDecorationColor'),
    keywords('text-decoration-style', 'textDecorationStyle', 'solid double dotted dashed wavy'),
    lengthOrWord('text-decoration-thickness', 'textDecorationThickness', { words: 'auto from-font', percent: true }),
    lengthOrWord('text-underline-offset', 'textUnderlineOffset', { words: 'auto', percent: true, inherited: true }),
  ]
}
