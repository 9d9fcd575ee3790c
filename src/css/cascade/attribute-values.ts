/**
 * Values of presentational attributes (HTML, section 2.3: numbers, dimensions and legacy colours). In: an attribute's text. Out: CSS, or
 * null where it says nothing.
 */

/** A number is px, or a percentage. */
export function dimension(text: string | undefined): string | null {
  const match = /^\s*\+?(\d+(?:\.\d+)?)\s*(%?)/.exec(text ?? '')
  return match ? `${match[1]}${match[2] === '%' ? '%' : 'px'}` : null
}

/** A whole number with at most nine figures. */
export function integer(text: string | undefined): number | null {
  const match = /^\s*([+-]?\d{1,9})/.exec(text ?? '')
  return match ? Number(match[1]) : null
}

/** A name, or figures with or without a number sign; what is longer or holds other letters is read as HTML reads it. */
export function colorOf(text: string | undefined): string | null {
  const value = text?.trim() ?? ''
  if (value === '' || value.toLowerCase() === 'transparent') return null
  if (/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(value) || /^[a-z]*[g-z][a-z]*$/i.test(value)) return value
  const figures = value
    .replace(/^#/, '')
    .slice(0, 128)
    .replace(/[^0-9a-f]/gi, '0')
  const length = Math.max(1, Math.ceil(figures.length / 3))
  const padded = figures.padEnd(length * 3, '0')
  const parts = [0, 1, 2].map((index) => padded.slice(index * length, (index + 1) * length).slice(-8))
  let skip = 0
  while (length - skip > 2 && parts.every((part) => part[skip] === '0')) skip++
  return `#${parts.map((part) => part.slice(skip, skip + 2).padStart(2, '0')).join('')}`
}
