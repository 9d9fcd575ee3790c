/** Inline layout on real pages: vertical alignment, first lines and letters, bidi, decoration. Positions are read from the PDF's text. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { renderPdf } from '../../src/project/render-pdf.js'
import { hasFile, hasTool, output } from '../tools.js'
import { folder, type Word, words } from './words.js'

describe.skipIf(!hasTool('pdftotext'))('inline layout', () => {
  test('vertical-align moves boxes against their parent or the line', async () => {
    const { word } = await words(
      '<p>base <span style="vertical-align: 10px">up</span> <span style="vertical-align: -5px">down</span> <span style="vertical-align: super; font-size: 10px">sup</span></p>',
    )
    expect(word('base').bottom - word('up').bottom).toBeCloseTo(10, 0)
    expect(word('down').bottom - word('base').bottom).toBeCloseTo(5, 0)
    expect(word('sup').bottom).toBeLessThan(word('base').bottom)
  })

  test('top and bottom align to a line that something else made higher', async () => {
    const { word } = await words(
      '<p>x <span style="font-size: 60px; line-height: 80px">Big</span> <span style="vertical-align: top; line-height: 20px">top</span> <span style="vertical-align: bottom; line-height: 20px">low</span></p><p>next</p>',
    )
    expect(word('low').top - word('top').top).toBeGreaterThan(40)
    expect(word('next').top - word('low').top).toBeCloseTo(25, 0)
  })

  test('first-line and first-letter', async () => {
    const { word, words: all } = await words(
      '<div class="d"><p>Once upon a time there was a long line of words that needs two lines at least to be set here, and more.</p><p>Second</p></div>',
      '.d::first-line { text-transform: uppercase; letter-spacing: 2px } .d::first-letter { font-size: 40px }',
    )
    const first = all.filter((one) => one.bottom < 45).map((one) => one.text)
    expect(first.slice(0, 2).join('')).toBe('Once')
    const later = word('Second')
    expect(later.bottom - later.top).toBeLessThan(30)
    const plain = await words(
      '<p>Once upon a time there was a long line of words that needs two lines at least to be set here, and more.</p>',
    )
    const perLine = (list: readonly Word[]): number => list.filter((one) => one.bottom < 45).length
    expect(perLine(all)).toBeLessThan(perLine(plain.words))
  })

  test('direction and unicode-bidi order what they hold', async () => {
    const { word } = await words('<p>start <bdo dir="rtl">one two</bdo> end</p><p dir="rtl">right side</p>')
    expect(word('start').right).toBeLessThan(word('end').x)
    expect(word('side').right).toBeCloseTo(600, 0)
    const { word: inner } = await words('<p><bdo dir="rtl">aaa <span dir="ltr">bbb</span> ccc</bdo> ddd</p>')
    expect(inner('ccc').x).toBeLessThan(inner('bbb').x)
    expect(inner('bbb').x).toBeLessThan(inner('aaa').x)
    expect(inner('aaa').right).toBeLessThan(inner('ddd').x)
  })

  test('no page ends in a part of a word', async () => {
    const text = Array.from({ length: 60 }, () => 'institutional responsibilities intergovernmental representatives').join(' ')
    const { path } = await words(
      `<p>${text}</p>`,
      '@page { size: 260px 200px } p { hyphens: auto; text-align: justify; orphans: 2; widows: 2 }',
    )
    const pages = output('pdftotext', [path, '-']).split('\f')
    expect(pages.length).toBeGreaterThan(5)
    expect(pages.join('')).toContain('\u00ad')
    for (const one of pages) expect(one.trimEnd()).not.toMatch(/\u00ad$/)
  })

  test('lines snap to a grid', async () => {
    const { words: all } = await words(
      '<h2>Heading</h2><p>aaa<br>bbb</p><p style="margin-top: 7px">ccc</p>',
      'html { line-height: 30px } body { line-snap: baseline } h2 { font-size: 27px; line-height: 37px; margin: 11px 0 }',
    )
    const baselines = ['aaa', 'bbb', 'ccc'].map((text) => all.find((word) => word.text === text)?.bottom ?? 0)
    for (const bottom of baselines) expect(Math.abs((bottom - (baselines[0] ?? 0) + 15) % 30) - 15).toBeCloseTo(0, 0)
  })

  test('shadows and emphasis marks are seen, not read', async () => {
    const { path } = await words('<p style="text-shadow: 2px 2px #999">Shadow</p><p style="text-emphasis: filled dot red">marks</p>')
    expect(output('pdftotext', [path, '-']).split(/\s+/).filter(Boolean)).toEqual(['Shadow', 'marks'])
  })

  test('a missing character is told with its place and a font that has it', async () => {
    const { diagnostics } = await renderPdf('<html lang=en><title>T</title>\n<p>a 🦀', { file: join(folder, 'm.html') })
    const [message] = diagnostics
    expect([message?.code, message?.position?.line, message?.position?.column]).toEqual(['character-missing', 2, 6])
    expect(message?.hint).toContain('Noto Emoji')
  })
})

describe.skipIf(!hasTool('pdftoppm') || !hasFile('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'))('underlines', () => {
  test('stop where letters cross them', async () => {
    const inked = async (css: string): Promise<number> => {
      const { path } = await words(`<p style="font-size: 60px; line-height: 90px; text-decoration: underline #f00; ${css}">gypq</p>`)
      output('pdftoppm', ['-r', '72', path, path])
      const { readFileSync } = await import('node:fs')
      const image = readFileSync(`${path}-1.ppm`)
      let red = 0
      for (let at = image.length - 3 * 450 * 600; at < image.length; at += 3)
        if ((image[at] ?? 0) > 200 && (image[at + 1] ?? 255) < 90 && (image[at + 2] ?? 255) < 90) red++
      return red
    }
    const whole = await inked('text-decoration-skip-ink: none')
    const skipped = await inked('')
    expect(whole).toBeGreaterThan(100)
    expect(skipped).toBeLessThan(whole * 0.8)
    expect(skipped).toBeGreaterThan(0)
  })
})
