/**
 * Properties of boxes: CSS Display 3, Position 3, Box 4, Sizing 3, Overflow 3, Tables 3, Flexbox 1, Align 3, Images 3.
 * In: component values. Out: computed values.
 */
import type { ComputedStyle } from '../computed-style.js'
import { isDelim, withoutSpace } from '../syntax/component.js'
import { lengthFrom, numberOf } from '../values/calc.js'
import { resolveLength, type SpecifiedLength } from '../values/length.js'
import { positionFrom, resolveOffset } from './position.js'
import { define, type Items, identOf, keywordOf, keywords, lengthOrWord, numberProperty, type Property } from './property.js'

const DISPLAYS =
  'none contents block inline inline-block flow-root list-item table inline-table table-row-group table-header-group table-footer-group table-row table-cell table-column table-column-group table-caption flex inline-flex grid inline-grid'
/** Ruby is laid out in line; the rest are older or longer words for the same boxes. */
const DISPLAY_ALIASES: Readonly<Record<string, string>> = {
  flow: 'block',
  'run-in': 'block',
  ruby: 'inline',
  'ruby-base': 'inline',
  'ruby-text': 'inline',
  'ruby-base-container': 'inline',
  'ruby-text-container': 'inline',
  math: 'inline',
}
const INLINE_DISPLAYS: Readonly<Record<string, string>> = {
  flow: 'inline',
  'flow-root': 'inline-block',
  table: 'inline-table',
  flex: 'inline-flex',
  grid: 'inline-grid',
  ruby: 'inline',
}

/** CSS Display 3, section 2: one keyword, or an outer and an inner one, with list-item. */
function displayFrom(items: Items): string | undefined {
  const words = items.map((item) => identOf(item) ?? '?')
  const [only] = words
  if (words.length === 1 && only !== undefined) {
    if (DISPLAYS.split(' ').includes(only)) return only
    return Object.hasOwn(DISPLAY_ALIASES, only) ? DISPLAY_ALIASES[only] : undefined
  }
  const outer = words.filter((word) => word === 'block' || word === 'inline')
  const inner = words.filter((word) => word in INLINE_DISPLAYS)
  const listItem = words.includes('list-item') ? 1 : 0
  if (outer.length > 1 || inner.length > 1 || outer.length + inner.length + listItem !== words.length || words.length > 3) return undefined
  const inside = inner[0] ?? 'flow'
  if (listItem && inside !== 'flow' && inside !== 'flow-root') return undefined
  if (listItem) return outer[0] === 'inline' && inside === 'flow' ? 'inline-list-item' : 'list-item'
  if (outer[0] === 'inline') return INLINE_DISPLAYS[inside]
  return inside === 'flow' || inside === 'ruby' ? 'block' : inside
}

function positionProperty(): Property {
  const words = new Set(['static', 'relative', 'absolute', 'fixed', 'sticky'])
  return define<'position', ComputedStyle['position']>('position', 'position', {
    syntax: 'static | relative | absolute | fixed | sticky | running( <custom-ident> )',
    parse: (items) => {
      const word = keywordOf(items)
      if (word !== undefined) return words.has(word) ? (word as 'static') : undefined
      const item = items[0]
      if (items.length !== 1 || item?.kind !== 'function' || item.name !== 'running') return undefined
      const [name, ...more] = withoutSpace(item.items)
      return name?.kind === 'ident' && more.length === 0 ? { running: name.value } : undefined
    },
    compute: (value) => value,
  })
}

/** float and clear know the sides of the line by name; they come out as left and right. */
function sided(name: 'float' | 'clear', words: string): Property {
  const known = new Set(words.split(' '))
  return define<'float' | 'clear', string>(name, name, {
    syntax: words.replaceAll(' ', ' | '),
    parse: (items) => {
      const word = keywordOf(items)
      return word !== undefined && known.has(word) ? word : undefined
    },
    compute: (word, { direction }) => {
      if (word === 'inline-start') return direction === 'ltr' ? 'left' : 'right'
      if (word === 'inline-end') return direction === 'ltr' ? 'right' : 'left'
      return word as 'left'
    },
  })
}

