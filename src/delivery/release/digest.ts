/**
 * Digests (FIPS 180-4, SHA-256) and the order of names. In: bytes or text. Out: 64 hexadecimal digits; a comparison that no locale changes.
 */
import { createHash } from 'node:crypto'
import { relative, sep } from 'node:path'

/** SHA-256 in lower-case hexadecimal; text counts as UTF-8. */
export const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex')

/** By UTF-16 code units, whatever the locale. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A copy sorted by a text of each value. */
export function sortedBy<T>(values: Iterable<T>, key: (value: T) => string): readonly T[] {
  return [...values].sort((a, b) => compareText(key(a), key(b)))
}

/** A path as releases write it: relative to the project, with `/` on every system. */
export const portablePath = (project: string, path: string): string => relative(project, path).split(sep).join('/')

/** JSON as releases write it: two spaces, a line feed at the end. */
export const writeJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
