import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sortDiagnostics } from '../../src/diagnostics/format.js'
import type { PdfOptions } from '../../src/pdf/settings.js'
import { build } from '../../src/project/build.js'
import { renderPdf } from '../../src/project/render-pdf.js'
import { hasTool, output, temporaryFolder } from '../tools.js'

const folder = temporaryFolder()

async function pdfOf(
  name: string,
  input: { body: string; css?: string; pdf?: PdfOptions; head?: string },
): Promise<{ file: string; codes: string[] }> {
  const { body, css = '', pdf = {}, head = '<title>Test</title>' } = input
  const html = `<!doctype html><html lang="en"><head>${head}<style>${css}</style></head><body>${body}</body></html>`
  const rendered = await renderPdf(html, { file: join(folder, `${name}.html`), pdf })
  const file = join(folder, `${name}.pdf`)
  writeFileSync(file, rendered.pdf)
  return { file, codes: rendered.diagnostics.map(({ code }) => code) }
}

const show = (file: string, path: string): string => output('mutool', ['show', file, path]).replace(/\s+/g, ' ')
const objects = (file: string): string => output('qpdf', ['--qdf', '--object-streams=disable', file, '-'])

describe.skipIf(!hasTool('mutool'))('catalogue', () => {
  test('page labels follow the counters in heads and feet', async () => {
    const css = `@page { size: 200px 200px } @page front { @bottom-center { content: counter(page, lower-roman) } }
      @page back { @bottom-center { content: "A-" counter(page) } } .f { page: front } .m { page: main } .b { page: back }
      @page main { @bottom-center { content: "Page " counter(page) " of " counter(pages) } } div { break-after: page }`
    const { file } = await pdfOf('labels', {
      css,
      body: '<div class=f>a</div><div class=f>b</div><div class=m>c</div><div class=b>d</div>',
    })
    expect(show(file, 'trailer/Root/PageLabels')).toContain('/Nums [ 0 << /S /r >> 2 << /S /D /St 3 >> 3 << /S /D /P (A-) /St 4 >> ]')
  })

  test('readers show the title, print at full size, and as wished', async () => {
    const { file } = await pdfOf('viewer', { body: 'a', pdf: { viewer: { duplex: 'long-edge', copies: 3 } } })
    const shown = show(file, 'trailer/Root/ViewerPreferences')
    for (const entry of ['/DisplayDocTitle true', '/PrintScaling /None', '/Duplex /DuplexFlipLongEdge', '/NumCopies 3'])
      expect(shown).toContain(entry)
  })

  test('every id is a destination, sorted by its bytes', async () => {
    const { file } = await pdfOf('names', { body: '<h1 id="z">Z</h1><p id="a">A</p><p><span id="é">é</span> <i id="B">b</i></p>' })
    expect(show(file, 'trailer/Root/Names/Dests')).toMatch(/\(B\).*\(a\).*\(z\).*(<C3A9>|\(Ã©\))/i)
  })

  test('data files are attached with their kind, and only where the standard allows', async () => {
    writeFileSync(join(folder, 'sums.csv'), 'year,sum\n2024,12\n')
    const attach = [join(folder, 'sums.csv')]
    const { file, codes } = await pdfOf('attached', { body: 'a', pdf: { attach } })
    expect(codes).toEqual([])
    expect(show(file, 'trailer/Root/AF/1')).toContain('/AFRelationship /Data')
    expect(output('pdfdetach', ['-list', file])).toContain('sums.csv')
    expect((await pdfOf('refused', { body: 'a', pdf: { attach, standards: ['a-2a'] } })).codes).toEqual(['attachments-forbidden'])
    expect((await pdfOf('missing', { body: 'a', pdf: { attach: [join(folder, 'nowhere.csv')] } })).codes).toEqual(['attachment-missing'])
  })

  test('PDF/A-4 has no information dictionary, PDF/A-1b no object streams', async () => {
    const four = await pdfOf('four', { body: 'a', pdf: { standards: ['a-4'] } })
    expect(show(four.file, 'trailer')).not.toContain('/Info')
    expect(output('pdfinfo', [four.file])).toContain('PDF version:     2.0')
    const one = await pdfOf('one', { body: 'a', pdf: { standards: ['a-1b'] } })
    expect(output('pdfinfo', [one.file])).toContain('PDF version:     1.4')
    expect(objects(one.file)).not.toContain('/ObjStm')
    expect(output('qpdf', ['--check', one.file])).toContain('No syntax or stream encoding errors found')
  })
})

