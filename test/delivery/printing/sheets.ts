/** PDFs for the tests of printing: pages that carry their own numbers, and where these words are found on sheets. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { briefpress, output } from '../../tools.js'

export const millimetre = 72 / 25.4

/** A file of small pages with "page1", "page2" … at their upper left. */
export function numberedPages(folder: string, count: number, css = ''): string {
  const pages = Array.from({ length: count }, (_, index) => `<p class="p${index + 1}">page${index + 1}</p>`).join('')
  const style = `@page { size: 100mm 150mm; margin: 10mm } body { margin: 0 } p { margin: 0; break-after: page } p:last-child { break-after: auto } ${css}`
  writeFileSync(join(folder, 'pages.html'), `<!doctype html><html lang="en"><title>Pages</title><style>${style}</style>${pages}`)
  const run = briefpress(['pdf', 'pages.html', '-o', 'pages.pdf', '--quiet'], { cwd: folder })
  if (run.code !== 0) throw new Error(run.err)
  return join(folder, 'pages.pdf')
}

export interface PlacedWord {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly height: number
}

/** Words by side of a sheet in reading order of rows, points from the upper left corner. */
export function wordsOnSides(
  file: string,
): readonly { readonly width: number; readonly height: number; readonly words: readonly PlacedWord[] }[] {
  const text = output('pdftotext', ['-bbox', file, '-'])
  return text
    .split('<page ')
    .slice(1)
    .map((page) => {
      const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(page) ?? []
      const words = Array.from(page.matchAll(/xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="[\d.-]+" yMax="([\d.-]+)">([^<]*)</g), (match) => ({
        text: match[4] as string,
        x: Number(match[1]),
        y: Number(match[2]),
        height: Number(match[3]) - Number(match[2]),
      }))
      return { width: Number(width), height: Number(height), words: words.sort((a, b) => Math.round(a.y - b.y) || a.x - b.x) }
    })
}

export const orderOf = (file: string): string[] =>
  wordsOnSides(file).map(({ words }) => words.map(({ text }) => text.replace('page', '')).join(' '))
