/**
 * What of CSS is carried out, gathered from the tables that parsing itself reads: for docs/css.md and for tests, not for the program. In: nothing.
 * Out: names with their syntax, initial value and inheritance, and what is left out with the reason.
 */
import { AT_RULES, LEFT_OUT_RULES } from './cascade/at-rules.js'
import { mediaFeatures } from './cascade/conditions.js'
import { initialValues } from './properties/initial.js'
import type { Property } from './properties/property.js'
import { aliases, type Longhand, propertyGroups, registry } from './properties/registry.js'
import { REASONS, type Reason, unsupportedProperties, WITHOUT_EFFECT } from './properties/unsupported.js'
import { FUNCTIONAL, NEVER, PSEUDO_ELEMENTS, STATES, STRUCTURAL } from './selectors/names.js'
import { angleUnits, mathFunctions } from './values/calc.js'
import { colorFunctions, systemColors } from './values/color.js'
import { COLOR_FUNCTION_SPACES, COLOR_SPACES } from './values/color-spaces.js'
import { lengthUnits } from './values/length.js'

export interface PropertySupport {
  readonly name: string
  readonly syntax: string
  /** As one writes it; null for shorthands. */
  readonly initial: string | null
  readonly inherited: boolean | null
  /** Of shorthands. */
  readonly longhands: readonly string[]
}
export interface CssSupport {
  readonly groups: readonly { readonly title: string; readonly properties: readonly PropertySupport[] }[]
  /** Further names: of the same property, or of sides that depend on the direction of the text. */
  readonly otherNames: readonly { readonly name: string; readonly ltr: string; readonly rtl: string }[]
  readonly withoutEffect: Readonly<Record<string, string>>
  readonly leftOut: readonly { readonly reason: string; readonly names: readonly string[] }[]
  readonly atRules: readonly string[]
  readonly leftOutRules: Readonly<Record<string, string>>
  readonly mediaFeatures: readonly string[]
  readonly pseudoClasses: {
    readonly structural: readonly string[]
    readonly states: readonly string[]
    readonly functions: readonly string[]
    readonly never: readonly string[]
  }
  readonly pseudoElements: readonly string[]
  readonly units: { readonly lengths: readonly string[]; readonly angles: readonly string[] }
  readonly functions: { readonly math: readonly string[]; readonly colors: readonly string[] }
  readonly colors: { readonly system: readonly string[]; readonly spaces: readonly string[]; readonly mixing: readonly string[] }
}

/** Names of parts that no style sheet can write. */
const isInner = (name: string): boolean => name.startsWith('-x-')

/** A longhand's initial value as one writes it. */
export function initialText(property: Property): string {
  if (property.initial !== undefined) return property.initial
  const value: unknown = initialValues()[property.key]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function longhand(property: Property): PropertySupport {
  const { name, syntax, inherited } = property
  return { name, syntax, initial: initialText(property), inherited, longhands: [] }
}

/** Each shorthand stands with its first longhand's group. */
function groups(): CssSupport['groups'] {
  const { shorthands } = registry()
  const known = aliases()
  return propertyGroups().map(([title, properties], index, all) => {
    const own = new Set(properties.map(({ name }) => name))
    const belongs = (first: string): boolean =>
      own.has(known.get(first) ?? logicalSide(first)) || (index === all.length - 1 && !isAnywhere(first, known))
    const short = [...shorthands.values()]
      .filter(({ longhands: [first = ''] }) => belongs(first))
      .map(
        ({ name, syntax, longhands }): PropertySupport => ({
          name,
          syntax,
          initial: null,
          inherited: null,
          longhands: longhands.filter((part) => !isInner(part)),
        }),
      )
    const whole = [...properties.filter(({ name }) => !isInner(name)).map(longhand), ...short]
    return { title, properties: whole.sort((a, b) => (a.name < b.name ? -1 : 1)) }
  })
}

function logicalSide(name: string): string {
  return registry().longhands.get(name)?.ltr.name ?? name
}

function isAnywhere(name: string, known: ReadonlyMap<string, string>): boolean {
  const real = known.get(name) ?? logicalSide(name)
  return registry().properties.some((property) => property.name === real)
}

function otherNames(): CssSupport['otherNames'] {
  const own = ({ ltr }: Longhand, name: string): boolean => ltr.name === name
  return [...registry().longhands]
    .filter(([name, pair]) => !own(pair, name) && !isInner(name))
    .map(([name, { ltr, rtl }]) => ({ name, ltr: ltr.name, rtl: rtl.name }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function leftOut(): CssSupport['leftOut'] {
  const { longhands, shorthands } = registry()
  const isKnown = (name: string): boolean => longhands.has(name) || shorthands.has(name)
  const reasons: readonly Reason[] = ['missing', 'screen', 'svg']
  return reasons.map((reason) => ({
    reason: REASONS[reason],
    names: [...unsupportedProperties()]
      .filter(([name, why]) => why === reason && !isKnown(name))
      .map(([name]) => name)
      .sort(),
  }))
}

/** Everything, sorted. */
export function cssSupport(): CssSupport {
  return {
    groups: groups(),
    otherNames: otherNames(),
    withoutEffect: WITHOUT_EFFECT,
    leftOut: leftOut(),
    atRules: [...AT_RULES].sort(),
    leftOutRules: LEFT_OUT_RULES,
    mediaFeatures: mediaFeatures(),
    pseudoClasses: {
      structural: [...STRUCTURAL].sort(),
      states: [...STATES].sort(),
      functions: [...FUNCTIONAL].sort(),
      never: [...NEVER].sort(),
    },
    pseudoElements: [...PSEUDO_ELEMENTS].sort(),
    units: { lengths: lengthUnits(), angles: angleUnits() },
    functions: { math: mathFunctions(), colors: colorFunctions() },
    colors: { system: systemColors(), spaces: [...COLOR_FUNCTION_SPACES], mixing: Object.keys(COLOR_SPACES) },
  }
}
