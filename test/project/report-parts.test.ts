/** The parts of a report in its PDF: what stands where on which page, and how it is tagged. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { inspectPdf } from '../../src/pdf/inspect-pdf.js'
import type { InspectedTag } from '../../src/pdf/inspect-tags.js'
import { build } from '../../src/project/build.js'
import { hasTool, output, temporaryFolder } from '../tools.js'

const table = (id: string) => `| A |\n| --- |\n| x |\n\n: Caption of ${id} {#tbl-${id}}\n`
const source = `---
title: Water
lang: en-GB
numberParagraphs: true
notes: endnotes
---

## One

The MRC met.[^a] See [@tbl-c]{.page}.

${table('a')}
${'More of it, and more again.\n\n'.repeat(45)}
## Two

${table('b')}
${table('c')}
> [!NOTE]
> Mind the gap.

[^a]: The note itself.

*[MRC]: Mekong River Commission
`

describe.skipIf(!hasTool('pdftotext'))('parts of a report', () => {
  let file = ''
  let pages: readonly string[] = []
  let tags: readonly InspectedTag[] = []

  beforeAll(async () => {
    const project = temporaryFolder()
    mkdirSync(join(project, 'content'))
    writeFileSync(join(project, 'content', 'a.md'), source)
    const { diagnostics } = await build({ project, editions: ['report'], formats: ['pdf'] })
    expect(diagnostics).toEqual([])
    file = join(project, 'out', 'a-report.pdf')
    pages = output('pdftotext', ['-layout', file, '-']).split('\f').slice(0, -1)
    const inspected = await inspectPdf(readFileSync(file))
    const trees = 'inspection' in inspected ? inspected.inspection.pages.map((page) => page.tags) : []
    const all: InspectedTag[] = []
    const add = (tag: InspectedTag): void => {
      all.push(tag)
      tag.children.forEach(add)
    }
    for (const tree of trees) if (tree) add(tree)
    tags = all
  })

  const pageOf = (words: string): number => pages.findIndex((page, index) => index > 0 && page.includes(words)) + 1

  test('the list of tables names each with the page on which it stands', () => {
    for (const id of ['a', 'b', 'c']) expect(pages[0]).toMatch(new RegExp(`Caption of ${id} \\.+ ${pageOf(`Caption of ${id}`)}\\n`))
    expect(pageOf('Caption of c')).toBeGreaterThan(pageOf('Caption of a'))
    expect(pages[pageOf('The MRC') - 1]).toContain(`Table 3 on page ${pageOf('Caption of c')}`)
  })

  test('numbers of paragraphs hang in the margin', () => {
    const boxes = output('pdftotext', ['-bbox', file, '-'])
    const left = (word: string) => Number(new RegExp(`xMin="([\\d.]+)"[^>]*>${word}</word>`).exec(boxes.slice(boxes.indexOf('>met.')))?.[1])
    const text = Number(/xMin="([\d.]+)"[^>]*>More<\/word>/.exec(boxes)?.[1])
    expect(left('2\\.')).toBeLessThan(text - 10)
    expect(left('2\\.')).toBeGreaterThan(40)
  })

  test('endnotes stand at the end, tagged as notes', () => {
    expect(pages.at(-1)).toMatch(/Notes[\s\S]*The note itself\./)
    expect(pages.slice(0, -1).join('')).not.toContain('The note itself.')
    const note = tags.find((tag) => tag.type === 'Note')
    expect(note?.children.map((child) => `${child.type} ${child.text}`)).toEqual(['P The note itself.'])
  })

  test('lists are tables of contents, captions are captions', () => {
    expect(tags.filter((tag) => tag.type === 'TOC').length).toBeGreaterThanOrEqual(2)
    expect(tags.filter((tag) => tag.type === 'Caption').map((tag) => tag.text)).toContain('Table 2. Caption of b')
  })

  test.skipIf(!hasTool('qpdf'))('an abbreviation carries its meaning in the structure tree', () => {
    const objects = output('qpdf', ['--qdf', '--object-streams=disable', file, '-'])
    expect(objects).toMatch(/\/E \(Mekong River Commission\)|\/E <feff004d0065006b006f006e0067/i)
    expect(pages.join('')).toContain('The MRC (Mekong River Commission) met.')
  })
})
