/**
 * The author's marks: which edition a block is for. In: attributes such as `{brief=omit}`, `{only="report slides"}`,
 * `{audience=internal}`, `{priority=1}`. Out: what they say.
 */
import type { Attributes, Block } from '../markdown/tree.js'
import type { EditionName } from './edition.js'

export type Marks = (Pick<Attributes, 'values'> & Partial<Pick<Attributes, 'classes'>>) | undefined

/** True where the author keeps a block out of an edition. */
export function isOmitted(marks: Marks, edition: EditionName): boolean {
  const only = marks?.values.only
  if (only !== undefined && !only.split(/[\s,]+/).includes(edition)) return true
  const own = marks?.values[edition]
  return own === 'omit' || own === 'none' || own === 'false' || isRepeated(marks, edition)
}

/** True of a pull quote outside the report, unless the author wants it there: it says again what the text says. */
export function isRepeated(marks: Marks, edition: EditionName): boolean {
  return (
    edition !== 'report' &&
    marks?.classes?.includes('pull-quote') === true &&
    marks.values[edition] === undefined &&
    marks.values.only === undefined
  )
}

const namesIn = (list: string): readonly string[] => list.split(/[\s,]+/).filter((name) => name !== '')

/** True where a block is for none of the audiences that the edition is made for, which are given as a list with commas or spaces. */
export function isWithheld(marks: Marks, audience: string | undefined): boolean {
  const wanted = namesIn(marks?.values.audience ?? '')
  if (wanted.length === 0) return false
  const given = namesIn(audience ?? '')
  return !wanted.some((name) => given.includes(name))
}

/** True where a block is meant for this edition and no other. */
export function isOnlyFor(marks: Marks, edition: EditionName): boolean {
  return marks?.values.only?.trim() === edition
}

/** 1 must stay, 5 goes first; what the author does not say, or says wrongly, is `otherwise`. */
export function priorityOf(marks: Marks, otherwise: number): number {
  const value = Number(marks?.values.priority)
  return Number.isInteger(value) && value >= 1 && value <= 5 ? value : otherwise
}

/** `::: notes`: what the speaker says, which stands in no other edition. */
export function isSpeakerNotes(block: Block): boolean {
  return block.kind === 'div' && block.attributes?.classes.includes('notes') === true
}
