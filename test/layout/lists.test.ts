/** Lists, markers, counters and generated content on real pages, read from the PDF's text with its positions. */
import { describe, expect, test } from 'vitest'
import { hasTool, output } from '../tools.js'
import { words } from './words.js'

const text = async (html: string, css = ''): Promise<string> => {
  const { path } = await words(html, css)
  return output('pdftotext', ['-raw', path, '-']).replace(/\s+/g, ' ').trim()
}

describe.skipIf(!hasTool('pdftotext'))('markers', () => {
  test('stand outside the content, or in its line', async () => {
    const { word } = await words('<ol><li>alpha<li>beta</ol><ol style="list-style-position: inside"><li>gamma</ol>')
    const [outside, inside] = [word('alpha'), word('gamma')]
    expect(outside.x).toBeCloseTo(40, 0)
    expect(word('1.').right).toBeLessThan(40)
    expect(inside.x).toBeGreaterThan(50)
    expect(word('beta').bottom).toBeCloseTo(word('2.').bottom, 0)
  })

  test('in right-to-left lists stand at the right, outside and inside', async () => {
    const { words: all } = await words(
      '<ol dir=rtl style="list-style: lower-roman"><li>outer<li style="list-style-position: inside">inner</ol>',
    )
    const at = (name: string) => all.find((one) => one.text.includes(name))
    expect(at('outer')?.right).toBeCloseTo(560, 0)
    const row = all.filter((one) => Math.abs(one.bottom - (at('inner')?.bottom ?? 0)) < 2)
    expect(Math.max(...row.map((one) => one.right))).toBeCloseTo(560, 0)
    expect(row.map((one) => one.text).join(' ')).toMatch(/^inner/)
  })

  test('keep clear of floats as their lines do', async () => {
    const { word } = await words('<div style="float: left; width: 100px; height: 90px"></div><ol><li>beside</ol>')
    expect(word('beside').x).toBeCloseTo(100, 0)
    expect(word('1.').x).toBeGreaterThan(70)
  })

  test('an empty item is a line high, and stays apart from what follows', async () => {
    const { word } = await words('<ol><li><li><li><div></div></li><li>last</ol>', 'li { line-height: 20px }')
    expect(word('4.').top - word('1.').top).toBeCloseTo(60, 0)
    expect(word('last').bottom).toBeCloseTo(word('4.').bottom, 0)
  })

  test('stand beside the first line of a paragraph or a table in the item', async () => {
    const { word } = await words('<ol><li><p>first</p><p>second</p><li><table><tr><td>cell</table></ol>')
    expect(word('1.').bottom).toBeCloseTo(word('first').bottom, 0)
    expect(word('2.').bottom).toBeCloseTo(word('cell').bottom, 0)
  })

  test('take ::marker’s content, fonts and colours, but no box', async () => {
    const { word } = await words(
      '<ol><li>one</ol>',
      'li::marker { content: "§" counter(list-item, upper-roman) ":"; font-size: 8px; padding: 50px; position: absolute }',
    )
    expect(word('§I:').bottom - word('§I:').top).toBeLessThan(14)
    expect(word('§I:').right).toBeLessThanOrEqual(40.5)
  })

  test('keep the spaces at their end', async () => {
    const start = async (marker: string): Promise<number> => {
      const { words: all } = await words('<ol><li>one</ol>', `li::marker { content: "${marker}" }`)
      return all.find((one) => one.text.startsWith('k)'))?.x ?? Number.NaN
    }
    expect((await start('k)')) - (await start('k)   '))).toBeGreaterThan(10)
  })

  test('belong to every list item, whatever the element', async () => {
    const got = await text(
      '<p>Text <span class=i>inline</span> more</p><div class=b>block</div><p class=g>own</p>',
      '.i { display: inline list-item; list-style: decimal } .b { display: list-item; list-style: "→ " inside } .g::before { content: "made"; display: list-item; list-style: square inside }',
    )
    expect(got).toBe('Text 1. inline more → block ▪ made own')
  })

  test('first letters are the text’s, not the marker’s', async () => {
    const { word } = await words(
      '<ul style="list-style: inside square"><li>Word</ul>',
      'li::first-letter { font-size: 40px } li { line-height: 50px }',
    )
    expect(word('▪').bottom - word('▪').top).toBeLessThan(30)
  })
})

