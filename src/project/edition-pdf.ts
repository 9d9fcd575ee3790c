/**
 * A laid-out edition → its PDF. In: the edition with its document. Out: the file with its attachments; problems at their place in the
 * Markdown, since pdf/ knows only the HTML.
 */
import { basename } from 'node:path'
import type { Diagnostic, Report } from '../diagnostics/diagnostic.js'
import type { Document } from '../document/document.js'
import { diagnosticAt, lineAt } from '../document/message.js'
import { eachSection } from '../document/outline.js'
import { visitBlocks } from '../document/walk.js'
import type { Edition } from '../editions/edition.js'
import type { HtmlElement } from '../html/dom.js'
import { withoutComments } from '../markdown/comments.js'
import { type AttachableTexts, type Attachment, collectAttachments } from '../pdf/attachments.js'
import type { Locate } from '../pdf/content-rules.js'
import { isIsoDate } from '../pdf/metadata.js'
import { type PdfOptions, type PdfSettings, pdfSettings } from '../pdf/settings.js'
import { demandsTags, standardTitle } from '../pdf/standards.js'
import { documentMetadata } from './document-metadata.js'
import type { LaidOut } from './lay-out.js'
import { paintPdf, readDataFiles } from './render-pdf.js'

export interface EditionPdfInput {
  readonly document: Document
  readonly pdf?: PdfOptions
  readonly date?: string
  readonly report: Report
}

/** Paints an edition. Standards of the command line go before those of the source. */
export async function editionPdf(laidOut: LaidOut, edition: Edition, input: EditionPdfInput): Promise<Uint8Array> {
  const { document, report } = input
  const options = input.pdf ?? {}
  const settings = editionSettings(document, options, report)
  const written = document.metadata.date
  const date = written !== undefined && isIsoDate(written) ? written : input.date
  const metadata = documentMetadata(laidOut.html, { title: document.metadata.title, ...(date === undefined ? {} : { date }) })
  const texts: AttachableTexts = { ...attachableTexts(edition), data: readDataFiles(options.attach ?? [], report) }
  const attachments: readonly Attachment[] = settings.attachments ? collectAttachments(texts) : []
  return paintPdf(laidOut, { metadata, settings, attachments, locate: locateIn(document), report })
}

function editionSettings(document: Document, options: PdfOptions, report: Report): PdfSettings {
  const { metadata, source, file } = document
  const named = options.standards === undefined ? metadata.pdfStandard : undefined
  const place = named ? keyPlace(document, 'pdfStandard') : {}
  const settings = pdfSettings(named ? { ...options, standards: named } : options, report, place)
  const { conformance } = settings
  if (metadata.languageAssumed && demandsTags(conformance))
    report(
      diagnosticAt(source, {
        severity: 'warning',
        code: 'language-not-set',
        message: `The document names no language, which ${conformance.standards.map(standardTitle).join(' and ')} ask for; English is assumed.`,
        position: { file, line: 1, column: 1 },
        hint: 'Write lang: with the language of the text into the front matter, such as lang: en-GB.',
      }),
    )
  return settings
}

/** Where the front matter has a key. */
function keyPlace({ source, file }: Document, key: string): Pick<Diagnostic, 'position' | 'excerpt'> {
  const lines = source.split('\n')
  const at = lines.findIndex((line) => line.startsWith(`${key}:`))
  return at < 0 ? {} : { position: { file, line: at + 1, column: 1, length: key.length }, excerpt: lines[at] as string }
}

/** The source goes along as the edition's readers may have it, and without its author's comments. */
function attachableTexts({ document, name }: Edition): Omit<AttachableTexts, 'data'> {
  const { metadata, source, file } = document
  const { title, subtitle, authors, originator, date, lang, reference, version, status, marking, distribution, keywords } = metadata
  const given = { title, subtitle, authors, originator, date, lang, reference, version, status, marking, distribution, keywords }
  const described = Object.fromEntries(
    Object.entries({ ...given, edition: name }).filter(([, value]) => value !== undefined && value.length > 0),
  )
  return { metadata: described, ...(source === '' ? {} : { source: { name: basename(file), text: withoutComments(source) } }) }
}

/** Finds what an element was made from: a picture by its address, else the nearest section around it. */
function locateIn(document: Document): Locate {
  const { pictures, sections } = places(document)
  return (element) => {
    const picture = pictures.get(element.attributes.get('src') ?? '')
    let found = picture
    for (let e: HtmlElement | null = element; e && !found; e = e.parent?.kind === 'element' ? e.parent : null)
      found = sections.get(e.attributes.get('id') ?? '')
    if (!found) return {}
    const excerpt = lineAt(document.source, found.line)
    return { position: found, ...(excerpt === undefined ? {} : { excerpt }) }
  }
}

type Place = Document['sections'][number]['position']

function places(document: Document): { readonly pictures: Map<string, Place>; readonly sections: Map<string, Place> } {
  const pictures = new Map<string, Place>()
  const sections = new Map<string, Place>()
  const visitor = {
    enter: (node: Parameters<Parameters<typeof visitBlocks>[1]['enter']>[0]) => {
      if (node.kind === 'image' && !pictures.has(node.source)) pictures.set(node.source, node.position)
      return undefined
    },
  }
  visitBlocks(document.preamble, visitor)
  for (const section of eachSection(document.sections)) {
    sections.set(section.id, section.position)
    visitBlocks(section.blocks, visitor)
  }
  for (const { definition } of document.notes.values()) visitBlocks(definition.blocks, visitor)
  return { pictures, sections }
}
