// Wall time and peak memory of a long table: `node bench/table.mjs [ROWS …]`, beside WeasyPrint in the same run where it is installed.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const counts = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'briefpress-table-'))
const html = join(folder, 'table.html')
const pdf = join(folder, 'table.pdf')

function table(rows) {
  const body = Array.from(
    { length: rows },
    (_, row) =>
      `<tr><td>Row ${row + 1}</td><td>${(row * 7919) % 1000} units</td><td>Province ${row % 25}</td><td>${((row * 104729) % 100000) / 100}</td></tr>`,
  )
  const css =
    '@page { size: A4; margin: 20mm } table { border-collapse: collapse } td, th { border: 1px solid #999; padding: 2px 6px; text-align: left }'
  return `<!doctype html><html lang="en"><title>Table</title><style>${css}</style><table><thead><tr><th>Name<th>Amount<th>Place<th>Value</thead><tbody>${body.join('\n')}</tbody></table></html>`
}

/** Highest resident memory of a process in KB, read while it runs; 0 where the system does not tell. */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return 0
    throw error
  }
}

async function measure(name, rows, [program, ...args]) {
  const start = performance.now()
  const child = spawn(program, args, { stdio: 'ignore' })
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid))
  }, 20)
  const code = await new Promise((resolve) => child.on('exit', resolve))
  clearInterval(watch)
  const seconds = ((performance.now() - start) / 1000).toFixed(2)
  const memory = peak > 0 ? `${Math.round(peak / 1024)} MB` : 'memory unknown'
  console.log(
    `${name.padEnd(12)} ${String(rows).padStart(6)} rows  ${seconds.padStart(7)} s  ${memory}${code === 0 ? '' : `  exit code ${code}`}`,
  )
}

const hasWeasyPrint = spawnSync('weasyprint', ['--version'], { stdio: 'ignore' }).status === 0
for (const rows of counts.length > 0 ? counts : [1000, 10000, 20000]) {
  writeFileSync(html, table(rows))
  await measure('briefpress', rows, [process.execPath, join(root, 'dist', 'cli.js'), 'pdf', html, '-o', pdf, '--quiet'])
  // Beyond this the peer takes minutes.
  if (hasWeasyPrint && rows <= 2000) await measure('WeasyPrint', rows, ['weasyprint', html, pdf])
}
if (!hasWeasyPrint) console.log('WeasyPrint is not installed')
rmSync(folder, { recursive: true })
