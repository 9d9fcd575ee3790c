import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parsePageRanges } from '../../../src/delivery/printing/page-ranges.js'
import { paperOf, points } from '../../../src/delivery/printing/paper.js'
import { briefpress, hasTool, output, temporaryFolder } from '../../tools.js'
import { numberedPages } from './sheets.js'

const folder = temporaryFolder()
const file = numberedPages(folder, 6)

/** A program that writes down its arguments and what it is handed, and answers as it is told. */
function recorder(answer: string): { readonly path: string; readonly calls: () => string[]; readonly input: () => Buffer } {
  const bin = temporaryFolder()
  writeFileSync(join(bin, 'lp'), `#!/bin/sh\nprintf '%s\\n' "$@" > '${bin}/args'\ncat > '${bin}/input'\n${answer}\n`)
  chmodSync(join(bin, 'lp'), 0o755)
  return {
    path: `${bin}${delimiter}${process.env.PATH ?? ''}`,
    calls: () => readFileSync(join(bin, 'args'), 'utf8').trimEnd().split('\n'),
    input: () => readFileSync(join(bin, 'input')),
  }
}

function withPath<T>(path: string, run: () => T): T {
  const before = process.env.PATH
  process.env.PATH = path
  try {
    return run()
  } finally {
    process.env.PATH = before
  }
}

