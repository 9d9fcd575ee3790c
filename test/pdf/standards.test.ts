import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { pdfSettings } from '../../src/pdf/settings.js'
import { pdfStandards, resolveStandards } from '../../src/pdf/standards.js'

const conformance = (...names: string[]) => {
  const result = resolveStandards(names)
  return 'conformance' in result ? result.conformance : null
}
const problem = (...names: string[]) => {
  const result = resolveStandards(names)
  return 'problem' in result ? result.problem : null
}

describe('standards', () => {
  test('the default is PDF/UA-1 and PDF/A-3a', () => {
    expect(conformance()).toMatchObject({ accessible: true, archive: { part: 3, level: 'A' }, version: '1.7' })
  })

  test('each stands alone', () => {
    for (const name of pdfStandards) expect(problem(name), name).toBeNull()
    expect(conformance('a-1b')).toMatchObject({ version: '1.4', archive: { part: 1, level: 'B' }, accessible: false })
    expect(conformance('a-4f')).toMatchObject({ version: '2.0', archive: { part: 4, level: 'F' } })
    expect(conformance('2.0')).toMatchObject({ version: '2.0', archive: null })
  })

  test('those that agree go together, and the strongest level holds', () => {
    expect(conformance('a-2b', 'UA-1', 'a-2u')).toMatchObject({ accessible: true, archive: { part: 2, level: 'U' } })
    expect(conformance('a-3a', '1.7')).toMatchObject({ version: '1.7' })
  })

  test.each([
    [['a-2a', 'a-3a'], 'PDF/A-2a and PDF/A-3a'],
    [['ua-1', 'a-4'], 'PDF/UA-1 and PDF/A-4'],
    [['1.7', '2.0'], 'PDF 1.7 and PDF 2.0'],
    [['1.7', 'a-1b'], 'PDF/A-1b and PDF 1.7'],
  ])('%s do not go together, and the message says why', (names, words) => {
    const found = problem(...names)
    expect(found?.code).toBe('conflicting-pdf-standards')
    expect(found?.message).toContain(words)
    expect(found?.hint).not.toBe('')
  })

  test('an unknown name is answered with the known ones', () => {
    expect(problem('a-9')).toMatchObject({ code: 'unknown-pdf-standard', hint: expect.stringContaining('a-2u') })
  })
})

describe('settings', () => {
  const codes = (options: Parameters<typeof pdfSettings>[0]) => {
    const found: Diagnostic[] = []
    const settings = pdfSettings(options, (diagnostic) => found.push(diagnostic))
    return { codes: found.map(({ code }) => code), settings }
  }

  test('attachments are left out where a standard forbids them, and an error where they are asked for', () => {
    expect(codes({ standards: ['a-2a'] })).toMatchObject({ codes: [], settings: { attachments: false } })
    expect(codes({ standards: ['a-2a'], attachments: true }).codes).toEqual(['attachments-forbidden'])
    expect(codes({ standards: ['a-1b'], attach: ['a.csv'] }).codes).toEqual(['attachments-forbidden'])
    expect(codes({ standards: ['a-4f'], attachments: false }).codes).toEqual(['attachments-required'])
    expect(codes({})).toMatchObject({ codes: [], settings: { attachments: true } })
    expect(codes({ attachments: false })).toMatchObject({ codes: [], settings: { attachments: false } })
  })

  test('passwords are refused together with PDF/A', () => {
    const protection = { ownerPassword: 'secret', permissions: [] }
    expect(codes({ protection }).codes).toEqual(['protection-forbidden'])
    expect(codes({ protection }).settings.protection).toBeUndefined()
    expect(codes({ protection, standards: ['ua-1'] })).toMatchObject({ codes: [], settings: { protection } })
  })
})
