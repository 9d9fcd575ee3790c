/**
 * Inlines → phrasing HTML. In: inlines of the Markdown tree and the rendering's context. Out: escaped, semantic HTML.
 * Notes become CSS footnotes (CSS GCPM 3, section 2) in PDF and links to a list of notes in HTML.
 */
import { localDigits } from '../document/digits.js'
import { escapeHtml, writeAttributes } from '../html/escape.js'
import { isLocalImage, isSafeLink } from '../html/sanitise.js'
import { plainText as textOf } from '../markdown/plain-text.js'
import type { Attributes, Block, Citation, CrossReference, Image, Inline, Link, NoteReference, Span } from '../markdown/tree.js'
import { joinPieces } from './raw-html.js'
import { type CalledNote, claimId, type RenderContext, uniqueId } from './render-context.js'
import { markTerms } from './terms.js'

/** The plain text of inlines, without notes and raw HTML; for attributes and titles. */
export function plainText(inlines: readonly Inline[]): string {
  return textOf(inlines).replace(/\s+/g, ' ').trim()
}

/** Inlines as HTML; raw pieces are sanitised together, so that `<kbd>`, text and `</kbd>` stay one element. */
export function renderInlines(inlines: readonly Inline[], context: RenderContext): string {
  return joinPieces(
    inlines.map((inline) =>
      inline.kind === 'raw-inline' ? { html: inline.html, raw: true } : { html: renderInline(inline, context), raw: false },
    ),
  )
}

function renderInline(inline: Exclude<Inline, { kind: 'raw-inline' }>, context: RenderContext): string {
  switch (inline.kind) {
    case 'text':
      return markTerms(inline.text, { terms: context.terms, termsIn: context.copy ? 'none' : context.termsIn }, (text) =>
        renderText(text, context.lang),
      )
    case 'emphasis':
      return wrap('em', inline.attributes, renderInlines(inline.content, context), context)
    case 'strong':
      return wrap('strong', inline.attributes, renderInlines(inline.content, context), context)
    case 'strikeout':
      return wrap('s', inline.attributes, renderInlines(inline.content, context), context)
    case 'code':
      return wrap('code', inline.attributes, escapeHtml(inline.text), context)
    case 'line-break':
      return context.copy ? ' ' : '<br>\n'
    case 'soft-break':
      return '\n'
    case 'span':
      return renderSpan(inline, context)
    case 'link':
      return renderLink(inline, context)
    case 'image':
      return renderImage(inline, context)
    case 'note-reference':
      return renderNoteCall(inline, context)
    case 'cross-reference':
      return renderCrossReference(inline, context)
    case 'citation':
      return renderCitation(inline, context)
  }
}

/** Scripts whose letters need a size and a face of their own beside Latin; see base.css. */
const runs = /([\u1780-\u17ff\u19e0-\u19ff][\u1780-\u17ff\u19e0-\u19ff\u200b-\u200d ]*)|([\u0e80-\u0eff][\u0e80-\u0eff\u200b-\u200d ]*)/g

function renderText(text: string, lang: string): string {
  if (!/[\u0e80-\u0eff\u1780-\u17ff\u19e0-\u19ff]/.test(text)) return escapeHtml(text)
  let out = ''
  let at = 0
  for (const match of text.matchAll(runs)) {
    // Spaces at the end of a run belong to the text around it.
    const run = match[0].trimEnd()
    const language = match[1] === undefined ? 'lo' : 'km'
    out += escapeHtml(text.slice(at, match.index))
    out += lang.toLowerCase().startsWith(language) ? escapeHtml(run) : `<span lang="${language}">${escapeHtml(run)}</span>`
    at = match.index + run.length
  }
  return out + escapeHtml(text.slice(at))
}

