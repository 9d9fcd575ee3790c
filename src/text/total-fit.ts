/**
 * Total fit line breaking (D. E. Knuth and M. F. Plass, Breaking Paragraphs into Lines, 1981). In: a prepared paragraph and a
 * width. Out: the lines whose spaces, over the whole paragraph, are the most even, with few hyphens and no short last line.
 */
import { MUST_BREAK } from './breaks.js'
import { firstAfter, greedyLine, greedyLines } from './greedy.js'
import { naturalWidth, opportunities, plainLine } from './line-measure.js'
import type { LineBreakResult } from './paragraph.js'
import { HYPHEN_BREAK, type PreparedParagraph } from './prepare.js'

/** Stretch and shrink of a space, as shares of its width. */
const stretchShare = 0.55
const shrinkShare = 0.25
const linePenalty = 10
const hyphenPenalty = 60
const doubleHyphenDemerits = 12_000
const adjacentDemerits = 6_000
/** The last line should be longer than this share of the measure. */
const shortLastLine = 0.2
const shortLastLineDemerits = 60_000
/** The last line should not begin with the rest of a word. */
const dividedBeforeLastDemerits = 40_000

/** Passes, as in TeX: without hyphens, with hyphens, and with any stretch. */
const passes: readonly { readonly hyphens: boolean; readonly tolerance: number }[] = [
  { hyphens: false, tolerance: 1.1 },
  { hyphens: true, tolerance: 2 },
  { hyphens: true, tolerance: 3 },
  { hyphens: true, tolerance: Number.POSITIVE_INFINITY },
]

interface Node {
  readonly offset: number
  readonly previous: Node | null
  readonly demerits: number
  /** 0 tight, 1 decent, 2 loose, 3 very loose. */
  readonly fitness: number
  /** Lines ending in a hyphen, up to here without a gap. */
  readonly hyphens: number
}

interface Segment {
  readonly paragraph: PreparedParagraph
  readonly start: number
  readonly end: number
  readonly width: number
}

/** All lines of a paragraph that is to be justified; the spaces' growth is in `expansion`. */
export function totalFitLines(paragraph: PreparedParagraph, width: number): readonly LineBreakResult[] {
  const lines: LineBreakResult[] = []
  let start = 0
  for (const end of paragraph.breakOffsets) {
    if (paragraph.breaks[end] !== MUST_BREAK) continue
    lines.push(...segmentLines({ paragraph, start, end, width }))
    start = end
  }
  return lines
}

function segmentLines(segment: Segment): readonly LineBreakResult[] {
  const { paragraph, start, end } = segment
  const room = lineRoom(segment, start)
  if (naturalWidth(paragraph, start, end) <= room) return [plainLine(paragraph, start, end)]
  let best: Node | null = null
  for (const pass of passes) {
    // A looser setting is worth a look only for a better last line.
    if (best && pass.tolerance === Number.POSITIVE_INFINITY) break
    const last = findBreaks(segment, pass)
    if (last && (!best || last.demerits < best.demerits)) best = last
    if (best && !endsBadly(segment, best)) break
  }
  return best ? linesOf(segment, best) : greedySegment(segment)
}

/** A word or part of one alone on the last line. */
function endsBadly({ paragraph, width }: Segment, last: Node): boolean {
  const { previous } = last
  if (!previous) return false
  return previous.hyphens > 0 || naturalWidth(paragraph, previous.offset, last.offset) < width * shortLastLine
}

const lineRoom = ({ paragraph, width }: Segment, start: number): number => (start === 0 ? width - paragraph.input.indent : width)

