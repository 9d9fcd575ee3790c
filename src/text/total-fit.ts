/**
 * Total fit line breaking (D. E. Knuth and M. F. Plass, Breaking Paragraphs into Lines, 1981). In: a prepared paragraph and a
 * width. Out: the lines whose spaces (or, where they are ragged, whose ends) are the most even over the whole paragraph, with few hyphens and
 * no short last line.
 */
import { MUST_BREAK } from './breaks.js'
import { greedyLine } from './greedy.js'
import { glyphScaleLimit, justifyLine, scalesGlyphs, shrinkShare, stretchShare } from './justify.js'
import { firstAfter, indentAt, plainLine } from './line-measure.js'
import { HYPHEN_BREAK } from './opportunities.js'
import type { LineBreakResult } from './paragraph.js'
import type { PreparedParagraph } from './prepare.js'

/** What an uneven line, a hyphen or a bad neighbour costs. */
export interface Costs {
  readonly line: number
  readonly hyphen: number
  readonly hyphensInRow: number
  readonly unlikeNeighbours: number
  /** A last line shorter than `shortLastLine` of the measure. */
  readonly shortLast: number
  /** A last line that begins with the rest of a word. */
  readonly dividedBeforeLast: number
  /** Passes, as in TeX: each allows hyphens or not, and lines up to an adjustment ratio. */
  readonly passes: readonly { readonly hyphens: boolean; readonly tolerance: number }[]
}

export const justifiedCosts: Costs = {
  line: 10,
  hyphen: 60,
  hyphensInRow: 12_000,
  unlikeNeighbours: 4_000,
  shortLast: 60_000,
  dividedBeforeLast: 100_000,
  passes: [
    { hyphens: false, tolerance: 0.8 },
    { hyphens: true, tolerance: 2 },
    { hyphens: true, tolerance: Number.POSITIVE_INFINITY },
  ],
}

export const raggedCosts: Costs = {
  ...justifiedCosts,
  hyphen: 120,
  unlikeNeighbours: 0,
  shortLast: 200_000,
  passes: [
    { hyphens: false, tolerance: 1.5 },
    { hyphens: true, tolerance: Number.POSITIVE_INFINITY },
  ],
}

const shortLastLine = 0.2
const shortRaggedLastLine = 0.3
/** A ragged line that leaves this share of its room empty has an adjustment ratio of 1. */
const raggedShare = 0.18
const worst = 10_000
/** More hyphens in a row than hyphenate-limit-lines allows: only where nothing else is possible. */
const forbidden = 1e9

interface Segment {
  readonly paragraph: PreparedParagraph
  /** Indices of break opportunities: where the first line starts and the last one ends. */
  readonly first: number
  readonly last: number
  readonly width: number
  readonly costs: Costs
  readonly ragged: boolean
}

export interface FitOptions {
  readonly width: number
  /** An offset at which a line starts. */
  readonly from?: number
  /** Lines are not justified but their ends kept even (text-wrap: pretty). */
  readonly ragged?: boolean
  readonly costs?: Costs
}

/** The lines of a paragraph; where it is justified, with the growth of their spaces. */
export function totalFitLines(paragraph: PreparedParagraph, options: FitOptions): readonly LineBreakResult[] {
  const { width, from = 0, ragged = false } = options
  const costs = options.costs ?? (ragged ? raggedCosts : justifiedCosts)
  const { offsets, kinds } = paragraph.measures
  const lines: LineBreakResult[] = []
  let first = from === 0 ? 0 : firstAfter(paragraph.measures, from) - 1
  for (let last = first + 1; last < offsets.length; last++) {
    if (kinds[last] !== MUST_BREAK) continue
    const segment = { paragraph, first, last, width, costs, ragged }
    if (offsets[first] === from || first > 0)
      lines.push(...segmentLines(segment, offsets[first] === from || lines.length > 0 ? null : from))
    else lines.push(...greedySegment(segment, from))
    first = last
  }
  return lines
}