describe('briefpress print', () => {
  test('what is wished reaches lp as arguments, whatever a shell would make of them', () => {
    const odd = join(folder, 'it\'s $(touch x); "1".pdf')
    writeFileSync(odd, readFileSync(file))
    const lp = recorder('echo "request id is Office-7 (1 file(s))"')
    const wishes = ['-d', 'Office', '--paper', 'a4', '--sides', 'two-sided-long-edge', '--copies', '3', '--pages', '1-2,4-', '--grayscale']
    const run = withPath(lp.path, () => briefpress(['print', odd, ...wishes], { cwd: folder }))
    expect([run.code, run.err]).toEqual([0, ''])
    expect(run.out).toContain('job Office-7')
    expect(lp.calls()).toEqual([
      ...['-d', 'Office', '-n', '3', '-P', '1-2,4-', '-t', 'it\'s $(touch x); "1".pdf'],
      ...['-o', 'media=iso_a4_210x297mm', '-o', 'sides=two-sided-long-edge', '-o', 'print-color-mode=monochrome', '--', odd],
    ])
    expect(existsSync(join(folder, 'x'))).toBe(false)
  })

  test('a booklet goes to standard input, at its size, to be turned over the short edge', () => {
    const lp = recorder('echo "request id is Office-8 (0 file(s))"')
    const run = withPath(lp.path, () => briefpress(['print', file, '--booklet', '--paper', 'a4'], { cwd: folder }))
    expect([run.code, run.err]).toEqual([0, ''])
    const sheets = join(folder, 'sheets.pdf')
    briefpress(['print', file, '--booklet', '--paper', 'a4', '-o', sheets])
    expect(lp.input().equals(readFileSync(sheets))).toBe(true)
    expect(lp.calls().join(' ')).toMatch(/media=iso_a4_210x297mm -o sides=two-sided-short-edge -o print-scaling=none -- -$/)
  })

  test.skipIf(!hasTool('sh'))('a dry run shows a command that a shell reads as the same arguments, and prints nothing', () => {
    const odd = join(folder, "it's.pdf")
    writeFileSync(odd, readFileSync(file))
    const lp = recorder('echo "request id is Office-9 (1 file(s))"')
    const run = withPath(lp.path, () => briefpress(['print', odd, '--dry-run', '--copies', '2']))
    expect(run.out).toMatch(/^lp -n 2 -t/)
    expect(() => lp.calls()).toThrow()
    withPath(lp.path, () => output('sh', ['-c', run.out]))
    expect(lp.calls()).toEqual(['-n', '2', '-t', "it's.pdf", '--', odd])
    expect(briefpress(['print', file, '--imposition', '4up', '--dry-run']).out).toBe(
      '# standard input: 6 pages on 2 sides of 100 × 150 mm\nlp -t pages.pdf -o media=Custom.100x150mm -o print-scaling=none -- -\n',
    )
  })

  test('without lp it says what to install', () => {
    const run = withPath(temporaryFolder(), () => briefpress(['print', file]))
    expect(run.code).toBe(1)
    expect(run.err).toMatch(/lp is not there.*\[lp-missing\]\n.*cups-client/)
  })

  test('what lp says of a failure is told in its words', () => {
    const lp = recorder('echo "lp: Error - No default destination." >&2\nexit 1')
    const run = withPath(lp.path, () => briefpress(['print', file]))
    expect(run.code).toBe(1)
    expect(run.err).toMatch(/default queue did not take the job: No default destination\. \[print-refused\]\n.*--printer/)
  })

  test('a program that ends without reading the job is a refusal, not a fault of ours', () => {
    const bin = temporaryFolder()
    writeFileSync(join(bin, 'lp'), '#!/bin/sh\nexec <&-\necho "lp: Forbidden" >&2\nexit 1\n')
    chmodSync(join(bin, 'lp'), 0o755)
    const run = withPath(`${bin}${delimiter}${process.env.PATH ?? ''}`, () => briefpress(['print', file, '--booklet']))
    expect([run.code, run.err.includes('Forbidden')]).toEqual([1, true])
  })

  test.each([
    [['--copies', '0'], '--copies takes a whole number'],
    [['--paper', 'a99'], 'there is no paper "a99"'],
    [['--pages', '3-1'], '--pages takes ranges'],
    [['--creep', '1mm'], '--creep is for booklets'],
    [['--booklet', '--creep', '1'], '--creep takes a length'],
    [['--booklet', '--imposition', '4up'], 'exclude each other'],
    [['-o', 'x.pdf'], '--output writes imposed sheets'],
    [['--printer=-oraw'], 'cannot be the name of a queue'],
    [['--sides', 'both'], 'Invalid values'],
  ])('%j is told to be wrong', (args, words) => {
    const run = briefpress(['print', file, ...args, '--dry-run'])
    expect([run.code, run.err.includes(words)]).toEqual([2, true])
  })

  test('files that cannot be laid out on sheets are told', () => {
    writeFileSync(join(folder, 'note.pdf'), 'hello')
    expect(briefpress(['print', join(folder, 'note.pdf'), '--dry-run']).err).toMatch(/cannot be printed.*\[not-printable\]/)
    expect(briefpress(['print', file, '--booklet', '--pages', '7-', '--dry-run']).err).toMatch(/has 6 pages, and none of them/)
    if (!hasTool('qpdf')) return
    output('qpdf', ['--encrypt', 'a', 'b', '256', '--', file, join(folder, 'closed.pdf')])
    expect(briefpress(['print', join(folder, 'closed.pdf'), '--booklet', '--dry-run']).err).toMatch(/protected by a password/)
  })
})

test('lengths, papers and ranges', () => {
  expect([points('25.4mm'), points('1in'), points('.5cm'), points('12pt')]).toEqual([72, 72, expect.closeTo(14.173, 3), 12])
  expect([points('1'), points('-1mm'), points('1e3mm'), points('')]).toEqual([null, null, null, null])
  expect(paperOf('A4')?.media).toBe('iso_a4_210x297mm')
  expect(paperOf('297mmx210mm')?.media).toBe('iso_a4_210x297mm')
  expect(paperOf('120mmx20cm')?.media).toBe('Custom.120x200mm')
  expect([paperOf('0mmx1mm'), paperOf('a4x'), paperOf('1mmx2mmx3mm')]).toEqual([null, null, null])
  expect(parsePageRanges('1-3, 5,8-')).toEqual([
    { first: 1, last: 3 },
    { first: 5, last: 5 },
    { first: 8, last: null },
  ])
  expect(['', '0', '2-1', 'a', '1,,2', '-3'].map(parsePageRanges)).toEqual(Array(6).fill(null))
})
