import { createHash, createVerify, generateKeyPairSync } from 'node:crypto'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { describe, expect, test } from 'vitest'
import { FileJournal, JournalHeldError, journalFile } from '../../../src/delivery/email/journal.js'
import { type SendOptions, type SendResult, sendMailing } from '../../../src/delivery/email/send.js'
import type { SmtpSettings } from '../../../src/delivery/email/settings.js'
import { openTransport } from '../../../src/delivery/email/smtp.js'
import { hasTool, temporaryFolder } from '../../tools.js'
import { plainSmtp, planned, realClock, recipientsOf, smallMailing } from './mailing.js'
import { type Accepted, selfSigned, startServer, type TestServer } from './server.js'

const openssl = hasTool('openssl')

interface RunInput {
  readonly smtp: SmtpSettings
  readonly folder: string
  readonly count?: number
  readonly options?: Partial<SendOptions>
}

async function run({ smtp, folder, count = 1, options = {} }: RunInput): Promise<readonly SendResult[]> {
  const journal = await FileJournal.open(journalFile(folder))
  try {
    return await sendMailing(planned(smallMailing, recipientsOf(count)), {
      transport: await openTransport(smtp, 100),
      journal,
      clock: realClock,
      connections: 4,
      rate: 0,
      attempts: 4,
      retryDelay: 20,
      ...options,
    })
  } finally {
    await journal.close()
  }
}

