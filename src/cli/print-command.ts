/** `briefpress print`: a PDF → a print queue, as it is or imposed. In: a file and wishes. Out: a job, a file of sheets, or the command that would be run. */
import { basename, resolve } from 'node:path'
import type { CommandModule } from 'yargs'
import type { ImposeResult } from '../delivery/printing/impose-pdf.js'
import type { Imposition, ImpositionLayout } from '../delivery/printing/imposition.js'
import { impositionLayouts } from '../delivery/printing/imposition.js'
import { commandText, lpArguments, type PrintJob, type Sides, sideNames, submitJob } from '../delivery/printing/lp.js'
import { type PageRange, parsePageRanges } from '../delivery/printing/page-ranges.js'
import { type Paper, paperNames, paperOf, paperOfSize, points } from '../delivery/printing/paper.js'
import { isSystemError, readBytes } from '../project/engine.js'
import { writeFiles } from '../project/write-files.js'
import { printDiagnostics, UsageError } from './output.js'

interface PrintArguments {
  file: string
  printer?: string
  paper?: string
  sides?: Sides
  copies?: number
  pages?: string
  grayscale: boolean
  booklet: boolean
  imposition?: ImpositionLayout
  creep?: string
  binding?: Imposition['binding']
  output?: string
  dryRun: boolean
  quiet: boolean
}

/** The command; `done` is told the exit code. */
export function printCommand(done: (code: number) => void): CommandModule<object, PrintArguments> {
  return {
    command: 'print <file>',
    describe: 'Print a PDF on a queue of CUPS, as it is or as a booklet, two or four pages to a side',
    builder: (yargs) =>
      yargs
        .positional('file', { type: 'string', demandOption: true, describe: 'A PDF file' })
        .option('printer', { alias: 'd', type: 'string', describe: 'The queue; else the default one' })
        .option('paper', { type: 'string', describe: `Of ${paperNames.join(', ')}, or a size such as 120mmx200mm` })
        .option('sides', { choices: sideNames, describe: 'One side, or both, turned over the long or the short edge' })
        .option('copies', { type: 'number', describe: 'How many copies' })
        .option('pages', { type: 'string', describe: 'Ranges of pages, such as 1-3,5,8-' })
        .option('grayscale', { type: 'boolean', default: false, describe: 'Ask the printer for shades of grey' })
        .option('booklet', { type: 'boolean', default: false, describe: 'The same as --imposition booklet' })
        .option('imposition', {
          choices: impositionLayouts,
          describe: 'Lay pages out on sheets for a folded booklet, or two or four to a side',
        })
        .option('creep', { type: 'string', describe: 'How far each sheet of a booklet moves its pages to the spine, such as 0.1mm' })
        .option('binding', { choices: ['left', 'right'] as const, describe: 'Where a booklet is bound and a row of pages starts' })
        .option('output', { alias: 'o', type: 'string', describe: 'Write the sheets to a PDF file and print nothing' })
        .option('dry-run', { type: 'boolean', default: false, describe: 'Show the command and print nothing' })
        .option('quiet', { type: 'boolean', default: false, describe: 'Print errors only' }) as never,
    handler: async (args) => done(await runPrint(args)),
  }
}

async function runPrint(args: PrintArguments): Promise<number> {
  const wishes = readWishes(args)
  const data = readBytes(args.file)
  if (data === null) throw new UsageError(`${args.file} cannot be read`)
  if (!Buffer.from(data.subarray(0, 1024)).toString('latin1').includes('%PDF-'))
    return notPrintable(args, 'it does not start as a PDF does')
  const imposed = wishes.imposition ? await impose(data, wishes.imposition, wishes.pages) : null
  if (imposed && 'problem' in imposed) return notPrintable(args, imposed.message, imposed.problem)
  if (args.output !== undefined) return imposed ? writeSheets(args, imposed) : 2
  const job = jobOf(args, wishes, imposed)
  if (args.dryRun) {
    const input = imposed ? `# standard input: ${sheetsText(imposed)}\n` : ''
    process.stdout.write(`${input}${commandText('lp', lpArguments(job))}\n`)
    return 0
  }
  const { job: name, diagnostics } = await submitJob(job)
  printDiagnostics(diagnostics, args.quiet)
  if (name === null) return 1
  if (!args.quiet) process.stdout.write(`${args.file}  ${imposed ? `${sheetsText(imposed)}  ` : ''}job ${name}\n`)
  return 0
}

interface Wishes {
  readonly paper?: Paper
  readonly pages?: readonly PageRange[]
  readonly imposition?: Imposition
}

