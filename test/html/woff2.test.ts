import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { toWoff2 } from '../../src/html/woff2.js'
import { fontFolder } from '../text/typesetter.js'

describe('WOFF 2', () => {
  const font = readFileSync(join(fontFolder, 'source-code-pro/400Regular/SourceCodePro_400Regular.ttf'))
  const file = Buffer.from(toWoff2(font))

  test('the header says what the file is', () => {
    expect(file.toString('latin1', 0, 4)).toBe('wOF2')
    expect(file.readUInt32BE(4)).toBe(font.readUInt32BE(0))
    expect(file.readUInt32BE(8)).toBe(file.length)
    expect(file.length).toBeLessThan(font.length * 0.7)
  })

  test('the tables come back as they were', () => {
    const compressed = file.readUInt32BE(20)
    const end = file.length - compressed
    const start = [0, 1, 2, 3]
      .map((pad) => end - pad)
      .find((at) => {
        try {
          return brotliDecompressSync(file.subarray(at, at + compressed)).length > 0
        } catch {
          return false
        }
      })
    const content = brotliDecompressSync(file.subarray(start ?? 0, (start ?? 0) + compressed))
    const count = font.readUInt16BE(4)
    for (let index = 0; index < count; index++) {
      const at = 12 + 16 * index
      const table = font.subarray(font.readUInt32BE(at + 8), font.readUInt32BE(at + 8) + font.readUInt32BE(at + 12))
      if (font.toString('latin1', at, at + 4) !== 'DSIG') expect(content.includes(table)).toBe(true)
    }
  })
})