const tally = (results: readonly SendResult[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

function timesBy(accepted: readonly Accepted[]): Map<string, number> {
  const times = new Map<string, number>()
  for (const { to } of accepted) times.set(to, (times.get(to) ?? 0) + 1)
  return times
}

const numberOf = (to: string): number => Number(/\d+/.exec(to)?.[0])
const messageIdOf = ({ raw }: Accepted): string | undefined => /^Message-ID: (\S+)/im.exec(raw.toString('latin1'))?.[1]

describe('a list of 10,000', () => {
  test('a bad server: 451 to one in ten, connections dropped in the text, slow answers, killed and started again', async () => {
    const count = 10_000
    const accepted: Accepted[] = []
    const seen = new Set<string>()
    const once = (what: string, to: string): boolean => !seen.has(`${what} ${to}`) && Boolean(seen.add(`${what} ${to}`))
    let server: TestServer
    const behaviour = {
      accepted,
      recipient: (to: string) => (numberOf(to) % 10 === 3 && once('451', to) ? { code: 451, words: 'try again later' } : undefined),
      text: (to: string) => {
        const number = numberOf(to)
        if (number % 700 === 11 && once('drop', to)) return 'drop' as const
        if (number % 900 === 12 && once('swallow', to)) return 'swallow' as const
        return number % 400 === 14 ? 30 : undefined
      },
    }
    server = await startServer(behaviour)
    const { port } = server
    const folder = temporaryFolder()
    let settled = 0
    let killed: Promise<void> | undefined
    const started = performance.now()
    const results = await run({
      smtp: plainSmtp(port),
      folder,
      count,
      options: {
        connections: 12,
        onOutcome: () => {
          if (++settled === 4000)
            killed = server.kill().then(async () => {
              server = await startServer({ ...behaviour, port })
            })
        },
      },
    })
    await killed
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    const counts = tally(results)
    const times = timesBy(accepted)
    const unknown = results.filter(({ outcome }) => outcome === 'unknown')
    const twice = [...times.values()].filter((number) => number > 1).length
    const lost = results.filter(({ outcome, to }) => outcome === 'sent' && !times.has(to.address)).length
    console.log(
      `10,000 recipients in ${seconds} s: ${JSON.stringify(counts)}, accepted ${accepted.length}, lost ${lost}, twice ${twice}, refused at first ${
        [...seen].filter((one) => one.startsWith('451')).length
      }`,
    )
    expect(settled).toBe(count)
    expect(lost).toBe(0)
    expect(twice).toBe(0)
    expect((counts.sent ?? 0) + (counts.unknown ?? 0)).toBe(count)
    // Dropped and swallowed ones, and those under way when the server was killed.
    expect(unknown.length).toBeGreaterThanOrEqual(25)
    expect(unknown.length).toBeLessThanOrEqual(45)
    const sample = await Promise.all(accepted.filter((_, index) => index % 100 === 0).map(({ raw }) => simpleParser(raw)))
    expect(sample.every(({ subject, text }) => subject === 'Note' && text?.trim() === 'Short.')).toBe(true)

    const again = await run({ smtp: plainSmtp(port), folder, count })
    expect(tally(again)).toEqual(counts)
    expect(again.every(({ earlier }) => earlier)).toBe(true)
    const before = accepted.length
    const asked = await run({ smtp: plainSmtp(port), folder, count, options: { resendUnknown: true } })
    await server.kill()
    expect(tally(asked)).toEqual({ sent: count })
    expect(accepted.length - before).toBe(unknown.length)
    const ids = new Map<string, Set<string | undefined>>()
    for (const one of accepted) ids.set(one.to, (ids.get(one.to) ?? new Set()).add(messageIdOf(one)))
    expect([...ids.values()].every((set) => set.size === 1)).toBe(true)
    expect(new Set([...ids.values()].flatMap((set) => [...set])).size).toBe(count)
    console.log(`asked to, ${unknown.length} unknown ones were sent again under their Message-IDs`)
  }, 120_000)
})

describe('answers of a server', () => {
  test('5xx is not tried again, 4xx is, with growing delays; the words are kept', async () => {
    const tries: number[] = []
    const server = await startServer({
      recipient: (to) => {
        if (to === 'reader1@example.org') tries.push(performance.now())
        return to === 'reader0@example.org'
          ? { code: 550, words: 'no such user' }
          : to === 'reader1@example.org'
            ? { code: 450, words: 'mailbox busy' }
            : undefined
      },
    })
    const folder = temporaryFolder()
    const results = await run({ smtp: plainSmtp(server.port), folder, count: 3, options: { retryDelay: 60 } })
    expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'deferred', 'sent'])
    expect(results[0]?.reason).toContain('550')
    expect(results[0]?.reason).toContain('no such user')
    expect(tries.length).toBe(4)
    const gaps = tries.slice(1).map((time, index) => time - (tries[index] as number))
    expect(gaps[1]).toBeGreaterThan((gaps[0] as number) * 1.4)
    expect(gaps[2]).toBeGreaterThan((gaps[1] as number) * 1.4)
    const failed = await run({ smtp: plainSmtp(server.port), folder, count: 3, options: { onlyFailed: true, attempts: 1 } })
    expect(failed.map(({ outcome, earlier }) => `${outcome} ${earlier}`)).toEqual(['failed false', 'deferred false', 'sent true'])
    await server.kill()
  })

  test('a refusal after the text is an answer: the message goes again', async () => {
    let first = true
    const server = await startServer({
      text: () => {
        const wish = first ? { code: 452 } : undefined
        first = false
        return wish
      },
    })
    const results = await run({ smtp: plainSmtp(server.port), folder: temporaryFolder() })
    expect(results[0]?.outcome).toBe('sent')
    expect(server.accepted.length).toBe(1)
    await server.kill()
  })

  test('a message that broke off before its end goes again; one whose end was on its way does not', async () => {
    let first = true
    const server = await startServer({
      text: () => {
        const wish = first ? ('drop' as const) : undefined
        first = false
        return wish
      },
    })
    const big = { ...smallMailing, content: { ...smallMailing.content, text: `${'A line of text that fills.\n'.repeat(400_000)}` } }
    const journal = await FileJournal.open(journalFile(temporaryFolder()))
    const results = await sendMailing(planned(big, recipientsOf(1)), {
      transport: await openTransport(plainSmtp(server.port), 10),
      journal,
      clock: realClock,
      connections: 1,
      rate: 0,
      attempts: 3,
      retryDelay: 10,
    })
    await journal.close()
    await server.kill()
    expect(results[0]?.outcome).toBe('sent')
    expect(server.accepted.length).toBe(1)
  })

  test('a rate limit holds', async () => {
    const server = await startServer()
    const started = performance.now()
    await run({ smtp: plainSmtp(server.port), folder: temporaryFolder(), count: 11, options: { rate: 20 } })
    expect(performance.now() - started).toBeGreaterThan(490)
    await server.kill()
  })

  test('an interrupted run ends what it has begun and takes nothing more', async () => {
    const server = await startServer({ text: () => 20 })
    const stop = new AbortController()
    const folder = temporaryFolder()
    const onOutcome = () => stop.abort()
    const first = tally(await run({ smtp: plainSmtp(server.port), folder, count: 40, options: { signal: stop.signal, onOutcome } }))
    expect(first.unknown).toBeUndefined()
    expect(first.sent).toBeLessThan(10)
    expect(first.waiting).toBe(40 - (first.sent ?? 0))
    expect(tally(await run({ smtp: plainSmtp(server.port), folder, count: 40 }))).toEqual({ sent: 40 })
    expect(server.accepted.length).toBe(40)
    await server.kill()
  })

  test('a server that is not there ends the run with its reason, and nothing is marked as tried', async () => {
    const server = await startServer()
    await server.kill()
    const folder = temporaryFolder()
    const results = await run({ smtp: plainSmtp(server.port), folder, count: 2, options: { attempts: 2 } })
    expect(results.map(({ outcome }) => outcome)).toEqual(['waiting', 'waiting'])
    expect(results[0]?.reason).toContain('ECONNREFUSED')
    expect(readFileSync(journalFile(folder), 'utf8')).toBe('')
  })
})

