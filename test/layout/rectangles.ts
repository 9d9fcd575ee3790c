/** Where the elements of an HTML document with an id stand after layout: border boxes, px, from the page's corner. */

import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import type { LaidOutDocument, Placed } from '../../src/layout/fragment.js'
import { type Engine, loadEngine } from '../../src/project/engine.js'
import { layOut } from '../../src/project/lay-out.js'

export interface Rectangle {
  readonly id: string
  /** From 0. */
  readonly page: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

let engine: Promise<Engine> | undefined

/** Lays a document out; an element over several pages has several rectangles. */
export async function rectangles(
  html: string,
): Promise<{ found: readonly Rectangle[]; document: LaidOutDocument; messages: readonly Diagnostic[] }> {
  engine ??= loadEngine()
  const ready = await engine
  const messages: Diagnostic[] = []
  const { document } = layOut({
    html,
    file: '/project/test.html',
    base: '/project',
    root: '/project',
    styleSheets: [],
    engine: ready,
    hyphenator: await ready.hyphenator([]),
    report: (message) => messages.push(message),
  })
  const found: Rectangle[] = []
  const walk = (children: readonly Placed[], at: { page: number; x: number; y: number }) => {
    for (const { x, y, fragment } of children) {
      const place = { page: at.page, x: at.x + x, y: at.y + y }
      if (fragment.kind === 'box' || fragment.kind === 'replaced') {
        const id = fragment.element?.attributes.get('id')
        const isOwn = fragment.kind === 'replaced' || (!fragment.anonymous && fragment.pseudo === null)
        if (id !== undefined && isOwn) found.push({ id, ...place, width: fragment.width, height: fragment.height })
      }
      if (fragment.kind === 'box' || fragment.kind === 'line') walk(fragment.children, place)
    }
  }
  document.pages.forEach((page, index) => {
    walk(page.content, { page: index, x: 0, y: 0 })
  })
  return { found, document, messages }
}