function aspectRatioFrom(items: Items): number | null | undefined {
  const rest = items.filter((item) => identOf(item) !== 'auto')
  if (rest.length === 0) return items.length === 1 ? null : undefined
  const width = numberOf(rest[0])
  const height = rest.length === 1 ? 1 : isDelim(rest[1], '/') && rest.length === 3 ? numberOf(rest[2]) : undefined
  if (width === undefined || height === undefined || width < 0 || height < 0 || items.length - rest.length > 1) return undefined
  return width > 0 && height > 0 ? width / height : null
}

const ALIGNMENTS = new Set(
  'normal stretch center start end flex-start flex-end self-start self-end baseline space-between space-around space-evenly left right auto anchor-center'.split(
    ' ',
  ),
)
/** CSS Align 3, section 4: `unsafe` is how things overflow anyway; `first baseline` is `baseline`. */
export function alignmentFrom(items: Items): string | undefined {
  const words = items.map((item) => identOf(item) ?? '?').filter((word) => word !== 'unsafe' && word !== 'first')
  const [first, second] = words
  if (words.length === 2 && first === 'last' && second === 'baseline') return 'last baseline'
  if (words.length === 2 && first === 'safe' && second !== undefined && ALIGNMENTS.has(second)) return `safe ${second}`
  return words.length === 1 && first !== undefined && ALIGNMENTS.has(first) ? first : undefined
}
function alignment(name: string, key: 'justifyContent' | 'alignItems' | 'alignSelf' | 'alignContent'): Property {
  return define(name, key, {
    syntax: '[ first | last ]? baseline | [ safe | unsafe ]? <alignment-keyword>',
    parse: alignmentFrom,
    compute: (word: string) => word,
  })
}

const SIZES = 'min-content max-content fit-content'
const size = (name: string, key: 'width' | 'height' | 'minWidth' | 'minHeight'): Property =>
  lengthOrWord(name, key, { words: `auto ${SIZES}`, percent: true, nonNegative: true })
const maximum = (name: string, key: 'maxWidth' | 'maxHeight'): Property =>
  lengthOrWord(name, key, { words: `none ${SIZES}`, percent: true, nonNegative: true })

/** Two lengths that one property sets: border-spacing. */
function spacing(name: string, key: 'borderSpacingX' | 'borderSpacingY'): Property {
  return define<typeof key, SpecifiedLength>(name, key, {
    syntax: '<length [0,∞]>',
    inherited: true,
    parse: (items) => (items.length === 1 ? lengthFrom(items[0], { nonNegative: true }) : undefined),
    compute: (value, { bases }) => resolveLength(value, bases) as number,
  })
}

function objectPosition(name: string, key: 'objectPositionX' | 'objectPositionY'): Property {
  return define(name, key, {
    syntax: '<position>',
    initial: '50% 50%',
    parse: positionFrom,
    compute: (value, { bases }) => resolveOffset(key === 'objectPositionX' ? value.x : value.y, bases),
  })
}

