import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { briefpress, hasTool, output, projectFolder, type Run, temporaryFolder } from '../tools.js'

const source = join(projectFolder, 'content', 'cambodia-laos-defence.md')

function project(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

const words = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\u00ad\s*/g, '')
    .replace(/-\n\s*/g, '')
    .replace(/\s+/g, ' ')

describe('briefpress build', () => {
  const out = temporaryFolder()
  let run: Run
  beforeAll(() => {
    run = briefpress(['build', source, '--out', out])
  })
  const pdf = (edition: string) => join(out, `cambodia-laos-defence-${edition}.pdf`)

  test('six files, a line for each with pages, size and time', () => {
    expect(run.code).toBe(0)
    expect(readdirSync(out).sort()).toEqual(
      ['brief-brief', 'ledger', 'report', 'slides'].flatMap((part) =>
        part === 'ledger'
          ? ['cambodia-laos-defence-ledger.json']
          : ['html', 'pdf'].map((format) => `cambodia-laos-defence-${part.split('-')[0]}.${format}`),
      ),
    )
    expect(run.out).toMatch(/cambodia-laos-defence-brief\.pdf\s+1 page\s+[\d.]+ KB\s+\d+ ms/)
    expect(run.out).toMatch(/cambodia-laos-defence-report\.pdf\s+\d+ pages/)
  })

  test('two runs give the same bytes', () => {
    const again = temporaryFolder()
    briefpress(['build', source, '--out', again, '--quiet'])
    for (const name of readdirSync(out))
      expect(Buffer.compare(readFileSync(join(out, name)), readFileSync(join(again, name))), name).toBe(0)
  })

  test.skipIf(!hasTool('pdfinfo'))('the brief is one tagged page', () => {
    const info = output('pdfinfo', [pdf('brief')])
    expect(info).toMatch(/Pages:\s+1\n/)
    expect(info).toMatch(/Tagged:\s+yes/)
    expect(info).toMatch(/Page size:\s+595\.\d+ x 841\.\d+/)
  })

  test.skipIf(!hasTool('pdftotext'))('the contents of the report show the true page numbers', () => {
    const pages = output('pdftotext', ['-layout', pdf('report'), '-']).split('\f')
    const contents = pages[0] as string
    const entries = [...contents.matchAll(/^\s*(\d+(?:\.\d+)*|A)\s+(.+?)\s*\.{3,}\s*(\d+)\s*$/gm)]
    expect(entries.length).toBeGreaterThan(7)
    for (const [, number, title, page] of entries) {
      const text = pages[Number(page) - 1] ?? ''
      expect(text.replace(/\s+/g, ' '), `${number} ${title}`).toContain(title as string)
    }
  })

  test.skipIf(!hasTool('pdftotext'))('report and slides hold every word of the source', () => {
    const text = readFileSync(source, 'utf8')
      .replace(/^---[\s\S]*?\n---\n/, '')
      .replace(/\{[^}]*\}/g, ' ')
      .replace(/\]\([^)]*\)/g, ']')
    const wanted = [...new Set(text.match(/[\p{L}\p{M}]{3,}/gu))].filter(
      (word) =>
        !['NOTE', 'sec', 'tbl', 'fig'].includes(word) &&
        !text.includes(`@${word}`) &&
        !/^(asean|date|regional|lines|chain|training|climate|meeting)$/.test(word),
    )
    for (const edition of ['report', 'slides']) {
      const printed = words(output('pdftotext', [pdf(edition), '-'])).toLowerCase()
      const joined = printed.replace(/[\s-]/g, '')
      expect(
        wanted.filter((word) => !joined.includes(word.toLowerCase())),
        edition,
      ).toEqual([])
    }
  })

  test.skipIf(!hasTool('pdftotext'))('the report reads in the order of its source', () => {
    const text = readFileSync(source, 'utf8')
      .replace(/^---[\s\S]*?\n---\n/, '')
      .replace(/^(?:\[\^|\*\[).*$/gm, '')
    const starts = text
      .split(/\n\s*\n/)
      // A caption stands above its table, whichever side of it the source has it on.
      .filter((block) => !block.startsWith(': '))
      .map((block) => block.replace(/\{[^}]*\}|\[\^\w+\]|\[!\w+\]/g, ' ').match(/[\p{L}\p{M}’]+/gu) ?? [])
      .filter((block) => block.length >= 5 && !block.slice(0, 6).some((word) => /^(sec|tbl|fig)$/.test(word)))
      .map((block) => block.slice(0, 4).join('').normalize('NFC'))
    const printed = (
      output('pdftotext', [pdf('report'), '-'])
        .normalize('NFC')
        .match(/[\p{L}\p{M}’]+/gu) ?? []
    ).join('')
    // Headings stand in the contents too, so the text is looked for after them.
    let at = printed.indexOf('Aseniormilitarydelegation')
    const places = starts.map((start) => {
      at = Math.max(at, printed.indexOf(start, at))
      return printed.startsWith(start, at)
    })
    expect(starts.filter((_, index) => !places[index])).toEqual([])
    expect(places.length).toBeGreaterThan(20)
  })

  test.skipIf(!hasTool('pdftotext'))('Khmer and Lao come out of the PDF as they went in', () => {
    const text = output('pdftotext', [pdf('report'), '-']).normalize('NFC')
    expect(text).toContain('ព្រះរាជាណាចក្រកម្ពុជា'.normalize('NFC'))
    expect(text.replace(/\s+/g, ' ')).toContain('ສາທາລະນະລັດ ປະຊາທິປະໄຕ ປະຊາຊົນລາວ'.normalize('NFC'))
  })

  test('--json says which block went where', () => {
    const json = JSON.parse(briefpress(['build', source, '--out', temporaryFolder(), '--formats', 'pdf', '--json']).out)
    expect(json.ok).toBe(true)
    expect(json.files.map((file: { edition: string }) => file.edition)).toEqual(['brief', 'report', 'slides'])
    const outcomes = new Set(
      json.ledgers.flatMap((ledger: { entries: { outcome: string }[] }) => ledger.entries.map((entry) => entry.outcome)),
    )
    expect(outcomes.has('included')).toBe(true)
    expect(outcomes.has('in-notes')).toBe(true)
  })
})

