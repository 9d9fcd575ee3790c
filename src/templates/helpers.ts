/**
 * The helpers of the templates; docs/templates.md lists each. In: a rendering's context. Out: functions for Handlebars.
 * Text is escaped by Handlebars itself; what a helper returns as SafeString was escaped by the renderers.
 */
import Handlebars from 'handlebars'
import { counterStyleOf, localDigits } from '../document/digits.js'
import type { Section } from '../document/document.js'
import { cssString, escapeHtml, writeAttributes } from '../html/escape.js'
import type { Block, Inline } from '../markdown/tree.js'
import type { Labels } from './labels.js'
import { placeAttribute, renderBlocks, renderNotes } from './render-blocks.js'
import { claimId, type RenderContext } from './render-context.js'
import { plainText, renderInlines } from './render-inlines.js'

export const helperNames = [
  'and',
  'blocks',
  'compact',
  'cssString',
  'eq',
  'headline',
  'heading',
  'inlines',
  'join',
  'label',
  'claim',
  'digits',
  'not',
  'pageNumber',
  'notes',
  'or',
  'plain',
  'place',
  'script',
  'styles',
  'termId',
  'title',
] as const
export type HelperName = (typeof helperNames)[number]

const safe = (html: string) => new Handlebars.SafeString(html)
const isEmpty = (value: unknown): boolean => !value || (Array.isArray(value) && value.length === 0)
/** Handlebars hands its options object as the last argument. */
const given = (values: readonly unknown[]): readonly unknown[] => values.slice(0, -1)

function renderHeading(section: Section, context: RenderContext): string {
  const level = Math.min(6, section.level + 1)
  // The space stands inside the number, so that the heading's text reads “2 Title” and its line begins flush.
  const number =
    section.number === undefined
      ? ''
      : `<span class="number">${escapeHtml(localDigits(section.number, context.document.metadata.lang))} </span>`
  const id = claimId(context, `${section.id}-title`)
  // Each section leads to the glossary anew.
  context.terms.linked.clear()
  const attributes = writeAttributes({ id, class: section.number === undefined ? 'unnumbered' : undefined })
  return `<h${level}${attributes}${placeAttribute(section, context)}>${number}${renderInlines(section.title, { ...context, termsIn: 'plain' })}</h${level}>`
}

/** “Page 3 of 9” as the value of `content` (CSS Generated Content for Paged Media), in the language's order and digits. */
function pageNumber({ labels, document }: RenderContext): string {
  const style = counterStyleOf(document.metadata.lang)
  const counter = (name: string) => `counter(${name}${style === undefined ? '' : `, ${style}`})`
  return labels.pageNumber
    .split(/(\{pages?\})/)
    .filter((part) => part !== '')
    .map((part) => (part === '{page}' ? counter('page') : part === '{pages}' ? counter('pages') : cssString(part)))
    .join(' ')
}

/** A title's words; two names joined by a dash, such as Cambodia–Laos, stay on one line. */
function renderHeadline(words: string): string {
  return escapeHtml(words).replace(/[^\s\u2013]{2,16}\u2013[^\s\u2013]{2,16}/g, '<span class="nobreak">$&</span>')
}

export interface HelperSources {
  readonly context: RenderContext
  /** The style elements of this document. */
  readonly styles: string
  /** The text of a script beside the templates; empty where there is none. */
  readonly script: (name: string) => string
}

/** All helpers for one rendering. */
export function createHelpers({ context, styles, script }: HelperSources): Record<HelperName, Handlebars.HelperDelegate> {
  return {
    blocks: (value: readonly Block[] | undefined) => safe(renderBlocks(value ?? [], context)),
    inlines: (value: readonly Inline[] | undefined, options?: { readonly hash?: { readonly plain?: boolean } }) =>
      safe(renderInlines(value ?? [], options?.hash?.plain === true ? { ...context, termsIn: 'plain' } : context)),
    title: (value: readonly Inline[] | undefined) => safe(renderInlines(value ?? [], { ...context, copy: true })),
    termId: (word: string) => context.terms.byTerm.get(word.toLowerCase()) ?? '',
    plain: (value: readonly Inline[] | undefined) => plainText(value ?? []),
    place: (section: Section) => safe(placeAttribute(section, context)),
    heading: (section: Section) => safe(renderHeading(section, context)),
    notes: () => safe(renderNotes(context)),
    claim: (id: string) => claimId(context, id) ?? '',
    label: (name: string) => context.labels[name as keyof Labels] ?? name,
    digits: (text: unknown) => localDigits(String(text ?? ''), context.document.metadata.lang),
    pageNumber: () => safe(pageNumber(context)),
    cssString: (text: unknown) => safe(cssString(text === undefined || text === null ? '' : String(text))),
    join: (values: readonly string[] | undefined, separator: unknown) =>
      (values ?? []).join(typeof separator === 'string' ? separator : ', '),
    compact: (...values: unknown[]) => given(values).filter((value) => !isEmpty(value)),
    headline: (words: unknown) => safe(renderHeadline(typeof words === 'string' ? words : '')),
    eq: (a: unknown, b: unknown) => a === b,
    and: (...values: unknown[]) => given(values).every((value) => !isEmpty(value)),
    or: (...values: unknown[]) => given(values).find((value) => !isEmpty(value)) ?? '',
    not: (value: unknown) => isEmpty(value),
    styles: () => safe(styles),
    // `</script` inside a script would end it.
    script: (name: string) => safe(`<script>\n${script(name).replace(/<\/(script)/gi, '<\\/$1')}</script>`),
  }
}