/** `start` is set where the segment starts at no break opportunity. */
function segmentLines(segment: Segment, start: number | null): readonly LineBreakResult[] {
  const { paragraph, first, last } = segment
  const { offsets, starts, ends } = paragraph.measures
  const from = offsets[first] as number
  if (start !== null) return greedySegment(segment, start)
  if ((ends[last] as number) - (starts[first] as number) <= roomAt(segment, first))
    return [plainLine(paragraph, from, offsets[last] as number)]
  let best: Nodes | null = null
  for (const pass of segment.costs.passes) {
    // A looser setting is worth a look only for a better last line.
    if (best && pass.tolerance === Number.POSITIVE_INFINITY) break
    const found = search(segment, pass)
    if (found && (!best || totalOf(found) < totalOf(best))) best = found
    if (best && !endsBadly(segment, best)) break
  }
  return best ? linesOf(segment, best) : greedySegment(segment, from)
}

const roomAt = ({ paragraph, width }: Segment, index: number): number =>
  width - indentAt(paragraph, paragraph.measures.offsets[index] as number)

/** Feasible breaks, in the order they were found; arrays run in parallel. */
interface Nodes {
  readonly breaks: number[]
  readonly previous: number[]
  readonly demerits: number[]
  /** 0 tight, 1 decent, 2 loose, 3 very loose. */
  readonly fitness: number[]
  /** Lines ending in a hyphen, up to here without a gap. */
  readonly hyphens: number[]
  /** The best end of the segment. */
  last: number
}

const totalOf = (nodes: Nodes): number => nodes.demerits[nodes.last] as number

/** A word or part of one alone on the last line. */
function endsBadly({ paragraph, width, last }: Segment, nodes: Nodes): boolean {
  const previous = nodes.previous[nodes.last] as number
  if (previous < 0) return false
  const { starts, ends } = paragraph.measures
  const natural = (ends[last] as number) - (starts[nodes.breaks[previous] as number] as number)
  return (nodes.hyphens[previous] as number) > 0 || natural < width * shortLastLine
}

