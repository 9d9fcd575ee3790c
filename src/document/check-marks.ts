/**
 * The marks by which an author says what goes into which edition. In: sections and blocks. Out: a diagnostic for each mark
 * whose value has no meaning, and so would have no effect.
 */
import type { Report, SourcePosition } from '../diagnostics/diagnostic.js'
import type { Attributes } from '../markdown/tree.js'
import type { Document } from './document.js'
import { diagnosticAt } from './message.js'
import { documentBlocks, eachSection } from './outline.js'
import { didYouMean } from './suggest.js'
import { visitBlocks } from './walk.js'

/** The values that each mark of an edition can have. */
const markValues: Readonly<Record<string, readonly string[]>> = {
  brief: ['omit', 'lead', 'full'],
  report: ['omit', 'full'],
  slides: ['omit', 'notes', 'full', 'own'],
  only: ['brief', 'report', 'slides'],
  priority: ['1', '2', '3', '4', '5'],
}

interface Marked {
  readonly attributes?: Pick<Attributes, 'values'>
  readonly position: SourcePosition
}

/** Reports `invalid-mark` where `brief`, `report`, `slides`, `only` or `priority` has a value that means nothing. */
export function checkMarks(document: Pick<Document, 'source' | 'preamble' | 'sections'>, report: Report): void {
  const check = (node: Marked): void => {
    for (const [mark, value] of Object.entries(node.attributes?.values ?? {})) {
      const known = Object.hasOwn(markValues, mark) ? markValues[mark] : undefined
      const words = mark === 'only' ? value.split(/[\s,]+/).filter((word) => word !== '') : [value]
      const wrong = known && words.find((word) => !known.includes(word))
      if (known && wrong !== undefined) reportMark({ mark, wrong, known, position: node.position })
    }
  }
  const reportMark = ({
    mark,
    wrong,
    known,
    position,
  }: {
    mark: string
    wrong: string
    known: readonly string[]
    position: SourcePosition
  }) => {
    const message = `The mark ${mark}=${wrong} has no meaning and no effect.`
    report(diagnosticAt(document.source, { severity: 'error', code: 'invalid-mark', message, position, hint: didYouMean(wrong, known) }))
  }
  for (const section of eachSection(document.sections)) check(section)
  visitBlocks(documentBlocks(document), {
    enter: (node) => {
      if (node.attributes) check({ attributes: node.attributes, position: node.position })
      return undefined
    },
  })
}
