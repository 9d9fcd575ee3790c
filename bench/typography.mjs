// How evenly justified text is set: `node bench/typography.mjs [file.pdf]`. Builds a report of some 60 pages and measures the glyphs of its
// PDF (mutool): the 95th percentile of the lines' mean word gap in em, lines that end in a hyphen, hyphens in a row, lines that run over
// the margin, headings at the foot of a page, single lines of a paragraph at the head or foot of a page.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { paragraphs } from './corpus.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

function buildReport() {
  const out = mkdtempSync(join(tmpdir(), 'briefpress-typography-'))
  let source = '---\ntitle: A long report\nlang: en-GB\ndate: 2026-01-15\n---\n'
  for (const [index, text] of paragraphs(27_000).entries()) {
    if (index % 12 === 0) source += `\n## Chapter ${index / 12 + 1} of the report\n`
    else if (index % 4 === 0) source += `\n### What stands in part ${index / 4}\n`
    source += `\n${text}\n`
  }
  writeFileSync(join(out, 'long.md'), source)
  execFileSync(process.execPath, [
    join(root, 'dist', 'cli.js'),
    'build',
    join(out, 'long.md'),
    '--out',
    out,
    '--editions',
    'report',
    '--formats',
    'pdf',
    '--quiet',
  ])
  return join(out, 'long-report.pdf')
}

/** Lines of a page: characters with x, size and baseline, in reading order. */
function readLines(page) {
  return [...page.matchAll(/<line [^>]*>([\s\S]*?)<\/line>/g)].map(([, body]) => {
    const characters = [...body.matchAll(/<font name="([^"]*)" size="([^"]*)">([\s\S]*?)<\/font>/g)].flatMap(([, name, size, inner]) =>
      [...inner.matchAll(/<char quad="([^"]*)" x="([^"]*)" y="([^"]*)"[^>]* c="([^"]*)"/g)].map(([, quad, x, y, c]) => ({
        name,
        // Glyphs a little wider than they are drawn make a size that is no round number.
        size: Math.round(Number(size) * 2) / 2,
        x: Number(x),
        right: Number(quad.split(' ')[2]),
        y: Number(y),
        c: c.replace('&#xad;', '\u00ad').replace(/^&amp;$/, '&'),
      })),
    )
    return { characters, y: characters[0]?.y ?? 0 }
  })
}

/** Pieces of one baseline are one line. */
function joinLines(lines) {
  const joined = []
  for (const line of lines) {
    const last = joined.at(-1)
    if (last && Math.abs(last.y - line.y) < 2 && line.characters[0]?.x >= last.characters.at(-1)?.x)
      last.characters.push(...line.characters)
    else joined.push(line)
  }
  return joined
}

function measureLine({ characters, y }, body) {
  const shown = characters.filter((character) => character.c !== ' ' && character.c !== '\u00ad')
  const first = shown[0]
  const last = characters.findLast((character) => character.c !== ' ')
  if (!first || !last) return null
  const gaps = []
  for (const [index, character] of characters.entries()) {
    const next = characters[index + 1]
    if (character.c === ' ' && index > 0 && next && next.c !== ' ') gaps.push((next.x - characters[index - 1].right) / character.size)
  }
  const isBody = shown.filter((character) => character.size === body.size && character.name === body.name).length > shown.length / 2
  const text = characters.map((character) => character.c).join('')
  return {
    y,
    left: first.x,
    right: last.right,
    isBody,
    isHeading: first.size > body.size + 0.4,
    hyphen: /[\u00ad-]$/.test(text.trimEnd()),
    gap: gaps.length > 0 ? gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length : null,
    text,
  }
}

function bodyFont(pages) {
  const counts = new Map()
  for (const lines of pages)
    for (const { characters } of lines)
      for (const { name, size } of characters) counts.set(`${name} ${size}`, (counts.get(`${name} ${size}`) ?? 0) + 1)
  const [name = '', size = '0'] = [...counts].sort((a, b) => b[1] - a[1])[0][0].split(' ')
  return { name, size: Number(size) }
}

const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0

/** Figures of one PDF. */
export function measureTypography(file) {
  const xml = execFileSync('mutool', ['draw', '-q', '-F', 'stext', file], { maxBuffer: 1 << 30, encoding: 'utf8' })
  const pages = xml
    .split('<page ')
    .slice(1)
    .map((page) => joinLines(readLines(page)))
  const body = bodyFont(pages)
  const measured = pages.map((lines) => lines.map((line) => measureLine(line, body)).filter((line) => line !== null))
  const all = measured.flat().filter((line) => line.isBody)
  const margin = percentile(
    all.map((line) => line.right),
    0.6,
  )
  const left = percentile(
    all.map((line) => line.left),
    0.3,
  )
  const leading = percentile(
    measured.flatMap((lines) => lines.slice(1).map((line, index) => line.y - lines[index].y)).filter((step) => step > 0),
    0.5,
  )
  const result = { pages: 0, lines: 0, gap95: 0, hyphenated: 0, inRow: 0, over: 0, headings: 0, singles: 0 }
  const gaps = []
  let row = 0
  for (const lines of measured) {
    const text = lines.filter((line) => line.isBody || line.isHeading)
    if (text.filter((line) => line.isBody).length < 10) continue
    result.pages++
    if (text.at(-1).isHeading) result.headings++
    for (const [index, line] of text.entries()) {
      if (!line.isBody) continue
      const full = line.right > margin - 6
      row = line.hyphen ? row + 1 : 0
      result.inRow = Math.max(result.inRow, row)
      if (line.right > margin + 7) result.over++
      if (!full || line.gap === null) continue
      result.lines++
      if (line.hyphen) result.hyphenated++
      gaps.push(line.gap)
      if (index > 0 && text[index - 1].isBody) continue
    }
    const [first, second] = text
    const foot = text.at(-1)
    const before = text.at(-2)
    const startsParagraph = (line, above) => line.left > left + 4 || (above && line.y - above.y > leading * 1.25)
    if (first.isBody && first.right < margin - 8 && (!second || startsParagraph(second, first))) result.singles++
    if (foot.isBody && before && startsParagraph(foot, before) && foot.right > margin - 6) result.singles++
  }
  result.gap95 = percentile(gaps, 0.95)
  result.gap50 = percentile(gaps, 0.5)
  result.hyphenated = (100 * result.hyphenated) / result.lines
  return result
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const figures = measureTypography(process.argv[2] ?? buildReport())
  for (const [name, value] of Object.entries(figures))
    console.log(`${name.padEnd(12)} ${Number.isInteger(value) ? value : value.toFixed(3)}`)
}
