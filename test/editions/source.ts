/** Markdown text → Document, for tests of what comes after. */
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { buildDocument } from '../../src/document/build-document.js'
import type { Document } from '../../src/document/document.js'
import { parseInlines, parseMarkdown } from '../../src/markdown/parse.js'

export interface Source {
  readonly document: Document
  readonly messages: Diagnostic[]
}

export function documentOf(source: string, file = '/project/content/note.md'): Source {
  const messages: Diagnostic[] = []
  const report = (message: Diagnostic) => messages.push(message)
  const tree = parseMarkdown({ file, source, report })
  const document = buildDocument(tree, { parseInlines: (text, position) => parseInlines(text, position, report), report })
  return { document, messages }
}
