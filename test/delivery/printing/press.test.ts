import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { briefpress, hasTool, output, projectFolder, temporaryFolder } from '../../tools.js'

const millimetre = 72 / 25.4
const operators = (file: string): string => output('qpdf', ['--qdf', '--object-streams=disable', '--decode-level=generalized', file, '-'])

async function colorfulDocument(folder: string): Promise<string> {
  const red = { width: 40, height: 20, channels: 3, background: '#c02030' } as const
  await sharp({ create: red }).png().toFile(join(folder, 'a.png'))
  await sharp({ create: red }).jpeg().withMetadata({ orientation: 6 }).toFile(join(folder, 'a.jpg'))
  await sharp({ create: { ...red, channels: 4, background: { r: 200, g: 20, b: 20, alpha: 0.5 } } })
    .png()
    .toFile(join(folder, 'b.png'))
  await sharp({ create: red }).webp().toFile(join(folder, 'a.webp'))
  const data = (await sharp({ create: red }).png().toBuffer()).toString('base64')
  writeFileSync(
    join(folder, 'a.svg'),
    `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><rect width="30" height="30" fill="#06c"/><image x="30" width="30" height="15" href="data:image/png;base64,${data}"/></svg>`,
  )
  const style = `
    @page { size: 400px 500px; marks: crop; margin: 20px; background: #eef6ff }
    h1 { color: #c02030; border-bottom: 2px solid #0a0 }
    div { height: 30px } .linear { background: linear-gradient(90deg, #f00, #00f8) } .radial { background: radial-gradient(#ff0, #080) }
    .conic { background: conic-gradient(red, lime, blue, red) } .faint { opacity: .5; background: #f0f } .shadow { box-shadow: 2px 2px 4px #00f }`
  const pictures = ['a.png', 'a.jpg', 'b.png', 'a.webp', 'a.svg'].map((name) => `<img src="${name}" alt="${name}">`)
  const boxes = ['linear', 'radial', 'conic', 'faint', 'shadow'].map((name) => `<div class="${name}"></div>`)
  const svg =
    '<svg width="40" height="20"><linearGradient id="g"><stop stop-color="red"/><stop offset="1" stop-color="#00f" stop-opacity=".3"/></linearGradient><rect width="40" height="20" fill="url(#g)" stroke="#0f0" opacity=".9"/></svg>'
  writeFileSync(
    join(folder, 'c.html'),
    `<!doctype html><html lang="en"><title>C</title><style>${style}</style><h1>Colour</h1>${pictures.join(' ')}${boxes.join('')}${svg}`,
  )
  return 'c.html'
}

describe.skipIf(!hasTool('qpdf') || !hasTool('pdfinfo'))('--grayscale', () => {
  test('nothing of a document with everything keeps a colour, and nothing changes its place', async () => {
    const folder = temporaryFolder()
    const name = await colorfulDocument(folder)
    const options = ['--pdf-standard', 'ua-1']
    for (const [out, more] of [
      ['color.pdf', []],
      ['gray.pdf', ['--grayscale']],
      ['again.pdf', ['--grayscale']],
    ] as const) {
      const run = briefpress(['pdf', name, '-o', out, ...options, ...more], { cwd: folder })
      expect([run.code, run.err]).toEqual([0, ''])
    }
    const inColor = operators(join(folder, 'color.pdf'))
    const inGray = operators(join(folder, 'gray.pdf'))
    const colorful = /^[\d. ]+ (?:rg|RG)$|\/DeviceRGB|\/DeviceCMYK|\/ICCBased/gm
    expect(inColor.match(colorful)?.length).toBeGreaterThan(15)
    expect(inGray.match(colorful)).toBeNull()
    const placing = (text: string) => text.match(/^[-\d. ]+ (?:re|cm|Tm|Td)$/gm)
    expect(placing(inGray)).toEqual(placing(inColor))
    expect(operators(join(folder, 'again.pdf'))).toBe(inGray)
  }, 60_000)

  test.skipIf(!hasTool('pdftoppm'))('greys are those that a grey reading of the colours gives', async () => {
    const folder = temporaryFolder()
    const colors = ['#c02030', '#00a040', '#0060cc', '#ffff00', '#888888', '#000000', '#ffffff']
    const boxes = colors.map((color) => `<div style="background:${color}"></div>`).join('')
    const style = '@page { size: 100px 140px; margin: 0 } body { margin: 0 } div { height: 20px; width: 50px }'
    writeFileSync(join(folder, 'd.html'), `<!doctype html><html lang="en"><title>D</title><style>${style}</style>${boxes}`)
    briefpress(['pdf', 'd.html', '--grayscale'], { cwd: folder })
    output('pdftoppm', ['-r', '96', '-png', join(folder, 'd.pdf'), join(folder, 'd')])
    const { data } = await sharp(join(folder, 'd-1.png')).removeAlpha().raw().toBuffer({ resolveWithObject: true })
    for (const [index, color] of colors.entries()) {
      const picture = sharp({ create: { width: 1, height: 1, channels: 3, background: color } })
      const gray = await picture.toColourspace('b-w').raw().toBuffer()
      const at = ((index * 20 + 10) * 100 + 20) * 3
      const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3)
      expect([green, blue]).toEqual([red, red])
      expect(Math.abs(red - (gray[0] ?? -99))).toBeLessThanOrEqual(2)
    }
  })

  test('pictures of vectors in addresses are grey as well', () => {
    const folder = temporaryFolder()
    const svg = `<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9' fill='red'/></svg>`
    writeFileSync(
      join(folder, 'e.html'),
      `<!doctype html><html lang="en"><title>E</title><img alt="x" src="data:image/svg+xml,${encodeURIComponent(svg)}">`,
    )
    const run = briefpress(['pdf', 'e.html', '--grayscale'], { cwd: folder })
    expect([run.code, run.err]).toEqual([0, ''])
    expect(operators(join(folder, 'e.pdf'))).not.toMatch(/ rg$|DeviceRGB/m)
  })
})

