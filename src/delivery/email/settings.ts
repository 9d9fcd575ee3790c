/**
 * How mail leaves. In: email.yaml and the environment, which goes before it. Out: checked settings, with a diagnostic for what cannot be used.
 * Passwords come from the environment or a file of their own, so that none stands in what is shared.
 */
import { dirname, resolve } from 'node:path'
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import * as z from 'zod/mini'
import type { Report, SourcePosition } from '../../diagnostics/diagnostic.js'
import { diagnosticAt } from '../../document/message.js'
import { didYouMean } from '../../document/suggest.js'
import { decodeSource } from '../../markdown/decode.js'
import { readBytes, readText } from '../../project/engine.js'
import { type Mailbox, parseMailbox } from './mailbox.js'

export interface SmtpSettings {
  readonly host: string
  readonly port: number
  /** From the first byte; by STARTTLS before anything else; not at all, which only a loopback address may have. */
  readonly tls: 'implicit' | 'starttls' | 'none'
  /** PEM of the authority that signed the server's certificate. */
  readonly authority?: string
  readonly user?: string
  readonly password?: string
  /** What this side calls itself. */
  readonly clientName?: string
  /** Seconds to wait for an answer. */
  readonly timeout: number
}

export interface DkimKey {
  readonly domain: string
  readonly selector: string
  /** PEM. */
  readonly privateKey: string
}

export interface EmailSettings {
  readonly from?: Mailbox
  readonly replyTo?: Mailbox
  /** Addresses for List-Unsubscribe (RFC 2369); `{address}` stands for the recipient's. */
  readonly listUnsubscribe: readonly string[]
  /** The address takes one POST (RFC 8058). */
  readonly oneClick: boolean
  readonly smtp?: SmtpSettings
  readonly dkim?: DkimKey
  readonly connections: number
  readonly messagesPerConnection: number
  /** Messages a second; 0 is without limit. */
  readonly rate: number
  readonly attempts: number
  /** Seconds before the second attempt; each later one waits twice as long. */
  readonly retryDelay: number
}

interface Value {
  readonly value: unknown
  readonly position?: SourcePosition
}

interface Reading {
  readonly values: Map<string, Value>
  readonly source: string
  readonly folder: string
  readonly report: Report
}

const number = (check: (value: number) => boolean) => z.number().check(z.refine(check))
const port = number((value) => Number.isInteger(value) && value > 0 && value < 65_536)
const count = number((value) => Number.isInteger(value) && value > 0 && value <= 1000)
const amount = number((value) => value >= 0 && value < 1e6)
const text = z.string().check(z.refine((value) => value.trim() !== '' && !/\p{Cc}/u.test(value)))

interface Key {
  readonly schema: z.ZodMiniType<unknown, unknown>
  readonly expects: string
  /** The variable of the environment that goes before it. */
  readonly variable?: string
}

const words = { schema: text, expects: 'a text on one line' }
const keys: Readonly<Record<string, Key>> = {
  from: { ...words, variable: 'BRIEFPRESS_EMAIL_FROM' },
  replyTo: { ...words, variable: 'BRIEFPRESS_EMAIL_REPLY_TO' },
  listUnsubscribe: { schema: z.union([text, z.array(text)]), expects: 'an address that begins with https: or mailto:, or a list of them' },
  oneClick: { schema: z.boolean(), expects: 'true or false' },
  host: { ...words, variable: 'BRIEFPRESS_SMTP_HOST' },
  port: { schema: port, expects: 'a port, 1 to 65535', variable: 'BRIEFPRESS_SMTP_PORT' },
  tls: { schema: z.enum(['implicit', 'starttls', 'none']), expects: 'implicit, starttls or none', variable: 'BRIEFPRESS_SMTP_TLS' },
  authorityFile: { ...words, variable: 'BRIEFPRESS_SMTP_AUTHORITY_FILE' },
  user: { ...words, variable: 'BRIEFPRESS_SMTP_USER' },
  passwordFile: { ...words, variable: 'BRIEFPRESS_SMTP_PASSWORD_FILE' },
  clientName: { ...words, variable: 'BRIEFPRESS_SMTP_CLIENT_NAME' },
  timeout: { schema: number((value) => value > 0 && value < 1e6), expects: 'seconds', variable: 'BRIEFPRESS_SMTP_TIMEOUT' },
  dkimDomain: words,
  dkimSelector: words,
  dkimKeyFile: { ...words, variable: 'BRIEFPRESS_DKIM_KEY_FILE' },
  connections: { schema: count, expects: 'a whole number from 1', variable: 'BRIEFPRESS_SMTP_CONNECTIONS' },
  messagesPerConnection: { schema: count, expects: 'a whole number from 1' },
  rate: { schema: amount, expects: 'messages a second; 0 is without limit', variable: 'BRIEFPRESS_SMTP_RATE' },
  attempts: { schema: count, expects: 'a whole number from 1', variable: 'BRIEFPRESS_SMTP_ATTEMPTS' },
  retryDelay: { schema: amount, expects: 'seconds', variable: 'BRIEFPRESS_SMTP_RETRY_DELAY' },
}

