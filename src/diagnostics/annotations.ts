/**
 * Diagnostics → messages that a continuous integration shows at their line. In: diagnostics. Out: workflow commands of GitHub Actions
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions), or a report of GitLab's Code Quality as JSON.
 */
import { createHash } from 'node:crypto'
import type { Diagnostic } from './diagnostic.js'
import { sortDiagnostics } from './format.js'

const githubNames = { error: 'error', warning: 'warning', info: 'notice' } as const
const gitlabNames = { error: 'major', warning: 'minor', info: 'info' } as const

/** Paths below the folder lose it. */
function pathBelow(file: string, folder: string): string {
  const path = file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file
  return path.replaceAll('\\', '/')
}

const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

const messageOf = ({ message, hint }: Diagnostic): string => (hint === undefined ? message : `${message}\n${hint}`)

/** A line a message: `::error file=content/a.md,line=3,col=5,title=image-missing::…`. */
export function githubAnnotations(diagnostics: readonly Diagnostic[], folder: string): string {
  return sortDiagnostics(diagnostics)
    .map((diagnostic) => {
      const { severity, code, position } = diagnostic
      const place: Readonly<Record<string, string | number>> = position
        ? {
            file: pathBelow(position.file, folder),
            line: position.line,
            col: position.column,
            ...(position.length === undefined ? {} : { endColumn: position.column + position.length }),
          }
        : {}
      const properties = Object.entries({ ...place, title: code }).map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
      return `::${githubNames[severity]} ${properties.join(',')}::${escapeData(messageOf(diagnostic))}\n`
    })
    .join('')
}

/** An array of issues; each has a fingerprint that stays while message and place do. */
export function gitlabReport(diagnostics: readonly Diagnostic[], folder: string): string {
  const issues = sortDiagnostics(diagnostics).map((diagnostic) => {
    const { severity, code, position } = diagnostic
    const path = position ? pathBelow(position.file, folder) : '.'
    const line = position?.line ?? 1
    const fingerprint = createHash('sha256')
      .update(JSON.stringify([code, path, line, position?.column, diagnostic.message]))
      .digest('hex')
    const location = { path, lines: { begin: line } }
    return { description: messageOf(diagnostic), check_name: code, fingerprint, severity: gitlabNames[severity], location }
  })
  return `${JSON.stringify(issues, null, 2)}\n`
}
