/**
 * Font matching (CSS Fonts 4, section 5.2): of the faces of one family, the one nearest to a style. In: faces and the style's
 * stretch, slant and weight. Out: one face.
 */

export interface FaceDescription {
  /** Ranges; equal ends for a static face. */
  readonly weight: readonly [number, number]
  readonly stretch: readonly [number, number]
  readonly style: 'normal' | 'italic' | 'oblique'
}

export interface FontRequest {
  readonly weight: number
  readonly stretch: number
  readonly style: 'normal' | 'italic' | 'oblique'
}

const slantOrder: Readonly<Record<FontRequest['style'], readonly FontRequest['style'][]>> = {
  italic: ['italic', 'oblique', 'normal'],
  oblique: ['oblique', 'italic', 'normal'],
  normal: ['normal', 'oblique', 'italic'],
}

/** How far a range is from what is wanted; a distance on the side looked at later is made larger than any on the first side. */
function distance(range: readonly [number, number], wanted: number, lowerFirst: boolean): number {
  const [low, high] = range
  if (wanted >= low && wanted <= high) return 0
  const below = high < wanted
  const away = below ? wanted - high : low - wanted
  return below === lowerFirst ? away : away + 10_000
}

function weightDistance(range: readonly [number, number], wanted: number): number {
  const [low, high] = range
  if (wanted >= 400 && wanted <= 500) {
    if (wanted >= low && wanted <= high) return 0
    if (low > wanted && low <= 500) return low - wanted
    return (high < wanted ? wanted - high : 10_000 + low - wanted) + 1_000
  }
  return distance(range, wanted, wanted < 400)
}

/** The faces of one family, best first: by stretch, then slant, then weight. All that tie with the best are kept, for unicode-range. */
export function bestFaces<F extends FaceDescription>(faces: readonly F[], request: FontRequest): readonly F[] {
  const narrow = (candidates: readonly F[], cost: (face: F) => number): readonly F[] => {
    const costs = candidates.map(cost)
    const least = Math.min(...costs)
    return candidates.filter((_, index) => costs[index] === least)
  }
  const byStretch = narrow(faces, (face) => distance(face.stretch, request.stretch, request.stretch <= 100))
  const bySlant = narrow(byStretch, (face) => slantOrder[request.style].indexOf(face.style))
  return narrow(bySlant, (face) => weightDistance(face.weight, request.weight))
}
