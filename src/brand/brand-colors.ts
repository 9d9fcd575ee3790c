/**
 * A brand's colours as the custom properties of templates/partials/base.css, for light and dark. In: a Brand. Out: values by property, and a diagnostic
 * for each colour that cannot be read on its ground (WCAG 2.2 AA, success criteria 1.4.3 and 1.4.11). What the brand leaves open is mixed from what it
 * says, so that it can be read.
 */

import type { Color } from '../css/computed-style.js'
import { hexColor } from '../css/values/color.js'
import type { SourcePosition } from '../diagnostics/diagnostic.js'
import type { Brand, BrandColor, ColorRole, LightDark } from './brand.js'
import { BLACK, contrast, GRAPHICS_CONTRAST, hex, mix, onGround, readableOn, standOut, TEXT_CONTRAST, WHITE } from './contrast.js'
import { tell, type YamlSource } from './yaml-node.js'

export type Scheme = 'light' | 'dark'
export type Properties = Readonly<Record<string, string>>

/** What stands in where a brand is silent: the colours of the default look. */
const usual: Readonly<Record<Scheme, { readonly ink: string; readonly paper: string }>> = {
  light: { ink: '1b2024', paper: 'ffffff' },
  dark: { ink: 'e4e8ea', paper: '14181b' },
}

interface Shades {
  readonly brand: Brand
  readonly scheme: Scheme
  readonly paper: Color
  readonly ink: Color
}

/** A role's colour: in dark its own, else the light one moved until it can be read there. */
function shadeOf(role: ColorRole, { brand, scheme, paper }: Pick<Shades, 'brand' | 'scheme' | 'paper'>, needed: number): Color | undefined {
  const { light, dark } = brand.colors[role] ?? {}
  if (scheme === 'light') return light ? onGround(light.color, paper) : undefined
  if (dark) return onGround(dark.color, paper)
  return light ? standOut(onGround(light.color, paper), paper, needed) : undefined
}

function groundOf(brand: Brand, scheme: Scheme): Color {
  const { light, dark } = brand.colors.background ?? {}
  const own = scheme === 'light' ? light : dark
  return own ? onGround(own.color, WHITE) : (hexColor(usual[scheme].paper) ?? WHITE)
}

function inkOf(brand: Brand, scheme: Scheme, paper: Color): Color {
  const { light, dark } = brand.colors.foreground ?? {}
  const own = scheme === 'light' ? light : dark
  if (own) return onGround(own.color, paper)
  const fallback = hexColor(usual[scheme].ink) ?? BLACK
  return contrast(fallback, paper) >= TEXT_CONTRAST ? fallback : readableOn(paper)
}

/** A faint ground of the accent's hue on which the accent can still be read where it can be on paper. */
function tintOf(accent: Color, paper: Color): Color {
  const readable = contrast(accent, paper) >= TEXT_CONTRAST
  for (let share = 0.08; share > 0; share -= 0.01) {
    const tint = mix(paper, accent, share)
    if (!readable || contrast(accent, tint) >= TEXT_CONTRAST) return tint
  }
  return paper
}

function accentProperties(shades: Shades): Properties {
  const { brand, scheme, paper } = shades
  const accent = shadeOf('primary', shades, TEXT_CONTRAST)
  if (!accent) return {}
  const light = brand.colors.primary?.light?.color
  const band = scheme === 'dark' && light ? onGround(light, WHITE) : accent
  const onBand = readableOn(band)
  return {
    '--accent': hex(accent),
    '--tint': hex(tintOf(accent, paper)),
    '--band': hex(band),
    '--on-band': hex(onBand),
    '--on-band-quiet': hex(standOut(mix(onBand, band, 0.15), band, TEXT_CONTRAST)),
    '--on-band-rule': hex(mix(onBand, band, 0.5)),
  }
}

function groundProperties({ brand, paper, ink }: Shades): Properties {
  if (!brand.colors.foreground && !brand.colors.background) return {}
  return {
    '--paper': hex(paper),
    '--ink': hex(ink),
    '--quiet': hex(standOut(mix(ink, paper, 0.35), paper, TEXT_CONTRAST + 0.6)),
    '--rule': hex(mix(ink, paper, 0.75)),
  }
}

function pairProperty(name: string, pair: LightDark<BrandColor> | undefined, { scheme, paper }: Shades): Properties {
  if (!pair) return {}
  if (scheme === 'light') return pair.light ? { [name]: hex(onGround(pair.light.color, paper)) } : {}
  if (pair.dark) return { [name]: hex(onGround(pair.dark.color, paper)) }
  return pair.light ? { [name]: hex(standOut(onGround(pair.light.color, paper), paper, TEXT_CONTRAST)) } : {}
}

