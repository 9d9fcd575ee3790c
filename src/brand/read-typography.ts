/**
 * Typography of a _brand.yml. In: YAML nodes. Out: font files in the project folder and what base text, headings, code and links look like. A family
 * that nobody has is reported, and so is a source that would have to be fetched.
 */
import { parseComponents, withoutSpace } from '../css/syntax/component.js'
import { lengthFrom, numberOf } from '../css/values/calc.js'
import type { Brand, BrandColor, BrandFontFile, BrandTypography, LightDark, TypographyRole } from './brand.js'
import { typographyRoles } from './brand.js'
import { type BrandFiles, fileOf } from './brand-files.js'
import { knownEntries, tell, tellWrong, textOf, type YamlNode } from './yaml-node.js'

export interface TypographyContext {
  readonly files: BrandFiles
  readonly color: (node: YamlNode, path: string) => LightDark<BrandColor> | undefined
  readonly hasFamily: (family: string) => boolean
}

const keysOf: Readonly<Record<TypographyRole, readonly string[]>> = {
  base: ['family', 'weight', 'size', 'line-height'],
  headings: ['family', 'weight', 'style', 'line-height', 'color'],
  monospace: ['family', 'weight', 'size'],
  'monospace-inline': ['family', 'weight', 'size', 'color', 'background-color'],
  'monospace-block': ['family', 'weight', 'size', 'line-height', 'color', 'background-color'],
  link: ['weight', 'color', 'background-color', 'decoration'],
}

/** Reads fonts and roles, and checks that each family named is at hand. */
export function readTypography(node: YamlNode | undefined, context: TypographyContext): Pick<Brand, 'fonts' | 'typography'> {
  const { source } = context.files
  const entries = knownEntries(node, ['fonts', ...typographyRoles], { source, path: 'typography' })
  const fonts = readFonts(entries.get('fonts'), context)
  const typography: Partial<Record<TypographyRole, BrandTypography>> = {}
  for (const role of typographyRoles) {
    const value = entries.get(role)
    if (value && value.kind !== 'null') typography[role] = readRole(role, value, context)
  }
  checkFamilies(entries, fonts, context)
  return { fonts, typography }
}

function checkFamilies(
  entries: ReadonlyMap<string, YamlNode>,
  fonts: readonly BrandFontFile[],
  { files, hasFamily }: TypographyContext,
): void {
  for (const role of typographyRoles) {
    const value = entries.get(role)
    const node = value?.kind === 'map' ? value.entries.find(({ key }) => key === 'family')?.value : role === 'link' ? undefined : value
    if (node?.kind !== 'scalar') continue
    const family = String(node.value)
    if (fonts.some((font) => font.family === family) || hasFamily(family)) continue
    tell(files.source, node.position, {
      code: 'brand-font-missing',
      message: `no file has the family “${family}”; the usual one stands in`,
      hint: 'list its files under typography.fonts with source: file, or name their folder with --fonts',
    })
  }
}

function readFonts(node: YamlNode | undefined, context: TypographyContext): readonly BrandFontFile[] {
  if (!node || node.kind === 'null') return []
  const { source } = context.files
  if (node.kind !== 'list') {
    tellWrong(source, node, '"typography.fonts" takes a list')
    return []
  }
  return node.items.flatMap((item, index) => readFont(item, `typography.fonts.${index}`, context))
}

function readFont(node: YamlNode, path: string, { files, hasFamily }: TypographyContext): readonly BrandFontFile[] {
  const { source } = files
  const entries = knownEntries(node, ['family', 'source', 'files', 'weight', 'style', 'display'], { source, path })
  const family = textOf(entries.get('family'), `${path}.family`, source)
  const from = textOf(entries.get('source'), `${path}.source`, source) ?? (entries.has('files') ? 'file' : 'system')
  if (family === undefined) {
    if (node.kind === 'map') tellWrong(source, node, `"${path}" needs a family`)
    return []
  }
  if (from === 'file') {
    const list = entries.get('files')
    const items = list?.kind === 'list' ? list.items : list && list.kind !== 'null' ? [list] : []
    if (items.length === 0) tellWrong(source, node, `the font “${family}” has source: file but no files`)
    return items.flatMap((file, index) => readFontFile(file, `${path}.files.${index}`, { files, family }))
  }
  if (from !== 'google' && from !== 'bunny' && from !== 'system')
    tellWrong(source, entries.get('source') ?? node, `there is no source “${from}”: file, google, bunny and system are known`)
  else if (from !== 'system' && !hasFamily(family))
    tell(source, (entries.get('source') ?? node).position, {
      code: 'brand-not-fetched',
      message: `the font “${family}” is not fetched from ${from}`,
      hint: 'save its files in the project folder and write source: file with their paths, or name their folder with --fonts',
    })
  return []
}

