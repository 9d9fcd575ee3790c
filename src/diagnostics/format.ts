/**
 * Diagnostics → text for a terminal. In: diagnostics in any order. Out: one message after another, sorted by place, each with its
 * line and a mark under the place.
 */
import type { Diagnostic, SourcePosition } from './diagnostic.js'

export interface FormatOptions {
  /** ANSI colours. */
  readonly color: boolean
  /** Paths are shown relative to this folder. */
  readonly folder: string
}

const colors = { error: '\u001b[31;1m', warning: '\u001b[33;1m', info: '\u001b[36;1m', quiet: '\u001b[2m', reset: '\u001b[0m' }

/** Same message at the same place only once, by file, line and column. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>()
  const unique = diagnostics.filter((diagnostic) => {
    const key = `${diagnostic.code} ${placeText(diagnostic.position, '')} ${diagnostic.message}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
  return unique.sort((a, b) => comparePlaces(a.position, b.position))
}

function comparePlaces(a: SourcePosition | undefined, b: SourcePosition | undefined): number {
  if (!a || !b) return a ? -1 : b ? 1 : 0
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line || a.column - b.column
}

function placeText(position: SourcePosition | undefined, folder: string): string {
  if (!position) return ''
  const file = folder !== '' && position.file.startsWith(`${folder}/`) ? position.file.slice(folder.length + 1) : position.file
  return `${file}:${position.line}:${position.column}`
}

/** One message over several lines, ending in a line feed. */
export function formatDiagnostic(diagnostic: Diagnostic, options: FormatOptions): string {
  const paint = (color: keyof typeof colors, text: string) => (options.color ? `${colors[color]}${text}${colors.reset}` : text)
  const { severity, code, message, position, excerpt, hint } = diagnostic
  const place = placeText(position, options.folder)
  const lines = [`${place === '' ? '' : `${place}: `}${paint(severity, severity)}: ${message} ${paint('quiet', `[${code}]`)}`]
  if (position && excerpt !== undefined) {
    const gutter = `${position.line}`
    const { text, mark } = excerptWindow(excerpt, position)
    lines.push(`  ${gutter} | ${text}`, `  ${' '.repeat(gutter.length)} | ${paint(severity, mark)}`)
  }
  for (const { position: place, excerpt: words } of diagnostic.related ?? []) lines.push(`  ${placeText(place, options.folder)}: ${words}`)
  if (hint !== undefined) lines.push(`  ${paint('quiet', 'hint:')} ${hint}`)
  return `${lines.join('\n')}\n`
}

const windowWidth = 110

/** Long lines are cut to the stretch around the place. */
function excerptWindow(excerpt: string, { column, length }: SourcePosition): { text: string; mark: string } {
  const plain = excerpt.replace(/\t/g, ' ')
  const start = column > windowWidth - 30 ? column - 40 : 0
  const text = plain.slice(start, start + windowWidth)
  const lead = start > 0 ? '… ' : ''
  const tail = plain.length > start + windowWidth ? ' …' : ''
  const at = Math.max(0, column - 1 - start) + lead.length
  const marks = Math.max(1, Math.min(length ?? 1, text.length + lead.length - at))
  return { text: `${lead}${text}${tail}`, mark: `${' '.repeat(at)}${'^'.repeat(marks)}` }
}
