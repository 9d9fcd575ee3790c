/**
 * Path data (SVG 2, section 9.3) → segments of lines and cubic curves. In: the `d` attribute. Out: segments, and the vertices with their
 * directions, for markers. An error ends the path where it stands (SVG 2, section 9.5.4).
 */
import type { ParsedPath, PathSegment, PathVertex } from './path-geometry.js'

const argumentCounts: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 }

interface Pen {
  x: number
  y: number
  startX: number
  startY: number
  /** The last control point, for S and T. */
  controlX: number
  controlY: number
  last: string
}

type Direction = readonly [number, number]

/** Where one command ends, and the directions in which its own line departs and arrives. */
interface CommandEnd {
  readonly x: number
  readonly y: number
  readonly from: Direction
  readonly to: Direction
  readonly kind: string
}

/** Reads path data. */
export function parsePath(data: string): ParsedPath {
  const segments: PathSegment[] = []
  const ends: CommandEnd[] = []
  const pen: Pen = { x: 0, y: 0, startX: 0, startY: 0, controlX: 0, controlY: 0, last: '' }
  for (const [command, values] of commandsOf(data)) {
    const before = pen.last
    const curves = drawCommand(command, values, pen)
    // After a closing line the next subpath starts where this one did.
    if (before === 'Z' && pen.last !== 'M' && pen.last !== 'Z') segments.push(['M', pen.startX, pen.startY])
    for (const curve of curves) segments.push(curve.segment)
    ends.push({ x: pen.x, y: pen.y, from: curves[0]?.departs ?? none, to: curves.at(-1)?.arrives ?? none, kind: pen.last })
  }
  return { segments, vertices: verticesOf(ends) }
}

const none: Direction = [0, 0]
const hasLength = ([dx, dy]: Direction): boolean => dx !== 0 || dy !== 0

/** Directions at the vertices (SVG 2, section 13.7.4): where a line has no length, those of its neighbours count. */
function verticesOf(ends: readonly CommandEnd[]): PathVertex[] {
  return ends.map((end, index) => {
    const arrives = end.kind === 'M' ? closingInto(ends, index) : (backwards(ends, index) ?? null)
    const leaves = end.kind === 'Z' ? openingOf(ends, index) : forwards(ends, index + 1)
    return { x: end.x, y: end.y, direction: between(arrives, leaves) }
  })
}

function forwards(ends: readonly CommandEnd[], from: number): Direction | null {
  for (let index = from; index < ends.length; index++) {
    const end = ends[index] as CommandEnd
    if (end.kind === 'M') return null
    if (hasLength(end.from)) return end.from
  }
  return null
}

function backwards(ends: readonly CommandEnd[], from: number): Direction | null {
  for (let index = from; index >= 0; index--) {
    const end = ends[index] as CommandEnd
    if (end.kind === 'M') return null
    if (hasLength(end.to)) return end.to
  }
  return null
}

/** The closing line's direction, where the subpath that starts here is closed. */
function closingInto(ends: readonly CommandEnd[], start: number): Direction | null {
  for (let index = start + 1; index < ends.length && ends[index]?.kind !== 'M'; index++)
    if (ends[index]?.kind === 'Z') return backwards(ends, index)
  return null
}

/** The first direction of the subpath that is closed here. */
function openingOf(ends: readonly CommandEnd[], close: number): Direction | null {
  let start = close - 1
  while (start > 0 && ends[start]?.kind !== 'M') start--
  return forwards(ends, start + 1)
}

/** The bisector of two directions, radians. */
function between(arrives: Direction | null, leaves: Direction | null): number {
  const one = arrives ?? leaves ?? [1, 0]
  const two = leaves ?? arrives ?? [1, 0]
  const [a, b] = [Math.hypot(...one), Math.hypot(...two)]
  const x = one[0] / a + two[0] / b
  const y = one[1] / a + two[1] / b
  return Math.hypot(x, y) < 1e-9 ? Math.atan2(one[1], one[0]) + Math.PI / 2 : Math.atan2(y, x)
}

