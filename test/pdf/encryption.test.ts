import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { permissionBits } from '../../src/pdf/encryption.js'
import { type Protection, permissionNames } from '../../src/pdf/encryption-names.js'
import { inspectPdf } from '../../src/pdf/inspect-pdf.js'
import { renderPdf } from '../../src/project/render-pdf.js'
import { briefpress, hasTool, output, temporaryFolder } from '../tools.js'

const folder = temporaryFolder()
const html =
  '<!doctype html><html lang="en"><title>Hidden title</title><h1>Hidden words</h1><p><a href="https://example.org/hidden">Link</a></p></html>'

async function protectedPdf(protection: Protection): Promise<Uint8Array> {
  const { pdf, diagnostics } = await renderPdf(html, { file: join(folder, 'a.html'), pdf: { standards: ['ua-1'], protection } })
  expect(diagnostics).toEqual([])
  return pdf
}

describe('protection', () => {
  test('nothing of the text can be read without the password, all of it with it', async () => {
    const pdf = await protectedPdf({ userPassword: 'pässword', ownerPassword: 'owner', permissions: ['print'] })
    expect(Buffer.from(pdf).toString('latin1')).not.toMatch(/Hidden|example\.org/)
    expect(await inspectPdf(pdf)).toMatchObject({ problem: 'password' })
    expect(await inspectPdf(pdf, 'other')).toMatchObject({ problem: 'password' })
    for (const password of ['pässword', 'owner']) {
      const result = await inspectPdf(pdf, password)
      expect(result).toMatchObject({ inspection: { title: 'Hidden title', encrypted: true, standards: ['PDF/UA-1'] } })
      if ('inspection' in result) expect(result.inspection.pages[0]?.text).toContain('Hidden words')
    }
  })

  test('a file without a user password opens for all, with its limits', async () => {
    const pdf = await protectedPdf({ ownerPassword: 'owner', permissions: ['print', 'annotate'] })
    expect(await inspectPdf(pdf)).toMatchObject({ inspection: { title: 'Hidden title' } })
  })

  test.skipIf(!hasTool('qpdf'))('qpdf finds AES-256 of revision 6, the permissions, and no error', async () => {
    const file = join(folder, 'protected.pdf')
    writeFileSync(file, await protectedPdf({ userPassword: 'user', ownerPassword: 'owner', permissions: ['print', 'copy'] }))
    const said = output('qpdf', ['--check', '--password=user', file])
    expect(said).toContain('R = 6')
    expect(said).toContain('file encryption method: AESv3')
    expect(said).toContain('extract for accessibility: allowed')
    expect(said).toContain('print high resolution: allowed')
    expect(said).toContain('extract for any purpose: allowed')
    expect(said).toContain('modify annotations: not allowed')
    expect(said).toContain('No syntax or stream encoding errors found')
    expect(output('qpdf', ['--show-encryption', '--password=owner', file])).toContain('Supplied password is owner password')
  })

  test('the same input and passwords give the same bytes, another password others', async () => {
    const one = await protectedPdf({ userPassword: 'one', permissions: [] })
    expect(Buffer.compare(one, await protectedPdf({ userPassword: 'one', permissions: [] }))).toBe(0)
    expect(Buffer.compare(one, await protectedPdf({ userPassword: 'two', permissions: [] }))).not.toBe(0)
  })

  test('reading aloud is always allowed, the rest only as named', () => {
    expect(permissionBits([]) & 0x200).toBe(0x200)
    expect(permissionBits([]) & 0xd3c).toBe(0)
    expect(permissionBits(permissionNames) & 0xf3c).toBe(0xf3c)
  })

  test('the command line takes passwords from a file or the environment and never prints them', () => {
    writeFileSync(join(folder, 'b.html'), html)
    writeFileSync(join(folder, 'password'), 'opensesame\n')
    const run = briefpress(['pdf', 'b.html', '--pdf-standard', 'ua-1', '--user-password-file', 'password'], { cwd: folder })
    expect([run.code, run.out + run.err]).toEqual([0, expect.not.stringContaining('opensesame')])
    expect(readFileSync(join(folder, 'b.pdf'), 'latin1')).not.toContain('Hidden')
    const seen = briefpress(['inspect', 'b.pdf', '--password-file', 'password'], { cwd: folder })
    expect(seen.out).toContain('Hidden words')
    const refused = briefpress(['pdf', 'b.html', '--user-password-file', 'password'], { cwd: folder })
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('[protection-forbidden]') })
    expect(briefpress(['pdf', 'b.html', '--user-password-file', 'nowhere'], { cwd: folder })).toMatchObject({ code: 2 })
    expect(briefpress(['pdf', 'b.html', '--allow', 'print'], { cwd: folder })).toMatchObject({ code: 2 })
    const cli = join(import.meta.dirname, '../../dist/cli.js')
    const environment = { ...process.env, BRIEFPRESS_OWNER_PASSWORD: 'fromoutside' }
    execFileSync(process.execPath, [cli, 'pdf', 'b.html', '-o', 'c.pdf', '--pdf-standard', '1.7'], {
      cwd: folder,
      env: environment,
      stdio: 'pipe',
    })
    expect(readFileSync(join(folder, 'c.pdf'), 'latin1')).toContain('/Encrypt')
  })
})
