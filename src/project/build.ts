/**
 * Sources → outputs: the whole pipeline of docs/architecture.md. In: Markdown files and what to make of them. Out: files in the output
 * folder, a ledger per edition and every diagnostic of the run.
 */
import { basename, dirname, join, relative, resolve } from 'node:path'
import type { Diagnostic, Report } from '../diagnostics/diagnostic.js'
import { type EditionName, editionNames, type LedgerEntry } from '../editions/edition.js'
import { ledgerSummary } from '../editions/ledger-words.js'
import type { PdfOptions } from '../pdf/settings.js'
import type { HandoutLayout } from '../templates/handout.js'
import { checkImages, imageCodes } from './check-images.js'
import { type Engine, isSystemError, loadEngine } from './engine.js'
import { type Format, formats, type MadeFile, makeEditions, rootFor } from './make-editions.js'
import { readDocument } from './read-document.js'
import { type Recipient, readRecipients } from './recipients.js'
import { findSources } from './sources.js'
import { writeFiles } from './write-files.js'

export type { Format } from './make-editions.js'

export interface BuildOptions {
  /** Files or folders; default: `content` in the project folder. */
  readonly sources?: readonly string[]
  /** The project folder: nothing outside it is read, and its `templates` folder goes before the shipped one. Default: the working folder. */
  readonly project?: string
  /** Default: `out` in the project folder. */
  readonly out?: string
  readonly editions?: readonly EditionName[]
  readonly formats?: readonly Format[]
  /** Blocks marked for an audience are left out unless it is one of these, with commas between. */
  readonly audience?: string
  /** A theme, before the one that a source names. */
  readonly theme?: string
  /** A brand file; the nearest `_brand.yml` otherwise. */
  readonly brand?: string
  /** A brief whose most important parts do not fit runs on over further pages, without an error. */
  readonly allowOverflow?: boolean
  /** A CSV file of recipients: each gets numbered PDFs of their own. */
  readonly copies?: string
  /** Writes `NAME-ledger.json` beside the outputs; default: true. */
  readonly ledger?: boolean
  /** Handouts of the slides, beside them. */
  readonly handouts?: readonly HandoutLayout[]
  /** Folders of further fonts. */
  readonly fontFolders?: readonly string[]
  /** Style sheets of the reader's own, last in the cascade. */
  readonly css?: readonly string[]
  /** Warnings stop a source too. */
  readonly strict?: boolean
  /** Standards, attachments, protection and how a reader shows the PDFs. */
  readonly pdf?: PdfOptions
  /** ISO 8601; for sources without a date. */
  readonly date?: string
  /** Milliseconds on any clock; times of files are given only where there is one. */
  readonly clock?: () => number
  /** Shared over several runs; it tells afterwards which fonts were opened. Default: one of its own with `fontFolders`. */
  readonly engine?: Engine
  /** Told of each file once it is written. */
  readonly onFile?: (file: BuiltFile) => void
}

export interface BuiltFile {
  readonly source: string
  readonly edition: EditionName
  readonly format: Format
  readonly handout?: HandoutLayout
  /** Absolute. */
  readonly path: string
  /** Pages of a PDF. */
  readonly pages?: number
  readonly bytes: number
  readonly milliseconds?: number
  /** How many blocks of the source are whole, shortened and left out, in words. */
  readonly summary: string
}

export interface EditionLedger {
  readonly source: string
  readonly edition: EditionName
  readonly entries: readonly LedgerEntry[]
}

export interface BuildResult {
  /** No error, and with `strict` no warning. */
  readonly ok: boolean
  readonly files: readonly BuiltFile[]
  readonly diagnostics: readonly Diagnostic[]
  readonly ledgers: readonly EditionLedger[]
}

/** Builds every source. A source with an error writes nothing, so its earlier outputs stay; the others are built all the same. */
export async function build(options: BuildOptions = {}): Promise<BuildResult> {
  const project = resolve(options.project ?? '.')
  const engineLoading = options.engine ?? loadEngine({ fontFolders: options.fontFolders ?? [] })
  const diagnostics: Diagnostic[] = []
  const files: BuiltFile[] = []
  const ledgers: EditionLedger[] = []
  const sources = await findSources(options.sources, project, (diagnostic) => diagnostics.push(diagnostic))
  const report: Report = (diagnostic) => diagnostics.push(diagnostic)
  const copies = options.copies === undefined ? [] : await readRecipients(resolve(options.copies), report)
  const engine = await engineLoading
  if (!copies) return { ok: false, files, diagnostics, ledgers }
  for (const source of sources) {
    const found: Diagnostic[] = []
    const made = await buildSource({ source, project, options, engine, copies, report: (diagnostic) => found.push(diagnostic) })
    diagnostics.push(...found)
    ledgers.push(...(made?.ledgers ?? []))
    if (!made || found.some((diagnostic) => isFatal(diagnostic, options))) continue
    const written = await writeMade(made, source, options, (diagnostic) => diagnostics.push(diagnostic))
    files.push(...written)
  }
  return { ok: !diagnostics.some((diagnostic) => isFatal(diagnostic, options)), files, diagnostics, ledgers }
}

