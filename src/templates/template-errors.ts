/**
 * Where a template is wrong. In: what Handlebars threw and the template's text. Out: a line and column, from 1, and words.
 */

export interface TemplateErrorPosition {
  readonly line: number
  readonly column: number
  readonly message: string
}

interface LocatedError {
  readonly message: string
  readonly lineNumber?: number
  readonly column?: number
}

function isLocated(error: unknown): error is LocatedError {
  return error instanceof Error
}

/** Handlebars' parser prints up to 20 characters before the mistake, without line ends; this finds them in the line. */
function columnOf(text: string, line: number, printed: string): number {
  const before = printed.startsWith('...') ? printed.slice(3) : printed
  const starts = text.split('\n')
  const lineStart = starts.slice(0, line - 1).reduce((sum, part) => sum + part.length + 1, 0)
  const lineEnd = lineStart + (starts[line - 1]?.length ?? 0)
  for (let offset = lineStart; offset <= lineEnd; offset++) {
    if (
      text
        .slice(Math.max(0, offset - before.length - 8), offset)
        .replace(/\n/g, '')
        .endsWith(before)
    )
      return offset - lineStart + 1
  }
  return 1
}

/** The place of a parse error; line 1, column 1 where Handlebars does not say. */
export function parseErrorPosition(error: unknown, text: string): TemplateErrorPosition {
  if (!isLocated(error)) return { line: 1, column: 1, message: String(error) }
  const [head = '', context = '', marker = '', expected = ''] = error.message.split('\n')
  const match = /^(?:Parse|Lexical) error on line (\d+)/.exec(head)
  if (match) {
    const line = Math.min(Number(match[1]), text.split('\n').length)
    const printed = context.slice(0, Math.max(0, marker.indexOf('^')))
    return { line, column: columnOf(text, line, printed), message: expected === '' ? head : expected.replace(/^Expecting/, 'expected') }
  }
  const column = error.column === undefined ? 1 : error.column + 1
  return { line: error.lineNumber ?? 1, column, message: head.replace(/ - \d+:\d+$/, '') }
}
