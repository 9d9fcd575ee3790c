/**
 * Shorthands. In: component values without white space. Out: the components of each longhand, which the longhand then parses
 * itself; an empty list stands for its initial value (CSS Cascade 5, section 3).
 */
import { type Component, isDelim, splitAt } from '../syntax/component.js'
import { colorFrom } from '../values/color.js'
import { BORDER_STYLES, backgroundParts, borderWidthFrom } from './backgrounds.js'
import { listStyleTypeFrom } from './content.js'
import { gridShorthands } from './grid-shorthands.js'
import { imageFrom } from './images.js'
import { positionParts } from './position.js'
import { commaList, type Items, identOf, keywordOf } from './property.js'

export interface Shorthand {
  readonly name: string
  readonly longhands: readonly string[]
  /** In the value definition syntax; `<'name'>` is what that longhand takes. */
  readonly syntax: string
  /** The components of each longhand in order, empty for initial; undefined where the value is none. */
  readonly expand: (items: Items) => readonly Items[] | undefined
}

const SIDES = ['top', 'right', 'bottom', 'left']
const INITIAL: Items = []

/** A keyword as a component, for values a shorthand implies. */
function word(value: string): Items {
  return [{ kind: 'ident', value, lower: value, start: 0, end: 0 }]
}
function numeral(value: number): Items {
  return [{ kind: 'number', value, integer: true, signed: false, start: 0, end: 0 }]
}

/** One to four values, clockwise from the top. */
function fourSides(name: string, longhands: readonly string[]): Shorthand {
  return {
    name,
    longhands,
    syntax: `<'${longhands[0]}'>{1,4}`,
    expand: ([top, right = top, bottom = top, left = right, ...more]) =>
      top && right && bottom && left && more.length === 0 ? [[top], [right], [bottom], [left]] : undefined,
  }
}
function pair(name: string, longhands: readonly [string, string]): Shorthand {
  return {
    name,
    longhands,
    syntax: longhands[0].startsWith('-x-') ? '<length [0,∞]>{1,2}' : `<'${longhands[0]}'>{1,2}`,
    expand: ([first, second = first, ...more]) => (first && second && more.length === 0 ? [[first], [second]] : undefined),
  }
}

type Test = (item: Component) => boolean
const isWord =
  (words: string): Test =>
  (item) =>
    words.split(' ').includes(identOf(item) ?? '')

/** Values in any order, each at most once (or, where `many`, several). The first test that takes a component gets it. */
function anyOrder(name: string, parts: readonly { readonly longhand: string; readonly test: Test; readonly many?: boolean }[]): Shorthand {
  return {
    name,
    longhands: parts.map((part) => part.longhand),
    syntax: parts.map((part) => `<'${part.longhand}'>`).join(' || '),
    expand: (items) => {
      const found: Component[][] = parts.map(() => [])
      for (const item of items) {
        const at = parts.findIndex((part, i) => ((found[i] as Component[]).length === 0 || part.many === true) && part.test(item))
        if (at < 0) return undefined
        ;(found[at] as Component[]).push(item)
      }
      return items.length > 0 ? found : undefined
    },
  }
}

const isColor: Test = (item) => colorFrom(item) !== undefined
const isBorderWidth: Test = (item) => borderWidthFrom([item]) !== undefined

function border(name: string, sides: readonly string[]): Shorthand {
  const single = anyOrder(name, [
    { longhand: 'width', test: isBorderWidth },
    { longhand: 'style', test: isWord(BORDER_STYLES) },
    { longhand: 'color', test: isColor },
  ])
  return {
    name,
    longhands: sides.flatMap((side) => single.longhands.map((part) => `border-${side}-${part}`)),
    syntax: "<'border-top-width'> || <'border-top-style'> || <'border-top-color'>",
    expand: (items) => {
      const found = single.expand(items)
      return found && sides.flatMap(() => found)
    },
  }
}

/** `border` resets the image too (CSS Backgrounds 3, section 3.4). */
function wholeBorder(): Shorthand {
  const plain = border('border', SIDES)
  return {
    ...plain,
    longhands: [...plain.longhands, ...BORDER_IMAGE],
    expand: (items) => {
      const found = plain.expand(items)
      return found && [...found, ...BORDER_IMAGE.map(() => INITIAL)]
    },
  }
}

const BORDER_IMAGE = ['source', 'slice', 'width', 'outset', 'repeat'].map((part) => `border-image-${part}`)

