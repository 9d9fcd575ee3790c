import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { differingObjects, pdfObjects } from '../../../src/delivery/release/pdf-objects.js'
import { briefpress, hasTool, output, type Run } from '../../tools.js'
import { after, quick, releaseProject, write } from './project.js'

describe('briefpress verify', () => {
  const project = releaseProject()
  const folder = join(project, 'out/release')
  const pdf = join(folder, 'note-report-1.1.pdf')
  let pristine: Map<string, Uint8Array>
  const names = ['note-report-1.1.pdf', 'CHANGES.md', 'SHA256SUMS', 'manifest.json', 'release-v1.1.zip', 'text.json'] as const
  beforeAll(() => {
    expect(briefpress(['release', ...quick], { cwd: project }).code).toBe(0)
    pristine = new Map(names.map((name) => [name, readFileSync(join(folder, name))]))
  })
  beforeEach(() => {
    for (const [name, data] of pristine) writeFileSync(join(folder, name), data)
    write(project, { 'content/note.md': after })
  })
  const verify = (...args: readonly string[]): Run => briefpress(['verify', ...args], { cwd: project })
  const flip = (path: string, at: number): void => {
    const data = readFileSync(path)
    data[at] = (data[at] as number) ^ 1
    writeFileSync(path, data)
  }

  test('a release as it was written, by its folder and by its manifest, and built again', () => {
    expect(verify('out/release').out).toMatch(/^\d+ files are what the release says\n$/)
    const run = verify('out/release/manifest.json', '--rebuild')
    expect(run).toMatchObject({ code: 0, err: '' })
    expect(run.out).toContain('11 files come out the same when they are built again')
  })

  test('a flipped byte anywhere in a PDF is named with its object', () => {
    const length = readFileSync(pdf).length
    const places = Array.from({ length: 5 }, (_, index) => Math.floor((length * (index + 0.5)) / 5))
    for (const at of places) {
      writeFileSync(pdf, pristine.get('note-report-1.1.pdf') as Uint8Array)
      flip(pdf, at)
      const run = verify('out/release')
      expect(run.code).toBe(1)
      expect(run.err).toMatch(/note-report-1\.1\.pdf is not what SHA256SUMS says: .*object \d+/)
      expect(run.err).toContain(`byte ${at} is the first that differs`)
    }
  })

  test.each(names.slice(1))('a flipped byte in %s', (name) => {
    flip(join(folder, name), Math.floor(readFileSync(join(folder, name)).length / 2))
    const run = verify('out/release')
    expect(run.code).toBe(1)
    expect(run.err).toContain(name)
    expect(run.err).not.toMatch(/\n\s+at /)
  })

  test('what is missing or no release', () => {
    rmSync(pdf)
    expect(verify('out/release').err).toContain('note-report-1.1.pdf is missing')
    expect(verify('content').err).toContain('[manifest-unreadable]')
    writeFileSync(join(folder, 'manifest.json'), '{')
    expect(verify('out/release').err).toContain('it is not JSON')
    const manifest = JSON.parse(Buffer.from(pristine.get('manifest.json') as Uint8Array).toString())
    manifest.outputs[0].path = '../../content/note.md'
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
    expect(verify('out/release').err).toContain('outputs.0.path')
  })

  test('sources that changed since, and what differs then', () => {
    write(project, { 'content/note.md': after.replace('Two evenings', 'Three evenings') })
    const run = verify('out/release', '--rebuild')
    expect(run.code).toBe(1)
    expect(run.err).toContain('the source content/note.md is not the one that was released')
    expect(run.err).toMatch(
      /note-report-1\.1\.pdf comes out otherwise when it is built again: .*object \d+ .*differs at byte \d+ of its stream/,
    )
    expect(run.err).toMatch(/text\.json comes out otherwise when it is built again: .*line \d+, column \d+/)
  })

  test('objects are those that qpdf finds', () => {
    const objects = pdfObjects(readFileSync(pdf))
    expect([...objects.values()].filter(({ type }) => type === 'Page')).toHaveLength(2)
    if (!hasTool('qpdf')) return
    const found = Object.keys(JSON.parse(output('qpdf', ['--json=2', '--json-key=qpdf', pdf])).qpdf[1]).flatMap(
      (key) => /^obj:(\d+) 0 R$/.exec(key)?.[1] ?? [],
    )
    const own = [...objects.values()].filter(({ type }) => type !== 'ObjStm' && type !== 'XRef').map(({ number }) => String(number))
    expect(own.sort()).toEqual(found.filter((number) => !['ObjStm', 'XRef'].includes(objects.get(Number(number))?.type ?? '')).sort())
  })

  test('objects of what is no PDF', () => {
    const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')
    expect(pdfObjects(bytes('no objects here')).size).toBe(0)
    expect(differingObjects(bytes('1 0 obj\n<< /Type /Page >>\nendobj'), bytes('1 0 obj\n<< /Type /Page'))).toEqual([
      { number: 1, type: 'Page', how: 'differs' },
    ])
    expect(differingObjects(bytes('1 0 obj 5 endobj'), bytes('1 0 obj 5 endobj 2 0 obj 6 endobj'))).toEqual([
      { number: 2, type: '', how: 'added' },
    ])
  })
})
