// Wall times of whole processes beside peers in the same run: `node bench/compare.mjs [runs]`. Peers that are not there are left out.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const runs = Number(process.argv[2] ?? 5)
const out = mkdtempSync(join(tmpdir(), 'briefpress-bench-'))
const source = join(root, 'content', 'cambodia-laos-defence.md')
const html = join(out, 'cambodia-laos-defence-report.html')
const cli = (...args) => [process.execPath, [join(root, 'dist', 'cli.js'), 'build', source, '--out', out, '--quiet', ...args]]

const candidates = [
  ['node alone', process.execPath, ['-e', '0']],
  ['all six files', ...cli()],
  ['brief, PDF', ...cli('--editions', 'brief', '--formats', 'pdf')],
  ['report, PDF', ...cli('--editions', 'report', '--formats', 'pdf')],
  ['WeasyPrint, the report', '/usr/bin/weasyprint', ['-q', html, join(out, 'weasyprint.pdf')]],
  [
    'Chromium, the report',
    '/usr/bin/chromium',
    ['--headless', '--no-sandbox', '--disable-gpu', `--print-to-pdf=${join(out, 'chromium.pdf')}`, `file://${html}`],
  ],
]

for (const [name, program, args] of candidates) {
  if (!existsSync(program)) continue
  const times = Array.from({ length: runs }, () => {
    const start = performance.now()
    execFileSync(program, args, { stdio: 'ignore' })
    return (performance.now() - start) / 1000
  }).sort((a, b) => a - b)
  const [least = 0] = times
  const median = times[Math.floor(times.length / 2)] ?? 0
  console.log(`${name.padEnd(26)} min ${least.toFixed(2)} s   median ${median.toFixed(2)} s`)
}
