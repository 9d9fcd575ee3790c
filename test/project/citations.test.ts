/** Citations through the whole pipeline: files that are read, what is told of them, and what the outputs say. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { build } from '../../src/project/build.js'
import { hasTool, output, temporaryFolder } from '../tools.js'

const bib = '@book{acharya2014, author={Acharya, Amitav}, title={Security Community}, year=2014, publisher={Routledge}}\n'
const style = `<?xml version="1.0"?><style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>t</title><id>t</id><updated>2020-01-01T00:00:00Z</updated></info><citation><layout prefix="{" suffix="}"><text variable="title"/></layout></citation><bibliography><layout><text variable="title" text-case="uppercase"/></layout></bibliography></style>`

async function made(front: string, body: string, files: Readonly<Record<string, string>> = { 'refs.bib': bib }) {
  const project = temporaryFolder()
  mkdirSync(join(project, 'content'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, 'content', name), text)
  writeFileSync(join(project, 'content', 'a.md'), `---\ntitle: T\nlang: en-GB\n${front}---\n\n${body}`)
  const result = await build({ project, sources: [join(project, 'content', 'a.md')], editions: ['brief', 'report'] })
  return { ...result, file: (name: string) => join(project, 'out', name) }
}

const text = (file: string): string => output('pdftotext', [file, '-']).replace(/\s+/g, ' ')

describe('citations', () => {
  test.skipIf(!hasTool('pdftotext'))('stand in brief and report, each with its bibliography and links to it', async () => {
    const body = `## One {brief=full}\n\nSo it is [@acharya2014, p. 3]; see [@sec-end]{.page}.\n\n${'More of it.\n\n'.repeat(80)}## End {#sec-end brief=omit}\n\nThe end.\n`
    const { ok, diagnostics, file } = await made('bibliography: refs.bib\nbrief: {pages: 3}\n', body)
    expect(diagnostics).toEqual([])
    expect(ok).toBe(true)
    const pages = output('pdftotext', [file('a-report.pdf'), '-']).split('\f')
    const report = pages.join(' ').replace(/\s+/g, ' ')
    const page = pages.findIndex((words) => words.includes('The end.')) + 1
    expect(page).toBeGreaterThan(2)
    expect(report).toContain(`(Acharya, 2014, p. 3); see Section 2 on page ${page}`)
    expect(report).toContain('References Acharya, A. (2014). Security Community. Routledge.')
    expect(text(file('a-brief.pdf'))).toContain('Acharya, A. (2014). Security Community. Routledge.')
    const html = readFileSync(file('a-report.html'), 'utf8')
    expect(html).toContain('<a href="#ref-acharya2014">')
    expect(html).toContain('id="ref-acharya2014"')
  })

  test('a style of the project’s own', async () => {
    const { ok, file } = await made('bibliography: refs.bib\ncsl: own.csl\n', 'So [@acharya2014].\n', { 'refs.bib': bib, 'own.csl': style })
    expect(ok).toBe(true)
    const html = readFileSync(file('a-report.html'), 'utf8').replace(/<[^>]+>/g, '')
    expect(html).toContain('So {Security Community}.')
    expect(html).toContain('SECURITY COMMUNITY')
  })

  test.each([
    ['bibliography: gone.bib\n', {}, 'missing-bibliography', 4],
    ['bibliography: ../../../etc/passwd\n', {}, 'missing-bibliography', 4],
    ['bibliography: refs.bib\n', { 'refs.bib': '@book{x,\n title={a}\n' }, 'invalid-bibliography', undefined],
    ['bibliography: refs.bib\ncsl: apaa\n', { 'refs.bib': bib }, 'missing-citation-style', 5],
    ['bibliography: refs.bib\ncsl: own.csl\n', { 'refs.bib': bib, 'own.csl': 'no XML' }, 'invalid-citation-style', 5],
  ])('%j with %j is told at its place, once', async (front, files, code, line) => {
    const { ok, diagnostics } = await made(front, 'So [@acharya2014].\n', files as Readonly<Record<string, string>>)
    expect(ok).toBe(false)
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code])
    if (line !== undefined) expect(diagnostics[0]?.position?.line).toBe(line)
    else expect(diagnostics[0]?.position?.file).toContain('refs.bib')
  })
})
