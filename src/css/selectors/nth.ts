/**
 * In: component values of `an+b` (CSS Syntax 3, section 6). Out: step and offset.
 */
import type { Component } from '../syntax/component.js'

export interface Nth {
  readonly step: number
  readonly offset: number
}

function textOf(item: Component): string {
  switch (item.kind) {
    case 'ident':
      return item.lower
    case 'number':
      return `${item.signed && item.value >= 0 ? '+' : ''}${item.value}`
    case 'dimension':
      return item.text.toLowerCase()
    case 'delim':
      return item.value
    default:
      return item.kind === 'space' ? '' : '?'
  }
}

/** Undefined where the components are no an+b. */
export function nthFrom(items: readonly Component[]): Nth | undefined {
  const text = items.map(textOf).join('')
  if (text === 'odd') return { step: 2, offset: 1 }
  if (text === 'even') return { step: 2, offset: 0 }
  if (/^[+-]?\d+$/.test(text)) return { step: 0, offset: Number(text) }
  const match = /^([+-]?\d*)n([+-]\d+)?$/.exec(text)
  if (!match) return undefined
  const step = match[1] === '' || match[1] === '+' ? 1 : match[1] === '-' ? -1 : Number(match[1])
  return { step, offset: Number(match[2] ?? 0) }
}

/** Whether the index (from 1) is one of an+b for some n from 0. */
export function isNth({ step, offset }: Nth, index: number): boolean {
  const difference = index - offset
  return step === 0 ? difference === 0 : difference % step === 0 && difference / step >= 0
}
