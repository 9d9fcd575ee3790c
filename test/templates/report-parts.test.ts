/** The parts of a report beside its text, as HTML for each format. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { makeReport } from '../../src/editions/report.js'
import { makeSlides } from '../../src/editions/slides.js'
import { renderEdition } from '../../src/templates/render.js'
import { documentOf } from '../editions/source.js'
import { projectFolder } from '../tools.js'

const templateFolders = [join(projectFolder, 'templates')]

function render(front: string, body: string, format: 'pdf' | 'html' = 'pdf') {
  const messages: Diagnostic[] = []
  const report = (message: Diagnostic) => messages.push(message)
  const { document, messages: found } = documentOf(`---\ntitle: T\nlang: en-GB\n${front}---\n\n${body}`)
  const rendered = renderEdition(makeReport(document, { report }), { templateFolders, format, report }).html
  // Where each element stands in the source is of no matter here.
  const html = rendered.replace(/ data-source="[^"]*"/g, '')
  return { html, document, messages: [...found, ...messages] }
}

const words = (html: string): string => html.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')

describe('abbreviations', () => {
  const body =
    '## The ASEAN way\n\nASEAN met, and ASEAN agreed.\n\n| ASEAN | MRC |\n| --- | --- |\n| a | b |\n\nThe Mekong River Commission (MRC) met. MRC agreed.\n\n*[ASEAN]: Association of Nations\n*[MRC]: Mekong River Commission\n'

  test('are written out at their first use in the text, and have their meaning as a title from then on', () => {
    const { html } = render('', body)
    const text = words(html.slice(html.indexOf('<main')))
    expect(text).toContain('1 The ASEAN way ASEAN (Association of Nations) met, and ASEAN agreed.')
    expect(text).toContain('The Mekong River Commission (MRC) met. MRC agreed.')
    expect(html).toContain(
      '<h2 id="the-asean-way-title"><span class="number">1 </span>The <abbr title="Association of Nations">ASEAN</abbr> way</h2>',
    )
    expect(html.match(/\(Association of Nations\)/g)).toHaveLength(1)
    expect(html).toMatch(/<th[^>]*><abbr title="Mekong River Commission">MRC<\/abbr><\/th>/)
  })

  test('are whole words, and wait for a place with room', () => {
    const { html } = render('', 'The SUN’s light, non-SUN light (SUN), a MIDSUN, SUN and SUNDAY, SUN.\n\n*[SUN]: Star\n')
    expect(words(html)).toContain('The SUN’s light, non-SUN light (SUN), a MIDSUN, SUN (Star) and SUNDAY, SUN.')
    expect(html.match(/<abbr/g)).toHaveLength(5)
  })

  test('have a list where a report uses several', () => {
    const more = '*[A1]: First thing\n*[B2]: Second thing\n*[C3]: Third thing\n*[D4]: Not used\n'
    const { html } = render('', `## One\n\nC3, A1 and B2.\n\n## Two\n\nText.\n\n${more}`)
    const list = html.slice(html.indexOf('id="report-abbreviations"'))
    expect([...list.matchAll(/<dt>(\w+)<\/dt>/g)].map((match) => match[1])).toEqual(['A1', 'B2', 'C3'])
    expect(html).toContain('href="#report-abbreviations"')
    expect(render('', `## One\n\nA1 and B2.\n\n${more}`).html).not.toContain('report-abbreviations')
  })

  test('each edition writes them out anew', () => {
    const { document } = render('', body)
    const report = () => {}
    const slides = makeSlides(document, (edition) => edition.slides.map(() => -1), { report })
    const html = renderEdition(slides, { templateFolders, format: 'html', report }).html
    expect(words(html.slice(html.indexOf('<main'), html.indexOf('<script')))).toContain('ASEAN (Association of Nations) met')
  })
})

describe('glossary', () => {
  const section = '\n\n# Glossary {.glossary .appendix}\n\ndyke\n: A wall of earth.\n\ndyke gate\n: A dyke gate in a wall.\n'

  test('a term leads to where it is explained, once a section', () => {
    const { html, messages } = render('', `## One\n\nA dyke, a dyke and a Dyke gate.\n\n## Two\n\nDyke and dykeland.${section}`)
    expect(messages).toEqual([])
    expect([...html.matchAll(/<a class="term" href="#([^"]+)">([^<]+)<\/a>/g)].map((match) => `${match[1]} ${match[2]}`)).toEqual([
      'term-dyke dyke',
      'term-dyke-gate Dyke gate',
      'term-dyke Dyke',
    ])
    expect(html.match(/<dt id="term-dyke">dyke<\/dt>/g)).toHaveLength(1)
  })

  test('the front matter can hold it', () => {
    const { html } = render('glossary:\n  weir: A **low** wall.\n', '## One\n\nA weir.\n\n## Two\n\nText.\n')
    expect(html).toContain('<a class="term" href="#term-weir">weir</a>')
    expect(html).toMatch(/<dt id="term-weir">weir<\/dt>\n<dd>A <strong>low<\/strong> wall\.<\/dd>/)
    expect(html).toContain('href="#report-glossary"')
  })

  test('links, code and headings stay as they are', () => {
    const { html } = render('glossary: {weir: A wall.}\n', '## The weir\n\n[weir](https://a.org) `weir`\n')
    expect(html).not.toContain('class="term"')
  })
})

describe('parts', () => {
  const table = (id: string) => `| A |\n| --- |\n| x |\n\n: Caption ${id} {#tbl-${id}}\n`

  test('lists of figures and tables where there are several', () => {
    const three = `## One\n\n${['a', 'b', 'c'].map(table).join('\n')}\n## Two\n\nText.\n`
    const { html } = render('', three)
    expect([...html.matchAll(/<a href="#(tbl-\w)">/g)].map((match) => match[1])).toEqual(['tbl-a', 'tbl-b', 'tbl-c'])
    expect(html).toContain('id="list-of-tables-title"')
    expect(html).not.toContain('list-of-figures')
    expect(render('', `## One\n\n${table('a')}\n${table('b')}`).html).not.toContain('list-of-tables')
  })

  test('version table, distribution list and the end with originator and date', () => {
    const front =
      'originator: Rivers Desk\ndate: 2026-05-03\ndistribution: [First Office, Second Office]\nversions:\n  - {version: 1.10, date: 2026-05-03, note: Figures}\n  - {version: "1.0", date: 2026-04-12}\n'
    const { html, messages } = render(front, '## One\n\nText.\n')
    expect(messages).toEqual([])
    const rows = [...html.matchAll(/<tr><th scope="row">(.*?)<\/th>(.*?)<\/tr>/g)].map((match) => `${match[1]}|${words(match[2] ?? '')}`)
    expect(rows).toEqual(['1.10|3 May 2026Figures', '1.0|12 April 2026'])
    expect(html).toContain('<li>First Office</li>\n<li>Second Office</li>')
    expect(html).toContain('<p class="end-line">Rivers Desk · 3 May 2026</p>')
  })

  test('a version table that is written wrong is told', () => {
    const { messages } = render('versions: [{number: 1}]\n', 'Text.\n')
    expect(messages).toMatchObject([{ code: 'invalid-metadata' }])
  })

  test('endnotes on paper stand in a list, with links both there and in the text', () => {
    const body = '## One\n\nText.[^a] More.[^a]\n\n## Two\n\nText.\n\n[^a]: The note.\n'
    const { html } = render('notes: endnotes\n', body)
    expect(html).not.toContain('class="footnote"')
    expect(html.match(/role="doc-noteref"[^>]*>1<\/a>|>1<\/a><\/sup>/g)).toHaveLength(2)
    expect(html).toMatch(/<li id="note-1"><div role="doc-footnote"><p>The note\.<\/p><\/div><\/li>/)
    expect(html).toContain('href="#report-notes"')
    expect(render('', body).html).toContain('class="footnote"')
  })

  test('a pull quote is an aside, and a source stands under its figure', () => {
    const { html } = render('', '## One\n\n::: {.pull-quote}\nIt holds.\n:::\n\n![A river](a.svg){#fig-a source="Own count" alt="River"}\n')
    expect(html).toMatch(/<aside class="pull-quote">\n<p>It holds\.<\/p>\n<\/aside>/)
    expect(html).toMatch(/<\/figure>\n<p class="source">Source: Own count<\/p>/)
  })

  test('a pull quote stays out of the other editions unless it is wanted there', () => {
    const report = () => {}
    const slidesOf = (mark: string) => {
      const { document } = documentOf(`## One\n\nText of it.\n\n::: {.pull-quote${mark}}\nIt holds.\n:::\n`)
      return makeSlides(document, (edition) => edition.slides.map(() => -1), { report })
    }
    const without = slidesOf('')
    expect(JSON.stringify(without.slides)).not.toContain('It holds')
    expect(without.ledger.find((entry) => entry.kind === 'div')).toMatchObject({
      outcome: 'omitted-by-rule',
      reason: 'a pull quote repeats the text',
    })
    expect(JSON.stringify(slidesOf(' slides=full').slides)).toContain('It holds')
  })

  test('a reference asks for the page on paper alone', () => {
    const body = '## One\n\nSee [@sec-b]{.page}.\n\n## Two {#sec-b}\n\nText.\n'
    expect(render('', body).html).toContain('<a class="page-number" href="#sec-b">on page\u00a0</a>')
    expect(render('', body, 'html').html).not.toContain('on page')
  })

  test('numbers of paragraphs', () => {
    const { html } = render('numberParagraphs: true\n', '## One\n\nText. {#par-a}\n\nSee @par-a.\n')
    expect(html).toContain('<p id="par-a" class="numbered-paragraph"><span class="paragraph-number">1. </span>Text.</p>')
    expect(html).toContain('<a class="reference" href="#par-a">Paragraph\u00a01</a>')
  })
})
