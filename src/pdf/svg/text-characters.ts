/**
 * Characters of a text element with where they are put (SVG 2, sections 11.3, 11.4 and 11.7.3). In: a text element. Out: its
 * characters after white space is collapsed, each with its style and the positions that x, y, dx, dy and rotate give it.
 */
import type { HtmlElement, HtmlNode } from '../../html/dom.js'
import { lengthList, numbersOf } from './lengths.js'
import { referred, type SvgScope, styleOf } from './scope.js'
import type { SvgStyle } from './svg-style.js'

export interface Character {
  readonly text: string
  readonly style: SvgStyle
  /** Of tspan elements around. */
  readonly alpha: number
  readonly x: number | null
  readonly y: number | null
  readonly dx: number
  readonly dy: number
  /** Radians. */
  readonly rotate: number
  /** The textPath element that it stands on. */
  readonly path: TextPath | null
  /** Elements around that give a length, outermost first. */
  readonly fitted: readonly FittedLength[]
}
export interface TextPath {
  readonly element: HtmlElement
  readonly target: HtmlElement
}
export interface FittedLength {
  readonly length: number
  readonly glyphs: boolean
}

/** Lists of one element; characters count from its first one. */
interface Positions {
  readonly x: readonly number[]
  readonly y: readonly number[]
  readonly dx: readonly number[]
  readonly dy: readonly number[]
  readonly rotate: readonly number[]
  readonly start: number
}

interface Around {
  readonly style: SvgStyle
  readonly alpha: number
  /** Innermost first. */
  readonly positions: readonly Positions[]
  readonly path: TextPath | null
  readonly fitted: readonly FittedLength[]
}

const inlineNames: ReadonlySet<string> = new Set(['tspan', 'a', 'textPath'])
const deepest = 64

/** Reads a text element. */
export function charactersOf(element: HtmlElement, style: SvgStyle, scope: SvgScope): readonly Character[] {
  return new Collector(scope).collect(element, style)
}

class Collector {
  readonly #scope: SvgScope
  readonly #characters: Character[] = []
  #afterSpace = true

  constructor(scope: SvgScope) {
    this.#scope = scope
  }

  collect(element: HtmlElement, style: SvgStyle): readonly Character[] {
    this.#element(element, { style, alpha: 1, positions: [], path: null, fitted: [] }, 0)
    const last = this.#characters.at(-1)
    if (last?.text === ' ' && !last.style.preserveSpace) this.#characters.pop()
    return this.#characters
  }

  #element(element: HtmlElement, outer: Around, depth: number): void {
    if (depth > deepest) return
    const positions = this.#positions(element, outer.style)
    const fitted = this.#fitted(element, outer)
    const around = { ...outer, positions: [positions, ...outer.positions], fitted }
    for (const child of element.children) this.#node(child, around, depth)
  }

  #node(node: HtmlNode, around: Around, depth: number): void {
    if (node.kind === 'text') {
      for (const character of node.data) this.#add(character, around)
      return
    }
    if (!inlineNames.has(node.name)) return
    const style = styleOf(node, around.style, this.#scope)
    if (!style.displayed) return
    const target = node.name === 'textPath' ? referred(node, this.#scope) : undefined
    if (node.name === 'textPath' && !target) return
    const path = target ? { element: node, target } : around.path
    this.#element(node, { ...around, style, alpha: around.alpha * style.opacity, path }, depth + 1)
  }

  #add(character: string, around: Around): void {
    const { style } = around
    const isSpace = /^[\t\n\r ]$/.test(character)
    if (isSpace && !style.preserveSpace && this.#afterSpace) return
    this.#afterSpace = isSpace && !style.preserveSpace
    const index = this.#characters.length
    const at = (key: 'x' | 'y' | 'dx' | 'dy' | 'rotate'): number | undefined => {
      for (const positions of around.positions) {
        const list = positions[key]
        const value = list[index - positions.start] ?? (key === 'rotate' ? list.at(-1) : undefined)
        if (value !== undefined) return value
      }
      return undefined
    }
    this.#characters.push({
      text: isSpace ? ' ' : character,
      style,
      alpha: around.alpha,
      x: at('x') ?? null,
      y: at('y') ?? null,
      dx: at('dx') ?? 0,
      dy: at('dy') ?? 0,
      rotate: ((at('rotate') ?? 0) * Math.PI) / 180,
      path: around.path,
      fitted: around.fitted,
    })
  }

  #positions({ attributes }: HtmlElement, { fontSize }: SvgStyle): Positions {
    const { width, height } = this.#scope.viewport
    return {
      x: lengthList(attributes.get('x'), fontSize, width),
      y: lengthList(attributes.get('y'), fontSize, height),
      dx: lengthList(attributes.get('dx'), fontSize, width),
      dy: lengthList(attributes.get('dy'), fontSize, height),
      rotate: numbersOf(attributes.get('rotate')),
      start: this.#characters.length,
    }
  }

  #fitted({ attributes }: HtmlElement, outer: Around): readonly FittedLength[] {
    const text = attributes.get('textLength')
    const length = lengthList(text, outer.style.fontSize, this.#scope.viewport.width)[0]
    if (length === undefined || length < 0) return outer.fitted
    return [...outer.fitted, { length, glyphs: attributes.get('lengthAdjust') === 'spacingAndGlyphs' }]
  }
}
