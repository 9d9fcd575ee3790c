import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { createImageLoader } from '../../src/layout/load-image.js'
import { makePng } from '../pictures.js'

const png = (width: number, height: number): Uint8Array =>
  makePng({ width, height, bits: 8, colorType: 0, rows: new Uint8Array(width * height) })
const jpeg = (width: number, height: number, frame = 0xc2): Uint8Array => {
  const size = [height >> 8, height & 255, width >> 8, width & 255]
  const before = [0xff, 0xd8, 0xff, 0xe1, 0, 6, 1, 2, 3, 4, 0xff]
  const components = [3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]
  return Uint8Array.from([...before, 0xff, frame, 0, 17, 8, ...size, ...components, 0xff, 0xda, 0, 2, 0, 0xff, 0xd9])
}
const bytes = (text: string) => new TextEncoder().encode(text)

function loader(files: Readonly<Record<string, Uint8Array>>) {
  const reports: Diagnostic[] = []
  const reads: string[] = []
  const load = createImageLoader({
    base: '/project/content',
    root: '/project',
    readFile: (path) => {
      reads.push(path)
      return files[path] ?? null
    },
    report: (diagnostic) => reports.push(diagnostic),
    position: () => ({ file: 'content/a.md', line: 3, column: 1 }),
  })
  return { load, reports, reads }
}

describe('image loader', () => {
  it('reads PNG and JPEG sizes from their headers, whatever the name says', () => {
    const { load } = loader({ '/project/content/a.png': png(640, 480), '/project/b.png': jpeg(300, 200) })
    expect(load('a.png')).toMatchObject({ kind: 'png', key: '/project/content/a.png', naturalWidth: 640, naturalHeight: 480 })
    expect(load('../b.png')).toMatchObject({ kind: 'jpeg', naturalWidth: 300, naturalHeight: 200, naturalRatio: 1.5 })
  })

  it.each([
    ['<svg width="100" height="50mm" viewBox="0 0 1 1"/>', 100, (50 * 96) / 25.4, 100 / ((50 * 96) / 25.4)],
    ['<?xml version="1.0"?><!-- a > b --><!DOCTYPE svg [<!ENTITY a "b">]>\n<svg viewBox="0 0 20 10"></svg>', null, null, 2],
    ["<svg title='a > b' width='100%' height='30' viewBox='0,0,4,1'>", null, 30, 4],
    ['<svg:svg xmlns:svg="http://www.w3.org/2000/svg">', null, null, null],
  ])('reads SVG sizes: %s', (source, width, height, ratio) => {
    const found = loader({ '/project/content/a.svg': bytes(source) }).load('a.svg')
    expect(found).toMatchObject({ kind: 'svg', naturalWidth: width, naturalHeight: height })
    if (ratio === null) expect(found?.naturalRatio).toBeNull()
    else expect(found?.naturalRatio).toBeCloseTo(ratio)
  })

  it.each([
    ['cut short', (whole: Uint8Array) => whole.subarray(0, -20), 'ends too early'],
    ['damaged', (whole: Uint8Array) => whole.map((byte, index) => (index === whole.length - 20 ? byte ^ 1 : byte)), 'damaged'],
    ['of too many pixels', () => png(1, 1).map((byte, index) => (index >= 16 && index < 24 ? 0x7f : byte)), 'damaged'],
  ])('refuses a PNG that is %s, and says so', (_, spoil, why) => {
    const { load, reports } = loader({ '/project/content/a.png': Uint8Array.from(spoil(png(30, 20))) })
    expect(load('a.png')).toBeNull()
    expect(reports[0]?.message).toContain(why)
  })

  it('refuses JPEG files that PDF cannot hold, that are cut short, and pictures without end', () => {
    const files = {
      '/project/content/lossless.jpg': jpeg(10, 10, 0xc3),
      '/project/content/cut.jpg': jpeg(10, 10).subarray(0, -2),
      '/project/content/huge.jpg': jpeg(60_000, 60_000),
    }
    const { load, reports } = loader(files)
    expect(['lossless.jpg', 'cut.jpg', 'huge.jpg'].map(load)).toEqual([null, null, null])
    expect(reports.map(({ message }) => message)).toEqual([
      expect.stringContaining('lossless'),
      expect.stringContaining('ends too early'),
      expect.stringContaining('too large'),
    ])
  })

  it('decodes percent escapes and drops queries and fragments', () => {
    const { load } = loader({ '/project/content/my é.png': png(1, 1), '/project/content/100%.png': png(2, 2) })
    expect(load('my%20%C3%A9.png?v=2#top')?.naturalWidth).toBe(1)
    expect(load('100%.png')?.naturalWidth).toBe(2)
  })

  it('reads data: addresses, in base64 and in percent escapes', () => {
    const { load, reads } = loader({})
    const url = `data:image/png;base64,${Buffer.from(png(3, 4)).toString('base64')}`
    expect(load(url)).toMatchObject({ kind: 'png', naturalWidth: 3, naturalHeight: 4 })
    expect(load(url)?.key).toMatch(/^data:[0-9a-f]{64}$/)
    expect(load('data:image/svg+xml,%3Csvg width="5" height="6"/%3E')).toMatchObject({ naturalWidth: 5, naturalHeight: 6 })
    expect(reads).toEqual([])
  })

  it('reads each file once', () => {
    const { load, reads } = loader({ '/project/content/a.png': png(1, 1) })
    expect(load('a.png')).toBe(load('a.png'))
    expect(load('./a.png')).toBe(load('a.png'))
    expect(reads).toEqual(['/project/content/a.png'])
  })

  it.each([
    ['../../etc/passwd.png', 'image-outside-project'],
    ['..%2f..%2fetc/passwd.png', 'image-outside-project'],
    ['/etc/passwd.png', 'image-outside-project'],
    ['file:///etc/passwd.png', 'image-outside-project'],
    ['https://example.org/a.png', 'image-remote'],
    ['//example.org/a.png', 'image-remote'],
    ['none.png', 'image-missing'],
    ['text.png', 'image-unreadable'],
    ['cut.png', 'image-unreadable'],
    ['data:image/png;base64', 'image-unreadable'],
    ['ftp://example.org/a.png', 'image-unreadable'],
    ['', 'image-unreadable'],
  ])('reports %s once as %s', (url, code) => {
    const { load, reports } = loader({
      '/project/content/text.png': bytes('hello'),
      '/project/content/cut.png': png(1, 1).subarray(0, 20),
      '/etc/passwd.png': png(1, 1),
    })
    expect(load(url)).toBeNull()
    expect(load(url)).toBeNull()
    expect(reports).toHaveLength(1)
    expect(reports[0]).toMatchObject({ code, severity: 'warning', position: { line: 3 } })
    expect(reports[0]?.hint).toBeTruthy()
  })
})
