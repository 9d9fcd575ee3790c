import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildDocument } from '../../src/document/build-document.js'
import { createCitationFormatter, readBibliography } from '../../src/document/citation-format.js'
import { makeReport } from '../../src/editions/report.js'
import { makeSlides } from '../../src/editions/slides.js'
import { parseInlines, parseMarkdown } from '../../src/markdown/parse.js'
import { renderEdition } from '../../src/templates/render.js'
import { projectFolder } from '../tools.js'

const report = () => {}
const options = { templateFolders: [join(projectFolder, 'templates')], format: 'html', report } as const

async function documentWith(style: string, body: string) {
  const text = '@book{a, author={Acharya, Amitav}, title={First}, year=2014}\n@book{b, author={Brown, Bo}, title={Second}, year=2015}\n'
  const items = await readBibliography({ name: 'refs.bib', text })
  const citations = createCitationFormatter({ items, style: { name: style }, lang: 'en' })
  const source = `---\ntitle: T\nlang: en\nbibliography: refs.bib\n---\n\n${body}`
  const tree = parseMarkdown({ file: 'a.md', source, report })
  return buildDocument(tree, { citations, parseInlines: (words, position) => parseInlines(words, position, report), report })
}

const list = (html: string): string => /<(ol|ul) class="bibliography[\s\S]*?<\/\1>/.exec(html)?.[0] ?? ''

test('numbered works have their numbers, and withheld text cites none', async () => {
  const document = await documentWith('vancouver', '## One\n\nSo [@a].\n\n## Two {audience=internal}\n\nAnd [@b].\n')
  const open = list(renderEdition(makeReport(document, { report }), options).html)
  expect(open).toMatch(/<li id="ref-a"><span class="work-label">1\. <\/span>Acharya A\. First/)
  expect(open).not.toContain('Second')
  const internal = list(renderEdition(makeReport(document, { audience: 'internal', report }), options).html)
  expect(internal).toContain('<span class="work-label">2. </span>Brown B. Second')
})

test('a deck, which has no list of works, has no links to one', async () => {
  const document = await documentWith('apa', '## One\n\nSo [@a].\n')
  const deck = makeSlides(document, (edition) => edition.slides.map(() => -1), { report })
  const { html } = renderEdition(deck, options)
  expect(html).toContain('(Acharya, 2014)')
  expect(html).not.toContain('#ref-a')
})
