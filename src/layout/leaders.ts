/**
 * leader() (CSS GCPM 3 section 5). In: a pattern and the room that a line leaves. Out: a fragment of whole patterns.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { InlineItem } from './box.js'
import type { Fragment } from './fragment.js'
import type { LayoutContext } from './layout.js'

/** leader() as CSS GCPM 3 section 5 has it: whole patterns, set on a grid that the lines of a page share. */
export function leaderFragment(
  item: Extract<InlineItem, { kind: 'leader' }>,
  width: number,
  offset: number,
  context: LayoutContext,
): Fragment {
  const { typesetter } = context
  const metrics = typesetter.metrics(item.style)
  const pattern = item.pattern === '' ? ' ' : item.pattern
  // Over several patterns, since kerning moves one pattern towards the next.
  const step = Math.max(1, (measure(pattern.repeat(9), item.style, context) - measure(pattern, item.style, context)) / 8)
  const gap = item.style.fontSize * 0.3
  const first = Math.ceil((offset + gap) / step) * step - offset
  const count = Math.min(2000, Math.max(0, Math.floor((width - gap - first) / step)))
  if (count === 0) return { kind: 'leader', runs: [], width, height: metrics.ascent + metrics.descent }
  const text = pattern.repeat(count)
  const paragraph = typesetter.prepare({
    text,
    spans: [{ start: 0, end: text.length, style: item.style }],
    objects: [],
    style: item.style,
    indent: 0,
  })
  const [line] = typesetter.breakLines(paragraph, Number.POSITIVE_INFINITY)
  const runs = (line ? typesetter.lineItems(paragraph, line, paragraph.maxContent) : []).flatMap((part) =>
    part.kind === 'run'
      ? [
          {
            x: first + part.x,
            y: 0,
            fragment: {
              kind: 'text' as const,
              run: part.run,
              style: item.style,
              element: item.element,
              generated: true,
              width: part.run.width,
              height: metrics.ascent + metrics.descent,
              ascent: metrics.ascent,
              decorations: [],
            },
          },
        ]
      : [],
  )
  return { kind: 'leader', runs, width, height: metrics.ascent + metrics.descent }
}

function measure(text: string, style: ComputedStyle, context: LayoutContext): number {
  return context.typesetter.prepare({ text, spans: [{ start: 0, end: text.length, style }], objects: [], style, indent: 0 }).maxContent
}