describe('errors', () => {
  test('all problems of a source in one run, each with its place, and earlier files stay', () => {
    const folder = project({
      'content/note.md': '---\ntitle: [1\n---\n\n# T\n\ntext\n',
      'content/bad.md':
        '---\ntitel: X\nlang: 7\n---\n\n# Head\n\nSee @sec-nowhere and ![x](missing.png).\n\n::: {.callout}\nnever closed\n',
      'out/bad-report.pdf': 'old',
    })
    const run = briefpress(['build'], { cwd: folder })
    expect(run.code).toBe(1)
    expect(run.err).toContain('content/bad.md:2:1')
    expect(run.err).toContain('[unknown-metadata-key]')
    expect(run.err).toMatch(/content\/bad\.md:8:5: .*\[unresolved-reference\]/)
    expect(run.err).toMatch(/content\/bad\.md:8:\d+: .*\[image-missing\]/)
    expect(run.err).toMatch(/content\/bad\.md:10:1: .*\[unclosed-div\]/)
    expect(run.err).toMatch(/content\/note\.md:3:\d+: .*\[front-matter-syntax\]/)
    expect(run.err).toContain('^')
    expect(run.err).not.toMatch(/\n\s+at .*:\d+:\d+/)
    expect(readFileSync(join(folder, 'out/bad-report.pdf'), 'utf8')).toBe('old')
  })

  test('a source that is not UTF-8', () => {
    const run = briefpress(['build'], { cwd: project({ 'content/a.md': new Uint8Array([0x23, 0x20, 0x41, 0x0a, 0xe9, 0x74, 0xe9]) }) })
    expect(run.code).toBe(1)
    expect(run.err).toMatch(/content\/a\.md:2:1/)
  })

  test('a broken template of the project', () => {
    const folder = project({ 'content/a.md': '# A\n\ntext\n', 'templates/report/report.hbs': 'x\n{{#if a}}\n' })
    const run = briefpress(['build', '--editions', 'report', '--formats', 'pdf'], { cwd: folder })
    expect(run.code).toBe(1)
    expect(run.err).toContain('[template-error]')
    expect(run.err).toMatch(/templates\/report\/report\.hbs:\d+:\d+/)
  })

  test('wrong usage is exit code 2, a missing source 1', () => {
    expect(briefpress(['build', '--formats', 'docx']).code).toBe(2)
    expect(briefpress(['build', '--handout', '5'])).toMatchObject({ code: 2, err: expect.stringContaining('1, 2, 3, 4, 6, notes') })
    expect(briefpress(['build', '--handout', '3', '--editions', 'brief'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('slides'),
    })
    expect(briefpress(['bild']).code).toBe(2)
    expect(briefpress([]).code).toBe(2)
    const run = briefpress(['build', 'nowhere.md'])
    expect([run.code, run.err.includes('[source-missing]')]).toEqual([1, true])
  })

  test('what is withheld from a reader is nowhere in the files', () => {
    const folder = project({
      'content/a.md':
        '# Open\n\nPublic words.\n\n::: {audience=internal}\nSecretword here.\n:::\n\n## Hidden Sesame {audience=internal}\n\nMore secretword.\n',
    })
    expect(briefpress(['build', '--quiet'], { cwd: folder }).code).toBe(0)
    for (const name of readdirSync(join(folder, 'out'))) {
      if (!name.endsWith('.pdf')) expect(readFileSync(join(folder, 'out', name), 'utf8')).not.toMatch(/secretword|sesame/i)
      else if (hasTool('pdftotext')) expect(output('pdftotext', [join(folder, 'out', name), '-'])).not.toMatch(/secretword|sesame/i)
    }
    expect(briefpress(['build', '--quiet', '--audience', 'internal'], { cwd: folder }).code).toBe(0)
    expect(readFileSync(join(folder, 'out', 'a-report.html'), 'utf8')).toMatch(/secretword/i)
  })
})
