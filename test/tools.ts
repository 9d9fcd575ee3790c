/**
 * Programs that tests compare with or look through. A test that needs one which is not there is skipped and says so; with
 * BRIEFPRESS_REQUIRE_TOOLS=1, as in CI, it fails instead.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectFolder = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

/** True where tests that need the program can run. */
export function hasTool(name: string): boolean {
  const found = (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, name)))
  return allow(found, `the program ${name}`)
}

export const hasFile = (path: string): boolean => allow(existsSync(path), path)

function allow(found: boolean, what: string): boolean {
  if (found) return true
  if (process.env.BRIEFPRESS_REQUIRE_TOOLS === '1') throw new Error(`${what} is needed and not there`)
  console.warn(`skipped: ${what} is not there`)
  return false
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'briefpress-'))

/** What a program prints. */
export function output(program: string, args: readonly string[]): string {
  return execFileSync(program, [...args], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] })
}

export interface Run {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the built command line. */
export function briefpress(
  args: readonly string[],
  options: { readonly cwd?: string; readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Run {
  try {
    const out = execFileSync(process.execPath, [join(projectFolder, 'dist', 'cli.js'), ...args], {
      cwd: options.cwd ?? projectFolder,
      input: options.input ?? '',
      env: { ...process.env, ...options.env },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    return { code: 0, out, err: '' }
  } catch (error) {
    const failed = error as { status: number; stdout: string; stderr: string }
    return { code: failed.status, out: failed.stdout, err: failed.stderr }
  }
}
