/**
 * Properties of CSS that are not carried out, with the reason that messages and docs/css.md give. In: a property's name. Out: why it does
 * nothing here, or null where the name is not known at all.
 */

export type Reason = 'screen' | 'svg' | 'missing' | 'prefixed'

/** What a message says after the property's name. */
export const REASONS: Readonly<Record<Reason, string>> = {
  screen: 'has no effect in print',
  svg: 'is read in SVG pictures only',
  missing: 'is not supported',
  prefixed: 'is a name of one browser engine and is left out',
}

/** Interaction, motion, scrolling and rendering on screens. */
const SCREEN = `accent-color animation appearance backface-visibility caret caret-color contain contain-intrinsic-size
contain-intrinsic-width contain-intrinsic-height contain-intrinsic-block-size contain-intrinsic-inline-size
content-visibility cursor field-sizing font-smooth forced-color-adjust image-rendering interactivity interpolate-size
nav-up nav-right nav-down nav-left overflow-anchor
overflow-clip-margin overscroll-behavior overscroll-behavior-x overscroll-behavior-y overscroll-behavior-block overscroll-behavior-inline
perspective perspective-origin pointer-events resize scroll-behavior scroll-margin scroll-padding scroll-snap-align scroll-snap-stop
scroll-snap-type scroll-timeline scrollbar-color scrollbar-gutter scrollbar-width speak speak-as text-rendering text-size-adjust
timeline-scope touch-action transform-style transition user-select view-timeline view-transition-class view-transition-name will-change`
/** SVG 2, section 6: presentation attributes. */
const SVG = `alignment-baseline baseline-shift clip-rule color-interpolation color-interpolation-filters color-rendering cx cy d dominant-baseline fill fill-opacity
fill-rule flood-color flood-opacity lighting-color marker marker-end marker-mid marker-start paint-order r rx ry shape-rendering
stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
stroke-opacity stroke-width text-anchor transform-box vector-effect x y`
/** What paper could show and the engine does not. */
const MISSING = `anchor-name anchor-scope align-tracks backdrop-filter background-blend-mode baseline-source block-step block-step-align block-step-insert
block-step-round block-step-size border-boundary box-snap color-adjust column-height column-wrap container container-name container-type continue copy-into
corner-shape cue filter float-defer float-offset float-reference flow-from flow-into font-language-override font-palette font-size-adjust
font-synthesis-position font-synthesis-small-caps font-variant-alternates font-variant-emoji glyph-orientation-vertical
initial-letter initial-letter-align initial-letter-wrap inline-sizing line-grid line-height-step line-padding margin-trim mask mask-border mask-image mask-type math-depth math-shift math-style max-lines
object-view-box offset position-anchor position-area position-try position-visibility reading-flow reading-order region-fragment ruby-align ruby-merge ruby-overhang ruby-position
shape-image-threshold shape-inside shape-margin shape-outside shape-padding string text-autospace text-box text-box-edge text-box-trim
text-combine-upright text-decoration-skip text-decoration-skip-box text-decoration-skip-self text-decoration-skip-spaces text-decoration-trim text-emphasis-skip
text-group-align text-orientation text-spacing text-spacing-trim word-space-transform wrap-after wrap-before wrap-flow
wrap-inside wrap-through writing-mode zoom line-clamp`
const FAMILIES: readonly (readonly [RegExp, Reason])[] = [
  [/^-(?:webkit|moz|ms|o|epub|apple|khtml|prince|ah|weasy|pdf)-/, 'prefixed'],
  [/^(?:animation|transition|scroll|view-timeline|nav|overscroll)-/, 'screen'],
  [/^(?:mask|offset|position-try|block-step|shape)-/, 'missing'],
]

let reasons: ReadonlyMap<string, Reason> | undefined

/** Every name with its reason, for a table of them. */
export function unsupportedProperties(): ReadonlyMap<string, Reason> {
  reasons ??= new Map(
    (
      [
        ['screen', SCREEN],
        ['svg', SVG],
        ['missing', MISSING],
      ] as const
    ).flatMap(([reason, names]) => names.split(/\s+/).map((name) => [name, reason] as const)),
  )
  return reasons
}

/** Why a property that is of CSS, or of one engine, does nothing here; null for what is no such property. */
export function reasonFor(name: string): Reason | null {
  return unsupportedProperties().get(name) ?? FAMILIES.find(([pattern]) => pattern.test(name))?.[1] ?? null
}

/** Properties that are read and inherited, but that layout does not act on yet, or acts on in part. */
export const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  'hyphenate-limit-last': 'the last line before a break is hyphenated like others',
}
