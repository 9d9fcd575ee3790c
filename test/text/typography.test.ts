/** The evenness of justified text, measured on the glyphs of a report of some 60 pages. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hasTool, projectFolder } from '../tools.js'

describe.skipIf(!hasTool('mutool'))('typography', () => {
  test('gaps, hyphens and stranded lines are within their limits', () => {
    const out = execFileSync(process.execPath, [join(projectFolder, 'bench', 'typography.mjs')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    console.log(out)
    const figures = Object.fromEntries(
      out
        .trim()
        .split('\n')
        .map((line) => line.split(/\s+/))
        .map(([name, value]) => [name, Number(value)]),
    )
    expect(figures.pages).toBeGreaterThanOrEqual(60)
    expect(figures.gap95).toBeLessThanOrEqual(0.36)
    expect(figures.hyphenated).toBeLessThanOrEqual(18)
    expect(figures.inRow).toBeLessThanOrEqual(2)
    expect([figures.over, figures.headings, figures.singles]).toEqual([0, 0, 0])
  })
})