function readWishes(args: PrintArguments): Wishes {
  const { copies, printer } = args
  if (copies !== undefined && !(Number.isInteger(copies) && copies >= 1 && copies <= 9999))
    throw new UsageError('--copies takes a whole number from 1 to 9999')
  if (printer !== undefined && !/^[\p{L}\p{N}_.@][\p{L}\p{N}_.@+/-]*$/u.test(printer))
    throw new UsageError(`"${printer}" cannot be the name of a queue`)
  const paper = args.paper === undefined ? undefined : paperOf(args.paper)
  if (paper === null)
    throw new UsageError(`there is no paper "${args.paper}"; known are ${paperNames.join(', ')}, or a size such as 120mmx200mm`)
  const pages = args.pages === undefined ? undefined : parsePageRanges(args.pages)
  if (pages === null) throw new UsageError(`--pages takes ranges such as 1-3,5,8-, and not "${args.pages}"`)
  const imposition = impositionOf(args, paper)
  if (args.output !== undefined && !imposition)
    throw new UsageError('--output writes imposed sheets: say which by --imposition or --booklet')
  return { ...(paper ? { paper } : {}), ...(pages ? { pages } : {}), ...(imposition ? { imposition } : {}) }
}

function impositionOf({ booklet, imposition, creep, binding }: PrintArguments, paper: Paper | undefined): Imposition | null {
  if (booklet && imposition !== undefined && imposition !== 'booklet')
    throw new UsageError(`--booklet and --imposition ${imposition} exclude each other`)
  const layout = booklet ? 'booklet' : imposition
  if (creep !== undefined && layout !== 'booklet') throw new UsageError('--creep is for booklets')
  if (binding !== undefined && layout === undefined) throw new UsageError('--binding is for --imposition')
  const shift = creep === undefined ? 0 : points(creep)
  if (shift === null) throw new UsageError(`--creep takes a length such as 0.1mm, and not "${creep}"`)
  return layout === undefined ? null : { layout, creep: shift, binding: binding ?? 'left', ...(paper ? { paper } : {}) }
}

/** The reader of PDF files is loaded only where sheets are made. */
async function impose(data: Uint8Array, imposition: Imposition, pages: readonly PageRange[] | undefined): Promise<ImposeResult> {
  const { imposePdf } = await import('../delivery/printing/impose-pdf.js')
  return imposePdf(data, imposition, pages)
}

type Imposed = Extract<ImposeResult, { pdf: Uint8Array }>

/** Sides of sheets lie crosswise, so that both sides of a booklet's stand upright where it is turned over the short edge. */
function jobOf(args: PrintArguments, { paper, pages, imposition }: Wishes, imposed: Imposed | null): PrintJob {
  const { printer, copies, grayscale } = args
  const sides = args.sides ?? (imposition?.layout === 'booklet' ? 'two-sided-short-edge' : undefined)
  const [side] = imposed?.sides ?? []
  const sheet = side ? paperOfSize(side) : null
  const media = paper ?? sheet
  return {
    source: imposed ? imposed.pdf : resolve(args.file),
    title: basename(args.file),
    grayscale,
    actualSize: imposed !== null,
    ...(printer === undefined ? {} : { printer }),
    ...(media ? { paper: media } : {}),
    ...(sides === undefined ? {} : { sides }),
    ...(copies === undefined ? {} : { copies }),
    ...(pages && !imposed ? { pages } : {}),
  }
}

function sheetsText({ pages, sides }: Imposed): string {
  const [side] = sides
  const millimetres = (value: number): string => ((value * 25.4) / 72).toFixed(0)
  const size = side ? ` of ${millimetres(side.width)} × ${millimetres(side.height)} mm` : ''
  return `${pages} ${pages === 1 ? 'page' : 'pages'} on ${sides.length} ${sides.length === 1 ? 'side' : 'sides'}${size}`
}

async function writeSheets({ output = '', quiet }: PrintArguments, imposed: Imposed): Promise<number> {
  try {
    await writeFiles([{ path: resolve(output), data: imposed.pdf }])
  } catch (error) {
    if (!isSystemError(error)) throw error
    process.stderr.write(`briefpress: ${output} cannot be written: ${error.message}\n`)
    return 1
  }
  if (!quiet) process.stdout.write(`${output}  ${sheetsText(imposed)}\n`)
  return 0
}

function notPrintable({ file, quiet }: PrintArguments, reason: string, problem = 'not-a-pdf'): number {
  const hint = {
    encrypted: 'Print it as it is, without --imposition, or make it without a password.',
    'no-pages': 'Name pages that it has.',
  }[problem]
  const diagnostic = { severity: 'error' as const, code: 'not-printable', message: `${file} cannot be printed: ${reason}.` }
  printDiagnostics([{ ...diagnostic, hint: hint ?? 'Name a PDF file.' }], quiet)
  return 1
}
