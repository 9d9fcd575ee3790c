/**
 * Text in lines of a set width. In: text. Out: lines broken at spaces, and inside words only in scripts that have no spaces (Khmer, Lao, Thai,
 * Burmese, Chinese, Japanese), where a dictionary finds the words. Widths are those of terminals: marks 0, East Asian wide characters 2 (UAX #11).
 */

const noSpaces = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]/
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const mark = /[\p{M}\p{Cf}]/u

/** Columns that a text takes. */
export function textWidth(text: string): number {
  if (/^[\u0020-\u024f]*$/.test(text)) return text.length
  let width = 0
  for (const character of text) width += mark.test(character) ? 0 : wide.test(character) ? 2 : 1
  return width
}

/** Fills lines up to `width`; a word that is longer, such as an address, stands alone. Line feeds in the text stay. */
export function wrapText(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width))
}

interface Piece {
  readonly text: string
  /** A space goes before it, unless it begins a line. */
  readonly spaced: boolean
}

function* piecesOf(line: string): Generator<Piece> {
  for (const word of line.split(/[ \t\r\f\v]+/)) {
    if (word === '') continue
    if (!noSpaces.test(word)) yield { text: word, spaced: true }
    else {
      let first = true
      for (const { segment } of new Intl.Segmenter('und', { granularity: 'word' }).segment(word)) {
        yield { text: segment, spaced: first }
        first = false
      }
    }
  }
}

function wrapLine(line: string, width: number): readonly string[] {
  const lines: string[] = []
  let current = ''
  let used = 0
  for (const { text, spaced } of piecesOf(line)) {
    const taken = textWidth(text)
    const gap = spaced && current !== '' ? 1 : 0
    // Stops and closing brackets never begin a line.
    const hangs = !spaced && /^[\p{Pe}\p{Pf}\p{Po}]/u.test(text)
    if (current !== '' && used + gap + taken > width && !hangs) {
      lines.push(current)
      current = text
      used = taken
    } else {
      current += (gap > 0 ? ' ' : '') + text
      used += gap + taken
    }
  }
  lines.push(current)
  return lines
}

/** Lines with one lead before the first and another before the rest; empty lines get no spaces at their end. */
export function lead(lines: readonly string[], first: string, rest: string): readonly string[] {
  return lines.map((line, index) => ((index === 0 ? first : rest) + line).trimEnd())
}

/** A text filled up with spaces to a width. */
export function pad(text: string, width: number, alignment: 'left' | 'right' | 'center'): string {
  const free = Math.max(0, width - textWidth(text))
  const before = alignment === 'right' ? free : alignment === 'center' ? free >> 1 : 0
  return ' '.repeat(before) + text + ' '.repeat(free - before)
}
