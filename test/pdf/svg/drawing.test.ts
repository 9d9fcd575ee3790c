/** What PDF readers find of SVG pictures: text that can be searched, drawings that stand in the file once, and messages. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { renderPdf } from '../../../src/project/render-pdf.js'
import { closeTo, drawnPage } from '../../pictures.js'
import { hasTool, output, temporaryFolder } from '../../tools.js'

const folder = temporaryFolder()
const svg = (content: string, attributes = 'width="400" height="300"'): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes} aria-label="drawing">${content}</svg>`
const page = (body: string, css = ''): string =>
  `<!doctype html><html lang="en"><title>Test</title><style>@page { size: 600px 600px; margin: 0 } body { margin: 0; font-family: "Source Sans 3" } svg, img { display: block } ${css}</style>${body}</html>`

async function made(body: string, css = '') {
  const { pdf, diagnostics } = await renderPdf(page(body, css), { file: join(folder, 'test.html') })
  return { pdf, diagnostics, codes: diagnostics.map(({ code }) => code) }
}

interface Word {
  readonly text: string
  readonly left: number
  readonly top: number
  readonly right: number
}

/** Words with their places in px. */
async function words(content: string): Promise<readonly Word[]> {
  const { pdf } = await made(svg(content))
  const path = join(folder, 'words.pdf')
  writeFileSync(path, pdf)
  const px = (text: string | undefined): number => Number(text) / 0.75
  return Array.from(
    output('pdftotext', ['-bbox', path, '-']).matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>([^<]*)</g),
    (match) => ({
      text: match[4] as string,
      left: px(match[1]),
      top: px(match[2]),
      right: px(match[3]),
    }),
  )
}

describe.skipIf(!hasTool('pdftotext'))('SVG text', () => {
  test('stands where x, y, dx, dy and anchors put it', async () => {
    const [start, middle, end, moved] = await words(
      '<text x="100" y="50">Start</text><text x="200" y="100" text-anchor="middle">Middle</text><text x="300" y="150" text-anchor="end">End</text><text x="10" y="200" dx="40" dy="-20">Moved</text>',
    )
    expect(start?.left).toBeCloseTo(100, 0)
    expect(((middle?.left ?? 0) + (middle?.right ?? 0)) / 2).toBeCloseTo(200, 0)
    expect(end?.right).toBeCloseTo(300, 0)
    expect(moved?.left).toBeCloseTo(50, 0)
    expect((moved?.top ?? 0) - (start?.top ?? 0)).toBeCloseTo(130, 0)
  })

  test('lists of positions place each character', async () => {
    const found = await words('<text x="10 60 110 160" y="40 50 60 70">ABCD</text>')
    expect(found.map(({ text }) => text).join('')).toBe('ABCD')
    expect(found.map(({ left }) => Math.round(left))).toEqual([10, 60, 110, 160])
  })

  test('tspans go on where the text before them ends, spaces counted', async () => {
    const [whole] = await words('<text x="10" y="40">one two</text>')
    const parts = await words('<text x="10" y="40">one <tspan>two</tspan></text>')
    const single = await words('<text x="10" y="40">one</text>')
    expect(whole?.text).toBe('one')
    expect(parts.at(-1)?.text).toBe('two')
    expect(parts.at(-1)?.left).toBeGreaterThan((single[0]?.right ?? 0) + 2)
  })

  test('textLength sets how long a text is', async () => {
    for (const adjust of ['spacing', 'spacingAndGlyphs']) {
      const found = await words(`<text x="20" y="40" textLength="250" lengthAdjust="${adjust}">Stretched</text>`)
      expect((found.at(-1)?.right ?? 0) - (found[0]?.left ?? 0), adjust).toBeCloseTo(250, -1)
    }
  })

  test('text along a path goes where the path goes', async () => {
    const found = await words(
      '<path id="p" d="M50 200H350" fill="none"/><text><textPath href="#p" startOffset="100">along</textPath></text><text x="150" y="100">plain</text>',
    )
    const [first, second] = ['along', 'plain'].map((text) => found.find((word) => word.text === text))
    expect(first?.left).toBeCloseTo(150, -1)
    expect((first?.top ?? 0) - (second?.top ?? 0)).toBeCloseTo(100, -1)
  })

  test('outlined text is in the file once', async () => {
    const found = await words('<text x="20" y="40" stroke="white" stroke-width="2" paint-order="stroke">Label</text>')
    expect(found.map(({ text }) => text)).toEqual(['Label'])
  })

  test('all words of a picture can be found, those of other scripts too', async () => {
    const found = await words('<text x="20" y="40" font-family="Noto Sans Khmer">កម្ពុជា</text><text x="20" y="80">plain</text>')
    expect(found.map(({ text }) => text)).toEqual(['កម្ពុជា', 'plain'])
  })
})

