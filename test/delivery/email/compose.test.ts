import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { type ParsedMail, simpleParser } from 'mailparser'
import { describe, expect, test } from 'vitest'
import { composeMessage, type Mailing, mailingDigest } from '../../../src/delivery/email/compose.js'
import { mostHtmlBytes } from '../../../src/delivery/email/html-part.js'
import { prepareMail } from '../../../src/delivery/email/prepare.js'
import { textWidth } from '../../../src/delivery/email/text-lines.js'
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.js'
import { temporaryFolder } from '../../tools.js'
import { smallMailing } from './mailing.js'

const source = `---
title: Résumé of the border talks
lang: fr
reference: DN/2026/4
date: 2026-05-03
marking: INTERNE
version: "1.10"
email: { subject: "Note : la frontière" }
summary: A summary with a [link](https://example.org/a) and words.
keyPoints: ["**First.** One.", "**Second.** Two."]
---

## Section {#sec-a brief=full}

A paragraph that points at @tbl-a and is long enough to be wrapped more than once in a line of seventy-two columns, which is what mail wants.

- one
- two with \`code\` and a note.[^n]
  1. inner

> Said so
>
> — Someone

> [!WARNING]
> Careful.

| Name | Amount |
| --- | --: |
| Pens | 12.50 |
| A much longer name of a thing that is bought by the office every single year | 3 |

: A table {#tbl-a}

![A drawing](drawing.svg){#fig-a alt="Two boxes"}

[^n]: The note's text.
`

const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="20" height="20" fill="#124f5c"/></svg>'

async function prepare(text: string, options: Partial<Parameters<typeof prepareMail>[1]> = {}, name = 'note.md') {
  const project = temporaryFolder()
  mkdirSync(join(project, 'content'))
  writeFileSync(join(project, 'content', name), text)
  writeFileSync(join(project, 'content', 'drawing.svg'), drawing)
  const messages: Diagnostic[] = []
  const report = (message: Diagnostic) => messages.push(message)
  const content = await prepareMail(join(project, 'content', name), {
    project,
    body: 'brief',
    attach: [],
    listUnsubscribe: [],
    report,
    ...options,
  })
  if (!content) throw new Error('nothing was prepared')
  return { content, messages }
}

async function parsed(
  mailing: Mailing,
  to = { name: 'សុខ ចាន់', address: 'sok@example.org' },
): Promise<ParsedMail & { readonly raw: string }> {
  const { bytes } = await composeMessage(mailing, to, { digest: mailingDigest(mailing), index: 0 })
  return Object.assign(await simpleParser(Buffer.from(bytes)), { raw: Buffer.from(bytes).toString('latin1') })
}

