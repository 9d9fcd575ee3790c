import { describe, expect, it } from 'vitest'
import { clampSize, definiteSize, resolveLength } from '../../src/layout/geometry.js'

describe('resolveLength', () => {
  it('adds px and a share of the basis', () => {
    expect(resolveLength({ kind: 'linear', px: 10, percent: 25 }, 200)).toBe(60)
  })
  it('takes the smaller or larger of terms', () => {
    const terms = [120, { kind: 'linear', px: 0, percent: 50 }] as const
    expect(resolveLength({ kind: 'min', terms }, 200)).toBe(100)
    expect(resolveLength({ kind: 'max', terms }, 200)).toBe(120)
  })
})

describe('definiteSize', () => {
  it('is null for keywords and for percentages of nothing', () => {
    expect(definiteSize('auto', 100)).toBeNull()
    expect(definiteSize({ kind: 'linear', px: 0, percent: 50 }, null)).toBeNull()
  })
  it('keeps a length when the basis is indefinite', () => {
    expect(definiteSize(40, null)).toBe(40)
  })
})

describe('clampSize', () => {
  it('lets the minimum win over the maximum', () => {
    expect(clampSize(50, { min: 80, max: 60 })).toBe(80)
  })
})