const isFatal = ({ severity }: Diagnostic, { strict }: BuildOptions): boolean =>
  severity === 'error' || (strict === true && severity === 'warning')

interface SourceInput {
  readonly source: string
  readonly project: string
  readonly options: BuildOptions
  readonly engine: Engine
  readonly copies: readonly Recipient[]
  readonly report: Report
}

interface MadeSource {
  readonly files: readonly MadeFile[]
  readonly ledgers: readonly EditionLedger[]
}

async function buildSource(input: SourceInput): Promise<MadeSource | null> {
  const { source, project, options, engine, copies, report } = input
  const document = await readDocument(source, { root: project, report })
  if (!document) return null
  checkImages(document, rootFor(source, project), report)
  const made = await makeEditions({
    document,
    project,
    engine,
    report: (diagnostic) => {
      if (!imageCodes.has(diagnostic.code)) report(diagnostic)
    },
    editions: options.editions ?? editionNames,
    formats: options.formats ?? formats,
    copies,
    css: (options.css ?? []).map((path) => resolve(path)),
    ...(options.audience === undefined ? {} : { audience: options.audience }),
    ...(options.handouts === undefined ? {} : { handouts: options.handouts }),
    ...(options.theme === undefined ? {} : { theme: options.theme }),
    ...(options.brand === undefined ? {} : { brand: resolve(options.brand) }),
    ...(options.pdf === undefined ? {} : { pdf: options.pdf }),
    ...(options.allowOverflow === undefined ? {} : { allowOverflow: options.allowOverflow }),
    ...(options.date === undefined ? {} : { date: options.date }),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  })
  return { files: made.files, ledgers: made.ledgers.map((ledger) => ({ source: relative(project, source), ...ledger })) }
}

async function writeMade(made: MadeSource, source: string, options: BuildOptions, report: Report): Promise<readonly BuiltFile[]> {
  const project = resolve(options.project ?? '.')
  const out = resolve(options.out ?? join(project, 'out'))
  const name = basename(source).replace(/\.(md|markdown)$/i, '')
  const files = made.files.map((file) => ({
    ...file,
    path: join(out, `${name}-${file.handout === undefined ? file.edition : `handout-${file.handout}`}${copyName(file)}.${file.format}`),
  }))
  const ledger = { path: join(out, `${name}-ledger.json`), data: ledgerJson(made.ledgers, project) }
  try {
    await writeFiles(options.ledger === false ? files : [...files, ledger])
  } catch (error) {
    if (!isSystemError(error)) throw error
    report({
      severity: 'error',
      code: 'output-not-written',
      message: `nothing could be written to ${dirname(files[0]?.path ?? out)}: ${error.message}`,
      hint: 'check that the folder exists, may be written to and has room; earlier files are as they were',
    })
    return []
  }
  return files.map(({ path, edition, format, handout, pages, data, milliseconds }) => {
    const built: BuiltFile = {
      source: relative(project, source),
      edition,
      format,
      ...(handout === undefined ? {} : { handout }),
      path,
      summary: ledgerSummary(made.ledgers.find((one) => one.edition === edition)?.entries ?? []),
      bytes: typeof data === 'string' ? Buffer.byteLength(data) : data.length,
      ...(pages === undefined ? {} : { pages }),
      ...(milliseconds === undefined ? {} : { milliseconds }),
    }
    options.onFile?.(built)
    return built
  })
}

const copyName = ({ recipient }: MadeFile): string => (recipient ? `-${recipient.fileName}` : '')

/** The ledgers of one source as a file: places relative to the project, so that the same source gives the same bytes. */
function ledgerJson(ledgers: readonly EditionLedger[], project: string): string {
  const editions = ledgers.map(({ edition, entries }) => ({
    edition,
    entries: entries.map(({ position, ...entry }) => ({
      file: relative(project, position.file),
      line: position.line,
      column: position.column,
      ...entry,
    })),
  }))
  return `${JSON.stringify({ source: ledgers[0]?.source, editions }, null, 2)}\n`
}
