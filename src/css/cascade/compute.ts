/**
 * In: blocks that apply to an element, weakest first, and its parent's values. Out: its computed values
 * (CSS Cascade 5, sections 6 and 7).
 */
import { initialValues, type Values } from '../properties/initial.js'
import type { ComputeContext, Items, Property } from '../properties/property.js'
import { registry } from '../properties/registry.js'
import { withoutSpace } from '../syntax/component.js'
import type { LengthBases } from '../values/length.js'
import { type Block, type Declared, expandShorthand, INITIAL } from './declarations.js'
import { LEVELS_PER_ORIGIN } from './style-sheet.js'
import { type CustomValues, type Lookup, type RegisteredProperty, resolveCustom, substitute } from './variables.js'

/** A block with its place: origin and layer in one number, later winning. */
export interface Applied {
  readonly block: Block
  readonly level: number
}
/** What the font says of its own size, in px per px of font size. */
export type FontMetrics = (style: Pick<Values, 'fontFamily' | 'fontSize' | 'fontWeight' | 'fontStyle' | 'fontStretch'>) => {
  readonly ex: number
  readonly ch: number
}
/** What all elements of a document share; px. */
export interface Environment {
  readonly viewport: { readonly width: number; readonly height: number }
  readonly metrics?: FontMetrics | undefined
}
export interface ComputeInput {
  readonly applied: readonly Applied[]
  readonly parent: { readonly values: Readonly<Values>; readonly custom: CustomValues }
  /** Null for the root itself. */
  readonly root: Readonly<Values> | null
  readonly environment: Environment
  /** The element's attributes, for attr(). */
  readonly attribute: (name: string) => string | undefined
  readonly registered: ReadonlyMap<string, RegisteredProperty>
}
export interface Computed {
  readonly values: Values
  readonly custom: CustomValues
}

interface Placed {
  readonly declared: Declared
  readonly level: number
}
const CURRENT_COLOR = [
  'borderTopColor',
  'borderRightColor',
  'borderBottomColor',
  'borderLeftColor',
  'textDecorationColor',
  'outlineColor',
  'columnRuleColor',
] as const

/** All declarations from the weakest to the strongest: important ones come last, with the origins turned round. */
function ordered(applied: readonly Applied[]): Placed[] {
  const list: Placed[] = []
  for (const { block, level } of applied) for (const declared of block.declared) if (!declared.important) list.push({ declared, level })
  const important = applied.filter(({ block }) => block.hasImportant)
  if (important.length > 0) {
    const strongestLast = [...important].sort((a, b) => b.level - a.level)
    for (const { block, level } of strongestLast)
      for (const declared of block.declared) if (declared.important) list.push({ declared, level })
  }
  return list
}

function customOf(list: readonly Placed[], { parent, registered, attribute }: ComputeInput): CustomValues {
  const own = new Map<string, Items | null>()
  for (const { declared } of list) {
    if (declared.kind !== 'custom') continue
    if (declared.wide === null) own.set(declared.name, declared.items)
    else if (declared.wide === 'initial') own.set(declared.name, null)
    else own.delete(declared.name)
  }
  return resolveCustom({ own, inherited: parent.custom, registered, attribute })
}

/** The winning declaration of each property, by its slot. */
class Winners {
  readonly #list: readonly Placed[]
  readonly #at: Int32Array
  readonly #direction: 'ltr' | 'rtl'

  constructor(list: readonly Placed[], direction: 'ltr' | 'rtl') {
    this.#list = list
    this.#direction = direction
    const { properties, slots } = registry()
    this.#at = new Int32Array(properties.length).fill(-1)
    for (const [i, { declared }] of list.entries()) {
      if (declared.kind !== 'custom') this.#at[slots.get(declared.longhand[direction]) as number] = i
    }
  }

  /** Undefined where nothing is declared; reverts go back to what stands before their origin or layer. */
  of(property: Property, slot: number): Exclude<Declared, { kind: 'custom' }> | undefined {
    let at = this.#at[slot] as number
    while (at >= 0) {
      const { declared, level } = this.#list[at] as Placed
      if (declared.kind === 'custom') return undefined
      if (declared.kind !== 'wide' || (declared.wide !== 'revert' && declared.wide !== 'revert-layer')) return declared
      const limit = declared.wide === 'revert' ? revertLimit(level) : level
      at = this.#before(property, at, limit)
    }
    return undefined
  }

