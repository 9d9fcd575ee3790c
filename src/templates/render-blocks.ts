/**
 * Blocks → flow HTML. In: blocks of the Markdown tree and the rendering's context. Out: semantic HTML, one element a block.
 * Tables and figures carry the numbers the Document gave them.
 */
import type { SourcePosition } from '../diagnostics/diagnostic.js'
import { localDigits } from '../document/digits.js'
import { placeKey } from '../editions/ledger.js'
import { escapeHtml, writeAttributes } from '../html/escape.js'
import type {
  Attributes,
  Block,
  BlockQuote,
  BulletList,
  Callout,
  CodeBlock,
  DefinitionList,
  Div,
  Figure,
  Heading,
  Inline,
  ListItem,
  OrderedList,
  Paragraph,
} from '../markdown/tree.js'
import { joinPieces, type Piece } from './raw-html.js'
import { type CalledNote, claimId, type RenderContext, uniqueId } from './render-context.js'
import { captionLabel, commonAttributes, plainText, renderImage, renderInlines, renderSource, withLanguage } from './render-inlines.js'
import { renderTable } from './render-table.js'

/** Blocks as HTML, one after another; raw HTML among them is sanitised as one, so that it may span blocks. */
export function renderBlocks(blocks: readonly Block[], context: RenderContext): string {
  const pieces: Piece[] = []
  blocks.forEach((block, index) => {
    if (block.kind === 'raw-block') pieces.push({ html: block.html, raw: true })
    else if (isSourceLine(block, blocks[index - 1], context))
      pieces.push({ html: withPlace(renderSourceLine(block, context), block, context), raw: false })
    else pieces.push({ html: `${withPlace(renderBlock(block, context), block, context)}\n`, raw: false })
  })
  return joinPieces(pieces)
}

/** The element of a block says where the block stands in its source, so that its pages can be told; only for PDF, where attributes stay behind. */
function withPlace(html: string, node: Block | ListItem, context: RenderContext): string {
  return context.format === 'pdf' ? html.replace(/^<[a-z][a-z0-9]*/, (tag) => `${tag}${placeAttribute(node, context)}`) : html
}

/** ` data-source="…"` for a block or a section in PDF; nothing in HTML. */
export function placeAttribute(
  node: { readonly kind?: string; readonly position: SourcePosition },
  { format, copy }: RenderContext,
): string {
  return format === 'pdf' && !copy
    ? writeAttributes({ 'data-source': placeKey({ kind: node.kind ?? 'section', position: node.position }) })
    : ''
}

function renderBlock(block: Exclude<Block, { kind: 'raw-block' }>, context: RenderContext): string {
  switch (block.kind) {
    case 'paragraph':
      return renderParagraph(block, context)
    case 'heading':
      return renderHeading(block, context)
    case 'block-quote':
      return renderQuotation(block, context)
    case 'callout':
      return renderCallout(block, context)
    case 'bullet-list':
    case 'ordered-list':
      return renderList(block, context)
    case 'definition-list':
      return renderDefinitions(block, context)
    case 'table':
      return renderTable(block, context)
    case 'figure':
      return renderFigure(block, context)
    case 'code-block':
      return renderCode(block, context)
    case 'thematic-break':
      return '<hr>'
    case 'div':
      return renderDiv(block, context)
  }
}

function renderParagraph(paragraph: Paragraph, context: RenderContext): string {
  const content = renderInlines(paragraph.content, withLanguage(context, paragraph.attributes))
  const attributes = commonAttributes(paragraph.attributes, context)
  if (paragraph.number === undefined || context.edition !== 'report') return `<p${writeAttributes(attributes)}>${content}</p>`
  const number = `<span class="paragraph-number">${localDigits(escapeHtml(paragraph.number), context.document.metadata.lang)}. </span>`
  return `<p${writeAttributes(withClass(attributes, 'numbered-paragraph'))}>${number}${content}</p>`
}

/** A heading inside a quotation or a div; headings that make sections never come here. */
function renderHeading(heading: Heading, context: RenderContext): string {
  const level = Math.min(6, heading.level + 1)
  return `<h${level}${writeAttributes(commonAttributes(heading.attributes, context))}>${renderInlines(heading.content, context)}</h${level}>`
}

/** `Source: …` right after a table or a figure belongs to it. */
function isSourceLine(block: Block, previous: Block | undefined, context: RenderContext): block is Paragraph {
  if (block.kind !== 'paragraph' || (previous?.kind !== 'table' && previous?.kind !== 'figure')) return false
  const first = plainText(block.content.slice(0, 2)).toLowerCase()
  return [context.labels.source.toLowerCase(), 'source', 'sources'].some((word) => new RegExp(`^${word}\\s*:`).test(first))
}

