/** A real SMTP server in the test's process, and one that can be told to behave badly. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'
import { temporaryFolder } from '../../tools.js'

export interface Accepted {
  readonly to: string
  readonly raw: Buffer
}

export interface TestServer {
  readonly port: number
  /** What was answered with 250, and what was taken but never answered. */
  readonly accepted: Accepted[]
  /** Breaks every connection and listens no more. */
  kill(): Promise<void>
}

export interface Behaviour {
  readonly port?: number
  readonly options?: SMTPServerOptions
  readonly accepted?: Accepted[]
  /** An SMTP code and words refuse the recipient. */
  readonly recipient?: (to: string) => { readonly code: number; readonly words: string } | undefined
  /** `drop` breaks the connection while the text comes; `swallow` takes the text and breaks instead of answering. */
  readonly text?: (to: string) => 'drop' | 'swallow' | { readonly code: number } | number | undefined
}

const breakConnection = (server: SMTPServer, session: SMTPServerSession): void => {
  const connections = (server as unknown as { connections: Set<{ id: string; _socket: Socket }> }).connections
  for (const connection of connections) if (connection.id === session.id) connection._socket.destroy()
}

const refusal = (code: number, words: string): Error => Object.assign(new Error(words), { responseCode: code })

export async function startServer(behaviour: Behaviour = {}): Promise<TestServer> {
  const accepted = behaviour.accepted ?? []
  const sockets = new Set<Socket>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: behaviour.options?.key ? [] : ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    onRcptTo({ address }, _, done) {
      const refused = behaviour.recipient?.(address)
      done(refused ? refusal(refused.code, refused.words) : null)
    },
    onData(stream, session, done) {
      const to = session.envelope.rcptTo[0]?.address ?? ''
      const wish = behaviour.text?.(to)
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => {
        if (wish === 'drop') breakConnection(server, session)
        chunks.push(chunk)
      })
      stream.on('end', () => {
        if (wish === 'drop') return
        if (typeof wish === 'object') return done(refusal(wish.code, 'not this one'))
        const take = () => {
          accepted.push({ to, raw: Buffer.concat(chunks) })
          if (wish === 'swallow') breakConnection(server, session)
          else done()
        }
        if (typeof wish === 'number') setTimeout(take, wish)
        else take()
      })
    },
    ...behaviour.options,
  })
  server.on('error', () => {})
  const net = (server as unknown as { server: import('node:net').Server }).server
  net.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(behaviour.port ?? 0, '127.0.0.1', () => resolve()))
  return {
    port: (net.address() as AddressInfo).port,
    accepted,
    kill: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** A certificate of its own authority for 127.0.0.1 and localhost, as PEM. */
export function selfSigned(): { readonly key: string; readonly cert: string; readonly file: string } {
  const folder = temporaryFolder()
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1'
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', names]
  execFileSync('openssl', [...args, '-keyout', key, '-out', cert], { stdio: 'ignore' })
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8'), file: cert }
}