/** Reads the settings; `file` may be missing where `required` is false. Null where something in them is wrong (reported). */
export function readSettings(options: {
  readonly file: string
  readonly required: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly report: Report
}): EmailSettings | null {
  let failed = false
  const report: Report = (diagnostic) => {
    failed ||= diagnostic.severity === 'error'
    options.report(diagnostic)
  }
  const bytes = readBytes(options.file)
  if (!bytes && options.required)
    report({ severity: 'error', code: 'settings-missing', message: `the settings ${options.file} cannot be read` })
  const source = bytes ? (decodeSource(bytes, options.file, report) ?? '') : ''
  const reading: Reading = { values: new Map(), source, folder: dirname(resolve(options.file)), report }
  readFile(reading, options.file)
  readEnvironment(reading, options.environment)
  const settings = settingsFrom(reading, options.environment.BRIEFPRESS_SMTP_PASSWORD)
  return failed ? null : settings
}

function readFile(reading: Reading, file: string): void {
  const counter = new LineCounter()
  const document = parseDocument(reading.source, { lineCounter: counter, prettyErrors: false })
  const place = (offset: number, length = 1): SourcePosition => {
    const { line, col } = counter.linePos(offset)
    return { file, line, column: col, length }
  }
  for (const problem of document.errors)
    fail(reading, `the settings are not valid YAML: ${problem.message.split('\n')[0]}`, {
      code: 'settings-syntax',
      position: place(problem.pos[0]),
    })
  if (document.errors.length > 0 || document.contents === null) return
  if (!isMap(document.contents)) return fail(reading, 'the settings are not a mapping', { code: 'settings-syntax', position: place(0) })
  for (const pair of document.contents.items) {
    if (!isScalar(pair.key)) continue
    const key = String(pair.key.value)
    const position = place(pair.key.range?.[0] ?? 0, key.length)
    const value = (pair.value as { toJSON?: () => unknown } | null)?.toJSON?.()
    if (key === 'password')
      fail(reading, 'a password does not stand in the settings', {
        code: 'password-in-settings',
        position,
        hint: 'write it into a file of its own and name that as passwordFile, or set BRIEFPRESS_SMTP_PASSWORD',
        secret: true,
      })
    else if (!Object.hasOwn(keys, key))
      fail(reading, `there is no setting “${key}”`, { code: 'unknown-setting', position, hint: didYouMean(key, Object.keys(keys)) })
    else if (value !== null && value !== undefined) check(reading, key, { value, position })
  }
}

function readEnvironment(reading: Reading, environment: Readonly<Record<string, string | undefined>>): void {
  for (const [key, { schema, variable }] of Object.entries(keys)) {
    const written = variable === undefined ? undefined : environment[variable]
    if (written === undefined || written === '') continue
    const asNumber = Number(written)
    const value = !z.safeParse(schema, written).success && Number.isFinite(asNumber) ? asNumber : written
    check(reading, key, { value }, variable)
  }
}

function check(reading: Reading, key: string, value: Value, name = key): void {
  const { schema, expects } = keys[key] as Key
  if (z.safeParse(schema, value.value).success) reading.values.set(key, value)
  else
    fail(reading, `${name} does not have a value that can be used: ${expects} is expected`, {
      code: 'invalid-setting',
      position: value.position,
    })
}

interface Failure {
  readonly code: string
  readonly position?: SourcePosition | undefined
  readonly hint?: string | undefined
  /** The line is not shown. */
  readonly secret?: true
}

function fail(reading: Reading, message: string, { code, position, hint, secret }: Failure): void {
  const diagnostic = diagnosticAt(reading.source, { severity: 'error', code, message, position, hint })
  if (!secret) return reading.report(diagnostic)
  const { excerpt: _, ...shown } = diagnostic
  reading.report(shown)
}

