/** `briefpress release` and `briefpress release merge`: sources → a folder that proves itself. */
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import type { CommandModule } from 'yargs'
import type { ReleaseResult } from '../delivery/release/make-release.js'
import type { ReleaseOptions } from '../delivery/release/options.js'
import type { Shard } from '../delivery/release/part.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { build } from '../project/build.js'
import { isSystemError } from '../project/engine.js'
import { writeFiles } from '../project/write-files.js'
import { type EditionArguments, editionChoice, withEditionOptions } from './edition-options.js'
import { formatSize, printDiagnostics, sourceDate, UsageError } from './output.js'
import { type PdfOptionArguments, pdfOptions, withPdfOptions } from './pdf-options.js'

interface OutputArguments {
  out: string
  summary?: string
  previews?: string
  annotations?: (typeof annotationKinds)[number]
  codeQuality?: string
  quiet: boolean
}

interface ReleaseArguments extends OutputArguments, PdfOptionArguments, EditionArguments {
  tag?: string
  since?: string
  shard?: string
  builder?: string
  check: boolean
}

interface MergeArguments extends OutputArguments {
  folders: string[]
}

const annotationKinds = ['github', 'none'] as const
const previewSize = 900

/** The command; `done` is told the exit code. */
export function releaseCommand(done: (code: number) => void): CommandModule<object, ReleaseArguments> {
  return {
    command: 'release [sources..]',
    describe: 'Build all, and write manifest, checksums, provenance, changes and an archive',
    builder: (yargs) =>
      withOutputOptions(withPdfOptions(withEditionOptions(yargs.command(mergeCommand(done)))))
        .positional('sources', { type: 'string', array: true, describe: 'Markdown files or folders (default: content)' })
        .option('tag', { type: 'string', describe: "The release's name, such as v1.4 (default: git's tag on this commit)" })
        .option('since', {
          type: 'string',
          describe: 'What CHANGES compares with: a tag, a folder, an earlier release (default: the last tag)',
        })
        .option('shard', { type: 'string', describe: 'Build one part of the sources, such as 2/5; see release merge' })
        .option('builder', { type: 'string', describe: 'Who builds, a URI, for the provenance' })
        .option('check', { type: 'boolean', default: false, describe: 'Build and say what is wrong; write nothing' }) as never,
    handler: async (args) => done(await runRelease(args)),
  }
}

function mergeCommand(done: (code: number) => void): CommandModule<object, MergeArguments> {
  return {
    command: 'merge <folders..>',
    describe: 'Join the folders that release --shard wrote',
    builder: (yargs) =>
      withOutputOptions(yargs).positional('folders', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'One folder for each shard',
      }) as never,
    handler: async (args) => done(await runMerge(args)),
  }
}

function withOutputOptions<T>(yargs: import('yargs').Argv<T>): import('yargs').Argv<T> {
  return yargs
    .option('out', { type: 'string', default: 'out/release', describe: 'Folder for the release' })
    .option('previews', { type: 'string', describe: 'A folder for pictures of first pages' })
    .option('summary', { type: 'string', describe: 'A file that a summary in Markdown is added to (default: GITHUB_STEP_SUMMARY)' })
    .option('annotations', { choices: annotationKinds, describe: 'Print messages for GitHub Actions too (default: where it runs)' })
    .option('code-quality', { type: 'string', describe: "A file for GitLab's Code Quality report" })
    .option('quiet', { type: 'boolean', default: false, describe: 'Print errors only' }) as never
}

async function runRelease(args: ReleaseArguments): Promise<number> {
  const options = releaseOptions(args)
  if (args.check) return runCheck(args, options)
  const { release } = await import('../delivery/release/make-release.js')
  const result = await release(options)
  return tell(result, args, options.pdf?.protection?.userPassword ?? options.pdf?.protection?.ownerPassword)
}

async function runMerge(args: MergeArguments): Promise<number> {
  const { mergeShards } = await import('../delivery/release/merge.js')
  return tell(await mergeShards({ folders: args.folders, out: args.out }), args)
}

