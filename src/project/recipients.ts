/**
 * Who gets a numbered copy (RFC 4180). In: a CSV file with a head: `name`, and if wanted `number` and `organisation`. Out: recipients in
 * the order of the file; what is wrong in it is reported with its line.
 */
import type { Report, SourcePosition } from '../diagnostics/diagnostic.js'
import { slug } from '../document/slug.js'
import { readText } from './engine.js'

export interface Recipient {
  readonly number: string
  readonly name: string
  readonly organisation?: string
  /** For file names: letters, digits and hyphens, unlike every other's. */
  readonly fileName: string
}

interface Row {
  readonly record: Readonly<Record<string, string>>
  readonly line: number
}

const spellings: Readonly<Record<string, string>> = { organization: 'organisation', no: 'number', 'no.': 'number', nr: 'number' }
const known = ['name', 'number', 'organisation']

/** Reads the recipients; null where the file cannot be used. */
export async function readRecipients(file: string, report: Report): Promise<readonly Recipient[] | null> {
  const text = readText(file)
  if (text === null) {
    report({ severity: 'error', code: 'recipients-missing', message: `the list of recipients ${file} cannot be read` })
    return null
  }
  const lines = text.split(/\r?\n/)
  const fail = (message: string, line: number, hint: string): null => {
    const position: SourcePosition = { file, line, column: 1 }
    report({ severity: 'error', code: 'invalid-recipients', message, position, excerpt: lines[line - 1] ?? '', hint })
    return null
  }
  const rows = await parseRows(text, fail)
  if (!rows) return null
  if (rows.length === 0)
    return fail('The list of recipients names nobody.', 1, 'Write a head with name, number and organisation, then a line for each.')
  const numbers = new Set<string>()
  const recipients: Recipient[] = []
  for (const [index, { record, line }] of rows.entries()) {
    const name = record.name ?? ''
    const number = record.number || String(index + 1)
    if (name === '') return fail('This recipient has no name.', line, 'Give each line a name.')
    if (numbers.has(number)) return fail(`The copy number ${number} is given twice.`, line, 'Give each copy a number of its own, or none.')
    numbers.add(number)
    const { organisation } = record
    const fileName = `${slug(number) || index + 1}-${slug(name).slice(0, 40)}`
    recipients.push({ number, name, ...(organisation ? { organisation } : {}), fileName: `copy-${fileName}` })
  }
  return recipients
}

type Fail = (message: string, line: number, hint: string) => null

async function parseRows(text: string, fail: Fail): Promise<readonly Row[] | null> {
  const { CsvError, parse } = await import('csv-parse/sync')
  let head: readonly string[] = []
  try {
    const rows = parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      info: true,
      columns: (names: string[]) => {
        head = names.map((name) => spellings[name.toLowerCase()] ?? name.toLowerCase())
        return [...head]
      },
    }) as unknown as { record: Record<string, string>; info: { lines: number } }[]
    const strange = head.find((name) => !known.includes(name))
    if (rows.length > 0 && !head.includes('name'))
      return fail('The list of recipients has no column "name".', 1, `Its head may have ${known.join(', ')}.`)
    if (strange !== undefined) return fail(`The column "${strange}" is not known.`, 1, `Its head may have ${known.join(', ')}.`)
    return rows.map(({ record, info }) => ({ record, line: info.lines }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? error.lines : 1
    return fail(
      `The list of recipients cannot be read: ${error.message}.`,
      line,
      'Put values with commas or quotes between double quotes, and give each line the columns of the head.',
    )
  }
}
