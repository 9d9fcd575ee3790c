/**
 * Which of a brand's logos stands where. In: a Brand and an edition. Out: paths for light and dark grounds and for the ground of title slides.
 */
import type { EditionName } from '../editions/edition.js'
import type { Brand, BrandLogo, LogoSize } from './brand.js'
import { colorProperties } from './brand-colors.js'

export interface LogoChoice {
  readonly light: BrandLogo
  readonly dark?: BrandLogo
  /** On the ground of title slides; `plate` where it needs a light one beneath. */
  readonly band: BrandLogo
  readonly plate: boolean
}

/** A brief has little room, a cover has much. */
const sizes: Readonly<Record<EditionName, readonly LogoSize[]>> = {
  brief: ['small', 'medium', 'large'],
  report: ['large', 'medium', 'small'],
  slides: ['medium', 'large', 'small'],
}

/** The logo of an edition; undefined where the brand has none. */
export function logoFor(brand: Brand, edition: EditionName): LogoChoice | undefined {
  const size = sizes[edition].find((name) => brand.logo[name]?.light ?? brand.logo[name]?.dark)
  const { light, dark } = (size === undefined ? undefined : brand.logo[size]) ?? {}
  const first = light ?? dark
  if (!first) return undefined
  const onBand = colorProperties(brand, 'light')['--on-band'] ?? '#ffffff'
  const darkBand = onBand === '#ffffff'
  return { light: first, ...(dark ? { dark } : {}), band: darkBand ? (dark ?? first) : first, plate: darkBand && !dark }
}
