import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { createImageLoader } from '../../src/layout/load-image.js'

const png = (width: number, height: number): Uint8Array => {
  const data = new Uint8Array(33)
  data.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  const view = new DataView(data.buffer)
  view.setUint32(16, width)
  view.setUint32(20, height)
  return data
}
const jpeg = (width: number, height: number): Uint8Array =>
  Uint8Array.from([
    0xff,
    0xd8,
    0xff,
    0xe1,
    0,
    6,
    1,
    2,
    3,
    4,
    0xff,
    0xff,
    0xc2,
    0,
    17,
    8,
    height >> 8,
    height & 255,
    width >> 8,
    width & 255,
    3,
  ])
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
