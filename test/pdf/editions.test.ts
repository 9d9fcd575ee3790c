import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { inspectPdf, type PdfInspection } from '../../src/pdf/inspect-pdf.js'
import type { InspectedTag } from '../../src/pdf/inspect-tags.js'
import { briefpress, hasTool, output, projectFolder, temporaryFolder } from '../tools.js'

/** Every edition of the shipped content. */
const folder = temporaryFolder()
const files: string[] = []

beforeAll(() => {
  const run = briefpress(['build', '--formats', 'pdf', '--quiet', '--out', folder])
  expect([run.code, run.err]).toEqual([0, ''])
  const names = readdirSync(folder).filter((name) => name.endsWith('.pdf'))
  files.push(...names.map((name) => join(folder, name)))
})

const kilobytes = (name: string): number => statSync(join(folder, name)).size / 1024

describe('editions of the shipped content', () => {
  test.skipIf(!hasTool('qpdf'))('qpdf finds nothing wrong', () => {
    expect(files.length).toBeGreaterThanOrEqual(6)
    for (const file of files) expect(output('qpdf', ['--check', file]), file).toContain('No syntax or stream encoding errors found')
  })

  test.skipIf(!hasTool('pdffonts'))('every font is an embedded subset that leads back to characters', () => {
    for (const file of files) {
      const rows = output('pdffonts', [file]).trim().split('\n').slice(2)
      expect(rows.length, file).toBeGreaterThan(1)
      for (const row of rows) expect(row, file).toMatch(/ yes yes yes +\d+ +\d+$/)
    }
  })

  test.skipIf(!hasTool('pdfinfo'))('the tree gives the text in reading order, nothing cut off', () => {
    const file = join(folder, 'cambodia-laos-defence-report.pdf')
    const text = output('pdfinfo', ['-struct-text', file])
    const titles = Array.from(text.matchAll(/^ *H[1-6] .*\n +"([^"]*)"/gm), (match) => match[1])
    expect(titles.slice(0, 5)).toEqual([
      'A border that works',
      'Contents',
      'Summary',
      '1 What happened',
      '1.1 What each side brought to the table',
    ])
    expect(text).toContain('"1 What happened"')
    expect(text).toMatch(/The theme of his advice was institutional continuity: [^"]* who happen to be in office\."/)
  })

  test('pdf.js reads a tree of every page, and its words', async () => {
    for (const file of files) {
      const result = await inspectPdf(readFileSync(file))
      const { pages, standards } = (result as { inspection: PdfInspection }).inspection
      expect(standards).toEqual(['PDF/A-3A', 'PDF/UA-1'])
      for (const page of pages) {
        expect(page.tags?.type, `${file} ${page.label}`).toBe('Document')
        // Leaders, heads and feet are in the text and not in the tree.
        const words = letters(textOf(page.tags as InspectedTag))
        expect(words.length, `${file} ${page.label}`).toBeGreaterThan(letters(page.text).length * 0.6)
      }
    }
  })

  test('files are small', () => {
    expect(kilobytes('cambodia-laos-defence-brief.pdf')).toBeLessThan(40)
    expect(kilobytes('cambodia-laos-defence-report.pdf')).toBeLessThan(70)
  })
})

const letters = (text: string): string => text.replace(/\P{L}/gu, '')
const textOf = ({ text = '', children }: InspectedTag): string => text + children.map(textOf).join('')

/** Builds in a folder and answers with the bytes of each file. */
function built(project: string, environment: Readonly<Record<string, string>>, sources: readonly string[]): Map<string, Buffer> {
  const out = join(project, `out-${Object.values(environment).join('-').replace(/\W/g, '')}-${sources.length}`)
  const cli = join(projectFolder, 'dist', 'cli.js')
  const args = [cli, 'build', ...sources, '--formats', 'pdf', '--quiet', '--out', out]
  execFileSync(process.execPath, args, { cwd: project, env: { ...process.env, ...environment }, stdio: 'pipe' })
  return new Map(
    readdirSync(out)
      .sort()
      .map((name) => [name, readFileSync(join(out, name))]),
  )
}

test('the same sources give the same bytes: other runs, folders, time zones, locales and orders', () => {
  const names = readdirSync(join(projectFolder, 'content')).filter((name) => name.endsWith('.md'))
  const project = (name: string): string => {
    const path = join(temporaryFolder(), name)
    mkdirSync(path)
    cpSync(join(projectFolder, 'content'), join(path, 'content'), { recursive: true })
    return path
  }
  const first = project('one')
  const sources = names.map((name) => join('content', name))
  const expected = built(first, { TZ: 'UTC', LANG: 'C' }, sources)
  // Three editions and a ledger.
  expect(expected.size).toBe(names.length * 4)
  const others = [
    built(first, { TZ: 'Asia/Phnom_Penh', LANG: 'km_KH.UTF-8' }, sources),
    built(project('another folder'), { TZ: 'America/St_Johns', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' }, [...sources].reverse()),
  ]
  for (const other of others) for (const [name, bytes] of expected) expect(other.get(name)?.equals(bytes), name).toBe(true)
}, 300_000)