/** The attributes a source may set on a node: id, classes, lang, dir and title. */
export function commonAttributes(attributes: Attributes | undefined, context: RenderContext): Record<string, string | undefined> {
  if (!attributes) return {}
  const { lang, dir, title } = attributes.values
  return {
    id: claimId(context, attributes.id),
    class: attributes.classes.length > 0 ? attributes.classes.join(' ') : undefined,
    lang,
    dir: dir === 'ltr' || dir === 'rtl' || dir === 'auto' ? dir : undefined,
    title,
  }
}

function wrap(name: string, attributes: Attributes | undefined, html: string, context: RenderContext): string {
  return `<${name}${writeAttributes(commonAttributes(attributes, context))}>${html}</${name}>`
}

/** The context for what stands inside a node with its own language. */
export function withLanguage(context: RenderContext, attributes: Attributes | undefined): RenderContext {
  const lang = attributes?.values.lang
  return lang === undefined ? context : { ...context, lang }
}

function renderSpan(span: Span, context: RenderContext): string {
  return wrap('span', span.attributes, renderInlines(span.content, withLanguage(context, span.attributes)), context)
}

function renderLink(link: Link, context: RenderContext): string {
  const content = renderInlines(link.content, { ...context, termsIn: context.termsIn === 'none' ? 'none' : 'plain' })
  if (context.copy || !isSafeLink(link.target)) return content
  const attributes = { ...commonAttributes(link.attributes, context), href: link.target, title: link.title }
  return `<a${writeAttributes(attributes)}>${content}</a>`
}

const imageLength = /^\d+(\.\d+)?(px|pt|mm|cm|in|em|rem|%)?$/

/** `width=60%` and `height=4cm` of a source as a style; anything that is not a plain length is left out. */
function imageStyle(values: Readonly<Record<string, string>>): string | undefined {
  const sizes = (['width', 'height'] as const).flatMap((name) => {
    const value = values[name]
    return value !== undefined && imageLength.test(value) ? [`${name}: ${/\d$/.test(value) ? `${value}px` : value}`] : []
  })
  return sizes.length > 0 ? sizes.join('; ') : undefined
}

/** One picture. A source outside the project is left to its alternative text, since nothing is fetched. */
export function renderImage(image: Image, context: RenderContext): string {
  const alternative = image.attributes?.values.alt ?? image.alternative
  if (context.copy || !isLocalImage(image.source)) return escapeHtml(alternative)
  const attributes = {
    src: image.source,
    alt: alternative,
    ...commonAttributes(image.attributes, context),
    title: image.title,
    style: imageStyle(image.attributes?.values ?? {}),
  }
  return `<img${writeAttributes(attributes)}>`
}

function renderCrossReference(reference: CrossReference, context: RenderContext): string {
  const target = context.document.references.get(reference)
  if (!target) return escapeHtml(`@${reference.target}`)
  const label = escapeHtml(target.label.replace(/ (?=[\p{Nd}A-Z.]+$)/u, '\u00a0'))
  // Only the report has numbers at its paragraphs.
  if (context.copy || (target.kind === 'paragraph' && context.edition !== 'report')) return label
  const href = escapeHtml(target.id)
  const asked = reference.attributes?.classes.includes('page') && context.format === 'pdf' && context.edition === 'report'
  return `<a class="reference" href="#${href}">${label}</a>${asked ? pageReference(href, context) : ''}`
}

/** The words “on page 7”; the style sheet puts in the number (CSS Generated Content for Paged Media, target-counter). */
function pageReference(href: string, { labels }: RenderContext): string {
  const [before = '', after = ''] = labels.onPage.split('{page}')
  return ` <a class="page-number" href="#${href}">${escapeHtml(before).replace(/ $/, '\u00a0')}</a>${escapeHtml(after)}`
}

/** Works lead to their entries where the edition has a bibliography. */
function renderCitation(citation: Citation, context: RenderContext): string {
  const content = citation.content.flatMap((inline) =>
    inline.kind === 'link' && inline.target.startsWith('#') && !context.listed.has(inline.target.slice(1)) ? inline.content : [inline],
  )
  const html = renderInlines(content, { ...context, termsIn: 'none' })
  return context.copy ? html : `<span class="citation">${html}</span>`
}

