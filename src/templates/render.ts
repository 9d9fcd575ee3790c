/**
 * Edition + Handlebars → one semantic HTML document with its styles inside. In: an Edition and template folders. Out: HTML
 * text (HTML Living Standard) for layout/ or for a browser, and the style sheets used.
 */
import { dirname } from 'node:path'
import Handlebars from 'handlebars'
import type { Report } from '../diagnostics/diagnostic.js'
import type { Edition } from '../editions/edition.js'
import type { HandoutLayout } from './handout.js'
import { createHelpers, helperNames } from './helpers.js'
import { createRenderContext, type Format } from './render-context.js'
import { type CollectedSheets, collectStyleSheets, type Look } from './style-sheets.js'
import { parseErrorPosition } from './template-errors.js'
import { findTemplateFile, loadTemplateSet, type TemplateSet } from './template-set.js'
import { createView, type Logo } from './view.js'

export interface RenderOptions {
  /** The project's own first, the shipped ones last; a file in an earlier folder replaces its namesake. */
  readonly templateFolders: readonly string[]
  readonly format: Format
  /** Of slides: a handout of them, for PDF. */
  readonly handout?: HandoutLayout
  /** Absolute paths of the reader's own style sheets, last in the cascade. */
  readonly extraCss?: readonly string[]
  /** Templates already compiled, by edition: for an edition that is rendered again and again until it fits. */
  readonly compiled?: Map<string, TemplateSet>
  /** Style sheets already collected, by edition and format. */
  readonly sheets?: Map<string, CollectedSheets>
  /** An SVG element for the brief's way to the full report. */
  readonly qrCode?: string
  /** Leaves room for the number of a copy, which is filled in as the named string `copy`. */
  readonly copies?: boolean
  /** Chapters start on the front of a leaf. */
  readonly twoSided?: boolean
  /** Theme and brand. */
  readonly look?: Omit<Look, 'lang'>
  readonly logo?: Logo | undefined
  readonly report: Report
}

export interface RenderedEdition {
  /** Empty where the template is broken; the diagnostics say why. */
  readonly html: string
  /** Absolute paths, in cascade order; for PDF they are not in the HTML, so that messages can name their files. */
  readonly styleSheets: readonly string[]
}

/**
 * One complete HTML document. A broken or missing template is reported as `template-error` with its file, line and column,
 * and the answer is then empty; nothing is thrown.
 */
export function renderEdition(edition: Edition, options: RenderOptions): RenderedEdition {
  const folders = options.templateFolders
  const name = options.handout ? 'handout' : edition.name
  const compiled = options.compiled?.get(name)
  const loaded = compiled ? { set: compiled } : loadTemplateSet(folders, name, helperNames)
  if ('problems' in loaded) {
    for (const diagnostic of loaded.problems) options.report(diagnostic)
    return { html: '', styleSheets: [] }
  }
  options.compiled?.set(name, loaded.set)
  const sheetsKey = `${name} ${options.format}`
  const known = options.sheets?.get(sheetsKey)
  const sheets =
    known ??
    collectStyleSheets({
      folders,
      edition: edition.name,
      handout: options.handout !== undefined,
      format: options.format,
      extraCss: options.extraCss ?? [],
      look: { lang: edition.document.metadata.lang, ...options.look },
      base: dirname(edition.document.file),
      report: options.report,
    })
  options.sheets?.set(sheetsKey, sheets)
  const context = createRenderContext(edition, options.format)
  const script = (name: string) => findTemplateFile(folders, name)?.text ?? ''
  const helpers = createHelpers({ context, styles: options.format === 'pdf' ? '' : sheets.html, script })
  const html = runTemplate(
    loaded.set,
    {
      ...{ ...createView(edition, context, options.handout), theme: options.look?.theme, logo: options.logo },
      qrCode: new Handlebars.SafeString(options.qrCode ?? ''),
      copies: options.copies === true,
      twoSided: options.twoSided === true,
    },
    { helpers, report: options.report },
  )
  return { html, styleSheets: sheets.files }
}

interface RunOptions {
  readonly helpers: ReturnType<typeof createHelpers>
  readonly report: Report
}

/** Runs a template. What goes wrong meanwhile is the template's, a helper given something it cannot take, and reported; the answer is then empty. */
export function runTemplate(set: TemplateSet, view: unknown, { helpers, report }: RunOptions): string {
  try {
    return set.run(view, helpers)
  } catch (error) {
    const { line, column, message } = parseErrorPosition(error, '')
    report({
      severity: 'error',
      code: 'template-error',
      message: `the template cannot be run: ${message}`,
      position: { file: set.file, line, column },
      hint: 'check what its helpers are given',
    })
    return ''
  }
}
