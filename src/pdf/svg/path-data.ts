/**
 * Path data (SVG 2, section 9.3) → path operators (ISO 32000-1, section 8.5.2). In: the `d` attribute. Out: operators, and the
 * vertices with their directions, for markers. An error ends the path where it stands (SVG 2, section 9.5.4).
 */
import { number } from '../syntax.js'

export interface PathVertex {
  readonly x: number
  readonly y: number
  /** Radians; direction in which the path arrives and leaves. */
  readonly arrives: number
  readonly leaves: number
}
export interface ParsedPath {
  readonly operators: string
  readonly vertices: readonly PathVertex[]
}

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

/** Reads path data. */
export function parsePath(data: string): ParsedPath {
  const out: string[] = []
  const ends: { x: number; y: number; from: readonly [number, number]; to: readonly [number, number] }[] = []
  const pen: Pen = { x: 0, y: 0, startX: 0, startY: 0, controlX: 0, controlY: 0, last: '' }
  for (const [command, values] of commandsOf(data)) {
    const before: readonly [number, number] = [pen.x, pen.y]
    const curves = drawCommand(command, values, pen)
    for (const curve of curves) out.push(curve.text)
    const first = curves[0]
    const last = curves.at(-1)
    ends.push({
      x: pen.x,
      y: pen.y,
      from: first?.departs ?? [pen.x - before[0], pen.y - before[1]],
      to: last?.arrives ?? [pen.x - before[0], pen.y - before[1]],
    })
  }
  return { operators: out.join(' '), vertices: verticesOf(ends) }
}

function verticesOf(
  ends: readonly { x: number; y: number; from: readonly [number, number]; to: readonly [number, number] }[],
): PathVertex[] {
  return ends.map((end, index) => {
    const next = ends[index + 1]
    const arrives = index === 0 ? (next ? angle(next.from) : 0) : angle(end.to)
    return { x: end.x, y: end.y, arrives, leaves: next ? angle(next.from) : arrives }
  })
}

const angle = ([dx, dy]: readonly [number, number]): number => Math.atan2(dy, dx)

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
  readonly text: string
  readonly departs: readonly [number, number]
  readonly arrives: readonly [number, number]
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
      return [{ text: 'h', departs, arrives: departs }]
    }
  }
}

const reflected = (pen: Pen): [number, number] => [2 * pen.x - pen.controlX, 2 * pen.y - pen.controlY]

function moveTo(pen: Pen, x: number, y: number): Curve {
  Object.assign(pen, { x, y, startX: x, startY: y })
  return { text: `${number(x)} ${number(y)} m`, departs: [0, 0], arrives: [0, 0] }
}

function lineTo(pen: Pen, x: number, y: number): Curve {
  const direction: [number, number] = [x - pen.x, y - pen.y]
  Object.assign(pen, { x, y })
  return { text: `${number(x)} ${number(y)} l`, departs: direction, arrives: direction }
}

type Cubic = readonly [number, number, number, number, number, number]

function curveTo(pen: Pen, [x1, y1, x2, y2, x, y]: Cubic): Curve {
  const departs: [number, number] = x1 === pen.x && y1 === pen.y ? [x2 - pen.x, y2 - pen.y] : [x1 - pen.x, y1 - pen.y]
  const arrives: [number, number] = x2 === x && y2 === y ? [x - x1, y - y1] : [x - x2, y - y2]
  Object.assign(pen, { x, y, controlX: x2, controlY: y2 })
  return { text: `${[x1, y1, x2, y2, x, y].map(number).join(' ')} c`, departs, arrives }
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
