import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasTool, temporaryFolder } from '../../tools.js'
import { freePort, type Running, start, startBriefpress, until } from './processes.js'
import { startServer } from './server.js'

const redis = hasTool('redis-server')

describe.skipIf(!redis)('workers of a queue', () => {
  let server: Running
  let url: string

  beforeAll(async () => {
    const port = await freePort()
    const folder = temporaryFolder()
    server = start('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder], { cwd: folder })
    url = `redis://127.0.0.1:${port}`
    for (let tries = 0; !(await answers(port)); tries++) {
      if (tries > 200) throw new Error('redis-server did not start')
      await wait(50)
    }
  })
  afterAll(async () => {
    server.child.kill('SIGTERM')
    await server.ended
  })

  test('three workers share a list, one is killed: none lost, none sent twice, the unknown ones listed and sent again when asked', async () => {
    const count = 300
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'note.md'), '---\ntitle: A note\nlang: en\n---\n\n## One\n\nText.\n')
    writeFileSync(join(cwd, 'list.csv'), `email\n${Array.from({ length: count }, (_, index) => `r${index}@example.org`).join('\n')}\n`)
    const once = new Set<string>()
    const smtp = await startServer({
      text: () => 10,
      recipient: (to) => {
        const number = Number(/\d+/.exec(to)?.[0])
        if (number === 7) return { code: 550, words: 'no such user' }
        if (number % 10 !== 3 || once.has(to)) return undefined
        once.add(to)
        return { code: 451, words: 'later' }
      },
    })
    const env = { BRIEFPRESS_SMTP_HOST: '127.0.0.1', BRIEFPRESS_SMTP_PORT: String(smtp.port), BRIEFPRESS_SMTP_RETRY_DELAY: '0.2' }
    const queueing = ['email', 'note.md', '--to', 'list.csv', '--from', 'office@example.org', '--queue', url]
    expect((await startBriefpress(queueing, { cwd, env }).ended).out).toBe(`${count} queued\n`)
    expect((await startBriefpress(queueing, { cwd, env }).ended).out).toBe(`${count} queued before\n`)
    const working = ['worker', '--queue', url, '--drain', '--lock', '3']
    const workers = Array.from({ length: 3 }, () => startBriefpress(working, { cwd, env }))
    await until(() => smtp.accepted.length > 90)
    workers[0]?.child.kill('SIGKILL')
    const ends = await Promise.all(workers.map(({ ended }) => ended))
    expect(ends[0]?.code).toBe('SIGKILL')
    const status = async (...more: string[]) => {
      const { out } = await startBriefpress([...queueing, '--json', ...more], { cwd, env }).ended
      return (JSON.parse(out) as { messages: readonly { address: string; outcome: string; reason: string }[] }).messages
    }
    const messages = await status()
    const by = (outcome: string) => messages.filter((message) => message.outcome === outcome).map(({ address }) => address)
    const times = new Map<string, number>()
    for (const { to } of smtp.accepted) times.set(to, (times.get(to) ?? 0) + 1)
    const twice = [...times.values()].filter((number) => number > 1).length
    const lost = by('sent').filter((address) => !times.has(address)).length
    console.log(
      `three workers, one killed: sent ${by('sent').length}, unknown ${by('unknown').length}, failed ${by('failed').length}, lost ${lost}, twice ${twice}`,
    )
    expect([lost, twice]).toEqual([0, 0])
    expect(by('failed')).toEqual(['r7@example.org'])
    expect(by('sent').length + by('unknown').length).toBe(count - 1)
    expect(by('unknown').length).toBeLessThanOrEqual(4)
    const before = smtp.accepted.length
    const asked = await status('--resend-unknown')
    expect(asked.filter(({ outcome }) => outcome === 'queued').map(({ address }) => address)).toEqual(by('unknown'))
    await startBriefpress(working, { cwd, env }).ended
    expect(
      smtp.accepted
        .slice(before)
        .map(({ to }) => to)
        .sort(),
    ).toEqual(by('unknown').sort())
    expect((await status()).filter(({ outcome }) => outcome === 'sent').length).toBe(count - 1)
    const identifiers = smtp.accepted.map(({ to, raw }) => `${to} ${/^Message-ID: (.*)\r$/m.exec(raw.toString('latin1'))?.[1]}`)
    expect(new Set(identifiers).size).toBe(count - 1)
    await smtp.kill()
  })

  test('a queue that is not there is an error with its address, not a hang', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'note.md'), '# A note\n\nText.\n')
    const away = `redis://127.0.0.1:${await freePort()}`
    const { code, err } = await startBriefpress(['email', 'note.md', '--to', 'a@example.org', '--from', 'o@example.org', '--queue', away], {
      cwd,
    }).ended
    expect(code).toBe(1)
    expect(err).toContain(`the queue at ${away.slice('redis://'.length)} cannot be reached`)
  })
})

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    socket.once('data', (data) => {
      socket.destroy()
      resolve(data.toString().startsWith('+PONG'))
    })
    socket.once('error', () => resolve(false))
  })
}
