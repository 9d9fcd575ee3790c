import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { describe, expect, test } from 'vitest'
import { startBriefpress, until } from '../delivery/email/processes.js'
import { startServer } from '../delivery/email/server.js'
import { briefpress, temporaryFolder } from '../tools.js'

const source = '---\ntitle: A note\nlang: en-GB\nemail:\n  subject: For you\nsummary: In short.\n---\n\n## One\n\nText.\n'

function project(recipients: string): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'note.md'), source)
  writeFileSync(join(folder, 'list.csv'), recipients)
  return folder
}

const listOf = (count: number): string =>
  `email,name\n${Array.from({ length: count }, (_, index) => `r${index}@example.org,Reader ${index}`).join('\n')}\n`

describe('briefpress email', () => {
  test('by default nothing is sent: a file a message, and a table of what would go to whom', async () => {
    const cwd = project('email,name\nada@example.org,Ada Lovelace\nsok@example.org,សុខ\n')
    const { code, out } = briefpress(
      ['email', 'note.md', '--to', 'list.csv', '--from', 'Office <office@example.org>', '--attach', 'brief'],
      { cwd },
    )
    expect(code).toBe(0)
    expect(out).toContain('Subject  For you')
    expect(out).toMatch(/Attached note-brief\.pdf \(\d/)
    expect(out).toMatch(/Ada Lovelace <ada@example\.org> +[\d.]+ KB +out\/email\/1-ada@example\.org\.eml/)
    expect(out).toContain('2 messages written, nothing sent')
    expect(readdirSync(join(cwd, 'out/email')).sort()).toEqual(['1-ada@example.org.eml', '2-sok@example.org.eml'])
    const mail = await simpleParser(readFileSync(join(cwd, 'out/email/2-sok@example.org.eml')))
    expect(mail.subject).toBe('For you')
    expect(mail.text).toContain('In short.')
    expect(mail.attachments[0]?.filename).toBe('note-brief.pdf')
  })

  test('what is wrong stops all of it: a bad list, no sender, no server, a password on the command line', () => {
    const cwd = project('email\nada@example.org\nbob\n')
    const bad = briefpress(['email', 'note.md', '--to', 'list.csv', '--from', 'office@example.org'], { cwd })
    expect(bad.code).toBe(1)
    expect(bad.err).toContain('list.csv:3:1: error:')
    expect(existsSync(join(cwd, 'out'))).toBe(false)
    expect(briefpress(['email', 'note.md', '--to', 'a@example.org'], { cwd }).err).toContain('[no-sender]')
    const serverless = briefpress(['email', 'note.md', '--to', 'a@example.org', '--from', 'o@example.org', '--send'], { cwd })
    expect([serverless.code, serverless.err]).toEqual([2, expect.stringContaining('no server is named')])
    const queue = briefpress(
      ['email', 'note.md', '--to', 'a@example.org', '--from', 'o@example.org', '--queue', 'redis://:hunter2@localhost'],
      { cwd },
    )
    expect(queue.code).toBe(2)
    expect(queue.err).toContain('BRIEFPRESS_QUEUE_PASSWORD')
    expect(queue.err).not.toContain('hunter2')
    const resumed = briefpress(['email', 'note.md', '--to', 'a@example.org', '--from', 'o@example.org', '--resume'], {
      cwd: project(''),
    })
    expect(resumed.code).toBe(2)
  })

  test('the sender is killed again and again: none lost, none sent twice, the unknown ones listed', async () => {
    const count = 400
    const cwd = project(listOf(count))
    const server = await startServer({ text: (to) => (Number(/\d+/.exec(to)?.[0]) % 3 === 0 ? 8 : undefined) })
    const env = {
      BRIEFPRESS_SMTP_HOST: '127.0.0.1',
      BRIEFPRESS_SMTP_PORT: String(server.port),
      BRIEFPRESS_EMAIL_FROM: 'office@example.org',
      BRIEFPRESS_SMTP_CONNECTIONS: '5',
    }
    const args = ['email', 'note.md', '--to', 'list.csv', '--send']
    for (const part of [60, 150, 260]) {
      const { child, ended } = startBriefpress(args, { cwd, env })
      await until(() => server.accepted.length >= part)
      child.kill('SIGKILL')
      expect((await ended).code).toBe('SIGKILL')
    }
    const resumed = await startBriefpress(['email', 'note.md', '--to', 'list.csv', '--resume', '--json'], { cwd, env }).ended
    const { counts, messages } = JSON.parse(resumed.out) as {
      counts: Record<string, number>
      messages: readonly { address: string; outcome: string }[]
    }
    const times = new Map<string, number>()
    for (const { to } of server.accepted) times.set(to, (times.get(to) ?? 0) + 1)
    const twice = [...times.values()].filter((number) => number > 1).length
    const lost = messages.filter(({ outcome, address }) => outcome === 'sent' && !times.has(address)).length
    console.log(`killed three times: ${JSON.stringify(counts)}, accepted ${server.accepted.length}, lost ${lost}, twice ${twice}`)
    expect([lost, twice]).toEqual([0, 0])
    expect((counts.sent ?? 0) + (counts.unknown ?? 0)).toBe(count)
    expect(counts.unknown).toBeLessThanOrEqual(15)
    expect(resumed.code).toBe(counts.unknown === 0 ? 0 : 1)
    const unknown = messages.filter(({ outcome }) => outcome === 'unknown').map(({ address }) => address)
    if (unknown.length > 0) {
      const listed = await startBriefpress(args, { cwd, env }).ended
      for (const address of unknown) expect(listed.err).toContain(address)
    }
    const before = server.accepted.length
    const asked = await startBriefpress([...args, '--resend-unknown'], { cwd, env }).ended
    expect(asked.code).toBe(0)
    expect(asked.out).toContain(`${count} of ${count} sent`)
    expect(
      server.accepted
        .slice(before)
        .map(({ to }) => to)
        .sort(),
    ).toEqual(unknown.sort())
    const identifiers = server.accepted.map(({ to, raw }) => `${to} ${/^Message-ID: (.*)\r$/m.exec(raw.toString('latin1'))?.[1]}`)
    expect(new Set(identifiers).size).toBe(count)
    const dates = new Set(server.accepted.map(({ raw }) => /^Date: (.*)\r$/m.exec(raw.toString('latin1'))?.[1]))
    expect(dates.size).toBe(1)
    await server.kill()
  })

  test('what was refused is listed with its reason and goes again with --only-failed', async () => {
    let refusing = true
    const server = await startServer({
      recipient: (to) => (refusing && to === 'r1@example.org' ? { code: 550, words: 'no such user' } : undefined),
    })
    const cwd = project(listOf(3))
    writeFileSync(join(cwd, 'secret.txt'), 'hunter2\n')
    writeFileSync(
      join(cwd, 'email.yaml'),
      `from: Office <office@example.org>\nhost: localhost\nport: ${server.port}\npasswordFile: secret.txt\n`,
    )
    const first = await startBriefpress(['email', 'note.md', '--to', 'list.csv', '--send'], { cwd }).ended
    expect(first.code).toBe(1)
    expect(first.out).toContain('2 of 3 sent')
    expect(first.err).toMatch(/r1@example\.org {2}.*550.*no such user/)
    const same = await startBriefpress(['email', 'note.md', '--to', 'list.csv', '--send'], { cwd }).ended
    expect(same.err).toMatch(/r1@example\.org/)
    refusing = false
    const again = await startBriefpress(['email', 'note.md', '--to', 'list.csv', '--only-failed'], { cwd }).ended
    expect([again.code, again.out]).toEqual([0, '3 of 3 sent (2 of them in an earlier run)\n'])
    expect(server.accepted.map(({ to }) => to).sort()).toEqual(['r0@example.org', 'r1@example.org', 'r2@example.org'])
    for (const text of [first.out, first.err, readFileSync(join(cwd, 'out/email/journal.jsonl'), 'utf8')])
      expect(text).not.toContain('hunter2')
    await server.kill()
  })
})
