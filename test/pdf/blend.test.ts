/** mix-blend-mode and overflow by axis in the content stream. */
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { words } from '../layout/words.js'
import { hasTool } from '../tools.js'

/** Red, green and blue of a point, in px of the page. */
function pixel(path: string, x: number, y: number): readonly number[] {
  const ppm = execFileSync('pdftoppm', ['-r', '96', '-x', String(x), '-y', String(y), '-W', '1', '-H', '1', path])
  return [...ppm.subarray(-3)]
}

const hasRaster = hasTool('pdftoppm')
const boxes =
  '<div style="background: rgb(255 160 0); height: 100px"></div><div style="width: 100px; height: 80px; margin-top: -80px; background: cyan; BLEND"></div>'

describe.skipIf(!hasRaster)('mix-blend-mode', () => {
  test.each([
    ['', [0, 255, 255]],
    ['mix-blend-mode: multiply', [0, 160, 0]],
    ['mix-blend-mode: screen', [255, 255, 255]],
    ['mix-blend-mode: difference', [255, 95, 255]],
    ['mix-blend-mode: hard-light', [0, 255, 255]],
  ])('%s', async (css, expected) => {
    const { path, pdf } = await words(boxes.replace('BLEND', css))
    for (const [index, value] of pixel(path, 50, 60).entries()) expect(Math.abs(value - (expected[index] as number))).toBeLessThanOrEqual(2)
    expect(pdf.length).toBeGreaterThan(0)
    expect(pixel(path, 200, 60)[1]).toBeGreaterThan(155)
  })
})

describe.skipIf(!hasRaster)('overflow', () => {
  const inner = '<div style="width: 200px; height: 100px; background: lime"></div>'
  test.each([
    ['overflow: hidden', false, false],
    ['overflow: visible', true, true],
    ['overflow-x: clip', false, true],
    ['overflow-y: clip', true, false],
  ])('%s', async (css, right, below) => {
    const { path } = await words(`<div style="width: 100px; height: 50px; ${css}">${inner}</div>`)
    const isLime = (x: number, y: number): boolean => pixel(path, x, y).join() === '0,255,0'
    expect([isLime(50, 25), isLime(150, 25), isLime(50, 75)]).toEqual([true, right, below])
  })
})
