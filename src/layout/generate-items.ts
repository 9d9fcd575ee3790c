/**
 * Flex and grid items (CSS Flexbox 1 section 4, CSS Grid 1 section 6). In: an element that contains them. Out: its in-flow children as boxes in
 * order-modified document order, with anonymous blocks around runs of text, and its children out of flow.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { HtmlElement, HtmlNode } from '../html/dom.js'
import type { Box, FlexBox, GridBox } from './box.js'
import type { BoxGenerator } from './generate-boxes.js'
import { isOutOfFlow } from './positioned.js'

interface Gathered {
  readonly items: Box[]
  readonly outOfFlow: Box[]
  /** Text and generated content that is not yet in a box. */
  run: HtmlNode[]
  readonly element: HtmlElement
}

/** The box of a flex or grid container. */
export function generateItemContainer(
  generator: BoxGenerator,
  kind: 'flex' | 'grid',
  of: { readonly element: HtmlElement; readonly style: ComputedStyle },
): FlexBox | GridBox {
  const { element, style } = of
  generator.enter(element, style)
  const id = generator.nextId()
  const gathered: Gathered = { items: [], outOfFlow: [], run: [], element }
  gather(generator, gathered, element)
  generator.leave()
  const ordered = gathered.items
    .map((box, index) => ({ box, index }))
    .sort((a, b) => a.box.style.order - b.box.style.order || a.index - b.index)
  const children = ordered.map((item) => item.box)
  return { kind, id, ...generator.originOf(element), anonymous: false, style, children, outOfFlow: gathered.outOfFlow }
}

/** The children of an element and, where they make no box themselves, of its children. */
function gather(generator: BoxGenerator, gathered: Gathered, element: HtmlElement): void {
  for (const node of generator.childrenOf(element)) {
    if (node.kind === 'text' || generator.isGeneratedContent(node)) {
      gathered.run.push(node)
      continue
    }
    const style = generator.styles.of(node)
    if (!generator.isShown(node, style)) continue
    endRun(generator, gathered, element)
    if (style.display === 'contents') {
      generator.enter(node, style)
      gather(generator, gathered, node)
      generator.leave()
    } else add(gathered, generator.principal(node, style))
  }
  endRun(generator, gathered, element)
}

function endRun(generator: BoxGenerator, gathered: Gathered, element: HtmlElement): void {
  if (gathered.run.some((node) => node.kind === 'element' || /\S/.test(node.data)))
    gathered.items.push(generator.anonymousBlock(gathered.run, element, 'block'))
  gathered.run = []
}

function add(gathered: Gathered, box: Box): void {
  if (isOutOfFlow(box.style)) gathered.outOfFlow.push(box)
  else gathered.items.push(box)
}
