import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inspectPdf } from '../../src/pdf/inspect-pdf.js'
import type { InspectedTag } from '../../src/pdf/inspect-tags.js'
import { renderPdf } from '../../src/project/render-pdf.js'
import { hasTool, output, temporaryFolder } from '../tools.js'

const folder = temporaryFolder()

async function written(body: string, options: { css?: string; standards?: string[] } = {}) {
  const html = `<!doctype html><html lang="en"><title>T</title><style>${options.css ?? ''}</style><body>${body}</body></html>`
  const { pdf } = await renderPdf(html, { file: join(folder, 'a.html'), pdf: options.standards ? { standards: options.standards } : {} })
  const file = join(folder, 'a.pdf')
  writeFileSync(file, pdf)
  return { pdf, objects: () => output('qpdf', ['--qdf', '--object-streams=disable', file, '-']) }
}

/** One line of tag names, as pdf.js reads the tree of the first page. */
async function tags(body: string, css = ''): Promise<string> {
  const { pdf } = await written(body, { css })
  const result = await inspectPdf(pdf)
  const line = ({ type, text, children }: InspectedTag): string => {
    const inner = [...(text ? [`“${text}”`] : []), ...children.map(line)].join(' ')
    return inner === '' ? type : `${type}(${inner})`
  }
  const tree = 'inspection' in result ? result.inspection.pages[0]?.tags : null
  return tree ? line(tree) : ''
}

describe('structure tree', () => {
  test('levels of headings go down one at a time', async () => {
    expect(await tags('<h2>a</h2><h5>b</h5><h6>c</h6><h3>d</h3><h1>e</h1>')).toBe('Document(H1(“a”) H2(“b”) H3(“c”) H2(“d”) H1(“e”))')
  })

  test('a part, its chapters and a callout', async () => {
    const body = '<section role="doc-part"><h1>P</h1><section><h2>C</h2></section></section><aside>Mind</aside>'
    expect(await tags(body)).toBe('Document(Part(H1(“P”) Sect(H2(“C”))) Sect(P(“Mind”)))')
  })

  test('what is read as one thing has its words', async () => {
    expect(await tags('<p>Half is <span role="math" aria-label="one half">½</span></p>')).toBe('Document(P(“Half is” Formula(“½”)))')
  })

  test('a table that only places things is none', async () => {
    expect(await tags('<table role="presentation"><tr><td>a</td><td><p>b</p></td></tr></table>')).toBe('Document(Div(P(“a”)) Div(P(“b”)))')
  })

  test('an inline block is read where it stands', async () => {
    const css = 'span { display: inline-block; width: 40px; margin-left: -40px } body { margin-left: 60px }'
    expect(await tags('<h1><span>1</span> Title</h1>', css)).toBe('Document(H1(“1 Title”))')
  })

  test('letters that are shown as others are read as they are', async () => {
    expect(await tags('<p><b>ENTER</b> <b class="u">enter</b></p>', '.u { text-transform: uppercase }')).toBe('Document(P(“ENTER enter”))')
  })

  test.skipIf(!hasTool('qpdf'))('cells of a table that spans name their headers', async () => {
    const { objects } = await written(
      `<table><thead><tr><th rowspan="2">Year</th><th colspan="2">Sum</th></tr><tr><th>In</th><th>Out</th></tr></thead>
       <tbody><tr><th>2024</th><td>1</td><td>2</td></tr></tbody></table>`,
    )
    const text = objects()
    const id = (row: number, column: number): string => new RegExp(`/ID \\((cell-[\\d.]+-${row}-${column})\\)`).exec(text)?.[1] ?? 'none'
    const headers = [...text.matchAll(/\/Headers \[([^\]]*)\]/g)].map((match) => match[1]?.trim().replace(/\s+/g, ' '))
    expect(headers).toContain(`(${id(1, 2)}) (${id(2, 2)}) (${id(3, 1)})`)
    expect(headers).toContain(`(${id(1, 2)}) (${id(2, 3)}) (${id(3, 1)})`)
    expect(text).toMatch(/\/RowSpan 2/)
    expect(text).toMatch(/\/IDTree/)
    expect((await written('<table><tr><th>a</th></tr><tr><td>b</td></tr></table>')).objects()).not.toContain('/Headers')
  })

  test.skipIf(!hasTool('qpdf'))('backgrounds say where they are, heads and feet what they are', async () => {
    const { objects } = await written('<p style="background: #eee">a</p>', {
      css: '@page { size: 200px 100px; margin: 20px; @top-left { content: "h" } @bottom-left { content: "f" } } body, p { margin: 0 }',
    })
    const text = objects()
    expect(text).toMatch(/\/Artifact <<\/Type\/Background\/BBox\[15 \d+ 135 60\]>> BDC/)
    expect(text).toContain('/Artifact <</Type/Pagination/Subtype/Header>> BDC')
    expect(text).toContain('/Artifact <</Type/Pagination/Subtype/Footer>> BDC')
  })

  test.skipIf(!hasTool('qpdf'))('PDF 2.0 names its namespace and has more types', async () => {
    const body = '<p>a <em>b</em> <strong>c</strong></p><aside><p>d</p></aside><blockquote><p>e</p></blockquote>'
    const modern = (await written(body, { standards: ['a-4'] })).objects()
    expect(modern).toContain('http://iso.org/pdf2/ssn')
    for (const type of ['Em', 'Strong', 'Aside']) expect(modern).toMatch(new RegExp(`/S /${type}\\b`))
    expect(modern).not.toContain('/RoleMap')
    const classic = (await written(body)).objects()
    expect(classic).not.toMatch(/\/S \/(Em|Strong)\b/)
    expect(classic).toContain('/RoleMap')
  })

  test('an element that goes on over pages is one', async () => {
    const words = 'Words that fill the page. '.repeat(60)
    const { objects } = await written(`<p>${words}</p>`, { css: '@page { size: 200px 200px; margin: 20px }' })
    if (hasTool('qpdf')) expect(objects().match(/\/S \/P\b/g)).toHaveLength(1)
  })
})