  #before(property: Property, from: number, limit: number): number {
    for (let i = from - 1; i >= 0; i--) {
      const { declared, level } = this.#list[i] as Placed
      if (level < limit && declared.kind !== 'custom' && declared.longhand[this.#direction] === property) return i
    }
    return -1
  }
}

/** Author styles and hints revert to the user's, the user's to the user agent's. */
function revertLimit(level: number): number {
  const origin = Math.floor(level / LEVELS_PER_ORIGIN)
  return Math.min(origin, 2) * LEVELS_PER_ORIGIN
}

/** The px of a line, with 1.2 em for `normal`, which only the font could say better. */
function linePx(values: Readonly<Values>): number {
  const { lineHeight, fontSize } = values
  return lineHeight === 'normal' ? fontSize * 1.2 : typeof lineHeight === 'number' ? lineHeight * fontSize : lineHeight.px
}

function basesOf(values: Readonly<Values>, root: Readonly<Values>, environment: Environment): LengthBases {
  const { width, height } = environment.viewport
  const bases = { em: values.fontSize, rem: root.fontSize, lh: linePx(values), rlh: linePx(root), vw: width, vh: height }
  if (!environment.metrics) return bases
  const { metrics } = environment
  return {
    ...bases,
    ex: () => metrics(values).ex * values.fontSize,
    ch: () => metrics(values).ch * values.fontSize,
    rex: () => metrics(root).ex * root.fontSize,
    rch: () => metrics(root).ch * root.fontSize,
  }
}

type Specified = { readonly value: unknown } | 'initial' | 'inherit' | 'unset'

/** Fills in what waits for the element; invalid at computed-value time is unset. */
function settle(declared: Exclude<Declared, { kind: 'custom' }>, lookup: Lookup): Specified {
  if (declared.kind === 'value') return { value: declared.value }
  if (declared.kind === 'wide') return declared.wide === 'initial' || declared.wide === 'inherit' ? declared.wide : 'unset'
  const filled = substitute(declared.items, lookup)
  if (!filled) return 'unset'
  const items = withoutSpace(filled)
  const [only] = items
  if (items.length === 1 && only?.kind === 'ident' && (only.lower === 'initial' || only.lower === 'inherit' || only.lower === 'unset'))
    return only.lower
  const value = declared.shorthand ? expandShorthand(declared.shorthand, items)?.[declared.part] : declared.longhand.ltr.parse(items)
  if (value === INITIAL) return 'initial'
  return value === undefined ? 'unset' : { value }
}

function directionOf(list: readonly Placed[], input: ComputeInput, lookup: Lookup): 'ltr' | 'rtl' {
  let direction = input.parent.values.direction
  for (const { declared } of list) {
    if (declared.kind === 'custom' || declared.longhand.ltr.name !== 'direction') continue
    const settled = settle(declared, lookup)
    direction = typeof settled === 'object' ? (settled.value as 'ltr') : settled === 'initial' ? 'ltr' : input.parent.values.direction
  }
  return direction
}

/** Computes all values of one element. */
export function computeValues(input: ComputeInput): Computed {
  const { parent, environment } = input
  const list = ordered(input.applied)
  const custom = customOf(list, input)
  const lookup: Lookup = { custom: (name) => custom.get(name), attribute: input.attribute }
  const direction = directionOf(list, input, lookup)
  const winners = new Winners(list, direction)
  const initial = initialValues()
  const values: Values = { ...initial }
  const rootValues = input.root ?? initial
  const parentBases = basesOf(parent.values, rootValues, environment)
  let context: ComputeContext = {
    bases: parentBases,
    parentBases,
    parent: parent.values,
    color: parent.values.color,
    direction,
    fontSize: parent.values.fontSize,
  }
  const currentColor = new Set<string>(CURRENT_COLOR)
  let fontsDone = false
  for (const [slot, property] of registry().properties.entries()) {
    if (!fontsDone && !property.name.startsWith('font-') && property.key !== 'lineHeight' && property.key !== 'color') {
      fontsDone = true
      const root = input.root ?? values
      context = { ...context, bases: basesOf(values, root, environment), color: values.color }
    }
    const value = usedFor({ property, declared: winners.of(property, slot), parent: parent.values, initial, lookup, context })
    if (value !== undefined) {
      set(values, property, value)
      currentColor.delete(property.key)
    }
    if (property.key === 'fontSize') {
      const bases = { ...parentBases, em: values.fontSize, rem: input.root ? parentBases.rem : values.fontSize }
      context = { ...context, bases, fontSize: values.fontSize }
    }
  }
  for (const key of CURRENT_COLOR) if (currentColor.has(key)) values[key] = values.color
  return { values, custom }
}

interface ValueInput {
  readonly property: Property
  readonly declared: Exclude<Declared, { kind: 'custom' }> | undefined
  readonly parent: Readonly<Values>
  readonly initial: Readonly<Values>
  readonly lookup: Lookup
  readonly context: ComputeContext
}

/** Undefined where the initial value, already in its place, stays. */
function usedFor({ property, declared, parent, lookup, context }: ValueInput): unknown {
  const specified = declared ? settle(declared, lookup) : 'unset'
  if (typeof specified === 'object') return property.compute(specified.value, context)
  return specified === 'inherit' || (specified === 'unset' && property.inherited) ? parent[property.key] : undefined
}

/** The property's own compute() made the value, so it fits its key. */
function set(values: Values, property: Property, value: unknown): void {
  ;(values as Record<string, unknown>)[property.key] = value
}
