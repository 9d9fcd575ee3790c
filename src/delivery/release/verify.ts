/**
 * `briefpress verify`. In: a release, and for --rebuild its sources. Out: a message for each file that is not what the release says, with the object of a PDF or
 * the line of a text that differs.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import type { Diagnostic, Report } from '../../diagnostics/diagnostic.js'
import type { Protection } from '../../pdf/encryption-names.js'
import { packageVersion } from '../../project/assets.js'
import { readBytes, readText } from '../../project/engine.js'
import { readArchive } from './archive.js'
import { readChecksums, sumsName } from './checksums.js'
import { sha256, sortedBy } from './digest.js'
import { archiveName } from './finish.js'
import { release } from './make-release.js'
import { type Manifest, manifestName, manifestSchema, parseJson } from './manifest.js'
import { optionsOfRecord } from './options.js'
import { describeDifference, differingObjects, firstDifference } from './pdf-objects.js'
import { provenanceName } from './provenance.js'

export interface VerifyOptions {
  /** The release's folder, or its manifest. */
  readonly release: string
  /** Build again from the sources in this project folder and compare. */
  readonly rebuild?: { readonly project: string; readonly since?: string; readonly passwords: Omit<Protection, 'permissions'> }
}

export interface VerifyResult {
  readonly ok: boolean
  readonly manifest: Manifest | null
  /** How many files were as they should be, by their sums and after building again. */
  readonly checked: number
  readonly rebuilt: number
  readonly diagnostics: readonly Diagnostic[]
}

/** Checks a release; never throws for what is wrong with it. */
export async function verifyRelease(options: VerifyOptions): Promise<VerifyResult> {
  const diagnostics: Diagnostic[] = []
  const report: Report = (diagnostic) => diagnostics.push(diagnostic)
  const path = resolve(options.release)
  const folder = basename(path) === manifestName ? dirname(path) : path
  const manifest = readManifest(folder, report)
  const checked = manifest ? checkFiles(folder, manifest, report) : 0
  const rebuilt = manifest && options.rebuild ? await rebuild({ folder, manifest, ...options.rebuild, report }) : 0
  return { ok: !diagnostics.some(({ severity }) => severity === 'error'), manifest, checked, rebuilt, diagnostics }
}

function problem(report: Report, code: string, message: string, hint?: string): void {
  report({ severity: 'error', code, message, ...(hint === undefined ? {} : { hint }) })
}

function readManifest(folder: string, report: Report): Manifest | null {
  const file = join(folder, manifestName)
  const text = readText(file)
  const parsed = text === null ? { problem: 'it cannot be read' } : parseJson(text, manifestSchema)
  if ('value' in parsed) return parsed.value
  problem(report, 'manifest-unreadable', `${file}: ${parsed.problem}`, 'name the folder of a release or its manifest.json')
  return null
}

/** Every file that the manifest, SHA256SUMS or the archive's own sum names. Counts those that are right. */
function checkFiles(folder: string, manifest: Manifest, report: Report): number {
  const archive = archiveName(manifest.tag)
  const copies = readArchive(readBytes(join(folder, archive)) ?? new Uint8Array())
  const listed = [...manifest.outputs, ...manifest.records]
  const digests = new Map(listed.map(({ path, sha256: digest }) => [path, { digest, by: manifestName }]))
  const names = new Set([...digests.keys(), manifestName, provenanceName, archive])
  for (const list of [sumsName, `${archive}.sha256`]) {
    const text = readText(join(folder, list))
    if (text === null) problem(report, 'file-missing', `${list} is missing`)
    const { sums, malformed } = readChecksums(text ?? '')
    for (const line of malformed) problem(report, 'checksums-malformed', `${list}, line ${line}, is no line of a checksum file`)
    for (const { path, sha256: digest } of sums) {
      const known = digests.get(path)
      if (known && known.digest !== digest) problem(report, 'checksums-disagree', `${path}: ${list} and ${known.by} name different sums`)
      else if (!names.has(path)) problem(report, 'checksums-disagree', `${list} names ${path}, which the manifest does not`)
      else digests.set(path, { digest, by: list })
    }
  }
  for (const name of names) if (!digests.has(name)) problem(report, 'checksum-missing', `no sum is given for ${name}`)
  const right = sortedBy(digests, ([path]) => path).filter(([path, { digest, by }]) => {
    const bytes = readBytes(join(folder, path))
    if (!bytes) problem(report, 'file-missing', `${path} is missing`)
    else if (sha256(bytes) !== digest) {
      const copy = copies?.get(path)
      const place = copy && sha256(copy) === digest ? `: beside the copy in ${archive}, ${describe(path, copy, bytes)}` : ''
      problem(report, 'checksum-mismatch', `${path} is not what ${by} says${place}`)
    } else return true
    return false
  })
  return right.length + checkArchive(folder, copies, report)
}

