/**
 * XMP metadata (ISO 16684-1) and the information dictionary, which must say the same (PDF/A-3, section 6.6.2.3), with the
 * identification of PDF/A and PDF/UA and the latter's extension schema. In: the document's metadata. Out: XML, and values for pdfkit.
 */
import type { Conformance } from './standards.js'

export interface PdfMetadata {
  readonly title: string
  /** BCP 47. */
  readonly lang: string
  readonly author?: string
  readonly subject?: string
  readonly keywords?: readonly string[]
  /** ISO 8601; 1970-01-01 where none is given, so that the same input gives the same bytes. */
  readonly date?: string
}

const PRODUCER = 'briefpress'

const clean = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids these characters.
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').toWellFormed()
const escapeXml = (text: string): string => clean(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** A date, or a date with a time; without a zone it is UTC, so that the result is the same everywhere. */
const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** The date to write; epoch 0 where there is none or where it is not ISO 8601. */
export function metadataDate({ date }: PdfMetadata): Date {
  const match = ISO_DATE.exec(date?.trim() ?? '')
  const time = match ? Date.parse(match[0].includes('T') && match[1] === undefined ? `${match[0]}Z` : match[0]) : 0
  return new Date(Number.isNaN(time) ? 0 : Math.floor(time / 1000) * 1000)
}

/** Whether a date is one that a file can be dated by. */
export const isIsoDate = (date: string): boolean => ISO_DATE.test(date.trim())

export function documentInfo(metadata: PdfMetadata): Record<string, string | Date> {
  const date = metadataDate(metadata)
  const info: Record<string, string | Date> = { Title: clean(metadata.title) }
  if (metadata.author) info.Author = clean(metadata.author)
  if (metadata.subject) info.Subject = clean(metadata.subject)
  if (metadata.keywords?.length) info.Keywords = clean(metadata.keywords.join(', '))
  return { ...info, Creator: PRODUCER, Producer: PRODUCER, CreationDate: date, ModDate: date }
}

/** The whole packet; `identifier` is the file's. */
export function metadataPacket(metadata: PdfMetadata, conformance: Conformance, identifier: Uint8Array): string {
  const { archive, accessible } = conformance
  const descriptions = [
    ...describe('dc', 'http://purl.org/dc/elements/1.1/', dublinCore(metadata)),
    ...describe('xmp', 'http://ns.adobe.com/xap/1.0/', dates(metadata)),
    ...describe('pdf', 'http://ns.adobe.com/pdf/1.3/', [
      `<pdf:Producer>${PRODUCER}</pdf:Producer>`,
      metadata.keywords?.length ? `<pdf:Keywords>${escapeXml(metadata.keywords.join(', '))}</pdf:Keywords>` : '',
    ]),
    ...describe('xmpMM', 'http://ns.adobe.com/xap/1.0/mm/', [
      `<xmpMM:DocumentID>${uuid(identifier)}</xmpMM:DocumentID>`,
      `<xmpMM:InstanceID>${uuid(identifier)}</xmpMM:InstanceID>`,
    ]),
    ...describe('pdfaid', 'http://www.aiim.org/pdfa/ns/id/', archive ? identification(archive) : []),
    ...describe('pdfuaid', 'http://www.aiim.org/pdfua/ns/id/', accessible ? ['<pdfuaid:part>1</pdfuaid:part>'] : []),
    ...(archive && archive.part < 4 && accessible ? [UA_EXTENSION_SCHEMA] : []),
  ]
  return [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    ...descriptions,
    '</rdf:RDF></x:xmpmeta>',
    '<?xpacket end="w"?>',
  ].join('\n')
}

function describe(prefix: string, namespace: string, properties: readonly string[]): string[] {
  const body = properties.join('')
  return body === '' ? [] : [`<rdf:Description rdf:about="" xmlns:${prefix}="${namespace}">${body}</rdf:Description>`]
}

function dublinCore(metadata: PdfMetadata): string[] {
  const alternatives = (name: string, text: string): string =>
    `<dc:${name}><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(text)}</rdf:li></rdf:Alt></dc:${name}>`
  const list = (name: string, kind: 'Bag' | 'Seq', text: string): string =>
    `<dc:${name}><rdf:${kind}><rdf:li>${escapeXml(text)}</rdf:li></rdf:${kind}></dc:${name}>`
  return [
    '<dc:format>application/pdf</dc:format>',
    alternatives('title', metadata.title),
    metadata.author ? list('creator', 'Seq', metadata.author) : '',
    metadata.subject ? alternatives('description', metadata.subject) : '',
    metadata.lang ? list('language', 'Bag', metadata.lang) : '',
  ]
}

function dates(metadata: PdfMetadata): string[] {
  const date = metadataDate(metadata).toISOString().replace('.000', '')
  return ['CreateDate', 'ModifyDate', 'MetadataDate']
    .map((name) => `<xmp:${name}>${date}</xmp:${name}>`)
    .concat(`<xmp:CreatorTool>${PRODUCER}</xmp:CreatorTool>`)
}

/** ISO 19005-4 names the year of its edition and has levels only beside the plain one. */
function identification({ part, level }: NonNullable<Conformance['archive']>): string[] {
  return [
    `<pdfaid:part>${part}</pdfaid:part>`,
    part === 4 ? '<pdfaid:rev>2020</pdfaid:rev>' : '',
    level ? `<pdfaid:conformance>${level}</pdfaid:conformance>` : '',
  ]
}

/** RFC 9562, version 8: the identifier's own bits, marked as such. */
function uuid(identifier: Uint8Array): string {
  const bytes = Buffer.from(identifier.subarray(0, 16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return `uuid:${bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`
}

/** PDF/A-3, section 6.6.2.3.2: a property that XMP does not know must be described. */
const UA_EXTENSION_SCHEMA = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>`
