/**
 * The last step of a release. In: all its parts joined, in a folder with all editions. Out: CHANGES, text.json, manifest.json, SHA256SUMS, provenance and the
 * archive beside them.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Diagnostic, Report } from '../../diagnostics/diagnostic.js'
import { shippedFaces } from '../../fonts/shipped.js'
import { makeSelfContained } from '../../html/self-contained.js'
import { loadEngine } from '../../project/engine.js'
import { renderPdf } from '../../project/render-pdf.js'
import { type ArchivedFile, textData, writeArchive } from './archive.js'
import { compareTexts } from './changes.js'
import { changesHtml, changesMarkdown } from './changes-page.js'
import { sumsName, writeChecksums } from './checksums.js'
import { sha256, sortedBy, writeJson } from './digest.js'
import { textName } from './document-text.js'
import { type Manifest, type ManifestFont, manifestName } from './manifest.js'
import { usedFonts } from './materials.js'
import type { ReleasePart } from './part.js'
import { provenance, provenanceName } from './provenance.js'

export interface FinishInput {
  readonly whole: Omit<ReleasePart, 'schema' | 'shard'>
  /** Holds the editions. */
  readonly folder: string
  /** Absolute. */
  readonly project: string
  readonly report: Report
}

/** The name of the archive. */
export const archiveName = (tag: string | null): string => (tag === null ? 'release.zip' : `release-${safeName(tag)}.zip`)

/** Letters, digits, dots, dashes and underscores; all else is a dash. */
export const safeName = (text: string): string => text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '') || 'unnamed'

/** Writes what belongs to the whole; gives the manifest, or null where CHANGES has an error. */
export async function finishRelease({ whole, folder, project, report }: FinishInput): Promise<Manifest | null> {
  const changes = await changesFiles({ whole, folder, project, report })
  if (!changes) return null
  const text: ArchivedFile = { path: textName, data: textData(writeJson({ schema: 'briefpress-text/1', documents: whole.texts })) }
  const records = sortedBy([...changes.files, text], ({ path }) => path)
  const fonts = new Map([...whole.fonts, ...changes.fonts].map((font) => [`${font.name} ${font.family} ${font.sha256}`, font]))
  const { head, sources, outputs } = whole
  const manifest: Manifest = {
    ...head,
    fonts: [...sortedBy(fonts.values(), ({ name, family, sha256: digest }) => `${name} ${family} ${digest}`)],
    sources,
    outputs,
    records: records.map(({ path, data }) => ({ path, bytes: data.length, sha256: sha256(data) })),
  }
  const described: ArchivedFile = { path: manifestName, data: textData(writeJson(manifest)) }
  const subjects = [...outputs, ...manifest.records, { path: manifestName, sha256: sha256(described.data) }]
  const statement: ArchivedFile = { path: provenanceName, data: textData(writeJson(provenance(manifest, subjects))) }
  const sums = writeChecksums([...subjects, { path: provenanceName, sha256: sha256(statement.data) }])
  const made = [...records, described, statement, { path: sumsName, data: textData(sums) }]
  const editions = await Promise.all(outputs.map(async ({ path }) => ({ path, data: new Uint8Array(await readFile(join(folder, path))) })))
  const archive = writeArchive([...editions, ...made], archiveTime(whole))
  const name = archiveName(head.tag)
  const archived = [
    { path: name, data: archive },
    { path: `${name}.sha256`, data: textData(writeChecksums([{ path: name, sha256: sha256(archive) }])) },
  ]
  for (const { path, data } of [...made, ...archived]) await writeFile(join(folder, path), data)
  return manifest
}

interface Changes {
  readonly files: readonly ArchivedFile[]
  readonly fonts: readonly ManifestFont[]
}

async function changesFiles({ whole, project, report }: FinishInput): Promise<Changes | null> {
  const { head, before, texts } = whole
  const documents = compareTexts(before ?? [], texts)
  const heading = { tag: head.tag, since: before === null ? null : (head.since?.label ?? null) }
  const html = changesHtml(documents, heading)
  const engine = await loadEngine({ fontFolders: head.options.fontFolders.map((name) => resolve(project, name)) })
  const date = head.date ?? newestDate(whole)
  const rendered = await renderPdf(html, { file: join(project, 'CHANGES.html'), engine, ...(date === null ? {} : { date }) })
  const found: Diagnostic[] = [...rendered.diagnostics]
  const selfContained = await makeSelfContained(html, {
    base: project,
    fonts: shippedFaces(engine.fontFolder),
    report: (diagnostic) => found.push(diagnostic),
  })
  for (const { severity, code, message } of found) report({ severity, code, message: `CHANGES: ${message}` })
  if (found.some(({ severity }) => severity === 'error')) return null
  return {
    files: [
      { path: 'CHANGES.md', data: textData(changesMarkdown(documents, heading)) },
      { path: 'CHANGES.html', data: textData(selfContained) },
      { path: 'CHANGES.pdf', data: rendered.pdf },
    ],
    fonts: usedFonts(engine.fonts.values()),
  }
}

const isoDay = /^\d{4}-\d{2}-\d{2}$/

function newestDate({ texts }: FinishInput['whole']): string | null {
  return (
    texts
      .flatMap(({ date }) => (date !== null && isoDay.test(date) ? [date] : []))
      .sort()
      .at(-1) ?? null
  )
}

/** The given date, else the newest of the sources, else the first that an archive can hold. */
function archiveTime(whole: FinishInput['whole']): Date {
  const time = new Date(whole.head.date ?? newestDate(whole) ?? '1980-01-01')
  return Number.isNaN(time.getTime()) ? new Date('1980-01-01') : time
}
