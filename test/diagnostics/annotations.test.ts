import { describe, expect, test } from 'vitest'
import { githubAnnotations, gitlabReport } from '../../src/diagnostics/annotations.js'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'

const position = { file: '/project/content/a,b: c.md', line: 3, column: 5, length: 4 }
const found: readonly Diagnostic[] = [
  { severity: 'warning', code: 'second-code', message: '100 %\n::error::injected', position: { ...position, line: 9 } },
  { severity: 'error', code: 'first-code', message: 'wrong', hint: 'do right', position },
  { severity: 'info', code: 'no-place', message: 'by the way' },
]

describe('annotations', () => {
  test('GitHub: a line a message, in the order of places; no text starts a command of its own', () => {
    expect(githubAnnotations(found, '/project').split('\n')).toEqual([
      '::error file=content/a%2Cb%3A c.md,line=3,col=5,endColumn=9,title=first-code::wrong%0Ado right',
      '::warning file=content/a%2Cb%3A c.md,line=9,col=5,endColumn=9,title=second-code::100 %25%0A::error::injected',
      '::notice title=no-place::by the way',
      '',
    ])
  })

  test('GitLab: issues with a path, a line, and a fingerprint of their own', () => {
    const issues = JSON.parse(gitlabReport(found, '/project'))
    expect(issues[0]).toMatchObject({ severity: 'major', location: { path: 'content/a,b: c.md', lines: { begin: 3 } } })
    expect(new Set(issues.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(3)
    expect(gitlabReport([], '/project')).toBe('[]\n')
  })
})
