/**
 * In: nothing. Out: the initial value of every computed property, and the shape all computed styles share. Besides what layout
 * reads there are inner values: those that inherit apart and only together make one field of a computed style. The values stand here, typed
 * and of one shape, and not with the definitions of the properties, so that a computed style is made by one copy and starting up parses nothing;
 * a test holds that they are what the definitions' texts say.
 */
import type {
  BackgroundBox,
  BackgroundImage,
  BackgroundLayer,
  BorderImage,
  ComputedStyle,
  CornerRadius,
  FeatureList,
  LengthPercentage,
  PrinterMarks,
  TransformFunction,
} from '../computed-style.js'
import { BLACK, TRANSPARENT } from '../values/color.js'

export interface PageSize {
  /** Px; null is the viewport's. */
  readonly size: readonly [number, number] | null
  readonly orientation: 'portrait' | 'landscape' | null
}
/** Values that layout does not read themselves. */
export interface InnerValues {
  readonly fontVariantNumeric: FeatureList
  readonly fontVariantLigatures: FeatureList
  readonly fontVariantPosition: FeatureList
  readonly fontVariantEastAsian: FeatureList
  readonly fontFeatureSettings: FeatureList
  readonly textWrapMode: 'wrap' | 'nowrap'
  readonly textWrapStyle: 'auto' | 'balance' | 'pretty' | 'stable'
  readonly backgroundImage: readonly (BackgroundImage | null)[]
  readonly backgroundPositionX: readonly LengthPercentage[]
  readonly backgroundPositionY: readonly LengthPercentage[]
  readonly backgroundSize: readonly BackgroundLayer['size'][]
  readonly backgroundRepeat: readonly Pick<BackgroundLayer, 'repeatX' | 'repeatY'>[]
  readonly backgroundOrigin: readonly BackgroundBox[]
  readonly backgroundClip: readonly BackgroundBox[]
  readonly backgroundAttachment: readonly BackgroundLayer['attachment'][]
  readonly borderImageSource: BackgroundImage | null
  readonly borderImageSlice: { readonly sides: BorderImage['slice']; readonly fill: boolean }
  readonly borderImageWidth: BorderImage['width']
  readonly borderImageOutset: BorderImage['outset']
  readonly borderImageRepeat: readonly [BorderImage['repeatX'], BorderImage['repeatY']]
  readonly transformList: readonly TransformFunction[]
  readonly translate: readonly TransformFunction[]
  readonly rotate: readonly TransformFunction[]
  readonly scale: readonly TransformFunction[]
  /** CSS Page 3, section 7.2; px. */
  readonly pageBleed: number | 'auto'
  readonly pageMarks: PrinterMarks
  readonly pageOrientation: 'upright' | 'rotate-left' | 'rotate-right'
  readonly pageSize: PageSize
  /** Both say what is so anyway: colours are printed as they are given, and a page is light. */
  readonly printColorAdjust: 'economy' | 'exact'
  readonly colorScheme: string
}
type Changeable<T> = { -readonly [K in keyof T]: T[K] }
export type Values = Changeable<Omit<ComputedStyle, 'id'> & InnerValues>
export type ValueKey = keyof Values

/** A border is as wide as `medium` until its style is none. */
const MEDIUM = 3
const NO_RADIUS: CornerRadius = { x: 0, y: 0 }
const HALF = { kind: 'linear', px: 0, percent: 50 } as const

const AUTOMATIC_TRACKS = [{ min: 'auto', max: 'auto' }] as const

const ALL = { percent: 100 }
const ONE = { number: 1 }
const ZERO = { number: 0 }

let style: Readonly<Omit<ComputedStyle, 'id'>> | undefined
let all: Readonly<Values> | undefined

/** The initial values of what layout reads; a copy of it has the shape of every computed style. */
export function initialStyle(): Readonly<Omit<ComputedStyle, 'id'>> {
  style ??= makeInitialStyle()
  return style
}

/** All initial values. */
export function initialValues(): Readonly<Values> {
  all ??= {
    ...initialStyle(),
    fontVariantNumeric: [],
    fontVariantLigatures: [],
    fontVariantPosition: [],
    fontVariantEastAsian: [],
    fontFeatureSettings: [],
    textWrapMode: 'wrap',
    textWrapStyle: 'auto',
    backgroundImage: [null],
    backgroundPositionX: [0],
    backgroundPositionY: [0],
    printColorAdjust: 'economy',
    colorScheme: 'normal',
    backgroundSize: ['auto'],
    backgroundRepeat: [{ repeatX: 'repeat', repeatY: 'repeat' }],
    backgroundAttachment: ['scroll'],
    borderImageSource: null,
    borderImageSlice: { sides: [ALL, ALL, ALL, ALL], fill: false },
    borderImageWidth: [ONE, ONE, ONE, ONE],
    borderImageOutset: [ZERO, ZERO, ZERO, ZERO],
    borderImageRepeat: ['stretch', 'stretch'],
    transformList: [],
    translate: [],
    rotate: [],
    scale: [],
    pageBleed: 'auto',
    pageMarks: { crop: false, cross: false },
    pageOrientation: 'upright',
    backgroundOrigin: ['padding-box'],
    backgroundClip: ['border-box'],
    pageSize: { size: null, orientation: null },
  }
  return all
}

