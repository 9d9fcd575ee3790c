import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { manifestJsonSchema, manifestSchema } from '../../../src/delivery/release/manifest.js'
import { briefpress, hasTool, output, type Run, temporaryFolder } from '../../tools.js'
import { after, quick, releaseProject, write } from './project.js'

const readAll = (folder: string): Map<string, string> =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('base64')]))

const differing = (a: string, b: string): string[] => {
  const [one, other] = [readAll(a), readAll(b)]
  return [...new Set([...one.keys(), ...other.keys()])].filter((name) => one.get(name) !== other.get(name))
}

describe('briefpress release', () => {
  const project = releaseProject()
  const folder = join(project, 'out', 'release')
  let run: Run
  beforeAll(() => {
    run = briefpress(['release', '--summary', 'out/summary.md', '--previews', 'out/previews'], { cwd: project })
  })
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8')

  test('every edition under its version, and what proves it', () => {
    expect(run).toMatchObject({ code: 0, err: '' })
    const editions = ['brief', 'report', 'slides'].flatMap((edition) =>
      ['html', 'pdf'].flatMap((format) => [`note-${edition}-1.1.${format}`, `second-${edition}-2.${format}`]),
    )
    const others = ['CHANGES.html', 'CHANGES.md', 'CHANGES.pdf', 'SHA256SUMS', 'manifest.json', 'provenance.intoto.json', 'text.json']
    expect(readdirSync(folder).sort()).toEqual([...editions, ...others, 'release-v1.1.zip', 'release-v1.1.zip.sha256'].sort())
    expect(run.out).toContain('release v1.1 in out/release, compared with v1.0')
  })

  test('the manifest is as the published schema says and tells what is in the files', async () => {
    await expect(`${JSON.stringify(manifestJsonSchema(), null, 2)}\n`).toMatchFileSnapshot('../../../docs/manifest.schema.json')
    const manifest = manifestSchema.parse(JSON.parse(text('manifest.json')))
    expect(manifest.sources.map(({ path, role }) => `${role} ${path}`)).toEqual([
      'source content/note.md',
      'source content/second.md',
      'picture content/square.svg',
    ])
    expect(manifest.fonts.map(({ name }) => name)).toContain('SourceSerif4-Regular')
    expect(manifest.fonts.every(({ version }) => /\d/.test(version))).toBe(true)
    const report = manifest.outputs.find(({ path }) => path === 'note-report-1.1.pdf')
    expect(report?.standards).toEqual(['PDF/A-3A', 'PDF/UA-1'])
    if (hasTool('pdfinfo'))
      expect(output('pdfinfo', [join(folder, 'note-report-1.1.pdf')])).toContain(`Pages:           ${report?.pages}\n`)
    // The words of the note, its title and its furniture; the paragraph alone has 16.
    expect(report?.words).toBeGreaterThan(50)
    expect(report?.words).toBeLessThan(110)
    expect(report?.ledger).toMatchObject({ withheld: 1 })
    expect(report?.bytes).toBe(statSync(join(folder, 'note-report-1.1.pdf')).size)
  })

  test.skipIf(!hasTool('sha256sum'))('sha256sum accepts both lists', () => {
    const check = (list: string) => output('sh', ['-c', `cd "$1" && sha256sum --check --strict "$2"`, 'sh', folder, list])
    expect(check('SHA256SUMS').match(/: OK/g)).toHaveLength(18)
    expect(check('release-v1.1.zip.sha256')).toBe('release-v1.1.zip: OK\n')
  })

  test('the provenance names each file, source and font', () => {
    const statement = JSON.parse(text('provenance.intoto.json'))
    expect(statement._type).toBe('https://in-toto.io/Statement/v1')
    expect(statement.predicateType).toBe('https://slsa.dev/provenance/v1')
    expect(statement.subject).toHaveLength(17)
    const named = statement.predicate.buildDefinition.resolvedDependencies.map(({ name }: { name: string }) => name)
    expect(named).toEqual(expect.arrayContaining(['content/note.md', 'content/square.svg', 'font SourceSerif4-Regular']))
  })

  test.skipIf(!hasTool('unzip'))('the archive holds all files in order, of the date of the sources', () => {
    const listed = output('unzip', ['-Z', '-T', join(folder, 'release-v1.1.zip')])
    const names = Array.from(listed.matchAll(/20260503\.000000 (\S+)$/gm), (match) => match[1])
    expect(names).toEqual(
      readdirSync(folder)
        .filter((name) => !name.includes('.zip'))
        .sort(),
    )
  })

  test('CHANGES tells added, removed, renamed and changed sections, word by word', () => {
    const changes = text('CHANGES.md')
    expect(changes).toContain('Compared with v1.0. 1 of 2 documents changed.')
    expect(changes).toContain('fell by a <del>third</del><ins>quarter</ins> in four weeks')
    expect(changes).toContain('- Monday │ <del>41</del><ins>43</ins>')
    expect(changes).toContain('- <ins>Friday</ins> │ <ins>50</ins>')
    expect(changes).not.toContain('Tuesday')
    expect(changes).toMatch(/### Costs of evenings\n\n\*changed, was titled “Cost”\*/)
    expect(changes).toMatch(/### Old advice\n\n\*removed, 11 words deleted\*/)
    expect(changes).toMatch(/### Next steps\n\n\*added, 6 words inserted\*/)
  })

  test.skipIf(!hasTool('pdftotext'))('the marked-up PDF holds what came and what went', () => {
    const printed = output('pdftotext', ['-layout', join(folder, 'CHANGES.pdf'), '-']).replace(/\s+/g, ' ')
    expect(printed).toMatch(/fell by a third\s?quarter in four weeks/)
    expect(printed).toContain('Tuesday 38')
    expect(output('pdfinfo', [join(folder, 'CHANGES.pdf')])).toMatch(/Tagged:\s+yes/)
  })

  test('what is withheld stands in no file of the release', () => {
    for (const name of ['CHANGES.md', 'CHANGES.html', 'text.json', 'manifest.json', 'provenance.intoto.json'])
      expect(text(name), name).not.toMatch(/secretword/i)
  })

  test('previews and summary', () => {
    expect(readdirSync(join(project, 'out/previews')).sort()).toHaveLength(6)
    const png = readFileSync(join(project, 'out/previews/note-report-1.1.png'))
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(png.readUInt32BE(20)).toBe(900)
    const summary = readFileSync(join(project, 'out/summary.md'), 'utf8')
    expect(summary).toMatch(/\| note-report-1\.1\.pdf \| 2 \| \d+ \| [\d.]+ KB \| PDF\/A-3A, PDF\/UA-1 \|/)
    expect(summary).toMatch(/\| content\/note\.md \| report \| \d+ .*\| 1 \|/)
  })
})

describe('the same bytes', () => {
  test('in two folders with another user, locale, time zone and home', () => {
    const one = releaseProject()
    const other = join(temporaryFolder(), 'a much longer folder é')
    cpSync(one, other, { recursive: true })
    const options = ['release', '--tag', 'v1.1']
    const first = briefpress(options, {
      cwd: one,
      env: { TZ: 'Pacific/Apia', LANG: 'C', LC_ALL: 'C', USER: 'ana', HOME: temporaryFolder() },
    })
    const second = briefpress(options, {
      cwd: other,
      env: { TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', USER: 'bo', LOGNAME: 'bo', HOME: temporaryFolder() },
    })
    expect([first.err, second.err, first.code, second.code]).toEqual(['', '', 0, 0])
    expect(differing(join(one, 'out/release'), join(other, 'out/release'))).toEqual([])
    const all = [...readAll(join(one, 'out/release')).values()].map((data) => Buffer.from(data, 'base64').toString('latin1')).join('')
    expect(all).not.toContain(one)
  })

  test('whatever the sharding, with more shards than sources too', () => {
    const project = releaseProject()
    briefpress(['release', ...quick], { cwd: project })
    const parts = [1, 2, 3].map((index) => {
      const run = briefpress(['release', ...quick, '--shard', `${index}/3`, '--out', `out/part-${index}`], { cwd: project })
      expect(run.code).toBe(0)
      return `out/part-${index}`
    })
    expect(readdirSync(join(project, 'out/part-3'))).toEqual(['shard.json'])
    const merged = briefpress(['release', 'merge', ...parts.reverse(), '--out', 'out/merged'], { cwd: project })
    expect(merged).toMatchObject({ code: 0, err: '' })
    expect(differing(join(project, 'out/release'), join(project, 'out/merged'))).toEqual([])

    const missing = briefpress(['release', 'merge', 'out/part-1', 'out/part-2', '--out', 'out/merged'], { cwd: project })
    expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('shard 3 of 3 is missing')])
    writeFileSync(join(project, 'out/part-1/note-report-1.1.pdf'), 'other')
    const changed = briefpress(['release', 'merge', ...parts], { cwd: project })
    expect([changed.code, changed.err]).toEqual([1, expect.stringMatching(/note-report-1\.1\.pdf is not what its shard says/)])
    expect(briefpress(['release', 'merge', 'content'], { cwd: project }).err).toContain('[shard-unreadable]')
  })
})

describe('what CHANGES compares with', () => {
  const project = releaseProject()
  const changesOf = (...args: readonly string[]): string => {
    const run = briefpress(['release', ...quick, ...args], { cwd: project })
    expect(run).toMatchObject({ code: 0, err: '' })
    return readFileSync(join(project, 'out/release/CHANGES.md'), 'utf8').replace(/^Compared with.*$/m, '')
  }

  test('a tag, a folder and an earlier release say the same', () => {
    const tagged = changesOf('--since', 'v1.0')
    mkdirSync(join(project, 'old'))
    output('sh', ['-c', 'cd "$1" && git archive v1.0 | tar -x -C old', 'sh', project])
    expect(changesOf('--since', 'old')).toBe(tagged)
    expect(changesOf('--since', 'old/content')).toBe(tagged)
    expect(
      briefpress(['release', ...quick, '--since', 'v1.0', '--tag', 'v1.0', '--out', '../earlier'], { cwd: join(project, 'old') }).code,
    ).toBe(0)
    expect(changesOf('--since', 'earlier')).toBe(tagged)
  })

  test('nothing changed, and a first release', () => {
    expect(changesOf('--since', 'v1.1')).toContain('No word of the text changed since v1.1.')
    rmSync(join(project, '.git'), { recursive: true })
    expect(changesOf()).toContain('first release')
  })
})

describe('bad input', () => {
  const project = releaseProject()
  const refused = (code: string, ...args: readonly string[]): string => {
    const run = briefpress(['release', ...quick, ...args], { cwd: project })
    expect(run.code).toBe(1)
    expect(run.err).toContain(`[${code}]`)
    expect(run.err).not.toMatch(/\n\s+at /)
    return run.err
  }

  test('a warning stops a release, and the one before stays', () => {
    expect(briefpress(['release', ...quick], { cwd: project }).code).toBe(0)
    const earlier = readAll(join(project, 'out/release'))
    write(project, { 'content/note.md': `${after}\nSee @sec-nowhere.\n` })
    expect(refused('unresolved-reference')).toContain('content/note.md:')
    expect(readAll(join(project, 'out/release'))).toEqual(earlier)
    expect(readdirSync(join(project, 'out'))).toEqual(['release'])
    const check = briefpress(['release', ...quick, '--check', '--annotations', 'github', '--code-quality', 'out/quality.json'], {
      cwd: project,
    })
    expect(check.code).toBe(1)
    expect(check.out).toMatch(/^::(error|warning) file=content\/note\.md,line=\d+,col=5,endColumn=\d+,title=unresolved-reference::/m)
    const [issue] = JSON.parse(readFileSync(join(project, 'out/quality.json'), 'utf8'))
    expect(issue).toMatchObject({ check_name: 'unresolved-reference', location: { path: 'content/note.md' } })
    write(project, { 'content/note.md': after })
  })

  test('names that are none', () => {
    refused('since-unreadable', '--since', 'nowhere')
    refused('since-unreadable', '--since=--output=x')
    refused('folder-not-a-release', '--out', 'content')
    refused('source-missing', 'nowhere')
    write(project, { 'x/manifest.json': '{"schema": 1}' })
    expect(refused('since-unreadable', '--since', 'x')).toContain('manifest.json')
    for (const args of [
      ['--shard', '3/2'],
      ['--shard', 'half'],
      ['--builder', 'me'],
      ['--tag', ' '],
      ['--editions', 'book'],
    ])
      expect(briefpress(['release', ...args], { cwd: project }).code, args.join(' ')).toBe(2)
  })

  test('a release without a version', () => {
    renameSync(join(project, '.git'), join(project, 'git'))
    write(project, { 'content/note.md': '# A\n\ntext\n' })
    write(project, { 'content/note.md': after.replace(/^version.*\n/m, '') })
    expect(refused('version-missing')).toContain('content/note.md:1:1')
    expect(briefpress(['release', ...quick, '--tag', 'v3 final/é'], { cwd: project }).code).toBe(0)
    expect(readdirSync(join(project, 'out/release'))).toEqual(
      expect.arrayContaining(['note-report-3-final.pdf', 'second-report-2.pdf', 'release-v3-final.zip']),
    )
  })
})
