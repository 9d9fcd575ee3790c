/**
 * A PDF → a queue of CUPS by `lp` (RFC 8011's attributes as options of CUPS). In: a file or its bytes and how it is to be printed. Out: the command line,
 * the job's name, or messages that say why nothing was printed. No shell is asked.
 */
import { spawn } from 'node:child_process'
import type { Diagnostic } from '../../diagnostics/diagnostic.js'
import { type PageRange, rangesText } from './page-ranges.js'
import type { Paper } from './paper.js'

export const sideNames = ['one-sided', 'two-sided-long-edge', 'two-sided-short-edge'] as const
export type Sides = (typeof sideNames)[number]

export interface PrintJob {
  /** Absolute path, or the bytes, which go to standard input. */
  readonly source: string | Uint8Array
  readonly title: string
  /** A queue's name; without one the default queue. */
  readonly printer?: string
  readonly paper?: Paper
  readonly sides?: Sides
  readonly copies?: number
  readonly pages?: readonly PageRange[]
  readonly grayscale: boolean
  /** The sheets have the paper's size already. */
  readonly actualSize: boolean
}

/** What `lp` is called with. */
export function lpArguments(job: PrintJob): readonly string[] {
  const option = (name: string, value: string | undefined): readonly string[] => (value === undefined ? [] : ['-o', `${name}=${value}`])
  return [
    ...(job.printer === undefined ? [] : ['-d', job.printer]),
    ...(job.copies === undefined ? [] : ['-n', `${job.copies}`]),
    ...(job.pages ? ['-P', rangesText(job.pages)] : []),
    '-t',
    job.title,
    ...option('media', job.paper?.media),
    ...option('sides', job.sides),
    ...option('print-color-mode', job.grayscale ? 'monochrome' : undefined),
    ...option('print-scaling', job.actualSize ? 'none' : undefined),
    '--',
    typeof job.source === 'string' ? job.source : '-',
  ]
}

/** A command as one would type it into a shell. */
export function commandText(program: string, args: readonly string[]): string {
  const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)
  return [program, ...args].map(quoted).join(' ')
}

export interface PrintResult {
  /** The name that the queue gave the job, such as `Office-12`; null where it was not taken. */
  readonly job: string | null
  readonly diagnostics: readonly Diagnostic[]
}

/** Hands a job over. Reports `lp-missing`, `print-refused` and `queue-stopped`. */
export async function submitJob(job: PrintJob): Promise<PrintResult> {
  const run = await runProgram('lp', lpArguments(job), typeof job.source === 'string' ? null : job.source)
  if (run === null) return { job: null, diagnostics: [missing] }
  if (run.code !== 0) return { job: null, diagnostics: [refused(run.err || run.out, job.printer)] }
  const name = /request id is (\S+)/.exec(run.out)?.[1] ?? ''
  return { job: name, diagnostics: await stoppedQueue(name) }
}

interface ProgramRun {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Null where there is no such program. CUPS's own messages are read, so they are asked for in English. */
function runProgram(program: string, args: readonly string[], input: Uint8Array | null): Promise<ProgramRun | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, LC_ALL: 'C.UTF-8', LANGUAGE: '' }, stdio: ['pipe', 'pipe', 'pipe'] })
    const texts = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text))
    child.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? resolve(null) : reject(error)))
    child.on('close', (code) => resolve({ code: code ?? 1, ...texts }))
    // A program that refuses the job reads nothing: its words on standard error say why, not the broken pipe.
    child.stdin.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' || error.code === 'ECONNRESET' ? undefined : reject(error),
    )
    child.stdin.end(input ?? undefined)
  })
}

const missing: Diagnostic = {
  severity: 'error',
  code: 'lp-missing',
  message: 'The program lp is not there, so nothing can be printed.',
  hint: 'Install the client of CUPS (Debian: cups-client), or write the sheets to a file by --output.',
}

/** By what CUPS says. */
const hints: readonly (readonly [words: RegExp, hint: string])[] = [
  [
    /printer or class does not exist|unknown destination|does not exist/i,
    'lpstat -e lists the queues that there are; name one by --printer. Where it lists none, CUPS may not be running, or CUPS_SERVER be wrong.',
  ],
  [/no default destination/i, 'Name a queue by --printer (lpstat -e lists them), or set one by lpoptions -d NAME.'],
  [/not accepting jobs/i, 'The queue refuses jobs until it is opened again: cupsaccept NAME.'],
  [
    /unable to connect|connection refused|bad file descriptor|scheduler is not running|transport endpoint|no such file/i,
    'CUPS does not answer: is it running, and is CUPS_SERVER right?',
  ],
  [/unsupported document-format|forbidden|not authorized|unauthorized/i, 'The queue does not take such a job from you; ask who keeps it.'],
]

function refused(words: string, printer: string | undefined): Diagnostic {
  const said = words
    .trim()
    .replace(/^lp:\s*(?:error\s*-\s*)?/i, '')
    .replace(/\s+/g, ' ')
  const hint = hints.find(([pattern]) => pattern.test(said))?.[1]
  return {
    severity: 'error',
    code: 'print-refused',
    message: `${printer === undefined ? 'The default queue' : `The queue "${printer}"`} did not take the job: ${said || 'lp says nothing of the reason'}`,
    ...(hint === undefined ? {} : { hint }),
  }
}

/** A queue that is stopped takes jobs and prints none. */
async function stoppedQueue(job: string): Promise<readonly Diagnostic[]> {
  const printer = job.replace(/-\d+$/, '')
  const run = printer === '' ? null : await runProgram('lpstat', ['-p', printer], null)
  if (run?.code !== 0 || !/^printer \S+ disabled\b/m.test(run.out)) return []
  const reason = run.out.split('\n')[1]?.trim() ?? ''
  return [
    {
      severity: 'warning',
      code: 'queue-stopped',
      message: `The queue "${printer}" is stopped, so ${job} waits${reason === '' ? '.' : `: ${reason}`}`,
      hint: `Set right what stopped it, then start it again: cupsenable ${printer}.`,
    },
  ]
}
