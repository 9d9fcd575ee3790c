import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeReport } from '../../src/editions/report.js'
import { sourceFor } from '../../src/editions/source-for.js'
import { checkAudience, withheldIds } from '../../src/editions/withheld.js'
import { documentOf } from './source.js'

const quiet = () => {}

/** A source for two audiences: words that begin with `o` are open, words that begin with `s` are not. */
function sourceOf(kinds: readonly number[]): string {
  let count = 0
  const open = () => `o${count++}x`
  const secret = () => `s${count++}x`
  const notes: string[] = []
  const blocks = kinds.map((kind, index): string => {
    switch (kind) {
      case 0:
        return `${open()} ${open()}\n${open()}`
      case 1:
        return `${open()} [${secret()} *${secret()}*]{audience=internal} ${open()}`
      case 2:
        return `${secret()} ${secret()} {audience="internal staff"}`
      case 3:
        return `::: {audience=internal}\n${secret()}\n\n\`\`\`\n:::\n${secret()}\n\`\`\`\n:::`
      case 4:
        return `- ${open()}\n- ${secret()} {audience=internal}\n\n  ${secret()}\n- ${open()}\n  - ${secret()} {audience=internal}\n  - ${open()}`
      case 5:
        return `> ${open()}\n>\n> ::: {audience=internal}\n> ${secret()}\n> :::\n>\n> ${open()}`
      case 6:
        return `## ${secret()} {audience=internal}\n\n${secret()}\n\n### ${secret()}\n\n- ${secret()}\n\n## ${open()}`
      case 7: {
        const cell = `[${secret()}]{audience=internal}`
        return `| ${open()} | ${open()} |\n| --- | --- |\n| ${cell} | ${cell} |\n| ${open()} | [${secret()}]{audience=internal} ${open()} |`
      }
      case 8:
        notes.push(`[^n${index}]: ${secret()}\n    ${secret()}`, `[^m${index}]: ${open()} [${secret()}]{audience=internal}`)
        return `${open()}[^m${index}] [${secret()}[^n${index}]]{audience=internal}`
      case 9:
        return `| ${secret()} |\n| --- |\n| ${secret()} |\n\n: ${secret()} {#tbl-${index} audience=internal}`
      case 10:
        return `# ${open()} [${secret()}]{audience=internal} ${open()}\n\n${open()} **${secret()}**{audience=internal}`
      default:
        return `${open()}\n: ${open()} [${secret()}]{audience=internal}\n\n[${open()}](https://example.org)`
    }
  })
  const summary = `summary: >-\n  ${open()} [${secret()}]{audience=internal}\n  ${open()}\nkeyPoints: ["${open()}", "[${secret()}]{audience=\\"internal\\"} ${open()}"]`
  return `---\ntitle: T\n${summary}\n---\n\n${[...blocks, ...notes].join('\n\n')}\n`
}

const wordsOf = (text: string, first: string): readonly string[] => text.match(new RegExp(`\\b${first}\\d+x\\b`, 'g')) ?? []

describe('the source for an audience', () => {
  const kinds = fc.array(fc.integer({ min: 0, max: 11 }), { minLength: 1, maxLength: 12 })

  test('loses every withheld word and no other', () => {
    fc.assert(
      fc.property(kinds, (list) => {
        const source = sourceOf(list)
        const { document } = documentOf(source)
        const text = sourceFor(document, 'public')
        expect(wordsOf(text, 's')).toEqual([])
        expect(wordsOf(text, 'o')).toEqual(wordsOf(source, 'o'))
        expect(sourceFor(document, 'internal')).toBe(source)
        expect(sourceFor(document, 'public, internal')).toBe(source)
        const report = makeReport(document, { report: quiet, audience: 'public' })
        const held = JSON.stringify({ ...report, document: { ...report.document, notes: [...report.document.notes.values()] } })
        expect(wordsOf(held, 's')).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('is the source itself where nothing is withheld', () => {
    const source = '# T\n\nOpen words about an audience.\n'
    expect(sourceFor(documentOf(source).document, undefined)).toBe(source)
  })

  test('is Markdown that makes the same report', () => {
    const { document } = documentOf('# T\n\nOne.\n\n::: {audience=internal}\nTwo.\n:::\n\n- a\n- b {audience=internal}\n- c\n')
    expect(sourceFor(document, undefined)).toBe('# T\n\nOne.\n\n\n- a\n- c\n')
  })
})

describe('what leads into withheld text', () => {
  const source =
    '## Open\n\nSee @sec-x, [there](#sec-x), @tbl-x, [hidden @sec-x]{audience=internal} and a note[^n].\n\n## Hidden {#sec-x audience=internal}\n\n| a |\n| - |\n| b |\n\n: Numbers {#tbl-x}\n\n## Open too\n\n::: {audience=internal}\n[^n]: Secret.\n:::\n'

  test('is told with its place, once each', () => {
    const messages: { code: string; message: string; position?: { line: number; column: number } }[] = []
    const { document } = documentOf(source)
    checkAudience(document, 'public', (message) => messages.push(message))
    expect(messages.map(({ code, position }) => [code, position?.line, position?.column])).toEqual([
      ['withheld-reference', 3, 5],
      ['withheld-reference', 3, 13],
      ['withheld-reference', 3, 30],
      ['withheld-reference', 3, 83],
    ])
    expect(messages[0]?.message).toContain('@sec-x')
    expect([...withheldIds(document, 'public')].sort()).toEqual(['sec-x', 'tbl-x'])
    const own: unknown[] = []
    checkAudience(document, 'internal', (message) => own.push(message))
    expect(own).toEqual([])
  })

  test('has no label left that could say a title', () => {
    const { document } = documentOf('See @sec-x.\n\n## Secret words {#sec-x .unnumbered audience=internal}\n')
    const { references } = makeReport(document, { report: quiet }).document
    expect([...references.values()]).toEqual([])
  })
})
