/**
 * _brand.yml → Brand. In: the file's text. Out: what it says, its paths absolute, and a diagnostic for each key that is unknown and each value that
 * cannot be used (which then counts as missing). Nothing is fetched: fonts of a web service have to be at hand.
 */
import { dirname } from 'node:path'
import type { Report } from '../diagnostics/diagnostic.js'
import type { Brand, BrandColor, BrandLogo, ColorRole, LightDark, LogoSize } from './brand.js'
import { colorRoles, logoSizes } from './brand.js'
import { type BrandFiles, fileOf } from './brand-files.js'
import { readColor, readPalette } from './read-color.js'
import { readTypography } from './read-typography.js'
import { knownEntries, readYaml, tellWrong, textOf, type YamlNode, type YamlSource } from './yaml-node.js'

export interface ReadBrandInput {
  /** Absolute path. */
  readonly file: string
  readonly text: string
  /** Fonts and logos outside this folder are not read. */
  readonly root: string
  /** Whether a family is at hand without a file of the brand's own. */
  readonly hasFamily: (family: string) => boolean
  readonly report: Report
}

/** Reads and checks a brand file; null where it is not YAML. */
export function readBrand({ file, text, root, hasFamily, report }: ReadBrandInput): Brand | null {
  const source: YamlSource = { file, text, report }
  const top = readYaml(source)
  if (!top) return null
  const parts = knownEntries(top, ['meta', 'logo', 'color', 'typography', 'defaults'], { source, path: '' })
  const files: BrandFiles = { source, folder: dirname(file), root }
  const { palette, colors } = readColors(parts.get('color'), source)
  const color = (node: YamlNode, path: string) => readColor(node, { palette, colors, source, path })
  const name = readName(parts.get('meta'), source)
  return {
    file,
    ...(name === undefined ? {} : { name }),
    palette,
    colors,
    ...readTypography(parts.get('typography'), { files, color, hasFamily }),
    logo: readLogo(parts.get('logo'), files),
  }
}

function readName(node: YamlNode | undefined, source: YamlSource): string | undefined {
  const meta = knownEntries(node, ['name', 'link'], { source, path: 'meta' })
  const link = meta.get('link')
  if (link?.kind === 'list') tellWrong(source, link, '"meta.link" takes an address or addresses by name')
  const name = meta.get('name')
  if (name?.kind !== 'map') return textOf(name, 'meta.name', source)
  const names = knownEntries(name, ['short', 'full'], { source, path: 'meta.name' })
  return textOf(names.get('full') ?? names.get('short'), 'meta.name', source)
}

function readColors(node: YamlNode | undefined, source: YamlSource): Pick<Brand, 'palette' | 'colors'> {
  const entries = knownEntries(node, ['palette', ...colorRoles], { source, path: 'color' })
  const palette = readPalette(entries.get('palette'), source)
  const colors: Partial<Record<ColorRole, LightDark<BrandColor>>> = {}
  const wanted = colorRoles.filter((role) => entries.has(role))
  // A colour may name another one that stands after it.
  for (const role of [...wanted, ...wanted]) {
    const value = entries.get(role)
    if (!value || colors[role]) continue
    const silent = { ...source, report: () => {} }
    const read = readColor(value, { palette, colors, source: silent, path: `color.${role}` })
    if (read) colors[role] = read
  }
  for (const role of wanted) if (!colors[role]) readColor(entries.get(role) as YamlNode, { palette, colors, source, path: `color.${role}` })
  return { palette, colors }
}

function readLogo(node: YamlNode | undefined, files: BrandFiles): Brand['logo'] {
  if (!node || node.kind === 'null') return {}
  const { source } = files
  if (node.kind === 'scalar') {
    const logo = readPicture(node, 'logo', { files, images: new Map() })
    return logo ? { medium: { light: logo } } : {}
  }
  const entries = knownEntries(node, ['images', ...logoSizes, 'path', 'alt'], { source, path: 'logo' })
  if (entries.has('path')) {
    const logo = readPicture(node, 'logo', { files, images: new Map() })
    return logo ? { medium: { light: logo } } : {}
  }
  const images = new Map<string, YamlNode>()
  const named = entries.get('images')
  if (named?.kind === 'map') for (const { key, value } of named.entries) images.set(key, value)
  else if (named && named.kind !== 'null') tellWrong(source, named, '"logo.images" takes pictures by name')
  const logo: Partial<Record<LogoSize, LightDark<BrandLogo>>> = {}
  for (const size of logoSizes) {
    const value = entries.get(size)
    if (!value || value.kind === 'null') continue
    const path = `logo.${size}`
    const isPair = value.kind === 'map' && value.entries.some(({ key }) => key === 'light' || key === 'dark')
    const pair = isPair ? knownEntries(value, ['light', 'dark'], { source, path }) : new Map([['light', value]])
    const light = pair.get('light')
    const dark = pair.get('dark')
    const lightLogo = light && readPicture(light, `${path}.light`, { files, images })
    const darkLogo = dark && readPicture(dark, `${path}.dark`, { files, images })
    logo[size] = { ...(lightLogo ? { light: lightLogo } : {}), ...(darkLogo ? { dark: darkLogo } : {}) }
  }
  return logo
}

interface PictureContext {
  readonly files: BrandFiles
  readonly images: ReadonlyMap<string, YamlNode>
}

/** A path, the name of a picture under `images`, or a path with an alternative text. */
function readPicture(node: YamlNode, path: string, { files, images }: PictureContext): BrandLogo | undefined {
  const { source } = files
  if (node.kind === 'map') {
    const entries = knownEntries(node, ['path', 'alt'], { source, path })
    const file = entries.get('path')
    if (!file) {
      tellWrong(source, node, `"${path}" needs a path`)
      return undefined
    }
    const absolute = fileOf(file, `${path}.path`, files)
    const alt = textOf(entries.get('alt'), `${path}.alt`, source)
    return absolute === undefined ? undefined : { path: absolute, position: file.position, ...(alt === undefined ? {} : { alt }) }
  }
  const named = node.kind === 'scalar' ? images.get(String(node.value)) : undefined
  if (named) return readPicture(named, `logo.images.${String((node as { value: unknown }).value)}`, { files, images: new Map() })
  const absolute = fileOf(node, path, files)
  return absolute === undefined ? undefined : { path: absolute, position: node.position }
}
