/**
 * Where text stands in its source after markers of quotes, lists and divs have been taken off its lines.
 * In: a source, then texts cut from it. Out: file, line and column of any offset.
 */
import type { SourcePosition } from '../diagnostics/diagnostic.js'

interface Line {
  readonly text: string
  /** Offset of the line's first character in this text. */
  readonly offset: number
  /** From 1. */
  readonly line: number
  readonly column: number
}

export class SourceLines {
  readonly file: string
  readonly #lines: readonly Line[]

  private constructor(file: string, lines: readonly Line[]) {
    this.file = file
    this.#lines = lines
  }

  /** A whole source, or what follows its front matter: `firstLine` is the line number of its start. */
  static of(file: string, text: string, firstLine = 1): SourceLines {
    let offset = 0
    return new SourceLines(
      file,
      text.split('\n').map((line, index) => {
        const entry = { text: line, offset, line: firstLine + index, column: 1 }
        offset += line.length + 1
        return entry
      }),
    )
  }

  /** The place of an offset, as line index and column. */
  position(offset: number): SourcePosition {
    const line = this.#lines[this.lineIndex(offset)]
    if (!line) return { file: this.file, line: 1, column: 1 }
    return { file: this.file, line: line.line, column: line.column + Math.min(Math.max(0, offset - line.offset), line.text.length) }
  }

  lineIndex(offset: number): number {
    let low = 0
    let high = this.#lines.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#lines[middle]?.offset ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  /** A text whose lines are lines of this one from `firstIndex` on, each less what was taken off in front. */
  cut(text: string, firstIndex: number): SourceLines {
    let offset = 0
    return new SourceLines(
      this.file,
      text.split('\n').map((line, index) => {
        const parent = this.#lines[Math.min(firstIndex + index, this.#lines.length - 1)]
        const found = parent && line !== '' ? parent.text.lastIndexOf(line) : -1
        const entry = { text: line, offset, line: parent?.line ?? 1, column: (parent?.column ?? 1) + Math.max(0, found) }
        offset += line.length + 1
        return entry
      }),
    )
  }
}
