/**
 * Fitting a deck: what is too long for a slide is tightened within the theme's limits, then goes on over further slides marked (2/3);
 * a block that cannot be divided is scaled down to a floor, and what is too long even then is an error. In: slides, and a function that
 * lays slides out. Out: slides that fit, none of their words lost.
 */
import type { Report } from '../diagnostics/diagnostic.js'
import type { Document } from '../document/document.js'
import { diagnosticAt } from '../document/message.js'
import type { Slide } from './edition.js'
import { splitSlide } from './split-slide.js'

/** The tightest setting that is still read from the last row; templates/slides has a rule for each density. */
export const tightDensity = 1
/** The smallest that a block which cannot be divided is scaled to. */
export const smallestDensity = 5

export interface Fitting {
  /** For slides in their order, by how many px each is too long. */
  readonly measure: (slides: readonly Slide[]) => readonly number[]
  readonly document: Document
  readonly report: Report
}

interface Attempt {
  readonly slide: Slide
  /** Px too many when it was last laid out, null where that is to be done. */
  readonly over: number | null
}

/** A list of more items is read, not heard: it goes on over another slide though it would fit. */
const mostItems = 7
/** Rounds in which slides are changed and laid out again; ten divide one into a thousand. */
const mostRounds = 40
const tolerance = 0.5
const millimetresPerPixel = 25.4 / 96

/** Fits every slide. Reports `slide-overflow` for each that nothing makes fit. */
export function fitSlides(slides: readonly Slide[], fitting: Fitting): readonly Slide[] {
  const whole = slides.map(uncrowded)
  // Where everything fits at once, the very slides that were laid out come back, so that they need not be laid out again.
  const first = numbered(whole)
  const overflows = fitting.measure(first)
  if (overflows.every((over) => over <= tolerance)) return first
  let at = 0
  let groups: readonly (readonly Attempt[])[] = whole.map((parts) => parts.map((slide) => ({ slide, over: overflows[at++] ?? 0 })))
  for (let round = 0; round < mostRounds; round++) {
    const next = groups.map((group) => group.flatMap(improved))
    if (next.every((group) => group.every(({ over }) => over !== null))) break
    groups = measured(next, fitting.measure)
  }
  for (const { slide, over } of groups.flat()) if (over !== null && over > tolerance) reportLong(slide, over, fitting)
  return numbered(groups.map((group) => group.map(({ slide }) => slide)))
}

function uncrowded(slide: Slide): readonly Slide[] {
  const list = slide.blocks.at(-1)
  if (slide.layout !== 'bullets' || (list?.kind !== 'bullet-list' && list?.kind !== 'ordered-list') || list.items.length <= mostItems)
    return [slide]
  const parts = splitSlide(slide)
  return parts.length > 1 ? parts.flatMap(uncrowded) : parts
}

/** Lays out what is not yet measured, all of it at once. */
function measured(groups: readonly (readonly Attempt[])[], measure: Fitting['measure']): readonly (readonly Attempt[])[] {
  const open = groups.flat().filter(({ over }) => over === null)
  const parts = numbered(groups.map((group) => group.map(({ slide }) => slide)))
  const places = groups.flat().map(({ over }) => over === null)
  const overflows = measure(parts.filter((_, index) => places[index]))
  const known = new Map(open.map((attempt, index) => [attempt, overflows[index] ?? 0]))
  return groups.map((group) => group.map((attempt) => ({ slide: attempt.slide, over: attempt.over ?? known.get(attempt) ?? 0 })))
}

/** The next thing to try with a slide that is too long: tighter, in two, smaller. */
function improved(attempt: Attempt): readonly Attempt[] {
  const { slide, over } = attempt
  if (over === null || over <= tolerance) return [attempt]
  if (slide.density < tightDensity) return [{ slide: { ...slide, density: slide.density + 1 }, over: null }]
  const parts = splitSlide(slide)
  if (parts.length > 1) return parts.map((part) => ({ slide: { ...part, density: 0 }, over: null }))
  if (slide.density < smallestDensity) return [{ slide: { ...slide, density: slide.density + 1 }, over: null }]
  return [attempt]
}

function reportLong(slide: Slide, over: number, { document, report }: Fitting): void {
  const position = slide.blocks[0]?.position ?? slide.title[0]?.position ?? { file: document.file, line: 1, column: 1 }
  report(
    diagnosticAt(document.source, {
      severity: 'error',
      code: 'slide-overflow',
      message: `A block is ${Math.ceil(over * millimetresPerPixel)} mm too long for a slide, even at the smallest size, and cannot be divided.`,
      position,
      hint: 'Shorten it, divide it with a heading or ---, or keep it off the slides with slides=notes.',
    }),
  )
}

/** Says of each part which it is, where there are several; parts of one slide are set in one size as far as that keeps them readable. */
function numbered(groups: readonly (readonly Slide[])[]): readonly Slide[] {
  const taken = new Set(groups.flatMap((parts) => parts.map((part) => part.id)))
  return groups.flatMap((parts) => {
    if (parts.length === 1) return parts
    const density = Math.min(tightDensity, Math.max(...parts.map((part) => part.density)))
    return parts.map((part, index) => ({
      ...part,
      id: index === 0 ? part.id : freeId(`${part.id}-${index + 1}`, taken),
      density: Math.max(part.density, density),
      part: { index: index + 1, of: parts.length },
    }))
  })
}

function freeId(wish: string, taken: Set<string>): string {
  let id = wish
  for (let count = 2; taken.has(id); count++) id = `${wish}-${count}`
  taken.add(id)
  return id
}