describe.skipIf(!hasTool('pdftoppm'))('SVG pictures', () => {
  test('styles of the document reach svg elements, and elements of one refer to those of another', async () => {
    const sprite =
      '<svg style="display: none"><symbol id="dot" viewBox="0 0 2 2"><rect width="2" height="2" fill="currentColor"/></symbol></svg>'
    const { pdf } = await made(
      `${sprite}${svg('<rect class="bar" width="100" height="100"/><use href="#dot" x="100" width="100" height="100"/>')}`,
      ':root { --brand: #0a8040 } .bar { fill: var(--brand) } svg { color: #cc2200 }',
    )
    const drawn = await drawnPage(pdf)
    expect(closeTo(drawn.at(50, 50), [0x0a, 0x80, 0x40])).toBe(true)
    expect(closeTo(drawn.at(150, 50), [0xcc, 0x22, 0])).toBe(true)
  })

  test('a picture of an address keeps to itself: the document’s colours and styles do not reach it', async () => {
    const url = `data:image/svg+xml,${encodeURIComponent(svg('<rect class="bar" width="400" height="300" fill="currentColor"/>'))}`
    const { pdf } = await made(`<img alt="x" src="${url}">`, 'img { color: red } .bar { fill: red }')
    expect(closeTo((await drawnPage(pdf)).at(50, 50), [0, 0, 0])).toBe(true)
  })

  test('what is shown often stands in the file once', async () => {
    const url = `data:image/svg+xml,${encodeURIComponent(svg('<path d="M0 0L10 10" stroke="black"/>', 'width="10" height="10"'))}`
    const once = await made(`<div style="width: 10px; height: 10px; background: url('${url}')"></div>`)
    const often = await made(`<div style="width: 500px; height: 500px; background: url('${url}')"></div>`)
    const forms = (pdf: Uint8Array): number => Buffer.from(pdf).toString('latin1').split('/Subtype /Form').length - 1
    expect(forms(often.pdf)).toBe(forms(once.pdf))
  })

  test('numbers are exact however small the units are', async () => {
    const { pdf } = await made(
      svg('<rect x=".0011" y=".0011" width=".0008" height=".0008" fill="red"/>', 'width="300" height="300" viewBox="0 0 .003 .003"'),
    )
    const drawn = await drawnPage(pdf)
    expect(closeTo(drawn.at(115, 115), [255, 0, 0])).toBe(true)
    expect(closeTo(drawn.at(105, 150), [255, 255, 255])).toBe(true)
    expect(closeTo(drawn.at(195, 150), [255, 255, 255])).toBe(true)
  })

  test('pictures in pictures are drawn where they are of data: addresses, and told where not', async () => {
    const inner = `data:image/svg+xml,${encodeURIComponent(svg('<rect width="10" height="10" fill="#00aa00"/>', 'viewBox="0 0 10 10"'))}`
    const { pdf, codes } = await made(
      svg(
        `<image href="${inner}" x="50" y="50" width="100" height="100"/><image xlink:href="https://example.org/a.png" width="9" height="9"/>`,
      ),
    )
    expect(closeTo((await drawnPage(pdf)).at(100, 100), [0, 0xaa, 0])).toBe(true)
    expect(codes).toEqual(['svg-external'])
  })

  test('what is not drawn is told once, by its name', async () => {
    const content =
      '<filter id="f"/><rect filter="url(#f)" width="9" height="9"/><rect filter="url(#f)" width="9" height="9"/><foreignObject><p>x</p></foreignObject><rect width="5" height="5"><animate attributeName="x"/></rect>'
    const { diagnostics } = await made(svg(content))
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'the filter property of SVG elements is not drawn',
      'the SVG element <foreignObject> is not drawn',
      'the SVG element <animate> is not drawn',
    ])
  })

  test.each([
    ['use in itself', '<g id="a"><use href="#a"/></g><use href="#b" id="b"/>'],
    [
      'pattern in itself',
      '<pattern id="p" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="url(#p)"/></pattern><rect width="90" height="90" fill="url(#p)"/>',
    ],
    [
      'mask in itself',
      '<mask id="m"><rect width="9" height="9" mask="url(#m)" fill="white"/></mask><rect width="9" height="9" mask="url(#m)"/>',
    ],
    [
      'clip path in itself',
      '<clipPath id="c" clip-path="url(#c)"><rect width="9" height="9" clip-path="url(#c)"/></clipPath><rect width="9" height="9" clip-path="url(#c)"/>',
    ],
    ['marker in itself', '<marker id="k"><path d="M0 0L1 1" marker-end="url(#k)"/></marker><path d="M0 0L9 9" marker-end="url(#k)"/>'],
    [
      'gradients in a ring',
      '<linearGradient id="x" href="#y"/><linearGradient id="y" href="#x"/><rect width="9" height="9" fill="url(#x)"/>',
    ],
    ['deep nesting', `${'<g>'.repeat(3000)}<rect width="9" height="9"/>${'</g>'.repeat(3000)}`],
    [
      'nonsense',
      '<path d="M0 0L"/><rect width="-5" height="x"/><circle r="NaN"/><polygon points="1"/><text x="," textLength="-1">a</text><use href="#"/><rect fill="url(" stroke-dasharray="a"/>',
    ],
  ])('ends with %s', async (_, content) => {
    const { pdf } = await made(svg(content))
    expect(pdf.length).toBeGreaterThan(1000)
  })

  test('elements that multiply without end are cut off and told', async () => {
    const levels = Array.from({ length: 12 }, (_, index) => `<g id="l${index + 1}">${`<use href="#l${index}"/>`.repeat(10)}</g>`).join('')
    const { codes } = await made(svg(`<defs><rect id="l0" width="1" height="1"/>${levels}</defs><use href="#l12"/>`))
    expect(codes).toEqual(['svg-too-large'])
  })
})
