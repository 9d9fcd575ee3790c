/** Decks as they are drawn: every word is on a slide or in the notes, and nothing stands outside the safe area, on slides and handouts. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type BuildResult, build } from '../../src/project/build.js'
import { handoutLayouts } from '../../src/templates/handout.js'
import { hasTool, output, projectFolder, temporaryFolder } from '../tools.js'
import { overfull } from './overfull.js'

interface Word {
  readonly text: string
  readonly box: readonly [number, number, number, number]
}

/** Pages with their words and where these are, in points. */
function pagesOf(path: string): readonly { readonly width: number; readonly height: number; readonly words: readonly Word[] }[] {
  const pages = output('pdftotext', ['-bbox', path, '-']).split('<page ').slice(1)
  return pages.map((page) => {
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(page) ?? []
    const words = Array.from(page.matchAll(/xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</g), (match) => ({
      text: match[5] as string,
      box: [Number(match[1]), Number(match[2]), Number(match[3]), Number(match[4])] as const,
    }))
    return { width: Number(width), height: Number(height), words }
  })
}

const outside = (path: string, margin: number) =>
  pagesOf(path).flatMap(({ width, height, words }, index) =>
    words
      .filter(({ box: [left, top, right, bottom] }) => {
        const [x, y] = [margin * width, margin * height]
        return left < x - 0.5 || right > width - x + 0.5 || top < y - 0.5 || bottom > height - y + 0.5
      })
      .map(({ text, box }) => `page ${index + 1}: ${text} at ${box.join(' ')}`),
  )

describe.skipIf(!hasTool('pdftotext'))('decks', () => {
  const folder = temporaryFolder()
  const wide = overfull('16:9')
  const narrow = overfull('4:3')
  let result: BuildResult
  const file = (name: string) => join(folder, 'out', name)
  beforeAll(async () => {
    mkdirSync(join(folder, 'content'))
    writeFileSync(join(folder, 'content', 'wide.md'), wide.source)
    writeFileSync(join(folder, 'content', 'narrow.md'), narrow.source)
    for (const name of ['cambodia-laos-defence.md', 'evening-closures-library.md', 'security-chain.svg'])
      copyFileSync(join(projectFolder, 'content', name), join(folder, 'content', name))
    const made = { project: folder, editions: ['slides'], formats: ['pdf'] } as const
    const plain = await build({
      ...made,
      sources: ['narrow', 'cambodia-laos-defence', 'evening-closures-library'].map((name) => `${folder}/content/${name}.md`),
    })
    const wideDeck = await build({ ...made, sources: [`${folder}/content/wide.md`], handouts: handoutLayouts })
    result = { ...wideDeck, diagnostics: [...plain.diagnostics, ...wideDeck.diagnostics] }
  })

  test('are built without an error', () => {
    expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(result.files.map(({ path }) => path.slice(folder.length + 5))).toEqual([
      'wide-slides.pdf',
      ...handoutLayouts.map((layout) => `wide-handout-${layout}.pdf`),
    ])
  })

  test('hold every word, all of it within the safe area', () => {
    for (const [name, { words }] of [
      ['wide', wide],
      ['narrow', narrow],
    ] as const) {
      const path = file(`${name}-slides.pdf`)
      expect(outside(path, 0.049), name).toEqual([])
      const text = output('pdftotext', [path, '-'])
      expect(
        words.filter((word) => !text.includes(word)),
        name,
      ).toEqual([])
    }
    for (const name of ['cambodia-laos-defence', 'evening-closures-library'])
      expect(outside(file(`${name}-slides.pdf`), 0.049), name).toEqual([])
  })

  test('a slide is one page, and says which of several it is', () => {
    const slides = result.ledgers.find(({ source }) => source.includes('wide'))?.entries ?? []
    expect(slides.length).toBeGreaterThan(15)
    const pages = pagesOf(file('wide-slides.pdf')).filter(({ width, height }) => width > height)
    const parts = pages.flatMap(({ words }) => words.flatMap(({ text }) => /^\((\d+)\/(\d+)\)$/.exec(text)?.slice(1).map(Number) ?? []))
    expect(parts.length).toBeGreaterThan(10)
    const feet = pages.slice(1).map(({ words }) => words.at(-1)?.text)
    expect(feet).toEqual(feet.map((_, index) => String(index + 2)))
  })

  test('a table that goes on has its head on each slide', () => {
    const heads = pagesOf(file('wide-slides.pdf')).filter(({ width, height }) => width > height)
    const [head] = /\| (q\w+) /.exec(wide.source)?.slice(1) ?? []
    expect(heads.filter(({ words }) => words.some(({ text }) => text === head)).length).toBeGreaterThan(2)
  })

  test('handouts hold each slide, and the notes where they are asked for', () => {
    const slides = pagesOf(file('wide-slides.pdf')).filter(({ width, height }) => width > height)
    const shown = new Set(slides.flatMap(({ words }) => words.map(({ text }) => text.replace(/\W/g, ''))))
    for (const layout of handoutLayouts) {
      const path = file(`wide-handout-${layout}.pdf`)
      expect(outside(path, 0.02), layout).toEqual([])
      const text = output('pdftotext', [path, '-'])
      const withNotes = layout === '1' || layout === '2' || layout === 'notes'
      const missing = wide.words.filter((word) => (withNotes || shown.has(word)) && !text.includes(word))
      expect(missing, layout).toEqual([])
    }
    expect(pagesOf(file('wide-handout-6.pdf')).length).toBe(Math.ceil(slides.length / 6))
  })

  test('a slide on a handout is the slide, small: each word at its place', () => {
    const unit = 0.515
    const handout = pagesOf(file('wide-handout-1.pdf'))
    const slides = pagesOf(file('wide-slides.pdf')).filter(({ width, height }) => width > height)
    let compared = 0
    slides.forEach(({ words, height }, index) => {
      const bottom = 48 + 540 * unit
      const page = handout.find((one) =>
        one.words.some(({ text, box }) => text === String(index + 1) && box[1] > bottom && box[1] < bottom + 12 && box[0] < 50),
      )
      expect(page, `slide ${index + 1}`).toBeDefined()
      const places = new Map(page?.words.filter(({ box }) => box[3] < bottom).map(({ text, box }) => [text, box]))
      for (const { text, box } of words) {
        const place = places.get(text)
        // The foot is not drawn, and notes stand at the foot of the sheet.
        if (box[3] > 0.88 * height || !place || words.filter((word) => word.text === text).length > 1) continue
        compared++
        for (const side of [0, 1, 2, 3] as const)
          expect(Math.abs(48 + box[side] * unit + 0.25 - place[side]), `slide ${index + 1}: ${text}`).toBeLessThan(2)
      }
    })
    expect(compared).toBeGreaterThan(0.9 * wide.words.length * 0.7)
  })
})
