/**
 * Messages about what a person wrote: each has a stable code, a place in a source and a hint.
 * In: a place and words. Out: plain objects that cli/ prints and the library returns.
 */

/** A place in a source file. Lines and columns count from 1, columns in UTF-16 code units; offset counts from 0. */
export interface SourcePosition {
  readonly file: string
  readonly line: number
  readonly column: number
  /** How many code units on the same line the mark covers; 1 where unknown. */
  readonly length?: number
}

export type Severity = 'error' | 'warning' | 'info'

/** One message. `code` is kebab-case and stable, such as `unresolved-reference`. */
export interface Diagnostic {
  readonly severity: Severity
  readonly code: string
  readonly message: string
  readonly position?: SourcePosition
  /** The text of the line at `position`, without its line end. */
  readonly excerpt?: string
  /** Other places that it is about, with their first words. */
  readonly related?: readonly { readonly position: SourcePosition; readonly excerpt: string }[]
  /** What to do about it. */
  readonly hint?: string
}

/** Takes messages as they are found; a stage is handed one and never throws for what a person wrote wrong. */
export type Report = (diagnostic: Diagnostic) => void

/** Thrown where work cannot go on; carries the messages that say why. Never shows a stack trace to a user. */
export class DiagnosticError extends Error {
  readonly diagnostics: readonly Diagnostic[]
  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => d.message).join('\n'))
    this.name = 'DiagnosticError'
    this.diagnostics = diagnostics
  }
}