/** The archive holds the same files; its sums file is in no list, so it is compared here. */
function checkArchive(folder: string, copies: ReadonlyMap<string, Uint8Array> | null, report: Report): number {
  if (!copies) return 0
  for (const [path, copy] of copies) {
    if (path !== sumsName) continue
    const bytes = readBytes(join(folder, path))
    if (bytes && firstDifference(copy, bytes) < 0) return 1
    if (bytes) problem(report, 'checksum-mismatch', `${path} is not as in the archive: ${describe(path, copy, bytes)}`)
  }
  return 0
}

const mostObjects = 5

/** Where `found` differs from `wanted`. */
export function describe(path: string, wanted: Uint8Array, found: Uint8Array): string {
  const at = firstDifference(wanted, found)
  const place = `byte ${at} is the first that differs`
  if (path.endsWith('.pdf')) {
    const objects = differingObjects(wanted, found)
    if (objects.length === 0) return `${place}, outside all objects`
    const more = objects.length > mostObjects ? `, and ${objects.length - mostObjects} more` : ''
    return `${place}; ${objects.slice(0, mostObjects).map(describeDifference).join(', ')}${more}`
  }
  if (!/\.(html|json|md)$|^SHA256SUMS$/.test(path)) return place
  const lines = Buffer.from(found.subarray(0, at)).toString('utf8').split('\n')
  return `${place}: line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`
}

interface RebuildInput {
  readonly folder: string
  readonly manifest: Manifest
  readonly project: string
  readonly since?: string
  readonly passwords: Omit<Protection, 'permissions'>
  readonly report: Report
}

/** Counts the files that come out the same. */
async function rebuild(input: RebuildInput): Promise<number> {
  const { manifest, report } = input
  const project = resolve(input.project)
  checkSources(manifest, project, report)
  const version = packageVersion()
  if (manifest.tool.version !== version)
    report({
      severity: 'warning',
      code: 'other-version',
      message: `the release was made with briefpress ${manifest.tool.version} and is built again with ${version}`,
      hint: 'install the version that made it',
    })
  const scratch = await mkdtemp(join(tmpdir(), 'briefpress-verify-'))
  try {
    const again = await release({
      ...optionsOfRecord(manifest.options, project, input.passwords),
      project,
      out: join(scratch, 'release'),
      tag: manifest.tag,
      since: manifest.since === null ? null : (input.since ?? manifest.since.name),
      builder: manifest.builder,
      ...(manifest.date === null ? {} : { date: manifest.date }),
    })
    again.diagnostics.forEach(report)
    return again.manifest ? compareFolders(input, again.folder) : 0
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

function checkSources(manifest: Manifest, project: string, report: Report): void {
  for (const { path, sha256: digest } of manifest.sources) {
    const bytes = readBytes(join(project, path))
    if (!bytes)
      problem(report, 'source-missing', `the source ${path} is not in ${project}`, 'name the folder of the project with --project')
    else if (sha256(bytes) !== digest)
      problem(report, 'source-changed', `the source ${path} is not the one that was released`, 'check out the state of the release')
  }
}

function compareFolders({ folder, manifest, report }: RebuildInput, again: string): number {
  const archive = archiveName(manifest.tag)
  const made = [...manifest.outputs, ...manifest.records].map(({ path }) => path)
  const names = [...made, manifestName, provenanceName, sumsName, archive, `${archive}.sha256`]
  return names.filter((path) => {
    const [wanted, found] = [readBytes(join(folder, path)), readBytes(join(again, path))]
    if (wanted && found && firstDifference(wanted, found) < 0) return true
    if (!found) problem(report, 'rebuild-differs', `${path} does not come out when the release is built again`)
    else if (wanted)
      problem(report, 'rebuild-differs', `${path} comes out otherwise when it is built again: ${describe(path, wanted, found)}`)
    return false
  }).length
}
