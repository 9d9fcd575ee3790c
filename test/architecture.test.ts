/** The rooms of docs/architecture.md: a folder imports from those before it and from diagnostics, never from one after it. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectFolder } from './tools.js'

const order = [
  'diagnostics',
  'markdown',
  'document',
  'editions',
  'templates',
  'html',
  'css',
  'fonts',
  'brand',
  'text',
  'layout',
  'pdf',
  'project',
  'delivery',
  'cli',
]
const source = join(projectFolder, 'src')

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(source, file), 'utf8')
  return Array.from(text.matchAll(/^(?:import|export) (type )?[^'"]*?from '(\.[^']+)'/gm), (match) => ({
    from: file.split('/')[0] as string,
    to: normalize(join(dirname(file), match[2] as string)).split('/')[0] as string,
    typeOnly: match[1] !== undefined,
  }))
}

describe('architecture', () => {
  test('no folder needs one that comes after it; types may look ahead', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter(
          ({ from, to, typeOnly }) => !typeOnly && order.includes(from) && order.includes(to) && order.indexOf(to) > order.indexOf(from),
        )
        .map(({ to }) => `${file} → ${to}`),
    )
    // css/ reads the HTML tree with html/walk.ts and pdf/ parses SVG with html/parse.ts, both before them.
    expect(wrong.filter((line) => !line.startsWith('templates/'))).toEqual([])
  })

  test('every file says in its first lines what it is', () => {
    const silent = files.filter((file) => !/^(#!.*\n)?\/\*\*/.test(readFileSync(join(source, file), 'utf8')))
    expect(silent).toEqual([])
  })

  test('no clock and no random number is read outside cli/', () => {
    const offenders = files.filter(
      (file) =>
        !file.startsWith('cli/') &&
        /Date\.now\(|performance\.now\(|Math\.random\(|new Date\(\)/.test(readFileSync(join(source, file), 'utf8')),
    )
    expect(offenders.map((file) => relative('.', file))).toEqual([])
  })
})
