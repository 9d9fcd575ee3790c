/**
 * The bibliography that a source names → a formatter of citations. In: a Markdown tree and the project folder. Out: the formatter, or
 * nothing where a file is missing or broken, which is then reported. Loaded only for sources that cite.
 */
import { dirname, resolve, sep } from 'node:path'
import type { Report } from '../diagnostics/diagnostic.js'
import {
  CitationFileError,
  type CitationFormatter,
  createCitationFormatter,
  defaultStyle,
  readBibliography,
  shippedStyles,
} from '../document/citation-format.js'
import { diagnosticAt, lineAt } from '../document/message.js'
import { didYouMean } from '../document/suggest.js'
import type { MarkdownTree } from '../markdown/tree.js'
import { readBytes } from './engine.js'

export interface ReadCitationsOptions {
  /** Nothing outside this folder is read. */
  readonly root: string
  /** How files are read; from the disk by default. */
  readonly read?: (file: string) => Uint8Array | null
  readonly report: Report
}

interface Reading extends ReadCitationsOptions {
  readonly tree: MarkdownTree
}

interface Problem {
  readonly key: 'bibliography' | 'csl'
  readonly code: string
  readonly message: string
  readonly hint: string
}

function tell({ key, code, message, hint }: Problem, { tree, report }: Reading): void {
  const position = tree.frontMatter?.positions.get(key) ?? { file: tree.file, line: 1, column: 1 }
  report(diagnosticAt(tree.source, { severity: 'error', code, message, position, hint }))
}

/** A file's text; null where it stands outside the project or cannot be read. */
function textIn(name: string, { tree, root, read = readBytes }: Reading): { readonly path: string; readonly text: string } | null {
  const path = resolve(dirname(tree.file), name)
  const inside = path.startsWith(root.endsWith(sep) ? root : root + sep) || dirname(path) === dirname(tree.file)
  const bytes = inside ? read(path) : null
  return bytes === null ? null : { path, text: new TextDecoder().decode(bytes) }
}

async function worksIn(name: string, reading: Reading) {
  const file = textIn(name, reading)
  if (!file) {
    const message = `The bibliography ${name} cannot be read.`
    const hint = 'Paths count from the source, and stay inside the project.'
    tell({ key: 'bibliography', code: 'missing-bibliography', message, hint }, reading)
    return null
  }
  try {
    return await readBibliography({ name: file.path, text: file.text })
  } catch (error) {
    if (!(error instanceof CitationFileError)) throw error
    const message = `The bibliography ${name} cannot be understood: ${error.message}.`
    const hint = 'Write BibTeX in a file that ends in .bib, CSL data in one that ends in .json or .yaml.'
    const { position } = error
    const excerpt = position && lineAt(file.text, position.line)
    if (!position) tell({ key: 'bibliography', code: 'invalid-bibliography', message, hint }, reading)
    else
      reading.report({
        severity: 'error',
        code: 'invalid-bibliography',
        message,
        hint,
        position,
        ...(excerpt === undefined ? {} : { excerpt }),
      })
    return null
  }
}

function styleOf(name: string, reading: Reading): { readonly name: string } | { readonly xml: string } {
  const shipped = shippedStyles.find((one) => one === name.toLowerCase())
  if (shipped) return { name: shipped }
  const file = textIn(name, reading)
  if (file) return { xml: file.text }
  const hint = didYouMean(name, shippedStyles) ?? `Name a CSL file, or one of ${shippedStyles.join(', ')}.`
  tell({ key: 'csl', code: 'missing-citation-style', message: `The citation style ${name} cannot be read.`, hint }, reading)
  return { name: defaultStyle }
}

function tellDoubles(keys: readonly string[], { tree, report }: Reading): void {
  const seen = new Set<string>()
  const doubles = [...new Set(keys.filter((key) => seen.size === seen.add(key).size))]
  if (doubles.length === 0) return
  const message = `More than one work has the key ${doubles.join(', ')}; the last of them counts.`
  const position = tree.frontMatter?.positions.get('bibliography')
  const hint = 'Give each work a key of its own.'
  report(diagnosticAt(tree.source, { severity: 'warning', code: 'duplicate-citation-key', message, position, hint }))
}

const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')

/** Reads the files that `bibliography` and `csl` name. Reports `missing-bibliography`, `invalid-bibliography`, `missing-citation-style`,
 * `invalid-citation-style` and `note-citation-style` at the key, or at the place in the file. */
export async function readCitations(tree: MarkdownTree, options: ReadCitationsOptions): Promise<CitationFormatter | undefined> {
  const reading: Reading = { tree, ...options }
  const values = tree.frontMatter?.values ?? {}
  const read = await Promise.all(textsOf(values.bibliography).map((name) => worksIn(name, reading)))
  if (read.includes(null)) return undefined
  const items = read.flatMap((works) => works ?? [])
  tellDoubles(
    items.map((item) => item.id),
    reading,
  )
  const [csl] = textsOf(values.csl)
  const style = csl === undefined ? { name: defaultStyle } : styleOf(csl, reading)
  const lang = typeof values.lang === 'string' ? values.lang : 'en'
  try {
    const formatter = createCitationFormatter({ items, style, lang })
    if (formatter.forNotes) {
      const message = `The citation style ${csl} is meant for notes; its citations stand in the text all the same.`
      const hint = 'Put citations into notes, as in ^[@key], or choose a style for citations in the text.'
      const position = tree.frontMatter?.positions.get('csl')
      options.report(diagnosticAt(tree.source, { severity: 'warning', code: 'note-citation-style', message, position, hint }))
    }
    return formatter
  } catch (error) {
    if (!(error instanceof CitationFileError)) throw error
    const message = `The citation style ${csl} cannot be used: ${error.message}.`
    tell({ key: 'csl', code: 'invalid-citation-style', message, hint: 'It must be a CSL 1.0 style in XML.' }, reading)
    return undefined
  }
}
