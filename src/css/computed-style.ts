/**
 * A computed style: one frozen object per distinct set of computed values, shared by every element that has them.
 * Layout reads these typed fields and never strings. Lengths are CSS px (CSS Values and Units 4, section 5).
 */

/** Components from 0 to 1, sRGB. */
export interface Color {
  readonly red: number
  readonly green: number
  readonly blue: number
  readonly alpha: number
}

/** `px + percent %` of a basis that layout knows; from percentages and calc(). */
export interface LinearLength {
  readonly kind: 'linear'
  readonly px: number
  readonly percent: number
}
/** min(), max() and clamp() that hold a percentage. */
export interface MathLength {
  readonly kind: 'min' | 'max'
  readonly terms: readonly LengthPercentage[]
}
export type LengthPercentage = number | LinearLength | MathLength
export type Auto = 'auto'
export type Size = LengthPercentage | Auto | 'min-content' | 'max-content' | 'fit-content'
export type MaxSize = LengthPercentage | 'none' | 'min-content' | 'max-content' | 'fit-content'

export type Overflow = 'visible' | 'hidden' | 'clip' | 'scroll' | 'auto'
/** CSS Compositing 1, section 6: the names of PDF's blend modes. */
export type BlendMode =
  | 'normal'
  | 'multiply'
  | 'screen'
  | 'overlay'
  | 'darken'
  | 'lighten'
  | 'color-dodge'
  | 'color-burn'
  | 'hard-light'
  | 'soft-light'
  | 'difference'
  | 'exclusion'
  | 'hue'
  | 'saturation'
  | 'color'
  | 'luminosity'
export type BorderStyle = 'none' | 'hidden' | 'dotted' | 'dashed' | 'solid' | 'double' | 'groove' | 'ridge' | 'inset' | 'outset'
export type BreakBetween = 'auto' | 'avoid' | 'avoid-page' | 'page' | 'left' | 'right' | 'recto' | 'verso' | 'column' | 'avoid-column'

/** CSS Content 3: what `content` makes, in order. */
export type ContentItem =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'attr'; readonly name: string; readonly fallback?: string }
  | { readonly kind: 'counter'; readonly name: string; readonly style: CounterStyleName }
  | { readonly kind: 'counters'; readonly name: string; readonly separator: string; readonly style: CounterStyleName }
  | { readonly kind: 'target-counter'; readonly target: ContentTarget; readonly name: string; readonly style: CounterStyleName }
  | {
      readonly kind: 'target-counters'
      readonly target: ContentTarget
      readonly name: string
      readonly separator: string
      readonly style: CounterStyleName
    }
  | { readonly kind: 'target-text'; readonly target: ContentTarget; readonly what: 'content' | 'before' | 'after' | 'first-letter' }
  | { readonly kind: 'leader'; readonly pattern: string }
  | { readonly kind: 'string-reference'; readonly name: string; readonly which: PageReference }
  /** CSS GCPM 3, section 1.2: a running element. */
  | { readonly kind: 'element'; readonly name: string; readonly which: PageReference }
  | { readonly kind: 'content'; readonly what: 'text' | 'before' | 'after' | 'marker' | 'first-letter' }
  | { readonly kind: 'quote'; readonly what: 'open-quote' | 'close-quote' | 'no-open-quote' | 'no-close-quote' }
  | { readonly kind: 'image'; readonly image: BackgroundImage; readonly alt: string }
/** Which of the values that a page has seen string() and element() mean (CSS GCPM 3, section 1.1.2). */
export type PageReference = 'first' | 'start' | 'last' | 'first-except'
export type ContentTarget = { readonly kind: 'attr'; readonly name: string } | { readonly kind: 'url'; readonly url: string }

