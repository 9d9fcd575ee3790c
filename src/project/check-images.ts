/**
 * Pictures that cannot be had are told at their place in the source. In: a Document. Out: diagnostics with file, line and column;
 * later stages know only the HTML and say no more about them.
 */
import { existsSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import type { Report, SourcePosition } from '../diagnostics/diagnostic.js'
import type { Document } from '../document/document.js'
import { diagnosticAt } from '../document/message.js'
import { eachSection } from '../document/outline.js'
import { visitBlocks } from '../document/walk.js'

/** What later stages report of the same pictures. */
export const imageCodes: ReadonlySet<string> = new Set(['image-missing', 'image-outside-project', 'image-remote', 'missing-image'])

/** Reports `image-missing`, `image-outside-project` and `image-remote`. */
export function checkImages(document: Document, root: string, report: Report): void {
  visitImages(document, (source, position) => {
    const problem = problemOf(source, { base: dirname(document.file), root })
    if (problem) report(diagnosticAt(document.source, { ...problem, position }))
  })
}

/** The addresses of a document's pictures, those of its notes too. */
export function eachImage(document: Document): readonly string[] {
  const sources: string[] = []
  visitImages(document, (source) => sources.push(source))
  return sources
}

function visitImages(document: Document, visit: (source: string, position: SourcePosition) => void): void {
  const visitor = {
    enter: (node: Parameters<Parameters<typeof visitBlocks>[1]['enter']>[0]) => {
      if (node.kind === 'image') visit(node.source, node.position)
      return undefined
    },
  }
  visitBlocks(document.preamble, visitor)
  for (const section of eachSection(document.sections)) visitBlocks(section.blocks, visitor)
  for (const { definition } of document.notes.values()) visitBlocks(definition.blocks, visitor)
}

interface Folders {
  readonly base: string
  readonly root: string
}

function problemOf(source: string, { base, root }: Folders) {
  if (source.startsWith('data:')) return null
  if (/^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(source))
    return {
      severity: 'warning' as const,
      code: 'image-remote',
      message: `The picture ${source} is on the network, where nothing is fetched from; its alternative text stands in.`,
      hint: 'Save it in the project folder and name it by its path.',
    }
  const path = resolve(base, decodeAddress(source.replace(/[?#].*$/, '')))
  if (path !== root && !path.startsWith(root.endsWith(sep) ? root : root + sep))
    return {
      severity: 'error' as const,
      code: 'image-outside-project',
      message: `The picture ${source} is outside the project folder.`,
      hint: 'Copy it into the project folder.',
    }
  if (existsSync(path)) return null
  return {
    severity: 'error' as const,
    code: 'image-missing',
    message: `The picture ${source} does not exist.`,
    hint: `Check its path: it is looked for at ${path}.`,
  }
}

/** Percent codes as characters; a text whose codes are no UTF-8 stays as it is. */
export function decodeAddress(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}