describe('a message', () => {
  test('headers, alternatives and attachments come out of a mail parser as they went in', async () => {
    const { content, messages } = await prepare(source, { attach: ['brief'] }, 'note-été.md')
    expect(messages).toEqual([])
    const mailing: Mailing = {
      ...smallMailing,
      content,
      from: { name: 'Défense, Bureau', address: 'bureau@example.org' },
      replyTo: { name: '', address: 'reply@example.org' },
      listUnsubscribe: ['https://example.org/out?who={address}', 'mailto:out@example.org'],
      oneClick: true,
    }
    const mail = await parsed(mailing)
    expect(mail.subject).toBe('Note : la frontière')
    expect(mail.from?.value).toEqual([{ name: 'Défense, Bureau', address: 'bureau@example.org' }])
    expect((mail.to as { value: unknown }).value).toEqual([{ name: 'សុខ ចាន់', address: 'sok@example.org' }])
    expect(mail.replyTo?.text).toBe('reply@example.org')
    expect(mail.date?.toISOString()).toBe('2026-05-03T08:00:00.000Z')
    expect(mail.messageId).toMatch(/^<[0-9a-f]{40}@example\.org>$/)
    expect(mail.headers.get('content-language')).toBe('fr')
    expect(mail.raw.replace(/\r\n[ \t]+/g, ' ')).toContain(
      'List-Unsubscribe: <https://example.org/out?who=sok%40example.org>, <mailto:out@example.org>',
    )
    expect(mail.raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    const pdf = mail.attachments.find(({ contentType }) => contentType === 'application/pdf')
    expect(pdf?.filename).toBe('note-été-brief.pdf')
    expect(pdf?.content.subarray(0, 5).toString()).toBe('%PDF-')
    const picture = mail.attachments.find(({ contentType }) => contentType === 'image/png')
    expect(content.html).toContain(`cid:${picture?.cid}`)
    expect(picture?.content.subarray(1, 4).toString()).toBe('PNG')
    for (const line of mail.raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998)
  })

  test('the same content for the same recipient has the same bytes; other content or another recipient another Message-ID', async () => {
    const first = await parsed(smallMailing)
    expect((await parsed(smallMailing)).raw).toBe(first.raw)
    expect((await parsed({ ...smallMailing, date: '2027-01-01T00:00:00Z' })).messageId).toBe(first.messageId)
    expect((await parsed(smallMailing, { name: '', address: 'other@example.org' })).messageId).not.toBe(first.messageId)
    const changed = { ...smallMailing, content: { ...smallMailing.content, text: 'Other.\n' } }
    expect((await parsed(changed)).messageId).not.toBe(first.messageId)
  })

  test('a recipient may have attachments of their own', async () => {
    const attachmentsFor: Mailing['attachmentsFor'] = async ({ name }, index) => [
      { name: `copy-${index + 7}.txt`, type: 'text/plain', data: Buffer.from(`for ${name}`) },
    ]
    const mail = await parsed({ ...smallMailing, attachmentsFor })
    expect(mail.attachments.map(({ filename, content }) => `${filename} ${content}`)).toEqual(['copy-7.txt for សុខ ចាន់'])
  })

  test('no subject, name, file name or language brings a header of its own', async () => {
    const piece = fc.constantFrom(
      'a',
      'é',
      ' ',
      '\r',
      '\n',
      '\r\n',
      '\0',
      '\u2028',
      '\u0085',
      '\u000b',
      ':',
      '"',
      '<',
      '>',
      ',',
      ';',
      '=?utf-8?Q?',
      '?=',
      'Bcc: evil@example.org',
    )
    const wild = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''))
    const plain = await parsed({
      ...smallMailing,
      content: { ...smallMailing.content, attachments: [{ name: 'a', type: 'text/plain', data: Buffer.from('x') }] },
    })
    const names = (raw: string) => [...(raw.split('\r\n\r\n')[0]?.matchAll(/^([A-Za-z-]+):/gm) ?? [])].map((match) => match[1])
    await fc.assert(
      fc.asyncProperty(wild, wild, wild, async (subject, name, file) => {
        const attachments = [{ name: `${file}.txt`, type: 'text/plain', data: Buffer.from('x') }]
        const content = { ...smallMailing.content, subject: `s${subject}`, lang: `en${subject}`, attachments }
        const mail = await parsed(
          { ...smallMailing, content, from: { name, address: 'office@example.org' } },
          { name, address: 'r@example.org' },
        )
        expect(names(mail.raw)).toEqual(names(plain.raw))
        expect(mail.headers.has('bcc')).toBe(false)
        expect((mail.to as { value: readonly { address?: string }[] }).value.map(({ address }) => address)).toEqual(['r@example.org'])
        expect(mail.raw).not.toMatch(/(?<!\r)\n|\r(?!\n)|\0/)
      }),
      { numRuns: 150 },
    )
    const { content } = await prepare('---\ntitle: T\nemail:\n  subject: "Hello\\r\\nBcc: evil@example.org\\0"\n---\n\nText.\n')
    expect(content.subject).toBe('Hello Bcc: evil@example.org')
  })
})