/** CSS Grid 1, section 7.2. `L` is a length as written or as computed. */
export type TrackBreadth<L = LengthPercentage> = { readonly length: L } | { readonly flex: number } | Auto | 'min-content' | 'max-content'
/** Minimum and maximum sizing functions of a track; `fit-content()` is a maximum. */
export interface TrackSizeOf<L> {
  readonly min: Exclude<TrackBreadth<L>, { readonly flex: number }>
  readonly max: TrackBreadth<L> | { readonly fitContent: L }
}
/** A track with the names of the line before it. */
export interface TrackEntryOf<L> {
  readonly names: readonly string[]
  readonly size: TrackSizeOf<L>
}
export interface TrackRepeatOf<L> {
  /** Of the line before the first track. */
  readonly names: readonly string[]
  readonly count: number | 'auto-fill' | 'auto-fit'
  readonly tracks: readonly TrackEntryOf<L>[]
  /** Of the line after each repetition's last track. */
  readonly endNames: readonly string[]
}
/** `names` are the last line's. */
export interface TrackListOf<L> {
  readonly entries: readonly (TrackEntryOf<L> | TrackRepeatOf<L>)[]
  readonly names: readonly string[]
}
export type TrackSize = TrackSizeOf<LengthPercentage>
export type TrackList = TrackListOf<LengthPercentage>
/** Named areas, their lines counted from 0 (CSS Grid 1, section 7.3). */
export interface GridAreas {
  readonly rows: number
  readonly columns: number
  readonly areas: readonly {
    readonly name: string
    readonly rowStart: number
    readonly rowEnd: number
    readonly columnStart: number
    readonly columnEnd: number
  }[]
}
/** CSS Grid 1, section 8.3; lines count from 1, or from the end where negative. */
export type GridLine =
  | Auto
  | { readonly line: number | null; readonly name: string | null }
  | { readonly span: number; readonly name: string | null }

export interface CounterChange {
  readonly name: string
  readonly value: number
  /** CSS Lists 3, section 4.3: `reversed()`; `counted` starts at what makes the last element 1, whatever the value. */
  readonly reversed?: 'given' | 'counted'
}

/** What a counter style puts together: characters or a picture (CSS Counter Styles 3, section 3). */
export type CounterSymbol = string | { readonly url: string }
/** `symbols()`: a counter style without a name (section 5). */
export interface AnonymousCounterStyle {
  readonly system: 'cyclic' | 'numeric' | 'alphabetic' | 'symbolic' | 'fixed'
  readonly symbols: readonly CounterSymbol[]
}
export type CounterStyleName = string | AnonymousCounterStyle
/** `@counter-style` (section 3); null where a descriptor is not given. */
export interface CounterStyleRule {
  readonly name: string
  readonly system:
    | { readonly kind: 'cyclic' | 'numeric' | 'alphabetic' | 'symbolic' | 'additive' }
    | { readonly kind: 'fixed'; readonly first: number }
    | { readonly kind: 'extends'; readonly name: string }
  readonly negative: readonly [CounterSymbol, CounterSymbol] | null
  readonly prefix: CounterSymbol | null
  readonly suffix: CounterSymbol | null
  /** Both ends belong to a range. */
  readonly range: 'auto' | readonly (readonly [number, number])[] | null
  readonly pad: { readonly length: number; readonly symbol: CounterSymbol } | null
  readonly fallback: string | null
  readonly symbols: readonly CounterSymbol[]
  /** Weights fall. */
  readonly additiveSymbols: readonly (readonly [number, CounterSymbol])[]
}
export interface StringSet {
  readonly name: string
  readonly items: readonly ContentItem[]
}

