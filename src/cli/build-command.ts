/** `briefpress build`: sources → editions in their formats. */
import { relative } from 'node:path'
import type { CommandModule } from 'yargs'
import { sortDiagnostics } from '../diagnostics/format.js'
import type { EditionName } from '../editions/edition.js'
import { type BuildResult, type BuiltFile, build, type Format } from '../project/build.js'
import { type HandoutLayout, handoutLayouts } from '../templates/handout.js'
import { type EditionArguments, editionChoice, withEditionOptions } from './edition-options.js'
import { formatSize, formatTime, listOf, printDiagnostics, sourceDate, UsageError } from './output.js'
import { type PdfOptionArguments, pdfOptions, withPdfOptions } from './pdf-options.js'

interface BuildArguments extends PdfOptionArguments, EditionArguments {
  out: string
  theme?: string
  brand?: string
  'allow-overflow': boolean
  ledger: boolean
  copies?: string
  handout?: string
  strict: boolean
  json: boolean
  quiet: boolean
}

/** The command; `done` is told the exit code. */
export function buildCommand(done: (code: number) => void): CommandModule<object, BuildArguments> {
  return {
    command: 'build [sources..]',
    describe: 'Build briefs, reports and slides from Markdown',
    builder: (yargs) =>
      withPdfOptions(withEditionOptions(yargs))
        .positional('sources', { type: 'string', array: true, describe: 'Markdown files or folders (default: content)' })
        .option('out', { type: 'string', default: 'out', describe: 'Folder for the files' })
        .option('allow-overflow', { type: 'boolean', default: false, describe: 'Let a brief that cannot fit run on, marked' })
        .option('copies', { type: 'string', describe: 'A CSV file of recipients; each gets numbered PDFs' })
        .option('ledger', { type: 'boolean', default: true, describe: 'Write where each block went to NAME-ledger.json' })
        .option('handout', { type: 'string', describe: `Handouts of the slides: ${handoutLayouts.join(', ')}; with commas between` })
        .option('theme', { type: 'string', describe: 'A theme: sober, modern or one of your own' })
        .option('brand', { type: 'string', describe: 'A brand file (default: the nearest _brand.yml)' })
        .option('strict', { type: 'boolean', default: false, describe: 'Warnings stop the build' })
        .option('json', { type: 'boolean', default: false, describe: 'Print files, ledgers and messages as JSON' })
        .option('quiet', { type: 'boolean', default: false, describe: 'Print errors only' }) as never,
    handler: async (args) => done(await runBuild(args)),
  }
}

async function runBuild(args: BuildArguments): Promise<number> {
  const choice = editionChoice(args)
  const handouts = handoutsOf(args.handout, choice.editions, choice.formats)
  const date = sourceDate()
  const result = await build({
    ...choice,
    out: args.out,
    strict: args.strict,
    allowOverflow: args['allow-overflow'],
    ledger: args.ledger,
    ...(args.copies === undefined ? {} : { copies: args.copies }),
    pdf: pdfOptions(args),
    ...(handouts.length === 0 ? {} : { handouts }),
    ...(args.theme === undefined ? {} : { theme: args.theme }),
    ...(args.brand === undefined ? {} : { brand: args.brand }),
    ...(date === undefined ? {} : { date }),
    clock: () => performance.now(),
    onFile: (file) => {
      if (!args.quiet && !args.json) process.stdout.write(fileLine(file))
    },
  })
  if (args.json) process.stdout.write(`${JSON.stringify(jsonOf(result), null, 2)}\n`)
  else {
    if (!args.quiet) printCuts(result)
    printDiagnostics(result.diagnostics, args.quiet)
  }
  return result.ok ? 0 : 1
}

function handoutsOf(text: string | undefined, editions: readonly EditionName[], formats: readonly Format[]): readonly HandoutLayout[] {
  if (text === undefined) return []
  const handouts = listOf(text, handoutLayouts, 'handout')
  if (!editions.includes('slides') || !formats.includes('pdf'))
    throw new UsageError('--handout needs slides among --editions and pdf among --formats')
  return handouts
}

function fileLine(file: BuiltFile): string {
  const pages = file.pages === undefined ? '' : `${file.pages} ${file.pages === 1 ? 'page' : 'pages'}`
  const time = file.milliseconds === undefined ? '' : formatTime(file.milliseconds)
  return `${relative('.', file.path).padEnd(48)} ${pages.padStart(9)} ${formatSize(file.bytes).padStart(10)} ${time.padStart(8)}  ${file.summary}\n`
}

/** What was cut to fit is said aloud: nothing is lost in silence. */
function printCuts(result: BuildResult): void {
  for (const { source, edition, entries } of result.ledgers) {
    const cut = entries.filter((entry) => entry.outcome === 'cut-to-fit')
    if (cut.length === 0) continue
    process.stdout.write(`${source}: ${cut.length} ${cut.length === 1 ? 'block was' : 'blocks were'} cut so that the ${edition} fits:\n`)
    for (const entry of cut) process.stdout.write(`  line ${entry.position.line}: ${entry.excerpt}\n`)
  }
}

function jsonOf(result: BuildResult): object {
  const path = (file: string) => relative('.', file)
  return {
    ok: result.ok,
    files: result.files.map((file) => ({ ...file, path: path(file.path) })),
    ledgers: result.ledgers.map(({ entries, ...ledger }) => ({
      ...ledger,
      entries: entries.map((entry) => ({ ...entry, position: { ...entry.position, file: path(entry.position.file) } })),
    })),
    diagnostics: sortDiagnostics(result.diagnostics).map((diagnostic) =>
      diagnostic.position ? { ...diagnostic, position: { ...diagnostic.position, file: path(diagnostic.position.file) } } : diagnostic,
    ),
  }
}
