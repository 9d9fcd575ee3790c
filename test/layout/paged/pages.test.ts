/** Which page text stands on, what its margins say, and how large the sheet is. */
import { describe, expect, test } from 'vitest'
import { hasTool, output } from '../../tools.js'
import { words } from '../words.js'

const small = '@page { size: 300px 200px; margin: 40px }'
const pagesOf = (found: Awaited<ReturnType<typeof words>>, ...texts: string[]): number[] => texts.map((text) => found.word(text).page)
const textOfPage = (found: Awaited<ReturnType<typeof words>>, page: number): string =>
  found.words
    .filter((word) => word.page === page)
    .map(({ text }) => text)
    .join(' ')

describe.skipIf(!hasTool('pdftotext'))('pages', () => {
  test('a name that changes starts a page, also deep inside; one that stays, or is auto in a named parent, does not', async () => {
    const found = await words(
      '<p>one</p><section class=a><div><p>two</p></div><p>three</p></section><p class=a>four</p><p>five</p>',
      '.a { page: a }',
    )
    expect(pagesOf(found, 'one', 'two', 'three', 'four', 'five')).toEqual([1, 2, 2, 2, 3])
  })
  test('floats and positioned boxes between siblings do not hide a forced break', async () => {
    const found = await words(
      '<p style="break-after: page">one</p><div style="position: absolute">abs</div><div style="float: left">fl</div><p>two</p>',
    )
    expect(pagesOf(found, 'one', 'two')).toEqual([1, 2])
  })
  test('a break before the first element chooses the first page’s side and makes no page', async () => {
    const found = await words(
      '<p style="break-before: left">one</p><p style="break-before: right">two</p>',
      '@page :left { @top-left { content: "L" } }',
    )
    expect(pagesOf(found, 'one', 'two')).toEqual([1, 2])
    expect(textOfPage(found, 1)).toContain('L')
    expect(textOfPage(found, 2)).not.toContain('L')
  })
  test('breaks ask for a side by number or by reading order; blank pages have margins of their own', async () => {
    const css = `${small} @page :blank { @top-center { content: "blank" } } @page :left { @bottom-left { content: "verso" } }`
    const found = await words('<p>one</p><p style="break-before: recto">three</p><p style="break-after: verso">again</p><p>four</p>', css)
    expect(pagesOf(found, 'one', 'three', 'again', 'four')).toEqual([1, 3, 3, 4])
    expect(textOfPage(found, 2)).toBe('blank verso')
  })
  test('in a document that is read from the right recto is left', async () => {
    const found = await words('<div dir=rtl>x</div>', 'html { direction: rtl } @page :left { @top-left { content: "left" } }')
    expect(textOfPage(found, 1)).toContain('left')
  })
  test(':nth() counts pages, or those of a group', async () => {
    const css = `${small} @page :nth(2n) { @top-left { content: "even" } } @page :nth(1 of ch) { @top-right { content: "opens" } } .ch { page: ch } .n { break-before: page }`
    const found = await words('<p>1</p><div class=ch><p>2</p><p class=n>3</p></div><div class="ch n"><p>4</p></div>', css)
    expect([1, 2, 3, 4].map((page) => textOfPage(found, page).replace(/\d ?/, '').trim())).toEqual(['', 'even opens', '', 'even opens'])
  })
  test('page counters start anew with elements and go on as @page says; counters of the text stand as at the page’s end', async () => {
    const css = `${small} @page { @bottom-left { content: counter(page) "-" counter(pages) } @bottom-right { content: "ch" counter(ch) } } body { counter-reset: ch } h1 { counter-increment: ch; break-before: page; font-size: 20px } .p { counter-reset: page 5 }`
    const found = await words('<p>a</p><h1 class=p>b</h1><h1>c</h1>', css)
    expect([1, 2, 3].map((page) => textOfPage(found, page))).toEqual(['a 1-3 ch0', 'b 5-3 ch1', 'c 6-3 ch2'])
  })
  test('a box higher than a page goes on over the next ones, and one that a page holds does not', async () => {
    const found = await words(
      '<div style="height: 300px; background: red">tall</div><p>after</p><div style="height: 110px">whole</div>',
      small,
    )
    expect(pagesOf(found, 'tall', 'after', 'whole')).toEqual([1, 3, 4])
  })
  test('text of a box that cannot go on is told of', async () => {
    const { renderPdf } = await import('../../../src/project/render-pdf.js')
    const html = `<!doctype html><html lang=en><title>T</title><style>${small}</style><div style="position: absolute; top: 250px">gone</div>`
    const { diagnostics } = await renderPdf(html, { file: 'test.html' })
    expect(diagnostics.map(({ code, position }) => [code, position?.line])).toContainEqual(['text-below-page', 1])
  })
  test('a page area of one line ends, with all text', async () => {
    const found = await words('<p>one two three<span style="float: footnote">note</span></p>', '@page { size: 100px 50px; margin: 10px }')
    expect(found.words.map(({ text }) => text).join(' ')).toContain('three')
  })
  test('a box of a height that is a slip of the pen makes no thousands of pages', async () => {
    const found = await words('<div style="height: 99999999px">one</div><p>two</p>')
    expect(Math.max(...found.words.map(({ page }) => page))).toBeLessThan(5)
  })
})

describe.skipIf(!hasTool('pdfinfo'))('sheets', () => {
  const boxes = (path: string): Record<string, readonly number[]> =>
    Object.fromEntries(
      [...output('pdfinfo', ['-box', path]).matchAll(/^(\w+Box): +(.*)$/gm)].map(([, name, sides = '']) => [
        name,
        sides.split(/ +/).map(Number),
      ]),
    )
  test('bleed and marks make the sheet larger, and leave what is cut where it is', async () => {
    const { path } = await words('<p>x</p>', '@page { size: 400px 200px; bleed: 8px; marks: crop cross }')
    const { MediaBox, BleedBox, TrimBox } = boxes(path)
    expect(TrimBox).toEqual([0, 0, 300, 150])
    expect(BleedBox).toEqual([-6, -6, 306, 156])
    expect(MediaBox?.[0]).toBeLessThan(-12)
  })
  test('marks for cutting ask for 6 pt of bleed; without marks and bleed there is the page alone', async () => {
    expect(boxes((await words('<p>x</p>', '@page { size: 400px 200px; marks: crop }')).path).BleedBox).toEqual([-6, -6, 306, 156])
    expect(boxes((await words('<p>x</p>', '@page { size: 400px 200px }')).path).MediaBox).toEqual([0, 0, 300, 150])
  })
  test('a page may be turned', async () => {
    const { path } = await words('<p>x</p>', '@page { page-orientation: rotate-left }')
    expect(output('pdfinfo', [path])).toMatch(/Page rot: +270/)
  })
})
