/**
 * In: an element's computed values. Out: what layout reads: boxes made block-level where they must be (CSS Display 3, section 2.7),
 * borders without width where they have no style, and fields put together from values that inherit apart.
 */
import type { ComputedStyle, CounterChange, PseudoElement } from '../computed-style.js'
import { backgroundLayers } from '../properties/backgrounds.js'
import { mergeFeatures } from '../properties/fonts.js'
import type { Values } from '../properties/initial.js'

export interface AdjustInput {
  readonly parent: Pick<ComputedStyle, 'display'> | null
  readonly pseudo: PseudoElement | null
}
type Display = ComputedStyle['display']
const BLOCK_FORMS: Readonly<Partial<Record<Display, Display>>> = {
  inline: 'block',
  'inline-list-item': 'list-item',
  'inline-block': 'block',
  'inline-table': 'table',
  'inline-flex': 'flex',
  'inline-grid': 'grid',
  'table-row-group': 'block',
  'table-header-group': 'block',
  'table-footer-group': 'block',
  'table-row': 'block',
  'table-cell': 'block',
  'table-column': 'block',
  'table-column-group': 'block',
  'table-caption': 'block',
}

const isOutOfFlow = ({ position }: Pick<Values, 'position'>): boolean =>
  position === 'absolute' || position === 'fixed' || typeof position === 'object'

function isBlockified(values: Values, { parent, pseudo }: AdjustInput): boolean {
  if (pseudo === 'marker' || pseudo === 'first-line' || pseudo === 'first-letter') return false
  if (values.float !== 'none' || isOutOfFlow(values)) return true
  if (parent === null) return true
  return parent.display === 'flex' || parent.display === 'inline-flex' || parent.display === 'grid' || parent.display === 'inline-grid'
}

function withCounter(changes: readonly CounterChange[], name: string, value: number): readonly CounterChange[] {
  return changes.some((change) => change.name === name) ? changes : [...changes, { name, value }]
}

/** Footnotes count themselves, and the root starts their count (GCPM 3, section 2.7). */
function adjustCounters(values: Values, { parent, pseudo }: AdjustInput): void {
  if (pseudo !== null) return
  if (values.float === 'footnote') values.counterIncrement = withCounter(values.counterIncrement, 'footnote', 1)
  if (parent === null) values.counterReset = withCounter(values.counterReset, 'footnote', 0)
}

function hasNoBorder(style: ComputedStyle['borderTopStyle']): boolean {
  return style === 'none' || style === 'hidden'
}

function borderImageOf(values: Values): ComputedStyle['borderImage'] {
  const { borderImageSource: source, borderImageSlice, borderImageWidth: width, borderImageOutset: outset, borderImageRepeat } = values
  if (!source) return null
  const [repeatX, repeatY] = borderImageRepeat
  return { source, slice: borderImageSlice.sides, fill: borderImageSlice.fill, width, outset, repeatX, repeatY }
}

/** CSS Overflow 3, section 3.1: an axis cannot show what the other one scrolls. */
function adjustOverflow(values: Values): void {
  const { overflowX: x, overflowY: y } = values
  const shows = (value: ComputedStyle['overflow']): boolean => value === 'visible' || value === 'clip'
  if (shows(x) !== shows(y)) {
    if (shows(x)) values.overflowX = x === 'visible' ? 'auto' : 'hidden'
    else values.overflowY = y === 'visible' ? 'auto' : 'hidden'
  }
  values.overflow = values.overflowX === 'visible' ? values.overflowY : values.overflowX
}

/** `justify-all` is two values (CSS Text 4, section 7.1). */
function adjustAlignment(values: Values): void {
  if ((values.textAlign as string) !== 'justify-all') return
  values.textAlign = 'justify'
  values.textAlignLast = 'justify'
}

/** Changes the values in place. */
export function adjustValues(values: Values, input: AdjustInput): void {
  adjustOverflow(values)
  adjustAlignment(values)
  if (isOutOfFlow(values)) values.float = 'none'
  if (values.display !== 'none' && values.display !== 'contents' && isBlockified(values, input))
    values.display = BLOCK_FORMS[values.display] ?? values.display
  if (input.parent === null && values.display === 'contents') values.display = 'block'
  if (hasNoBorder(values.borderTopStyle)) values.borderTopWidth = 0
  if (hasNoBorder(values.borderRightStyle)) values.borderRightWidth = 0
  if (hasNoBorder(values.borderBottomStyle)) values.borderBottomWidth = 0
  if (hasNoBorder(values.borderLeftStyle)) values.borderLeftWidth = 0
  if (hasNoBorder(values.outlineStyle)) values.outlineWidth = 0
  if (hasNoBorder(values.columnRuleStyle)) values.columnRuleWidth = 0
  values.borderImage = borderImageOf(values)
  values.transforms = [...values.translate, ...values.rotate, ...values.scale, ...values.transformList]
  const { fontVariantNumeric, fontVariantLigatures, fontVariantPosition, fontVariantEastAsian, fontFeatureSettings } = values
  values.fontFeatures = mergeFeatures([
    fontVariantLigatures,
    fontVariantNumeric,
    fontVariantEastAsian,
    fontVariantPosition,
    fontFeatureSettings,
  ])
  const { textWrapMode, textWrapStyle } = values
  values.textWrap =
    textWrapMode === 'nowrap' ? 'nowrap' : textWrapStyle === 'balance' || textWrapStyle === 'pretty' ? textWrapStyle : 'wrap'
  values.backgroundLayers = values.backgroundImage.some((image) => image !== null) ? backgroundLayers(values) : []
  values.backgroundColorClip = values.backgroundClip[(values.backgroundImage.length - 1) % values.backgroundClip.length] ?? 'border-box'
  // A marker without content makes nothing; `none` would leave it to the list style.
  if (input.pseudo === 'marker' && values.content === 'none') values.content = []
  adjustCounters(values, input)
}