/** A hint between two stops has no colour (CSS Images 4, section 3.4.1). */
export interface GradientStop {
  readonly color: Color | null
  readonly position: LengthPercentage | null
}
export type RadialExtent = 'closest-side' | 'farthest-side' | 'closest-corner' | 'farthest-corner'
export type Gradient = { readonly repeating: boolean; readonly stops: readonly GradientStop[] } & (
  | {
      readonly kind: 'linear-gradient'
      /** Degrees, 0 is to top, clockwise; or the side or corner it runs to: x and y of -1, 0 or 1. */
      readonly line: number | readonly [-1 | 0 | 1, -1 | 0 | 1]
    }
  | {
      readonly kind: 'radial-gradient'
      readonly circle: boolean
      readonly extent: RadialExtent | { readonly x: LengthPercentage; readonly y: LengthPercentage }
      readonly centreX: LengthPercentage
      readonly centreY: LengthPercentage
    }
  | {
      readonly kind: 'conic-gradient'
      /** Degrees, 0 is up, clockwise; stops are percentages of the circle. */
      readonly from: number
      readonly centreX: LengthPercentage
      readonly centreY: LengthPercentage
    }
)
/** Samples per px; `fromImage`: the file's own where it gives one. */
export interface ImageResolution {
  readonly fromImage: boolean
  readonly density: number
}
/** `density`: samples per px that image-set() gives. */
export type BackgroundImage = { readonly kind: 'url'; readonly url: string; readonly density?: number } | Gradient
export type TileRepeat = 'repeat' | 'space' | 'round' | 'no-repeat'
export interface BackgroundLayer {
  readonly image: BackgroundImage | null
  readonly positionX: LengthPercentage
  readonly positionY: LengthPercentage
  readonly size: 'auto' | 'cover' | 'contain' | { readonly width: LengthPercentage | Auto; readonly height: LengthPercentage | Auto }
  readonly repeatX: TileRepeat
  readonly repeatY: TileRepeat
  /** What position and size count from, and where the layer ends. */
  readonly origin: BackgroundBox
  readonly clip: BackgroundBox
  /** `fixed` counts from the page. */
  readonly attachment: 'scroll' | 'fixed' | 'local'
}
export type BackgroundBox = 'border-box' | 'padding-box' | 'content-box'

/** Both half axes of a corner's ellipse. */
export interface CornerRadius {
  readonly x: LengthPercentage
  readonly y: LengthPercentage
}
/** CSS Backgrounds 3, section 6.1; px. */
export interface BoxShadow {
  readonly x: number
  readonly y: number
  readonly blur: number
  readonly spread: number
  readonly color: Color
  readonly inset: boolean
}
/** Top, right, bottom, left. */
export type FourSides<T> = readonly [T, T, T, T]
/** CSS Backgrounds 3, section 5: numbers count the image's pixels in `slice` and border widths elsewhere. */
export interface BorderImage {
  readonly source: BackgroundImage
  readonly slice: FourSides<{ readonly number: number } | { readonly percent: number }>
  readonly fill: boolean
  readonly width: FourSides<{ readonly number: number } | { readonly length: LengthPercentage } | Auto>
  readonly outset: FourSides<{ readonly number: number } | { readonly length: number }>
  readonly repeatX: BorderImageRepeat
  readonly repeatY: BorderImageRepeat
}
export type BorderImageRepeat = 'stretch' | 'repeat' | 'round' | 'space'
/** CSS Transforms 1, section 12, in two dimensions; angles in degrees. */
export type TransformFunction =
  | { readonly kind: 'matrix'; readonly matrix: readonly [number, number, number, number, number, number] }
  | { readonly kind: 'translate'; readonly x: LengthPercentage; readonly y: LengthPercentage }
/** CSS Shapes 1, section 2. */
export type BasicShape =
  | { readonly kind: 'inset'; readonly inset: FourSides<LengthPercentage>; readonly radii: FourSides<CornerRadius> }
  | {
      readonly kind: 'ellipse'
      readonly circle: boolean
      readonly x: LengthPercentage | 'closest-side' | 'farthest-side'
      readonly y: LengthPercentage | 'closest-side' | 'farthest-side'
      readonly centreX: LengthPercentage
      readonly centreY: LengthPercentage
    }
  | { readonly kind: 'polygon'; readonly evenOdd: boolean; readonly points: readonly (readonly [LengthPercentage, LengthPercentage])[] }
export interface ClipPath {
  /** Null clips to the box alone. */
  readonly shape: BasicShape | null
  readonly box: BackgroundBox | 'margin-box'
}

/** `font-feature-settings` and what `font-variant-*` adds to it, as OpenType tags with values, sorted by tag. */
export type FeatureList = readonly { readonly tag: string; readonly value: number }[]

