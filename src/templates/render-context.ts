/**
 * What the renderers of one document share: the document, its words, the ids already given out and the notes met so far.
 * In: a Document and a format. Out: one context object per rendering; nothing outlives it.
 */
import type { Document, NumberedNote } from '../document/document.js'
import type { Edition } from '../editions/edition.js'
import { citedWorks } from './back-matter.js'
import { type Labels, labelsFor } from './labels.js'
import { createTerms, type Terms, type TermsIn } from './terms.js'

export type Format = 'pdf' | 'html'

/** A note in the order in which this edition first calls it; numbers count within the edition. */
export interface CalledNote {
  readonly note: NumberedNote
  readonly number: number
  readonly id: string
  /** Ids of the calls in the text, for the links back. */
  readonly calls: string[]
}

export interface RenderContext {
  readonly document: Document
  readonly format: Format
  readonly labels: Labels
  readonly usedIds: Set<string>
  /** By label of the source. */
  readonly notes: Map<string, CalledNote>
  /** Language of the text around, so that a run in another script is marked once. */
  readonly lang: string
  /** True inside contents, running heads and other copies: no ids, no links, no notes. */
  readonly copy: boolean
  /** True inside a note, where a call of another note cannot stand. */
  readonly inNote: boolean
  readonly edition: Edition['name']
  /** Notes stand at the end, whatever the format. */
  readonly endnotes: boolean
  /** Ids of the works in this edition's bibliography. */
  readonly listed: ReadonlySet<string>
  readonly terms: Terms
  readonly termsIn: TermsIn
}

/** A fresh context for one rendering of an edition. */
export function createRenderContext(edition: Edition, format: Format): RenderContext {
  const { document, name } = edition
  const { lang, notes } = document.metadata
  return {
    document,
    format,
    labels: labelsFor(lang),
    usedIds: new Set(),
    notes: new Map(),
    lang,
    copy: false,
    inNote: false,
    edition: name,
    endnotes: format === 'html' || (name === 'report' && notes === 'endnotes'),
    listed: new Set(name === 'slides' ? [] : citedWorks(edition).map((entry) => entry.id)),
    terms: createTerms(document, name === 'report' ? edition : undefined),
    termsIn: 'prose',
  }
}

/** The id, the first time it is asked for; undefined where it is already taken or the text is a copy. */
export function claimId(context: RenderContext, id: string | undefined): string | undefined {
  if (id === undefined || id === '' || context.copy || context.usedIds.has(id)) return undefined
  context.usedIds.add(id)
  return id
}

/** An id that nothing else has: the wished one, or that with a number. */
export function uniqueId(context: RenderContext, wish: string): string {
  let id = wish
  for (let n = 2; context.usedIds.has(id); n++) id = `${wish}-${n}`
  context.usedIds.add(id)
  return id
}
