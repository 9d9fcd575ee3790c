/**
 * Fonts, colour and line height (CSS Fonts 4, CSS Color 4, CSS Inline 3). In: component values. Out: computed values; what
 * font-variant-* and font-feature-settings ask for comes out as OpenType features.
 */
import type { FeatureList } from '../computed-style.js'
import { integerOf, lengthFrom, numberOf } from '../values/calc.js'
import { colorFrom, resolveColor, type SpecifiedColor } from '../values/color.js'
import { resolveLength, type SpecifiedLength } from '../values/length.js'
import type { ValueKey } from './initial.js'
import { type ComputeContext, commaList, define, type Items, identOf, keywordOf, keywords, type Property, single } from './property.js'

/** Px of the absolute sizes (CSS Fonts 4, section 2.5.1). */
export const FONT_SIZES: Readonly<Record<string, number>> = {
  'xx-small': 9,
  'x-small': 10,
  small: 13,
  medium: 16,
  large: 18,
  'x-large': 24,
  'xx-large': 32,
  'xxx-large': 48,
}
const STRETCHES: Readonly<Record<string, number>> = {
  'ultra-condensed': 50,
  'extra-condensed': 62.5,
  condensed: 75,
  'semi-condensed': 87.5,
  normal: 100,
  'semi-expanded': 112.5,
  expanded: 125,
  'extra-expanded': 150,
  'ultra-expanded': 200,
}

type SpecifiedFontSize = { readonly factor: number } | { readonly length: SpecifiedLength }

function fontSizeFrom(items: Items): SpecifiedFontSize | undefined {
  const word = keywordOf(items)
  if (word === 'larger') return { factor: 1.2 }
  if (word === 'smaller') return { factor: 1 / 1.2 }
  if (word !== undefined) return Object.hasOwn(FONT_SIZES, word) ? { length: FONT_SIZES[word] as number } : undefined
  const length = lengthFrom(single(items), { percent: true, nonNegative: true })
  return length === undefined ? undefined : { length }
}

/** Px of a length whose percentages are of `basis` px. */
function againstBasis(length: SpecifiedLength, basis: number, context: ComputeContext): number {
  const value = resolveLength(length, context.parentBases)
  const px = (part: typeof value): number => {
    if (typeof part === 'number') return part
    return part.kind === 'linear' ? part.px + (part.percent * basis) / 100 : Math[part.kind](...part.terms.map(px))
  }
  return px(value)
}

function fontFamilyFrom(items: Items): string[] | undefined {
  const families: string[] = []
  for (const part of commaList(items) ?? [[]]) {
    const [first] = part
    if (part.length === 1 && first?.kind === 'string') families.push(first.value)
    else if (part.length > 0 && part.every((item) => item.kind === 'ident')) {
      families.push(part.map((item) => (item.kind === 'ident' ? item.value : '')).join(' '))
    } else return undefined
  }
  return families
}

type Weight = number | 'bolder' | 'lighter'
function weightFrom(items: Items): Weight | undefined {
  const word = keywordOf(items)
  if (word === 'normal') return 400
  if (word === 'bold') return 700
  if (word === 'bolder' || word === 'lighter') return word
  const value = numberOf(single(items))
  return value !== undefined && value >= 1 && value <= 1000 ? value : undefined
}

/** Section 2.2.1. */
function relativeWeight(weight: 'bolder' | 'lighter', parent: number): number {
  if (weight === 'bolder') return parent < 350 ? 400 : parent < 550 ? 700 : Math.max(900, parent)
  return parent < 100 ? parent : parent < 550 ? 100 : parent < 750 ? 400 : 700
}

const FEATURES = {
  numeric:
    'lining-nums=lnum oldstyle-nums=onum proportional-nums=pnum tabular-nums=tnum diagonal-fractions=frac stacked-fractions=afrc ordinal=ordn slashed-zero=zero',
  ligatures:
    'common-ligatures=liga,clig no-common-ligatures=-liga,-clig discretionary-ligatures=dlig no-discretionary-ligatures=-dlig historical-ligatures=hlig no-historical-ligatures=-hlig contextual=calt no-contextual=-calt none=-liga,-clig,-dlig,-hlig,-calt',
  position: 'sub=subs super=sups',
  eastAsian:
    'jis78=jp78 jis83=jp83 jis90=jp90 jis04=jp04 simplified=smpl traditional=trad full-width=fwid proportional-width=pwid ruby=ruby',
} as const