export interface TextIndent {
  readonly length: LengthPercentage
  readonly hanging: boolean
  readonly eachLine: boolean
}
export interface TextTransform {
  readonly letterCase: 'none' | 'capitalize' | 'uppercase' | 'lowercase'
  readonly fullWidth: boolean
  readonly fullSizeKana: boolean
}
export interface HangingPunctuation {
  readonly first: boolean
  readonly last: boolean
  readonly end: 'none' | 'allow' | 'force'
}
export interface TextShadow {
  readonly x: number
  readonly y: number
  readonly blur: number
  readonly color: Color
}

export interface ComputedStyle {
  /** Unique per object; equal ids mean equal values. */
  readonly id: number

  // CSS Display 3
  readonly display:
    | 'none'
    | 'contents'
    | 'block'
    | 'inline'
    | 'inline-block'
    | 'flow-root'
    | 'list-item'
    | 'inline-list-item'
    | 'table'
    | 'inline-table'
    | 'table-row-group'
    | 'table-header-group'
    | 'table-footer-group'
    | 'table-row'
    | 'table-cell'
    | 'table-column'
    | 'table-column-group'
    | 'table-caption'
    | 'flex'
    | 'inline-flex'
    | 'grid'
    | 'inline-grid'
  readonly position: 'static' | 'relative' | 'absolute' | 'fixed' | 'sticky' | { readonly running: string }
  readonly float: 'none' | 'left' | 'right' | 'footnote'
  readonly clear: 'none' | 'left' | 'right' | 'both'
  readonly top: LengthPercentage | Auto
  readonly right: LengthPercentage | Auto
  readonly bottom: LengthPercentage | Auto
  readonly left: LengthPercentage | Auto
  readonly zIndex: number | Auto
  readonly visibility: 'visible' | 'hidden' | 'collapse'
  /** The axis that hides more, for what asks of both. */
  readonly overflow: Overflow
  readonly overflowX: Overflow
  readonly overflowY: Overflow
  readonly opacity: number
  readonly order: number

  // CSS Box 4, CSS Sizing 3
  readonly boxSizing: 'content-box' | 'border-box'
  readonly width: Size
  readonly height: Size
  readonly minWidth: Size
  readonly minHeight: Size
  readonly maxWidth: MaxSize
  readonly maxHeight: MaxSize
  readonly aspectRatio: number | null
  readonly marginTop: LengthPercentage | Auto
  readonly marginRight: LengthPercentage | Auto
  readonly marginBottom: LengthPercentage | Auto
  readonly marginLeft: LengthPercentage | Auto
  readonly paddingTop: LengthPercentage
  readonly paddingRight: LengthPercentage
  readonly paddingBottom: LengthPercentage
  readonly paddingLeft: LengthPercentage

  // CSS Backgrounds 3; a border width is 0 where its style is none or hidden
  readonly borderTopWidth: number
  readonly borderRightWidth: number
  readonly borderBottomWidth: number
  readonly borderLeftWidth: number
  readonly borderTopStyle: BorderStyle
  readonly borderRightStyle: BorderStyle
  readonly borderBottomStyle: BorderStyle
  readonly borderLeftStyle: BorderStyle
  readonly borderTopColor: Color
  readonly borderRightColor: Color
  readonly borderBottomColor: Color
  readonly borderLeftColor: Color
  readonly borderTopLeftRadius: CornerRadius
  readonly borderTopRightRadius: CornerRadius
  readonly borderBottomRightRadius: CornerRadius
  readonly borderBottomLeftRadius: CornerRadius
  readonly backgroundColor: Color
  /** Where the colour ends: as the lowest layer does. */
  readonly backgroundColorClip: BackgroundBox
  /** Topmost first; empty where there is no image. */
  readonly backgroundLayers: readonly BackgroundLayer[]

  /** Null where there is none. */
  readonly borderImage: BorderImage | null
  /** Topmost first. */
  readonly boxShadow: readonly BoxShadow[]
  // CSS Basic User Interface 4; 0 wide where the style is none
  readonly outlineWidth: number
  readonly outlineStyle: BorderStyle
  readonly outlineColor: Color
  readonly outlineOffset: number

