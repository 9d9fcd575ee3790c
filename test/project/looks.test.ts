import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { build } from '../../src/project/build.js'
import { findBrand } from '../../src/project/looks.js'
import { temporaryFolder } from '../tools.js'

function projectWith(files: Readonly<Record<string, string>>): string {
  const project = temporaryFolder()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(project, name, '..'), { recursive: true })
    writeFileSync(join(project, name), text)
  }
  return project
}

const source = (front: string) =>
  `---\ntitle: Title\nlang: en-GB\n${front}---\n\n## One\n\nText with \`code\` and a [link](https://example.org).\n`
const html = (project: string, options: object = {}) =>
  build({ project, out: join(project, 'out'), editions: ['report'], formats: ['html'], ledger: false, ...options })
const textOf = async (project: string) => {
  const { readFile } = await import('node:fs/promises')
  return readFile(join(project, 'out/a-report.html'), 'utf8')
}

describe('brand and theme of a project', () => {
  test('the nearest brand file is found, from the source up to the project', () => {
    const project = projectWith({ '_brand.yml': '', 'content/deep/_brand.yml': '', 'content/a.md': '', 'content/deep/b.md': '' })
    expect(findBrand(join(project, 'content/a.md'), project)).toBe(join(project, '_brand.yml'))
    expect(findBrand(join(project, 'content/deep/b.md'), project)).toBe(join(project, 'content/deep/_brand.yml'))
    expect(findBrand(join(project, 'content/a.md'), join(project, 'content'))).toBeUndefined()
  })

  test('the brand stands after the theme and before the reader’s own sheet, and its logo is inside', async () => {
    const project = projectWith({
      '_brand.yml': 'color: { primary: "#7a1f5c" }\nlogo: { medium: { path: logo.svg, alt: The House } }\n',
      'logo.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
      'own.css': '.own { --accent: #123456 }',
      'content/a.md': source('theme: sober\n'),
    })
    const result = await html(project, { css: [join(project, 'own.css')] })
    expect(result.diagnostics).toEqual([])
    const text = await textOf(project)
    const [theme, brand, own] = ['--accent: #1f3a68', '--accent: #7a1f5c', '--accent: #123456'].map((part) => text.indexOf(part)) as [
      number,
      number,
      number,
    ]
    expect(theme).toBeGreaterThan(0)
    expect(brand).toBeGreaterThan(theme)
    expect(own).toBeGreaterThan(brand)
    expect(text).toMatch(/<img src="data:image\/svg\+xml;base64,[^"]+" alt="The House">/)
  })

  test('an option goes before the source, and default takes the theme off', async () => {
    const project = projectWith({ 'content/a.md': source('theme: sober\n') })
    await html(project, { theme: 'modern' })
    expect(await textOf(project)).toContain('--accent: #1d4fd8')
    await html(project, { theme: 'default' })
    expect(await textOf(project)).not.toMatch(/--accent: (#1d4fd8|#1f3a68)/)
  })

  test('a theme that is not there is told at its line; one of the project’s own is used', async () => {
    const wrong = projectWith({ 'content/a.md': source('theme: sobre\n') })
    const { diagnostics } = await html(wrong)
    expect(diagnostics).toMatchObject([
      { code: 'unknown-theme', severity: 'error', hint: 'Did you mean "sober"?', position: { line: 4, column: 1 } },
    ])
    const own = projectWith({ 'content/a.md': source('theme: house\n'), 'templates/themes/house.css': ':root { --accent: #010203 }' })
    expect((await html(own)).diagnostics).toEqual([])
    expect(await textOf(own)).toContain('--accent: #010203')
  })

  test('the PDF takes the brand too: what cannot be read is told once, and the pages are laid out', async () => {
    const project = projectWith({ '_brand.yml': 'color:\n  primary: "#cccccc"\n', 'content/a.md': source('') })
    const result = await build({ project, out: join(project, 'out'), formats: ['pdf'] })
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['brand-contrast'])
    expect(result.files).toHaveLength(3)
  })
})
