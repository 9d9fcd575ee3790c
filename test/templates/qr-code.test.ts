import { describe, expect, test } from 'vitest'
import { qrCode } from '../../src/templates/qr-code.js'

describe('a QR code', () => {
  const svg = qrCode('https://example.org/a?b=1&c="x"', 'QR code: https://example.org/a?b=1&c="x"')
  test('says its address to those who do not see it', () => {
    expect(svg).toContain('role="img" aria-label="QR code: https://example.org/a?b=1&amp;c=&quot;x&quot;"')
  })
  test('has three finder patterns and a quiet zone of four modules', () => {
    const size = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1])
    const dark = new Set<string>()
    for (const [, x, y, length] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1H/g))
      for (let step = 0; step < Number(length); step++) dark.add(`${Number(x) + step},${y}`)
    const side = size - 8
    expect((side - 17) % 4).toBe(0)
    for (const [left, top] of [
      [4, 4],
      [4 + side - 7, 4],
      [4, 4 + side - 7],
    ] as const)
      for (let i = 0; i < 7; i++)
        for (let j = 0; j < 7; j++) {
          const ring = Math.max(Math.abs(i - 3), Math.abs(j - 3))
          expect(dark.has(`${left + i},${top + j}`)).toBe(ring !== 2)
        }
    for (const place of dark) {
      const [x = 0, y = 0] = place.split(',').map(Number)
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(4)
      expect(Math.max(x, y)).toBeLessThan(size - 4)
    }
  })
})
