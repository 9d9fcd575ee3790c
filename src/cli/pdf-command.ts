/** `briefpress pdf`: HTML with CSS → tagged PDF, one file or a batch. */
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { CommandModule } from 'yargs'
import { type Engine, isSystemError, loadEngine, readText } from '../project/engine.js'
import { renderPdf } from '../project/render-pdf.js'
import { writeFiles } from '../project/write-files.js'
import { formatSize, formatTime, printDiagnostics, sourceDate, UsageError } from './output.js'
import { type PdfOptionArguments, pdfOptions, withPdfOptions } from './pdf-options.js'

interface PdfArguments extends PdfOptionArguments {
  input?: string
  output?: string
  css?: string[]
  fonts?: string[]
  batch: boolean
  quiet: boolean
}

/** The command; `done` is told the exit code. */
export function pdfCommand(done: (code: number) => void): CommandModule<object, PdfArguments> {
  return {
    command: 'pdf [input]',
    describe: 'Turn HTML with CSS into a tagged PDF',
    builder: (yargs) =>
      withPdfOptions(yargs)
        .positional('input', { type: 'string', describe: 'An HTML file' })
        .option('output', { alias: 'o', type: 'string', describe: 'The PDF file to write' })
        .option('css', { type: 'string', array: true, nargs: 1, describe: 'A further style sheet, last in the cascade' })
        .option('fonts', { type: 'string', array: true, nargs: 1, describe: 'A folder of further fonts' })
        .option('batch', { type: 'boolean', default: false, describe: 'Read lines IN<TAB>OUT from standard input' })
        .option('quiet', { type: 'boolean', default: false, describe: 'Print errors only' }) as never,
    handler: async (args) => done(await runPdf(args)),
  }
}

async function runPdf(args: PdfArguments): Promise<number> {
  if (args.batch) {
    if (args.input !== undefined || args.output !== undefined) throw new UsageError('--batch reads its files from standard input')
    return runBatch(args)
  }
  if (args.input === undefined) throw new UsageError('name an HTML file, or use --batch')
  const output = args.output ?? args.input.replace(/\.x?html?$/i, '').concat('.pdf')
  return (await convert({ input: args.input, output }, args, await loadEngine({ fontFolders: args.fonts ?? [] }))) ? 0 : 1
}

/** A line that fails is reported and the next one goes on. */
async function runBatch(args: PdfArguments): Promise<number> {
  const engine = await loadEngine({ fontFolders: args.fonts ?? [] })
  let failed = 0
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue
    const [input, output] = line.split('\t')
    if (!input || !output) {
      process.stderr.write(`briefpress: a line of a batch is IN, a tab, OUT; this one is not: ${line}\n`)
      failed++
    } else if (!(await convert({ input, output }, args, engine))) failed++
  }
  return failed > 0 ? 1 : 0
}

async function convert(files: { input: string; output: string }, args: PdfArguments, engine: Engine): Promise<boolean> {
  const start = performance.now()
  const html = readText(files.input)
  if (html === null) {
    printDiagnostics(
      [{ severity: 'error', code: 'source-missing', message: `${files.input} cannot be read`, hint: 'name an HTML file that exists' }],
      args.quiet,
    )
    return false
  }
  const date = sourceDate()
  const rendered = await renderPdf(html, {
    file: files.input,
    root: process.cwd(),
    styleSheets: args.css ?? [],
    pdf: pdfOptions(args),
    engine,
    ...(date === undefined ? {} : { date }),
  })
  printDiagnostics(rendered.diagnostics, args.quiet)
  if (rendered.diagnostics.some(({ severity }) => severity === 'error')) return false
  try {
    await writeFiles([{ path: resolve(files.output), data: rendered.pdf }])
  } catch (error) {
    if (!isSystemError(error)) throw error
    process.stderr.write(`briefpress: ${files.output} cannot be written: ${error.message}\n`)
    return false
  }
  if (!args.quiet) {
    const pages = `${rendered.pages} ${rendered.pages === 1 ? 'page' : 'pages'}`
    process.stdout.write(`${files.output}  ${pages}  ${formatSize(rendered.pdf.length)}  ${formatTime(performance.now() - start)}\n`)
  }
  return true
}