describe('what cannot be had in print', () => {
  test('a picture that stays in colour where all is to be grey is an error', async () => {
    const folder = temporaryFolder()
    const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#c02030' } })
      .png()
      .toBuffer()
    const picture = `<image width='9' height='9' href='data:image/png;base64,${png.toString('base64')}'/>`
    const svg = `<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>${picture}</svg>`
    writeFileSync(
      join(folder, 'f.html'),
      `<!doctype html><html lang="en"><title>F</title><p>x</p><img alt="x" src="data:image/svg+xml,${encodeURIComponent(svg)}">`,
    )
    const run = briefpress(['pdf', 'f.html', '--grayscale'], { cwd: folder })
    expect([run.code, run.err]).toEqual([1, expect.stringMatching(/A picture keeps its colours.*\[picture-in-color\]/)])
    expect(briefpress(['pdf', 'f.html'], { cwd: folder }).code).toBe(0)
  })

  test.each(['color: device-cmyk(0 1 1 0)', 'background: color(--swop 0 1 0 0)'])('%s is told to be an ink', (declaration) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'k.css'), `p { ${declaration} }`)
    writeFileSync(join(folder, 'k.html'), '<!doctype html><html lang="en"><title>K</title><p>x')
    const cli = [process.execPath, join(projectFolder, 'dist', 'cli.js'), 'pdf', join(folder, 'k.html'), '--css', join(folder, 'k.css')]
    expect(output('sh', ['-c', 'exec "$0" "$@" 2>&1', ...cli])).toMatch(/k\.css:1:\d+: warning: ".*" of \w+ is an ink of a printing press/)
  })
})

describe.skipIf(!hasTool('pdfinfo'))('--marks and --bleed', () => {
  test('the sheet grows around the page, and the page keeps its size', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a.html'), '<!doctype html><html lang="en"><title>A</title><style>@page { size: a5 }</style><p>Hello')
    briefpress(['pdf', 'a.html', '--marks', 'crop', '--bleed', '3mm'], { cwd: folder })
    const boxes = output('pdfinfo', ['-box', join(folder, 'a.pdf')])
    const box = (name: string) =>
      (new RegExp(`${name}:\\s+(.*)`).exec(boxes)?.[1] ?? '')
        .trim()
        .split(/\s+/)
        .map((value) => Number(value) / millimetre)
    const [trim, bleed, media] = [box('TrimBox'), box('BleedBox'), box('MediaBox')]
    expect(trim).toEqual([0, 0, 148, 210].map((value) => expect.closeTo(value, 1)))
    expect(bleed).toEqual([-3, -3, 151, 213].map((value) => expect.closeTo(value, 1)))
    expect(media[0]).toBeLessThan(-6)
  })

  test('what is no mark or no length is told', () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'a.html'), '<p>Hello')
    expect(briefpress(['pdf', 'a.html', '--marks', 'cut'], { cwd }).err).toMatch(/there are no marks "cut"; known are crop, cross/)
    expect(briefpress(['pdf', 'a.html', '--bleed', '3'], { cwd }).err).toMatch(/--bleed takes a length/)
  })
})

describe.skipIf(!hasTool('pdftotext'))('--duplex', () => {
  const source = [
    '---',
    'title: Two sides',
    'lang: en',
    '---',
    '',
    ...['First', 'Second', 'Third'].flatMap((name) => [`# ${name}`, '', 'Some text.', '']),
  ].join('\n')
  const pagesWith = (options: readonly string[]) => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'content'))
    writeFileSync(join(folder, 'content', 'a.md'), source)
    const run = briefpress(['build', '--editions', 'report', '--formats', 'pdf', ...options], { cwd: folder })
    expect([run.code, run.err]).toEqual([0, ''])
    return output('pdftotext', ['-raw', join(folder, 'out', 'a-report.pdf'), '-'])
      .split('\f')
      .slice(0, -1)
  }

  test('chapters start on odd pages, and what is left empty before them is empty', () => {
    const pages = pagesWith(['--duplex'])
    const chapters = ['First', 'Second', 'Third'].map(
      (name) => pages.findIndex((text) => new RegExp(`^(?:\\d )?${name}$`, 'm').test(text) && text.includes('Some text')) + 1,
    )
    expect(chapters.every((page) => page % 2 === 1 && page > 1)).toBe(true)
    expect(new Set(chapters).size).toBe(3)
    for (const page of chapters.slice(1)) expect(pages[page - 2]?.trim()).toBe('')
  })

  test('on one side nothing changes', () => {
    expect(pagesWith(['--duplex', 'simplex'])).toEqual(pagesWith([]))
  })
})