describe('the HTML part', () => {
  test('styles stand in the elements, dark mode in the head; no links into itself, no elements that Word does not know', async () => {
    const { content } = await prepare(source)
    const body = content.html.slice(content.html.indexOf('<body'))
    expect(content.html).toContain('prefers-color-scheme: dark')
    expect(body).toMatch(/<h1[^>]*style="[^"]*font-size: 29px/)
    expect(body).not.toMatch(/href="#|<(aside|section|figure|figcaption|main|footer|header|script|link)\b|var\(--|\sid="/)
    expect(body).toContain('INTERNE')
    expect(body).toContain('3 mai 2026')
    expect(body).toContain('https://example.org/a')
    expect(body).toMatch(/Tableau\u00a01|Tableau&nbsp;1/)
    expect(body).toContain('The note')
    expect(Buffer.byteLength(content.html)).toBeLessThan(mostHtmlBytes)
  })

  test('the summary alone; a picture that is not there is its words; a long text is told', async () => {
    const summary = await prepare(source, { body: 'summary' })
    expect(summary.content.html).toContain('A summary with')
    expect(summary.content.html).not.toContain('A paragraph that points')
    expect(summary.content.pictures).toEqual([])
    const missing = await prepare(source.replace('drawing.svg', 'gone.png'))
    expect(missing.content.html).toContain('Two boxes')
    expect(missing.messages.some(({ code }) => code === 'mail-picture')).toBe(true)
    const long = `---\ntitle: Long\nlang: en\n---\n\n## A {brief=full}\n\n${'Many words that go on and on. '.repeat(5000)}\n`
    expect((await prepare(long)).messages.map(({ code }) => code)).toContain('mail-too-long')
  })
})

describe('the plain text', () => {
  test('reads well: headings, lists, tables, quotations, notes and addresses within 72 columns', async () => {
    const { content } = await prepare(source)
    const lines = content.text.split('\n')
    for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(72)
    for (const expected of [
      'Note DN/2026/4 · 3 mai 2026 · INTERNE',
      'Résumé of the border talks',
      '==========================',
      'A summary with a link <https://example.org/a> and words.',
      '- First. One.',
      'Section',
      '-------',
      '- one',
      '- two with code and a note. [1]',
      '  1. inner',
      '> Said so',
      '  — Someone',
      '| Avertissement',
      '| Careful.',
      'Tableau 1. A table',
      '[Two boxes]',
      '[1] The note’s text.',
      'version 1.10',
    ])
      expect(lines).toContain(expected)
    const points = lines
      .filter((line) => /^Pens .*12\.50$|^A much longer .* 3$/.test(line))
      .map((line) => line.replace(/(\d)(\.\d+)?$/, '$1').length)
    expect(points).toHaveLength(2)
    expect(new Set(points).size).toBe(1)
    expect(content.text).not.toMatch(/<(?!https?:)|\*\*|\{#/)
  })

  test('Khmer breaks between words, a wide table becomes records', async () => {
    const khmer = 'សេចក្តីសង្ខេបនៃកិច្ចប្រជុំស្តីពីព្រំដែនរវាងព្រះរាជាណាចក្រកម្ពុជានិងសាធារណរដ្ឋប្រជាធិបតេយ្យប្រជាមានិតឡាវ'
    const wide = `| ${Array.from({ length: 7 }, (_, n) => `Column${n}`).join(' | ')} |\n|${' --- |'.repeat(7)}\n| ${Array.from({ length: 7 }, (_, n) => `Longlongvalue${n}`).join(' | ')} |`
    const { content } = await prepare(`---\ntitle: T\nlang: km\n---\n\n## A {brief=full}\n\n${khmer}\n\n${wide}\n`)
    for (const line of content.text.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(72)
    expect(content.text.replace(/\n/g, '')).toContain(khmer)
    expect(content.text).toContain('\n  Column6: Longlongvalue6\n')
  })
})
