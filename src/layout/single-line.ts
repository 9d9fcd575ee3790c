/**
 * Short texts on their only line (CSS 2.2 section 9.4.2). In: block containers with nothing but text. Out: that line, set when the text is
 * measured and moved as it is aligned in any wider room: most cells of a table need no other, and their paragraphs can go.
 */
import type { ComputedStyle, LengthPercentage } from '../css/computed-style.js'
import type { BlockBox, InlineBox, InlineContent } from './box.js'
import type { LineFragment } from './fragment.js'
import { dependsOnBasis } from './geometry.js'
import type { InlineSizes, LayoutContext } from './layout.js'

/** A line as wide as its text, and the text's widths. */
export interface SingleLine {
  readonly sizes: InlineSizes
  readonly line: LineFragment
}
interface Kept extends SingleLine {
  readonly content: InlineContent
}

/** Longer texts seldom stay on one line. */
const shortText = 100

export interface SingleLines {
  /** The widths of a text, with its line set; null where it is long, or more than text. */
  sizes(container: BlockBox, context: LayoutContext): InlineSizes | null
  /** Its line in a room; null where it was not set or is wider. */
  line(container: BlockBox, width: number): LineFragment | null
}

export interface SingleLineTools {
  /** Sets a text on one line as wide as it; null where it takes more. */
  readonly set: (container: BlockBox, context: LayoutContext) => SingleLine | null
  /** How far a line moves in so much free room, px. */
  readonly shift: (style: ComputedStyle, free: number) => number
}

/** Single lines of one document, each set once; equal texts of one style share their glyphs, since tables say the same again and again. */
export function createSingleLines({ set, shift }: SingleLineTools): SingleLines {
  const byContent = new Map<number, Kept>()
  const alike = new Map<ComputedStyle, Map<string, Kept>>()
  const known = (content: InlineContent): Kept | null => {
    const single = byContent.get(content.id)
    return single && sameContent(single.content, content) ? single : null
  }
  const make = (container: BlockBox, context: LayoutContext): Kept | null => {
    const content = container.inline
    if (!content || content.text.length > shortText || !isPlain(container)) return null
    const twins = alike.get(container.style) ?? new Map<string, Kept>()
    alike.set(container.style, twins)
    const twin = twins.get(content.text)
    const single = (twin && sameButElement(twin, content)) ?? set(container, context)
    if (!single) return null
    const kept = { ...single, content }
    byContent.set(content.id, kept)
    twins.set(content.text, kept)
    return kept
  }
  return {
    sizes(container, context) {
      const single = (container.inline && known(container.inline)) ?? make(container, context)
      return single?.sizes ?? null
    },
    line(container, width) {
      const single = container.inline && known(container.inline)
      if (!single || single.line.width > width) return null
      const by = shift(container.style, width - single.line.width)
      const { line } = single
      return { ...line, width, children: by === 0 ? line.children : line.children.map((child) => ({ ...child, x: child.x + by })) }
    },
  }
}

/** Whether a text's line is the same in any room that holds it, but for where it stands in it. */
function isPlain({ inline, style, firstLine }: BlockBox): boolean {
  if (!inline || firstLine || style.textAlignLast === 'justify' || dependsOnWidth(inline, style)) return false
  return inline.items.every((item) => item.kind === 'text' || ((item.kind === 'open' || item.kind === 'close') && isStatic(item.box)))
}

const isStatic = ({ style }: InlineBox): boolean => style.position === 'static'

/** The line of an equal text for another element; null where more than text makes the line. */
function sameButElement({ content, sizes, line }: Kept, other: InlineContent): SingleLine | null {
  const [item, more] = other.items
  const [own] = content.items
  const [child, ...children] = line.children
  if (!item || more || item.kind !== 'text' || own?.kind !== 'text' || content.items.length > 1 || own.style !== item.style) return null
  if (!child || children.length > 0 || child.fragment.kind !== 'text') return null
  const fragment = { ...child.fragment, element: item.element, generated: item.generated }
  return { sizes, line: { ...line, children: [{ ...child, fragment }] } }
}

/** Whether a content is prepared otherwise for another width: atomics are laid out, and percentages resolved, against it. */
export function dependsOnWidth({ items }: InlineContent, { textIndent }: ComputedStyle): boolean {
  const relative = (length: LengthPercentage | 'auto') => length !== 'auto' && dependsOnBasis(length)
  if (relative(textIndent.length)) return true
  return items.some((item) => {
    if (item.kind === 'text' || item.kind === 'leader') return false
    if (item.kind !== 'open' && item.kind !== 'close') return true
    const { style } = item.box
    return [style.marginLeft, style.marginRight, style.paddingLeft, style.paddingRight].some(relative)
  })
}

/** Whether lines set for one content serve for another: text-only contents compare by text and styles. */
export function sameContent(a: InlineContent, b: InlineContent): boolean {
  if (a === b) return true
  if (a.text !== b.text || a.items.length !== b.items.length) return false
  return a.items.every((item, index) => {
    const other = b.items[index]
    if (!other || item.kind !== other.kind) return false
    if (item.kind === 'text' && other.kind === 'text')
      return item.style === other.style && item.element === other.element && item.end === other.end
    if (item.kind === 'leader' && other.kind === 'leader') return item.style === other.style
    if ((item.kind === 'open' || item.kind === 'close') && other.kind === item.kind)
      return item.box.style === other.box.style && item.box.element === other.box.element
    return false
  })
}
