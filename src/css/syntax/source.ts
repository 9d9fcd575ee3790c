/**
 * In: a style sheet's text and file. Out: positions and excerpts for diagnostics in it.
 */
import type { Diagnostic, Report, Severity, SourcePosition } from '../../diagnostics/diagnostic.js'

/** The text a message points into; `at` overrides the position where the text has no place of its own (style attributes). */
export interface SheetSource {
  readonly file: string
  readonly css: string
  /** Lines before the text in the file (for <style> in HTML). */
  readonly firstLine: number
  readonly at?: SourcePosition
}

export interface CssMessage {
  readonly severity: Severity
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly start: number
  readonly end: number
}

/** Where the line of an offset starts; code units from 0. */
function lineStart(css: string, offset: number): number {
  return Math.max(css.lastIndexOf('\n', offset - 1), css.lastIndexOf('\r', offset - 1)) + 1
}

/** Reports a message at an offset of the source. */
export function reportAt(report: Report, source: SheetSource, message: CssMessage): void {
  const { start, end, ...rest } = message
  const { css } = source
  const from = lineStart(css, start)
  const excerpt = /^[^\r\n]*/.exec(css.slice(from))?.[0] ?? ''
  const line = css.slice(0, from).split(/\r\n|[\n\r]/).length + source.firstLine
  const length = Math.max(1, Math.min(end, from + excerpt.length) - start)
  const position = source.at ?? { file: source.file, line, column: start - from + 1, length }
  const diagnostic: Diagnostic = { ...rest, position, excerpt }
  report(diagnostic)
}
