import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { renderPdf } from '../../src/project/render-pdf.js'
import { hasTool, output, temporaryFolder } from '../tools.js'

const folder = temporaryFolder()

async function pdfOf(body: string, css = ''): Promise<{ path: string; pdf: Uint8Array; pages: number; codes: string[] }> {
  const html = `<!doctype html><html lang="en"><head><title>Test</title><style>${css}</style></head><body>${body}</body></html>`
  const { pdf, pages, diagnostics } = await renderPdf(html, { file: join(folder, 'test.html') })
  const path = join(folder, `${Math.abs(hash(html))}.pdf`)
  writeFileSync(path, pdf)
  return { path, pdf, pages, codes: diagnostics.map(({ code }) => code) }
}

const hash = (text: string): number => [...text].reduce((sum, c) => (sum * 31 + (c.codePointAt(0) as number)) | 0, 7)

const everything = `
<h1>Title</h1><p>First paragraph with a <a href="https://example.org/">link</a>, <em>stress</em> and a note<span class="note">The note's words.</span>.</p>
<h2 id="list">List</h2><ul><li>One<ul><li>Inner</li></ul></li><li>Two</li></ul><ol start="3"><li>Three</li></ol>
<table><caption>Figures</caption><thead><tr><th scope="col">Year</th><th scope="col">Sum</th></tr></thead>
<tbody><tr><th scope="row">2024</th><td>12</td></tr><tr><th scope="row">2025</th><td>13</td></tr></tbody></table>
<figure><img alt="A red dot" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='40' height='40'%3E%3Ccircle cx='20' cy='20' r='18' fill='red'/%3E%3Ctext x='4' y='24'%3Edot%3C/text%3E%3C/svg%3E"><figcaption>A dot</figcaption></figure>
<blockquote><p>Quoted.</p></blockquote><p lang="km">ព្រះរាជាណាចក្រកម្ពុជា</p><p><a href="#list">Back to the list</a></p>`
const noteCss =
  '.note { float: footnote } h1 { bookmark-level: 1 } h2 { bookmark-level: 2 } @page { @bottom-center { content: "Page " counter(page) } }'

describe('PDF', () => {
  test('the same input gives the same bytes', async () => {
    const first = await pdfOf(everything, noteCss)
    const second = await pdfOf(everything, noteCss)
    expect(Buffer.compare(first.pdf, second.pdf)).toBe(0)
    expect(first.codes).toEqual([])
  })

  test.skipIf(!hasTool('qpdf'))('qpdf finds nothing wrong', async () => {
    const { path } = await pdfOf(everything, noteCss)
    expect(output('qpdf', ['--check', path])).toContain('No syntax or stream encoding errors found')
  })

  test.skipIf(!hasTool('pdftotext'))('all words come out in reading order, Khmer exactly', async () => {
    const { path } = await pdfOf(everything, noteCss)
    const text = output('pdftotext', [path, '-']).replace(/\s+/g, ' ')
    const places = [
      'Title',
      'First paragraph with a link, stress and a note',
      'List',
      'Inner',
      'Three',
      'Figures',
      'Year',
      '2025',
      'A dot',
      'Quoted.',
      'Back to the list',
    ]
    const found = places.map((words) => text.indexOf(words))
    expect(found.every((at) => at >= 0)).toBe(true)
    expect([...found].sort((a, b) => a - b)).toEqual(found)
    expect(text).toContain('ព្រះរាជាណាចក្រកម្ពុជា')
    expect(text).toContain("The note's words.")
  })

  test.skipIf(!hasTool('pdfinfo'))('the structure tree is the document', async () => {
    const { path } = await pdfOf(everything, noteCss)
    expect(output('pdfinfo', [path])).toMatch(/Tagged:\s+yes/)
    const tree = output('pdfinfo', ['-struct', path])
    for (const type of [
      'H1',
      'H2',
      'P',
      'Link',
      'L',
      'LI',
      'Lbl',
      'LBody',
      'Table',
      'THead',
      'TBody',
      'TR',
      'TH',
      'TD',
      'Caption',
      'Figure',
      'BlockQuote',
      'Note',
      'Reference',
    ])
      expect(tree, type).toMatch(new RegExp(`^\\s*${type}\\b`, 'm'))
  })

  test.skipIf(!hasTool('mutool'))('outline, link and language are there', async () => {
    const { path } = await pdfOf(everything, noteCss)
    const outline = output('mutool', ['show', path, 'outline'])
    expect(outline).toContain('Title')
    expect(outline).toContain('List')
    expect(output('mutool', ['show', path, 'trailer/Root/Lang'])).toContain('en')
    expect(output('mutool', ['show', path, 'pages/1/Annots/1/A'])).toContain('https://example.org/')
  })

  test.skipIf(!hasTool('pdftotext'))('headings are never alone at the foot of a page, and page numbers count', async () => {
    const filler = '<p>Line.</p>'.repeat(20)
    const { path, pages } = await pdfOf(
      `${filler}<h2>Heading</h2><p>After it.</p>${filler}`,
      `@page { size: 300px 460px; margin: 30px; @bottom-right { content: counter(page) "/" counter(pages) } } p { margin: 0; line-height: 20px } h2 { break-after: avoid; margin: 0 }`,
    )
    const texts = output('pdftotext', [path, '-']).split('\f')
    expect(pages).toBeGreaterThan(2)
    const page = texts.findIndex((text) => text.includes('Heading'))
    expect(texts[page]).toContain('After it.')
    expect(texts[0]).toContain(`1/${pages}`)
  })

  test.skipIf(!hasTool('pdftotext'))('a table head is repeated as an artifact', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => `<tr><td>Row ${index + 1}</td></tr>`).join('')
    const { path, pages } = await pdfOf(
      `<table><thead><tr><th>Head</th></tr></thead><tbody>${rows}</tbody></table>`,
      '@page { size: 300px 400px }',
    )
    expect(pages).toBeGreaterThan(2)
    const texts = output('pdftotext', [path, '-']).split('\f').slice(0, pages)
    for (const text of texts) expect(text).toContain('Head')
    const tree = output('pdfinfo', ['-struct-text', path])
    expect(tree.match(/"Head"/g)?.length).toBe(1)
  })

  test('a picture without alternative text is reported and left out of the tree', async () => {
    const { codes } = await pdfOf(
      `<p>Text <img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"></p>`,
    )
    expect(codes).toContain('missing-alternative-text')
  })
})
