import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { headerText, mailboxText, makeMailbox, parseMailbox } from '../../../src/delivery/email/mailbox.js'
import { readRecipients } from '../../../src/delivery/email/recipients.js'
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.js'
import { temporaryFolder } from '../../tools.js'

function read(name: string, text: string) {
  const file = join(temporaryFolder(), name)
  writeFileSync(file, text)
  const messages: Diagnostic[] = []
  const found = readRecipients([file], (message) => messages.push(message))
  const places = messages.map(({ code, position }) => `${code} ${position?.line}:${position?.column}`)
  return { found: found.map(mailboxText), places, messages, file }
}

describe('lists as CSV', () => {
  test('columns by name in any order, quoted fields, other delimiters, no head', () => {
    expect(read('a.csv', 'name,Team,E-mail\n"Müller, René",x,rene@example.org\n\nសុខ,,sok@example.org\n').found).toEqual([
      'Müller, René <rene@example.org>',
      'សុខ <sok@example.org>',
    ])
    expect(read('a.csv', 'email;name\r\na@example.org;Ada\r\n').found).toEqual(['Ada <a@example.org>'])
    expect(read('a.csv', '\ufeffa@example.org\nBob <b@example.org>\n').found).toEqual(['a@example.org', 'Bob <b@example.org>'])
  })

  test('what is wrong is told with file, line and column, and nothing of it is used', () => {
    const bad = read(
      'a.csv',
      'name,email\nAda,ada@example.org\nBob,bob.example.org\n"Eve\nBcc: x@y.z",eve@example.org\nCy,cy@exa mple.org\n',
    )
    expect(bad.found).toEqual(['Ada <ada@example.org>'])
    expect(bad.places).toEqual(['invalid-address 3:5', 'invalid-address 4:1', 'invalid-address 6:4'])
    expect(bad.messages[0]?.position?.file).toBe(bad.file)
    expect(bad.messages[0]?.excerpt).toBe('Bob,bob.example.org')
    expect(read('a.csv', 'email\na@example.org\n"b@example.org\n').places[0]).toMatch(/^list-syntax \d:1$/)
    expect(read('a.csv', 'who,where\nAda,London\n').places).toEqual(['list-without-addresses 1:1', 'no-recipients undefined:undefined'])
    expect(read('a.csv', '').places).toEqual(['no-recipients undefined:undefined'])
  })

  test('an address that comes twice is told and kept once', () => {
    const twice = read('a.csv', 'email\na@example.org\nA@Example.org\n')
    expect(twice.found).toEqual(['a@example.org'])
    expect(twice.places).toEqual(['duplicate-recipient 3:1'])
  })
})

describe('lists as YAML', () => {
  test('texts and mappings, alone or under a key', () => {
    expect(read('a.yaml', '- Ada <ada@example.org>\n- { name: Bob, address: bob@example.org }\n').found).toEqual([
      'Ada <ada@example.org>',
      'Bob <bob@example.org>',
    ])
    expect(read('a.yml', 'recipients:\n  - email: c@example.org\n').found).toEqual(['c@example.org'])
  })

  test('what is wrong is told with line and column', () => {
    const bad = read(
      'a.yaml',
      '- ada@example.org\n- bob\n- { name: Eve, address: "eve@example.org\\r\\nRCPT TO:<x@y.z>" }\n- 7\n- { name: Nobody }\n',
    )
    expect(bad.found).toEqual(['ada@example.org'])
    expect(bad.places).toEqual(['invalid-address 2:3', 'invalid-address 3:25', 'invalid-address 4:3', 'invalid-address 5:3'])
    expect(read('a.yaml', 'a: [b\n').places[0]).toMatch(/^list-syntax 2:1|^list-syntax 1:\d/)
    expect(read('a.yaml', 'a: b\n').places[0]).toBe('list-without-addresses 1:1')
  })
})

describe('mailboxes', () => {
  test('addresses on the command line; a comma in quotation marks belongs to the name', () => {
    const messages: Diagnostic[] = []
    const found = readRecipients(['a@example.org, "Müller, René" <r@bücher.example>'], (message) => messages.push(message))
    expect(found).toEqual([
      { name: '', address: 'a@example.org' },
      { name: 'Müller, René', address: 'r@xn--bcher-kva.example' },
    ])
    expect(messages).toEqual([])
  })

  test('no text gets a line end or another control character into an address or a name', () => {
    const wild = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('a', '@', '.', '<', '>', '"', ',', '\r', '\n', '\0', '\u2028', '\u0085', ' ', 'é') }),
    )
    fc.assert(
      fc.property(wild, wild, (name, address) => {
        for (const result of [parseMailbox(address), makeMailbox(name, address), makeMailbox(name, `${address}@example.org`)]) {
          if (!('mailbox' in result)) continue
          expect(result.mailbox.address).toMatch(/^[\x21-\x7e]+@[a-z0-9.-]+$/)
          expect(result.mailbox.address).not.toMatch(/[<>,;:"\s]/)
          expect(result.mailbox.name).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
        }
        expect(headerText(name)).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
      }),
      { numRuns: 2000 },
    )
  })
})