/** `source || slice [/ width? [/ outset]?]? || repeat` (CSS Backgrounds 3, section 5.7). */
function borderImage(): Shorthand {
  return {
    name: 'border-image',
    longhands: BORDER_IMAGE,
    syntax:
      "<'border-image-source'> || <'border-image-slice'> [ / <'border-image-width'> | / <'border-image-width'>? / <'border-image-outset'> ]? || <'border-image-repeat'>",
    expand: (items) => {
      const source: Component[] = []
      const repeat: Component[] = []
      const rest: Component[] = []
      for (const item of items) {
        if (imageFrom(item) !== undefined && source.length === 0) source.push(item)
        else if (isWord('stretch repeat round space')(item)) repeat.push(item)
        else rest.push(item)
      }
      const [slice = [], width = [], outset = [], ...more] = splitAt(rest, '/')
      if (more.length > 0 || (slice.length === 0 && rest.length > 0) || items.length === 0) return undefined
      return [source, slice, width, outset, repeat]
    },
  }
}

/** A number counts columns, a length is their width (CSS Multi-column 1, section 3.3). */
function columns(): Shorthand {
  const isAuto = isWord('auto')
  return {
    name: 'columns',
    longhands: ['column-width', 'column-count'],
    syntax: "<'column-width'> || <'column-count'>",
    expand: (items) => {
      const counts = items.filter((item) => item.kind === 'number')
      const widths = items.filter((item) => item.kind !== 'number' && !isAuto(item))
      if (items.length < 1 || items.length > 2 || counts.length > 1 || widths.length > 1) return undefined
      return [widths, counts]
    },
  }
}

/** Width, style and colour of one line. */
function lineShorthand(name: 'outline' | 'column-rule'): Shorthand {
  return anyOrder(name, [
    { longhand: `${name}-width`, test: isBorderWidth },
    { longhand: `${name}-style`, test: isWord(name === 'outline' ? `auto ${BORDER_STYLES}` : BORDER_STYLES) },
    { longhand: `${name}-color`, test: isColor },
  ])
}

function borderRadius(): Shorthand {
  const corners = fourSides(
    'border-radius',
    ['top-left', 'top-right', 'bottom-right', 'bottom-left'].map((corner) => `border-${corner}-radius`),
  )
  return {
    ...corners,
    syntax: '<length-percentage [0,∞]>{1,4} [ / <length-percentage [0,∞]>{1,4} ]?',
    expand: (items) => {
      const slash = items.findIndex((item) => isDelim(item, '/'))
      if (slash < 0) return corners.expand(items)
      const horizontal = corners.expand(items.slice(0, slash))
      const vertical = corners.expand(items.slice(slash + 1))
      return horizontal && vertical && horizontal.map((part, i) => [...part, ...(vertical[i] as Items)])
    },
  }
}

const COMMA: Component = { kind: 'delim', value: ',', start: 0, end: 0 }
function joined(parts: readonly Items[]): Items {
  return parts.flatMap((part, i) => (i === 0 ? part : [COMMA, ...part]))
}

/** The colour belongs to the last layer only. */
function background(): Shorthand {
  return {
    name: 'background',
    longhands: [
      'background-color',
      'background-image',
      'background-position-x',
      'background-position-y',
      'background-size',
      'background-repeat',
      'background-origin',
      'background-clip',
      'background-attachment',
    ],
    syntax:
      '[ <bg-layer> , ]* <final-bg-layer>, where a layer is [ none | <image> ] || <position> [ / <bg-size> ]? || <repeat-style> || <attachment> || <visual-box>{1,2}, and the last may have a <color>',
    expand: (items) => {
      const layers = (commaList(items) ?? [[]]).map((part) => (part.length > 0 ? backgroundParts(part) : undefined))
      if (layers.some((layer, i) => !layer || (layer.color && i < layers.length - 1))) return undefined
      const list = (key: 'image' | 'size' | 'repeat' | 'origin' | 'clip' | 'attachment', initial: Items): Items =>
        joined(layers.map((layer) => layer?.[key] ?? initial))
      const color = layers[layers.length - 1]?.color ?? INITIAL
      const positions = layers.map((layer) => (layer?.position && positionParts(layer.position)) ?? { x: numeral(0), y: numeral(0) })
      return [
        color,
        list('image', word('none')),
        joined(positions.map(({ x }) => x)),
        joined(positions.map(({ y }) => y)),
        list('size', word('auto')),
        list('repeat', word('repeat')),
        list('origin', word('padding-box')),
        list('clip', word('border-box')),
        list('attachment', word('scroll')),
      ]
    },
  }
}

