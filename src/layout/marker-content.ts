/**
 * What a list item's marker holds where ::marker has no content of its own (CSS Lists 3, section 3.3). In: the list item's style and count.
 * Out: parts of text and pictures.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { CounterStyles } from './counter-style.js'
import type { ContentPart } from './generated-content.js'

export interface MarkerInput {
  readonly style: Pick<ComputedStyle, 'listStyleImage' | 'listStyleType' | 'direction'>
  /** The value of the list-item counter. */
  readonly value: number
  readonly counterStyles: CounterStyles
  /** Whether the picture at an address can be had. */
  readonly hasImage: (url: string) => boolean
}

/** Spaces at a marker's end would be lost with the line's end, so they are ones that are kept. */
export function keepSpaces(parts: readonly ContentPart[]): readonly ContentPart[] {
  return parts.map((part) =>
    part.kind === 'text' ? { ...part, text: part.text.replace(/ +$/, (spaces) => '\u00A0'.repeat(spaces.length)) } : part,
  )
}

/** The picture, or the count in its style; empty for `none`. */
export function markerContent({ style, value, counterStyles, hasImage }: MarkerInput): readonly ContentPart[] {
  const { listStyleImage: image, listStyleType: type, direction } = style
  if (image !== null && (image.kind !== 'url' || hasImage(image.url)))
    return [
      { kind: 'image', image, alt: '' },
      { kind: 'text', text: ' ' },
    ]
  if (typeof type === 'object' && 'text' in type) return type.text === '' ? [] : [{ kind: 'text', text: type.text }]
  // The triangle of what is closed points along the line, whichever way that runs.
  const points = type === 'disclosure-closed' && direction === 'rtl'
  return counterStyles
    .marker(value, type)
    .map((symbol) =>
      typeof symbol === 'string'
        ? { kind: 'text', text: points && symbol === '▸' ? '◂' : symbol }
        : { kind: 'image', image: { kind: 'url', url: symbol.url }, alt: '' },
    )
}
