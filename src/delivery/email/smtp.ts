/**
 * A few connections to an SMTP server (RFC 5321), used in turn. In: settings and messages. Out: for each message what the server said, and
 * whether its text could have been taken where nothing was said.
 */
import { Readable } from 'node:stream'
import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Message } from './compose.js'
import type { Outcome } from './journal.js'
import type { SmtpSettings } from './settings.js'

export type Delivery =
  /** The server took the message. */
  | { readonly kind: 'sent'; readonly reason: string }
  /** It said no: for now (4xx) or for good (5xx). */
  | { readonly kind: 'refused'; readonly permanent: boolean; readonly reason: string }
  /** The connection broke before all of the text was on its way. */
  | { readonly kind: 'lost'; readonly reason: string }
  /** All of the text was on its way and no answer came. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** No connection: try later, or do not try at all. */
  | { readonly kind: 'unreachable'; readonly hopeless: boolean; readonly reason: string }

/** What the journal calls it. */
export function outcomeOf(delivery: Exclude<Delivery, { kind: 'unreachable' }>): Outcome {
  if (delivery.kind === 'sent' || delivery.kind === 'unknown') return delivery.kind
  return delivery.kind === 'refused' && delivery.permanent ? 'failed' : 'deferred'
}

export interface Transport {
  /** Sends one message; `begin` is awaited before the first byte of its text leaves. Never rejects but where `begin` does. */
  deliver(message: Message, begin: () => Promise<void>): Promise<Delivery>
  close(): void
}

interface Held {
  readonly connection: SMTPConnection
  sent: number
  gone: boolean
}

interface SmtpError extends Error {
  readonly code?: string
  readonly responseCode?: number
  readonly response?: string
}

/** Opens connections as they are needed and keeps them for the next message. */
export async function openTransport(settings: SmtpSettings, messagesPerConnection: number): Promise<Transport> {
  const { default: Connection } = await import('nodemailer/lib/smtp-connection')
  const idle: Held[] = []
  return {
    async deliver(message, begin) {
      const held = takeIdle(idle) ?? (await connect(new Connection(connectionOptions(settings)), settings))
      if ('kind' in held) return held
      const delivery = await send(held, message, begin).catch((error: unknown) => {
        held.connection.close()
        throw error
      })
      held.sent++
      const usable = delivery.kind === 'sent' || (delivery.kind === 'refused' && (await reset(held.connection)))
      if (!usable) held.connection.close()
      else if (held.sent < messagesPerConnection) idle.push(held)
      else held.connection.quit()
      return delivery
    },
    close() {
      for (const { connection } of idle.splice(0)) connection.quit()
    },
  }
}

function connectionOptions(settings: SmtpSettings): ConstructorParameters<typeof SMTPConnection>[0] {
  const { host, port, tls, authority, clientName, timeout } = settings
  const milliseconds = timeout * 1000
  return {
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    tls: { minVersion: 'TLSv1.2', ...(authority === undefined ? {} : { ca: authority }) },
    connectionTimeout: Math.min(milliseconds, 60_000),
    greetingTimeout: Math.min(milliseconds, 60_000),
    socketTimeout: milliseconds,
    ...(clientName === undefined ? {} : { name: clientName }),
    logger: false,
  }
}

function connect(connection: SMTPConnection, { user, password }: SmtpSettings): Promise<Held | Delivery> {
  return new Promise((resolve) => {
    const fail = (error: SmtpError) => {
      connection.close()
      resolve({ kind: 'unreachable', hopeless: isHopeless(error), reason: reasonOf(error) })
    }
    connection.on('error', fail)
    connection.connect((error) => {
      if (error) return fail(error as SmtpError)
      const ready = () => {
        connection.removeListener('error', fail)
        // Errors of an open connection reach the message that it is sending; an idle one that breaks is forgotten.
        connection.on('error', () => connection.close())
        const held: Held = { connection, sent: 0, gone: false }
        connection.once('end', () => {
          held.gone = true
        })
        resolve(held)
      }
      if (user === undefined) return ready()
      connection.login({ credentials: { user, pass: password ?? '' } }, (refused) => (refused ? fail(refused as SmtpError) : ready()))
    })
  })
}

/** A wrong password, a certificate that is not trusted or a server without TLS does not get better by waiting. */
function isHopeless({ code, responseCode, message }: SmtpError): boolean {
  if (code === 'EAUTH') return !(responseCode !== undefined && responseCode < 500)
  return code === 'ETLS' || code === 'EREQUIRETLS' || /certificate|self[- ]signed|STARTTLS|wrong version number|alert/i.test(message)
}

function reasonOf({ code, response, message }: SmtpError): string {
  const words = (response || message).replace(/\s+/g, ' ').trim()
  return code === 'ETLS' && !/TLS/.test(words) ? `no TLS: ${words}` : words
}

/** The connection used last that is still there. */
function takeIdle(idle: Held[]): Held | undefined {
  for (let held = idle.pop(); held; held = idle.pop()) if (!held.gone) return held
  return undefined
}

/** A piece of text is taken out of the message only when the one before it is on its way. */
const pieceSize = 16_384

async function send({ connection }: Held, message: Message, begin: () => Promise<void>): Promise<Delivery> {
  let handedOver = false
  let broken: unknown
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      await begin()
    } catch (error) {
      broken = error
      throw error
    }
    const { bytes } = message
    for (let at = 0; at < bytes.length; at += pieceSize) {
      if (at + pieceSize >= bytes.length) handedOver = true
      yield bytes.subarray(at, at + pieceSize)
    }
  }
  const text = Readable.from(pieces(), { objectMode: false, highWaterMark: pieceSize })
  const { from, to } = message.envelope
  const error = await new Promise<SmtpError | string>((resolve) => {
    // A connection that breaks says so here or in the callback, whichever comes first.
    const onError = (problem: Error) => resolve(problem as SmtpError)
    const onEnd = () => resolve(new Error('the server closed the connection'))
    connection.once('error', onError)
    connection.once('end', onEnd)
    connection.send({ from, to: [to], size: message.bytes.length }, text, (problem, info) => {
      connection.removeListener('error', onError)
      connection.removeListener('end', onEnd)
      resolve(problem ? (problem as SmtpError) : (info?.response ?? ''))
    })
  })
  text.destroy()
  if (broken !== undefined) throw broken
  if (typeof error === 'string') return { kind: 'sent', reason: error }
  const { responseCode, code } = error
  const reason = reasonOf(error)
  if (responseCode !== undefined && responseCode >= 400) return { kind: 'refused', permanent: responseCode >= 500, reason }
  if (handedOver) return { kind: 'unknown', reason }
  // What the client itself refuses to send: an address it cannot write, a message above the server's limit.
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return { kind: 'refused', permanent: true, reason }
  return { kind: 'lost', reason }
}

/** Ends a transaction that was refused half-way; false where the connection is gone. */
function reset(connection: SMTPConnection): Promise<boolean> {
  return new Promise((resolve) => {
    const onEnd = () => resolve(false)
    connection.once('end', onEnd)
    connection.reset((error) => {
      connection.removeListener('end', onEnd)
      resolve(!error)
    })
  })
}