function featureTable(table: string): ReadonlyMap<string, FeatureList> {
  return new Map(
    table.split(' ').map((entry) => {
      const [word = '', tags = ''] = entry.split('=')
      return [word, tags.split(',').map((tag) => ({ tag: tag.replace('-', ''), value: tag.startsWith('-') ? 0 : 1 }))]
    }),
  )
}

function variant(name: string, key: ValueKey & `fontVariant${string}`, table: string): Property {
  const known = featureTable(table)
  return define<'fontVariantNumeric', FeatureList>(name, key as 'fontVariantNumeric', {
    syntax: `normal | ${[...known.keys()].join(' || ')}`,
    initial: 'normal',
    inherited: true,
    parse: (items) => {
      if (keywordOf(items) === 'normal') return []
      const lists = items.map((item) => known.get(identOf(item) ?? '?'))
      return lists.length > 0 && lists.every((list) => list !== undefined) ? (lists as FeatureList[]).flat() : undefined
    },
    compute: (value) => value,
  })
}

function featureSettingsFrom(items: Items): FeatureList | undefined {
  if (keywordOf(items) === 'normal') return []
  const features: { tag: string; value: number }[] = []
  for (const [tag, amount, ...more] of commaList(items) ?? [[]]) {
    const word = identOf(amount)
    const value = amount === undefined || word === 'on' ? 1 : word === 'off' ? 0 : integerOf(amount)
    if (tag?.kind !== 'string' || tag.value.length !== 4 || value === undefined || more.length > 0) return undefined
    features.push({ tag: tag.value, value })
  }
  return features
}

function variationsFrom(items: Items): FeatureList | undefined {
  if (keywordOf(items) === 'normal') return []
  const values = new Map<string, number>()
  for (const [tag, amount, ...more] of commaList(items) ?? [[]]) {
    const value = numberOf(amount)
    if (tag?.kind !== 'string' || tag.value.length !== 4 || value === undefined || more.length > 0) return undefined
    values.set(tag.value, value)
  }
  return [...values].map(([tag, value]) => ({ tag, value })).sort((a, b) => (a.tag < b.tag ? -1 : 1))
}

/** One list sorted by tag; settings come last and win (CSS Fonts 4, section 7.2). */
export function mergeFeatures(lists: readonly FeatureList[]): FeatureList {
  if (lists.every((list) => list.length === 0)) return []
  const merged = new Map<string, number>()
  for (const { tag, value } of lists.flat()) merged.set(tag, value)
  return [...merged].map(([tag, value]) => ({ tag, value })).sort((a, b) => (a.tag < b.tag ? -1 : 1))
}

type SpecifiedLineHeight = 'normal' | { readonly factor: number } | { readonly length: SpecifiedLength }
function lineHeightFrom(items: Items): SpecifiedLineHeight | undefined {
  if (keywordOf(items) === 'normal') return 'normal'
  const factor = numberOf(single(items))
  if (factor !== undefined) return factor >= 0 ? { factor } : undefined
  const length = lengthFrom(single(items), { percent: true, nonNegative: true })
  return length === undefined ? undefined : { length }
}

function stretchFrom(items: Items): number | undefined {
  const word = keywordOf(items)
  if (word !== undefined) return Object.hasOwn(STRETCHES, word) ? STRETCHES[word] : undefined
  const item = single(items)
  return item?.kind === 'percentage' && item.value >= 0 ? item.value : undefined
}

/** `font-style: oblique 14deg` is oblique: fonts are asked for no angle. */
function fontStyleFrom(items: Items): 'normal' | 'italic' | 'oblique' | undefined {
  const word = identOf(items[0])
  if (word === 'oblique' && items.length <= 2 && (items.length === 1 || items[1]?.kind === 'dimension')) return word
  return items.length === 1 && (word === 'normal' || word === 'italic') ? word : undefined
}

