/**
 * Diagnostics with the line they are about. In: a source text, a place and words. Out: a Diagnostic.
 */
import type { Diagnostic, Severity, SourcePosition } from '../diagnostics/diagnostic.js'

export interface Message {
  readonly severity: Severity
  readonly code: string
  readonly message: string
  readonly position?: SourcePosition | undefined
  readonly hint?: string | undefined
}

/** A diagnostic with the excerpt of its line taken from `source`. */
export function diagnosticAt(source: string, message: Message): Diagnostic {
  const { severity, code, message: text, position, hint } = message
  const excerpt = position ? lineAt(source, position.line) : undefined
  return {
    severity,
    code,
    message: text,
    ...(position ? { position } : {}),
    ...(excerpt === undefined ? {} : { excerpt }),
    ...(hint === undefined ? {} : { hint }),
  }
}

/** Line `number` (from 1) of a text, without its end. */
export function lineAt(source: string, number: number): string | undefined {
  let start = 0
  for (let line = 1; line < number; line++) {
    const end = source.indexOf('\n', start)
    if (end < 0) return undefined
    start = end + 1
  }
  const end = source.indexOf('\n', start)
  return source.slice(start, end < 0 ? undefined : end).replace(/\r$/, '')
}
