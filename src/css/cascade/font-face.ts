/**
 * @font-face (CSS Fonts 4, section 4). In: the rule's declarations. Out: its descriptors, or null where family or source is missing.
 */
import type { FontFaceRule } from '../computed-style.js'
import { commaList, type Items } from '../properties/property.js'
import { registry } from '../properties/registry.js'
import { withoutSpace } from '../syntax/component.js'
import type { Declaration } from '../syntax/rules.js'

type Source = FontFaceRule['sources'][number]

function sourcesFrom(items: Items, resolve: (url: string) => string): Source[] {
  return (commaList(items) ?? []).flatMap((part): Source[] => {
    const [first] = part
    if (first?.kind === 'url') return part.slice(1).every(isReadable) ? [{ url: resolve(first.value) }] : []
    if (first?.kind !== 'function' || first.name !== 'local') return []
    const inner = withoutSpace(first.items)
    return [{ local: inner.map((item) => (item.kind === 'string' || item.kind === 'ident' ? item.value : '')).join(' ') }]
  })
}

/** What format() may name. */
export const FONT_FORMATS: ReadonlySet<string> = new Set([
  'woff',
  'woff2',
  'truetype',
  'opentype',
  'collection',
  'truetype-variations',
  'opentype-variations',
  'woff-variations',
  'woff2-variations',
])
/** What tech() may name. */
export const FONT_TECHNOLOGIES: ReadonlySet<string> = new Set(['variations', 'features-opentype', 'color-colrv0', 'palettes'])

/** format() and tech() say what a file needs, so that one that cannot be read is passed over (CSS Fonts 4, section 11.1). */
function isReadable(item: Items[number]): boolean {
  if (item.kind !== 'function') return false
  const words = withoutSpace(item.items).flatMap((inner) =>
    inner.kind === 'string' || inner.kind === 'ident' ? [inner.value.toLowerCase()] : [],
  )
  if (item.name === 'format') return words.length === 1 && FONT_FORMATS.has(words[0] ?? '')
  return item.name === 'tech' && words.every((word) => FONT_TECHNOLOGIES.has(word))
}

function overrideFrom(items: Items | undefined): number | null {
  const [item] = items ?? []
  return item?.kind === 'percentage' && item.value >= 0 ? item.value / 100 : null
}

/** One or two values of a property, as a range. */
function rangeFrom(name: string, items: Items | undefined, initial: readonly [number, number]): readonly [number, number] {
  const values = (items ?? []).map((item) => registry().longhands.get(name)?.ltr.parse([item]))
  const [low, high = low] = values
  return typeof low === 'number' && typeof high === 'number' ? [Math.min(low, high), Math.max(low, high)] : initial
}

/** `U+26`, `U+0-7F`, `U+4??` from the text, because their tokens are many kinds. */
function unicodeRangeFrom(text: string): (readonly [number, number])[] {
  return [...text.matchAll(/u\+([0-9a-f?]{1,6})(?:-([0-9a-f]{1,6}))?/gi)].map(([, from = '', to]) => [
    Number.parseInt(from.replaceAll('?', '0'), 16),
    Number.parseInt(to ?? from.replaceAll('?', 'f'), 16),
  ])
}

/** Reads one rule; `css` is the text its offsets point into. */
export function fontFaceFrom(declarations: readonly Declaration[], css: string, resolve: (url: string) => string): FontFaceRule | null {
  const values = new Map(declarations.map((declaration) => [declaration.name, withoutSpace(declaration.value)]))
  const range = declarations.find((declaration) => declaration.name === 'unicode-range')
  const family = registry()
    .longhands.get('font-family')
    ?.ltr.parse(values.get('font-family') ?? []) as readonly string[] | undefined
  const sources = sourcesFrom(values.get('src') ?? [], resolve)
  const style = values.get('font-style')?.[0]
  if (family?.length !== 1 || sources.length === 0) return null
  return Object.freeze({
    family: family[0] as string,
    sources,
    weight: rangeFrom('font-weight', values.get('font-weight'), [400, 400]),
    style: style?.kind === 'ident' && (style.lower === 'italic' || style.lower === 'oblique') ? style.lower : 'normal',
    stretch: rangeFrom('font-stretch', values.get('font-stretch'), [100, 100]),
    ascentOverride: overrideFrom(values.get('ascent-override')),
    descentOverride: overrideFrom(values.get('descent-override')),
    lineGapOverride: overrideFrom(values.get('line-gap-override')),
    unicodeRange: range ? unicodeRangeFrom(css.slice(range.start, range.value.at(-1)?.end ?? range.end)) : [],
  })
}
