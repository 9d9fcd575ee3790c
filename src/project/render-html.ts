/**
 * A Markdown source → one self-contained HTML edition: the library's renderHtml. In: a path. Out: HTML text.
 */
import { resolve } from 'node:path'
import type { Diagnostic, Report } from '../diagnostics/diagnostic.js'
import type { EditionName } from '../editions/edition.js'
import { loadEngine } from './engine.js'
import { makeEditions } from './make-editions.js'
import { readDocument } from './read-document.js'

export interface RenderHtmlOptions {
  readonly edition: EditionName
  /** The project folder; default: the working folder. */
  readonly project?: string
  readonly audience?: string
  /** A theme, before the one that a source names. */
  readonly theme?: string
  /** A brand file; the nearest `_brand.yml` otherwise. */
  readonly brand?: string
  readonly css?: readonly string[]
}

export interface RenderedHtml {
  /** Null where the source cannot be read. */
  readonly html: string | null
  readonly diagnostics: readonly Diagnostic[]
}

/** Renders one edition of one source as HTML, images, styles and fonts inside. */
export async function renderHtml(source: string, options: RenderHtmlOptions): Promise<RenderedHtml> {
  const diagnostics: Diagnostic[] = []
  const report: Report = (diagnostic) => diagnostics.push(diagnostic)
  const project = resolve(options.project ?? '.')
  const document = await readDocument(resolve(source), { root: project, report })
  if (!document) return { html: null, diagnostics }
  const made = await makeEditions({
    document,
    project,
    engine: await loadEngine(),
    editions: [options.edition],
    formats: ['html'],
    css: (options.css ?? []).map((path) => resolve(path)),
    ...(options.audience === undefined ? {} : { audience: options.audience }),
    ...(options.theme === undefined ? {} : { theme: options.theme }),
    ...(options.brand === undefined ? {} : { brand: resolve(options.brand) }),
    report,
  })
  return { html: made.files[0]?.data as string, diagnostics }
}
