/**
 * Transforms in two dimensions (CSS Transforms 1, sections 4 and 12; Transforms 2, section 5, for translate, rotate and scale). In: component
 * values. Out: functions whose lengths are px or wait for the box.
 */
import type { TransformFunction } from '../computed-style.js'
import { type FunctionComponent, withoutSpace } from '../syntax/component.js'
import { angleOf, lengthFrom, numberOf } from '../values/calc.js'
import { type LengthBases, resolveLength, type SpecifiedLength } from '../values/length.js'
import { positionFrom, resolveOffset, type SpecifiedPosition } from './position.js'
import { commaList, define, type Items, identOf, keywordOf, type Property, single } from './property.js'

type Specified = TransformFunction | { readonly kind: 'move'; readonly x: SpecifiedLength; readonly y: SpecifiedLength }
type SixNumbers = readonly [number, number, number, number, number, number]

const matrix = (values: SixNumbers): Specified => ({ kind: 'matrix', matrix: values })
const move = (x: SpecifiedLength, y: SpecifiedLength): Specified => ({ kind: 'move', x, y })

function turn(degrees: number): Specified {
  const radians = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)]
  return matrix([cos, sin, -sin, cos, 0, 0])
}

function skew(x: number, y: number): Specified {
  return matrix([1, Math.tan((y * Math.PI) / 180), Math.tan((x * Math.PI) / 180), 1, 0, 0])
}

/** A number, or a percentage of 1. */
function factorOf(items: Items | undefined): number | undefined {
  const item = items?.length === 1 ? items[0] : undefined
  return item?.kind === 'percentage' ? item.value / 100 : numberOf(item)
}

type Reader = (parts: readonly Items[]) => Specified | undefined
const one = (parts: readonly Items[], at: number): Items[number] | undefined => (parts[at]?.length === 1 ? parts[at]?.[0] : undefined)
const angle = (parts: readonly Items[], at: number): number | undefined => angleOf(one(parts, at))
const length = (parts: readonly Items[], at: number): SpecifiedLength | undefined => lengthFrom(one(parts, at), { percent: true })

function scaled(x: number | undefined, y: number | undefined): Specified | undefined {
  return x === undefined || y === undefined ? undefined : matrix([x, 0, 0, y, 0, 0])
}
function moved(x: SpecifiedLength | undefined, y: SpecifiedLength | undefined): Specified | undefined {
  return x === undefined || y === undefined ? undefined : move(x, y)
}
const withAngle = (degrees: number | undefined, make: (degrees: number) => Specified): Specified | undefined =>
  degrees === undefined ? undefined : make(degrees)

/** By name: how many arguments, and what they make. Depth is not drawn on paper. */
const FUNCTIONS: Readonly<Record<string, readonly [number, number, Reader]>> = {
  translate: [1, 2, (parts) => moved(length(parts, 0), parts.length > 1 ? length(parts, 1) : 0)],
  translatex: [1, 1, (parts) => moved(length(parts, 0), 0)],
  translatey: [1, 1, (parts) => moved(0, length(parts, 0))],
  translate3d: [3, 3, (parts) => moved(length(parts, 0), length(parts, 1))],
  translatez: [1, 1, () => move(0, 0)],
  scale: [1, 2, (parts) => scaled(factorOf(parts[0]), factorOf(parts[1] ?? parts[0]))],
  scalex: [1, 1, (parts) => scaled(factorOf(parts[0]), 1)],
  scaley: [1, 1, (parts) => scaled(1, factorOf(parts[0]))],
  scale3d: [3, 3, (parts) => scaled(factorOf(parts[0]), factorOf(parts[1]))],
  rotate: [1, 1, (parts) => withAngle(angle(parts, 0), turn)],
  rotatez: [1, 1, (parts) => withAngle(angle(parts, 0), turn)],
  skewx: [1, 1, (parts) => withAngle(angle(parts, 0), (x) => skew(x, 0))],
  skewy: [1, 1, (parts) => withAngle(angle(parts, 0), (y) => skew(0, y))],
  skew: [
    1,
    2,
    (parts) => {
      const x = angle(parts, 0)
      const y = parts.length > 1 ? angle(parts, 1) : 0
      return x === undefined || y === undefined ? undefined : skew(x, y)
    },
  ],
  matrix: [
    6,
    6,
    (parts) => {
      const values = parts.map((part) => numberOf(single(part)))
      return values.includes(undefined) ? undefined : matrix(values as unknown as SixNumbers)
    },
  ],
}

