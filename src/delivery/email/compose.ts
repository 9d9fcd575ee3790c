/**
 * One message of a mailing (RFC 5322, MIME). In: content, sender and a recipient. Out: the bytes that are written and sent, and the envelope.
 * The same content for the same recipient has the same Message-ID, and with the same date the same bytes.
 */
import { createHash } from 'node:crypto'
import type { HtmlPart } from './html-part.js'
import { headerText, type Mailbox } from './mailbox.js'
import type { DkimKey } from './settings.js'

export interface MailAttachment {
  readonly name: string
  readonly type: string
  readonly data: Uint8Array
}

/** What every recipient gets. */
export interface MailContent extends HtmlPart {
  readonly subject: string
  readonly text: string
  /** BCP 47. */
  readonly lang: string
  readonly attachments: readonly MailAttachment[]
}

/** Attachments of one recipient in place of the common ones, such as a numbered copy. `index` counts from 0 in the order of the list. */
export type AttachmentsFor = (recipient: Mailbox, index: number) => Promise<readonly MailAttachment[]>

export interface Mailing {
  readonly content: MailContent
  readonly from: Mailbox
  readonly replyTo?: Mailbox
  readonly listUnsubscribe: readonly string[]
  readonly oneClick: boolean
  /** ISO 8601; every message of the mailing has it. */
  readonly date: string
  readonly attachmentsFor?: AttachmentsFor
}

export interface Message {
  /** Names content and recipient: the journal's key and the left of the Message-ID. */
  readonly key: string
  readonly messageId: string
  readonly to: Mailbox
  readonly envelope: { readonly from: string; readonly to: string }
  readonly bytes: Uint8Array
}

/** A digest of all that the recipients of a mailing have in common, but for its date. */
export function mailingDigest({ content, from, replyTo, listUnsubscribe, oneClick }: Omit<Mailing, 'date'>): string {
  const hash = createHash('sha256')
  const { subject, text, html, lang, pictures, attachments } = content
  hash.update(JSON.stringify([subject, text, html, lang, from, replyTo ?? null, listUnsubscribe, oneClick]))
  for (const { data } of pictures) hash.update(createHash('sha256').update(data).digest())
  for (const { name, type, data } of attachments)
    hash.update(JSON.stringify([name, type])).update(createHash('sha256').update(data).digest())
  return hash.digest('hex')
}

/** The key of a recipient's message. */
export function messageKey(digest: string, { address }: Mailbox): string {
  return createHash('sha256').update(`${digest}\n${address.toLowerCase()}`).digest('hex').slice(0, 40)
}

export interface ComposeOptions {
  readonly digest: string
  readonly index: number
  readonly dkim?: DkimKey
}

/** Writes the message of one recipient. */
export async function composeMessage(mailing: Mailing, to: Mailbox, options: ComposeOptions): Promise<Message> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer')
  const key = messageKey(options.digest, to)
  const domain = mailing.from.address.slice(mailing.from.address.lastIndexOf('@') + 1)
  const messageId = `<${key}@${domain}>`
  const { content, from, replyTo } = mailing
  const own = await mailing.attachmentsFor?.(to, options.index)
  const node = new MailComposer({
    messageId,
    date: new Date(mailing.date),
    from: headerMailbox(from),
    to: headerMailbox(to),
    ...(replyTo ? { replyTo: headerMailbox(replyTo) } : {}),
    subject: headerText(content.subject),
    headers: headersFor(mailing, to),
    text: content.text,
    html: content.html,
    attachments: [
      ...content.pictures.map(({ contentId, name, type, data }) => ({
        cid: contentId,
        filename: headerText(name),
        contentType: type,
        content: Buffer.from(data),
      })),
      ...(own ?? content.attachments).map(({ name, type, data }) => ({
        filename: headerText(name),
        contentType: type,
        content: Buffer.from(data),
      })),
    ],
    // Boundaries come from the key, so that the same message has the same bytes.
    baseBoundary: key,
    newline: '\r\n',
    disableFileAccess: true,
    disableUrlAccess: true,
  } as ConstructorParameters<typeof MailComposer>[0]).compile()
  const bytes = await node.build()
  return {
    key,
    messageId,
    to,
    envelope: { from: from.address, to: to.address },
    bytes: options.dkim ? await sign(bytes, options.dkim) : bytes,
  }
}

const headerMailbox = ({ name, address }: Mailbox): { name: string; address: string } => ({ name: headerText(name), address })

function headersFor({ content, listUnsubscribe, oneClick }: Mailing, to: Mailbox): { key: string; value: string }[] {
  const addresses = listUnsubscribe.map((address) => `<${address.replaceAll('{address}', encodeURIComponent(to.address))}>`)
  const headers = [{ key: 'Content-Language', value: headerText(content.lang) }]
  if (addresses.length > 0) headers.push({ key: 'List-Unsubscribe', value: addresses.join(', ') })
  if (oneClick && listUnsubscribe.some((address) => address.startsWith('https:')))
    headers.push({ key: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' })
  return headers
}

/** Signs a finished message (RFC 6376). */
async function sign(bytes: Uint8Array, { domain, selector, privateKey }: DkimKey): Promise<Uint8Array> {
  const { default: DKIM } = await import('nodemailer/lib/dkim')
  const signed = new DKIM({ domainName: domain, keySelector: selector, privateKey }).sign(Buffer.from(bytes))
  const chunks: Buffer[] = []
  for await (const chunk of signed) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
