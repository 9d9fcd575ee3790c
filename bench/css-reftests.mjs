// Passes of the W3C's CSS reftests by area: `node bench/css-reftests.mjs FOLDER [OUT] [--docs]`, where FOLDER holds run.mjs, sample.json, suite
// and fonts. Tests whose files are not there count apart. --docs writes the figures to docs/css.md.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { documentFile, withFigures } from './css-support.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const paths = process.argv.slice(2).filter((argument) => argument !== '--docs')
const folder = resolve(paths[0] ?? '../shared/css-reftests')
const out = resolve(paths[1] ?? mkdtempSync(join(tmpdir(), 'briefpress-reftests-')))
const css = join(out, 'page.css')
const file = (name) => join(folder, name)
mkdirSync(out, { recursive: true })
writeFileSync(css, '@page { size: 900px 1200px; margin: 48px }\n')
const engine = `cd '${out}' && '${process.execPath}' '${join(root, 'dist', 'cli.js')}' pdf --batch --quiet --css '${css}' --fonts '${file('fonts')}' 2>/dev/null || true`
execFileSync(process.execPath, [file('run.mjs'), file('suite'), file('sample.json'), out, engine], {
  stdio: ['ignore', 'ignore', 'inherit'],
})

const results = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'))
const peers = existsSync(file('peers.json')) ? JSON.parse(readFileSync(file('peers.json'), 'utf8')) : {}
const areas = new Map()
let absent = 0
for (const { area, test, ref, ok } of results) {
  if (!existsSync(join(folder, 'suite', test)) || !existsSync(join(folder, 'suite', ref))) {
    absent++
    continue
  }
  const sums = areas.get(area) ?? [0, 0, 0, 0]
  const [chromium, weasyprint] = peers[test] ?? [false, false]
  areas.set(area, [sums[0] + Number(ok), sums[1] + 1, sums[2] + Number(chromium), sums[3] + Number(weasyprint)])
}
const total = [...areas.values()].reduce((all, sums) => all.map((value, index) => value + sums[index]), [0, 0, 0, 0])
const line = (name, [passed, count, chromium, weasyprint]) =>
  console.log(
    `${name.padEnd(28)} ${String(passed).padStart(4)} of ${String(count).padEnd(4)} Chromium ${String(chromium).padEnd(4)} WeasyPrint ${weasyprint}`,
  )
for (const [area, sums] of [...areas].sort()) line(area, sums)
line('all', total)
if (absent > 0) console.log(`${absent} tests are not counted: their files are not in the folder`)

/** The figures as a table of Markdown, with the day they were taken. */
function figures() {
  const row = (name, [passed, count, chromium, weasyprint]) => `| ${name} | ${passed} | ${count} | ${chromium} | ${weasyprint} |`
  const day = new Date().toISOString().slice(0, 10)
  return `Taken on ${day}. Chromium and WeasyPrint were given the same files.

| Area | briefpress passes | of | Chromium | WeasyPrint |
| --- | --- | --- | --- | --- |
${[...areas]
  .sort()
  .map(([name, sums]) => row(name, sums))
  .join('\n')}
${row('**all**', total)}`
}
if (process.argv.includes('--docs')) writeFileSync(documentFile, withFigures(readFileSync(documentFile, 'utf8'), figures()))
