/**
 * What git knows of a project (git-rev-parse(1), git-describe(1), git-show(1), git-ls-tree(1)). In: a folder. Out: tags, and files as they were at a
 * revision; null where git, the repository or the revision is not there.
 */
import { execFileSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { isSystemError } from '../../project/engine.js'

const largestFile = 1 << 28

/** What a command of git prints; null where it fails or there is no git. */
function git(folder: string, args: readonly string[]): Buffer | null {
  try {
    return execFileSync('git', ['-C', folder, ...args], { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: largestFile })
  } catch (error) {
    if (isSystemError(error) || (error instanceof Error && 'status' in error)) return null
    throw error
  }
}

const lineOf = (output: Buffer | null): string | null => output?.toString('utf8').trim() || null

/** The commit that a revision names. What starts with a dash is no revision. */
export function commitOf(folder: string, revision: string): string | null {
  return lineOf(git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]))
}

/** The tags on the checked out commit, sorted. */
export function tagsHere(folder: string): readonly string[] {
  return (lineOf(git(folder, ['tag', '--points-at', 'HEAD', '--sort=version:refname'])) ?? '').split('\n').filter((tag) => tag !== '')
}

/** The nearest tag up to the checked out commit; before it, where the release is that commit's own tag. Null where there is none. */
export function lastTag(folder: string, release: string | null): string | null {
  const here = tagsHere(folder)
  const own = release !== null && here.includes(release) ? here.flatMap((tag) => ['--exclude', tag]) : []
  return lineOf(git(folder, ['describe', '--tags', '--abbrev=0', ...own, 'HEAD']))
}

export interface Revision {
  /** A file's bytes as they were; null where it was not there. Paths are absolute. */
  readonly read: (file: string) => Uint8Array | null
  /** The files that were in a folder or the file itself, as absolute paths. */
  readonly list: (path: string) => readonly string[]
}

/** The state of a working tree at a commit. */
export function openRevision(folder: string, commit: string): Revision | null {
  const top = lineOf(git(folder, ['rev-parse', '--show-toplevel']))
  if (top === null) return null
  // git answers with links followed.
  const real = realpathSync(folder)
  const inside = (path: string): string | null => {
    const below = relative(top, resolve(real, relative(folder, path)))
    return below === '..' || below.startsWith(`..${sep}`) ? null : below.split(sep).join('/')
  }
  return {
    read: (file) => {
      const path = inside(file)
      return path === null ? null : git(folder, ['cat-file', 'blob', `${commit}:${path}`])
    },
    list: (path) => {
      const below = inside(path)
      if (below === null) return []
      const names = git(folder, ['ls-tree', '-r', '-z', '--full-tree', '--name-only', commit, '--', ...(below === '' ? [] : [below])])
      return (names?.toString('utf8') ?? '')
        .split('\0')
        .filter((name) => name !== '')
        .map((name) => resolve(folder, relative(real, resolve(top, name))))
    },
  }
}
