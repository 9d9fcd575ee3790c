/**
 * XMP metadata (ISO 16684-1) and the information dictionary, which must say the same (PDF/A-3, section 6.6.2.3), with the
 * PDF/UA identification and its extension schema. In: the document's metadata. Out: XML, and values for pdfkit.
 */
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

/** The date to write; epoch 0 where there is none or where it is no date. */
export function metadataDate(metadata: PdfMetadata): Date {
  const time = metadata.date === undefined ? 0 : Date.parse(metadata.date)
  return new Date(Number.isNaN(time) ? 0 : Math.floor(time / 1000) * 1000)
}

export function documentInfo(metadata: PdfMetadata): Record<string, string | Date> {
  const date = metadataDate(metadata)
  const info: Record<string, string | Date> = { Title: clean(metadata.title) }
  if (metadata.author) info.Author = clean(metadata.author)
  if (metadata.subject) info.Subject = clean(metadata.subject)
  if (metadata.keywords?.length) info.Keywords = clean(metadata.keywords.join(', '))
  return { ...info, Creator: PRODUCER, Producer: PRODUCER, CreationDate: date, ModDate: date }
}

export function xmpDescriptions(metadata: PdfMetadata): string {
  const date = metadataDate(metadata).toISOString().replace('.000', '')
  const dc = [
    `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(metadata.title)}</rdf:li></rdf:Alt></dc:title>`,
    metadata.author ? `<dc:creator><rdf:Seq><rdf:li>${escapeXml(metadata.author)}</rdf:li></rdf:Seq></dc:creator>` : '',
    metadata.subject
      ? `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(metadata.subject)}</rdf:li></rdf:Alt></dc:description>`
      : '',
    metadata.lang ? `<dc:language><rdf:Bag><rdf:li>${escapeXml(metadata.lang)}</rdf:li></rdf:Bag></dc:language>` : '',
  ].join('')
  const keywords = metadata.keywords?.length ? `<pdf:Keywords>${escapeXml(metadata.keywords.join(', '))}</pdf:Keywords>` : ''
  return [
    `<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreateDate>${date}</xmp:CreateDate><xmp:ModifyDate>${date}</xmp:ModifyDate><xmp:CreatorTool>${PRODUCER}</xmp:CreatorTool></rdf:Description>`,
    `<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">${dc}</rdf:Description>`,
    `<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>${PRODUCER}</pdf:Producer>${keywords}</rdf:Description>`,
    '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>',
    UA_EXTENSION_SCHEMA,
  ].join('\n')
}

/** PDF/A-3, section 6.6.2.3.2: a property that XMP does not know must be described. */
const UA_EXTENSION_SCHEMA = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>`
