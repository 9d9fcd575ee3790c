/**
 * A source → what its mail says. In: a Markdown file and what is wanted of it. Out: subject, HTML, plain text, and the editions that go along
 * as PDF.
 */
import { basename, dirname, join, resolve } from 'node:path'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { Document } from '../../document/document.js'
import { makeBrief } from '../../editions/brief.js'
import type { EditionName } from '../../editions/edition.js'
import { shippedTemplateFolder } from '../../project/assets.js'
import { checkImages } from '../../project/check-images.js'
import { loadEngine } from '../../project/engine.js'
import { makeEditions, rootFor } from '../../project/make-editions.js'
import { readDocument } from '../../project/read-document.js'
import { formatDate, labelsFor } from '../../templates/labels.js'
import { renderEmail } from '../../templates/render-email.js'
import type { MailAttachment, MailContent } from './compose.js'
import { makeHtmlPart } from './html-part.js'
import { headerText } from './mailbox.js'
import { makeTextPart } from './text-part.js'

export interface PrepareOptions {
  /** The project folder; default: the working folder. */
  readonly project?: string
  readonly body: 'brief' | 'summary'
  readonly attach: readonly EditionName[]
  readonly audience?: string
  /** In place of the front matter's. */
  readonly subject?: string
  /** Of List-Unsubscribe; one that is the same for all is in the text too. */
  readonly listUnsubscribe: readonly string[]
  /** ISO 8601, for sources without a date. */
  readonly date?: string
  readonly report: Report
}

/** Prepares a source. Null where it cannot be read (reported). */
export async function prepareMail(source: string, options: PrepareOptions): Promise<MailContent | null> {
  const file = resolve(source)
  const project = resolve(options.project ?? '.')
  const { report } = options
  const document = await readDocument(file, { root: project, report })
  if (!document) return null
  checkImages(document, rootFor(file, project), report)
  const attachments = await makeAttachments(document, project, options)
  // A mail has no page, so nothing is dropped to fit one.
  const edition = makeBrief(document, () => 0, { report, ...(options.audience === undefined ? {} : { audience: options.audience }) })
  const { metadata } = edition.document
  const unsubscribe = options.listUnsubscribe.find((address) => address.startsWith('https:') && !address.includes('{address}'))
  const attached = attachments.map(({ name, data }) => ({ name, size: `${Math.max(1, Math.round(data.length / 1024))} KB` }))
  const shared = { body: options.body, ...(unsubscribe === undefined ? {} : { unsubscribe }) }
  const subject = headerText(options.subject ?? metadata.email.subject ?? metadata.title)
  const rendered = renderEmail(edition, {
    ...shared,
    subject,
    attached,
    templateFolders: [...new Set([join(project, 'templates'), shippedTemplateFolder()])],
    report,
  })
  const html = await makeHtmlPart(rendered, { base: dirname(file), root: rootFor(file, project), report })
  const list = attached.map(({ name, size }) => `${name} (${size})`).join('; ')
  const text = makeTextPart(edition, {
    ...shared,
    attached: list === '' ? '' : `${labelsFor(metadata.lang).attached}: ${list}`,
    date: metadata.date === undefined ? '' : formatDate(metadata.date, metadata.lang),
  })
  return { ...html, subject, text, lang: metadata.lang, attachments }
}

async function makeAttachments(document: Document, project: string, options: PrepareOptions): Promise<readonly MailAttachment[]> {
  if (options.attach.length === 0) return []
  const made = await makeEditions({
    document,
    project,
    engine: await loadEngine(),
    editions: options.attach,
    formats: ['pdf'],
    css: [],
    ...(options.audience === undefined ? {} : { audience: options.audience }),
    ...(options.date === undefined ? {} : { date: options.date }),
    report: options.report,
  })
  const stem = basename(document.file).replace(/\.(md|markdown)$/i, '')
  return made.files.map(({ edition, data }) => ({
    name: `${stem}-${edition}.pdf`,
    type: 'application/pdf',
    data: typeof data === 'string' ? Buffer.from(data) : data,
  }))
}
