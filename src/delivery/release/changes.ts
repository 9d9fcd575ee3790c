/**
 * What changed in the text between two releases. In: the texts of documents before and after. Out: by document the sections that were added, removed,
 * renamed, moved or changed, with their lines marked word by word.
 */

import { difference, type Edit, type EditKind, type Run, similarity, wordDifference } from './difference.js'
import type { DocumentText, TextLine, TextSection } from './document-text.js'

/** A line with its cells as runs; of a line that is wholly new or gone, one run a cell. */
export interface ChangedLine {
  readonly kind: TextLine['kind']
  readonly state: EditKind | 'changed'
  readonly cells: readonly (readonly Run[])[]
}

export interface ChangedSection {
  readonly id: string
  readonly title: string
  readonly state: 'added' | 'removed' | 'changed'
  /** The title before, where it was another one. */
  readonly formerTitle?: string
  readonly moved: boolean
  readonly insertedWords: number
  readonly deletedWords: number
  readonly lines: readonly ChangedLine[]
}

export interface ChangedDocument {
  readonly source: string
  readonly title: string
  readonly lang: string
  readonly state: 'added' | 'removed' | 'changed' | 'same'
  /** How many sections the document has, and which of them differ, in reading order. */
  readonly sectionCount: number
  readonly sections: readonly ChangedSection[]
}

/** Compares by source. Without anything before, every document is added. */
export function compareTexts(before: readonly DocumentText[], after: readonly DocumentText[]): readonly ChangedDocument[] {
  const old = new Map(before.map((text) => [text.source, text]))
  const current = new Set(after.map(({ source }) => source))
  const removed = before.filter(({ source }) => !current.has(source))
  return [
    ...after.map((text) => {
      const former = old.get(text.source)
      return former ? compareDocument(former, text) : wholeDocument(text, 'added')
    }),
    ...removed.map((text) => wholeDocument(text, 'removed')),
  ]
}

/** The sections of a document that is wholly new or gone are counted, not repeated: the document itself shows them. */
function wholeDocument({ source, title, lang, sections }: DocumentText, state: 'added' | 'removed'): ChangedDocument {
  return { source, title, lang, state, sectionCount: sections.length, sections: [] }
}

function compareDocument(before: DocumentText, after: DocumentText): ChangedDocument {
  const { source, title, lang } = after
  const pairs = pairSections(before.sections, after.sections)
  const paired = new Set(pairs.values())
  const order = difference(
    before.sections.filter((section) => paired.has(section)),
    after.sections.flatMap((section) => pairs.get(section) ?? []),
    ({ id }) => id,
  )
  const moved = new Set(order.filter(({ kind }) => kind === 'inserted').map(({ value }) => value.id))
  const merged = mergeOrder(before.sections, after.sections, pairs)
  const sections = merged.flatMap(({ kind, value }) => {
    if (kind === 'deleted') return [wholeSection(value, 'removed')]
    const former = pairs.get(value)
    if (!former) return [wholeSection(value, 'added')]
    const changed = compareSection(former, value, { lang, moved: moved.has(former.id) })
    return changed.lines.some(({ state }) => state !== 'kept') || changed.formerTitle !== undefined || changed.moved ? [changed] : []
  })
  return { source, title, lang, state: sections.length > 0 ? 'changed' : 'same', sectionCount: after.sections.length, sections }
}

/** After → before: by id, then by title, then by most of the words. */
function pairSections(before: readonly TextSection[], after: readonly TextSection[]): ReadonlyMap<TextSection, TextSection> {
  const pairs = new Map<TextSection, TextSection>()
  const free = new Set(before)
  const pairBy = (matches: (former: TextSection, section: TextSection) => boolean): void => {
    for (const section of after) {
      if (pairs.has(section)) continue
      const former = [...free].find((candidate) => matches(candidate, section))
      if (!former) continue
      pairs.set(section, former)
      free.delete(former)
    }
  }
  pairBy((former, section) => former.id === section.id)
  pairBy((former, section) => former.title === section.title)
  pairBy((former, section) => isSimilar(textOf(former.lines), textOf(section.lines)))
  return pairs
}

const leastSimilarity = 0.5
const isSimilar = (before: string, after: string): boolean => after !== '' && similarity(before, after) >= leastSimilarity
const textOf = (lines: readonly TextLine[]): string => lines.map(({ cells }) => cells.join(' ')).join('\n')

/** The sections after, with those that are gone where they stood. */
function mergeOrder(
  before: readonly TextSection[],
  after: readonly TextSection[],
  pairs: ReadonlyMap<TextSection, TextSection>,
): readonly Edit<TextSection>[] {
  const paired = new Set(pairs.values())
  const key = (section: TextSection): string => (pairs.get(section) ?? section).id
  return difference(before, after, key).filter(({ kind, value }) => kind !== 'deleted' || !paired.has(value))
}

function wholeSection({ id, title, lines }: TextSection, state: 'added' | 'removed'): ChangedSection {
  const kind = state === 'added' ? 'inserted' : 'deleted'
  return { id, title, state, moved: false, ...counted(lines.map((line) => wholeLine(line, kind))) }
}

