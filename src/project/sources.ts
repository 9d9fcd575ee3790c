/**
 * Which Markdown files to build. In: names of files and folders. Out: absolute paths, sorted, each once.
 */
import { readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { Report } from '../diagnostics/diagnostic.js'
import { isSystemError } from './engine.js'

/** Sources by their names. */
export const isMarkdown = (name: string): boolean => /\.(md|markdown)$/i.test(name) && !name.startsWith('.') && !name.startsWith('_')

/** Files as named; folders with all Markdown files in them, but for those whose name starts with `_` or a dot. */
export async function findSources(names: readonly string[] | undefined, project: string, report: Report): Promise<readonly string[]> {
  const wanted = names && names.length > 0 ? names.map((name) => resolve(name)) : [join(project, 'content')]
  const found = new Set<string>()
  for (const path of wanted) for (const file of await expand(path, report)) found.add(file)
  const sources = [...found].sort()
  reportTwins(sources, report)
  return sources
}

async function expand(path: string, report: Report): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path]
    const entries = await readdir(path, { withFileTypes: true, recursive: true })
    const files = entries.filter((entry) => entry.isFile() && isMarkdown(entry.name)).map((entry) => join(entry.parentPath, entry.name))
    if (files.length === 0)
      report({ severity: 'error', code: 'no-sources', message: `there is no Markdown file in ${path}`, hint: 'sources end in .md' })
    return files
  } catch (error) {
    if (!isSystemError(error)) throw error
    report({
      severity: 'error',
      code: 'source-missing',
      message: `${path} cannot be read: ${error.message}`,
      hint: 'name a Markdown file or a folder that holds some',
    })
    return []
  }
}

/** Two sources of one name would write the same outputs. */
function reportTwins(sources: readonly string[], report: Report): void {
  const names = new Map<string, string>()
  for (const source of sources) {
    const name = basename(source).replace(/\.(md|markdown)$/i, '')
    const other = names.get(name)
    if (other !== undefined)
      report({
        severity: 'error',
        code: 'same-name',
        message: `${other} and ${source} have the same name and would write the same files`,
        hint: 'rename one, or build them into different folders with --out',
      })
    names.set(name, source)
  }
}