function backgroundPosition(): Shorthand {
  return {
    name: 'background-position',
    longhands: ['background-position-x', 'background-position-y'],
    syntax: '<position>#',
    expand: (items) => {
      const parts = (commaList(items) ?? [[]]).map((part) => positionParts(part))
      if (parts.includes(undefined)) return undefined
      return [joined(parts.map((part) => part?.x ?? INITIAL)), joined(parts.map((part) => part?.y ?? INITIAL))]
    },
  }
}

/** CSS Fonts 4, section 9.4: what may be made from a face that lacks it. */
function fontSynthesis(): Shorthand {
  const parts = ['weight', 'style', 'small-caps', 'position']
  return {
    name: 'font-synthesis',
    longhands: ['font-synthesis-weight', 'font-synthesis-style'],
    syntax: `none | ${parts.join(' || ')}`,
    expand: (items) => {
      const words = items.map((item) => identOf(item) ?? '?')
      const fits = keywordOf(items) === 'none' || (words.every((part) => parts.includes(part)) && new Set(words).size === words.length)
      return fits && words.length > 0 ? ['weight', 'style'].map((part) => word(words.includes(part) ? 'auto' : 'none')) : undefined
    },
  }
}

const SYSTEM_FONTS = new Set('caption icon menu message-box small-caption status-bar'.split(' '))
const STRETCH_WORDS = 'ultra-condensed extra-condensed condensed semi-condensed semi-expanded expanded extra-expanded ultra-expanded'

/** `[style || variant || weight || stretch]? size[/line-height]? family`. */
function font(): Shorthand {
  const optional = anyOrder('font', [
    { longhand: 'font-style', test: isWord('italic oblique') },
    { longhand: 'font-variant-caps', test: isWord('small-caps') },
    { longhand: 'font-weight', test: (item) => isWord('bold bolder lighter')(item) || item.kind === 'number' },
    { longhand: 'font-stretch', test: isWord(STRETCH_WORDS) },
  ])
  const resets = [
    'font-variant-numeric',
    'font-variant-ligatures',
    'font-variant-position',
    'font-variant-east-asian',
    'font-feature-settings',
    'font-kerning',
    'font-optical-sizing',
    'font-variation-settings',
  ]
  return {
    name: 'font',
    longhands: [...optional.longhands, 'font-size', 'line-height', 'font-family', ...resets],
    syntax:
      "[ <'font-style'> || small-caps || <'font-weight'> || <font-width-keyword> ]? <'font-size'> [ / <'line-height'> ]? <'font-family'> | caption | icon | menu | message-box | small-caption | status-bar",
    expand: (items) => {
      if (SYSTEM_FONTS.has(keywordOf(items) ?? '')) return [...optional.longhands, ...resets, '', '', ''].map(() => INITIAL)
      let at = 0
      const before: Component[] = []
      while (at < items.length && (optional.expand([items[at] as Component]) || identOf(items[at]) === 'normal')) {
        if (identOf(items[at]) !== 'normal') before.push(items[at] as Component)
        at++
      }
      const head = before.length > 0 ? optional.expand(before) : optional.longhands.map(() => INITIAL)
      const size = items[at]
      const slash = isDelim(items[at + 1], '/')
      const lineHeight = slash ? items[at + 2] : undefined
      const family = items.slice(at + (slash ? 3 : 1))
      if (!head || !size || (slash && !lineHeight) || family.length === 0) return undefined
      return [...head, [size], lineHeight ? [lineHeight] : INITIAL, family, ...resets.map(() => INITIAL)]
    },
  }
}

function fontVariant(): Shorthand {
  const parts = anyOrder('font-variant', [
    { longhand: 'font-variant-caps', test: isWord('small-caps all-small-caps petite-caps all-petite-caps unicase titling-caps') },
    {
      longhand: 'font-variant-numeric',
      many: true,
      test: isWord('lining-nums oldstyle-nums proportional-nums tabular-nums diagonal-fractions stacked-fractions ordinal slashed-zero'),
    },
    {
      longhand: 'font-variant-ligatures',
      many: true,
      test: (item) => /ligatures|contextual$/.test(identOf(item) ?? '') || identOf(item) === 'none',
    },
    { longhand: 'font-variant-position', test: isWord('sub super') },
    {
      longhand: 'font-variant-east-asian',
      many: true,
      test: isWord('jis78 jis83 jis90 jis04 simplified traditional full-width proportional-width ruby'),
    },
  ])
  return {
    ...parts,
    syntax: `normal | none | ${parts.syntax}`,
    expand: (items) => (keywordOf(items) === 'normal' ? parts.longhands.map(() => INITIAL) : parts.expand(items)),
  }
}

