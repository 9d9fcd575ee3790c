import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HtmlElement, HtmlNode } from '../../src/html/dom.js'
import type { Fragment } from '../../src/layout/fragment.js'
import { loadEngine } from '../../src/project/engine.js'
import { layOut } from '../../src/project/lay-out.js'
import { hasTool } from '../tools.js'
import { tableDocuments } from './table-documents.js'

interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Px by which a box may differ. */
const tolerance = 0.6
const compared = new Set(['table', 'caption', 'tr', 'td', 'th', 'thead', 'tbody', 'tfoot', 'i', 'b', 'div', 'p'])

/** Elements in document order with their names and places, as the browser has them; null where nothing shows. */
const measure = `[...document.querySelectorAll('body *')].map((element) => {
  const { x, y, width, height } = element.getBoundingClientRect()
  const shows = width > 0 && height > 0 && getComputedStyle(element).visibility === 'visible'
  return { name: element.localName, box: shows ? { x, y, width, height } : null }
})`

function elementsOf(node: HtmlNode): HtmlElement[] {
  return node.kind === 'element' ? [node, ...node.children.flatMap(elementsOf)] : []
}

function rectangles(fragment: Fragment, x: number, y: number, into: Map<HtmlElement, Rectangle>): void {
  if (fragment.kind !== 'box' && fragment.kind !== 'line') return
  if (fragment.kind === 'box' && fragment.element && !fragment.anonymous && !into.has(fragment.element))
    into.set(fragment.element, { x, y, width: fragment.width, height: fragment.height })
  for (const child of fragment.children) rectangles(child.fragment, x + child.x, y + child.y, into)
}

const engine = await loadEngine()
const hyphenator = await engine.hyphenator([])

function laidOut(html: string): { elements: HtmlElement[]; boxes: Map<HtmlElement, Rectangle> } {
  const { document, html: parsed } = layOut({
    html,
    file: 'table.html',
    base: '/',
    root: '/',
    styleSheets: [],
    engine,
    hyphenator,
    report: () => undefined,
  })
  const boxes = new Map<HtmlElement, Rectangle>()
  for (const { x, y, fragment } of document.pages[0]?.content ?? []) rectangles(fragment, x, y, boxes)
  const all = parsed.children.flatMap(elementsOf)
  const body = all.find((element) => element.name === 'body')
  return { elements: body ? elementsOf(body).slice(1) : [], boxes }
}

const rounded = ({ x, y, width, height }: Rectangle): string => [x, y, width, height].map((value) => Math.round(value * 10) / 10).join(' ')

const near = (a: Rectangle, b: Rectangle): boolean =>
  (['x', 'y', 'width', 'height'] as const).every((side) => Math.abs(a[side] - b[side]) <= tolerance)

describe.skipIf(!hasTool('chromium'))('tables beside a browser', () => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
    page = await browser.newPage({ viewport: { width: 800, height: 1000 } })
  })
  afterAll(async () => {
    await browser?.close()
  })

  test.each(tableDocuments)('$name', async ({ html }) => {
    await page.setContent(html)
    const theirs = (await page.evaluate(measure)) as { name: string; box: Rectangle | null }[]
    const { elements, boxes } = laidOut(html)
    expect(elements.map(({ name }) => name)).toEqual(theirs.map(({ name }) => name))
    const differences = theirs.flatMap(({ name, box }, index) => {
      const own = boxes.get(elements[index] as HtmlElement)
      if (!compared.has(name) || !box || (own && near(own, box))) return []
      return [`${index} ${name}: ${own ? rounded(own) : 'none'} for ${rounded(box)}`]
    })
    expect(differences).toEqual([])
  })
})
