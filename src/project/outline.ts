/**
 * What goes where in each edition, without writing anything: `briefpress outline`. In: a source. Out: a ledger per edition, with pages.
 */
import { dirname, relative, resolve, sep } from 'node:path'
import type { Diagnostic, Report } from '../diagnostics/diagnostic.js'
import { editionNames } from '../editions/edition.js'
import type { BuildOptions, EditionLedger } from './build.js'
import { loadEngine } from './engine.js'
import { makeEditions } from './make-editions.js'
import { readDocument } from './read-document.js'

export interface Outline {
  /** Empty where the source cannot be read. */
  readonly ledgers: readonly EditionLedger[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Makes and lays out every edition of one source. What is wrong with it stands in `diagnostics`. */
export async function outline(
  source: string,
  options: Pick<BuildOptions, 'project' | 'audience' | 'css' | 'editions' | 'fontFolders' | 'allowOverflow'> = {},
): Promise<Outline> {
  const diagnostics: Diagnostic[] = []
  const report: Report = (diagnostic) => diagnostics.push(diagnostic)
  const file = resolve(source)
  const working = resolve(options.project ?? '.')
  const project = file.startsWith(working + sep) ? working : dirname(file)
  const document = await readDocument(file, { root: project, report })
  if (!document) return { ledgers: [], diagnostics }
  const made = await makeEditions({
    document,
    project,
    engine: await loadEngine({ fontFolders: options.fontFolders ?? [] }),
    editions: options.editions ?? editionNames,
    formats: [],
    css: (options.css ?? []).map((path) => resolve(path)),
    ...(options.audience === undefined ? {} : { audience: options.audience }),
    ...(options.allowOverflow === undefined ? {} : { allowOverflow: options.allowOverflow }),
    report,
  })
  return { ledgers: made.ledgers.map((ledger) => ({ source: relative(project, file), ...ledger })), diagnostics }
}