describe.skipIf(!openssl)('TLS', () => {
  const certificate = openssl ? selfSigned() : { key: '', cert: '', file: '' }
  const { key, cert } = certificate

  test('STARTTLS and TLS from the first byte, with a password, to a server whose authority is known', async () => {
    for (const secure of [false, true]) {
      const logins: string[] = []
      const server = await startServer({
        options: {
          key,
          cert,
          secure,
          authOptional: false,
          onAuth: ({ username, password }, session, done) => {
            logins.push(`${username} ${password} ${session.secure}`)
            done(null, { user: username })
          },
        },
      })
      const smtp = {
        ...plainSmtp(server.port),
        tls: secure ? 'implicit' : 'starttls',
        authority: cert,
        user: 'office',
        password: 'secret',
      } as const
      const results = await run({ smtp, folder: temporaryFolder() })
      await server.kill()
      expect(results[0]?.outcome).toBe('sent')
      expect(logins).toEqual(['office secret true'])
    }
  })

  test('nothing is sent to a server that is not trusted, offers no TLS or refuses the password, and it is not tried again', async () => {
    const plain = await startServer()
    const strange = await startServer({ options: { key, cert } })
    const strict = await startServer({
      options: {
        key,
        cert,
        authOptional: false,
        onAuth: (_, __, done) => done(Object.assign(new Error('wrong password'), { responseCode: 535 })),
      },
    })
    const cases: readonly (readonly [SmtpSettings, RegExp])[] = [
      [{ ...plainSmtp(plain.port), tls: 'starttls' }, /STARTTLS|TLS/i],
      [{ ...plainSmtp(strange.port), tls: 'starttls' }, /self[- ]signed/i],
      [{ ...plainSmtp(strict.port), tls: 'starttls', authority: cert, user: 'a', password: 'hunter2' }, /535/],
    ]
    for (const [smtp, reason] of cases) {
      const started = performance.now()
      const results = await run({ smtp, folder: temporaryFolder(), options: { retryDelay: 60_000 } })
      expect(results[0]?.outcome).toBe('waiting')
      expect(results[0]?.reason).toMatch(reason)
      expect(results[0]?.reason).not.toContain('hunter2')
      expect(performance.now() - started).toBeLessThan(20_000)
    }
    expect([plain, strange, strict].flatMap(({ accepted }) => accepted)).toEqual([])
    await Promise.all([plain.kill(), strange.kill(), strict.kill()])
  })
})