function makeInitialStyle(): Omit<ComputedStyle, 'id'> {
  return {
    display: 'inline',
    position: 'static',
    float: 'none',
    clear: 'none',
    top: 'auto',
    right: 'auto',
    bottom: 'auto',
    left: 'auto',
    zIndex: 'auto',
    visibility: 'visible',
    overflow: 'visible',
    overflowX: 'visible',
    overflowY: 'visible',
    opacity: 1,
    order: 0,
    boxSizing: 'content-box',
    width: 'auto',
    height: 'auto',
    minWidth: 'auto',
    minHeight: 'auto',
    maxWidth: 'none',
    maxHeight: 'none',
    aspectRatio: null,
    marginTop: 0,
    marginRight: 0,
    marginBottom: 0,
    marginLeft: 0,
    paddingTop: 0,
    paddingRight: 0,
    paddingBottom: 0,
    paddingLeft: 0,
    borderTopWidth: MEDIUM,
    borderRightWidth: MEDIUM,
    borderBottomWidth: MEDIUM,
    borderLeftWidth: MEDIUM,
    borderTopStyle: 'none',
    borderRightStyle: 'none',
    borderBottomStyle: 'none',
    borderLeftStyle: 'none',
    borderTopColor: BLACK,
    borderRightColor: BLACK,
    borderBottomColor: BLACK,
    borderLeftColor: BLACK,
    borderTopLeftRadius: NO_RADIUS,
    borderTopRightRadius: NO_RADIUS,
    borderBottomRightRadius: NO_RADIUS,
    borderBottomLeftRadius: NO_RADIUS,
    backgroundColor: TRANSPARENT,
    backgroundColorClip: 'border-box',
    backgroundLayers: [],
    borderImage: null,
    boxShadow: [],
    outlineWidth: MEDIUM,
    outlineStyle: 'none',
    outlineColor: BLACK,
    outlineOffset: 0,
    transforms: [],
    transformOriginX: HALF,
    transformOriginY: HALF,
    clipPath: null,
    clip: null,
    isolation: 'auto',
    mixBlendMode: 'normal',
    color: BLACK,
    fontFamily: ['serif'],
    fontSize: 16,
    fontWeight: 400,
    fontStyle: 'normal',
    fontStretch: 100,
    fontFeatures: [],
    fontVariantCaps: 'normal',
    fontKerning: 'auto',
    fontOpticalSizing: 'auto',
    fontVariations: [],
    fontSynthesisWeight: 'auto',
    fontSynthesisStyle: 'auto',
    lineHeight: 'normal',
    textAlign: 'start',
    textAlignLast: 'auto',
    textOverflow: 'clip',
    textIndent: { length: 0, hanging: false, eachLine: false },
    textTransform: { letterCase: 'none', fullWidth: false, fullSizeKana: false },
    textWrap: 'wrap',
    whiteSpaceCollapse: 'collapse',
    wordBreak: 'normal',
    overflowWrap: 'normal',
    lineBreak: 'auto',
    hyphens: 'manual',
    hyphenateLimitChars: [5, 2, 2],
    hyphenateLimitLines: Number.POSITIVE_INFINITY,
    letterSpacing: 0,
    wordSpacing: 0,
    tabSize: 8,
    hangingPunctuation: { first: false, last: false, end: 'none' },
    opticalMargins: false,
    textJustify: 'auto',
    hyphenateCharacter: 'auto',
    hyphenateLimitZone: 'auto',
    hyphenateLimitLast: 'none',
    lineSnap: 0,
    direction: 'ltr',
    unicodeBidi: 'normal',
    verticalAlign: 'baseline',
    textDecorationLine: { underline: false, overline: false, lineThrough: false },
    textDecorationColor: BLACK,
    textDecorationStyle: 'solid',
    textDecorationThickness: 'auto',
    textUnderlineOffset: 'auto',
    textUnderlinePosition: 'auto',
    textDecorationSkipInk: 'auto',
    textShadow: [],
    textEmphasisStyle: null,
    textEmphasisColor: null,
    textEmphasisPosition: 'over',
    language: '',
    listStyleType: 'disc',
    listStylePosition: 'outside',
    listStyleImage: null,
    content: 'normal',
    counterReset: [],
    counterIncrement: [],
    counterSet: [],
    quotes: 'auto',
    tableLayout: 'auto',
    borderCollapse: 'separate',
    borderSpacingX: 0,
    borderSpacingY: 0,
    captionSide: 'top',
    emptyCells: 'show',
    flexDirection: 'row',
    flexWrap: 'nowrap',
    flexGrow: 0,
    flexShrink: 1,
    flexBasis: 'auto',
    justifyContent: 'normal',
    alignItems: 'normal',
    alignSelf: 'auto',
    alignContent: 'normal',
    rowGap: 0,
    columnGap: 'normal',
    gridTemplateColumns: null,
    gridTemplateRows: null,
    gridTemplateAreas: null,
    gridAutoColumns: AUTOMATIC_TRACKS,
    gridAutoRows: AUTOMATIC_TRACKS,
    gridAutoFlow: { axis: 'row', dense: false },
    gridRowStart: 'auto',
    gridRowEnd: 'auto',
    gridColumnStart: 'auto',
    gridColumnEnd: 'auto',
    justifyItems: 'normal',
    justifySelf: 'auto',
    columnCount: 'auto',
    columnWidth: 'auto',
    columnFill: 'balance',
    columnSpan: 'none',
    columnRuleWidth: MEDIUM,
    columnRuleStyle: 'none',
    columnRuleColor: BLACK,
    objectFit: 'fill',
    objectPositionX: HALF,
    objectPositionY: HALF,
    imageOrientation: 'from-image',
    imageResolution: { fromImage: false, density: 1 },
    breakBefore: 'auto',
    breakAfter: 'auto',
    breakInside: 'auto',
    orphans: 2,
    widows: 2,
    boxDecorationBreak: 'slice',
    marginBreak: 'auto',
    footnoteDisplay: 'block',
    footnotePolicy: 'auto',
    page: 'auto',
    stringSet: [],
    bookmarkLevel: 'none',
    bookmarkLabel: [{ kind: 'content', what: 'text' }],
    bookmarkState: 'open',
  }
}
