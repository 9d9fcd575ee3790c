/**
 * Whom a mailing goes to. In: files of CSV (RFC 4180) or YAML 1.2, or addresses. Out: each recipient once, and a diagnostic with file, line
 * and column for every one that cannot be used.
 */
import { parse } from 'csv-parse/sync'
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Report, SourcePosition } from '../../diagnostics/diagnostic.js'
import { diagnosticAt } from '../../document/message.js'
import { decodeSource } from '../../markdown/decode.js'
import { readBytes } from '../../project/engine.js'
import { type Mailbox, type MailboxResult, makeMailbox, parseMailbox } from './mailbox.js'

interface Found {
  readonly result: MailboxResult
  /** As it was written. */
  readonly text: string
  readonly position?: SourcePosition
}

interface List {
  readonly file: string
  readonly source: string
  readonly report: Report
}

/** Reads everything named by `--to`. What cannot be read is an error; an address that comes twice is a warning and kept once. */
export function readRecipients(names: readonly string[], report: Report): readonly Mailbox[] {
  const recipients = new Map<string, Mailbox>()
  for (const name of names) {
    const list = listFile(name)
    const source = list === null ? '' : readList(list, report)
    if (source === null) continue
    for (const found of list === null ? addressesIn(name) : entriesOf({ file: list, source, report }))
      keep(found, { recipients, source, report })
  }
  if (recipients.size === 0)
    report({
      severity: 'error',
      code: 'no-recipients',
      message: 'there is nobody to send to',
      hint: 'name a list by --to list.csv or --to list.yaml, or addresses with commas between',
    })
  return [...recipients.values()]
}

function keep(found: Found, kept: { recipients: Map<string, Mailbox>; source: string; report: Report }): void {
  const { result, text, position } = found
  if ('problem' in result) {
    const message = `“${printable(text)}” cannot be sent to: ${result.problem}`
    kept.report(diagnosticAt(kept.source, { severity: 'error', code: 'invalid-address', message, position }))
    return
  }
  const { mailbox } = result
  // Servers may tell cases apart before the @, but none that people use does.
  const key = mailbox.address.toLowerCase()
  if (kept.recipients.has(key)) {
    const message = `${mailbox.address} is in the list twice; it gets one message`
    kept.report(diagnosticAt(kept.source, { severity: 'warning', code: 'duplicate-recipient', message, position }))
  } else kept.recipients.set(key, mailbox)
}

const printable = (text: string): string => text.replace(/\p{Cc}/gu, '\ufffd')

const listFile = (name: string): string | null => (/\.(csv|tsv|ya?ml)$/i.test(name) && !/[<>]/.test(name) ? name : null)

function readList(file: string, report: Report): string | null {
  const bytes = readBytes(file)
  if (bytes) return decodeSource(bytes, file, report)
  report({ severity: 'error', code: 'list-missing', message: `the list ${file} cannot be read`, hint: 'check its path' })
  return null
}

function entriesOf(list: List): Iterable<Found> {
  return /\.ya?ml$/i.test(list.file) ? yamlEntries(list) : csvEntries(list)
}

/** Addresses on the command line; a comma inside quotes belongs to a name. */
function addressesIn(text: string): readonly Found[] {
  const parts = text.match(/(?:"(?:\\.|[^"\\])*"|[^,;"])+/g) ?? []
  return parts.filter((part) => part.trim() !== '').map((part) => ({ result: parseMailbox(part), text: part.trim() }))
}

interface CsvRecord {
  readonly record: readonly string[]
  readonly raw: string
}

interface Columns {
  readonly address: number
  readonly name: number
}

/** A list with a head names its columns; one without has an address first and perhaps a name after it. */
function* csvEntries(list: List): Generator<Found> {
  const records = parseCsv(list)
  const [first] = records
  if (!first) return
  const headless = first.record.some((field) => field.includes('@'))
  const columns = headless ? { address: 0, name: 1 } : columnsOf(first, list)
  if (!columns) return
  let offset = headless ? 0 : first.raw.length
  for (const { record, raw } of headless ? records : records.slice(1)) {
    const address = record[columns.address] ?? ''
    const name = record[columns.name] ?? ''
    const blank = record.every((field) => field.trim() === '')
    const result = name === '' ? parseMailbox(address) : makeMailbox(name, address)
    const field = 'problem' in result && result.problem.startsWith('its name') ? columns.name : columns.address
    const position = placeAt(list, offset + fieldStart(raw, field))
    if (!blank) yield { result, text: field === columns.name ? name : address, position }
    offset += raw.length
  }
}