/** `none` alone is no image and no marker. */
function listStyle(): Shorthand {
  return {
    name: 'list-style',
    longhands: ['list-style-type', 'list-style-position', 'list-style-image'],
    syntax: "<'list-style-position'> || <'list-style-image'> || <'list-style-type'>",
    expand: (items) => {
      const found: { type?: Items; position?: Items; image?: Items; none: number } = { none: 0 }
      for (const item of items) {
        const name = identOf(item)
        if (name === 'none') found.none++
        else if (!found.position && (name === 'inside' || name === 'outside')) found.position = [item]
        else if (!found.image && imageFrom(item)) found.image = [item]
        else if (!found.type && listStyleTypeFrom([item]) !== undefined) found.type = [item]
        else return undefined
      }
      const free = (found.type ? 0 : 1) + (found.image ? 0 : 1)
      if (items.length === 0 || found.none > free) return undefined
      const type = found.type ?? (found.none > 0 ? word('none') : INITIAL)
      return [type, found.position ?? INITIAL, found.image ?? INITIAL]
    },
  }
}

/** CSS Flexbox 1, section 7.1.1: `flex: 1` is `1 1 0`. */
function flex(): Shorthand {
  return {
    name: 'flex',
    longhands: ['flex-grow', 'flex-shrink', 'flex-basis'],
    syntax: "none | <'flex-grow'> <'flex-shrink'>? || <'flex-basis'>",
    expand: (items) => {
      const name = keywordOf(items)
      if (name === 'none') return [numeral(0), numeral(0), word('auto')]
      if (name === 'auto') return [numeral(1), numeral(1), word('auto')]
      if (name === 'initial') return [INITIAL, INITIAL, INITIAL]
      const numbers = items.filter((item) => item.kind === 'number')
      const rest = items.filter((item) => item.kind !== 'number')
      // `1 1 0`: the third number is a basis of 0.
      const basis = numbers.length === 3 ? numbers.pop() : rest[0]
      if (rest.length > 1 || numbers.length > 2 || items.length === 0 || items.length > 3) return undefined
      const [grow, shrink] = numbers
      const zero: Items = [{ kind: 'percentage', value: 0, start: 0, end: 0 }]
      return [grow ? [grow] : numeral(1), shrink ? [shrink] : numeral(1), basis ? [basis] : zero]
    },
  }
}

function textDecoration(): Shorthand {
  return anyOrder('text-decoration', [
    { longhand: 'text-decoration-line', test: isWord('none underline overline line-through blink'), many: true },
    { longhand: 'text-decoration-style', test: isWord('solid double dotted dashed wavy') },
    { longhand: 'text-decoration-color', test: isColor },
    { longhand: 'text-decoration-thickness', test: (item) => isWord('auto from-font')(item) || (item.kind !== 'ident' && !isColor(item)) },
  ])
}

function textEmphasis(): Shorthand {
  const fills = isWord('none filled open dot circle double-circle triangle sesame')
  return anyOrder('text-emphasis', [
    { longhand: 'text-emphasis-style', test: (item) => item.kind === 'string' || fills(item), many: true },
    { longhand: 'text-emphasis-color', test: isColor },
  ])
}

const WHITE_SPACES: Readonly<Record<string, readonly [string, string]>> = {
  normal: ['collapse', 'wrap'],
  nowrap: ['collapse', 'nowrap'],
  pre: ['preserve', 'nowrap'],
  'pre-wrap': ['preserve', 'wrap'],
  'pre-line': ['preserve-breaks', 'wrap'],
  'break-spaces': ['break-spaces', 'wrap'],
}
function whiteSpace(): Shorthand {
  const parts = anyOrder('white-space', [
    { longhand: 'white-space-collapse', test: isWord('collapse preserve preserve-breaks break-spaces') },
    { longhand: 'text-wrap-mode', test: isWord('wrap nowrap') },
  ])
  return {
    ...parts,
    syntax: `${Object.keys(WHITE_SPACES).join(' | ')} | ${parts.syntax}`,
    expand: (items) => {
      const known = WHITE_SPACES[keywordOf(items) ?? '']
      return known ? known.map(word) : parts.expand(items)
    },
  }
}

