/** What editions say of themselves on every page, and what they must not say at all. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type BuildOptions, build } from '../../src/project/build.js'
import { outline } from '../../src/project/outline.js'
import { hasTool, output, temporaryFolder } from '../tools.js'

async function built(source: string, options: BuildOptions = {}, files: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'content'))
  writeFileSync(join(folder, 'content', 'a.md'), source)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const result = await build({ project: folder, sources: [join(folder, 'content', 'a.md')], ...options })
  return { folder, result, out: join(folder, 'out'), pdf: (edition: string) => join(folder, 'out', `a-${edition}.pdf`) }
}

const sentence = (word: string, count = 12) => `${Array.from({ length: count }, (_, index) => `${word}${index}`).join(' ')}. `

describe('a brief', () => {
  const must = (blocks: number) =>
    `# T\n\n${Array.from({ length: blocks }, (_, index) => `## Head ${index} {brief=full priority=1}\n\n${sentence(`w${index}x`, 120)}`).join('\n\n')}\n`

  test.skipIf(!hasTool('pdftotext'))(
    'that cannot fit is an error that names what must stay, and runs on where that is allowed',
    async () => {
      const { result } = await built(must(12), { editions: ['brief'], formats: ['pdf'] })
      const [error] = result.diagnostics
      expect([result.ok, error?.code, error?.position?.line]).toEqual([false, 'brief-overflow', 3])
      expect(error?.message).toMatch(/ \d+ mm too long for its page/)
      expect(error?.related?.length).toBe(24)
      const allowed = await built(must(12), { editions: ['brief'], formats: ['pdf'], allowOverflow: true })
      expect(allowed.result.ok).toBe(true)
      const pages = output('pdftotext', ['-layout', allowed.pdf('brief'), '-'])
        .split('\f')
        .slice(0, -1)
      expect(pages.length).toBeGreaterThan(1)
      expect(pages.map((page) => page.includes('Continues on the next page'))).toEqual(pages.map((_, index) => index < pages.length - 1))
      expect(pages.map((page) => page.includes('T, continued'))).toEqual(pages.map((_, index) => index > 0))
    },
  )

  test.skipIf(!hasTool('pdftotext'))('keeps the pages that were promised, and its smallest text is 9 pt', async () => {
    const long = must(9)
      .replace(/ priority=1/g, '')
      .replace('# T', '---\ntitle: T\nbrief: { pages: 2 }\n---')
    for (const [source, pages] of [
      [must(9).replace(/ priority=1/g, ' priority=2'), 1],
      [long, 2],
    ] as const) {
      const { result, pdf } = await built(source, { editions: ['brief'], formats: ['pdf'] })
      expect(result.files[0]?.pages).toBe(pages)
      const cut = result.ledgers[0]?.entries.filter(({ outcome }) => outcome === 'cut-to-fit') ?? []
      const text = output('pdftotext', [pdf('brief'), '-'])
      for (const { excerpt, kind } of cut) if (kind === 'paragraph') expect(text).not.toContain(excerpt.split(' ')[0])
      const heights = [...output('pdftotext', ['-bbox', pdf('brief'), '-']).matchAll(/yMin="([\d.]+)".*?yMax="([\d.]+)">w\d+x/g)]
      expect(heights.length).toBeGreaterThan(100)
      expect(Math.min(...heights.map(([, top, bottom]) => Number(bottom) - Number(top)))).toBeGreaterThanOrEqual(9)
    }
  })

  test.skipIf(!hasTool('pdftotext'))('leads to the report by address and code', async () => {
    const source = '---\ntitle: T\nreference: R 1\nurl: https://example.org/r\n---\n\n## A\n\nWords that stand here.\n'
    const { pdf, out } = await built(source, { editions: ['brief'] })
    expect(output('pdftotext', [pdf('brief'), '-'])).toMatch(/Full report: T, R 1\s+https:\/\/example\.org\/r/)
    const html = readFileSync(join(out, 'a-brief.html'), 'utf8')
    expect(html).toMatch(/<svg class="qr-code" role="img" aria-label="QR code: https:\/\/example\.org\/r"/)
    if (hasTool('qpdf'))
      expect(output('qpdf', ['--qdf', '--object-streams=disable', pdf('brief'), '-'])).toContain('(QR code: https://example.org/r)')
  })
})

describe('on every page', () => {
  const source = (front: string) =>
    `---\ntitle: T\nlang: en\n${front}\n---\n\n## A\n\n${Array.from({ length: 40 }, (_, index) => sentence(`a${index}x`, 20)).join('\n\n')}\n\n## B\n\n- one\n- two\n\n## C\n\n${sentence('c', 40)}\n`

  test.skipIf(!hasTool('pdftotext'))('stand the marking twice, and what else must be known of its release', async () => {
    const front = 'marking: "tlp:amber"\nstatus: draft\nembargo: 2026-05-03 14:00 UTC'
    const { pdf, out, result } = await built(source(front))
    expect(result.diagnostics).toEqual([])
    for (const edition of ['brief', 'report', 'slides']) {
      const pages = output('pdftotext', ['-layout', pdf(edition), '-'])
        .split('\f')
        .slice(0, -1)
      for (const page of pages) expect(page.match(/TLP:AMBER/g)?.length, edition).toBe(2)
      expect(pages[0]).toContain('Embargoed until 3 May 2026, 14:00 UTC')
      const info = output('pdfinfo', [pdf(edition)])
      expect(info).toMatch(/Keywords:.*TLP:AMBER/)
      expect(info).toMatch(/Subject:.*Embargoed until 3 May 2026/)
      const html = readFileSync(join(out, `a-${edition}.html`), 'utf8')
      expect(html).toContain('<div class="watermark" aria-hidden="true">Draft</div>')
      expect(html).toMatch(/<meta name="keywords" content="TLP:AMBER">/)
      expect(output('pdfinfo', ['-struct-text', pdf(edition)])).not.toContain('Draft')
    }
  })

  test.skipIf(!hasTool('pdftotext'))('stand the number and the name of a copy, on the same pages', async () => {
    const csv = 'name,organisation\nJane Doe,Ministry\nJohn Roe,\n'
    const { folder, out } = await built(source('reference: R 1'), {}, {})
    writeFileSync(join(folder, 'r.csv'), csv)
    const result = await build({ project: folder, formats: ['pdf'], copies: join(folder, 'r.csv') })
    expect(result.files.map(({ path }) => path.slice(out.length + 1))).toEqual(
      ['brief', 'report', 'slides'].flatMap((edition) => [`a-${edition}-copy-1-jane-doe.pdf`, `a-${edition}-copy-2-john-roe.pdf`]),
    )
    for (const edition of ['brief', 'report', 'slides']) {
      const text = (name: string) =>
        output('pdftotext', [join(out, `a-${edition}-${name}.pdf`), '-'])
          .split('\f')
          .slice(0, -1)
      const [first, second] = [text('copy-1-jane-doe'), text('copy-2-john-roe')]
      for (const page of first) expect(page, edition).toContain('Copy 1 · Jane Doe, Ministry')
      for (const page of second) expect(page, edition).toContain('Copy 2 · John Roe')
      const body = (pages: readonly string[]) => pages.map((page) => page.replace(/Copy \d · .*\n/, ''))
      expect(body(first)).toEqual(body(second))
    }
  })
})

describe('withheld words', () => {
  const secret = (index: number) => `zqhidden${index}`
  const source = [
    `---\ntitle: Open title\nsummary: Open summary [${secret(0)}]{audience=internal}.\nkeyPoints: ["Open point [${secret(1)}]{audience=internal}"]\n---`,
    `## Open [${secret(2)}]{audience=internal} head\n\nOpen text[^1] [${secret(3)}]{audience=internal} goes on. More of it [here](https://example.org "t").`,
    `## ${secret(4)} {audience=internal}\n\n${secret(5)}\n\n### ${secret(6)}\n\n| ${secret(7)} |\n| - |\n| ${secret(8)} |\n\n: ${secret(9)}`,
    `## Second\n\n- open item\n- ${secret(10)} {audience=internal}\n- other item\n\n![Open [${secret(11)}]{audience=internal} caption](chain.svg){alt="Open"}\n\n![${secret(12)}](chain.svg){alt="${secret(13)}" audience=internal}`,
    `::: {audience="internal partners"}\n${secret(14)}[^2]\n\n> ${secret(15)}\n:::`,
    `| Head | Two |\n| --- | --- |\n| cell | [${secret(16)}]{audience=internal} open |\n\n: Open caption [${secret(17)}]{audience=internal}`,
    `## Only for the report {only=report}\n\nOpen.\n\n${secret(18)} {audience=internal}`,
    `[^1]: Open note [${secret(19)}]{audience=internal}.\n\n[^2]: ${secret(20)}`,
  ].join('\n\n')
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#124f5c"/></svg>'

  async function everything(audience: string): Promise<string> {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'content'))
    writeFileSync(join(folder, 'content', 'a.md'), source)
    writeFileSync(join(folder, 'content', 'chain.svg'), svg)
    const result = await build({ project: folder, audience })
    expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    const names = readdirSync(join(folder, 'out'))
    expect(names.length).toBe(7)
    return names
      .map((name) => {
        const path = join(folder, 'out', name)
        const bytes = readFileSync(path)
        if (!name.endsWith('.pdf')) return bytes.toString('utf8')
        const open = join(folder, `${name}.qdf`)
        output('qpdf', ['--qdf', '--object-streams=disable', '--decode-level=all', path, open])
        const plain = readFileSync(open)
        const text = output('pdftotext', [path, '-'])
        // Strings may be UTF-16BE or hexadecimal.
        const hexadecimal = plain
          .toString('latin1')
          .replace(/<([0-9a-fA-F\s]+)>/g, (_, digits: string) => Buffer.from(digits, 'hex').toString('latin1'))
        return [text, plain.toString('latin1'), plain.toString('latin1').replaceAll('\0', ''), hexadecimal.replaceAll('\0', '')].join('\n')
      })
      .join('\n')
  }

  test.skipIf(!hasTool('qpdf') || !hasTool('pdftotext'))(
    'are in no byte for the public, and all there for whom they are meant',
    async () => {
      const open = await everything('public')
      expect(open.match(/zqhidden\d+/g)).toBeNull()
      expect(open).toContain('Open summary')
      const internal = await everything('internal, press')
      for (let index = 0; index <= 20; index++) expect(internal, secret(index)).toContain(secret(index))
    },
  )
})

describe('the outline', () => {
  test.skipIf(!hasTool('pdftotext'))('says the page that a block is on, as the file beside the outputs does', async () => {
    const blocks = Array.from({ length: 14 }, (_, index) => `## Part${index}q\n\n${sentence(`t${index}t`, 150)}`)
    const { folder, pdf, out } = await built(`---\ntitle: T\n---\n\n${blocks.join('\n\n')}\n`, { formats: ['pdf'] })
    const pages = output('pdftotext', [pdf('report'), '-']).split('\f')
    const { ledgers } = await outline(join(folder, 'content', 'a.md'), { project: folder })
    const report = ledgers.find(({ edition }) => edition === 'report')?.entries ?? []
    expect(report.length).toBe(28)
    for (const { excerpt, pages: found, kind } of report) {
      const word = excerpt.split(' ')[0] as string
      expect(pages[(found?.[0] ?? 0) - 1], `${kind} ${excerpt}`).toContain(word)
      if (kind === 'paragraph') expect(pages[(found?.at(-1) ?? 0) - 1]?.replace(/\s|-/g, '')).toContain(`${word.replace(/\d+$/, '')}149`)
    }
    const file = JSON.parse(readFileSync(join(out, 'a-ledger.json'), 'utf8')) as { editions: { edition: string; entries: unknown[] }[] }
    expect(file.editions.map(({ edition, entries }) => [edition, entries.length])).toEqual([
      ['brief', 28],
      ['report', 28],
      ['slides', 28],
    ])
    expect(file.editions[1]?.entries[1]).toMatchObject({
      file: 'content/a.md',
      line: 7,
      kind: 'paragraph',
      outcome: 'included',
      pages: report[1]?.pages,
    })
  })
})
