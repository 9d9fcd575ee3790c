import { expect, test } from 'vitest'
import { isRightToLeft } from '../../src/document/direction.js'

test('scripts decide the direction', () => {
  expect(['ar', 'he', 'fa', 'ur-PK', 'az-Arab', 'dv'].every(isRightToLeft)).toBe(true)
  expect(['en', 'km', 'zh', 'az', 'ar-Latn', 'not a tag'].some(isRightToLeft)).toBe(false)
})