function settingsFrom(reading: Reading, secret: string | undefined): EmailSettings {
  const { values } = reading
  const numberOf = (key: string, otherwise: number): number => (values.get(key)?.value as number | undefined) ?? otherwise
  const unsubscribe = values.get('listUnsubscribe')?.value
  const addresses = (Array.isArray(unsubscribe) ? unsubscribe : unsubscribe === undefined ? [] : [unsubscribe]) as readonly string[]
  for (const address of addresses)
    if (!/^(https:\/\/|mailto:)[^\s<>,\p{Cc}]+$/iu.test(address))
      fail(reading, `“${address}” is no address to unsubscribe at`, {
        code: 'invalid-setting',
        position: values.get('listUnsubscribe')?.position,
        hint: 'it begins with https:// or mailto: and holds no space, comma or angle bracket',
      })
  const from = mailboxOf(reading, 'from')
  const replyTo = mailboxOf(reading, 'replyTo')
  const smtp = smtpFrom(reading, secret)
  const dkim = dkimFrom(reading)
  return {
    ...(from ? { from } : {}),
    ...(replyTo ? { replyTo } : {}),
    ...(smtp ? { smtp } : {}),
    ...(dkim ? { dkim } : {}),
    listUnsubscribe: addresses,
    oneClick: values.get('oneClick')?.value === true,
    connections: numberOf('connections', 4),
    messagesPerConnection: numberOf('messagesPerConnection', 100),
    rate: numberOf('rate', 0),
    attempts: numberOf('attempts', 5),
    retryDelay: numberOf('retryDelay', 30),
  }
}

function mailboxOf(reading: Reading, key: string): Mailbox | undefined {
  const found = reading.values.get(key)
  if (!found) return undefined
  const result = parseMailbox(String(found.value))
  if ('mailbox' in result) return result.mailbox
  fail(reading, `${key} is not an address: ${result.problem}`, { code: 'invalid-setting', position: found.position })
  return undefined
}

/** 127.0.0.0/8, ::1 and localhost: what is sent there leaves the machine by no wire. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)

function smtpFrom(reading: Reading, secret: string | undefined): SmtpSettings | undefined {
  const { values } = reading
  const host = textOf(reading, 'host')
  if (host === undefined) return undefined
  const given = values.get('port')?.value as number | undefined
  const tls =
    (values.get('tls')?.value as SmtpSettings['tls'] | undefined) ?? (given === 465 ? 'implicit' : isLoopback(host) ? 'none' : 'starttls')
  if (tls === 'none' && !isLoopback(host))
    fail(reading, `mail to ${host} would leave this machine unencrypted`, {
      code: 'tls-required',
      position: values.get('tls')?.position,
      hint: 'tls: none is for a server on this machine; use starttls or implicit',
    })
  const authority = fileOf(reading, 'authorityFile')
  const user = textOf(reading, 'user')
  const password = secret || fileOf(reading, 'passwordFile')?.split(/\r?\n/)[0]
  const clientName = textOf(reading, 'clientName')
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port: given ?? (tls === 'implicit' ? 465 : isLoopback(host) ? 25 : 587),
    tls,
    timeout: (values.get('timeout')?.value as number | undefined) ?? 300,
    ...(authority === undefined ? {} : { authority }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(clientName === undefined ? {} : { clientName }),
  }
}

function dkimFrom(reading: Reading): DkimKey | undefined {
  const names = ['dkimDomain', 'dkimSelector', 'dkimKeyFile'] as const
  const given = names.filter((key) => reading.values.has(key))
  if (given.length === 0) return undefined
  const missing = names.filter((key) => !reading.values.has(key))
  if (missing.length > 0) {
    const position = reading.values.get(given[0] as string)?.position
    fail(reading, `a signature needs ${missing.join(' and ')} as well`, { code: 'invalid-setting', position })
    return undefined
  }
  const privateKey = fileOf(reading, 'dkimKeyFile')
  const domain = textOf(reading, 'dkimDomain') as string
  return privateKey === undefined ? undefined : { domain, selector: textOf(reading, 'dkimSelector') as string, privateKey }
}

const textOf = ({ values }: Reading, key: string): string | undefined => {
  const value = values.get(key)?.value
  return value === undefined ? undefined : String(value).trim()
}

/** What stands in a file that a setting names, from the settings' own folder on. */
function fileOf(reading: Reading, key: string): string | undefined {
  const name = textOf(reading, key)
  if (name === undefined) return undefined
  const content = readText(resolve(reading.folder, name))
  if (content !== null) return content
  fail(reading, `the file ${name} cannot be read`, { code: 'settings-file-missing', position: reading.values.get(key)?.position })
  return undefined
}