describe.skipIf(!hasTool('pdftotext'))('counters', () => {
  test('start, value and reversed', async () => {
    expect(await text('<ol start=5><li>a<li value=9>b<li>c</ol>')).toBe('5. a 9. b 10. c')
    expect(await text('<ol reversed><li>a<li>b<ol><li>x<li>y</ol><li>c</ol>')).toBe('3. a 2. b 1. x 2. y 1. c')
    expect(await text('<ol reversed start=10><li>a<li>b</ol>')).toBe('10. a 9. b')
    expect(await text('<ol reversed><li>a<li value=7>b<li>c</ol>')).toBe('8. a 7. b 6. c')
  })

  test('reversed() counts what is in its scope, elements and pseudo-elements alike', async () => {
    const got = await text(
      '<section><h2>a</h2><div><h2>b</h2></div><h2>c</h2></section>',
      'section { counter-reset: reversed(part) } h2 { counter-increment: part -1 } h2::before { content: counter(part) "/" } ',
    )
    expect(got).toBe('3/a 2/b 1/c')
  })

  test('nest by scope, and siblings share', async () => {
    const got = await text(
      '<ul><li>a<ul><li>b<li>c<ul><li>d</ul></ul><li>e</ul><p>f',
      'ul { counter-reset: n; list-style: none } li { counter-increment: n } li::before { content: counters(n, ".", upper-roman) " " } p::before { content: counter(n) " " }',
    )
    expect(got).toBe('I a I.I b I.II c I.II.I d II e 2 f')
  })

  test('are set after they are incremented, and display: none counts nothing', async () => {
    const got = await text(
      '<p>a<p style="display: none">b<p style="counter-set: n 7">c<p>d',
      'p { counter-increment: n 2 } p::before { content: counter(n) }',
    )
    expect(got).toBe('2a 7c 9d')
  })
})

describe.skipIf(!hasTool('pdftotext'))('generated content', () => {
  test('makes boxes of every kind', async () => {
    const { word } = await words(
      '<p class=f>float</p><p class=a>absolute</p><div class=c>cell</div><p class=n>contents</p><p class=x>flex</p>',
      `.f::before { content: "F"; float: right } .a { position: relative } .a::after { content: "A"; position: absolute; right: 50px; top: 0 }
       .c::before { content: "L"; display: table-cell; padding-right: 30px } .c::after { content: "R"; display: table-cell }
       .n::before { content: "N"; display: contents } .x { display: flex; justify-content: space-between } .x::after { content: "X" }`,
    )
    expect(word('F').right).toBeCloseTo(600, 0)
    expect(word('A').right).toBeCloseTo(550, 0)
    expect(word('L').top).toBeLessThan(word('cell').top)
    expect(word('Ncontents').x).toBeCloseTo(0, 0)
    expect(word('X').right).toBeCloseTo(600, 0)
    expect(word('X').bottom).toBeCloseTo(word('flex').bottom, 0)
  })

  test('takes attributes, or what stands in for them', async () => {
    expect(await text('<p title=T>x<p>y', 'p::before { content: attr(title, "none") attr(data-missing) " " }')).toBe('T x none y')
  })

  test('joins the cells of a row', async () => {
    const { word } = await words(
      '<table><tr><td>mid</table>',
      'tr::before { content: "lead"; display: table-cell } tr::after { content: "tail"; display: table-cell }',
    )
    expect(word('lead').right).toBeLessThan(word('mid').x)
    expect(word('mid').right).toBeLessThan(word('tail').x)
    expect(word('tail').bottom).toBeCloseTo(word('lead').bottom, 0)
  })

  test('quotes go by language and depth, and a closing mark that nothing opened is none', async () => {
    expect(await text('<p><q>a <q>b <q>c</q></q></q>')).toBe('“a ‘b ‘c’’”')
    expect(await text('<p lang=de><q>a <q>b</q></q>')).toBe('„a ‚b‘“')
    expect(
      await text(
        '<p>x',
        'p { quotes: "<" ">" "[" "]" } p::before { content: close-quote open-quote no-open-quote open-quote } p::after { content: close-quote no-close-quote close-quote }',
      ),
    ).toBe('<[x]>')
    expect(await text('<p>x', 'p { quotes: none } p::before { content: open-quote "n" }')).toBe('nx')
  })

  test('a picture has its place, and its text where it cannot be had', async () => {
    const image = "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='50' height='9'/%3E\")"
    const { word } = await words(
      '<p class=a>after</p><p class=b>kept</p><p class=c>gone</p>',
      `.a::before { content: ${image} / "alternative" } .b::before { content: url(missing.png) / "instead " } .c { content: ${image} }`,
    )
    expect(word('after').x).toBeCloseTo(50, 0)
    expect(word('instead').x).toBeCloseTo(0, 0)
    expect(() => word('gone')).toThrow()
  })
})
