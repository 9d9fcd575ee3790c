/**
 * Text (CSS Text 4), decoration (CSS Text Decoration 4), writing direction (CSS Writing Modes 4), alignment in the line
 * (CSS Inline 3). In: component values. Out: computed values.
 */
import type { ComputedStyle } from '../computed-style.js'
import { integerOf, lengthFrom, numberOf } from '../values/calc.js'
import { colorFrom, resolveColor, type SpecifiedColor } from '../values/color.js'
import { resolveLength, type SpecifiedLength } from '../values/length.js'
import {
  colorProperty,
  commaList,
  define,
  type Items,
  identOf,
  keywordOf,
  keywords,
  lengthOrWord,
  type Property,
  single,
} from './property.js'

interface SpecifiedIndent {
  readonly length: SpecifiedLength
  readonly hanging: boolean
  readonly eachLine: boolean
}

function indentFrom(items: Items): SpecifiedIndent | undefined {
  const rest = items.filter((item) => identOf(item) !== 'hanging' && identOf(item) !== 'each-line')
  const length = lengthFrom(single(rest), { percent: true })
  const has = (word: string): boolean => items.some((item) => identOf(item) === word)
  return length === undefined ? undefined : { length, hanging: has('hanging'), eachLine: has('each-line') }
}

/** `normal` is 0; percentages are of the font size. */
function letterSpace(name: string, key: 'letterSpacing' | 'wordSpacing'): Property {
  return define<typeof key, SpecifiedLength>(name, key, {
    syntax: 'normal | <length-percentage>',
    initial: 'normal',
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
    syntax: 'baseline | sub | super | text-top | text-bottom | middle | top | bottom | <length-percentage>',
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

function hangingFrom(items: Items): ComputedStyle['hangingPunctuation'] | undefined {
  const words = items.map((item) => identOf(item) ?? '?')
  if (words.length === 1 && words[0] === 'none') return { first: false, last: false, end: 'none' }
  if (words.length === 0 || words.some((word) => !HANGING.has(word)) || new Set(words).size !== words.length) return undefined
  if (words.includes('force-end') && words.includes('allow-end')) return undefined
  const end = words.includes('force-end') ? 'force' : words.includes('allow-end') ? 'allow' : 'none'
  return { first: words.includes('first'), last: words.includes('last'), end }
}

const CASES = new Set('capitalize uppercase lowercase'.split(' '))

function transformFrom(items: Items): ComputedStyle['textTransform'] | undefined {
  const words = items.map((item) => identOf(item) ?? '?')
  const fullWidth = words.includes('full-width')
  const fullSizeKana = words.includes('full-size-kana')
  if (words.length === 1 && words[0] === 'none') return { letterCase: 'none', fullWidth, fullSizeKana }
  const cases = words.filter((word) => CASES.has(word))
  const known = cases.length + Number(fullWidth) + Number(fullSizeKana)
  if (words.length === 0 || known !== words.length || cases.length > 1) return undefined
  return { letterCase: (cases[0] ?? 'none') as 'none', fullWidth, fullSizeKana }
}

type TextAlign = ComputedStyle['textAlign']
const TEXT_ALIGNMENTS = new Set('start end left right center justify justify-all match-parent'.split(' '))

/** Sides of the parent's line are the parent's (CSS Text 4, section 7.1); justify-all comes out as two values in cascade/adjust.ts. */
function textAlign(): Property {
  return define<'textAlign', string>('text-align', 'textAlign', {
    syntax: [...TEXT_ALIGNMENTS].join(' | '),
    inherited: true,
    parse: (items) => {
      const word = (keywordOf(items) ?? '').replace(/^-(?:webkit|moz)-(?=left|right|center|match-parent)/, '')
      return TEXT_ALIGNMENTS.has(word) ? word : undefined
    },
    compute: (word, { parent }) => {
      if (word !== 'match-parent') return word as TextAlign
      const side = { start: parent.direction === 'ltr' ? 'left' : 'right', end: parent.direction === 'ltr' ? 'right' : 'left' } as const
      return parent.textAlign === 'start' || parent.textAlign === 'end' ? side[parent.textAlign] : parent.textAlign
    },
  })
}

interface SpecifiedShadow {
  readonly lengths: readonly SpecifiedLength[]
  readonly color: SpecifiedColor | null
}

function shadowsFrom(items: Items): readonly SpecifiedShadow[] | undefined {
  if (keywordOf(items) === 'none') return []
  const shadows = (commaList(items) ?? [[]]).map((part): SpecifiedShadow | undefined => {
    const lengths = part.map((item) => lengthFrom(item, {})).filter((length) => length !== undefined)
    const colors = part.filter((item) => lengthFrom(item, {}) === undefined).map((item) => colorFrom(item))
    if (lengths.length < 2 || lengths.length > 3 || colors.length > 1 || colors.includes(undefined)) return undefined
    return { lengths, color: colors[0] ?? null }
  })
  return shadows.some((shadow) => shadow === undefined) ? undefined : (shadows as SpecifiedShadow[])
}

/** CSS Text Decoration 4, section 5.1: filled and open shapes. */
const EMPHASIS: Readonly<Record<string, readonly [string, string]>> = {
  dot: ['\u2022', '\u25e6'],
  circle: ['\u25cf', '\u25cb'],
  'double-circle': ['\u25c9', '\u25ce'],
  triangle: ['\u25b2', '\u25b3'],
  sesame: ['\ufe45', '\ufe46'],
}

function emphasisFrom(items: Items): string | null | undefined {
  const [first] = items
  if (items.length === 1 && first?.kind === 'string') return [...new Intl.Segmenter().segment(first.value)][0]?.segment ?? null
  const words = items.map((item) => identOf(item) ?? '?')
  if (words.length === 1 && words[0] === 'none') return null
  const fills = words.filter((word) => word === 'filled' || word === 'open')
  const shapes = words.filter((word) => Object.hasOwn(EMPHASIS, word))
  if (words.length === 0 || words.length > 2 || fills.length > 1 || shapes.length > 1 || fills.length + shapes.length !== words.length)
    return undefined
  return EMPHASIS[shapes[0] ?? 'circle']?.[fills[0] === 'open' ? 1 : 0]
}

function emphasisPositionFrom(items: Items): 'over' | 'under' | undefined {
  const words = items.map((item) => identOf(item) ?? '?')
  const sides = words.filter((word) => word === 'over' || word === 'under')
  const across = words.filter((word) => word === 'left' || word === 'right')
  return sides.length === 1 && across.length <= 1 && sides.length + across.length === words.length ? (sides[0] as 'over') : undefined
}

/** All properties of this file. */
export function textProperties(): Property[] {
  const inherited = { inherited: true }
  return [
    keywords('direction', 'direction', 'ltr rtl', inherited),
    keywords('unicode-bidi', 'unicodeBidi', 'normal embed isolate bidi-override isolate-override plaintext'),
    define<'language', string>('-x-lang', 'language', {
      syntax: '<string>',
      initial: '""',
      inherited: true,
      parse: (items) => (items[0]?.kind === 'string' ? items[0].value : undefined),
      compute: (value) => value,
    }),
    textAlign(),
    keywords('text-align-last', 'textAlignLast', 'auto start end left right center justify', inherited),
    define('text-indent', 'textIndent', {
      syntax: '<length-percentage> && hanging? && each-line?',
      initial: '0',
      inherited: true,
      parse: indentFrom,
      compute: ({ length, hanging, eachLine }, { bases }) => ({ length: resolveLength(length, bases), hanging, eachLine }),
    }),
    define('text-transform', 'textTransform', {
      syntax: 'none | [ capitalize | uppercase | lowercase ] || full-width || full-size-kana',
      initial: 'none',
      inherited: true,
      parse: transformFrom,
      compute: (value) => value,
    }),
    define<'textOverflow', ComputedStyle['textOverflow']>('text-overflow', 'textOverflow', {
      syntax: 'clip | ellipsis | <string>',
      parse: (items) => {
        const item = single(items)
        const word = keywordOf(items)
        return word === 'clip' || word === 'ellipsis' ? word : item?.kind === 'string' ? { text: item.value } : undefined
      },
      compute: (value) => value,
    }),
    keywords('text-wrap-mode', 'textWrapMode', 'wrap nowrap', inherited),
    keywords('text-wrap-style', 'textWrapStyle', 'auto balance pretty stable', inherited),
    keywords('white-space-collapse', 'whiteSpaceCollapse', 'collapse preserve preserve-breaks break-spaces', inherited),
    keywords('word-break', 'wordBreak', 'normal keep-all break-all break-word', { inherited: true, aliases: { 'auto-phrase': 'normal' } }),
    keywords('overflow-wrap', 'overflowWrap', 'normal break-word anywhere', inherited),
    keywords('line-break', 'lineBreak', 'auto loose normal strict anywhere', inherited),
    keywords('hyphens', 'hyphens', 'none manual auto', inherited),
    define('hyphenate-limit-chars', 'hyphenateLimitChars', {
      syntax: '[ auto | <integer> ]{1,3}',
      initial: 'auto',
      inherited: true,
      parse: hyphenLimitsFrom,
      compute: (value) => value,
    }),
    define<'hyphenateLimitLines', number>('hyphenate-limit-lines', 'hyphenateLimitLines', {
      syntax: 'no-limit | <integer [0,∞]>',
      initial: 'no-limit',
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
      syntax: '<number [0,∞]> | <length [0,∞]>',
      inherited: true,
      parse: tabSizeFrom,
      compute: (value, { bases }) => (typeof value === 'number' ? value : { px: resolveLength(value.length, bases) as number }),
    }),
    define('hanging-punctuation', 'hangingPunctuation', {
      syntax: 'none | first || [ force-end | allow-end ] || last',
      initial: 'none',
      inherited: true,
      parse: hangingFrom,
      compute: (value) => value,
    }),
    define<'opticalMargins', string>('-briefpress-optical-margins', 'opticalMargins', {
      syntax: 'none | auto',
      initial: 'none',
      inherited: true,
      parse: (items) => (['none', 'auto'].includes(keywordOf(items) ?? '') ? keywordOf(items) : undefined),
      compute: (value) => value === 'auto',
    }),
    keywords('text-justify', 'textJustify', 'auto none inter-word inter-character', {
      inherited: true,
      aliases: { distribute: 'inter-character' },
    }),
    define<'hyphenateCharacter', 'auto' | { readonly text: string }>('hyphenate-character', 'hyphenateCharacter', {
      syntax: 'auto | <string>',
      inherited: true,
      parse: (items) => {
        const item = single(items)
        return item?.kind === 'string' ? { text: item.value } : keywordOf(items) === 'auto' ? 'auto' : undefined
      },
      compute: (value) => value,
    }),
    define<'hyphenateLimitZone', 'auto' | SpecifiedLength>('hyphenate-limit-zone', 'hyphenateLimitZone', {
      syntax: 'auto | <length-percentage [0,∞]>',
      inherited: true,
      parse: (items) => (keywordOf(items) === 'auto' ? 'auto' : lengthFrom(single(items), { percent: true, nonNegative: true })),
      compute: (value, { bases }) => {
        const length = value === 'auto' ? value : resolveLength(value, bases)
        return typeof length === 'object' && length.kind !== 'linear' ? 'auto' : length
      },
    }),
    keywords('hyphenate-limit-last', 'hyphenateLimitLast', 'none always column page spread', inherited),
    define<'lineSnap', 'none' | 'baseline'>('line-snap', 'lineSnap', {
      syntax: 'none | baseline',
      initial: 'none',
      inherited: true,
      parse: (items) => (['none', 'baseline'].includes(keywordOf(items) ?? '') ? (keywordOf(items) as 'none') : undefined),
      compute: (value, { bases }) => (value === 'none' ? 0 : bases.rlh),
    }),
    verticalAlign(),
    define('text-decoration-line', 'textDecorationLine', {
      syntax: 'none | underline || overline || line-through || blink',
      initial: 'none',
      parse: decorationLineFrom,
      compute: (value) => value,
    }),
    colorProperty('text-decoration-color', 'textDecorationColor'),
    keywords('text-decoration-style', 'textDecorationStyle', 'solid double dotted dashed wavy'),
    lengthOrWord('text-decoration-thickness', 'textDecorationThickness', { words: 'auto from-font', percent: true }),
    keywords('text-underline-position', 'textUnderlinePosition', 'auto from-font under', {
      inherited: true,
      aliases: { left: 'auto', right: 'auto' },
    }),
    keywords('text-decoration-skip-ink', 'textDecorationSkipInk', 'auto none all', inherited),
    define('text-shadow', 'textShadow', {
      syntax: 'none | [ <color>? && <length>{2} <length [0,∞]>? ]#',
      initial: 'none',
      inherited: true,
      parse: shadowsFrom,
      compute: (shadows, { bases, color }) =>
        shadows.map(({ lengths, color: own }) => {
          const [x = 0, y = 0, blur = 0] = lengths.map((length) => resolveLength(length, bases) as number)
          return { x, y, blur, color: own === null ? color : resolveColor(own, color) }
        }),
    }),
    define('text-emphasis-style', 'textEmphasisStyle', {
      syntax: 'none | [ filled | open ] || [ dot | circle | double-circle | triangle | sesame ] | <string>',
      initial: 'none',
      inherited: true,
      parse: emphasisFrom,
      compute: (value) => value,
    }),
    define<'textEmphasisColor', SpecifiedColor>('text-emphasis-color', 'textEmphasisColor', {
      syntax: '<color>',
      initial: 'currentcolor',
      inherited: true,
      parse: (items) => colorFrom(single(items)),
      compute: (value, { color }) => (value === 'currentcolor' ? null : resolveColor(value, color)),
    }),
    define('text-emphasis-position', 'textEmphasisPosition', {
      syntax: '[ over | under ] && [ right | left ]?',
      initial: 'over right',
      inherited: true,
      parse: emphasisPositionFrom,
      compute: (value) => value,
    }),
    lengthOrWord('text-underline-offset', 'textUnderlineOffset', { words: 'auto', percent: true, inherited: true }),
  ]
}
