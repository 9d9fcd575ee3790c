/**
 * What stands in columns and what spans them (CSS Multi-column Layout 1, section 6). In: a multi-column container. Out: in document order, boxes whose
 * content flows through columns, and the spanning boxes between them. A box that holds a spanning one is cut in two around it.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { BlockBox, Box } from './box.js'
import type { LayoutContext } from './layout.js'
import { isFormattingRoot } from './margins.js'
import { leavesFlow } from './positioned.js'

export type Segment = { readonly kind: 'columns'; readonly box: BlockBox } | { readonly kind: 'spanner'; readonly box: Box }

/** Whether a box's content stands in columns. */
export const isMulticol = ({ columnCount, columnWidth }: ComputedStyle): boolean => columnCount !== 'auto' || columnWidth !== 'auto'

const made = new WeakMap<BlockBox, readonly Segment[]>()

/** The same segments each time, so that what is known of their boxes stays known. */
export function segmentsOf(box: BlockBox, context: LayoutContext): readonly Segment[] {
  const known = made.get(box)
  if (known) return known
  const style = context.styles.anonymous(box.style, 'block')
  const holder = (children: readonly Box[]): BlockBox => ({
    kind: 'block',
    id: box.id,
    element: box.element,
    anonymous: true,
    pseudo: null,
    style,
    children,
    inline: children.length > 0 ? null : box.inline,
    marker: null,
    ...(box.firstLine && children.length === 0 ? { firstLine: box.firstLine } : {}),
  })
  const segments: Segment[] = []
  if (box.inline || box.children.length === 0) segments.push({ kind: 'columns', box: holder([]) })
  else for (const part of split(box.children)) segments.push(part.kind === 'spanner' ? part : { kind: 'columns', box: holder(part.boxes) })
  made.set(box, segments)
  return segments
}

type Part = { readonly kind: 'content'; readonly boxes: readonly Box[] } | { readonly kind: 'spanner'; readonly box: Box }

const spans = ({ style }: Box): boolean => style.columnSpan === 'all' && !leavesFlow(style)

const holdsSpanner = (box: Box): boolean =>
  box.kind === 'block' &&
  !isFormattingRoot(box) &&
  !leavesFlow(box.style) &&
  box.children.some((child) => spans(child) || holdsSpanner(child))

function split(children: readonly Box[]): readonly Part[] {
  const parts: Part[] = []
  let run: Box[] = []
  const end = () => {
    if (run.length > 0) parts.push({ kind: 'content', boxes: run })
    run = []
  }
  for (const child of children) {
    if (spans(child)) {
      end()
      parts.push({ kind: 'spanner', box: child })
    } else if (child.kind === 'block' && holdsSpanner(child)) {
      const inner = split(child.children)
      inner.forEach((part, index) => {
        if (part.kind === 'spanner') {
          end()
          parts.push(part)
        } else run.push(piece(child, part.boxes, { first: index === 0, last: index === inner.length - 1 }))
      })
    } else run.push(child)
  }
  end()
  return parts
}

/** A part of a box: its edges stand only where it begins and ends. */
function piece(box: BlockBox, children: readonly Box[], { first, last }: { readonly first: boolean; readonly last: boolean }): BlockBox {
  const style: ComputedStyle = {
    ...box.style,
    ...(first ? {} : { marginTop: 0, paddingTop: 0, borderTopWidth: 0 }),
    ...(last ? {} : { marginBottom: 0, paddingBottom: 0, borderBottomWidth: 0 }),
  }
  return { ...box, style, children, ...(first ? {} : { marker: null }) }
}