/** All properties of this file. font-size comes first, line-height after it: others are relative to them. */
export function fontProperties(): Property[] {
  return [
    define('font-size', 'fontSize', {
      syntax: 'xx-small | x-small | small | medium | large | x-large | xx-large | xxx-large | larger | smaller | <length-percentage [0,∞]>',
      initial: 'medium',
      inherited: true,
      parse: fontSizeFrom,
      compute: (value, context) =>
        'factor' in value
          ? context.parent.fontSize * value.factor
          : Math.max(0, againstBasis(value.length, context.parent.fontSize, context)),
    }),
    define<'lineHeight', SpecifiedLineHeight>('line-height', 'lineHeight', {
      syntax: 'normal | <number [0,∞]> | <length-percentage [0,∞]>',
      inherited: true,
      parse: lineHeightFrom,
      compute: (value, context) => {
        if (typeof value === 'string') return 'normal'
        if ('factor' in value) return value.factor
        const own = { ...context, parentBases: { ...context.bases, lh: context.parentBases.lh } }
        return { px: Math.max(0, againstBasis(value.length, context.fontSize, own)) }
      },
    }),
    define<'color', SpecifiedColor>('color', 'color', {
      syntax: '<color>',
      initial: 'canvastext',
      inherited: true,
      parse: (items) => colorFrom(single(items)),
      compute: (value, { parent }) => resolveColor(value, parent.color),
    }),
    define('font-family', 'fontFamily', {
      syntax: '[ <string> | <custom-ident>+ ]#',
      initial: 'serif',
      inherited: true,
      parse: fontFamilyFrom,
      compute: (value) => value,
    }),
    define('font-weight', 'fontWeight', {
      syntax: 'normal | bold | bolder | lighter | <number [1,1000]>',
      initial: 'normal',
      inherited: true,
      parse: weightFrom,
      compute: (value, { parent }) => (typeof value === 'number' ? value : relativeWeight(value, parent.fontWeight)),
    }),
    define('font-style', 'fontStyle', {
      syntax: 'normal | italic | oblique <angle>?',
      inherited: true,
      parse: fontStyleFrom,
      compute: (value) => value,
    }),
    define('font-stretch', 'fontStretch', {
      syntax:
        'normal | <percentage [0,∞]> | ultra-condensed | extra-condensed | condensed | semi-condensed | semi-expanded | expanded | extra-expanded | ultra-expanded',
      initial: 'normal',
      inherited: true,
      parse: stretchFrom,
      compute: (value) => value,
    }),
    keywords('font-kerning', 'fontKerning', 'auto normal none', { inherited: true }),
    keywords('font-optical-sizing', 'fontOpticalSizing', 'auto none', { inherited: true }),
    keywords('font-synthesis-weight', 'fontSynthesisWeight', 'auto none', { inherited: true }),
    keywords('font-synthesis-style', 'fontSynthesisStyle', 'auto none', { inherited: true, aliases: { 'oblique-only': 'auto' } }),
    define('font-variation-settings', 'fontVariations', {
      syntax: 'normal | [ <string> <number> ]#',
      initial: 'normal',
      inherited: true,
      parse: variationsFrom,
      compute: (value) => value,
    }),
    keywords('font-variant-caps', 'fontVariantCaps', 'normal small-caps all-small-caps', {
      inherited: true,
      aliases: { 'petite-caps': 'small-caps', 'all-petite-caps': 'all-small-caps', unicase: 'small-caps', 'titling-caps': 'normal' },
    }),
    variant('font-variant-numeric', 'fontVariantNumeric', FEATURES.numeric),
    variant('font-variant-ligatures', 'fontVariantLigatures', FEATURES.ligatures),
    variant('font-variant-position', 'fontVariantPosition', FEATURES.position),
    variant('font-variant-east-asian', 'fontVariantEastAsian', FEATURES.eastAsian),
    define('font-feature-settings', 'fontFeatureSettings', {
      syntax: 'normal | [ <string> [ on | off | <integer [0,∞]> ]? ]#',
      initial: 'normal',
      inherited: true,
      parse: featureSettingsFrom,
      compute: (value) => value,
    }),
  ]
}