describe('what a standard forbids', () => {
  test('transparency in PDF/A-1, once for each element, at its place', async () => {
    const html =
      '<!doctype html><html lang="en"><title>T</title>\n<p style="opacity: .5">a</p>\n<p style="color: #0008">b</p>\n<p>c</p></html>'
    const { diagnostics } = await renderPdf(html, { file: 'a.html', pdf: { standards: ['a-1b'] } })
    expect(sortDiagnostics(diagnostics).map(({ code, position }) => [code, position?.line, position?.column])).toEqual([
      ['transparency-forbidden', 2, 1],
      ['transparency-forbidden', 3, 1],
    ])
    expect((await renderPdf(html, { file: 'a.html', pdf: { standards: ['a-2b'] } })).diagnostics).toEqual([])
  })

  test('a language and a title that are not set, where a standard asks for them', async () => {
    const codes = async (html: string, standards: string[]) =>
      (await renderPdf(html, { file: 'a.html', pdf: { standards } })).diagnostics.map(({ code }) => code)
    expect(await codes('<p>a</p>', ['ua-1'])).toEqual(['language-not-set', 'title-not-set'])
    expect(await codes('<p>a</p>', ['a-3b'])).toEqual([])
    expect(await codes('<html lang="km"><title>T</title><p>a</p>', ['ua-1', 'a-3a'])).toEqual([])
  })

  test('in Markdown it is told where the source has it', async () => {
    const project = temporaryFolder()
    writeFileSync(join(project, 'a.md'), '---\ntitle: A\npdfStandard: [ua-1, a-4]\n---\n\n# One\n\nText.\n')
    const wrong = await build({ project, sources: [join(project, 'a.md')], formats: ['pdf'], editions: ['report'] })
    expect(wrong.diagnostics[0]).toMatchObject({
      code: 'conflicting-pdf-standards',
      position: { file: join(project, 'a.md'), line: 3, column: 1 },
      excerpt: 'pdfStandard: [ua-1, a-4]',
    })
    expect(wrong.files).toEqual([])
    writeFileSync(join(project, 'b.md'), '---\ntitle: B\npdfStandard: a-2u\n---\n\n# One\n\nText.\n')
    const right = await build({ project, sources: [join(project, 'b.md')], formats: ['pdf'], editions: ['report'] })
    expect(right.diagnostics).toEqual([])
    const other = await build({
      project,
      sources: [join(project, 'b.md')],
      formats: ['pdf'],
      editions: ['report'],
      pdf: { standards: ['ua-1'] },
    })
    expect(other.diagnostics).toMatchObject([{ code: 'language-not-set', position: { file: join(project, 'b.md'), line: 1 } }])
  })
})

describe.skipIf(!hasTool('pdfdetach'))('attachments of an edition', () => {
  const source =
    '---\ntitle: A\nlang: en\nauthors: [One, Two]\n---\n\n# One\n\nText.\n\n<!-- For nobody. -->\n\n::: {audience=internal}\nNot for all.\n:::\n'

  let lastProject = ''

  async function attached(options: { audience?: string; pdf?: PdfOptions }): Promise<string[]> {
    const project = temporaryFolder()
    writeFileSync(join(project, 'a.md'), source)
    const { files } = await build({ project, sources: [join(project, 'a.md')], formats: ['pdf'], editions: ['report'], ...options })
    const file = files[0]?.path ?? ''
    lastProject = project
    output('pdfdetach', ['-saveall', '-o', project, file])
    return output('pdfdetach', ['-list', file])
      .split('\n')
      .slice(1)
      .filter(Boolean)
      .map((line) => line.replace(/^\d+: /, ''))
  }

  test('the source goes along without what its readers may not see', async () => {
    expect(await attached({ audience: 'internal' })).toEqual(['a.md', 'metadata.json'])
    expect(readFileSync(join(lastProject, 'a.md'), 'utf8')).toMatch(/Text\.\n\n\n::: /)
    expect(await attached({})).toEqual(['a.md', 'metadata.json'])
    const open = readFileSync(join(lastProject, 'a.md'), 'utf8')
    expect(open).toContain('Text.')
    expect(open).not.toMatch(/Not for all|For nobody/)
  })

  test('nothing goes along where that is wished', async () => {
    expect(await attached({ pdf: { attachments: false } })).toEqual([])
  })
})