describe('DKIM', () => {
  test('a message that arrives is signed by the key (RFC 6376)', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const server = await startServer()
    const journal = await FileJournal.open(journalFile(temporaryFolder()))
    const dkim = { domain: 'example.org', selector: 'mail', privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string }
    await sendMailing(planned(smallMailing, recipientsOf(1), dkim), {
      transport: await openTransport(plainSmtp(server.port), 10),
      journal,
      clock: realClock,
      connections: 1,
      rate: 0,
      attempts: 1,
      retryDelay: 0,
    })
    await journal.close()
    await server.kill()
    const raw = server.accepted[0]?.raw.toString('latin1') ?? ''
    const [head = '', ...bodies] = raw.split('\r\n\r\n')
    const fields = head.split(/\r\n(?![ \t])/)
    const relaxed = (field: string) =>
      field
        .replace(/^([^:]+?)\s*:\s*/, (_, name: string) => `${name.toLowerCase()}:`)
        .replace(/\r\n(?=[ \t])/g, '')
        .replace(/[ \t]+/g, ' ')
        .trimEnd()
    const signature = fields.find((field) => /^dkim-signature/i.test(field)) ?? ''
    const tag = (name: string) => new RegExp(`[;:\\s]${name}=([^;]*)`).exec(signature)?.[1]?.replace(/\s+/g, '') ?? ''
    const body = bodies
      .join('\r\n\r\n')
      .replace(/[ \t]+(?=\r\n)/g, '')
      .replace(/[ \t]+/g, ' ')
      .replace(/(\r\n)+$/, '')
    expect(createHash('sha256').update(`${body}\r\n`, 'latin1').digest('base64')).toBe(tag('bh'))
    const signed = tag('h')
      .split(':')
      .map((name) => fields.findLast((field) => field.toLowerCase().startsWith(`${name.toLowerCase()}:`)))
      .filter((field) => field !== undefined)
      .map((field) => `${relaxed(field)}\r\n`)
    const unsigned = relaxed(signature).replace(/(;\s*b=)[^;]*/, '$1')
    expect(
      createVerify('sha256')
        .update(signed.join('') + unsigned, 'latin1')
        .verify(publicKey, tag('b'), 'base64'),
    ).toBe(true)
    for (const name of ['from', 'to', 'subject', 'date', 'message-id']) expect(tag('h').toLowerCase().split(':')).toContain(name)
  })
})

describe('journal', () => {
  test('a begin without an end is unknown, a line cut short says nothing, and writing goes on after it', async () => {
    const file = journalFile(temporaryFolder())
    const lines = [
      { type: 'mailing', digest: 'd', date: '2026-01-01T00:00:00Z', recipients: 3 },
      { type: 'begin', key: 'a', to: 'a@example.org' },
      { type: 'end', key: 'a', outcome: 'sent', to: 'a@example.org', reason: '250' },
      { type: 'begin', key: 'b', to: 'b@example.org' },
    ]
    writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`)
    appendFileSync(file, '{"type":"end","key":"b","outc')
    const journal = await FileJournal.open(file)
    expect((await journal.stateOf('a'))?.outcome).toBe('sent')
    expect((await journal.stateOf('b'))?.outcome).toBe('unknown')
    expect(await journal.start('d', { date: '2027-01-01T00:00:00Z', recipients: 3 })).toBe('2026-01-01T00:00:00Z')
    await Promise.all([journal.begin('c', 'c@example.org'), journal.end('b', { outcome: 'sent', to: 'b@example.org', reason: '250' })])
    await journal.close()
    const states = await FileJournal.read(file)
    expect([...states].map(([key, { outcome }]) => `${key} ${outcome}`)).toEqual(['a sent', 'b sent', 'c unknown'])
  })

  test('two processes never send from one journal; a lock of a process that is gone is taken over', async () => {
    const file = journalFile(temporaryFolder())
    writeFileSync(`${file}.lock`, String(process.ppid))
    await expect(FileJournal.open(file)).rejects.toThrow(JournalHeldError)
    writeFileSync(`${file}.lock`, '999999999')
    await (await FileJournal.open(file)).close()
    await (await FileJournal.open(join(temporaryFolder(), 'new', 'journal.jsonl'))).close()
  })
})
