import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { PdfInspection } from '../../src/pdf/inspect-pdf.js'
import { briefpress, temporaryFolder } from '../tools.js'

const folder = temporaryFolder()

beforeAll(() => {
  writeFileSync(
    join(folder, 'a.html'),
    `<!doctype html><html lang="en"><head><title>Report</title><meta name="author" content="Someone">
     <style>@page { size: 100mm 150mm; @bottom-center { content: counter(page, lower-roman) } } h1 { bookmark-level: 1 } h2 { bookmark-level: 2; break-before: page }</style></head>
     <body><h1>One</h1><p>See <a href="#two">there</a> and <a href="https://example.org/">a site</a>.</p><h2 id="two">Two</h2><p lang="fr">Bonjour.</p></body></html>`,
  )
  writeFileSync(join(folder, 'a.csv'), 'a,b\n')
  expect(briefpress(['pdf', 'a.html', '--attach', 'a.csv'], { cwd: folder })).toMatchObject({ code: 0 })
})

describe('briefpress inspect', () => {
  test('all of it as JSON', () => {
    const run = briefpress(['inspect', 'a.pdf', '--json'], { cwd: folder })
    const found = JSON.parse(run.out) as PdfInspection
    expect(found).toMatchObject({
      version: '1.7',
      standards: ['PDF/A-3A', 'PDF/UA-1'],
      tagged: true,
      encrypted: false,
      language: 'en',
      title: 'Report',
      author: 'Someone',
      outline: [{ title: 'One', page: 1, items: [{ title: 'Two', page: 2, items: [] }] }],
      attachments: [{ name: 'a.csv', bytes: 4 }],
    })
    expect(found.pages.map(({ label, width, height }) => [label, width, height])).toEqual([
      ['i', 283.46, 425.2],
      ['ii', 283.46, 425.2],
    ])
    expect(found.pages[0]?.links).toEqual([
      { text: 'there', target: 'page 2' },
      { text: 'a site', target: 'https://example.org/' },
    ])
    expect(found.pages[1]?.text).toContain('Bonjour.')
    expect(found.pages[1]?.tags).toMatchObject({
      type: 'Document',
      children: [
        { type: 'H2', text: 'Two' },
        { type: 'P', language: 'fr' },
      ],
    })
    expect(found.fonts).toContainEqual({ name: 'SourceSerif4-Regular', type: 'CIDFontType2', embedded: true, subset: true })
  })

  test('and as text', () => {
    const { out } = briefpress(['inspect', 'a.pdf'], { cwd: folder })
    for (const line of [
      'claims     PDF/A-3A, PDF/UA-1',
      'i to ii: 100.0 × 150.0 mm',
      'page i: there → page 2',
      'H1 “One”',
      'P [fr] “Bonjour.”',
      'a.csv  4 B',
    ])
      expect(out).toContain(line)
  })

  test('what is no PDF is said, not thrown', () => {
    writeFileSync(join(folder, 'no.pdf'), 'nothing')
    expect(briefpress(['inspect', 'no.pdf'], { cwd: folder })).toMatchObject({
      code: 1,
      err: expect.stringContaining('cannot be inspected'),
    })
    expect(briefpress(['inspect', 'nowhere.pdf'], { cwd: folder })).toMatchObject({ code: 2 })
  })
})
