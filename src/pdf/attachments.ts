/**
 * Files inside the file (ISO 32000-2, section 7.11.4; ISO 19005-3, annex E). In: texts and bytes that someone else has read. Out: the
 * attachments of an edition, and their objects with AFRelationship.
 */
import type { PackedDocument } from './object-streams.js'
import { dateString, name, raw, reference, textString } from './syntax.js'

export interface Attachment {
  readonly name: string
  /** Such as `text/markdown`. */
  readonly mediaType: string
  readonly description: string
  readonly data: Uint8Array
  /** ISO 19005-3, annex E. */
  readonly relationship: 'Source' | 'Data' | 'Supplement'
}

/** What may go along with an edition, already without what its readers may not see. */
export interface AttachableTexts {
  /** The Markdown that the edition was made from. */
  readonly source?: { readonly name: string; readonly text: string }
  /** What the document says about itself; written as JSON. */
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly data: readonly { readonly name: string; readonly bytes: Uint8Array }[]
}

const mediaTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  md: 'text/markdown',
  html: 'text/html',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  svg: 'image/svg+xml',
  tsv: 'text/tab-separated-values',
  txt: 'text/plain',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xml: 'application/xml',
  yaml: 'application/yaml',
  yml: 'application/yaml',
}

/** The attachments in the order source, metadata, data; of data files with the same name the first one counts. */
export function collectAttachments({ source, metadata, data }: AttachableTexts): readonly Attachment[] {
  const found: Attachment[] = []
  if (source)
    found.push({
      name: source.name,
      mediaType: 'text/markdown',
      description: 'The source of this document in Markdown',
      data: Buffer.from(source.text, 'utf8'),
      relationship: 'Source',
    })
  if (metadata)
    found.push({
      name: 'metadata.json',
      mediaType: 'application/json',
      description: 'What this document says about itself',
      data: Buffer.from(`${JSON.stringify(metadata, null, 2)}\n`, 'utf8'),
      relationship: 'Supplement',
    })
  for (const file of data) {
    if (found.some((other) => other.name === file.name)) continue
    const extension = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? ''
    const mediaType = mediaTypes[extension] ?? 'application/octet-stream'
    found.push({ name: file.name, mediaType, description: 'Data of this document', data: file.bytes, relationship: 'Data' })
  }
  return found
}

/** Writes the files and makes the catalogue name them; returns the name tree's leaves, to be sorted in by name. */
export function writeAttachments(document: PackedDocument, attachments: readonly Attachment[], date: Date): string | null {
  if (attachments.length === 0) return null
  const written = attachments.map((attachment) => ({ name: attachment.name, id: writeAttachment(document, attachment, date) }))
  document._root.data.AF = raw(`[${written.map(({ id }) => reference(id)).join(' ')}]`)
  const sorted = [...written].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
  return `<</Names[${sorted.map((file) => `${textString(file.name)} ${reference(file.id)}`).join(' ')}]>>`
}

function writeAttachment(document: PackedDocument, attachment: Attachment, date: Date): number {
  const parameters = document.allocate()
  document.put(parameters, `<</Size ${attachment.data.length}/ModDate${dateString(date)}>>`)
  const file = document.allocate()
  document.putStream(file, `/Type /EmbeddedFile /Subtype ${name(attachment.mediaType)} /Params ${reference(parameters)}`, attachment.data)
  const id = document.allocate()
  const title = textString(attachment.name)
  document.put(
    id,
    `<</Type/Filespec/F${title}/UF${title}/Desc${textString(attachment.description)}/AFRelationship/${attachment.relationship}/EF<</F ${reference(file)}/UF ${reference(file)}>>>>`,
  )
  return id
}
