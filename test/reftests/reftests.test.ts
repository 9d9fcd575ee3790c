/**
 * Pairs of documents that must look the same (NAME.html, NAME-ref.html) or must not (NAME.html, NAME-notref.html): README.md here says how
 * to write one. The built command line renders all of them in one process; pages are compared pixel by pixel at 96 dpi. A pixel differs
 * where a channel is off by more than 40 of 255 (anti-aliasing of edges between two pixels stays below); 4 may differ (the corners of
 * a box drawn over another), or as many as a meta element named `fuzzy` says.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { hasTool, projectFolder, temporaryFolder } from '../tools.js'
import { differingPixels, drawPages, isBlank, type Picture, savePictures } from './compare.js'

const cornerPixels = 4
const folder = join(projectFolder, 'test', 'reftests')

interface Pair {
  readonly name: string
  readonly kind: 'ref' | 'notref'
}

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'))
const names = files.map((file) => file.replace(/\.html$/, '')).sort()
const isReference = (name: string) => /-(not)?ref$/.test(name)
const pairs = names.flatMap((name): readonly Pair[] =>
  (['ref', 'notref'] as const).filter((kind) => existsSync(join(folder, `${name}-${kind}.html`))).map((kind) => ({ name, kind })),
)
const source = (name: string): string => readFileSync(join(folder, `${name}.html`), 'utf8')

/** The content of a meta element by its name, in either file of a pair. */
function meta(pair: Pair, name: string): string | null {
  const written = new RegExp(`<meta name="?${name}"? content="?([^">]+)`)
  return (written.exec(source(pair.name)) ?? written.exec(source(`${pair.name}-${pair.kind}`)))?.[1] ?? null
}

const out = temporaryFolder()
const drawn = (name: string): Promise<readonly Picture[]> => drawPages(join(out, `${name}.pdf`))
let messages = ''

function renderAll(): void {
  for (const name of names) mkdirSync(dirname(join(out, name)), { recursive: true })
  const batch = names.map((name) => `${join(folder, name)}.html\t${join(out, name)}.pdf\n`).join('')
  const run = spawnSync(process.execPath, [join(projectFolder, 'dist', 'cli.js'), 'pdf', '--batch'], {
    cwd: projectFolder,
    input: batch,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  messages = run.stderr
}

/** Diagnostics that name the file: what the engine does not know, the pair cannot show. */
const diagnosticsOf = (name: string): readonly string[] => messages.split('\n').filter((line) => line.includes(`${name}.html:`))

async function compareEqual(pair: Pair): Promise<void> {
  const [pages, reference] = await Promise.all([drawn(pair.name), drawn(`${pair.name}-ref`)])
  const allowed = Number(meta(pair, 'fuzzy') ?? cornerPixels)
  const failures: string[] = []
  for (const [index, page] of pages.entries()) {
    const expected = reference[index]
    const count = expected ? differingPixels(page, expected) : 0
    if (!expected || count <= allowed) continue
    const picture = `${pair.name.replaceAll('/', '-')}-${index + 1}`
    await savePictures(page, expected, out, picture)
    failures.push(`${pair.name}, page ${index + 1}: ${count} pixels differ; see ${join(out, picture)}-*.png`)
  }
  if (failures.length > 0) throw new Error(failures.join('\n'))
  expect(pages.length, `pages of ${pair.name}`).toBe(reference.length)
  if (meta(pair, 'reftest') !== 'blank') expect(reference.every(isBlank), `the reference of ${pair.name} is blank`).toBe(false)
}

async function compareUnequal(pair: Pair): Promise<void> {
  const [pages, other] = await Promise.all([drawn(pair.name), drawn(`${pair.name}-notref`)])
  const same = pages.length === other.length && pages.every((page, index) => differingPixels(page, other[index] as Picture) === 0)
  expect(same, `${pair.name} looks like its -notref`).toBe(false)
}

test('every reference belongs to a test, and every test has a reference', () => {
  const alone = names.filter((name) =>
    isReference(name) ? !names.includes(name.replace(/-(not)?ref$/, '')) : !pairs.some((pair) => pair.name === name),
  )
  expect(alone).toEqual([])
})

describe.skipIf(!hasTool('pdftoppm'))('pairs that look the same', () => {
  beforeAll(renderAll)

  test.concurrent.each(pairs)('$name ($kind)', async (pair) => {
    const known = meta(pair, 'diagnostics')
    const unexpected = [pair.name, `${pair.name}-${pair.kind}`].flatMap(diagnosticsOf).filter((line) => !known || !line.includes(known))
    expect(unexpected, `messages about ${pair.name}`).toEqual([])
    await (pair.kind === 'ref' ? compareEqual(pair) : compareUnequal(pair))
  })
})