function functionFrom(item: FunctionComponent): Specified | undefined {
  const known = FUNCTIONS[item.name]
  const parts = commaList(withoutSpace(item.items))
  if (!known || !parts || parts.length < known[0] || parts.length > known[1]) return undefined
  return known[2](parts)
}

function listFrom(items: Items): readonly Specified[] | undefined {
  if (keywordOf(items) === 'none') return []
  const list = items.map((item) => (item.kind === 'function' ? functionFrom(item) : undefined))
  return list.length > 0 && !list.includes(undefined) ? (list as Specified[]) : undefined
}

/** A third length moves in depth. */
function translateFrom(items: Items): readonly Specified[] | undefined {
  if (keywordOf(items) === 'none') return []
  const lengths = items.map((item) => lengthFrom(item, { percent: true }))
  const [x, y = 0] = lengths
  return x !== undefined && lengths.length <= 3 && !lengths.includes(undefined) ? [move(x, y)] : undefined
}

function rotateFrom(items: Items): readonly Specified[] | undefined {
  if (keywordOf(items) === 'none') return []
  const rest = items.filter((item) => identOf(item) !== 'z')
  const degrees = angleOf(single(rest))
  return degrees === undefined ? undefined : [turn(degrees)]
}

function scaleFrom(items: Items): readonly Specified[] | undefined {
  if (keywordOf(items) === 'none') return []
  const factors = items.map((item) => factorOf([item]))
  const [x, y = x] = factors
  const made = items.length <= 3 && !factors.includes(undefined) ? scaled(x, y) : undefined
  return made && [made]
}

function resolved(list: readonly Specified[], bases: LengthBases): readonly TransformFunction[] {
  return list.map((item) =>
    item.kind === 'move' ? { kind: 'translate', x: resolveLength(item.x, bases), y: resolveLength(item.y, bases) } : item,
  )
}

function listProperty(
  name: string,
  key: 'transformList' | 'translate' | 'rotate' | 'scale',
  definition: { readonly syntax: string; readonly parse: (items: Items) => readonly Specified[] | undefined },
): Property {
  return define<typeof key, readonly Specified[]>(name, key, {
    ...definition,
    initial: 'none',
    compute: (list, { bases }) => resolved(list, bases),
  })
}

/** A third value, the depth, is read and dropped. */
function origin(items: Items): SpecifiedPosition | undefined {
  const flat = items.length === 3 && lengthFrom(items[2], {}) !== undefined ? items.slice(0, 2) : items
  return flat.length <= 2 ? positionFrom(flat) : undefined
}

function originProperty(name: string, key: 'transformOriginX' | 'transformOriginY'): Property {
  return define<typeof key, SpecifiedPosition>(name, key, {
    syntax: '<position> <length>?',
    initial: '50% 50%',
    parse: origin,
    compute: (value, { bases }) => resolveOffset(key === 'transformOriginX' ? value.x : value.y, bases),
  })
}

/** All properties of this file. */
export function transformProperties(): Property[] {
  return [
    listProperty('transform', 'transformList', { syntax: 'none | <transform-function>+', parse: listFrom }),
    listProperty('translate', 'translate', { syntax: 'none | <length-percentage>{1,2} <length>?', parse: translateFrom }),
    listProperty('rotate', 'rotate', { syntax: 'none | <angle>', parse: rotateFrom }),
    listProperty('scale', 'scale', { syntax: 'none | [ <number> | <percentage> ]{1,3}', parse: scaleFrom }),
    originProperty('-x-transform-origin-x', 'transformOriginX'),
    originProperty('-x-transform-origin-y', 'transformOriginY'),
  ]
}