  // CSS Transforms 2, CSS Masking 1, CSS Compositing 1
  /** translate, rotate, scale and transform, in that order; empty where nothing moves. */
  readonly transforms: readonly TransformFunction[]
  readonly transformOriginX: LengthPercentage
  readonly transformOriginY: LengthPercentage
  readonly clipPath: ClipPath | null
  /** CSS 2.2, section 11.1.2: `rect()`, px or auto, on positioned boxes. */
  readonly clip: FourSides<number | Auto> | null
  readonly isolation: 'auto' | 'isolate'
  readonly mixBlendMode: BlendMode

  // CSS Fonts 4
  readonly color: Color
  readonly fontFamily: readonly string[]
  readonly fontSize: number
  readonly fontWeight: number
  readonly fontStyle: 'normal' | 'italic' | 'oblique'
  /** Percent, 100 is normal. */
  readonly fontStretch: number
  readonly fontFeatures: FeatureList
  readonly fontVariantCaps: 'normal' | 'small-caps' | 'all-small-caps'
  readonly fontKerning: 'auto' | 'normal' | 'none'
  readonly fontOpticalSizing: 'auto' | 'none'
  /** font-variation-settings: axis tags with values, sorted. */
  readonly fontVariations: FeatureList
  readonly fontSynthesisWeight: 'auto' | 'none'
  readonly fontSynthesisStyle: 'auto' | 'none'
  /** A number is a factor of font-size; px are `{ px }`. */
  readonly lineHeight: 'normal' | number | { readonly px: number }

  // CSS Text 4
  readonly textAlign: 'start' | 'end' | 'left' | 'right' | 'center' | 'justify'
  readonly textAlignLast: 'auto' | 'start' | 'end' | 'left' | 'right' | 'center' | 'justify'
  /** What stands where a line is cut short because its box lets nothing overflow. */
  readonly textOverflow: 'clip' | 'ellipsis' | { readonly text: string }
  readonly textIndent: TextIndent
  readonly textTransform: TextTransform
  readonly textWrap: 'wrap' | 'nowrap' | 'balance' | 'pretty'
  readonly whiteSpaceCollapse: 'collapse' | 'preserve' | 'preserve-breaks' | 'break-spaces'
  readonly wordBreak: 'normal' | 'keep-all' | 'break-all' | 'break-word'
  readonly overflowWrap: 'normal' | 'break-word' | 'anywhere'
  readonly lineBreak: 'auto' | 'loose' | 'normal' | 'strict' | 'anywhere'
  readonly hyphens: 'none' | 'manual' | 'auto'
  /** total, before, after */
  readonly hyphenateLimitChars: readonly [number, number, number]
  readonly hyphenateLimitLines: number
  readonly letterSpacing: number
  readonly wordSpacing: number
  readonly tabSize: number | { readonly px: number }
  readonly hangingPunctuation: HangingPunctuation
  /** Letters and punctuation stand a little outside the line, so that its edge looks straight (-briefpress-optical-margins). */
  readonly opticalMargins: boolean
  readonly textJustify: 'auto' | 'none' | 'inter-word' | 'inter-character'
  readonly hyphenateCharacter: 'auto' | { readonly text: string }
  readonly hyphenateLimitZone: 'auto' | number | LinearLength
  readonly hyphenateLimitLast: 'none' | 'always' | 'column' | 'page' | 'spread'
  /** Baselines stand on a grid of this many px from the page's top (CSS Line Grid 1, line-snap); 0 for none. */
  readonly lineSnap: number
  readonly direction: 'ltr' | 'rtl'
  readonly unicodeBidi: 'normal' | 'embed' | 'isolate' | 'bidi-override' | 'isolate-override' | 'plaintext'
  readonly verticalAlign: 'baseline' | 'sub' | 'super' | 'text-top' | 'text-bottom' | 'middle' | 'top' | 'bottom' | LengthPercentage
  readonly textDecorationLine: { readonly underline: boolean; readonly overline: boolean; readonly lineThrough: boolean }
  readonly textDecorationColor: Color
  readonly textDecorationStyle: 'solid' | 'double' | 'dotted' | 'dashed' | 'wavy'
  readonly textDecorationThickness: LengthPercentage | 'auto' | 'from-font'
  readonly textUnderlineOffset: LengthPercentage | Auto
  readonly textUnderlinePosition: 'auto' | 'from-font' | 'under'
  readonly textDecorationSkipInk: 'auto' | 'none' | 'all'
  /** Topmost first; px. */
  readonly textShadow: readonly TextShadow[]
  /** The character that stands at each letter; null for none. */
  readonly textEmphasisStyle: string | null
  /** Null is the text's own colour. */
  readonly textEmphasisColor: Color | null
  readonly textEmphasisPosition: 'over' | 'under'
  /** BCP 47 tag of the element's language (`lang`), empty where unknown. */
  readonly language: string

