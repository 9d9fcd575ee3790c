/**
 * What a _brand.yml says, checked: colours for light and dark, faces, logos, each with its place in the file. Follows brand.yml as
 * https://posit-dev.github.io/brand-yml/ describes it.
 */

import type { Color } from '../css/computed-style.js'
import type { SourcePosition } from '../diagnostics/diagnostic.js'

export interface BrandColor {
  readonly color: Color
  readonly position: SourcePosition
}

/** One value, or one for light and one for dark. */
export interface LightDark<T> {
  readonly light?: T
  readonly dark?: T
}

export const colorRoles = [
  'foreground',
  'background',
  'primary',
  'secondary',
  'tertiary',
  'success',
  'info',
  'warning',
  'danger',
  'light',
  'dark',
] as const
export type ColorRole = (typeof colorRoles)[number]

export interface BrandFontFile {
  readonly family: string
  /** As @font-face takes it: `400`, or `200 900` for a variable font. */
  readonly weight: string
  readonly italic: boolean
  /** Absolute path. */
  readonly path: string
  readonly position: SourcePosition
}

export const typographyRoles = ['base', 'headings', 'monospace', 'monospace-inline', 'monospace-block', 'link'] as const
export type TypographyRole = (typeof typographyRoles)[number]

export interface BrandTypography {
  readonly family?: string
  readonly weight?: string
  readonly style?: string
  readonly size?: string
  readonly lineHeight?: string
  readonly decoration?: string
  readonly color?: LightDark<BrandColor>
  readonly backgroundColor?: LightDark<BrandColor>
}

export interface BrandLogo {
  /** Absolute path. */
  readonly path: string
  readonly alt?: string
  readonly position: SourcePosition
}

export const logoSizes = ['small', 'medium', 'large'] as const
export type LogoSize = (typeof logoSizes)[number]

export interface Brand {
  /** Absolute path of the file. */
  readonly file: string
  readonly name?: string
  readonly colors: Readonly<Partial<Record<ColorRole, LightDark<BrandColor>>>>
  /** By name; only for style sheets, as `--brand-NAME`. */
  readonly palette: Readonly<Record<string, BrandColor>>
  readonly fonts: readonly BrandFontFile[]
  readonly typography: Readonly<Partial<Record<TypographyRole, BrandTypography>>>
  readonly logo: Readonly<Partial<Record<LogoSize, LightDark<BrandLogo>>>>
}
