/**
 * In: a property's name. Out: its definition, whether longhand, shorthand, alias or logical (CSS Logical 1: horizontal writing);
 * those that are known but do nothing are in unsupported.ts.
 */
import { backgroundProperties } from './backgrounds.js'
import { boxProperties } from './box.js'
import { columnProperties } from './columns.js'
import { contentProperties } from './content.js'
import { effectProperties } from './effects.js'
import { fontProperties } from './fonts.js'
import { gridProperties } from './grid.js'
import { imageProperties } from './images.js'
import type { Property } from './property.js'
import { type Shorthand, shorthands } from './shorthands.js'
import { textProperties } from './text.js'

/** A longhand in both directions; the same one twice where direction does not matter. */
export interface Longhand {
  readonly ltr: Property
  readonly rtl: Property
}

export interface Registry {
  /** In the order they are computed. */
  readonly properties: readonly Property[]
  readonly longhands: ReadonlyMap<string, Longhand>
  readonly shorthands: ReadonlyMap<string, Shorthand>
  /** Where a property stands in `properties`. */
  readonly slots: ReadonlyMap<Property, number>
}

/** Other names of longhands and shorthands. */
const ALIASES: Readonly<Record<string, string>> = {
  'inline-size': 'width',
  'block-size': 'height',
  'min-inline-size': 'min-width',
  'min-block-size': 'min-height',
  'max-inline-size': 'max-width',
  'max-block-size': 'max-height',
  'margin-block-start': 'margin-top',
  'margin-block-end': 'margin-bottom',
  'padding-block-start': 'padding-top',
  'padding-block-end': 'padding-bottom',
  'inset-block-start': 'top',
  'inset-block-end': 'bottom',
  'border-block-start-width': 'border-top-width',
  'border-block-start-style': 'border-top-style',
  'border-block-start-color': 'border-top-color',
  'border-block-end-width': 'border-bottom-width',
  'border-block-end-style': 'border-bottom-style',
  'border-block-end-color': 'border-bottom-color',
  'page-break-before': 'break-before',
  'page-break-after': 'break-after',
  'page-break-inside': 'break-inside',
  'word-wrap': 'overflow-wrap',
  'grid-row-gap': 'row-gap',
  'grid-column-gap': 'column-gap',
  'font-width': 'font-stretch',
  'overflow-inline': 'overflow-x',
  'overflow-block': 'overflow-y',
  'text-align-all': 'text-align',
  '-webkit-print-color-adjust': 'print-color-adjust',
}

/** Longhands of the inline axis: the side at its start in ltr. */
function logicalNames(): [string, string, string][] {
  const both = (name: (side: string) => string, logical: (end: string) => string): [string, string, string][] => [
    [logical('start'), name('left'), name('right')],
    [logical('end'), name('right'), name('left')],
  ]
  return [
    ...both(
      (side) => `margin-${side}`,
      (end) => `margin-inline-${end}`,
    ),
    ...both(
      (side) => `padding-${side}`,
      (end) => `padding-inline-${end}`,
    ),
    ...both(
      (side) => side,
      (end) => `inset-inline-${end}`,
    ),
    ...['width', 'style', 'color'].flatMap((part) =>
      both(
        (side) => `border-${side}-${part}`,
        (end) => `border-inline-${end}-${part}`,
      ),
    ),
    ...both(
      (side) => `border-top-${side}-radius`,
      (end) => `border-start-${end}-radius`,
    ),
    ...both(
      (side) => `border-bottom-${side}-radius`,
      (end) => `border-end-${end}-radius`,
    ),
  ]
}

let made: Registry | undefined

/** Every property, made when first asked for. */
export function registry(): Registry {
  made ??= makeRegistry()
  return made
}

/** Fonts come first: what others are relative to is computed before them. */
export function propertyGroups(): readonly (readonly [title: string, properties: readonly Property[]])[] {
  return [
    ['Fonts and colour', fontProperties()],
    ['Text', textProperties()],
    ['Boxes, tables and flexible boxes', boxProperties()],
    ['Borders and backgrounds', backgroundProperties()],
    ['Shadows, outlines, transforms and clipping', effectProperties()],
    ['Columns', columnProperties()],
    ['Grids, and alignment along lines', gridProperties()],
    ['Lists, generated content and pages', contentProperties()],
    ['Pictures', imageProperties()],
  ]
}

/** Names that stand for the same property whatever the direction of the text, with that property's name. */
export function aliases(): ReadonlyMap<string, string> {
  return new Map(Object.entries(ALIASES))
}

function makeRegistry(): Registry {
  const properties = propertyGroups().flatMap(([, group]) => group)
  const longhands = new Map<string, Longhand>(properties.map((property) => [property.name, { ltr: property, rtl: property }]))
  for (const [alias, name] of Object.entries(ALIASES)) {
    const longhand = longhands.get(name)
    if (longhand) longhands.set(alias, longhand)
  }
  for (const [logical, left, right] of logicalNames()) {
    const ltr = longhands.get(left)?.ltr
    const rtl = longhands.get(right)?.ltr
    if (ltr && rtl) longhands.set(logical, { ltr, rtl })
  }
  return {
    properties,
    longhands,
    shorthands: new Map(shorthands().map((shorthand) => [shorthand.name, shorthand])),
    slots: new Map(properties.map((property, slot) => [property, slot])),
  }
}

/** All names a person may have meant. */
export function knownNames(): string[] {
  const { longhands, shorthands: short } = registry()
  return [...longhands.keys(), ...short.keys()].filter((name) => !name.startsWith('-x-'))
}
