/**
 * Where the ink of a run's letters crosses a band (CSS Text Decoration 4, section 3.2). In: a run, its glyphs' outlines and a band above or
 * below the baseline. Out: stretches along the run, px, that ink fills.
 */
import type { GlyphRun } from '../text/paragraph.js'

/** A glyph's contours in font units, y upwards. */
export interface GlyphOutline {
  readonly minY: number
  readonly maxY: number
  /** x0 y0 x1 y1 of each straight piece; curves are cut into such. */
  readonly segments: readonly number[]
}

export type Outlines = (glyph: number) => GlyphOutline

/** Px above the baseline. */
export interface Band {
  readonly top: number
  readonly bottom: number
}

/** Gaps between crossings narrower than this share of the em are filled: nobody wants a dot of line inside a letter. */
const joinedShare = 0.14

/** Stretches from left to right that do not overlap. */
export function inkGaps(run: GlyphRun, outlines: Outlines, band: Band): readonly (readonly [number, number])[] {
  const em = run.fontSize / run.font.unitsPerEm
  const gaps: [number, number][] = []
  let pen = 0
  for (let index = 0; index < run.glyphs.length; index++) {
    const rise = run.offsetsY[index] ?? 0
    const outline = outlines(run.glyphs[index] as number)
    const top = (band.top - rise) / em
    const bottom = (band.bottom - rise) / em
    if (outline.minY < top && outline.maxY > bottom) {
      const x = pen + (run.offsetsX[index] ?? 0)
      for (const [left, right] of crossings(outline.segments, top, bottom))
        gaps.push([x + left * em * run.glyphScale, x + right * em * run.glyphScale])
    }
    pen += run.advances[index] ?? 0
  }
  return joined(gaps, run.fontSize * joinedShare)
}

/** Where straight pieces run through the band. */
function crossings(segments: readonly number[], top: number, bottom: number): [number, number][] {
  const found: [number, number][] = []
  for (let at = 0; at + 3 < segments.length; at += 4) {
    const [x0, y0, x1, y1] = [segments[at] as number, segments[at + 1] as number, segments[at + 2] as number, segments[at + 3] as number]
    const [low, high] = y0 < y1 ? [y0, y1] : [y1, y0]
    if (low >= top || high <= bottom) continue
    const xAt = (y: number): number => (y1 === y0 ? x0 : x0 + ((x1 - x0) * (y - y0)) / (y1 - y0))
    const first = high === low ? x0 : xAt(Math.max(bottom, low))
    const second = high === low ? x1 : xAt(Math.min(top, high))
    found.push([Math.min(first, second), Math.max(first, second)])
  }
  return found
}

function joined(gaps: [number, number][], nearest: number): [number, number][] {
  gaps.sort(([a], [b]) => a - b)
  const out: [number, number][] = []
  for (const [left, right] of gaps) {
    const last = out.at(-1)
    if (last && left - last[1] <= nearest) last[1] = Math.max(last[1], right)
    else out.push([left, right])
  }
  return out
}

interface PathCommand {
  readonly command: string
  readonly args: readonly number[]
}

/** Pieces per curve: enough for a gap that is right to a hundredth of the em. */
const pieces = 6

/** Outlines from path commands, kept by glyph. */
export function createOutlines(commandsOf: (glyph: number) => readonly PathCommand[]): Outlines {
  const known = new Map<number, GlyphOutline>()
  return (glyph) => {
    let outline = known.get(glyph)
    if (!outline) {
      outline = flatten(commandsOf(glyph))
      known.set(glyph, outline)
    }
    return outline
  }
}

function flatten(commands: readonly PathCommand[]): GlyphOutline {
  const segments: number[] = []
  let minY = Number.POSITIVE_INFINITY
  let maxY = Number.NEGATIVE_INFINITY
  let [x, y, startX, startY] = [0, 0, 0, 0]
  const lineTo = (toX: number, toY: number): void => {
    segments.push(x, y, toX, toY)
    minY = Math.min(minY, y, toY)
    maxY = Math.max(maxY, y, toY)
    x = toX
    y = toY
  }
  for (const { command, args } of commands) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args
    if (command === 'moveTo') [x, y, startX, startY] = [a, b, a, b]
    else if (command === 'lineTo') lineTo(a, b)
    else if (command === 'closePath') lineTo(startX, startY)
    else {
      const [fromX, fromY] = [x, y]
      const cubic = command === 'bezierCurveTo'
      for (let piece = 1; piece <= pieces; piece++) {
        const t = piece / pieces
        const u = 1 - t
        if (cubic)
          lineTo(
            u * u * u * fromX + 3 * u * u * t * a + 3 * u * t * t * c + t * t * t * e,
            u * u * u * fromY + 3 * u * u * t * b + 3 * u * t * t * d + t * t * t * f,
          )
        else lineTo(u * u * fromX + 2 * u * t * a + t * t * c, u * u * fromY + 2 * u * t * b + t * t * d)
      }
    }
  }
  return { minY, maxY, segments }
}