/** The custom properties of one scheme; only those on which the brand has a say. */
export function colorProperties(brand: Brand, scheme: Scheme): Properties {
  const paper = groundOf(brand, scheme)
  const shades: Shades = { brand, scheme, paper, ink: inkOf(brand, scheme, paper) }
  const mark = shadeOf('secondary', shades, GRAPHICS_CONTRAST)
  const alert = shadeOf('danger', shades, TEXT_CONTRAST)
  const { headings, link, 'monospace-inline': inline, 'monospace-block': block } = brand.typography
  return {
    ...groundProperties(shades),
    ...accentProperties(shades),
    ...(mark ? { '--mark': hex(mark) } : {}),
    ...(alert ? { '--alert': hex(alert) } : {}),
    ...pairProperty('--heading-color', headings?.color, shades),
    ...pairProperty('--link-color', link?.color, shades),
    ...codeProperties('--code-inline', inline, shades),
    ...codeProperties('--code-block', block, shades),
  }
}

/** A ground of its own keeps its colour in dark, and so does what stands on it. */
function codeProperties(name: string, look: Brand['typography']['base'], shades: Shades): Properties {
  const ground = look?.backgroundColor
  if (!ground) return pairProperty(`${name}-color`, look?.color, shades)
  const own = (shades.scheme === 'dark' ? ground.dark : undefined) ?? ground.light ?? ground.dark
  if (!own) return {}
  const paper = onGround(own.color, shades.paper)
  const written = (shades.scheme === 'dark' ? look.color?.dark : undefined) ?? look.color?.light
  const color = written ? onGround(written.color, paper) : contrast(shades.ink, paper) >= TEXT_CONTRAST ? shades.ink : readableOn(paper)
  return { [`${name}-ground`]: hex(paper), [`${name}-color`]: hex(color) }
}

interface Check {
  readonly what: string
  readonly pair: LightDark<BrandColor> | undefined
  readonly needed: number
  /** The colour beneath, where it is not the page's. */
  readonly ground?: LightDark<BrandColor> | undefined
}

/** Reports `brand-contrast` for each colour that cannot be read on its ground, in light and in dark, at the colour's place. */
export function checkContrast(brand: Brand, source: YamlSource): void {
  const { colors, typography } = brand
  const code = (role: 'monospace-inline' | 'monospace-block'): Check => ({
    what: `typography.${role}.color`,
    pair: typography[role]?.color,
    needed: TEXT_CONTRAST,
    ground: typography[role]?.backgroundColor,
  })
  const checks: readonly Check[] = [
    { what: 'color.foreground', pair: colors.foreground, needed: TEXT_CONTRAST },
    { what: 'color.primary', pair: colors.primary, needed: TEXT_CONTRAST },
    { what: 'color.secondary', pair: colors.secondary, needed: GRAPHICS_CONTRAST },
    { what: 'color.danger', pair: colors.danger, needed: TEXT_CONTRAST },
    { what: 'typography.headings.color', pair: typography.headings?.color, needed: TEXT_CONTRAST },
    { what: 'typography.link.color', pair: typography.link?.color, needed: TEXT_CONTRAST },
    code('monospace-inline'),
    code('monospace-block'),
  ]
  for (const scheme of ['light', 'dark'] as const)
    for (const check of checks) {
      const own = check.pair?.[scheme]
      if (own) checkOne(own, { ...check, scheme, brand, source })
    }
  checkBackground(brand, source)
}

interface OneCheck extends Check {
  readonly scheme: Scheme
  readonly brand: Brand
  readonly source: YamlSource
}

function checkOne({ color, position }: BrandColor, { what, needed, ground, scheme, brand, source }: OneCheck): void {
  const paper = groundOf(brand, scheme)
  const own = ground?.[scheme] ?? ground?.light
  const beneath = own ? onGround(own.color, paper) : paper
  report({ what, color: onGround(color, beneath), needed, position }, { beneath, scheme, source })
}

/** A background of its own under the usual text colour, which then has no place of its own. */
function checkBackground(brand: Brand, source: YamlSource): void {
  for (const scheme of ['light', 'dark'] as const) {
    const own = brand.colors.background?.[scheme]
    if (!own || brand.colors.foreground?.[scheme] || !brand.colors.foreground) continue
    const paper = groundOf(brand, scheme)
    const ink = inkOf(brand, scheme, paper)
    report({ what: 'the text', color: ink, needed: TEXT_CONTRAST, position: own.position }, { beneath: paper, scheme, source })
  }
}

interface Finding {
  readonly what: string
  readonly color: Color
  readonly needed: number
  readonly position: SourcePosition
}

interface Place {
  readonly beneath: Color
  readonly scheme: Scheme
  readonly source: YamlSource
}

function report({ what, color, needed, position }: Finding, { beneath, scheme, source }: Place): void {
  const ratio = contrast(color, beneath)
  if (ratio >= needed) return
  const kind = needed === TEXT_CONTRAST ? 'text needs' : 'large text and graphics need'
  // Rounded down: 4.499 is not 4.5.
  const found = (Math.floor(ratio * 100) / 100).toFixed(2)
  tell(source, position, {
    code: 'brand-contrast',
    message: `${what} ${hex(color)} on ${hex(beneath)} has a contrast of ${found} : 1${scheme === 'dark' ? ' in dark' : ''}; ${kind} ${needed} : 1 (WCAG 2.2 AA)`,
    hint: `${hex(standOut(color, beneath, needed))} is the nearest shade that has it`,
  })
}
