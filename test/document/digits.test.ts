import { describe, expect, test } from 'vitest'
import { counterStyleOf, localDigits, numberingSystemOf } from '../../src/document/digits.js'

describe('digits', () => {
  test('the numbering system is the one Intl knows, Khmer its own, and a tag may name one', () => {
    expect(['en', 'th', 'th-u-nu-thai', 'ar', 'ar-SA', 'fa', 'km', 'km-u-nu-latn', 'no tag'].map(numberingSystemOf)).toEqual([
      'latn',
      'latn',
      'thai',
      'latn',
      'arab',
      'arabext',
      'khmr',
      'latn',
      'latn',
    ])
    expect(counterStyleOf('en')).toBeUndefined()
    expect(counterStyleOf('ar-SA')).toBe('arabic-indic')
  })

  test('numbers of sections keep their letters and stops', () => {
    expect(localDigits('A.12', 'km')).toBe('A.១២')
    expect(localDigits('2.1', 'en')).toBe('2.1')
  })
})
