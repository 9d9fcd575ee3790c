/**
 * Mailboxes: `Name <local@domain>` (RFC 5322, section 3.4). In: a text. Out: a name and an address that can stand in a header and in an
 * SMTP command, or in words what is wrong. Nothing that could end a line gets through.
 */
import { domainToASCII } from 'node:url'

export interface Mailbox {
  /** As it is read; empty where there is none. */
  readonly name: string
  /** `local@domain`; the domain in lower case, names in other scripts in their ASCII form (RFC 5891). */
  readonly address: string
}

export type MailboxResult = { readonly mailbox: Mailbox } | { readonly problem: string }

const control = /[\p{Cc}\u2028\u2029]/u
const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
/** RFC 5321, section 4.5.3.1. */
const longestLocalPart = 64
const longestDomain = 253

/** Reads one mailbox, with a name or without. */
export function parseMailbox(text: string): MailboxResult {
  if (control.test(text)) return { problem: 'it holds a line end or another control character' }
  const trimmed = text.trim()
  const named = /^(.*?)\s*<([^<>]*)>$/.exec(trimmed)
  return named ? makeMailbox(unquoted(named[1] ?? ''), named[2] ?? '') : makeMailbox('', trimmed)
}

/** A mailbox from a name and an address that stand apart, as in the columns of a list. */
export function makeMailbox(name: string, address: string): MailboxResult {
  if (control.test(name)) return { problem: 'its name holds a line end or another control character' }
  if (control.test(address)) return { problem: 'it holds a line end or another control character' }
  const checked = checkAddress(address.trim())
  return 'problem' in checked ? checked : { mailbox: { name: name.replace(/\s+/g, ' ').trim(), address: checked.address } }
}

function unquoted(name: string): string {
  const quoted = /^"(.*)"$/.exec(name)
  return quoted ? (quoted[1] as string).replace(/\\(.)/g, '$1') : name
}

function checkAddress(text: string): { readonly address: string } | { readonly problem: string } {
  const at = text.lastIndexOf('@')
  if (at < 1 || at === text.length - 1) return { problem: 'an address has the form name@example.org' }
  const local = text.slice(0, at)
  if (/[^\p{ASCII}]/u.test(local)) return { problem: 'letters outside ASCII before the @ cannot be sent to every server' }
  if (!localPart.test(local) || local.length > longestLocalPart) return { problem: `“${local}” cannot stand before the @` }
  const domain = domainToASCII(text.slice(at + 1))
  const labels = domain.split('.')
  if (domain === '' || domain.length > longestDomain || !labels.every((one) => label.test(one)))
    return { problem: `“${text.slice(at + 1)}” is not the name of a domain` }
  return { address: `${local}@${domain}` }
}

/** Text for a header: white space of any kind is a space, other control characters are nothing. */
export function headerText(text: string): string {
  return text
    .replace(/[\s\u0085\u2028\u2029]+/gu, ' ')
    .replace(/\p{Cc}/gu, '')
    .trim()
}

/** For people: `Name <address>`, or the address alone. */
export const mailboxText = ({ name, address }: Mailbox): string => (name === '' ? address : `${name} <${address}>`)