/** `gap`-like pairs whose values may be two words, such as `last baseline`. */
function place(name: string, longhands: readonly string[]): Shorthand {
  return {
    name,
    longhands,
    syntax: `<'${longhands[0]}'> <'${longhands[1]}'>?`,
    expand: (items) => {
      const groups: Component[][] = []
      for (const item of items) {
        const last = groups[groups.length - 1]
        const previous = identOf(last?.[last.length - 1])
        if (last && (previous === 'last' || previous === 'first' || previous === 'safe' || previous === 'unsafe')) last.push(item)
        else groups.push([item])
      }
      const [first, second = first] = groups
      if (!first || !second || groups.length > 2) return undefined
      return [first, second]
    },
  }
}

function simpleShorthands(): Shorthand[] {
  return [
    fourSides(
      'margin',
      SIDES.map((side) => `margin-${side}`),
    ),
    fourSides(
      'padding',
      SIDES.map((side) => `padding-${side}`),
    ),
    fourSides('inset', SIDES),
    pair('margin-block', ['margin-top', 'margin-bottom']),
    pair('margin-inline', ['margin-inline-start', 'margin-inline-end']),
    pair('padding-block', ['padding-top', 'padding-bottom']),
    pair('padding-inline', ['padding-inline-start', 'padding-inline-end']),
    pair('inset-block', ['top', 'bottom']),
    pair('inset-inline', ['inset-inline-start', 'inset-inline-end']),
    pair('gap', ['row-gap', 'column-gap']),
    pair('grid-gap', ['row-gap', 'column-gap']),
    pair('border-spacing', ['-x-border-spacing-x', '-x-border-spacing-y']),
    place('place-content', ['align-content', 'justify-content']),
    place('place-items', ['align-items', 'justify-items']),
    place('place-self', ['align-self', 'justify-self']),
  ]
}

function borderShorthands(): Shorthand[] {
  const parts = ['width', 'style', 'color']
  return [
    wholeBorder(),
    borderImage(),
    ...SIDES.map((side) => border(`border-${side}`, [side])),
    border('border-block', ['top', 'bottom']),
    border('border-block-start', ['top']),
    border('border-block-end', ['bottom']),
    border('border-inline', ['inline-start', 'inline-end']),
    border('border-inline-start', ['inline-start']),
    border('border-inline-end', ['inline-end']),
    ...parts.map((part) =>
      fourSides(
        `border-${part}`,
        SIDES.map((side) => `border-${side}-${part}`),
      ),
    ),
    ...parts.map((part) => pair(`border-block-${part}`, [`border-top-${part}`, `border-bottom-${part}`])),
    ...parts.map((part) => pair(`border-inline-${part}`, [`border-inline-start-${part}`, `border-inline-end-${part}`])),
    borderRadius(),
  ]
}

/** All shorthands. */
export function shorthands(): Shorthand[] {
  return [
    ...simpleShorthands(),
    ...borderShorthands(),
    background(),
    backgroundPosition(),
    fontSynthesis(),
    pair('overflow', ['overflow-x', 'overflow-y']),
    font(),
    fontVariant(),
    listStyle(),
    columns(),
    lineShorthand('column-rule'),
    lineShorthand('outline'),
    flex(),
    ...gridShorthands(),
    anyOrder('flex-flow', [
      { longhand: 'flex-direction', test: isWord('row row-reverse column column-reverse') },
      { longhand: 'flex-wrap', test: isWord('nowrap wrap wrap-reverse') },
    ]),
    textDecoration(),
    textEmphasis(),
    whiteSpace(),
    anyOrder('text-wrap', [
      { longhand: 'text-wrap-mode', test: isWord('wrap nowrap') },
      { longhand: 'text-wrap-style', test: isWord('auto balance pretty stable') },
    ]),
    {
      name: 'transform-origin',
      longhands: ['-x-transform-origin-x', '-x-transform-origin-y'],
      syntax: '<position> <length>?',
      expand: (items) => (items.length > 0 ? [items, items] : undefined),
    },
    {
      name: 'object-position',
      longhands: ['-x-object-position-x', '-x-object-position-y'],
      syntax: '<position>',
      expand: (items) => [items, items],
    },
  ]
}
