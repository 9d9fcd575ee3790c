/**
 * Which cells of a grid are taken (CSS Grid 1 section 8.5). In: areas as they are placed. Out: whether another overlaps one of them. Areas are found by
 * the tracks that they lie in, so that neither many items nor large spans cost more than they must.
 */
import type { FlowArea, TrackRange } from './grid-placement.js'

/** Areas that reach over more tracks than this are kept apart. */
const tallSpan = 64

const overlaps = (a: TrackRange, b: TrackRange): boolean => a.start < b.end && b.start < a.end

export class GridOccupancy {
  readonly #byTrack = new Map<number, FlowArea[]>()
  readonly #short: FlowArea[] = []
  readonly #tall: FlowArea[] = []

  add(area: FlowArea): void {
    const { start, end } = area.major
    if (end - start > tallSpan) {
      this.#tall.push(area)
      return
    }
    this.#short.push(area)
    for (let track = start; track < end; track++) {
      const known = this.#byTrack.get(track)
      if (known) known.push(area)
      else this.#byTrack.set(track, [area])
    }
  }

  /** An area in the way, or null. */
  hit(area: FlowArea): FlowArea | null {
    const blocks = (other: FlowArea) => overlaps(other.major, area.major) && overlaps(other.minor, area.minor)
    const tall = this.#tall.find(blocks)
    if (tall) return tall
    const { start, end } = area.major
    if (end - start > tallSpan) return this.#short.find(blocks) ?? null
    for (let track = start; track < end; track++) {
      const found = this.#byTrack.get(track)?.find((other) => overlaps(other.minor, area.minor))
      if (found) return found
    }
    return null
  }
}