function renderSourceLine(paragraph: Paragraph, context: RenderContext): string {
  const attributes = withClass(commonAttributes(paragraph.attributes, context), 'source')
  return `<p${writeAttributes(attributes)}>${renderInlines(paragraph.content, context)}</p>\n`
}

function withClass(attributes: Record<string, string | undefined>, name: string): Record<string, string | undefined> {
  return { ...attributes, class: attributes.class === undefined ? name : `${name} ${attributes.class}` }
}

const attributionStart = /^\s*(\u2014|\u2015|---?)\s*/

/** Takes the dash off the first text of an attribution; null where the inlines do not begin with one. */
function attributionOf(inlines: readonly Inline[]): readonly Inline[] | null {
  const [first, ...others] = inlines
  if (first?.kind !== 'text' || !attributionStart.test(first.text)) return null
  return [{ ...first, text: first.text.replace(attributionStart, '') }, ...others]
}

/** A quotation's last paragraph, or the last line of it, that starts with a dash names who said it. */
export function splitAttribution(blocks: readonly Block[]): {
  readonly blocks: readonly Block[]
  readonly attribution?: readonly Inline[]
} {
  const last = blocks.at(-1)
  if (last?.kind !== 'paragraph') return { blocks }
  const whole = blocks.length > 1 ? attributionOf(last.content) : null
  if (whole) return { blocks: blocks.slice(0, -1), attribution: whole }
  const line = last.content.findLastIndex((inline) => inline.kind === 'soft-break' || inline.kind === 'line-break')
  const tail = line < 1 ? null : attributionOf(last.content.slice(line + 1))
  if (!tail) return { blocks }
  return { blocks: [...blocks.slice(0, -1), { ...last, content: last.content.slice(0, line) }], attribution: tail }
}

function renderQuotation(quotation: BlockQuote, context: RenderContext): string {
  const inner = withLanguage(context, quotation.attributes)
  const { blocks, attribution } = splitAttribution(quotation.blocks)
  const footer = attribution ? `<footer class="attribution"><cite>${renderInlines(attribution, inner)}</cite></footer>\n` : ''
  return `<blockquote${writeAttributes(commonAttributes(quotation.attributes, context))}>\n${renderBlocks(blocks, inner)}${footer}</blockquote>`
}

function renderCallout(callout: Callout, context: RenderContext): string {
  const inner = withLanguage(context, callout.attributes)
  const word = escapeHtml(context.labels[callout.type])
  const lead = callout.lead ? `${word}<span class="callout-title"> ${renderInlines(callout.lead, inner)}</span>` : word
  const attributes = withClass(commonAttributes(callout.attributes, context), `callout callout-${callout.type}`)
  const leadId = uniqueId(context, `callout-${callout.type}`)
  return `<aside${writeAttributes({ ...attributes, 'aria-labelledby': leadId })}>\n<p class="callout-lead" id="${leadId}">${lead}</p>\n${renderBlocks(callout.blocks, inner)}</aside>`
}

function renderList(list: BulletList | OrderedList, context: RenderContext): string {
  const name = list.kind === 'bullet-list' ? 'ul' : 'ol'
  const tasks = list.items.some((item) => item.checked !== undefined)
  const kind = [list.tight ? 'tight' : 'loose', ...(tasks ? ['tasks'] : [])].join(' ')
  const start = list.kind === 'ordered-list' && list.start !== 1 ? { start: list.start } : {}
  const attributes = { ...withClass(commonAttributes(list.attributes, context), kind), ...start }
  const items = list.items.map((item) => renderItem(item, list.tight, withLanguage(context, list.attributes))).join('')
  return `<${name}${writeAttributes(attributes)}>\n${items}</${name}>`
}

function renderItem(item: ListItem, tight: boolean, context: RenderContext): string {
  const attributes = writeAttributes(commonAttributes(item.attributes, context))
  const [first, ...others] = item.blocks
  const mark = item.checked === undefined ? '' : taskMark(item.checked, context)
  const inner = withLanguage(context, item.attributes)
  if (tight && first?.kind === 'paragraph') {
    const rest = others.length > 0 ? `\n${renderBlocks(others, inner)}` : ''
    return `<li${placeAttribute(item, context)}${attributes}>${mark}${renderInlines(first.content, inner)}${rest}</li>\n`
  }
  return `<li${placeAttribute(item, context)}${attributes}>${mark}${renderBlocks(item.blocks, inner)}</li>\n`
}

/** The state of a task in words for readers who do not see the mark. */
function taskMark(checked: boolean, context: RenderContext): string {
  const label = checked ? context.labels.done : context.labels.open
  return `<span class="task ${checked ? 'task-done' : 'task-open'}" role="img" aria-label="${escapeHtml(label)}">${checked ? '\u2611' : '\u2610'}</span> `
}

