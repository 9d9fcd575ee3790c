import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isDictionary } from '../../../src/pdf/reader/objects.js'
import { openPdf } from '../../../src/pdf/reader/pdf-file.js'
import { numberedPages } from '../../delivery/printing/sheets.js'
import { hasTool, output, temporaryFolder } from '../../tools.js'

/** Sizes and fonts of each page, or the problem. */
function seen(bytes: Uint8Array): unknown {
  const opened = openPdf(bytes)
  if ('problem' in opened) return opened.problem
  const { file } = opened
  return file.pages().map((page) => {
    const resources = file.resolve(page.get('Resources'))
    const fonts = isDictionary(resources) ? file.resolve(resources.get('Font')) : null
    return [file.resolve(page.get('MediaBox')), isDictionary(fonts) ? fonts.size : 0]
  })
}

describe('reading PDF files', () => {
  const folder = temporaryFolder()
  const file = numberedPages(folder, 5)
  const bytes = readFileSync(file)
  const whole = seen(bytes)

  test('a file of our own has its pages with sizes and fonts', () => {
    expect(whole).toEqual(Array(5).fill([[0, 0, 283.46, 425.2].map((value) => expect.closeTo(value, 1)), 1]))
  })

  test.skipIf(!hasTool('qpdf')).each([
    ['tables instead of streams', ['--object-streams=disable']],
    ['linearised', ['--linearize']],
    ['without compression', ['--qdf', '--object-streams=preserve']],
  ])('the same file written anew: %s', (_name, args) => {
    const other = join(folder, 'other.pdf')
    output('qpdf', [...args, file, other])
    expect(seen(readFileSync(other))).toEqual(whole)
  })

  test('damaged cross-references are no hindrance', () => {
    const text = bytes.toString('latin1')
    const at = text.lastIndexOf('startxref')
    expect(seen(Buffer.from(`${text.slice(0, at)}startxref\n17\n%%EOF\n`, 'latin1'))).toEqual(whole)
    expect(seen(bytes.subarray(0, at))).toEqual(whole)
    expect(seen(Buffer.concat([Buffer.from('junk before\n'), bytes]))).toEqual(whole)
  })

  test.skipIf(!hasTool('qpdf'))('a protected file says so', () => {
    const other = join(folder, 'protected.pdf')
    output('qpdf', ['--encrypt', 'a', 'b', '256', '--', file, other])
    expect(seen(readFileSync(other))).toBe('encrypted')
  })

  test('what is no PDF is told, whatever it is', () => {
    expect([seen(Buffer.from('<html>')), seen(Buffer.from('')), seen(Buffer.from('%PDF-1.7\nnothing'))]).toEqual(Array(3).fill('not-a-pdf'))
  })

  test('bytes that are wrong never make it throw or hang', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), fc.uint8Array({ minLength: 1, maxLength: 30 }), (at, noise) => {
        const broken = Buffer.from(bytes)
        broken.set(noise.subarray(0, bytes.length - at), at)
        writeFileSync(join(folder, 'broken.pdf'), broken)
        seen(broken)
      }),
      { numRuns: 200 },
    )
  }, 30_000)
})
