/** The transform of an SVG element (CSS Transforms 1, sections 6 and 8). In: its style and box. Out: one matrix. */
import type { Matrix } from '../canvas.js'
import type { LazyBounds } from './clip-mask.js'
import { lengthOf } from './lengths.js'
import type { SvgScope } from './scope.js'
import type { SvgStyle } from './svg-style.js'
import { identity, multiply, parseTransform } from './transform.js'

const sides: Readonly<Record<string, number>> = { left: 0, top: 0, center: 0.5, right: 1, bottom: 1 }

/** The attribute, or CSS's translate, rotate, scale and transform around transform-origin. */
export function ownTransform(style: SvgStyle, { viewport }: SvgScope, bounds: LazyBounds): Matrix {
  const single = ['translate', 'rotate', 'scale'].flatMap((name) => {
    const text = style.declared(name)
    return text === undefined || text === 'none' ? [] : [`${name}(${text})`]
  })
  const functions = [...single, style.own('transform') ?? ''].join(' ').trim()
  if (functions === '') return identity
  const inBox = /^(?:fill|stroke|content|border)-box$/.test(style.own('transform-box') ?? '')
  const origin = style.own('transform-origin')
  const box = inBox ? (bounds() ?? { x: 0, y: 0, width: 0, height: 0 }) : { x: 0, y: 0, ...viewport }
  const matrix = parseTransform(functions, { width: box.width, height: box.height, fontSize: style.fontSize })
  if (origin === undefined && !inBox) return matrix
  const parts = (origin ?? '').split(/\s+/).filter(Boolean)
  const first = parts[0] ?? (inBox ? 'center' : '0')
  const second = parts[1] ?? (inBox || sides[first] !== undefined ? 'center' : '0')
  const turned = first === 'top' || first === 'bottom' || second === 'left' || second === 'right'
  const [across, down] = turned ? [second, first] : [first, second]
  const at = (text: string, size: number): number => {
    const side = sides[text]
    return side === undefined ? (lengthOf(text, style.fontSize, size) ?? 0) : side * size
  }
  const x = box.x + at(across, box.width)
  const y = box.y + at(down, box.height)
  return multiply(multiply([1, 0, 0, 1, x, y], matrix), [1, 0, 0, 1, -x, -y])
}
