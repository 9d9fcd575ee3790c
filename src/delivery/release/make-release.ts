/**
 * `briefpress release`. In: sources and options. Out: a folder with every edition under its name and version and with what proves it, or one shard of that;
 * nothing where a source has an error or a warning.
 */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { Diagnostic, Report } from '../../diagnostics/diagnostic.js'
import type { Document } from '../../document/document.js'
import { packageVersion } from '../../project/assets.js'
import { type BuildResult, type BuiltFile, build, type EditionLedger } from '../../project/build.js'
import { type Engine, loadEngine } from '../../project/engine.js'
import { findSources } from '../../project/sources.js'
import { portablePath, sortedBy, writeJson } from './digest.js'
import { documentText } from './document-text.js'
import { finishRelease, safeName } from './finish.js'
import { tagsHere } from './git.js'
import type { Manifest, ManifestHead, ManifestOutput } from './manifest.js'
import { materials, readSources, usedFonts } from './materials.js'
import { namedSources, type ReleaseOptions, recordOptions } from './options.js'
import { describeOutput } from './outputs.js'
import { joinParts, type ReleasePart, type Shard, shardName, shardOf } from './part.js'
import { type Previous, readPrevious } from './previous.js'
import { localBuilder } from './provenance.js'
import { inStaging } from './staging.js'

