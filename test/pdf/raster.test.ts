/** PNG, JPEG, WebP, AVIF and GIF of every kind, drawn as a decoder sees them. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import { renderPdf } from '../../src/project/render-pdf.js'
import { closeTo, difference, drawnPage, makePng, pixelsOf } from '../pictures.js'
import { hasTool, output, temporaryFolder } from '../tools.js'

const folder = temporaryFolder()
/** The share of pixels that edges may take; a picture turned or coloured otherwise differs in ten times as many. */
const smoothed = 0.04
const drawing = (opacity: number): Sharp =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="180" height="120" viewBox="0 0 60 40">${opacity === 1 ? '<rect width="60" height="40" fill="#fc3"/>' : ''}<circle cx="20" cy="20" r="15" fill="#c03"/><rect x="40" y="5" width="10" height="30" fill="#036" opacity="${opacity}"/></svg>`,
    ),
  )
const opaque = (): Sharp => drawing(1).removeAlpha()
const clear = (): Sharp => drawing(0.5)

async function made(body: string, css = '') {
  const html = `<!doctype html><html lang="en"><title>Test</title><style>@page { size: 200px 200px; margin: 0 } body { margin: 0 } img { display: block } ${css}</style>${body}</html>`
  const { pdf, diagnostics } = await renderPdf(html, { file: join(folder, 'test.html') })
  return { pdf, codes: diagnostics.map(({ code }) => code), diagnostics }
}

/** The picture alone in the page's corner, and the share of pixels that are not the decoder's. */
async function drawnDifference(name: string, data: Uint8Array): Promise<number> {
  writeFileSync(join(folder, name), data)
  const { pdf, codes } = await made(`<img src="${name}" alt="x">`)
  expect(codes).toEqual([])
  return difference(await drawnPage(pdf), await pixelsOf(await sharp(data).autoOrient().png().toBuffer()), 24)
}

const kinds: Readonly<Record<string, () => Promise<Buffer>>> = {
  'rgb.png': () => opaque().png().toBuffer(),
  'rgba.png': () => clear().png().toBuffer(),
  'interlaced.png': () => opaque().png({ progressive: true }).toBuffer(),
  'interlaced-alpha.png': () => clear().png({ progressive: true }).toBuffer(),
  'palette.png': () => clear().png({ palette: true }).toBuffer(),
  'palette-of-four.png': () => clear().png({ palette: true, colours: 4 }).toBuffer(),
  'palette-interlaced.png': () => clear().png({ palette: true, colours: 4, progressive: true }).toBuffer(),
  'grey.png': () => opaque().greyscale().png().toBuffer(),
  'grey-alpha.png': () => clear().greyscale().png().toBuffer(),
  'rgb16.png': () => opaque().toColourspace('rgb16').png().toBuffer(),
  'rgba16-interlaced.png': () => clear().toColourspace('rgb16').png({ progressive: true }).toBuffer(),
  'grey16-interlaced.png': () => opaque().toColourspace('grey16').png({ progressive: true }).toBuffer(),
  'rgb.jpg': () => opaque().jpeg({ quality: 95 }).toBuffer(),
  'progressive.jpg': () => opaque().jpeg({ progressive: true }).toBuffer(),
  'grey.jpg': () => opaque().greyscale().jpeg().toBuffer(),
  'a.webp': () => clear().webp({ lossless: true }).toBuffer(),
  'a.avif': () => clear().avif({ lossless: true }).toBuffer(),
  'a.gif': () => clear().gif().toBuffer(),
  'webp-by-another-name.png': () => clear().webp({ lossless: true }).toBuffer(),
}

describe.skipIf(!hasTool('pdftoppm'))('raster pictures', () => {
  test.each(Object.keys(kinds))('%s looks as it is', async (name) => {
    const make = kinds[name] as () => Promise<Buffer>
    expect(await drawnDifference(name, await make())).toBeLessThan(smoothed)
  })

  test.each([1, 2, 4, 8])('grey of %i bits, with one colour transparent', async (bits) => {
    const size = 160
    const row = Math.ceil((size * bits) / 8)
    const rows = Uint8Array.from({ length: row * size }, (_, index) => (Math.floor(index / row / 40) % 2 === 0 ? 0 : 0xff))
    const plain = makePng({ width: size, height: size, bits, colorType: 0, rows })
    expect(await drawnDifference(`grey${bits}.png`, plain)).toBeLessThan(smoothed)
    const clearBlack = makePng({ width: size, height: size, bits, colorType: 0, rows, chunks: [['tRNS', Uint8Array.from([0, 0])]] })
    writeFileSync(join(folder, 'key.png'), clearBlack)
    const { pdf } = await made('<img src="key.png" alt="x" style="width: 160px; height: 160px">', 'body { background: #00ff00 }')
    const drawn = await drawnPage(pdf)
    expect(closeTo(drawn.at(80, 20), [0, 255, 0])).toBe(true)
    expect(closeTo(drawn.at(80, 60), [255, 255, 255])).toBe(true)
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('Exif orientation %i turns the picture, not its bytes', async (orientation) => {
    const data = await opaque().jpeg({ quality: 95 }).withMetadata({ orientation }).toBuffer()
    expect(await drawnDifference(`turned${orientation}.jpg`, data)).toBeLessThan(smoothed)
    const { pdf } = await made(`<img src="turned${orientation}.jpg" alt="x">`)
    expect(Buffer.from(pdf).includes(data)).toBe(true)
    const lying = await made(`<img src="turned${orientation}.jpg" alt="x" style="image-orientation: none">`)
    const untouched = await pixelsOf(await sharp(data).png().toBuffer())
    expect(difference(await drawnPage(lying.pdf), untouched, 24)).toBeLessThan(smoothed)
  })

  test('CMYK goes in untouched, and looks as on a screen', async () => {
    const data = await opaque().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer()
    writeFileSync(join(folder, 'cmyk.jpg'), data)
    const { pdf } = await made('<img src="cmyk.jpg" alt="x">')
    expect(Buffer.from(pdf).includes(data)).toBe(true)
    const drawn = await drawnPage(pdf)
    const [red, green, blue] = drawn.at(60, 60)
    expect(red > 180 && green < 60 && blue < 80).toBe(true)
    const [r, g, b] = drawn.at(170, 110)
    expect(r > 220 && g > 170 && b < 90).toBe(true)
  })

  test('one picture stands in the file once, in the text, in backgrounds and in margins', async () => {
    const data = await opaque().jpeg().toBuffer()
    writeFileSync(join(folder, 'once.jpg'), data)
    const { pdf } = await made(
      '<img src="once.jpg" alt="x"><img src="./once.jpg" alt="x"><div></div>',
      'div { height: 50px; background: url(once.jpg) }',
    )
    const file = Buffer.from(pdf)
    expect(file.indexOf(data)).toBeGreaterThan(0)
    expect(file.indexOf(data, file.indexOf(data) + 1)).toBe(-1)
  })

  test.skipIf(!hasTool('pdftotext'))('of pictures that cannot be had the alternative stands in the text, with a message each', async () => {
    const png = await opaque().png().toBuffer()
    writeFileSync(join(folder, 'cut.png'), png.subarray(0, png.length - 30))
    writeFileSync(join(folder, 'cut.jpg'), (await opaque().jpeg().toBuffer()).subarray(0, 300))
    writeFileSync(join(folder, 'cut.webp'), (await opaque().webp().toBuffer()).subarray(0, 40))
    writeFileSync(join(folder, 'empty.png'), '')
    const names = ['cut.png', 'cut.jpg', 'cut.webp', 'empty.png']
    const { pdf, codes } = await made(names.map((name) => `<p><img src="${name}" alt="Alternative of ${name}"></p>`).join(''))
    writeFileSync(join(folder, 'broken.pdf'), pdf)
    const text = output('pdftotext', [join(folder, 'broken.pdf'), '-'])
    for (const name of names) expect(text.replace(/\s+/g, ' ')).toContain(`Alternative of ${name}`)
    expect(codes.sort()).toEqual(['image-undecodable', ...names.map(() => 'image-unreadable')].sort())
  })

  test('object-fit and object-position place the picture in its box', async () => {
    writeFileSync(
      join(folder, 'fit.png'),
      await opaque().resize(20, 10, { fit: 'fill' }).flatten().tint('black').linear(0, 200).png().toBuffer(),
    )
    const boxes: Readonly<Record<string, readonly [x: number, y: number, inside: boolean][]>> = {
      fill: [
        [5, 5, true],
        [95, 95, true],
      ],
      contain: [
        [50, 50, true],
        [50, 20, false],
        [50, 80, false],
        [5, 50, true],
      ],
      cover: [
        [5, 5, true],
        [95, 95, true],
      ],
      none: [
        [50, 50, true],
        [35, 50, false],
        [50, 40, false],
      ],
      'scale-down': [
        [50, 50, true],
        [35, 50, false],
      ],
      'none; object-position: right 10px bottom 20px': [
        [85, 75, true],
        [95, 75, false],
        [50, 50, false],
      ],
    }
    for (const [fit, points] of Object.entries(boxes)) {
      const { pdf } = await made(`<img src="fit.png" alt="x" style="width: 100px; height: 100px; object-fit: ${fit}">`)
      const drawn = await drawnPage(pdf)
      for (const [x, y, inside] of points) expect(closeTo(drawn.at(x, y), [255, 255, 255]), `${fit} at ${x} ${y}`).toBe(!inside)
    }
  })

  test('image-set() takes the densest picture at its size, of a known format', async () => {
    writeFileSync(
      join(folder, 'one.png'),
      await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
        .png()
        .toBuffer(),
    )
    writeFileSync(
      join(folder, 'two.png'),
      await sharp({ create: { width: 40, height: 40, channels: 3, background: 'blue' } })
        .png()
        .toBuffer(),
    )
    const { pdf } = await made(
      '<div></div>',
      'div { height: 100px; background: no-repeat image-set("one.png" 1x, url(two.png) 2x, "three.jxl" type("image/jxl") 3x) }',
    )
    const drawn = await drawnPage(pdf)
    expect(closeTo(drawn.at(10, 10), [0, 0, 255])).toBe(true)
    expect(closeTo(drawn.at(25, 10), [255, 255, 255])).toBe(true)
  })
})