const weightNames: Readonly<Record<string, number>> = {
  thin: 100,
  'extra-light': 200,
  'ultra-light': 200,
  light: 300,
  normal: 400,
  regular: 400,
  medium: 500,
  'semi-bold': 600,
  'demi-bold': 600,
  bold: 700,
  'extra-bold': 800,
  'ultra-bold': 800,
  black: 900,
}

/** A weight as CSS writes it: a number, or two for the range of a variable font. */
function weightOf(node: YamlNode | undefined, path: string, files: BrandFiles): string | undefined {
  const written = textOf(node, path, files.source)
  if (!node || written === undefined) return undefined
  const named = weightNames[written.toLowerCase()]
  if (named !== undefined) return String(named)
  if (written === 'auto') return '100 900'
  const numbers = written.split(/\s*(?:\.\.|\s)\s*/).map(Number)
  if (numbers.length <= 2 && numbers.every((weight) => weight >= 1 && weight <= 1000)) return numbers.join(' ')
  tellWrong(files.source, node, `“${written}” is no weight: a number from 1 to 1000 or a word such as bold is expected`)
  return undefined
}

function readFontFile(node: YamlNode, path: string, { files, family }: { files: BrandFiles; family: string }): readonly BrandFontFile[] {
  const { source } = files
  const entries = node.kind === 'map' ? knownEntries(node, ['path', 'weight', 'style'], { source, path }) : new Map([['path', node]])
  const file = entries.get('path')
  const absolute = file && fileOf(file, `${path}.path`, files)
  if (!file || absolute === undefined) return []
  const weight = weightOf(entries.get('weight'), `${path}.weight`, files) ?? '400'
  const style = textOf(entries.get('style'), `${path}.style`, source)
  return [{ family, weight, italic: style === 'italic', path: absolute, position: file.position }]
}

/** A size or line height that CSS takes; reported otherwise. */
function measureOf(node: YamlNode | undefined, path: string, files: BrandFiles): string | undefined {
  const written = textOf(node, path, files.source)
  if (!node || written === undefined) return undefined
  const item = withoutSpace(parseComponents(written))[0]
  if (numberOf(item) !== undefined || lengthFrom(item, { percent: true, nonNegative: true }) !== undefined) return written
  tellWrong(files.source, node, `“${written}” is no length or number`)
  return undefined
}

function readRole(role: TypographyRole, node: YamlNode, { files, color }: TypographyContext): BrandTypography {
  const { source } = files
  const path = `typography.${role}`
  if (node.kind === 'scalar') {
    if (role !== 'link') return { family: String(node.value) }
    const value = color(node, path)
    return value ? { color: value } : {}
  }
  const entries = knownEntries(node, keysOf[role], { source, path })
  const text = (key: string) => textOf(entries.get(key), `${path}.${key}`, source)
  const colorAt = (key: string) => {
    const value = entries.get(key)
    return value ? color(value, `${path}.${key}`) : undefined
  }
  const parts = {
    family: text('family'),
    weight: weightOf(entries.get('weight'), `${path}.weight`, files),
    style: text('style'),
    size: measureOf(entries.get('size'), `${path}.size`, files),
    lineHeight: measureOf(entries.get('line-height'), `${path}.line-height`, files),
    decoration: text('decoration'),
    color: colorAt('color'),
    backgroundColor: colorAt('background-color'),
  }
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as BrandTypography
}
