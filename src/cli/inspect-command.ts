/** `briefpress inspect`: what a PDF holds and claims, as text or JSON. */
import { basename } from 'node:path'
import type { CommandModule } from 'yargs'
import type { InspectedOutlineItem, InspectedPage, PdfInspection } from '../pdf/inspect-pdf.js'
import type { InspectedTag } from '../pdf/inspect-tags.js'
import { readBytes } from '../project/engine.js'
import { formatSize, UsageError } from './output.js'
import { passwordFrom } from './pdf-options.js'

interface InspectArguments {
  file: string
  json: boolean
  passwordFile?: string
}

/** The command; `done` is told the exit code. */
export function inspectCommand(done: (code: number) => void): CommandModule<object, InspectArguments> {
  return {
    command: 'inspect <file>',
    describe: 'Show what a PDF holds: pages, fonts, tags, outline, links, attachments, text',
    builder: (yargs) =>
      yargs
        .positional('file', { type: 'string', demandOption: true, describe: 'A PDF file' })
        .option('password-file', { type: 'string', describe: 'A file with the password that opens it' })
        .option('json', { type: 'boolean', default: false, describe: 'Print all of it as JSON' }) as never,
    handler: async (args) => done(await runInspect(args)),
  }
}

async function runInspect({ file, json, passwordFile }: InspectArguments): Promise<number> {
  const data = readBytes(file)
  if (data === null) throw new UsageError(`${file} cannot be read`)
  const { inspectPdf } = await import('../pdf/inspect-pdf.js')
  const password = passwordFrom(passwordFile, 'BRIEFPRESS_USER_PASSWORD')
  const result = await inspectPdf(data, password === '' ? undefined : password)
  if ('problem' in result) {
    const hint = result.problem === 'password' ? ' It is protected: name a file with its password by --password-file.' : ''
    process.stderr.write(`briefpress: ${file} cannot be inspected: ${result.message}.${hint}\n`)
    return 1
  }
  process.stdout.write(json ? `${JSON.stringify(result.inspection, null, 2)}\n` : describe(basename(file), result.inspection))
  return 0
}

function describe(name: string, inspection: PdfInspection): string {
  const { pages, fonts, outline, attachments } = inspection
  const links = pages.flatMap((page) => page.links.map((link) => `page ${page.label}: ${link.text} → ${link.target ?? 'nowhere'}`))
  const facts: readonly (readonly [string, string | null])[] = [
    ['title', inspection.title],
    ['author', inspection.author],
    ['subject', inspection.subject],
    ['keywords', inspection.keywords],
    ['language', inspection.language],
    ['created', inspection.created],
    ['producer', inspection.producer],
    ['version', `PDF ${inspection.version}`],
    ['claims', inspection.standards.join(', ') || 'no standard'],
    ['tagged', inspection.tagged ? 'yes' : 'no'],
    ['protected', inspection.encrypted ? 'yes' : 'no'],
    ['pages', String(pages.length)],
  ]
  return [
    `${name}  ${formatSize(inspection.bytes)}`,
    ...facts.flatMap(([key, value]) => (value === null ? [] : [`  ${key.padEnd(10)} ${value}`])),
    ...part('Pages', sizes(pages)),
    ...part(
      'Fonts',
      fonts.map((font) => `${font.name}  ${font.type}  ${font.embedded ? (font.subset ? 'embedded subset' : 'embedded') : 'not embedded'}`),
    ),
    ...part('Outline', outlineLines(outline, '')),
    ...part('Links', links),
    ...part(
      'Attachments',
      attachments.map((file) => `${file.name}  ${formatSize(file.bytes)}  ${file.description}`),
    ),
    ...pages.flatMap((page) => (page.tags ? part(`Tags, page ${page.label}`, tagLines(page.tags, '')) : [])),
    ...pages.flatMap((page) => part(`Text, page ${page.label}`, page.text.split('\n'))),
    '',
  ].join('\n')
}

function part(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]
}

/** Pages in a row that have one size share a line. */
function sizes(pages: readonly InspectedPage[]): string[] {
  const rows: { first: InspectedPage; last: InspectedPage }[] = []
  for (const page of pages) {
    const row = rows.at(-1)
    if (row && row.last.width === page.width && row.last.height === page.height) row.last = page
    else rows.push({ first: page, last: page })
  }
  return rows.map(({ first, last }) => {
    const range = first === last ? `${first.label}` : `${first.label} to ${last.label}`
    const millimetres = (points: number): string => ((points * 25.4) / 72).toFixed(1)
    return `${range}: ${millimetres(first.width)} × ${millimetres(first.height)} mm`
  })
}

function outlineLines(items: readonly InspectedOutlineItem[], indent: string): string[] {
  return items.flatMap((item) => [
    `${indent}${item.title}${item.page === null ? '' : `  ${item.page}`}`,
    ...outlineLines(item.items, `${indent}  `),
  ])
}

const longestText = 60

function tagLines(tag: InspectedTag, indent: string): string[] {
  const { type, language, alternative, text } = tag
  const shown = text && text.length > longestText ? `${text.slice(0, longestText)}…` : text
  const line = [
    `${indent}${type}`,
    ...(language ? [`[${language}]`] : []),
    ...(alternative ? [`(${alternative})`] : []),
    ...(shown ? [`“${shown}”`] : []),
  ].join(' ')
  return [line, ...tag.children.flatMap((child) => tagLines(child, `${indent}  `))]
}
