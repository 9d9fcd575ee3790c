/**
 * SHA256SUMS, as `sha256sum` of GNU coreutils reads it (its manual, section 6.5): digest, space, asterisk or space, name. In: files. Out: lines; and back.
 */
import { compareText } from './digest.js'

export const sumsName = 'SHA256SUMS'

export interface Checksum {
  readonly path: string
  readonly sha256: string
}

/** One line a file, sorted by name. A name with a backslash or a line end is escaped and its line starts with a backslash. */
export function writeChecksums(sums: readonly Checksum[]): string {
  return [...sums]
    .sort((a, b) => compareText(a.path, b.path))
    .map(({ path, sha256 }) => {
      const escaped = path.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
      return `${escaped === path ? '' : '\\'}${sha256}  ${escaped}\n`
    })
    .join('')
}

export interface ReadChecksums {
  readonly sums: readonly Checksum[]
  /** Numbers of lines, from 1, that are none. */
  readonly malformed: readonly number[]
}

/** Reads what writeChecksums and sha256sum write. */
export function readChecksums(text: string): ReadChecksums {
  const sums: Checksum[] = []
  const malformed: number[] = []
  text.split('\n').forEach((line, index) => {
    if (line === '') return
    const [, escaped, sha256, path] = /^(\\?)([0-9a-fA-F]{64}) [ *](.+)$/.exec(line) ?? []
    if (sha256 === undefined || path === undefined) malformed.push(index + 1)
    else sums.push({ sha256: sha256.toLowerCase(), path: escaped ? unescapeName(path) : path })
  })
  return { sums, malformed }
}

const unescapeName = (name: string): string =>
  name.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter === 'r' ? '\r' : letter))