  // CSS Lists 3, CSS Content 3, CSS Counter Styles 3
  readonly listStyleType: CounterStyleName | { readonly text: string }
  readonly listStylePosition: 'inside' | 'outside'
  readonly listStyleImage: BackgroundImage | null
  readonly content: 'normal' | 'none' | readonly ContentItem[]
  readonly counterReset: readonly CounterChange[]
  readonly counterIncrement: readonly CounterChange[]
  readonly counterSet: readonly CounterChange[]
  readonly quotes: 'auto' | 'none' | readonly (readonly [string, string])[]

  // CSS Tables 3 (and CSS 2.2, chapter 17)
  readonly tableLayout: 'auto' | 'fixed'
  readonly borderCollapse: 'separate' | 'collapse'
  readonly borderSpacingX: number
  readonly borderSpacingY: number
  readonly captionSide: 'top' | 'bottom'
  readonly emptyCells: 'show' | 'hide'

  // CSS Flexbox 1, CSS Align 3
  readonly flexDirection: 'row' | 'row-reverse' | 'column' | 'column-reverse'
  readonly flexWrap: 'nowrap' | 'wrap' | 'wrap-reverse'
  readonly flexGrow: number
  readonly flexShrink: number
  readonly flexBasis: Size | 'content'
  readonly justifyContent: string
  readonly alignItems: string
  readonly alignSelf: string
  readonly alignContent: string
  readonly rowGap: LengthPercentage
  readonly columnGap: LengthPercentage | 'normal'

  // CSS Grid 1, and CSS Align 3 in the inline axis; null is none
  readonly gridTemplateColumns: TrackList | null
  readonly gridTemplateRows: TrackList | null
  readonly gridTemplateAreas: GridAreas | null
  readonly gridAutoColumns: readonly TrackSize[]
  readonly gridAutoRows: readonly TrackSize[]
  readonly gridAutoFlow: { readonly axis: 'row' | 'column'; readonly dense: boolean }
  readonly gridRowStart: GridLine
  readonly gridRowEnd: GridLine
  readonly gridColumnStart: GridLine
  readonly gridColumnEnd: GridLine
  readonly justifyItems: string
  readonly justifySelf: string

  // CSS Multi-column 1
  readonly columnCount: number | Auto
  readonly columnWidth: number | Auto
  readonly columnFill: 'balance' | 'balance-all' | 'auto'
  readonly columnSpan: 'none' | 'all'
  readonly columnRuleWidth: number
  readonly columnRuleStyle: BorderStyle
  readonly columnRuleColor: Color

  // CSS Images 3
  readonly objectFit: 'fill' | 'contain' | 'cover' | 'none' | 'scale-down'
  readonly objectPositionX: LengthPercentage
  readonly objectPositionY: LengthPercentage
  readonly imageOrientation: 'from-image' | 'none'
  readonly imageResolution: ImageResolution

