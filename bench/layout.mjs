// CPU time of styling and layout for 100 and 200 pages of mixed content, the first time and again in the same process:
// `node bench/layout.mjs [pages …]`. Text is made by counting, so every run sets the same pages. At the end the ratio of the last to the first.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { paragraphs } from './corpus.mjs'

const self = fileURLToPath(import.meta.url)
const root = join(dirname(self), '..')
// Beside dist/, where the program looks for its data.
const outfile = join(root, 'dist', '.bench', 'layout.mjs')

const css = `
@page { size: A4; margin: 25mm 25mm 28mm; @top-center { content: string(section) } @bottom-center { content: counter(page) " of " counter(pages) } }
html { font: 10.5pt/15pt "Source Serif 4"; text-align: justify; hyphens: auto; orphans: 2; widows: 2 }
h1 { string-set: section content(); break-before: page; font-size: 22pt; line-height: 30pt; text-align: start }
h2 { font-size: 14pt; line-height: 20pt; text-align: start }
p { margin: 0 } p + p { text-indent: 12pt }
.note { float: footnote; font-size: 8.5pt; line-height: 11pt }
aside { float: right; width: 55mm; margin: 0 0 6pt 6mm; padding: 6pt; background: #eee; font: 9pt/12pt "Source Sans 3"; text-align: start }
figure { margin: 12pt 0; break-inside: avoid } figure div { height: 40mm; background: linear-gradient(teal, navy) }
figcaption, table { font: 9pt/12pt "Source Sans 3"; text-align: start }
table { width: 100%; border-collapse: collapse; margin: 12pt 0 } th, td { padding: 2pt 4pt; border-bottom: 0.5pt solid #999 } td { text-align: right }
.columns { columns: 2; column-gap: 8mm; margin: 12pt 0; font-size: 9.5pt; line-height: 13pt }
.facts { display: flex; gap: 8mm; margin: 12pt 0 } .facts div { flex: 1; border-top: 1pt solid }
`

/** About a page of one thing after another. */
function section(number, texts) {
  const text = (index) => texts[(number * 7 + index) % texts.length]
  const note = `<span class="note">Note ${number}: ${text(5).slice(0, 160)}</span>`
  const rows = Array.from(
    { length: 5 },
    (_, row) => `<tr><th>Row ${row + 1}</th><td>${number * 13 + row}</td><td>${(number * 7 + row) / 4}</td><td>${row * number}</td></tr>`,
  )
  const parts = [
    `<aside>${text(6).slice(0, 220)}</aside><p>${text(1)}</p>`,
    `<ul><li>${text(2).slice(0, 90)}</li><li>${text(3).slice(0, 130)}</li><li>${text(4).slice(0, 60)}</li></ul>`,
    `<table><thead><tr><th>What</th><th>One</th><th>Two</th><th>Three</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
    `<figure><div></div><figcaption>Figure ${number}. ${text(2).slice(0, 80)}</figcaption></figure>`,
    `<div class="columns"><p>${text(3)}</p><p>${text(4)}</p></div>`,
    `<div class="facts"><div>${text(1).slice(0, 70)}</div><div>${text(2).slice(0, 90)}</div><div>${text(3).slice(0, 50)}</div></div>`,
  ]
  const heading = number % 10 === 0 ? `<h1>Part ${number / 10 + 1}</h1>` : `<h2>Section ${number}</h2>`
  return `${heading}<p>${text(0)}${note}</p><p>${text(1)}</p>${parts[number % 6]}<p>${text(2)}</p>${parts[(number + 3) % 6]}<p>${text(3)}</p><p>${text(4)}</p>`
}

const mixed = (pages) => {
  const texts = paragraphs(6000)
  const sections = Array.from({ length: Math.round(pages * 0.77) }, (_, number) => section(number, texts))
  return `<!doctype html><html lang="en"><title>Mixed content</title><style>${css}</style><body>${sections.join('\n')}</body></html>`
}

async function measure(pages) {
  const { loadEngine, layOut } = await import(pathToFileURL(outfile).href)
  const engine = await loadEngine()
  const hyphenator = await engine.hyphenator(['en'])
  const html = mixed(pages)
  const run = () => {
    const before = process.cpuUsage()
    const start = performance.now()
    const laid = layOut({
      html,
      file: join(root, 'mixed.html'),
      base: root,
      root,
      styleSheets: [],
      engine,
      hyphenator,
      report: (message) => console.error(message.message),
    })
    const { user, system } = process.cpuUsage(before)
    return { cpu: (user + system) / 1000, wall: performance.now() - start, pages: laid.document.pages.length }
  }
  const cold = run()
  const warm = [run(), run(), run()].sort((a, b) => a.cpu - b.cpu)[0]
  return { pages: cold.pages, cold: cold.cpu, warm: warm.cpu, wall: cold.wall }
}

if (process.argv[2] === '--run') console.log(JSON.stringify(await measure(Number(process.argv[3]))))
else {
  if (!existsSync(join(root, 'dist', 'cli.js'))) throw new Error('build first: npm run build')
  mkdirSync(dirname(outfile), { recursive: true })
  await build({
    stdin: {
      contents: "export { loadEngine } from './src/project/engine.ts'\nexport { layOut } from './src/project/lay-out.ts'",
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile,
    logLevel: 'error',
  })
  const sizes = process.argv.slice(2).map(Number)
  const results = (sizes.length > 0 ? sizes : [100, 200]).map((size) =>
    JSON.parse(execFileSync(process.execPath, [self, '--run', `${size}`], { encoding: 'utf8' })),
  )
  for (const { pages, cold, warm, wall } of results)
    console.log(
      `${pages} pages: css and layout ${cold.toFixed(0)} ms of CPU cold (${wall.toFixed(0)} ms by the clock), ${warm.toFixed(0)} ms warm`,
    )
  const [first, last] = [results[0], results.at(-1)]
  console.log(
    `${(last.pages / first.pages).toFixed(2)} times the pages: ${(last.cold / first.cold).toFixed(2)} times the CPU cold, ${(last.warm / first.warm).toFixed(2)} warm`,
  )
  rmSync(dirname(outfile), { recursive: true })
}
