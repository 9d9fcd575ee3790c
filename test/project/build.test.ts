/** Generated sources through the whole pipeline: what the ledger says is included comes out of the PDF's text. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type BuildResult, build } from '../../src/project/build.js'
import { renderHtml } from '../../src/project/render-html.js'
import { hasTool, output, temporaryFolder } from '../tools.js'

/** A word for a number, of letters that no ligature or hyphenation changes when spaces are taken out. */
const wordOf = (number: number): string => `q${number.toString(26).replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))}z`

/** A source of headings, paragraphs, lists, tables, quotations, code and notes, every word of it unlike the others. */
function generate(seed: number): { source: string; words: readonly string[] } {
  let count = seed * 100_000
  const words: string[] = []
  const some = (amount: number) =>
    Array.from({ length: amount }, () => {
      const word = wordOf(count++)
      words.push(word)
      return word
    }).join(' ')
  const amounts = fc.sample(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 40 })), { seed, numRuns: 40 })
  const notes: string[] = []
  const blocks = amounts.map(([kind, amount], index) => {
    if (index % 7 === 0) return `${'#'.repeat((kind % 3) + 1)} ${some(2)}`
    if (kind === 0) return Array.from({ length: (amount % 9) + 1 }, () => `- ${some(5)}`).join('\n')
    if (kind === 1)
      return `| ${some(1)} | ${some(1)} |\n| --- | --: |\n${Array.from({ length: (amount % 15) + 1 }, () => `| ${some(3)} | ${some(1)} |`).join('\n')}`
    if (kind === 2) return `> ${some(amount)}`
    if (kind === 3) return `\`\`\`\n${some(6)}\n${some(6)}\n\`\`\``
    if (kind === 4) {
      notes.push(`[^${index}]: ${some(8)}`)
      return `${some(amount)}[^${index}].`
    }
    return `${some(amount)}. ${some(7)}.`
  })
  return { source: `---\ntitle: Generated ${seed}\n---\n\n${blocks.join('\n\n')}\n\n${notes.join('\n\n')}\n`, words }
}

const seeds = [1, 2, 3]

describe('a generated source', () => {
  const folder = temporaryFolder()
  const generated = seeds.map(generate)
  let result: BuildResult
  beforeAll(async () => {
    mkdirSync(join(folder, 'content'))
    for (const [index, { source }] of generated.entries()) writeFileSync(join(folder, 'content', `g${index}.md`), source)
    result = await build({ project: folder, formats: ['pdf'] })
  })

  test('builds without an error', () => {
    expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(result.files.length).toBe(9)
  })

  test.skipIf(!hasTool('pdftotext'))('report and slides lose no word; the brief holds what its ledger says', () => {
    generated.forEach(({ words }, index) => {
      const textOf = (edition: string) =>
        output('pdftotext', [join(folder, 'out', `g${index}-${edition}.pdf`), '-']).replace(/[\s\u00ad-]+/g, '')
      for (const edition of ['report', 'slides']) {
        const text = textOf(edition)
        expect(
          words.filter((word) => !text.includes(word)),
          `${edition} ${index}`,
        ).toEqual([])
      }
      const brief = textOf('brief')
      const ledger = result.ledgers.filter(({ edition }) => edition === 'brief')[index]
      for (const entry of ledger?.entries ?? []) {
        const [first = ''] = entry.excerpt.match(/q[a-z]+z/) ?? []
        if (entry.outcome === 'included' || entry.outcome === 'shortened') expect(brief, entry.excerpt).toContain(first)
        if (entry.outcome === 'cut-to-fit' && first !== '') expect(brief, entry.excerpt).not.toContain(first)
      }
    })
  })

  test.skipIf(!hasTool('pdftotext'))('every block is on the pages that its ledger says', () => {
    for (const { source, edition, entries } of result.ledgers) {
      const name = source.replace(/^content\/|\.md$/g, '')
      const pages = output('pdftotext', [join(folder, 'out', `${name}-${edition}.pdf`), '-'])
        .split('\f')
        .map((page) => page.replace(/[\s\u00ad-]+/g, ''))
      const shown = entries.filter(({ outcome }) => outcome === 'included' || outcome === 'shortened' || outcome === 'in-notes')
      for (const { excerpt, pages: found = [], kind } of shown) {
        const [first] = excerpt.match(/q[a-z]+z/) ?? []
        if (first === undefined || kind === 'section') continue
        const at = pages.flatMap((page, index) => (page.includes(first) ? [index + 1] : []))
        expect(
          at.some((page) => found.includes(page)),
          `${edition} ${excerpt} ${at} ${found}`,
        ).toBe(true)
      }
    }
  })

  test.skipIf(!hasTool('pdfinfo'))('the brief is one page, whatever the source', () => {
    for (const index of seeds.keys()) expect(output('pdfinfo', [join(folder, 'out', `g${index}-brief.pdf`)])).toMatch(/Pages:\s+1\n/)
  })

  test('the library gives HTML that stands alone', async () => {
    const { html, diagnostics } = await renderHtml(join(folder, 'content', 'g0.md'), { edition: 'report', project: folder })
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(html).toContain('<!DOCTYPE html>')
    expect(html).not.toMatch(/(?:src|href)="(?!#|data:|https?:|mailto:)/)
    for (const word of generated[0]?.words ?? []) expect(html).toContain(word)
    expect(readFileSync(join(folder, 'content', 'g0.md'), 'utf8')).toContain('Generated 1')
  })
})
