/**
 * Emphasis marks (CSS Text Decoration 4, section 5). In: a run and its style. Out: a mark over or under each of its letters, as fragments placed
 * along the run.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { GlyphRun } from '../text/paragraph.js'
import type { TextFragment } from './fragment.js'
import type { LayoutContext } from './layout.js'

/** Section 5.1: half the size of the text. */
const markSize = 0.5
const noMark = /^[\s\p{P}\p{Cc}\p{Cf}]/u

export interface EmphasisMark {
  /** From the run's start, px. */
  readonly x: number
  readonly fragment: TextFragment
}

export interface EmphasisMarks {
  readonly marks: readonly EmphasisMark[]
  /** Px by which the marks' baseline stands above the run's. */
  readonly rise: number
  readonly ascent: number
  readonly descent: number
}

/** Null where the style has none. */
export function emphasisMarks(run: GlyphRun, context: LayoutContext): EmphasisMarks | null {
  const { style } = run
  if (style.textEmphasisStyle === null) return null
  const markStyle: ComputedStyle = {
    ...style,
    fontSize: style.fontSize * markSize,
    color: style.textEmphasisColor ?? style.color,
    letterSpacing: 0,
    textEmphasisStyle: null,
    textTransform: { letterCase: 'none', fullWidth: false, fullSizeKana: false },
  }
  const { typesetter } = context
  const text = style.textEmphasisStyle
  const paragraph = typesetter.prepare({
    text,
    spans: [{ start: 0, end: text.length, style: markStyle }],
    objects: [],
    style: markStyle,
    indent: 0,
  })
  const [line] = typesetter.breakLines(paragraph, Number.POSITIVE_INFINITY)
  const item = line ? typesetter.lineItems(paragraph, line, paragraph.maxContent)[0] : undefined
  if (item?.kind !== 'run') return null
  const own = typesetter.metrics(style)
  const metrics = typesetter.metrics(markStyle)
  const fragment: TextFragment = {
    kind: 'text',
    run: item.run,
    style: markStyle,
    element: null,
    generated: true,
    width: item.run.width,
    height: metrics.ascent + metrics.descent,
    ascent: metrics.ascent,
    decorations: [],
    decorative: true,
  }
  const rise = style.textEmphasisPosition === 'over' ? own.ascent + metrics.descent * 0.5 : -own.descent - metrics.ascent * 0.8
  return {
    marks: centres(run).map((x) => ({ x: x - item.run.width / 2, fragment })),
    rise,
    ascent: metrics.ascent,
    descent: metrics.descent,
  }
}

/** The middle of each cluster that is a letter, px from the run's start. */
function centres(run: GlyphRun): number[] {
  const found: number[] = []
  let pen = 0
  for (let index = 0; index < run.glyphs.length - run.addedHyphens; ) {
    const cluster = run.clusters[index] as number
    let width = 0
    for (; index < run.glyphs.length && run.clusters[index] === cluster; index++) width += run.advances[index] as number
    if (!noMark.test(run.text.slice(cluster - run.start))) found.push(pen + (width - run.style.letterSpacing) / 2)
    pen += width
  }
  return found
}