const wholeLine = ({ kind, cells }: TextLine, state: EditKind): ChangedLine => ({
  kind,
  state,
  cells: cells.map((text) => [{ kind: state, text }]),
})

interface SectionContext {
  readonly lang: string
  readonly moved: boolean
}

function compareSection(before: TextSection, after: TextSection, { lang, moved }: SectionContext): ChangedSection {
  const key = ({ kind, cells }: TextLine): string => JSON.stringify([kind, cells])
  const lines: ChangedLine[] = []
  let gap: { deleted: TextLine[]; inserted: TextLine[] } = { deleted: [], inserted: [] }
  const flush = (): void => {
    lines.push(...pairLines(gap.deleted, gap.inserted, lang))
    gap = { deleted: [], inserted: [] }
  }
  for (const { kind, value } of difference(before.lines, after.lines, key)) {
    if (kind === 'kept') {
      flush()
      lines.push(wholeLine(value, 'kept'))
    } else gap[kind].push(value)
  }
  flush()
  const formerTitle = before.title === after.title ? {} : { formerTitle: before.title }
  return { id: after.id, title: after.title, state: 'changed', ...formerTitle, moved, ...counted(lines) }
}

/** Beyond this many pairs of lines, lines are paired in order. */
const mostPairs = 40_000

/** Of lines that were replaced, those that are alike are one changed line; the sum of likeness is the greatest that keeps both orders. */
function pairLines(deleted: readonly TextLine[], inserted: readonly TextLine[], lang: string): readonly ChangedLine[] {
  const pairs = deleted.length * inserted.length > mostPairs ? inOrder(deleted, inserted) : bestPairs(deleted, inserted)
  const lines: ChangedLine[] = []
  let [x, y] = [0, 0]
  for (const [i, j] of [...pairs, [deleted.length, inserted.length] as const]) {
    while (x < i) lines.push(wholeLine(deleted[x++] as TextLine, 'deleted'))
    while (y < j) lines.push(wholeLine(inserted[y++] as TextLine, 'inserted'))
    const [before, after] = [deleted[i], inserted[j]]
    if (before && after) lines.push({ kind: after.kind, state: 'changed', cells: compareCells(before, after, lang) })
    x++
    y++
  }
  return lines
}

type Pairs = readonly (readonly [number, number])[]

const likeness = (before: TextLine, after: TextLine): number => {
  if (before.kind !== after.kind || before.cells.length !== after.cells.length) return 0
  const alike = similarity(before.cells.join(' '), after.cells.join(' '))
  return alike >= leastSimilarity || (after.kind === 'row' && before.cells[0] === after.cells[0]) ? Math.max(alike, leastSimilarity) : 0
}

const inOrder = (deleted: readonly TextLine[], inserted: readonly TextLine[]): Pairs =>
  deleted.flatMap((before, index) => {
    const after = inserted[index]
    return after && likeness(before, after) > 0 ? [[index, index] as const] : []
  })

function bestPairs(deleted: readonly TextLine[], inserted: readonly TextLine[]): Pairs {
  const width = inserted.length + 1
  const alike = deleted.map((before) => inserted.map((after) => likeness(before, after)))
  const best = new Float64Array((deleted.length + 1) * width)
  const at = (i: number, j: number): number => best[i * width + j] ?? 0
  const paired = (i: number, j: number): number => (alike[i]?.[j] ?? 0) + at(i + 1, j + 1)
  for (let i = deleted.length - 1; i >= 0; i--)
    for (let j = inserted.length - 1; j >= 0; j--) best[i * width + j] = Math.max(at(i + 1, j), at(i, j + 1), paired(i, j))
  const pairs: (readonly [number, number])[] = []
  for (let [i, j] = [0, 0]; i < deleted.length && j < inserted.length; ) {
    if ((alike[i]?.[j] ?? 0) > 0 && at(i, j) === paired(i, j)) pairs.push([i++, j++])
    else if (at(i, j) === at(i + 1, j)) i++
    else j++
  }
  return pairs
}

function compareCells(before: TextLine, after: TextLine, lang: string): readonly (readonly Run[])[] {
  return after.cells.map((cell, index) => wordDifference(before.cells[index] ?? '', cell, lang))
}

function counted(lines: readonly ChangedLine[]): Pick<ChangedSection, 'lines' | 'insertedWords' | 'deletedWords'> {
  const words = (kind: EditKind): number =>
    lines
      .flatMap(({ cells }) => cells.flat())
      .filter((run) => run.kind === kind)
      .reduce((sum, { text }) => sum + countWords(text), 0)
  return { lines, insertedWords: words('inserted'), deletedWords: words('deleted') }
}

/** Words by UAX #29 and, in scripts without spaces, by ICU's dictionaries. Soft hyphens and the line ends after them are nothing. */
export function countWords(text: string): number {
  let count = 0
  const joined = text.replace(/\u00ad\s*/g, '')
  for (const { isWordLike } of new Intl.Segmenter('en', { granularity: 'word' }).segment(joined)) if (isWordLike) count++
  return count
}
