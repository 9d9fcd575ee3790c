/**
 * Colours of a _brand.yml. In: YAML nodes. Out: colours with their places; any CSS colour (CSS Color 4), or the name of one in the palette or of another
 * role.
 */
import type { Color } from '../css/computed-style.js'
import { parseComponents, withoutSpace } from '../css/syntax/component.js'
import { BLACK, colorFrom, resolveColor } from '../css/values/color.js'
import { didYouMean } from '../document/suggest.js'
import type { Brand, BrandColor, ColorRole, LightDark } from './brand.js'
import { knownEntries, tell, tellWrong, textOf, type YamlNode, type YamlSource } from './yaml-node.js'

/** A CSS colour; undefined for what is none. */
function cssColor(text: string): Color | undefined {
  const items = withoutSpace(parseComponents(text))
  const found = items.length === 1 ? colorFrom(items[0]) : undefined
  return found === undefined ? undefined : resolveColor(found, BLACK)
}

/** The palette: each a colour, or the name of another one. */
export function readPalette(node: YamlNode | undefined, source: YamlSource): Brand['palette'] {
  if (!node || node.kind === 'null') return {}
  if (node.kind !== 'map') {
    tellWrong(source, node, '"color.palette" takes colours by name')
    return {}
  }
  const texts = new Map(node.entries.map(({ key, value }) => [key, value]))
  const palette: Record<string, BrandColor> = {}
  for (const { key, value } of node.entries) {
    const seen = new Set<string>([key])
    let text = textOf(value, `color.palette.${key}`, source)
    while (text !== undefined && texts.has(text) && !seen.has(text)) {
      seen.add(text)
      text = textOf(texts.get(text), `color.palette.${text}`, source)
    }
    if (text === undefined) continue
    const color = cssColor(text)
    if (color) palette[key] = { color, position: value.position }
    else tellNoColor(value, text, { source, known: [...texts.keys()] })
  }
  return palette
}

export interface ColorContext {
  readonly palette: Brand['palette']
  readonly colors: Brand['colors']
  readonly source: YamlSource
  readonly path: string
}

/** One colour, or one for light and one for dark; undefined, reported, where there is none. */
export function readColor(node: YamlNode, context: ColorContext): LightDark<BrandColor> | undefined {
  const { source, path } = context
  if (node.kind === 'null') return undefined
  if (node.kind === 'map') {
    const entries = knownEntries(node, ['light', 'dark'], { source, path })
    const light = entries.get('light')
    const dark = entries.get('dark')
    const lightColor = light && readColor(light, { ...context, path: `${path}.light` })?.light
    const darkNode = dark && readColor(dark, { ...context, path: `${path}.dark` })
    const darkColor = darkNode?.dark ?? darkNode?.light
    if (!lightColor && !darkColor) return undefined
    return { ...(lightColor ? { light: lightColor } : {}), ...(darkColor ? { dark: darkColor } : {}) }
  }
  const text = textOf(node, path, source)
  if (text === undefined) return undefined
  const { palette, colors } = context
  const role = Object.hasOwn(colors, text) ? colors[text as ColorRole] : undefined
  const { position } = node
  if (role && !Object.hasOwn(palette, text))
    return {
      ...(role.light ? { light: { color: role.light.color, position } } : {}),
      ...(role.dark ? { dark: { color: role.dark.color, position } } : {}),
    }
  const color = (Object.hasOwn(palette, text) ? palette[text]?.color : undefined) ?? cssColor(text)
  if (color) return { light: { color, position } }
  tellNoColor(node, text, { source, known: [...Object.keys(palette), ...Object.keys(colors)] })
  return undefined
}

function tellNoColor(node: YamlNode, text: string, { source, known }: { source: YamlSource; known: readonly string[] }): void {
  tell(source, node.position, {
    code: 'invalid-brand-value',
    severity: 'error',
    message: `“${text}” is neither a CSS colour nor a name in the palette`,
    hint: didYouMean(text, known) ?? 'write a colour such as "#124f5c", in quotes, since # begins a comment',
  })
}
