import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { buildDocument } from '../../src/document/build-document.js'
import { type CitationFormatter, createCitationFormatter, readBibliography } from '../../src/document/citation-format.js'
import { blocksText, inlineText } from '../../src/document/walk.js'
import { parseInlines, parseMarkdown } from '../../src/markdown/parse.js'

const bib = `@book{acharya2014, author={Acharya, Amitav}, title={Constructing a {Security} Community}, year=2014, publisher={Routledge}}
@article{jones2016, author={Jones, Lee and Smith, Ann}, title={Failure \\& more}, journal={Review}, volume=29, pages={647--670}, year=2016, url={https://example.org/a_b}}`

async function formatter(style = 'apa', lang = 'en-GB'): Promise<CitationFormatter> {
  return createCitationFormatter({ items: await readBibliography({ name: 'refs.bib', text: bib }), style: { name: style }, lang })
}

function build(body: string, citations?: CitationFormatter, front = citations ? 'bibliography: refs.bib\n' : '') {
  const messages: Diagnostic[] = []
  const report = (message: Diagnostic) => messages.push(message)
  const tree = parseMarkdown({ file: 'a.md', source: `---\ntitle: T\n${front}---\n\n## One {#sec-one}\n\n${body}\n`, report })
  const document = buildDocument(tree, {
    ...(citations ? { citations } : {}),
    parseInlines: (text, position) => parseInlines(text, position, report),
    report,
  })
  return { document, messages, text: blocksText(document.sections[0]?.blocks ?? []) }
}

describe('citations', () => {
  test('author and year, with places, in the text and in brackets', async () => {
    const { text, messages, document } = build(
      'As @jones2016 [p. 650] says [see @acharya2014, p. 3; @jones2016], and Acharya [-@acharya2014].',
      await formatter(),
    )
    expect(messages).toEqual([])
    expect(text).toBe('As Jones & Smith (2016, p. 650) says (see Acharya, 2014, p. 3; Jones & Smith, 2016), and Acharya (2014).')
    expect(document.bibliography.map(({ id, content }) => `${id} ${inlineText(content)}`)).toEqual([
      'ref-acharya2014 Acharya, A. (2014). Constructing a Security Community. Routledge.',
      'ref-jones2016 Jones, L., & Smith, A. (2016). Failure & more. Review, 29, 647–670. https://example.org/a_b',
    ])
  })

  test('numbers in order of the text, notes where they are called', async () => {
    const { text, document } = build('First.^[In a note: @jones2016.] Then [@acharya2014].', await formatter('vancouver'))
    expect(text).toBe('First. Then (2).')
    expect(document.bibliography.map(({ key, label }) => `${label} ${key}`)).toEqual(['1. jones2016', '2. acharya2014'])
    expect(blocksText([...document.notes.values()][0]?.definition.blocks ?? [])).toBe('In a note: Jones and Smith (1).')
  })

  test('each work leads to its entry', async () => {
    const { document } = build('[@acharya2014; @jones2016]', await formatter())
    const [paragraph] = document.sections[0]?.blocks ?? []
    const citation = paragraph?.kind === 'paragraph' ? paragraph.content[0] : undefined
    const parts = citation?.kind === 'citation' ? citation.content : []
    expect(parts.map((part) => (part.kind === 'link' ? `${part.target} ${inlineText(part.content)}` : inlineText([part])))).toEqual([
      '(',
      '#ref-acharya2014 Acharya, 2014',
      ';',
      '#ref-jones2016 Jones & Smith, 2016',
      ')',
    ])
  })

  test('the same document comes out again after another was formatted', async () => {
    const one = build('[@jones2016] [@acharya2014]', await formatter('vancouver')).text
    build('[@acharya2014]', await formatter('vancouver'))
    expect(build('[@jones2016] [@acharya2014]', await formatter('vancouver')).text).toBe(one)
    expect(one).toBe('(1) (2)')
  })

  test('a key that is no work is told, with the one that was meant', async () => {
    const { messages, text } = build('So [@acharia2014] and @sec-onne.', await formatter())
    expect(messages.map(({ code, hint }) => `${code}: ${hint}`)).toEqual([
      'unknown-citation: Did you mean "acharya2014"? Write \\@acharia2014 for the characters as they are.',
      'unresolved-reference: Did you mean "@sec-one"?',
    ])
    expect(text).toContain('[@acharia2014]')
  })

  test('without a bibliography an @ in a sentence is a name; in brackets, or near an id, it is told', () => {
    expect(build('Ask @someone about it.').messages).toEqual([])
    expect(build('Ask @someone about it.').text).toBe('Ask @someone about it.')
    expect(build('So it is [@someone].').messages).toMatchObject([{ severity: 'error', code: 'unresolved-reference' }])
    expect(build('A paragraph. {#money}\n\nSee @mony.').messages).toMatchObject([
      { severity: 'warning', code: 'unresolved-reference', hint: 'Did you mean "@money"? Write \\@mony for the characters as they are.' },
    ])
  })

  test('an id without a prefix is a reference too', () => {
    const { document, messages } = build('See @work.\n\n## Work {#work}\n\nText.')
    expect(messages).toEqual([])
    expect([...document.references.values()].map((target) => target.label)).toEqual(['Section 2'])
  })
})

describe('bibliographies', () => {
  const item = { id: 'x', type: 'book', title: 'T', author: [{ family: 'F', given: 'G' }], issued: { 'date-parts': [[2020]] } }

  test('CSL data as JSON and as YAML say the same', async () => {
    const json = await readBibliography({ name: 'r.json', text: JSON.stringify([item]) })
    const yaml = await readBibliography({
      name: 'r.yaml',
      text: 'references:\n- id: x\n  type: book\n  title: T\n  author: [{family: F, given: G}]\n  issued: {date-parts: [[2020]]}\n',
    })
    expect(yaml).toEqual(json)
    expect(json).toHaveLength(1)
  })

  test.each([
    ['r.bib', '@book{x, title={a}', /./],
    ['r.json', '{"a": 1}', /list of works/],
    ['r.json', '[{"type": "book"}]', /no id/],
    ['r.json', '[', /JSON/],
    ['r.json', '[{"id": "x", "author": [null]}]', /field author of work 1/],
    ['r.json', '[{"id": "x", "title": {"a": 1}}]', /field title of work 1/],
    ['r.json', '[{"id": "x", "issued": {"date-parts": "x"}}]', /field issued of work 1/],
    ['r.yaml', 'a: [', /./],
  ])('%s with %s is told and not thrown', async (name, text, words) => {
    await expect(readBibliography({ name, text })).rejects.toMatchObject({
      name: 'CitationFileError',
      message: expect.stringMatching(words),
    })
  })
})