  // CSS Fragmentation 3, CSS Paged Media 3, CSS GCPM 3
  readonly breakBefore: BreakBetween
  readonly breakAfter: BreakBetween
  readonly breakInside: 'auto' | 'avoid' | 'avoid-page' | 'avoid-column'
  readonly orphans: number
  readonly widows: number
  readonly boxDecorationBreak: 'slice' | 'clone'
  readonly marginBreak: 'auto' | 'keep' | 'discard'
  readonly footnoteDisplay: 'block' | 'inline' | 'compact'
  readonly footnotePolicy: 'auto' | 'line' | 'block'
  readonly page: string
  readonly stringSet: readonly StringSet[]
  readonly bookmarkLevel: number | 'none'
  readonly bookmarkLabel: readonly ContentItem[]
  readonly bookmarkState: 'open' | 'closed'
}

/** The sixteen margin boxes of CSS Paged Media 3, section 5.2. */
export type MarginBoxName =
  | 'top-left-corner'
  | 'top-left'
  | 'top-center'
  | 'top-right'
  | 'top-right-corner'
  | 'right-top'
  | 'right-middle'
  | 'right-bottom'
  | 'bottom-right-corner'
  | 'bottom-right'
  | 'bottom-center'
  | 'bottom-left'
  | 'bottom-left-corner'
  | 'left-bottom'
  | 'left-middle'
  | 'left-top'

/** The used page rules for one kind of page (CSS Paged Media 3). Sizes in px. */
export interface PageStyle {
  readonly width: number
  readonly height: number
  /** Margins, padding, borders, background and counters of the page box. */
  readonly box: ComputedStyle
  /** How far the bleed area reaches beyond the page box (CSS Page 3, section 7.4). */
  readonly bleed: number
  readonly marks: PrinterMarks
  /** Degrees clockwise by which a reader turns the page (CSS Page 3, section 7.3). */
  readonly rotation: 0 | 90 | 270
  readonly marginBoxes: ReadonlyMap<MarginBoxName, ComputedStyle>
  /** CSS GCPM 3, section 2.4: the footnote area. */
  readonly footnoteArea: ComputedStyle
}

/** Which marks stand outside the page box (CSS Page 3, section 7.2). */
export interface PrinterMarks {
  readonly crop: boolean
  readonly cross: boolean
}

export interface PageSelector {
  readonly name: string
  readonly first: boolean
  readonly left: boolean
  readonly blank: boolean
  /** From 1, of all pages, and in the group of pages that an element with this name has made. */
  readonly index: number
  readonly groupIndex: number
}

export type PseudoElement = 'before' | 'after' | 'marker' | 'footnote-call' | 'footnote-marker' | 'first-line' | 'first-letter'

import type { HtmlElement } from '../html/dom.js'

/** Answers for one document with its style sheets. Same arguments, same frozen answer. */
export interface Styles {
  of(element: HtmlElement): ComputedStyle
  /** Null where no rule makes that pseudo-element (markers always exist for list items). */
  pseudo(element: HtmlElement, pseudo: PseudoElement): ComputedStyle | null
  page(selector: PageSelector): PageStyle
  /** A style with the given one's inherited values and initial values for the rest: for anonymous boxes. */
  anonymous(parent: ComputedStyle, display: ComputedStyle['display']): ComputedStyle
  /** The declared values that win on an element, as text with var() filled in: for SVG, whose properties are not among the computed ones. */
  declarations(element: HtmlElement): ReadonlyMap<string, string>
  /** @font-face rules, in order. */
  readonly fontFaces: readonly FontFaceRule[]
  /** @counter-style rules by name, of each the one that wins the cascade. */
  readonly counterStyles: ReadonlyMap<string, CounterStyleRule>
}

export interface FontFaceRule {
  readonly family: string
  /** Absolute path or data: URL, in order of preference. */
  readonly sources: readonly { readonly url?: string; readonly local?: string }[]
  readonly weight: readonly [number, number]
  readonly style: 'normal' | 'italic' | 'oblique'
  readonly stretch: readonly [number, number]
  readonly unicodeRange: readonly (readonly [number, number])[]
  /** Shares of the em that stand in for the font's own metrics; null where they count. */
  readonly ascentOverride: number | null
  readonly descentOverride: number | null
  readonly lineGapOverride: number | null
}