function* commandsOf(data: string): Generator<readonly [string, readonly number[]]> {
  const tokens = data.matchAll(/([MmLlHhVvCcSsQqTtAaZz])|([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/g)
  let command = ''
  let values: number[] = []
  let first = true
  for (const [, letter, value] of withArcFlags(tokens)) {
    if (letter) {
      if (values.length > 0) return
      if (first && letter.toUpperCase() !== 'M') return
      first = false
      command = letter
      if (letter.toUpperCase() === 'Z') yield [command, []]
      continue
    }
    if (command === '' || command.toUpperCase() === 'Z') return
    values.push(Number(value))
    if (values.length < (argumentCounts[command.toUpperCase()] ?? 0)) continue
    yield [command, values]
    values = []
    if (command === 'M') command = 'L'
    else if (command === 'm') command = 'l'
  }
}

type Token = readonly [string, string | undefined, string | undefined]

/** The flags of arcs may stand without space before what follows: `a1 1 0 01.5.5`. */
function* withArcFlags(tokens: Iterable<RegExpMatchArray>): Generator<Token> {
  let arc = false
  let position = 0
  for (const [text, letter, value] of tokens) {
    if (letter) {
      arc = letter === 'A' || letter === 'a'
      position = 0
      yield [text, letter, undefined]
      continue
    }
    let rest = value ?? ''
    while (rest !== '') {
      const isFlag = arc && (position % 7 === 3 || position % 7 === 4)
      const part = isFlag ? rest.charAt(0) : rest
      yield [text, undefined, part]
      rest = isFlag ? rest.slice(1) : ''
      position++
    }
  }
}

interface Curve {
  readonly segment: PathSegment
  readonly departs: Direction
  readonly arrives: Direction
}

function drawCommand(command: string, values: readonly number[], pen: Pen): readonly Curve[] {
  const relative = command === command.toLowerCase()
  const dx = relative ? pen.x : 0
  const dy = relative ? pen.y : 0
  const at = (index: number) => (values[index] ?? 0) + (index % 2 === 0 ? dx : dy)
  const kind = command.toUpperCase()
  const { last } = pen
  pen.last = kind
  switch (kind) {
    case 'M':
      return [moveTo(pen, at(0), at(1))]
    case 'L':
      return [lineTo(pen, at(0), at(1))]
    case 'H':
      return [lineTo(pen, (values[0] ?? 0) + dx, pen.y)]
    case 'V':
      return [lineTo(pen, pen.x, (values[0] ?? 0) + dy)]
    case 'C':
      return [curveTo(pen, [at(0), at(1), at(2), at(3), at(4), at(5)])]
    case 'S': {
      const [x1, y1] = last === 'C' || last === 'S' ? reflected(pen) : [pen.x, pen.y]
      return [curveTo(pen, [x1, y1, at(0), at(1), at(2), at(3)])]
    }
    case 'Q':
      return [quadraticTo(pen, [at(0), at(1), at(2), at(3)])]
    case 'T': {
      const [x1, y1] = last === 'Q' || last === 'T' ? reflected(pen) : [pen.x, pen.y]
      return [quadraticTo(pen, [x1, y1, at(0), at(1)])]
    }
    case 'A': {
      const [rx = 0, ry = 0, turn = 0, large = 0, sweep = 0, x = 0, y = 0] = values
      return arcTo(pen, { rx, ry, turn, large: large !== 0, sweep: sweep !== 0, x: x + dx, y: y + dy })
    }
    default: {
      const departs: [number, number] = [pen.startX - pen.x, pen.startY - pen.y]
      pen.x = pen.startX
      pen.y = pen.startY
      return [{ segment: ['Z'], departs, arrives: departs }]
    }
  }
}

const reflected = (pen: Pen): [number, number] => [2 * pen.x - pen.controlX, 2 * pen.y - pen.controlY]

function moveTo(pen: Pen, x: number, y: number): Curve {
  Object.assign(pen, { x, y, startX: x, startY: y })
  return { segment: ['M', x, y], departs: [0, 0], arrives: [0, 0] }
}

function lineTo(pen: Pen, x: number, y: number): Curve {
  const direction: [number, number] = [x - pen.x, y - pen.y]
  Object.assign(pen, { x, y })
  return { segment: ['L', x, y], departs: direction, arrives: direction }
}

type Cubic = readonly [number, number, number, number, number, number]

function curveTo(pen: Pen, [x1, y1, x2, y2, x, y]: Cubic): Curve {
  const way: Direction[] = [
    [x1 - pen.x, y1 - pen.y],
    [x2 - x1, y2 - y1],
    [x - x2, y - y2],
  ]
  const departs = way.find(hasLength) ?? none
  const arrives = way.findLast(hasLength) ?? none
  Object.assign(pen, { x, y, controlX: x2, controlY: y2 })
  return { segment: ['C', x1, y1, x2, y2, x, y], departs, arrives }
}

function quadraticTo(pen: Pen, [x1, y1, x, y]: readonly [number, number, number, number]): Curve {
  const third = (from: number, control: number) => from + (2 / 3) * (control - from)
  const curve = curveTo(pen, [third(pen.x, x1), third(pen.y, y1), third(x, x1), third(y, y1), x, y])
  Object.assign(pen, { controlX: x1, controlY: y1 })
  return curve
}

interface Arc {
  readonly rx: number
  readonly ry: number
  /** Degrees. */
  readonly turn: number
  readonly large: boolean
  readonly sweep: boolean
  readonly x: number
  readonly y: number
}

/** SVG 2, appendix B.2: end points to centre, then quarter turns as cubic curves. */
function arcTo(pen: Pen, arc: Arc): readonly Curve[] {
  const { x, y } = arc
  if (pen.x === x && pen.y === y) return []
  let rx = Math.abs(arc.rx)
  let ry = Math.abs(arc.ry)
  if (rx === 0 || ry === 0) return [lineTo(pen, x, y)]
  const phi = (arc.turn * Math.PI) / 180
  const cos = Math.cos(phi)
  const sin = Math.sin(phi)
  const halfX = (pen.x - x) / 2
  const halfY = (pen.y - y) / 2
  const px = cos * halfX + sin * halfY
  const py = cos * halfY - sin * halfX
  const scale = Math.sqrt(Math.max(1, (px / rx) ** 2 + (py / ry) ** 2))
  rx *= scale
  ry *= scale
  const over = (rx * ry) ** 2 - (rx * py) ** 2 - (ry * px) ** 2
  const factor = (arc.large === arc.sweep ? -1 : 1) * Math.sqrt(Math.max(0, over / ((rx * py) ** 2 + (ry * px) ** 2)))
  const cx = (factor * rx * py) / ry
  const cy = (-factor * ry * px) / rx
  const centreX = cos * cx - sin * cy + (pen.x + x) / 2
  const centreY = sin * cx + cos * cy + (pen.y + y) / 2
  const start = Math.atan2((py - cy) / ry, (px - cx) / rx)
  let sweep = Math.atan2((-py - cy) / ry, (-px - cx) / rx) - start
  if (arc.sweep && sweep < 0) sweep += 2 * Math.PI
  if (!arc.sweep && sweep > 0) sweep -= 2 * Math.PI
  const steps = Math.max(1, Math.ceil(Math.abs(sweep) / (Math.PI / 2) - 1e-9))
  const step = sweep / steps
  const k = (4 / 3) * Math.tan(step / 4)
  const place = (a: number, b: number): [number, number] => [centreX + cos * rx * a - sin * ry * b, centreY + sin * rx * a + cos * ry * b]
  const curves: Curve[] = []
  for (let index = 0; index < steps; index++) {
    const from = start + step * index
    const to = from + step
    const one = place(Math.cos(from) - k * Math.sin(from), Math.sin(from) + k * Math.cos(from))
    const two = place(Math.cos(to) + k * Math.sin(to), Math.sin(to) - k * Math.cos(to))
    const end: [number, number] = index === steps - 1 ? [x, y] : place(Math.cos(to), Math.sin(to))
    curves.push(curveTo(pen, [...one, ...two, ...end]))
  }
  return curves
}