function parseCsv(list: List): readonly CsvRecord[] {
  const head = list.source.slice(0, list.source.search(/\n|$/))
  const delimiter = [';', '\t', ','].reduce((best, one) => (head.split(one).length > head.split(best).length ? one : best), ',')
  try {
    const options = { delimiter, raw: true, relaxColumnCount: true, skipEmptyLines: false, recordDelimiter: '\n' } as const
    return parse(list.source, options) as unknown as readonly CsvRecord[]
  } catch (error) {
    if (!(error instanceof Error) || !('lines' in error)) throw error
    const line = Number(error.lines) || 1
    const column = (list.source.split('\n')[line - 1] ?? '').search(/"/) + 1 || 1
    list.report(
      diagnosticAt(list.source, {
        severity: 'error',
        code: 'list-syntax',
        message: `the list is not valid CSV: ${error.message.split('\n')[0]}`,
        position: { file: list.file, line, column },
        hint: 'a field that holds a quotation mark stands in quotation marks, and its own are doubled',
      }),
    )
    return []
  }
}

function columnsOf({ record }: CsvRecord, list: List): Columns | null {
  const names = record.map((field) => field.trim().toLowerCase().replace(/[-_ ]/g, ''))
  const find = (...known: readonly string[]): number => names.findIndex((name) => known.includes(name))
  const address = find('email', 'address', 'emailaddress', 'mail')
  if (address >= 0) return { address, name: find('name', 'fullname', 'recipient') }
  list.report(
    diagnosticAt(list.source, {
      severity: 'error',
      code: 'list-without-addresses',
      message: 'no column of the list holds addresses',
      position: { file: list.file, line: 1, column: 1 },
      hint: 'name one column “email”, and another “name” where there are names',
    }),
  )
  return null
}

/** Where the n-th field of a record begins in its text. */
function fieldStart(raw: string, field: number): number {
  let quoted = false
  let seen = 0
  for (let index = 0; index < raw.length && seen <= field; index++) {
    if (seen === field && !quoted) return index
    const character = raw[index]
    if (character === '"') quoted = !quoted
    else if (!quoted && (character === ',' || character === ';' || character === '\t')) seen++
  }
  return 0
}

function placeAt({ file, source }: List, offset: number): SourcePosition {
  const before = source.slice(0, offset)
  const start = before.lastIndexOf('\n') + 1
  return { file, line: before.split('\n').length, column: offset - start + 1 }
}

/** A list of texts, or of mappings with `address` and `name`; alone or under the key `recipients`. */
function* yamlEntries(list: List): Generator<Found> {
  const counter = new LineCounter()
  const document = parseDocument(list.source, { lineCounter: counter, prettyErrors: false })
  const place = (node: unknown): SourcePosition => {
    const { line, col } = counter.linePos((node as Node | null)?.range?.[0] ?? 0)
    return { file: list.file, line, column: col }
  }
  for (const problem of document.errors) {
    const { line, col } = counter.linePos(problem.pos[0])
    const message = `the list is not valid YAML: ${problem.message.split('\n')[0]}`
    const position = { file: list.file, line, column: col }
    list.report(diagnosticAt(list.source, { severity: 'error', code: 'list-syntax', message, position }))
  }
  if (document.errors.length > 0) return
  const root = document.contents
  const items = isMap(root) ? root.get('recipients') : root
  if (isSeq(items)) for (const item of items.items) yield yamlEntry(item, place, list)
  else
    list.report(
      diagnosticAt(list.source, {
        severity: 'error',
        code: 'list-without-addresses',
        message: 'the list holds no addresses',
        position: place(root),
        hint: 'write one a line, as in “- Ada Lovelace <ada@example.org>”',
      }),
    )
}

function yamlEntry(item: unknown, place: (node: unknown) => SourcePosition, { source }: List): Found {
  if (isScalar(item) && typeof item.value === 'string') return { result: parseMailbox(item.value), text: item.value, position: place(item) }
  if (isMap(item)) {
    const at = ['address', 'email'].map((key) => item.get(key, true)).find((node) => isScalar(node))
    const name = item.get('name')
    const address = isScalar(at) ? String(at.value) : ''
    const result = at ? makeMailbox(typeof name === 'string' ? name : '', address) : { problem: 'it has no address' }
    return { result, text: address || source.slice(...rangeOf(item)).trim(), position: place(at ?? item) }
  }
  return {
    result: { problem: 'it is neither an address nor a mapping' },
    text: source.slice(...rangeOf(item)).trim(),
    position: place(item),
  }
}

function rangeOf(node: unknown): [number, number] {
  const range = (node as Node | null)?.range
  return range ? [range[0], range[1]] : [0, 0]
}