export interface ReleaseResult {
  readonly ok: boolean
  /** Absolute. */
  readonly folder: string
  /** Null for a shard, and where nothing was written. */
  readonly manifest: Manifest | null
  readonly outputs: readonly ManifestOutput[]
  readonly ledgers: readonly EditionLedger[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Builds and writes a release. Every problem is in `diagnostics`; a warning stops it as an error does. */
export async function release(options: ReleaseOptions = {}): Promise<ReleaseResult> {
  const project = resolve(options.project ?? '.')
  const folder = resolve(project, options.out ?? 'out/release')
  const diagnostics: Diagnostic[] = []
  const report: Report = (diagnostic) => diagnostics.push(diagnostic)
  const made = await inStaging(folder, report, async (staging) => {
    const built = await buildPart({ options, project, staging, report })
    if (!built) return null
    if (options.shard) {
      await writeFile(join(staging, shardName), writeJson(built.part))
      return { ...built, manifest: null }
    }
    const whole = joinParts([{ name: folder, part: built.part }], report)
    const manifest = whole && (await finishRelease({ whole, folder: staging, project, report }))
    return manifest ? { ...built, manifest } : null
  })
  const ok = made !== null && !diagnostics.some(({ severity }) => severity !== 'info')
  return { ok, folder, manifest: made?.manifest ?? null, outputs: made?.part.outputs ?? [], ledgers: made?.ledgers ?? [], diagnostics }
}

interface PartInput {
  readonly options: ReleaseOptions
  readonly project: string
  readonly staging: string
  readonly report: Report
}

interface BuiltPart {
  readonly part: ReleasePart
  readonly ledgers: readonly EditionLedger[]
}

const wholeShard: Shard = { index: 1, count: 1 }

async function buildPart(input: PartInput): Promise<BuiltPart | null> {
  const { options, project, report } = input
  const found: Diagnostic[] = []
  const named = namedSources(options).map((name) => resolve(project, name))
  const files = await findSources(named, project, (diagnostic) => found.push(diagnostic))
  found.forEach(report)
  if (found.some(({ severity }) => severity === 'error')) return null
  const all = sortedBy(files, (file) => portablePath(project, file))
  const tag = options.tag === undefined ? (tagsHere(project).at(-1) ?? null) : options.tag
  const previous = await previousOf(input, named, tag)
  if (previous === 'unreadable') return null
  const shard = options.shard ?? wholeShard
  const mine = shardOf(all, shard)
  const engine = await loadEngine({ fontFolders: (options.fontFolders ?? []).map((folder) => resolve(project, folder)) })
  const result = await buildEditions(input, mine, engine)
  if (!result?.ok) return null
  const read = await readSources(mine, project)
  const documents = read.map(({ document }) => document)
  const outputs = await nameOutputs({ ...input, documents, tag, result })
  if (!outputs) return null
  const head: ManifestHead = {
    schema: 'briefpress-release/1',
    tag,
    date: options.date ?? null,
    since: previous?.since ?? null,
    builder: options.builder ?? localBuilder,
    tool: { name: 'briefpress', version: packageVersion() },
    options: recordOptions(options, project),
  }
  const { audience, css = [], pdf } = options
  const absolute = (names: readonly string[]): readonly string[] => names.map((name) => resolve(project, name))
  const part: ReleasePart = {
    schema: 'briefpress-shard/1',
    shard,
    all: all.map((file) => portablePath(project, file)),
    head,
    fonts: [...usedFonts(engine.fonts.values())],
    sources: [...materials({ project, documents: read, css: absolute(css), attach: absolute(pdf?.attach ?? []) })],
    outputs: [...outputs],
    texts: documents.map((document) =>
      documentText(document, { source: portablePath(project, document.file), ...(audience === undefined ? {} : { audience }) }),
    ),
    before: previous === null ? null : [...previous.texts],
  }
  return { part, ledgers: result.ledgers }
}

async function previousOf(
  { options, project, report }: PartInput,
  sources: readonly string[],
  tag: string | null,
): Promise<Previous | null | 'unreadable'> {
  const { since, audience } = options
  if (since === null) return null
  const previous = await readPrevious(since, { project, sources, tag, report, ...(audience === undefined ? {} : { audience }) })
  return previous ?? (since === undefined ? null : 'unreadable')
}

async function buildEditions(
  { options, project, staging, report }: PartInput,
  sources: readonly string[],
  engine: Engine,
): Promise<BuildResult | null> {
  if (sources.length === 0) return { ok: true, files: [], ledgers: [], diagnostics: [] }
  const { editions, formats, audience, css, pdf, date } = options
  const absolute = (names: readonly string[]): readonly string[] => names.map((name) => resolve(project, name))
  const result = await build({
    sources,
    project,
    out: staging,
    strict: true,
    ledger: false,
    engine,
    ...(editions ? { editions } : {}),
    ...(formats ? { formats } : {}),
    ...(css ? { css: absolute(css) } : {}),
    ...(pdf ? { pdf: { ...pdf, ...(pdf.attach ? { attach: absolute(pdf.attach) } : {}) } } : {}),
    ...(audience === undefined ? {} : { audience }),
    ...(date === undefined ? {} : { date }),
  })
  result.diagnostics.forEach(report)
  return result
}

interface NamingInput extends PartInput {
  readonly documents: readonly Document[]
  readonly tag: string | null
  readonly result: BuildResult
}

/** Gives each file its version, and reads what it holds. */
async function nameOutputs(input: NamingInput): Promise<readonly ManifestOutput[] | null> {
  const { documents, project, options, result, staging, tag, report } = input
  const versions = new Map<string, string>()
  for (const document of documents) {
    const version = document.metadata.version ?? tag?.replace(/^v(?=\d)/, '')
    if (version === undefined) report(versionMissing(document))
    else versions.set(portablePath(project, document.file), safeName(version))
  }
  if (versions.size < documents.length) return null
  const { protection } = options.pdf ?? {}
  const password = protection?.userPassword ?? protection?.ownerPassword
  const outputs: ManifestOutput[] = []
  for (const file of result.files) {
    const source = portablePath(project, resolve(project, file.source))
    const path = versionedName(file, versions.get(source) ?? '')
    await rename(file.path, join(staging, path))
    const data = new Uint8Array(await readFile(join(staging, path)))
    const ledger = result.ledgers.find((one) => one.source === file.source && one.edition === file.edition)
    outputs.push(await describeOutput({ file, data, path, source, ledger, ...(password === undefined ? {} : { password }) }))
  }
  return sortedBy(outputs, ({ path }) => path)
}

/** `note-brief-1.2.pdf`. */
function versionedName({ path, format }: BuiltFile, version: string): string {
  return `${basename(path).slice(0, -format.length - 1)}-${version}.${format}`
}

const versionMissing = ({ file, source }: Document): Diagnostic => ({
  severity: 'error',
  code: 'version-missing',
  message: 'neither the source nor the release names a version, which the names of released files carry',
  position: { file, line: 1, column: 1 },
  excerpt: source.split('\n', 1)[0] ?? '',
  hint: 'write version: "1.0" into the front matter, or name the release with --tag v1.0',
})
