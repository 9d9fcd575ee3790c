// CPU time of setting 50,000 justified, hyphenated words, stage by stage: `node bench/text.mjs [words]`.
import { mkdtempSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { paragraphs } from './corpus.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const outfile = join(mkdtempSync(join(root, 'node_modules', '.bench-')), 'text.mjs')
await build({
  stdin: {
    contents: `export { createTypesetter, loadHyphenation, loadShaper } from './src/text/index.ts'
export { createFontCollection } from './src/fonts/collection.ts'
export { initialStyle } from './src/css/properties/initial.ts'`,
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
const { createTypesetter, loadHyphenation, loadShaper, createFontCollection, initialStyle } = await import(pathToFileURL(outfile).href)

const words = Number(process.argv[2] ?? 50_000)
const texts = paragraphs(words)
const report = (message) => console.error(message.message)
const fonts = createFontCollection({
  shippedFontFolder: join(root, 'node_modules', '@expo-google-fonts'),
  fontFaces: [],
  readFile: (path) => readFileSync(path),
  report,
})
const stages = []
async function stage(name, work) {
  const before = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(before)
  stages.push([name, (user + system) / 1000])
  return result
}
const shaper = await stage('HarfBuzz compiled', () => loadShaper())
const hyphenator = await stage('patterns loaded', () => loadHyphenation(['en-GB']))
const style = {
  ...initialStyle(),
  id: 1,
  fontFamily: ['Source Serif 4'],
  fontSize: 14.67,
  textAlign: 'justify',
  hyphens: 'auto',
  hyphenateLimitChars: [6, 3, 3],
  hyphenateLimitLines: 2,
  language: 'en-GB',
}
const typesetter = createTypesetter({ fonts, shaper, hyphenator, report })
const width = 450
const prepared = await stage('itemised, shaped, breaks found', () =>
  texts.map((text) => typesetter.prepare({ text, spans: [{ start: 0, end: text.length, style }], objects: [], style, indent: 0 })),
)
const broken = await stage('lines chosen', () => prepared.map((paragraph) => typesetter.breakLines(paragraph, width)))
const lines = await stage('glyphs placed', () =>
  prepared.map((paragraph, index) => broken[index].map((line) => typesetter.lineItems(paragraph, line, width))),
)
console.log(`${texts.join(' ').split(' ').length} words, ${lines.flat().length} lines`)
for (const [name, ms] of stages) console.log(`${name.padEnd(32)} ${ms.toFixed(0).padStart(6)} ms`)
console.log(
  `${'shaping, breaking and lines'.padEnd(32)} ${stages
    .slice(2)
    .reduce((sum, [, ms]) => sum + ms, 0)
    .toFixed(0)
    .padStart(6)} ms`,
)
