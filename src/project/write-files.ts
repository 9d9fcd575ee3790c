/**
 * Writing outputs. In: finished bytes. Out: files that are either the old ones or the new ones, never half of either.
 */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

export interface FileToWrite {
  /** Absolute. */
  readonly path: string
  readonly data: Uint8Array | string
}

/** Writes all files beside their places first, then renames them; what fails before leaves every old file as it was. Throws system errors. */
export async function writeFiles(files: readonly FileToWrite[]): Promise<void> {
  const written: { from: string; to: string }[] = []
  try {
    for (const { path, data } of files) {
      const from = join(dirname(path), `.${basename(path)}.part`)
      await mkdir(dirname(path), { recursive: true })
      written.push({ from, to: path })
      await writeFile(from, data)
    }
    for (const { from, to } of written) await rename(from, to)
  } catch (error) {
    await Promise.all(written.map(({ from }) => rm(from, { force: true })))
    throw error
  }
}
