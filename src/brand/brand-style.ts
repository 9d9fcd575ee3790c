/**
 * A brand as a style sheet. In: a Brand. Out: CSS: @font-face rules (CSS Fonts 4, section 4), custom properties for light and dark, and what
 * headings, code and links look like; it stands after the theme's sheet and before the reader's own.
 */
import { relative, sep } from 'node:path'
import { cssString } from '../html/escape.js'
import type { Brand, BrandTypography } from './brand.js'
import { colorProperties, type Properties } from './brand-colors.js'
import { hex } from './contrast.js'

/** What stands behind a brand's family: the shipped ones, for the characters it lacks. */
const behind = {
  serif: "'Source Serif 4', 'Noto Sans Khmer', 'Noto Sans Lao', serif",
  sans: "'Source Sans 3', 'Noto Sans Khmer', 'Noto Sans Lao', sans-serif",
  mono: "'Source Code Pro', 'Noto Sans Khmer', 'Noto Sans Lao', monospace",
} as const

const stack = (family: string, kind: keyof typeof behind): string => `'${family.replace(/['\\<]/g, '')}', ${behind[kind]}`

function fontFaces({ file, fonts }: Brand): string[] {
  const folder = file.slice(0, file.lastIndexOf(sep))
  return fonts.map(({ family, weight, italic, path }) => {
    const address = relative(folder, path).split(sep).map(encodeURIComponent).join('/')
    return `@font-face { font-family: ${cssString(family)}; font-weight: ${weight}; font-style: ${italic ? 'italic' : 'normal'}; font-display: swap; src: url("${address}") }`
  })
}

function families({ base, headings, monospace }: Brand['typography']): Properties {
  return {
    ...(base?.family === undefined ? {} : { '--serif': stack(base.family, 'serif'), '--sans': stack(base.family, 'sans') }),
    ...(headings?.family === undefined ? {} : { '--headings': stack(headings.family, 'sans') }),
    ...(monospace?.family === undefined ? {} : { '--mono': stack(monospace.family, 'mono') }),
  }
}

function rule(selector: string, declarations: Properties): string[] {
  const entries = Object.entries(declarations)
  return entries.length === 0 ? [] : [`${selector} { ${entries.map(([name, value]) => `${name}: ${value}`).join('; ')} }`]
}

/** The declarations of a role but for its colours, which are custom properties. */
function look(role: BrandTypography | undefined, names: readonly (keyof typeof cssNames)[]): Properties {
  const chosen = names.flatMap((name) => {
    const value = role?.[name]
    return value === undefined ? [] : [[cssNames[name], safe(value)]]
  })
  return Object.fromEntries(chosen)
}

const cssNames = {
  weight: 'font-weight',
  style: 'font-style',
  size: 'font-size',
  lineHeight: 'line-height',
  decoration: 'text-decoration',
} as const

/** No value can end its declaration. */
const safe = (value: string): string => value.replace(/[;{}<\\]/g, '')

const headings = 'h1, h2, h3, h4, h5, h6'

function typography(brand: Brand, light: Properties): string[] {
  const { base, headings: heads, monospace, link, 'monospace-inline': inline, 'monospace-block': block } = brand.typography
  const when = (name: string, property: string): Properties => (light[name] === undefined ? {} : { [property]: `var(${name})` })
  const family = (role: BrandTypography | undefined): Properties =>
    role?.family === undefined ? {} : { 'font-family': stack(role.family, 'mono') }
  return [
    ...rule('body', look(base, ['weight'])),
    // Pages and slides are set in the sizes that their layout is made for.
    ...rule('html', look(base, ['size', 'lineHeight'])).map((css) => `@media screen { ${css} }`),
    ...rule(headings, { ...look(heads, ['weight', 'style', 'lineHeight']), ...when('--heading-color', 'color') }),
    ...rule('.lead, .slide-divider h2', when('--heading-color', 'color')),
    ...rule('code, kbd, samp, pre', look(monospace, ['weight', 'size'])),
    ...rule(':not(pre) > code', {
      ...family(inline),
      ...look(inline, ['weight', 'size']),
      ...when('--code-inline-color', 'color'),
      ...when('--code-inline-ground', 'background-color'),
    }),
    ...rule('pre, pre code', { ...family(block), ...look(block, ['weight', 'lineHeight']), ...when('--code-block-color', 'color') }),
    ...rule('pre', {
      ...look(block, ['size']),
      ...(light['--code-block-ground'] ? { 'background-color': 'var(--code-block-ground)', padding: '0.6em 0.8em' } : {}),
    }),
    ...rule('main a', { ...look(link, ['weight', 'decoration']), ...when('--link-color', 'color') }),
    ...rule('.slide-title a', when('--link-color', 'color')).map(() => '.slide-title a { color: inherit }'),
    ...(light['--mark']
      ? ['ul > li::marker, .end-mark { color: var(--mark) }', 'blockquote, .summary { border-inline-start-color: var(--mark) }']
      : []),
  ]
}

/** The whole sheet. Addresses of fonts are relative to the brand's file. */
export function brandStyleSheet(brand: Brand): string {
  const light = colorProperties(brand, 'light')
  const dark = colorProperties(brand, 'dark')
  const palette = Object.fromEntries(
    Object.entries(brand.palette).map(([name, { color }]) => [`--brand-${name.replace(/[^\w-]/g, '-')}`, hex(color)]),
  )
  return [
    ...fontFaces(brand),
    ...rule(':root', { ...palette, ...families(brand.typography), ...light }),
    ...rule(':root', dark).map((css) => `@media screen and (prefers-color-scheme: dark) { ${css} }`),
    ...(light['--paper'] && light['--paper'] !== '#ffffff' ? ['@page { background-color: var(--paper) }'] : []),
    ...typography(brand, light),
    '',
  ].join('\n')
}
