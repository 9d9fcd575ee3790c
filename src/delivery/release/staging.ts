/**
 * A folder that is either the old release or the new one, never half of either. In: work that fills a folder. Out: the folder in its place, or the old one as it
 * was; what the system refuses is reported.
 */
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Report } from '../../diagnostics/diagnostic.js'
import { isSystemError } from '../../project/engine.js'
import { manifestName } from './manifest.js'
import { shardName } from './part.js'

/** Runs `fill` on an empty folder beside `out`; where it gives a value, the folder takes the place of `out`. */
export async function inStaging<T>(out: string, report: Report, fill: (folder: string) => Promise<T | null>): Promise<T | null> {
  const folder = join(dirname(out), `.${basename(out)}.part`)
  try {
    if (!(await mayReplace(out, report))) return null
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    const value = await fill(folder)
    if (value === null) return null
    await rm(out, { recursive: true, force: true })
    await rename(folder, out)
    return value
  } catch (error) {
    if (!isSystemError(error)) throw error
    report({
      severity: 'error',
      code: 'output-not-written',
      message: `the release could not be written to ${out}: ${error.message}`,
      hint: 'check that the folder may be written to and has room',
    })
    return null
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A folder of other files is not a release to be replaced. */
async function mayReplace(out: string, report: Report): Promise<boolean> {
  if (!existsSync(out)) return true
  const names = await readdir(out)
  if (names.length === 0 || names.includes(manifestName) || names.includes(shardName)) return true
  report({
    severity: 'error',
    code: 'folder-not-a-release',
    message: `${out} holds files and is no release, so it is not replaced`,
    hint: 'name an empty folder or one that does not exist with --out',
  })
  return false
}
