/** `briefpress outline`: where each block of a source goes in each edition, and why. */
import { relative } from 'node:path'
import type { CommandModule } from 'yargs'
import type { EditionName, LedgerEntry } from '../editions/edition.js'
import { entryWords, ledgerSummary } from '../editions/ledger-words.js'
import type { EditionLedger } from '../project/build.js'
import { outline } from '../project/outline.js'
import { printDiagnostics } from './output.js'

interface OutlineArguments {
  source: string
  audience?: string
  css?: string[]
  fonts?: string[]
  json: boolean
  'allow-overflow': boolean
}

/** The command; `done` is told the exit code. */
export function outlineCommand(done: (code: number) => void): CommandModule<object, OutlineArguments> {
  return {
    command: 'outline <source>',
    describe: 'Show where each block of a source goes in each edition, and why',
    builder: (yargs) =>
      yargs
        .positional('source', { type: 'string', demandOption: true, describe: 'A Markdown file' })
        .option('audience', { type: 'string', describe: 'For these audiences, with commas between' })
        .option('css', { type: 'string', array: true, nargs: 1, describe: 'A style sheet of your own, last in the cascade' })
        .option('fonts', { type: 'string', array: true, nargs: 1, describe: 'A folder of further fonts' })
        .option('allow-overflow', { type: 'boolean', default: false, describe: 'Let a brief that cannot fit run on' })
        .option('json', { type: 'boolean', default: false, describe: 'Print it as JSON' }) as never,
    handler: async (args) => done(await runOutline(args)),
  }
}

async function runOutline(args: OutlineArguments): Promise<number> {
  const { ledgers, diagnostics } = await outline(args.source, {
    css: args.css ?? [],
    fontFolders: args.fonts ?? [],
    allowOverflow: args['allow-overflow'],
    ...(args.audience === undefined ? {} : { audience: args.audience }),
  })
  if (args.json) process.stdout.write(`${JSON.stringify({ ledgers: ledgers.map(jsonOf) }, null, 2)}\n`)
  else process.stdout.write(tableOf(ledgers))
  printDiagnostics(diagnostics, false)
  return diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0
}

const jsonOf = (ledger: EditionLedger): object => ({
  ...ledger,
  entries: ledger.entries.map((entry) => ({ ...entry, position: { ...entry.position, file: relative('.', entry.position.file) } })),
})

interface Row {
  readonly entry: LedgerEntry
  readonly cells: Map<EditionName, string>
}

/** A line a block: its line in the source, what it is, its first words, then an edition a column. */
function tableOf(ledgers: readonly EditionLedger[]): string {
  const rows = new Map<string, Row>()
  for (const { edition, entries } of ledgers)
    for (const entry of entries) {
      const { file, line, column } = entry.position
      const key = `${file}:${line}:${column}:${entry.kind}`
      const row = rows.get(key) ?? { entry, cells: new Map() }
      row.cells.set(edition, entryWords(entry, edition))
      rows.set(key, entry.excerpt.length > row.entry.excerpt.length ? { ...row, entry } : row)
    }
  const sorted = [...rows.values()].sort(
    ({ entry: a }, { entry: b }) => a.position.line - b.position.line || a.position.column - b.position.column,
  )
  const names = ledgers.map(({ edition }) => edition)
  const lines = [
    ['line', 'block', 'begins', ...names],
    ...sorted.map(({ entry, cells }) => [
      String(entry.position.line),
      entry.kind,
      shorten(entry.excerpt, 32),
      ...names.map((name) => cells.get(name) ?? ''),
    ]),
  ]
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => [...(line[column] ?? '')].length))) ?? []
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length))
      .join('  ')
      .trimEnd(),
  )
  const sums = ledgers.map(({ edition, entries }) => `${edition}: ${ledgerSummary(entries)}`)
  return `${[...text, '', ...sums].join('\n')}\n`
}

const shorten = (text: string, length: number): string => {
  const characters = [...text.replace(/ …$/, '')]
  return characters.length > length ? `${characters.slice(0, length - 2).join('')} …` : text
}
