/**
 * Page labels (ISO 32000-1, section 12.4.2): what a reader shows as a page's number. In: the pages, whose margin boxes say how they count. Out: the
 * number tree of ranges.
 */
import type { ContentItem } from '../css/computed-style.js'
import type { LaidOutDocument, Page } from '../layout/fragment.js'
import { textString } from './syntax.js'

interface Label {
  /** A style of table 159. */
  readonly style: 'D' | 'r' | 'R' | 'a' | 'A'
  /** `A-` of `A-1`. */
  readonly prefix: string
}

const styles: Readonly<Record<string, Label['style']>> = {
  'lower-roman': 'r',
  'upper-roman': 'R',
  'lower-alpha': 'a',
  'lower-latin': 'a',
  'upper-alpha': 'A',
  'upper-latin': 'A',
}

/** How a page's head or foot shows `counter(page)`; null where none does. */
function shownLabel({ marginBoxes }: Page): Label | null {
  for (const { fragment } of marginBoxes) {
    const { content } = fragment.style
    if (typeof content === 'string') continue
    const at = content.findIndex((item) => item.kind === 'counter' && item.name === 'page')
    const item = content[at]
    if (item?.kind !== 'counter') continue
    const { style } = item
    return { style: (typeof style === 'string' ? styles[style] : undefined) ?? 'D', prefix: prefixOf(content[at - 1]) }
  }
  return null
}

/** Text that is one with the number, such as `A-`, as against words before it. */
function prefixOf(item: ContentItem | undefined): string {
  return item?.kind === 'string' && /^[^\s]+[-–.]$/.test(item.text) ? item.text : ''
}

const plain: Label = { style: 'D', prefix: '' }

/** The number tree; pages that show no number count like the next one that does. */
export function pageLabels({ pages }: Pick<LaidOutDocument, 'pages'>): string {
  const labels: Label[] = []
  let next = plain
  for (let index = pages.length - 1; index >= 0; index--) {
    const page = pages[index]
    next = (page && shownLabel(page)) ?? next
    labels[index] = next
  }
  const ranges = labels.flatMap((label, index) => {
    const before = labels[index - 1]
    const number = pages[index]?.number ?? index + 1
    const goesOn = before?.style === label.style && before.prefix === label.prefix && pages[index - 1]?.number === number - 1
    if (goesOn) return []
    const prefix = label.prefix === '' ? '' : `/P${textString(label.prefix)}`
    return [`${index}<</S/${label.style}${prefix}${number > 1 ? `/St ${number}` : ''}>>`]
  })
  return `<</Nums[${ranges.join('')}]>>`
}
