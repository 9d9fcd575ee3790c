/**
 * In: values. Out: one frozen computed style per distinct set of them, all of one shape.
 */
import type { ComputedStyle } from '../computed-style.js'
import { initialStyle, type Values } from '../properties/initial.js'
import { registry } from '../properties/registry.js'

/** Text that is equal for equal values. JSON writes `null` for all that is not finite, so objects with one are written again. */
function keyOf(values: object): string {
  let text = ''
  for (const value of Object.values(values)) {
    if (typeof value === 'object' && value !== null) {
      const written = JSON.stringify(value)
      text += `${written.includes('null') ? JSON.stringify(value, finite) : written};`
    } else text += typeof value === 'string' ? `"${value};` : `${value};`
  }
  return text
}

const finite = (_name: string, part: unknown): unknown => (part === Number.POSITIVE_INFINITY ? 'infinite' : part)

/** Hands out styles for one document; ids count from 1. */
export class StyleTable {
  readonly #styles = new Map<string, ComputedStyle>()
  readonly #anonymous = new Map<ComputedStyle, Map<ComputedStyle['display'], ComputedStyle>>()
  #inherited: readonly (keyof ComputedStyle)[] | null = null

  /** The style with these values; inner values are left out. */
  intern(values: Readonly<Omit<ComputedStyle, 'id'>>): ComputedStyle {
    const style: Record<string, unknown> = { id: 0, ...initialStyle() }
    for (const key in style) if (key !== 'id') style[key] = values[key as 'display']
    const text = keyOf(style)
    let found = this.#styles.get(text)
    if (!found) {
      style.id = this.#styles.size + 1
      found = Object.freeze(style) as unknown as ComputedStyle
      this.#styles.set(text, found)
    }
    return found
  }

  /** See Styles.anonymous(). */
  anonymous(parent: ComputedStyle, display: ComputedStyle['display']): ComputedStyle {
    let byDisplay = this.#anonymous.get(parent)
    if (!byDisplay) {
      byDisplay = new Map()
      this.#anonymous.set(parent, byDisplay)
    }
    let style = byDisplay.get(display)
    if (!style) {
      style = this.#makeAnonymous(parent, display)
      byDisplay.set(display, style)
    }
    return style
  }

  #makeAnonymous(parent: ComputedStyle, display: ComputedStyle['display']): ComputedStyle {
    const values: Record<string, unknown> = { ...initialStyle(), display }
    this.#inherited ??= inheritedKeys()
    for (const key of this.#inherited) values[key] = parent[key]
    for (const side of ['Top', 'Right', 'Bottom', 'Left']) {
      values[`border${side}Width`] = 0
      values[`border${side}Color`] = parent.color
    }
    for (const key of ['textDecorationColor', 'outlineColor', 'columnRuleColor']) values[key] = parent.color
    values.outlineWidth = 0
    values.columnRuleWidth = 0
    return this.intern(values as unknown as Omit<ComputedStyle, 'id'>)
  }
}

function inheritedKeys(): (keyof ComputedStyle)[] {
  const shown = initialStyle()
  const keys = registry()
    .properties.filter((property) => property.inherited && property.key in shown)
    .map((property) => property.key)
  return [...(keys as (keyof ComputedStyle)[]), 'fontFeatures', 'textWrap']
}

/** Text that is equal for equal values, inner ones among them. */
export function valuesKey(values: Readonly<Values>): string {
  return keyOf(values)
}