function releaseOptions(args: ReleaseArguments): ReleaseOptions {
  const date = sourceDate()
  const shard = shardFrom(args.shard)
  const builder = args.builder ?? process.env.BRIEFPRESS_BUILDER_ID
  if (builder !== undefined && !URL.canParse(builder)) throw new UsageError(`--builder takes a URI; ${builder} is none`)
  const tag = args.tag?.trim()
  if (tag === '') throw new UsageError('--tag takes a name, such as v1.4')
  return {
    ...editionChoice(args),
    pdf: pdfOptions(args),
    out: args.out,
    ...(tag === undefined ? {} : { tag }),
    ...(args.since === undefined ? {} : { since: args.since }),
    ...(date === undefined ? {} : { date }),
    ...(builder === undefined ? {} : { builder }),
    ...(shard ? { shard } : {}),
  }
}

function shardFrom(text: string | undefined): Shard | undefined {
  if (text === undefined) return undefined
  const [, index, count] = /^(\d{1,4})\/(\d{1,4})$/.exec(text)?.map(Number) ?? []
  if (index === undefined || count === undefined || index < 1 || index > count)
    throw new UsageError(`--shard takes a number and how many there are, such as 2/5; ${text} is not that`)
  return { index, count }
}

/** Builds into a folder that goes away. */
async function runCheck(args: ReleaseArguments, { date, pdf }: ReleaseOptions): Promise<number> {
  const scratch = await mkdtemp(join(tmpdir(), 'briefpress-check-'))
  try {
    const result = await build({
      ...editionChoice(args),
      ...(pdf ? { pdf } : {}),
      ...(date === undefined ? {} : { date }),
      out: scratch,
      strict: true,
      ledger: false,
    })
    await printMessages(result.diagnostics, args)
    if (!args.quiet && result.ok) process.stdout.write(`${result.files.length} files would be released\n`)
    return result.ok ? 0 : 1
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function printMessages(diagnostics: readonly Diagnostic[], args: OutputArguments): Promise<void> {
  printDiagnostics(diagnostics, args.quiet)
  const { githubAnnotations, gitlabReport } = await import('../diagnostics/annotations.js')
  const kind = args.annotations ?? (process.env.GITHUB_ACTIONS === 'true' ? 'github' : 'none')
  if (kind === 'github') process.stdout.write(githubAnnotations(diagnostics, process.cwd()))
  if (args.codeQuality !== undefined)
    await written(args.codeQuality, (path) => writeFiles([{ path, data: gitlabReport(diagnostics, process.cwd()) }]))
}

async function tell(result: ReleaseResult, args: OutputArguments, password?: string): Promise<number> {
  await printMessages(result.diagnostics, args)
  if (!result.ok) return 1
  if (!args.quiet) printRelease(result)
  const { outputs, manifest, ledgers, folder } = result
  const summary = args.summary ?? process.env.GITHUB_STEP_SUMMARY
  let ok = true
  if (summary) {
    const { jobSummary } = await import('../delivery/release/job-summary.js')
    ok = await written(summary, (path) => appendFile(path, jobSummary({ manifest, outputs, ledgers })))
  }
  if (args.previews !== undefined) {
    const { drawPreviews } = await import('../delivery/release/previews.js')
    const draw = async (out: string): Promise<void> => {
      const pictures = await drawPreviews(outputs, { folder, out, size: previewSize, ...(password === undefined ? {} : { password }) })
      if (!args.quiet) for (const picture of pictures) process.stdout.write(`${relative('.', picture)}\n`)
    }
    ok = (await written(args.previews, draw)) && ok
  }
  return ok ? 0 : 1
}

/** Says what the system refuses. */
async function written(name: string, write: (path: string) => Promise<void>): Promise<boolean> {
  try {
    await write(resolve(name))
    return true
  } catch (error) {
    if (!isSystemError(error)) throw error
    process.stderr.write(`briefpress: ${name} cannot be written: ${error.message}\n`)
    return false
  }
}

function printRelease({ folder, manifest, outputs }: ReleaseResult): void {
  const files = [...outputs, ...(manifest?.records ?? [])]
  for (const file of files) {
    const pages = 'pages' in file && file.pages !== undefined ? `${file.pages} ${file.pages === 1 ? 'page' : 'pages'}` : ''
    process.stdout.write(
      `${relative('.', join(folder, file.path)).padEnd(64)} ${pages.padStart(9)} ${formatSize(file.bytes).padStart(10)}\n`,
    )
  }
  const what = manifest === null ? 'shard' : `release${manifest.tag === null ? '' : ` ${manifest.tag}`}`
  const compared = manifest?.since ? `, compared with ${manifest.since.label}` : ''
  process.stdout.write(`${what} in ${relative('.', folder)}${compared}\n`)
}