/** All properties of this file. */
export function boxProperties(): Property[] {
  const insets = (['top', 'right', 'bottom', 'left'] as const).map((side) => lengthOrWord(side, side, { words: 'auto', percent: true }))
  const edges = (['Top', 'Right', 'Bottom', 'Left'] as const).flatMap((side) => [
    lengthOrWord(`margin-${side.toLowerCase()}`, `margin${side}`, { words: 'auto', percent: true }),
    lengthOrWord(`padding-${side.toLowerCase()}`, `padding${side}`, { percent: true, nonNegative: true }),
  ])
  return [
    define<'display', string>('display', 'display', {
      syntax:
        '[ block | inline ] || [ flow | flow-root | table | flex | grid | ruby ] || list-item | none | contents | inline-block | inline-table | inline-flex | inline-grid | table-row-group | table-header-group | table-footer-group | table-row | table-cell | table-column | table-column-group | table-caption',
      parse: displayFrom,
      compute: (word) => word as 'block',
    }),
    positionProperty(),
    sided('float', 'none left right footnote inline-start inline-end'),
    sided('clear', 'none left right both inline-start inline-end'),
    ...insets,
    ...edges,
    define<'zIndex', number | 'auto'>('z-index', 'zIndex', {
      syntax: 'auto | <integer>',
      parse: (items) =>
        keywordOf(items) === 'auto' ? 'auto' : (numberProperty('', 'order', { integer: true }).parse(items) as number | undefined),
      compute: (value) => value,
    }),
    keywords('visibility', 'visibility', 'visible hidden collapse', { inherited: true }),
    keywords('overflow-x', 'overflowX', 'visible hidden clip scroll auto', { aliases: { overlay: 'auto' } }),
    keywords('overflow-y', 'overflowY', 'visible hidden clip scroll auto', { aliases: { overlay: 'auto' } }),
    define<'printColorAdjust', string>('print-color-adjust', 'printColorAdjust', {
      inherited: true,
      syntax: 'economy | exact',
      parse: (items) => (/^(?:economy|exact)$/.test(keywordOf(items) ?? '') ? keywordOf(items) : undefined),
      compute: (word) => word as 'exact',
    }),
    define<'colorScheme', string>('color-scheme', 'colorScheme', {
      inherited: true,
      syntax: 'normal | [ light | dark | <custom-ident> ]+ && only?',
      parse: (items) => (items.length > 0 && items.every((item) => item.kind === 'ident') ? items.map(identOf).join(' ') : undefined),
      compute: (words) => words,
    }),
    numberProperty('opacity', 'opacity', { min: 0, max: 1, percent: true }),
    numberProperty('order', 'order', { integer: true }),
    keywords('box-sizing', 'boxSizing', 'content-box border-box'),
    size('width', 'width'),
    size('height', 'height'),
    size('min-width', 'minWidth'),
    size('min-height', 'minHeight'),
    maximum('max-width', 'maxWidth'),
    maximum('max-height', 'maxHeight'),
    define('aspect-ratio', 'aspectRatio', {
      syntax: 'auto || <ratio>',
      initial: 'auto',
      parse: aspectRatioFrom,
      compute: (value: number | null) => value,
    }),
    keywords('table-layout', 'tableLayout', 'auto fixed'),
    keywords('border-collapse', 'borderCollapse', 'separate collapse', { inherited: true }),
    spacing('-x-border-spacing-x', 'borderSpacingX'),
    spacing('-x-border-spacing-y', 'borderSpacingY'),
    keywords('caption-side', 'captionSide', 'top bottom', { inherited: true, aliases: { 'block-start': 'top', 'block-end': 'bottom' } }),
    keywords('empty-cells', 'emptyCells', 'show hide', { inherited: true }),
    keywords('flex-direction', 'flexDirection', 'row row-reverse column column-reverse'),
    keywords('flex-wrap', 'flexWrap', 'nowrap wrap wrap-reverse'),
    numberProperty('flex-grow', 'flexGrow', { min: 0 }),
    numberProperty('flex-shrink', 'flexShrink', { min: 0 }),
    lengthOrWord('flex-basis', 'flexBasis', { words: `auto content ${SIZES}`, percent: true, nonNegative: true }),
    alignment('justify-content', 'justifyContent'),
    alignment('align-items', 'alignItems'),
    alignment('align-self', 'alignSelf'),
    alignment('align-content', 'alignContent'),
    define<'rowGap', SpecifiedLength>('row-gap', 'rowGap', {
      syntax: 'normal | <length-percentage [0,∞]>',
      initial: 'normal',
      parse: (items) =>
        keywordOf(items) === 'normal' ? 0 : items.length === 1 ? lengthFrom(items[0], { percent: true, nonNegative: true }) : undefined,
      compute: (value, { bases }) => resolveLength(value, bases),
    }),
    lengthOrWord('column-gap', 'columnGap', { words: 'normal', percent: true, nonNegative: true }),
    keywords('object-fit', 'objectFit', 'fill contain cover none scale-down'),
    objectPosition('-x-object-position-x', 'objectPositionX'),
    objectPosition('-x-object-position-y', 'objectPositionY'),
  ]
}
