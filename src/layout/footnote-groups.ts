/**
 * Notes that share lines (CSS GCPM 3 section 2.5, footnote-display). In: notes in order and the width of their area. Out: the boxes to stack,
 * where neighbours with `inline`, and with `compact` where one line holds them, have become one paragraph.
 */
import type { BlockBox, InlineContent, InlineItem } from './box.js'
import type { PendingNote } from './footnotes.js'
import type { LayoutContext } from './layout.js'

/** Between two notes on a line. */
const separator = '\u2003'

const joined = new WeakMap<BlockBox, Map<string, BlockBox>>()

/** The notes as they are stacked; each group is one box, the same one each time. */
export function noteGroups(notes: readonly PendingNote[], areaWidth: number, context: LayoutContext): readonly PendingNote[] {
  const groups: PendingNote[] = []
  let run: BlockBox[] = []
  let width = 0
  const end = (): void => {
    const [only, ...more] = run
    if (only && more.length === 0) groups.push({ box: only, token: null })
    else if (only) groups.push({ box: joinedNotes([only, ...more], context), token: null, notes: run })
    run = []
    width = 0
  }
  for (const note of notes) {
    const { footnoteDisplay } = note.box.style
    if (note.token || footnoteDisplay === 'block' || !note.box.inline) {
      end()
      groups.push(note)
      continue
    }
    const own = context.inlineSizes(note.box).maxContent + note.box.style.fontSize
    const sharesLine = footnoteDisplay === 'inline' || width + own <= areaWidth
    const isSame = run.at(-1)?.style.footnoteDisplay === footnoteDisplay
    if (!sharesLine || !isSame) end()
    run.push(note.box)
    width += own
  }
  end()
  return groups
}

function joinedNotes(notes: readonly [BlockBox, ...BlockBox[]], context: LayoutContext): BlockBox {
  const [first] = notes
  const key = notes.map(({ id }) => id).join()
  const known = joined.get(first)?.get(key)
  if (known) return known
  const items: InlineItem[] = []
  let text = ''
  for (const note of notes) {
    const content = note.inline
    const { element } = note
    if (!content || !element) continue
    if (text !== '') {
      items.push({ kind: 'text', start: text.length, end: text.length + 1, style: note.style, element, generated: true })
      text += separator
    }
    const box = { id: note.id, element, pseudo: null, style: { ...note.style, display: 'inline' as const } }
    items.push({ kind: 'open', offset: text.length, box })
    for (const item of content.items) items.push(moved(item, text.length))
    text += content.text
    items.push({ kind: 'close', offset: text.length, box })
  }
  const inline: InlineContent = { id: -first.id, text, items }
  const made: BlockBox = { ...first, element: null, anonymous: true, style: context.styles.anonymous(first.style, 'block'), inline }
  joined.set(first, (joined.get(first) ?? new Map<string, BlockBox>()).set(key, made))
  return made
}

function moved(item: InlineItem, by: number): InlineItem {
  return item.kind === 'text' ? { ...item, start: item.start + by, end: item.end + by } : { ...item, offset: item.offset + by }
}
