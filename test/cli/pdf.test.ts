import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { briefpress, hasTool, output, temporaryFolder } from '../tools.js'

describe('briefpress pdf', () => {
  test('one file with a further style sheet', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a.html'), '<!doctype html><html lang="en"><title>A</title><p>Hello</p>')
    writeFileSync(join(folder, 'a.css'), '@page { size: 200px 100px }')
    const run = briefpress(['pdf', 'a.html', '-o', 'b.pdf', '--css', 'a.css'], { cwd: folder })
    expect([run.code, run.err]).toEqual([0, ''])
    if (hasTool('pdfinfo')) expect(output('pdfinfo', [join(folder, 'b.pdf')])).toMatch(/Page size:\s+150 x 75 pts/)
  })

  test('a batch goes on after a failure and says so in its exit code', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a.html'), '<p>A</p>')
    const run = briefpress(['pdf', '--batch'], { cwd: folder, input: 'nowhere.html\tx.pdf\nno tab\na.html\ta.pdf\n' })
    expect(run.code).toBe(1)
    expect(run.err).toContain('[source-missing]')
    expect(existsSync(join(folder, 'a.pdf'))).toBe(true)
    expect(existsSync(join(folder, 'x.pdf'))).toBe(false)
  })
})
