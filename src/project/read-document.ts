/**
 * A Markdown file → a Document. In: a path. Out: the Document, or null where the file cannot be read as text.
 */
import { dirname, resolve, sep } from 'node:path'
import type { Report } from '../diagnostics/diagnostic.js'
import { buildDocument } from '../document/build-document.js'
import type { CitationFormatter } from '../document/citation-format.js'
import type { Document } from '../document/document.js'
import { decodeSource } from '../markdown/decode.js'
import { parseInlines, parseMarkdown } from '../markdown/parse.js'
import type { MarkdownTree } from '../markdown/tree.js'
import { readBytes } from './engine.js'

export interface ReadDocumentOptions {
  /** Included files must stand in this folder. */
  readonly root: string
  /** How files are read: from the disk by default, or from an earlier state of the sources. Null where there is no such file. */
  readonly read?: (file: string) => Uint8Array | null
  readonly report: Report
}

const namesBibliography = ({ frontMatter, source }: MarkdownTree): boolean =>
  frontMatter?.values.bibliography !== undefined && source.includes('@')

async function loadCitations(tree: MarkdownTree, options: ReadDocumentOptions): Promise<CitationFormatter | undefined> {
  const { readCitations } = await import('./citations.js')
  return readCitations(tree, options)
}

/** Reads, parses and numbers a source. Every problem is reported. */
export async function readDocument(file: string, options: ReadDocumentOptions): Promise<Document | null> {
  const { root, read = readBytes, report } = options
  const bytes = read(file)
  if (!bytes) {
    report({ severity: 'error', code: 'source-missing', message: `the source ${file} cannot be read` })
    return null
  }
  const source = decodeSource(bytes, file, report)
  if (source === null) return null
  const readInclude = (path: string, from: string) => {
    const target = resolve(dirname(from), path)
    if (target !== root && !target.startsWith(root.endsWith(sep) ? root : root + sep) && dirname(target) !== dirname(file)) return null
    const included = read(target)
    const text = included ? decodeSource(included, target, report) : null
    return text === null ? null : { file: target, source: text }
  }
  const tree = parseMarkdown({ file, source, readInclude, report })
  const citations = namesBibliography(tree) ? await loadCitations(tree, { root, read, report }) : undefined
  return buildDocument(tree, {
    ...(citations ? { citations } : {}),
    parseInlines: (text, position) => parseInlines(text, position, report),
    report,
  })
}