function search(segment: Segment, pass: Costs['passes'][number]): Nodes | null {
  const { paragraph, first, last, width, costs, ragged } = segment
  const { kinds, hyphenEnds, starts, ends, allowances, growsBefore, growsWithin } = paragraph.measures
  const { spaceWidth, hyphenWidth } = paragraph
  const limitLines = paragraph.input.style.hyphenateLimitLines
  const scale = scalesGlyphs(paragraph) ? glyphScaleLimit : 0
  const shortWidth = width * (ragged ? shortRaggedLastLine : shortLastLine)
  const firstRoom = roomAt(segment, first)
  const otherRoom = paragraph.input.hangingIndent === true ? width - paragraph.input.indent : width
  const nodes: Nodes = { breaks: [first], previous: [-1], demerits: [0], fitness: [1], hyphens: [0], last: -1 }
  const active = [0]
  const bestDemerits = [0, 0, 0, 0]
  const bestNode = [-1, -1, -1, -1]
  for (let index = first + 1; index <= last; index++) {
    const hyphenated = kinds[index] === HYPHEN_BREAK
    if (hyphenated && !pass.hyphens) continue
    const endsInHyphen = hyphenEnds[index] === 1
    const isLast = index === last
    const end = ends[index] as number
    const allowance = allowances ? (allowances[index] as number) : 0
    bestNode.fill(-1)
    let kept = 0
    for (let place = 0; place < active.length; place++) {
      const node = active[place] as number
      const from = nodes.breaks[node] as number
      const natural = end - (starts[from] as number)
      let free = (from === first ? firstRoom : otherRoom) - natural
      if (free < 0 && allowance > 0) free = Math.min(0, free + allowance)
      let ratio: number
      if (ragged) ratio = free < -0.01 ? -2 : free / (width * raggedShare)
      else {
        const glue = ((growsWithin[index] as number) - (growsBefore[from] as number)) * spaceWidth
        const flexible = (free >= 0 ? glue * stretchShare : glue * shrinkShare) + natural * scale
        ratio = flexible > 0 ? free / flexible : free < -0.01 ? -2 : 1e6
      }
      // Without its hyphen a longer line may yet be shorter.
      if (ratio >= -1 || (hyphenated && free + hyphenWidth > 0)) active[kept++] = node
      if (ratio < -1) continue
      if (isLast && ratio > 0) ratio = 0
      if (ratio > pass.tolerance) continue
      const size = Math.abs(ratio)
      const badness = Math.min(worst, 100 * size * size * size)
      const fitness = ratio < -0.5 ? 0 : ratio <= 0.5 ? 1 : ratio <= 1 ? 2 : 3
      const sum = costs.line + badness
      let demerits = (nodes.demerits[node] as number) + sum * sum
      const before = nodes.hyphens[node] as number
      if (hyphenated) demerits += costs.hyphen * costs.hyphen
      if (endsInHyphen) {
        demerits += before * costs.hyphensInRow
        if (before + 1 > limitLines) demerits += forbidden
      }
      const unlike = fitness - (nodes.fitness[node] as number)
      if (unlike > 1 || unlike < -1) demerits += costs.unlikeNeighbours
      if (isLast) {
        if (natural < shortWidth && node !== 0) demerits += costs.shortLast
        if (before > 0) demerits += costs.dividedBeforeLast
      }
      if (bestNode[fitness] === -1 || demerits < (bestDemerits[fitness] as number)) {
        bestNode[fitness] = node
        bestDemerits[fitness] = demerits
      }
    }
    active.length = kept
    for (let fitness = 0; fitness < 4; fitness++) {
      const previous = bestNode[fitness] as number
      if (previous < 0) continue
      active.push(nodes.breaks.length)
      nodes.breaks.push(index)
      nodes.previous.push(previous)
      nodes.demerits.push(bestDemerits[fitness] as number)
      nodes.fitness.push(fitness)
      nodes.hyphens.push(endsInHyphen ? (nodes.hyphens[previous] as number) + 1 : 0)
    }
    if (active.length === 0) return null
  }
  for (let node = nodes.breaks.length - 1; node > 0 && nodes.breaks[node] === last; node--) {
    if (nodes.last < 0 || (nodes.demerits[node] as number) < totalOf(nodes)) nodes.last = node
  }
  return nodes.last < 0 ? null : nodes
}

function linesOf(segment: Segment, nodes: Nodes): readonly LineBreakResult[] {
  const { paragraph, first, ragged } = segment
  const { offsets } = paragraph.measures
  const lines: LineBreakResult[] = []
  for (let node = nodes.last; (nodes.previous[node] as number) >= 0; node = nodes.previous[node] as number) {
    const from = nodes.breaks[nodes.previous[node] as number] as number
    const line = plainLine(paragraph, offsets[from] as number, offsets[nodes.breaks[node] as number] as number)
    const room = from === first ? roomAt(segment, from) : segment.width - indentAt(paragraph, line.start)
    lines.push(ragged ? line : settle(paragraph, line, room))
  }
  return lines.reverse()
}

/** A line that ends its segment only shrinks. */
const settle = (paragraph: PreparedParagraph, line: LineBreakResult, room: number): LineBreakResult =>
  line.forced && room - line.naturalWidth >= 0 ? line : justifyLine(paragraph, line, room)

/** Words longer than the measure leave no total fit: line after line, then each as even as it can be. */
function greedySegment({ paragraph, last, width, ragged }: Segment, from: number): readonly LineBreakResult[] {
  const lines: LineBreakResult[] = []
  const end = paragraph.measures.offsets[last] as number
  for (let at = from; at < end; ) {
    const room = width - indentAt(paragraph, at)
    const line = greedyLine(paragraph, at, room)
    if (!line) break
    lines.push(ragged ? line : settle(paragraph, line, room))
    at = line.end
  }
  return lines
}
