/**
 * The order of notes. In: the text in reading order and the notes' definitions. Out: the definitions that are called, in order
 * of their first call; a note that is called in a note follows it.
 */
import type { Inline, NoteDefinition } from '../markdown/tree.js'
import type { Document, NumberedNote } from './document.js'
import { eachSection } from './outline.js'
import { calledNotes } from './walk.js'

type Text = Pick<Document, 'preamble' | 'sections'>

/** The labels called in the text, each once, first call first; labels without a definition among them. */
function labelsInText(text: Text): readonly string[] {
  const calls = calledNotes(text.preamble)
  const inSections = [...eachSection(text.sections)].flatMap((section) => calledNotes(section.blocks, section.title))
  return [...calls, ...inSections].map((call) => call.label)
}

/** The definitions that the text calls, in order. */
export function orderNotes(text: Text, definitions: ReadonlyMap<string, NoteDefinition>): readonly NoteDefinition[] {
  const found = new Map<string, NoteDefinition>()
  const add = (label: string): void => {
    const definition = definitions.get(label)
    if (!definition || found.has(label)) return
    found.set(label, definition)
    for (const call of calledNotes(definition.blocks)) add(call.label)
  }
  for (const label of labelsInText(text)) add(label)
  return [...found.values()]
}

/** Notes numbered from 1 in the order of their first call. `idOf` gives each its id. */
export function numberNotes(definitions: readonly NoteDefinition[], idOf: (label: string) => string): ReadonlyMap<string, NumberedNote> {
  return new Map(definitions.map((definition, index) => [definition.label, { number: index + 1, id: idOf(definition.label), definition }]))
}

/** Labels called in a title or in notes, whether or not anything leads there. */
export function labelsInNotes(definitions: ReadonlyMap<string, NoteDefinition>, title: readonly Inline[] = []): ReadonlySet<string> {
  const calls = [...calledNotes([], title), ...[...definitions.values()].flatMap((definition) => calledNotes(definition.blocks))]
  return new Set(calls.map((call) => call.label))
}
