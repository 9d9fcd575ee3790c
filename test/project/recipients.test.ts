import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { readRecipients } from '../../src/project/recipients.js'
import { temporaryFolder } from '../tools.js'

async function read(text: string) {
  const file = join(temporaryFolder(), 'recipients.csv')
  writeFileSync(file, text)
  const messages: Diagnostic[] = []
  return { recipients: await readRecipients(file, (message) => messages.push(message)), messages }
}

describe('recipients', () => {
  test('are numbered in the order of the file, with names that are safe for files', async () => {
    const { recipients } = await read('\ufeffName,Organization,Number\n"Doe, Jane",Ministry,7\n../../etc/passwd,,\nសុខ,,A/3\n')
    expect(recipients).toEqual([
      { number: '7', name: 'Doe, Jane', organisation: 'Ministry', fileName: 'copy-7-doe-jane' },
      { number: '2', name: '../../etc/passwd', fileName: 'copy-2-etc-passwd' },
      { number: 'A/3', name: 'សុខ', fileName: 'copy-a-3-សុខ' },
    ])
  })

  test.each([
    ['name\n"Jane', 'invalid-recipients', 2],
    ['title\nJane\n', 'invalid-recipients', 1],
    ['name,shoe size\nJane,38\n', 'invalid-recipients', 1],
    ['name,number\nJane,1\nJohn,1\n', 'invalid-recipients', 3],
    ['name,number\nJane,1\n,2\n', 'invalid-recipients', 3],
    ['name,number\nJane,1,2\n', 'invalid-recipients', 2],
    ['name\n', 'invalid-recipients', 1],
  ])('%j is told with its line', async (text, code, line) => {
    const { recipients, messages } = await read(text)
    expect(recipients).toBeNull()
    expect(messages).toMatchObject([{ severity: 'error', code, position: { line } }])
    expect(messages[0]?.hint).toBeTruthy()
  })
})
