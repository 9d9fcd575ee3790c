/** What commands share in what they print. In: diagnostics and figures. Out: text on standard output and standard error. */
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { formatDiagnostic, sortDiagnostics } from '../diagnostics/format.js'

/** A command that was called in a wrong way: exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

/** Prints messages to standard error, errors and warnings counted in a last line. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], quiet: boolean): void {
  const shown = sortDiagnostics(diagnostics).filter(({ severity }) => !quiet || severity === 'error')
  const color = process.stderr.isTTY === true && !process.env.NO_COLOR
  for (const diagnostic of shown) process.stderr.write(formatDiagnostic(diagnostic, { color, folder: process.cwd() }))
  const errors = shown.filter(({ severity }) => severity === 'error').length
  const warnings = shown.filter(({ severity }) => severity === 'warning').length
  if (errors + warnings > 0) process.stderr.write(`${count(errors, 'error')}, ${count(warnings, 'warning')}\n`)
}

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`

/** 12 345 bytes as `12.1 KB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

export const formatTime = (milliseconds: number): string => `${Math.round(milliseconds)} ms`

/** SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/) as an ISO date, where it is set and a number. */
export function sourceDate(): string | undefined {
  const epoch = process.env.SOURCE_DATE_EPOCH
  return epoch !== undefined && /^\d+$/.test(epoch) ? new Date(Number(epoch) * 1000).toISOString() : undefined
}

/** Names with commas between, each of which must be known, in the order of the known ones. Throws UsageError. */
export function listOf<T extends string>(text: string, known: readonly T[], what: string): readonly T[] {
  const names = text.split(',').map((name) => name.trim())
  for (const name of names)
    if (!known.includes(name as T)) throw new UsageError(`there is no ${what} "${name}"; known are ${known.join(', ')}`)
  return known.filter((name) => names.includes(name))
}

/** A queue's server by its URL, with the password of BRIEFPRESS_QUEUE_PASSWORD. Throws UsageError. */
export function queueAddress(url: string): { readonly url: string; readonly password?: string } {
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (!parsed || !/^rediss?:$/.test(parsed.protocol)) throw new UsageError('a queue is named as redis://host:port or rediss://host:port')
  if (parsed.password !== '')
    throw new UsageError(
      'a password on the command line can be read by others: set BRIEFPRESS_QUEUE_PASSWORD and leave it out of the address',
    )
  const password = process.env.BRIEFPRESS_QUEUE_PASSWORD
  return { url, ...(password ? { password } : {}) }
}
