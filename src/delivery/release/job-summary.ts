/**
 * What a job shows of a release. In: outputs and ledgers. Out: Markdown (GitHub Flavored Markdown) with a table of files and what of the sources went where.
 */
import { summaryWords } from '../../editions/ledger-words.js'
import type { EditionLedger } from '../../project/build.js'
import { compareText } from './digest.js'
import type { Manifest, ManifestOutput } from './manifest.js'

export interface SummaryInput {
  readonly manifest: Manifest | null
  readonly outputs: readonly ManifestOutput[]
  readonly ledgers: readonly EditionLedger[]
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
const cell = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\|<`*_[\]~]/g, '\\$&')
const row = (cells: readonly (string | number)[]): string => `| ${cells.map((text) => cell(String(text))).join(' | ')} |`

/** A heading, a table of files, a table of blocks by edition, and the blocks that were cut. */
export function jobSummary({ manifest, outputs, ledgers }: SummaryInput): string {
  const title = manifest?.tag === undefined || manifest.tag === null ? 'Release' : `Release ${cell(manifest.tag)}`
  const files = outputs.map(({ path, pages, words, bytes, standards }) =>
    row([path, pages ?? '', words, `${(bytes / 1024).toFixed(1)} KB`, standards.join(', ')]),
  )
  const editions = onceAnEdition(outputs)
  const shown = summaryWords.filter(([outcome]) => editions.some(({ ledger }) => (ledger[outcome] ?? 0) > 0))
  const blocks = editions.map(({ source, edition, ledger }) => row([source, edition, ...shown.map(([outcome]) => ledger[outcome] ?? 0)]))
  const cut = ledgers.flatMap(({ source, edition, entries }) =>
    entries
      .filter(({ outcome }) => outcome === 'cut-to-fit')
      .map(({ position, excerpt }) => `- ${cell(source)}, line ${position.line}, from the ${edition}: ${cell(excerpt)}`),
  )
  return [
    `## ${title}`,
    ['| File | Pages | Words | Size | Claims |', '| --- | ---: | ---: | ---: | --- |', ...files].join('\n'),
    '### Where the blocks of the sources went',
    [
      row(['Source', 'Edition', ...shown.map(([, word]) => capitalised(word))]),
      `| --- | --- |${' ---: |'.repeat(shown.length)}`,
      ...blocks,
    ].join('\n'),
    ...(cut.length > 0 ? ['### Cut to fit', cut.join('\n')] : []),
    '',
  ].join('\n\n')
}

/** Both formats of an edition hold the same blocks. */
function onceAnEdition(outputs: readonly ManifestOutput[]): readonly ManifestOutput[] {
  const editions = new Map(outputs.map((output) => [`${output.source}\0${output.edition}`, output]))
  return [...editions].sort(([a], [b]) => compareText(a, b)).map(([, output]) => output)
}