function findBreaks(segment: Segment, pass: (typeof passes)[number]): Node | null {
  const { paragraph, start, end } = segment
  const { breaks, breakOffsets } = paragraph
  let active: Node[] = [{ offset: start, previous: null, demerits: 0, fitness: 1, hyphens: 0 }]
  for (let index = firstAfter(breakOffsets, start); ; index++) {
    const offset = breakOffsets[index] as number
    if (breaks[offset] === HYPHEN_BREAK && !pass.hyphens) continue
    const best: (Node | undefined)[] = [undefined, undefined, undefined, undefined]
    const kept: Node[] = []
    for (const node of active) {
      const line = fitLine(segment, node, offset)
      if (line.ratio >= -1) kept.push(node)
      if (line.ratio < -1 || (line.ratio > pass.tolerance && offset !== end)) continue
      const demerits = node.demerits + demeritsOf(segment, node, { offset, line })
      const known = best[line.fitness]
      if (!known || demerits < known.demerits)
        best[line.fitness] = { offset, previous: node, demerits, fitness: line.fitness, hyphens: line.hyphenated ? node.hyphens + 1 : 0 }
    }
    const found = best.filter((node) => node !== undefined)
    if (offset >= end) return found.reduce<Node | null>((least, node) => (!least || node.demerits < least.demerits ? node : least), null)
    active = [...kept, ...found]
    if (active.length === 0) return null
  }
}

interface FittedLine {
  /** Adjustment ratio: 1 uses all stretch, -1 all shrink. */
  readonly ratio: number
  readonly fitness: number
  readonly hyphenated: boolean
  readonly isLast: boolean
  readonly natural: number
}

function fitLine(segment: Segment, node: Node, offset: number): FittedLine {
  const { paragraph, end } = segment
  const natural = naturalWidth(paragraph, node.offset, offset)
  const free = lineRoom(segment, node.offset) - natural
  const isLast = offset === end
  const glue = opportunities(paragraph, node.offset, offset) * paragraph.spaceWidth
  const hyphenated = paragraph.breaks[offset] === HYPHEN_BREAK
  if (isLast && free >= 0) return { ratio: 0, fitness: 1, hyphenated, isLast, natural }
  const flexible = free >= 0 ? glue * stretchShare : glue * shrinkShare
  const ratio = flexible > 0 ? free / flexible : free >= -0.01 ? (free < 0.5 ? 0 : 1e6) : Number.NEGATIVE_INFINITY
  return { ratio, fitness: ratio < -0.5 ? 0 : ratio <= 0.5 ? 1 : ratio <= 1 ? 2 : 3, hyphenated, isLast, natural }
}

function demeritsOf(segment: Segment, node: Node, { line }: { offset: number; line: FittedLine }): number {
  const badness = Math.min(1e8, 100 * Math.abs(line.ratio) ** 3)
  let demerits = (linePenalty + badness) ** 2
  if (line.hyphenated) {
    demerits += hyphenPenalty ** 2
    if (node.hyphens > 0) demerits += doubleHyphenDemerits * node.hyphens
    if (node.hyphens + 1 > segment.paragraph.input.style.hyphenateLimitLines) demerits += 1e7
  }
  if (Math.abs(line.fitness - node.fitness) > 1) demerits += adjacentDemerits
  if (line.isLast) {
    if (line.natural < segment.width * shortLastLine) demerits += shortLastLineDemerits
    if (node.hyphens > 0) demerits += dividedBeforeLastDemerits
  }
  return demerits
}

function linesOf(segment: Segment, last: Node): readonly LineBreakResult[] {
  const lines: LineBreakResult[] = []
  for (let node: Node | null = last; node?.previous; node = node.previous) {
    lines.push(justified(segment, plainLine(segment.paragraph, node.previous.offset, node.offset)))
  }
  return lines.reverse()
}

/** The growth of each space; a line that ends its segment only shrinks. */
function justified(segment: Segment, line: LineBreakResult): LineBreakResult {
  const free = lineRoom(segment, line.start) - line.naturalWidth
  const count = opportunities(segment.paragraph, line.start, line.end)
  if (count === 0 || (line.forced && free >= 0)) return line
  const { spaceWidth } = segment.paragraph
  const least = -spaceWidth * shrinkShare
  return { ...line, expansion: Math.max(least, free / count) }
}

/** Words longer than the measure leave no total fit: line after line, then each as even as it can be. */
function greedySegment(segment: Segment): readonly LineBreakResult[] {
  const { paragraph, start, end } = segment
  if (start === 0 && end === paragraph.input.text.length)
    return greedyLines(paragraph, segment.width).map((line) => (line.forced ? line : justified(segment, line)))
  const lines: LineBreakResult[] = []
  for (let at = start; at < end; ) {
    const line = greedyLine(paragraph, at, lineRoom(segment, at))
    if (!line) break
    lines.push(line.forced ? line : justified(segment, line))
    at = line.end
  }
  return lines
}
