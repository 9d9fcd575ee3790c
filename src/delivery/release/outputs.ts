/**
 * What a release says of its files. In: built files. Out: their entries in the manifest, read from the files themselves: pages, words, claimed standards.
 */
import type { LedgerEntry } from '../../editions/edition.js'
import type { HtmlElement, HtmlNode } from '../../html/dom.js'
import { parseHtml } from '../../html/parse.js'
import { elements } from '../../html/walk.js'
import { inspectPdf } from '../../pdf/inspect-pdf.js'
import type { BuiltFile, EditionLedger } from '../../project/build.js'
import { countWords } from './changes.js'
import { compareText, sha256 } from './digest.js'
import type { ManifestOutput } from './manifest.js'

export interface OutputInput {
  readonly file: BuiltFile
  readonly data: Uint8Array
  /** The name in the release. */
  readonly path: string
  /** With `/` on every system. */
  readonly source: string
  readonly ledger: EditionLedger | undefined
  /** That opens a protected PDF. */
  readonly password?: string
}

/** The entry of one file. Throws where a PDF that was just built cannot be read. */
export async function describeOutput(input: OutputInput): Promise<ManifestOutput> {
  const { file, data, path, source, ledger } = input
  const content =
    file.format === 'pdf' ? await pdfContent(input) : { words: countWords(visibleText(new TextDecoder().decode(data))), standards: [] }
  return {
    path,
    source,
    edition: file.edition,
    format: file.format,
    bytes: data.length,
    sha256: sha256(data),
    ...content,
    ledger: ledgerSummary(ledger?.entries ?? []),
  }
}

async function pdfContent({ data, password, path }: OutputInput): Promise<Pick<ManifestOutput, 'pages' | 'words' | 'standards'>> {
  const result = await inspectPdf(data, password)
  if ('problem' in result) throw new Error(`${path} cannot be read after it was built: ${result.message}`)
  const { pages, standards } = result.inspection
  return { pages: pages.length, words: countWords(pages.map(({ text }) => text).join('\n')), standards: [...standards] }
}

/** The text of the body, but scripts and style sheets. */
function visibleText(html: string): string {
  const document = parseHtml(html, { base: '', file: '' })
  const body = [...elements(document)].find(({ name }) => name === 'body')
  const open: HtmlNode[] = body ? [body] : []
  const parts: string[] = []
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'text') parts.push(node.data)
    else if (node.kind === 'element' && !isUnseen(node)) {
      parts.push(isPhrase(node) ? '' : ' ')
      for (const child of [...node.children].reverse()) open.push(child)
    }
  }
  return parts.join('')
}

const isUnseen = ({ name }: HtmlElement): boolean => name === 'script' || name === 'style' || name === 'template'
/** Elements that may stand inside a word. */
const isPhrase = ({ name }: HtmlElement): boolean => /^(?:a|abbr|b|bdi|bdo|code|del|em|i|ins|mark|q|s|small|span|strong|u|wbr)$/.test(name)

/** How many blocks went which way. */
function ledgerSummary(entries: readonly LedgerEntry[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const { outcome } of entries) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  return Object.fromEntries([...counts].sort(([a], [b]) => compareText(a, b)))
}
