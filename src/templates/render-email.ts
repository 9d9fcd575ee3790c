/**
 * A brief → the HTML of a mail, with its styles apart. In: a BriefEdition and template folders. Out: HTML text and two style sheets: one to
 * be written into the elements, since many mail programs read no other, and one that stays in the head (dark mode, narrow screens).
 */
import type { Report } from '../diagnostics/diagnostic.js'
import type { BriefEdition } from '../editions/edition.js'
import { createHelpers, helperNames } from './helpers.js'
import { runTemplate } from './render.js'
import { createRenderContext } from './render-context.js'
import { findTemplateFile, loadTemplateSet } from './template-set.js'
import { createView } from './view.js'

/** What the mail says of a file that goes along. */
export interface AttachedFile {
  readonly name: string
  /** Such as `82 KB`. */
  readonly size: string
}

export interface RenderEmailOptions {
  /** The project's own first, the shipped ones last. */
  readonly templateFolders: readonly string[]
  readonly subject: string
  /** The whole brief, or its summary and key points alone. */
  readonly body: 'brief' | 'summary'
  readonly attached: readonly AttachedFile[]
  /** An address that is the same for every recipient. */
  readonly unsubscribe?: string
  readonly report: Report
}

export interface RenderedEmail {
  /** Empty where the template is broken; the diagnostics say why. */
  readonly html: string
  readonly inlineCss: string
}

/** Runs `email/email.hbs`. */
export function renderEmail(edition: BriefEdition, options: RenderEmailOptions): RenderedEmail {
  const folders = options.templateFolders
  const loaded = loadTemplateSet(folders, 'email', helperNames)
  if ('problems' in loaded) {
    for (const diagnostic of loaded.problems) options.report(diagnostic)
    return { html: '', inlineCss: '' }
  }
  const sheet = (name: string): string => (findTemplateFile(folders, `email/${name}`)?.text ?? '').replace(/\/\*.*?\*\/\n?/gs, '')
  const context = createRenderContext(edition, 'html')
  const helpers = createHelpers({ context, styles: `<style>\n${sheet('head.css')}</style>`, script: () => '' })
  const whole = options.body === 'brief'
  const view = {
    ...createView(edition, context),
    subject: options.subject,
    items: whole ? [...edition.items, ...(edition.feature ? [edition.feature] : [])] : [],
    preamble: whole ? edition.preamble : [],
    attached: options.attached,
    unsubscribe: options.unsubscribe,
  }
  return { html: runTemplate(loaded.set, view, { helpers, report: options.report }), inlineCss: sheet('email.css') }
}
