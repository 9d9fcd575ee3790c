/**
 * The report: everything that is not marked for another edition or other readers. In: a Document. Out: a ReportEdition.
 */
import type { Report } from '../diagnostics/diagnostic.js'
import type { Document, Section } from '../document/document.js'
import type { ReportEdition } from './edition.js'
import { select } from './select.js'

export interface EditionOptions {
  readonly audience?: string
  readonly report: Report
}

/** Makes the report. Each block is in its ledger as included at its section, omitted by the author, or withheld. */
export function makeReport(document: Document, options: EditionOptions): ReportEdition {
  const selection = select(document, 'report', options.audience)
  const { ledger } = selection
  const include = (section: Section): void => {
    ledger.add(section, 'included', { place: section.id })
    for (const block of section.blocks) ledger.add(block, 'included', { place: section.id })
    section.sections.forEach(include)
  }
  for (const block of selection.document.preamble) ledger.add(block, 'included')
  selection.document.sections.forEach(include)
  const { preamble, sections } = selection.document
  return { name: 'report', document: selection.document, preamble, sections, ledger: ledger.entries() }
}
