/**
 * Front matter → Metadata. In: the parsed YAML of a source with the places of its keys. Out: checked metadata, and a
 * diagnostic for each key that is unknown or has a value of the wrong kind (which then counts as missing).
 */
import * as z from 'zod/mini'
import type { Report, SourcePosition } from '../diagnostics/diagnostic.js'
import type { FrontMatter, Inline, MarkdownTree } from '../markdown/tree.js'
import type { GlossaryEntry, Metadata, VersionEntry } from './document.js'
import { trafficLightHint } from './marking.js'
import { diagnosticAt, lineAt } from './message.js'
import { didYouMean } from './suggest.js'

export interface MetadataOptions {
  readonly parseInlines: (text: string, position: SourcePosition) => readonly Inline[]
  readonly report: Report
}

interface Field {
  readonly schema: z.ZodMiniType<unknown, unknown>
  readonly expects: string
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

const isAddress = (text: string): boolean => /^(?:https?|mailto):/i.test(text) && URL.canParse(text)

/** A date without its time where that is midnight. */
const isoMoment = (date: Date): string => date.toISOString().slice(0, 16).replace('T', ' ').replace(' 00:00', '')

const isoDate = (date: Date): string => date.toISOString().slice(0, 10)

/** The schema of each key. Built when a source has front matter, so that one without pays nothing. */
function metadataFields(): Readonly<Record<string, Field>> {
  const text = z.union([z.string(), z.pipe(z.number(), z.transform(String))])
  const list = z.union([
    z.array(text),
    z.pipe(
      text,
      z.transform((one: string) => [one]),
    ),
  ])
  const word = { schema: text, expects: 'a text' }
  const words = { schema: list, expects: 'a text or a list of texts' }
  const date = z.union([text, z.pipe(z.date(), z.transform(isoDate))])
  const moment = z.union([text, z.pipe(z.date(), z.transform(isoMoment))])
  const paper = z.pipe(
    z.string(),
    z.pipe(
      z.transform((name: string) => name.toLowerCase()),
      z.enum(['a4', 'letter']),
    ),
  )
  return {
    title: word,
    shortTitle: word,
    subtitle: word,
    summary: words,
    keyPoints: words,
    authors: words,
    author: words,
    originator: word,
    date: { schema: date, expects: 'a date such as 2026-05-03, or a text' },
    lang: { schema: z.string().check(z.refine(isLanguageTag)), expects: 'a language tag such as en-GB or km' },
    reference: word,
    version: { schema: text, expects: 'a text or a number' },
    status: word,
    marking: word,
    distribution: words,
    keywords: words,
    address: word,
    url: { schema: z.string().check(z.refine(isAddress)), expects: 'an address such as https://example.org/report' },
    embargo: { schema: moment, expects: 'a date and time such as 2026-05-03 14:00, or a text' },
    theme: word,
    paper: { schema: paper, expects: 'a4 or letter' },
    pdfStandard: words,
    numberSections: { schema: z.boolean(), expects: 'true or false' },
    numberParagraphs: { schema: z.union([z.boolean(), z.enum(['section'])]), expects: 'true, false or section' },
    notes: { schema: z.enum(['footnotes', 'endnotes']), expects: 'footnotes or endnotes' },
    versions: {
      schema: z.array(z.strictObject({ version: text, date: z.optional(date), author: z.optional(text), note: z.optional(text) })),
      expects: 'a list of entries with version, date, author and note',
    },
    glossary: { schema: z.record(z.string(), text), expects: 'a map of terms and what they mean' },
    bibliography: words,
    csl: word,
    smart: { schema: z.boolean(), expects: 'true or false' },
    brief: { schema: z.looseObject({ pages: z.optional(z.int().check(z.positive())) }), expects: 'pages: a whole number from 1' },
    slides: { schema: z.looseObject({ ratio: z.optional(z.enum(['16:9', '4:3'])) }), expects: 'ratio: "16:9" or "4:3"' },
    email: { schema: z.looseObject({ subject: z.optional(text) }), expects: 'subject: a text' },
  }
}

const nestedKeys: Readonly<Record<string, readonly string[]>> = { brief: ['pages'], slides: ['ratio'], email: ['subject'] }

interface Reader {
  readonly tree: MarkdownTree
  readonly report: Report
  readonly values: Map<string, unknown>
}

function placeOf(tree: MarkdownTree, key: string): SourcePosition {
  const front = tree.frontMatter
  return front?.positions.get(key) ?? front?.positions.get(key.split('.')[0] ?? key) ?? { file: tree.file, line: 1, column: 1 }
}

function checkValues(front: FrontMatter, reader: Reader): void {
  const fields = metadataFields()
  for (const [key, value] of Object.entries(front.values)) {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined
    if (!field) reportUnknown(key, Object.keys(fields), reader)
    else if (value !== null && value !== undefined) checkValue(key, value, { field, reader })
  }
}

function reportUnknown(key: string, known: readonly string[], reader: Reader): void {
  const name = key.split('.').at(-1) ?? key
  const message = `The metadata key "${key}" is not known and has no effect.`
  const position = placeOf(reader.tree, key)
  reader.report(
    diagnosticAt(reader.tree.source, {
      severity: 'warning',
      code: 'unknown-metadata-key',
      message,
      position,
      hint: didYouMean(name, known),
    }),
  )
}

function checkValue(key: string, value: unknown, { field, reader }: { field: Field; reader: Reader }): void {
  const result = z.safeParse(field.schema, value)
  if (!result.success) {
    const message = `The metadata key "${key}" does not have a value that can be used: ${field.expects} is expected.`
    const position = placeOf(reader.tree, key)
    const hint = `Write ${key}: ${field.expects.startsWith('a ') ? `followed by ${field.expects}` : field.expects}.`
    reader.report(diagnosticAt(reader.tree.source, { severity: 'error', code: 'invalid-metadata', message, position, hint }))
    return
  }
  const nested = nestedKeys[key]
  if (nested && typeof value === 'object') {
    for (const name of Object.keys(value ?? {})) if (!nested.includes(name)) reportUnknown(`${key}.${name}`, nested, reader)
  }
  reader.values.set(key, result.data)
}

/** YAML reads `1.10` as a number; the source still says how it was written. */
function writtenVersion(reader: Reader): string | undefined {
  const version = reader.values.get('version')
  if (typeof version !== 'string' || typeof reader.tree.frontMatter?.values.version !== 'number') return version as string | undefined
  const line = lineAt(reader.tree.source, placeOf(reader.tree, 'version').line) ?? ''
  return writtenNumber(line, version)
}

/** How a line of YAML writes the version that was read from it. */
function writtenNumber(line: string, version: string): string {
  const written = /version["']?\s*:\s*([\d.]+)(?![\w.])/.exec(line)?.[1]
  return written !== undefined && Number(written) === Number(version) ? written : version
}

/** A marking that looks like TLP's and is none of its labels would be handled wrongly by whoever gets it. */
function checkMarking({ tree, report, values }: Reader): void {
  const marking = values.get('marking')
  const hint = typeof marking === 'string' ? trafficLightHint(marking) : undefined
  if (hint === undefined) return
  const message = `The marking ${marking} is none of the labels of the Traffic Light Protocol.`
  report(diagnosticAt(tree.source, { severity: 'warning', code: 'unknown-marking', message, position: placeOf(tree, 'marking'), hint }))
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

/** Paragraphs of inline Markdown: a text is split at blank lines, a list has a paragraph an item. */
function paragraphsOf(key: string, reader: Reader, options: MetadataOptions): { readonly [k: string]: readonly (readonly Inline[])[] } {
  const raw = reader.tree.frontMatter?.values[key]
  const texts = textsOf(reader.values.get(key))
  const paragraphs = texts.flatMap((text, index) => {
    const position = placeOf(reader.tree, Array.isArray(raw) ? `${key}.${index}` : key)
    const parts = Array.isArray(raw) ? [text] : text.split(/\n[^\S\n]*\n/)
    return parts.filter((part) => part.trim() !== '').map((part) => options.parseInlines(part.trim(), position))
  })
  return paragraphs.length > 0 ? { [key]: paragraphs } : {}
}

/** Entries of the version table; YAML reads `1.10` as a number, so versions are looked up as they were written. */
function versionsOf(reader: Reader): readonly VersionEntry[] {
  const entries = (reader.values.get('versions') ?? []) as readonly VersionEntry[]
  const raw = reader.tree.frontMatter?.values.versions
  return entries.map((entry, index) => {
    const typed: unknown = Array.isArray(raw) ? raw[index]?.version : undefined
    if (typeof typed !== 'number') return entry
    const line = lineAt(reader.tree.source, placeOf(reader.tree, `versions.${index}.version`).line) ?? ''
    return { ...entry, version: writtenNumber(line, entry.version) }
  })
}

function glossaryOf(reader: Reader, options: MetadataOptions): readonly GlossaryEntry[] {
  const entries = Object.entries((reader.values.get('glossary') ?? {}) as Readonly<Record<string, string>>)
  return entries.map(([term, text]) => ({ term, definition: options.parseInlines(text, placeOf(reader.tree, `glossary.${term}`)) }))
}

const paragraphNumbering = (value: unknown): Metadata['numberParagraphs'] =>
  value === 'section' ? 'section' : value === true ? 'continuous' : 'none'

const singleKeys = [
  'shortTitle',
  'subtitle',
  'originator',
  'date',
  'lang',
  'reference',
  'status',
  'marking',
  'address',
  'url',
  'embargo',
  'theme',
  'csl',
] as const

/** What is known of a document before its title: every field, with `title` only where the front matter has one. */
export type FrontMetadata = Omit<Metadata, 'title'> & { readonly title?: string }

/**
 * Reads and checks the front matter. Reports `unknown-metadata-key` and `invalid-metadata` at the key.
 * A source without front matter has the defaults: English, A4, numbered sections, one page, 16:9.
 */
export function readMetadata(tree: MarkdownTree, options: MetadataOptions): FrontMetadata {
  const reader: Reader = { tree, report: options.report, values: new Map() }
  if (tree.frontMatter) checkValues(tree.frontMatter, reader)
  const { values } = reader
  checkMarking(reader)
  const singles: Record<string, string> = {}
  for (const key of ['title', ...singleKeys]) {
    const value = values.get(key)
    if (typeof value === 'string' && value.trim() !== '') singles[key] = value.trim()
  }
  const version = writtenVersion(reader)
  if (version !== undefined) singles.version = version
  return {
    ...singles,
    ...paragraphsOf('summary', reader, options),
    ...paragraphsOf('keyPoints', reader, options),
    lang: singles.lang ?? 'en',
    ...(singles.lang === undefined ? { languageAssumed: true as const } : {}),
    ...(values.has('pdfStandard') ? { pdfStandard: keywordsOf(values.get('pdfStandard')) } : {}),
    authors: textsOf(values.get('authors') ?? values.get('author')),
    distribution: textsOf(values.get('distribution')),
    keywords: keywordsOf(values.get('keywords')),
    paper: values.get('paper') === 'letter' ? 'letter' : 'a4',
    numberSections: values.get('numberSections') !== false,
    numberParagraphs: paragraphNumbering(values.get('numberParagraphs')),
    notes: values.get('notes') === 'endnotes' ? 'endnotes' : 'footnotes',
    versions: versionsOf(reader),
    glossary: glossaryOf(reader, options),
    bibliography: textsOf(values.get('bibliography')),
    smart: values.get('smart') !== false,
    brief: { pages: (values.get('brief') as { pages?: number } | undefined)?.pages ?? 1 },
    email: (values.get('email') as { subject?: string } | undefined) ?? {},
    slides: { ratio: (values.get('slides') as { ratio?: '16:9' | '4:3' } | undefined)?.ratio ?? '16:9' },
  }
}

/** A single text of keywords is split at its commas. */
function keywordsOf(value: unknown): readonly string[] {
  const texts = textsOf(value)
  const only = texts.length === 1 ? texts[0] : undefined
  return only === undefined ? texts : only.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]))
}
