/**
 * The text before: what the CHANGES page compares with. In: a revision of git, a folder of sources, or an earlier release. Out: the texts of its documents; what
 * cannot be read is reported.
 */
import { existsSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import type { Diagnostic, Report } from '../../diagnostics/diagnostic.js'
import { readBytes, readText } from '../../project/engine.js'
import { readDocument } from '../../project/read-document.js'
import { findSources, isMarkdown } from '../../project/sources.js'
import { portablePath, sha256, sortedBy } from './digest.js'
import { type DocumentText, documentText, textFileSchema, textName } from './document-text.js'
import { commitOf, lastTag, openRevision } from './git.js'
import { manifestName, manifestSchema, parseJson, type Since } from './manifest.js'

export interface Previous {
  readonly since: Since
  readonly texts: readonly DocumentText[]
}

export interface PreviousOptions {
  /** Absolute. */
  readonly project: string
  /** Files and folders of sources, absolute. */
  readonly sources: readonly string[]
  readonly audience?: string
  /** The name of the release that is made. */
  readonly tag: string | null
  readonly report: Report
}

/** What `--since` names; without it, the last tag. Null for a first release, or where the error is reported. */
export async function readPrevious(name: string | undefined, options: PreviousOptions): Promise<Previous | null> {
  const { project, report } = options
  if (name === undefined) {
    const tag = lastTag(project, options.tag)
    return tag === null ? null : previousRevision(tag, options)
  }
  const path = resolve(project, name)
  const written = isAbsolute(name) ? portablePath(project, path) : name
  if (existsSync(path)) {
    const manifest = statSync(path).isDirectory() ? join(path, manifestName) : path
    if (existsSync(manifest) && basename(manifest) === manifestName) return previousRelease(manifest, written, options)
    if (statSync(path).isDirectory()) return previousFolder(path, written, options)
  }
  if (commitOf(project, name) !== null) return previousRevision(name, options)
  report(
    sinceProblem(
      `--since ${name} is no folder, no manifest and no revision of git`,
      'name a tag, a folder of earlier sources or an earlier release; a shallow clone holds no tags, so fetch them',
    ),
  )
  return null
}

const sinceProblem = (message: string, hint: string): Diagnostic => ({ severity: 'error', code: 'since-unreadable', message, hint })

/** Problems of earlier sources were told when they were released. */
const silent: Report = () => {}

async function previousRevision(revision: string, options: PreviousOptions): Promise<Previous | null> {
  const { project, sources } = options
  const commit = commitOf(project, revision)
  const tree = commit === null ? null : openRevision(project, commit)
  if (!tree) return null
  const files = sources.flatMap((path) => tree.list(path)).filter((file) => isMarkdown(basename(file)) || sources.includes(file))
  return {
    since: { kind: 'revision', name: revision, label: revision },
    texts: await textsOf(files, { ...options, root: project, read: tree.read, place: (file) => file }),
  }
}

/** The folder stands in the project's place; where none of the same paths is below it, in the place of the folder of sources. */
async function previousFolder(folder: string, name: string, options: PreviousOptions): Promise<Previous> {
  const { project, sources } = options
  const moved = sources.map((path) => resolve(folder, relative(project, path))).filter((path) => existsSync(path))
  const files = await findSources(moved.length > 0 ? moved : [folder], folder, silent)
  const [first = project] = sources
  const place = moved.length > 0 ? project : isMarkdown(basename(first)) ? dirname(first) : first
  const texts = await textsOf(files, { ...options, root: folder, read: readBytes, place: (file) => resolve(place, relative(folder, file)) })
  return { since: { kind: 'folder', name, label: name }, texts }
}

interface TextsOptions extends PreviousOptions {
  readonly root: string
  readonly read: (file: string) => Uint8Array | null
  /** Where a file stands in the project now. */
  readonly place: (file: string) => string
}

async function textsOf(files: readonly string[], options: TextsOptions): Promise<readonly DocumentText[]> {
  const { project, root, read, place, audience } = options
  const placed = [...new Set(files)].map((file) => ({ file, source: portablePath(project, place(file)) }))
  const texts: DocumentText[] = []
  for (const { file, source } of sortedBy(placed, (one) => one.source)) {
    const document = await readDocument(file, { root, read, report: silent })
    if (document) texts.push(documentText(document, { source, ...(audience === undefined ? {} : { audience }) }))
  }
  return texts
}

function previousRelease(file: string, name: string, { report }: PreviousOptions): Previous | null {
  const manifest = parseJson(readText(file) ?? '', manifestSchema)
  const path = join(dirname(file), textName)
  const text = readText(path)
  const parsed = parseJson(text ?? '', textFileSchema)
  const problem = 'problem' in manifest ? `${file}: ${manifest.problem}` : 'problem' in parsed ? `${path}: ${parsed.problem}` : undefined
  if (problem !== undefined || 'problem' in manifest || 'problem' in parsed) {
    report(sinceProblem(`the earlier release cannot be read: ${problem}`, 'name the folder of a complete release'))
    return null
  }
  const digest = manifest.value.records.find((record) => record.path === textName)?.sha256
  if (digest !== sha256(text ?? '')) {
    report(sinceProblem(`${path} is not what its manifest says: it was changed`, 'take the earlier release from where it is kept'))
    return null
  }
  const { tag } = manifest.value
  return { since: { kind: 'release', name, label: tag ?? name }, texts: parsed.value.documents }
}