function renderNoteCall(reference: NoteReference, context: RenderContext): string {
  const note = context.document.notes.get(reference.label)
  if (!note || context.copy || context.inNote) return ''
  const known = context.notes.get(reference.label)
  if (!context.endnotes) return known ? repeatedCall(known, context) : footnote(callNote(reference.label, context), context)
  const called = known ?? callNote(reference.label, context)
  const id = uniqueId(context, `call-${called.id}`)
  called.calls.push(id)
  const label = `${context.labels.noteNumber} ${numberOf(called, context)}`
  const attributes = { class: 'note-call', id, href: `#${called.id}`, role: 'doc-noteref', 'aria-label': label }
  return `<sup><a${writeAttributes(attributes)}>${numberOf(called, context)}</a></sup>`
}

const numberOf = (called: CalledNote, { document }: RenderContext): string => localDigits(String(called.number), document.metadata.lang)

/** `Table 2.` before a caption, in the document's words and digits; nothing without a number. */
export function captionLabel(word: string, number: number | undefined, { document }: RenderContext): string {
  if (number === undefined) return ''
  return `<span class="caption-label">${escapeHtml(word)}\u00a0${localDigits(String(number), document.metadata.lang)}.</span> `
}

function callNote(label: string, context: RenderContext): CalledNote {
  const note = context.document.notes.get(label)
  if (!note) throw new Error(`note ${label} is not in the document`)
  const called: CalledNote = { note, number: context.notes.size + 1, id: uniqueId(context, note.id), calls: [] }
  context.notes.set(label, called)
  return called
}

/** A second call of a note that already stands at the foot of a page. */
function repeatedCall(called: CalledNote, context: RenderContext): string {
  return `<sup class="note-repeat"><a role="doc-noteref" href="#${escapeHtml(called.id)}">${numberOf(called, context)}</a></sup>`
}

function footnote(called: CalledNote, context: RenderContext): string {
  // A note called inside a note cannot be a second footnote, so notes are rendered without calls of their own.
  const body = noteAsPhrases(called.note.definition.blocks, { ...context, inNote: true })
  return `<span class="footnote" role="doc-footnote"${writeAttributes({ id: called.id })}>${body}</span>`
}

/** A note's blocks as phrasing content: a block element inside a paragraph would end the paragraph (HTML 13.1.2.4). */
function noteAsPhrases(blocks: readonly Block[], context: RenderContext): string {
  const parts = blocks.map((block) => phraseBlock(block, context)).filter((part) => part !== '')
  const [first = '', ...others] = parts
  return first + others.map((part) => `<span class="note-paragraph">${part}</span>`).join('')
}

function phraseBlock(block: Block, context: RenderContext): string {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return renderInlines(block.content, context)
    case 'bullet-list':
    case 'ordered-list':
      return block.items.map((item) => noteAsPhrases(item.blocks, context)).join('; ')
    case 'definition-list':
      return block.items
        .map((item) => `${renderInlines(item.term, context)}: ${item.definitions.map((d) => noteAsPhrases(d, context)).join('; ')}`)
        .join('; ')
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map((cell) => renderInlines(cell.content, context)).join(', ')).join('; ')
    case 'code-block':
      return `<code>${escapeHtml(block.text)}</code>`
    case 'figure':
      return renderImage(block.image, context)
    case 'raw-block':
      return ''
    case 'thematic-break':
      return ''
    default:
      return noteAsPhrases(block.blocks, context)
  }
}

/** The words of `source=` under a table or a figure. */
export function renderSource(attributes: Attributes | undefined, context: RenderContext): string {
  const source = attributes?.values.source
  return source === undefined ? '' : `\n<p class="source">${escapeHtml(context.labels.source)}: ${escapeHtml(source)}</p>`
}