function renderDefinitions(list: DefinitionList, context: RenderContext): string {
  const items = list.items.map((item) => {
    const attributes = commonAttributes(item.attributes, context)
    const own = context.terms.byItem.get(item)
    const id = attributes.id ?? claimId(context, own)
    // A term does not lead to its own explanation.
    if (own !== undefined) context.terms.linked.add(own)
    const term = `<dt${writeAttributes({ ...attributes, id })}>${renderInlines(item.term, { ...context, termsIn: 'none' })}</dt>\n`
    return term + item.definitions.map((blocks) => `<dd>${renderDefinition(blocks, context)}</dd>\n`).join('')
  })
  return `<dl${writeAttributes(commonAttributes(list.attributes, context))}>\n${items.join('')}</dl>`
}

function renderDefinition(blocks: readonly Block[], context: RenderContext): string {
  const [only] = blocks
  return blocks.length === 1 && only?.kind === 'paragraph' ? renderInlines(only.content, context) : renderBlocks(blocks, context)
}

function renderCode(code: CodeBlock, context: RenderContext): string {
  const language = code.language === undefined ? '' : writeAttributes({ class: `language-${code.language.replace(/[^\w+#.-]/g, '')}` })
  const attributes = writeAttributes(commonAttributes(code.attributes, context))
  return `<pre${attributes} tabindex="0"><code${language}>${escapeHtml(code.text.replace(/\n$/, ''))}</code></pre>`
}

function renderDiv(div: Div, context: RenderContext): string {
  const attributes = writeAttributes({ ...commonAttributes(div.attributes, context), style: columnWidth(div) })
  const name = div.attributes?.classes.includes('pull-quote') ? 'aside' : 'div'
  return `<${name}${attributes}>\n${renderBlocks(div.blocks, withLanguage(context, div.attributes))}</${name}>`
}

/** `::: {.column width=40%}`. */
function columnWidth({ attributes }: Div): string | undefined {
  const width = attributes?.classes.includes('column') ? attributes.values.width : undefined
  return width !== undefined && /^\d{1,3}(?:\.\d+)?%$/.test(width) ? `width: ${width}` : undefined
}

function renderFigure(figure: Figure, context: RenderContext): string {
  const numbered = context.document.figures.get(figure)
  const id = claimId(context, numbered?.id ?? figure.attributes?.id ?? figure.image.attributes?.id)
  const classes = [...(figure.attributes?.classes ?? []), ...(figure.image.attributes?.classes ?? [])]
  const image = renderImage(withoutIdentity(figure), context)
  const attributes = { id, class: classes.length > 0 ? [...new Set(classes)].join(' ') : undefined }
  return `<figure${writeAttributes(attributes)}>\n${image}\n${renderCaption(figure, numbered?.number, context)}</figure>${renderSource(figure.attributes, context)}`
}

/** The image of a figure without the id and classes that the figure carries. */
function withoutIdentity(figure: Figure): Figure['image'] {
  const values = { ...figure.attributes?.values, ...figure.image.attributes?.values }
  const attributes: Attributes = { classes: [], values }
  return { ...figure.image, attributes }
}

function renderCaption(figure: Figure, number: number | undefined, context: RenderContext): string {
  if (!figure.caption && number === undefined) return ''
  const label = captionLabel(context.labels.figure, number, context)
  return `<figcaption>${label}${figure.caption ? renderInlines(figure.caption, { ...context, termsIn: 'plain' }) : ''}</figcaption>\n`
}

/** The list of notes at the end of an HTML edition, each with links back to its calls; empty where there are none. */
export function renderNotes(context: RenderContext): string {
  const notes = [...context.notes.values()]
  if (notes.length === 0 || !context.endnotes) return ''
  return `<ol class="notes-list">\n${notes.map((called) => renderNote(called, { ...context, inNote: true })).join('')}</ol>\n`
}

function renderNote(called: CalledNote, context: RenderContext): string {
  const back = called.calls.map((id, index) => {
    const label = called.calls.length > 1 ? `${context.labels.backToText} ${index + 1}` : context.labels.backToText
    return `<a class="note-back" role="doc-backlink" href="#${escapeHtml(id)}" aria-label="${escapeHtml(label)}">\u21a9\ufe0e</a>`
  })
  const body = renderBlocks(called.note.definition.blocks, context).trimEnd()
  // On paper nothing is left to go back to; what is tagged as a note is the item's body.
  if (context.format === 'pdf') return `<li id="${escapeHtml(called.id)}"><div role="doc-footnote">${body}</div></li>\n`
  const links = ` ${back.join(' ')}`
  const text = body.endsWith('</p>') ? `${body.slice(0, -4)}${links}</p>` : `${body}<p>${links}</p>`
  return `<li id="${escapeHtml(called.id)}">${text}</li>\n`
}
