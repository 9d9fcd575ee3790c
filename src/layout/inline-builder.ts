/**
 * Collects one inline formatting context while the element tree is walked (CSS Text 3 section 4.1.1: white space).
 * In: text nodes, inline boxes, atomics, leaders and notes in document order. Out: InlineContent.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { HtmlElement } from '../html/dom.js'
import type { BlockBox, Box, InlineBox, InlineContent, InlineItem } from './box.js'

const objectReplacement = '\uFFFC'

export interface TextSource {
  readonly style: ComputedStyle
  readonly element: HtmlElement | null
  readonly generated: boolean
}

export class InlineBuilder {
  readonly #items: InlineItem[] = []
  #text = ''
  /** The text so far ends in a space that a following one collapses into, or nothing stands before. */
  #collapsing = true
  #hasContent = false

  get isEmpty(): boolean {
    return !this.#hasContent
  }

  /** Elements whose inline boxes have opened here. */
  get openedElements(): readonly HtmlElement[] {
    return this.#items.flatMap((item) => (item.kind === 'open' && item.box.pseudo === null ? [item.box.element] : []))
  }

  addText(data: string, source: TextSource): void {
    const text = this.#collapse(data, source.style)
    if (text === '') return
    const start = this.#text.length
    this.#text += text
    if (source.style.whiteSpaceCollapse !== 'collapse' || /[^ ]/.test(text)) this.#hasContent = true
    const last = this.#items.at(-1)
    if (
      last?.kind === 'text' &&
      last.end === start &&
      last.style === source.style &&
      last.element === source.element &&
      last.generated === source.generated
    ) {
      this.#items[this.#items.length - 1] = { ...last, end: this.#text.length }
    } else this.#items.push({ kind: 'text', start, end: this.#text.length, ...source })
  }

  /** br and other forced breaks. */
  addBreak(source: TextSource): void {
    this.#append('\n', source)
    this.#collapsing = true
    this.#hasContent = true
  }

  /** The box goes on after a block that stands in it. */
  reopen(box: InlineBox): void {
    this.#items.push({ kind: 'open', offset: this.#text.length, box, continued: true })
  }

  /** A block in the box follows. */
  suspend(box: InlineBox): void {
    this.#items.push({ kind: 'close', offset: this.#text.length, box, continued: true })
  }

  open(box: InlineBox): void {
    this.#items.push({ kind: 'open', offset: this.#text.length, box })
    const { style } = box
    const edge = style.borderLeftWidth + style.borderRightWidth
    const padded = [style.paddingLeft, style.paddingRight, style.marginLeft, style.marginRight].some(
      (length) => length !== 0 && length !== 'auto',
    )
    if (edge > 0 || padded) this.#hasContent = true
  }

  close(box: InlineBox): void {
    this.#items.push({ kind: 'close', offset: this.#text.length, box })
  }

  addAtomic(box: Box): void {
    this.#items.push({ kind: 'atomic', offset: this.#text.length, box })
    this.#text += objectReplacement
    this.#collapsing = false
    this.#hasContent = true
  }

  addLeader(pattern: string, style: ComputedStyle, element: HtmlElement | null): void {
    this.#items.push({ kind: 'leader', offset: this.#text.length, pattern, style, element })
    this.#text += objectReplacement
    this.#collapsing = false
    this.#hasContent = true
  }

  addFloat(box: Box): void {
    this.#items.push({ kind: 'float', offset: this.#text.length, box })
  }

  addPositioned(box: Box): void {
    this.#items.push({ kind: 'positioned', offset: this.#text.length, box })
  }

  addFootnote(box: BlockBox): void {
    this.#items.push({ kind: 'footnote', offset: this.#text.length, box })
  }

  finish(id: number): InlineContent {
    return { id, text: this.#text, items: this.#items }
  }

  #append(text: string, source: TextSource): void {
    const start = this.#text.length
    this.#text += text
    this.#items.push({ kind: 'text', start, end: this.#text.length, ...source })
  }

  #collapse(data: string, style: ComputedStyle): string {
    const mode = style.whiteSpaceCollapse
    if (mode === 'preserve' || mode === 'break-spaces') {
      this.#collapsing = data.endsWith('\n')
      return data.replace(/\r\n?/g, '\n')
    }
    let text =
      mode === 'preserve-breaks' ? data.replace(/[ \t]*\n[ \t]*/g, '\n').replace(/[ \t]+/g, ' ') : data.replace(/[ \t\n\r\f]+/g, ' ')
    if (this.#collapsing && text.startsWith(' ')) text = text.slice(1)
    if (text !== '') this.#collapsing = text.endsWith(' ') || text.endsWith('\n')
    return text
  }
}
