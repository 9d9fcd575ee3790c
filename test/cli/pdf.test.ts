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

  test.skipIf(!hasTool('pdfinfo'))('linked sheets, style elements and --css come in this order; a sheet that is missing is told', () => {
    const folder = temporaryFolder()
    const size = (name: string) => /Page size:\s+([\d.]+)/.exec(output('pdfinfo', [join(folder, name)]))?.[1]
    writeFileSync(join(folder, 'linked.css'), '@page { size: 200px 100px }')
    writeFileSync(join(folder, 'last.css'), '@page { size: 400px 100px }')
    const head = '<!doctype html><html lang="en"><title>A</title><link rel="stylesheet" href="linked.css">'
    const others = '<link rel="alternate stylesheet" title="Other" href="last.css"><link rel="stylesheet" media="screen" href="last.css">'
    writeFileSync(join(folder, 'linked.html'), `${head}${others}<p>Hello</p>`)
    writeFileSync(join(folder, 'styled.html'), `${head}<style>@page { size: 300px 100px }</style><p>Hello</p>`)
    writeFileSync(join(folder, 'missing.html'), `${head.replace('linked.css', 'nowhere.css')}<p>Hello</p>`)
    for (const name of ['linked', 'styled']) briefpress(['pdf', `${name}.html`], { cwd: folder })
    briefpress(['pdf', 'styled.html', '-o', 'last.pdf', '--css', 'last.css'], { cwd: folder })
    expect(['linked', 'styled', 'last'].map((name) => size(`${name}.pdf`))).toEqual(['150', '225', '300'])
    const batch = briefpress(['pdf', '--batch'], { cwd: folder, input: 'missing.html\tmissing.pdf\nnowhere.html\tx.pdf\n' })
    expect(batch.err).toMatch(/missing\.html:1:\d+.*\n?.*style sheet "nowhere\.css"/)
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
