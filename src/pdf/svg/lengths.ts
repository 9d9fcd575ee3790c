/** Lengths, angles and numbers of SVG (SVG 2, section 8.9; CSS Values 4, section 6). In: attribute text. Out: user units and radians. */

/** Px of the units that depend on nothing. */
const unitSizes: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  mm: 96 / 25.4,
  q: 24 / 25.4,
  cm: 96 / 2.54,
  in: 96,
}

const numberPattern = /[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi

/** A length in user units; `basis` is what 100 % is. Null where the text is no length. */
export function lengthOf(text: string | undefined, fontSize: number, basis: number): number | null {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([a-z%]*)\s*$/i.exec(text ?? '')
  if (!match) return null
  const value = Number(match[1])
  const unit = (match[2] ?? '').toLowerCase()
  if (unit === '%') return (value * basis) / 100
  if (unit === 'em') return value * fontSize
  if (unit === 'rem') return value * 16
  if (unit === 'ex' || unit === 'ch') return (value * fontSize) / 2
  const size = unitSizes[unit]
  return size === undefined || !Number.isFinite(value) ? null : value * size
}

/** Every length of a list, parted by spaces and commas; what is none ends the list. */
export function lengthList(text: string | undefined, fontSize: number, basis: number): readonly number[] {
  const found: number[] = []
  for (const part of (text ?? '').trim().split(/\s*,\s*|\s+/)) {
    const value = lengthOf(part, fontSize, basis)
    if (value === null) break
    found.push(value)
  }
  return found
}

/** All numbers of a text. */
export const numbersOf = (text: string | undefined): readonly number[] => ((text ?? '').match(numberPattern) ?? []).map(Number)

/** Radians; numbers without a unit are degrees. Null where the text is no angle. */
export function angleOf(text: string | undefined): number | null {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(deg|grad|rad|turn)?\s*$/i.exec(text ?? '')
  if (!match) return null
  const value = Number(match[1])
  const unit = (match[2] ?? 'deg').toLowerCase()
  if (unit === 'rad') return value
  return value * (unit === 'turn' ? 2 * Math.PI : unit === 'grad' ? Math.PI / 200 : Math.PI / 180)
}

/** From 0 to 1, of a number or a percentage; null where the text is neither. */
export function shareOf(text: string | undefined): number | null {
  const value = lengthOf(text, 0, 1)
  return value === null ? null : Math.min(1, Math.max(0, value))
}
