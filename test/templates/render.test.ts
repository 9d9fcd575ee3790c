import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { makeReport } from '../../src/editions/report.js'
import { makeSlides } from '../../src/editions/slides.js'
import { renderEdition } from '../../src/templates/render.js'
import { documentOf } from '../editions/source.js'
import { projectFolder, temporaryFolder } from '../tools.js'

const shipped = join(projectFolder, 'templates')
const source =
  '---\ntitle: Title & more\nlang: en-GB\nmarking: OFFICIAL\n---\n\n## One\n\nText with a note[^n], <b>raw</b><script>alert(1)</script> and @tbl-a.\n\n| A | B |\n| --- | --: |\n| x | 1 |\n\n: Caption {#tbl-a}\n\n- a\n- b\n\n## Two {.appendix}\n\nEnd.\n\n[^n]: The note.\n'

function render(folders: readonly string[] = [shipped], format: 'pdf' | 'html' = 'html') {
  const messages: Diagnostic[] = []
  const report = (message: Diagnostic) => messages.push(message)
  const { document } = documentOf(source)
  return { ...renderEdition(makeReport(document, { report }), { templateFolders: folders, format, report }), messages }
}

function projectTemplates(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

describe('templates', () => {
  test('semantic HTML: language, headings in order, scopes, notes, references', () => {
    const { html, messages } = render()
    expect(messages).toEqual([])
    expect(html).toMatch(/<html lang="en-GB"/)
    expect(html).toContain('<title>Title &amp; more</title>')
    expect((html.match(/<h[1-6]\b/g) ?? []).slice(0, 1)).toEqual(['<h1'])
    expect(html).toMatch(/<th[^>]*scope="col"/)
    expect(html).toMatch(/<a[^>]*href="#tbl-a"[^>]*>Table\u00a01<\/a>/)
    expect(html).toContain('The note.')
  })

  test('raw HTML is kept where it is harmless', () => {
    const { html } = render([shipped], 'pdf')
    expect(html).toContain('<b>raw</b>')
    expect(html).not.toContain('alert(1)')
  })

  test('style sheets stand inside for HTML and are named for PDF', () => {
    expect(render([shipped], 'html').html).toContain('prefers-color-scheme')
    const pdf = render([shipped], 'pdf')
    expect(pdf.styleSheets.map((file) => file.slice(shipped.length + 1))).toEqual(['partials/base.css', 'report/print.css'])
    expect(pdf.html).not.toContain('--accent:')
  })

  test('a project overrides file by file', () => {
    const own = projectTemplates({ 'report/cover.hbs': '<h1 class="own">{{meta.title}}</h1>\n' })
    const { html, messages } = render([own, shipped])
    expect(messages).toEqual([])
    expect(html).toContain('<h1 class="own">Title &amp; more</h1>')
    expect(html).toContain('Caption')
  })

  test('a broken template is told with its file, line and column', () => {
    const broken = projectTemplates({ 'report/cover.hbs': '<h1>\n{{#if meta.title}}\n</h1>\n' })
    const unknown = projectTemplates({ 'report/cover.hbs': 'x\n{{shout meta.title}}\n' })
    for (const [folder, line] of [
      [broken, undefined],
      [unknown, 2],
    ] as const) {
      const { html, messages } = render([folder, shipped])
      expect(html).toBe('')
      expect(messages[0]).toMatchObject({ severity: 'error', code: 'template-error', position: { file: join(folder, 'report/cover.hbs') } })
      if (line !== undefined) expect(messages[0]?.position?.line).toBe(line)
    }
  })

  test('the notes of slides follow them in PDF and stand beside them in HTML', () => {
    const { document } = documentOf(source)
    const report = () => {}
    const slides = makeSlides(document, (edition) => edition.slides.map(() => -1), { report })
    const pdf = renderEdition(slides, { templateFolders: [shipped], format: 'pdf', report }).html
    const html = renderEdition(slides, { templateFolders: [shipped], format: 'html', report }).html
    expect(pdf.match(/id="speaker-notes"/g)?.length).toBe(1)
    expect(html).toContain('class="notes"')
    for (const text of [pdf, html]) expect(text).toContain('Text with a note')
  })
})
