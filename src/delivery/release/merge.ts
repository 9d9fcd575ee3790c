/**
 * `briefpress release merge`. In: the folders of all shards. Out: the release that one machine would have written, byte by byte.
 */
import { copyFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Diagnostic, Report } from '../../diagnostics/diagnostic.js'
import { readBytes, readText } from '../../project/engine.js'
import { sha256 } from './digest.js'
import { finishRelease } from './finish.js'
import type { ReleaseResult } from './make-release.js'
import { parseJson } from './manifest.js'
import { joinParts, type NamedPart, partSchema, shardName } from './part.js'
import { inStaging } from './staging.js'

export interface MergeOptions {
  readonly folders: readonly string[]
  /** The project folder. Default: the working folder. */
  readonly project?: string
  /** Default: `out/release` in the project folder. */
  readonly out?: string
}

/** Joins shards. A shard whose files were changed, or that is not of this release, is an error. */
export async function mergeShards(options: MergeOptions): Promise<ReleaseResult> {
  const project = resolve(options.project ?? '.')
  const folder = resolve(project, options.out ?? 'out/release')
  const diagnostics: Diagnostic[] = []
  const report: Report = (diagnostic) => diagnostics.push(diagnostic)
  const parts = options.folders.flatMap((name) => readPart(resolve(name), report) ?? [])
  const whole = parts.length === options.folders.length ? joinParts(parts, report) : null
  const manifest =
    whole &&
    (await inStaging(folder, report, async (staging) => {
      for (const { name, part } of parts) for (const { path } of part.outputs) await copyFile(join(name, path), join(staging, path))
      return finishRelease({ whole, folder: staging, project, report })
    }))
  return { ok: manifest !== null, folder, manifest, outputs: manifest?.outputs ?? [], ledgers: [], diagnostics }
}

function readPart(folder: string, report: Report): NamedPart | null {
  const unreadable = (message: string): null => {
    report({ severity: 'error', code: 'shard-unreadable', message, hint: 'name folders that briefpress release --shard wrote' })
    return null
  }
  const text = readText(join(folder, shardName))
  if (text === null) return unreadable(`${folder} holds no ${shardName}`)
  const parsed = parseJson(text, partSchema)
  if ('problem' in parsed) return unreadable(`${join(folder, shardName)}: ${parsed.problem}`)
  for (const output of parsed.value.outputs) {
    const bytes = readBytes(join(folder, output.path))
    if (!bytes) return unreadable(`${join(folder, output.path)} is missing`)
    if (sha256(bytes) !== output.sha256) return unreadable(`${join(folder, output.path)} is not what its shard says: it was changed`)
  }
  return { name: folder, part: parsed.value }
}
