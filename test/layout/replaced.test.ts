import { describe, expect, it } from 'vitest'
import type { ImageResource } from '../../src/layout/image.js'
import { border, createContext, image, padding, type StyleChanges, space } from './fixtures.js'

const photo = { naturalWidth: 400, naturalHeight: 200 }
const size = (natural: Partial<ImageResource>, style: StyleChanges = {}, room = space(1000)) => {
  const { width, height } = createContext().layout(image(natural, style), room, null).fragment
  return [width, height]
}
const percent = (value: number) => ({ kind: 'linear', px: 0, percent: value }) as const

describe('replaced boxes', () => {
  it('take their natural size, with border and padding around it', () => {
    expect(size(photo)).toEqual([400, 200])
    expect(size(photo, { ...border(1), ...padding(4) })).toEqual([410, 210])
  })

  it('keep their ratio where one size is given', () => {
    expect(size(photo, { width: 100 })).toEqual([100, 50])
    expect(size(photo, { height: 100 })).toEqual([200, 100])
    expect(size(photo, { width: percent(50) })).toEqual([500, 250])
    expect(size(photo, { width: 100, height: 100 })).toEqual([100, 100])
    expect(size(photo, { width: 120, boxSizing: 'border-box', ...padding(10) })).toEqual([120, 70])
  })

  it('ignore a percentage height without a basis', () => {
    expect(size(photo, { height: percent(50) })).toEqual([400, 200])
    expect(size(photo, { height: percent(50) }, space(1000, { percentageBlockSize: 300 }))).toEqual([300, 150])
  })

  it.each<[string, StyleChanges, number[]]>([
    ['max-width', { maxWidth: 100 }, [100, 50]],
    ['max-height', { maxHeight: 100 }, [200, 100]],
    ['both maximums', { maxWidth: 300, maxHeight: 100 }, [200, 100]],
    ['min-width', { minWidth: 800 }, [800, 400]],
    ['min-height', { minHeight: 300 }, [600, 300]],
    ['a maximum against a minimum', { maxWidth: 100, minHeight: 300 }, [100, 300]],
    ['a percentage maximum', { maxWidth: percent(20) }, [200, 100]],
    ['a minimum that beats a maximum', { minWidth: 500, maxWidth: 300 }, [500, 250]],
  ])('are held by %s with the ratio kept', (_, style, expected) => {
    expect(size(photo, style)).toEqual(expected)
  })

  it('follow aspect-ratio before their own', () => {
    expect(size(photo, { aspectRatio: 1 })).toEqual([400, 400])
    expect(size(photo, { aspectRatio: 4, width: 100 })).toEqual([100, 25])
  })

  it('have a default size where the image has none', () => {
    expect(size({ kind: 'svg' })).toEqual([300, 150])
    expect(size({ kind: 'svg', naturalHeight: 50, naturalRatio: 2 })).toEqual([100, 50])
  })

  it('with a ratio alone are as wide as a block', () => {
    expect(size({ kind: 'svg', naturalRatio: 4 })).toEqual([1000, 250])
    expect(size({ kind: 'svg', naturalRatio: 4 }, { marginLeft: 100, ...padding(50) })).toEqual([900, 300])
    expect(size({ kind: 'svg', naturalRatio: 4 }, { maxWidth: 200 })).toEqual([200, 50])
    expect(size({ kind: 'svg', naturalRatio: 4 }, { height: 100 })).toEqual([400, 100])
    expect(createContext().inlineSizes(image({ kind: 'svg', naturalRatio: 4 }))).toEqual({ minContent: 300, maxContent: 300 })
  })

  it('are as their samples lie, and as dense, where styles say so', () => {
    const turned = { ...photo, orientation: 6, density: 4 }
    expect(size(turned)).toEqual([400, 200])
    expect(size(turned, { imageOrientation: 'none' })).toEqual([200, 400])
    expect(size(turned, { imageResolution: { fromImage: true, density: 1 } })).toEqual([100, 50])
    expect(size(photo, { imageResolution: { fromImage: true, density: 2 } })).toEqual([200, 100])
    expect(size(turned, { imageResolution: { fromImage: true, density: 1 }, width: 80 })).toEqual([80, 40])
  })

  it('shrink to a page where the height is left open', () => {
    const page = space(1000, { fragmentainerBlockSize: 100, fragmentainerRemaining: 30 })
    expect(size(photo, {}, page)).toEqual([200, 100])
    expect(size(photo, { marginTop: 10, ...padding(5) }, page)).toEqual([170, 90])
    expect(size(photo, { height: 150 }, page)).toEqual([300, 150])
  })

  it('do not break: what does not fit is still handed back whole', () => {
    const page = space(1000, { fragmentainerBlockSize: 300, fragmentainerRemaining: 30 })
    expect(createContext().layout(image(photo), page, null)).toMatchObject({ breakToken: null, fragment: { height: 200 } })
  })

  it('contribute their width, or nothing where it is a percentage', () => {
    expect(createContext().inlineSizes(image(photo))).toEqual({ minContent: 400, maxContent: 400 })
    expect(createContext().inlineSizes(image(photo, { maxWidth: percent(100) }))).toEqual({ minContent: 0, maxContent: 400 })
  })
})
