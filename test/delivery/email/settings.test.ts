import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSettings } from '../../../src/delivery/email/settings.js'
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.js'
import { formatDiagnostic } from '../../../src/diagnostics/format.js'
import { temporaryFolder } from '../../tools.js'

function read(text: string, environment: Record<string, string> = {}, files: Record<string, string> = {}) {
  const folder = temporaryFolder()
  for (const [name, content] of Object.entries({ 'email.yaml': text, ...files })) writeFileSync(join(folder, name), content)
  const messages: Diagnostic[] = []
  const settings = readSettings({
    file: join(folder, 'email.yaml'),
    required: true,
    environment,
    report: (message) => messages.push(message),
  })
  return { settings, messages, places: messages.map(({ code, position }) => `${code} ${position?.line ?? 0}:${position?.column ?? 0}`) }
}

describe('settings for sending', () => {
  test('the file, and the environment before it; passwords from a file of their own or the environment', () => {
    const text = 'from: Office <office@example.org>\nhost: mail.example.org\nuser: office\npasswordFile: secret.txt\nrate: 5\n'
    const { settings, messages } = read(
      text,
      { BRIEFPRESS_SMTP_HOST: 'smtp.example.org', BRIEFPRESS_SMTP_PORT: '2525' },
      { 'secret.txt': 'one\n' },
    )
    expect(messages).toEqual([])
    expect(settings?.smtp).toMatchObject({ host: 'smtp.example.org', port: 2525, tls: 'starttls', user: 'office', password: 'one' })
    expect(settings?.rate).toBe(5)
    expect(read(text, { BRIEFPRESS_SMTP_PASSWORD: 'two' }, { 'secret.txt': 'one\n' }).settings?.smtp?.password).toBe('two')
  })

  test('TLS is asked of every server but one on this machine', () => {
    expect(read('host: mail.example.org\nport: 465\n').settings?.smtp?.tls).toBe('implicit')
    expect(read('host: localhost\n').settings?.smtp).toMatchObject({ tls: 'none', port: 25 })
    expect(read('host: 127.0.0.2\ntls: starttls\n').settings?.smtp?.tls).toBe('starttls')
    for (const host of ['mail.example.org', '127.0.0.1.example.org', '10.0.0.1', 'localhost.example.org'])
      expect(read(`host: ${host}\ntls: none\n`).places).toEqual(['tls-required 2:1'])
  })

  test('what is wrong is told at its place, and no password is shown', () => {
    const bad = read(
      'hots: x\nport: 70000\npassword: hunter2\nlistUnsubscribe: "https://x.example/ >"\nfrom: nobody\ndkimDomain: example.org\n',
    )
    expect(bad.settings).toBeNull()
    expect(bad.places.toSorted()).toEqual([
      'invalid-setting 2:1',
      'invalid-setting 4:1',
      'invalid-setting 5:1',
      'invalid-setting 6:1',
      'password-in-settings 3:1',
      'unknown-setting 1:1',
    ])
    expect(bad.messages.map((message) => formatDiagnostic(message, { color: false, folder: '' })).join('')).not.toContain('hunter2')
    expect(read('from: "a@example.org\\r\\nBcc: b@example.org"\n').settings).toBeNull()
    expect(read('passwordFile: none.txt\nhost: localhost\n').places).toEqual(['settings-file-missing 1:1'])
  })
})
