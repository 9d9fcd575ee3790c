/**
 * The style sheets of one document. In: template folders, an edition's name and a format. Out: style elements and the files
 * they came from. PDF takes base.css, the edition's own and print.css; HTML has print.css for printing and screen.css beside it.
 */
import { readFileSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import type { Report } from '../diagnostics/diagnostic.js'
import type { EditionName } from '../editions/edition.js'
import type { Format } from './render-context.js'
import { findTemplateFile } from './template-set.js'

interface SheetRequest {
  readonly folders: readonly string[]
  readonly edition: EditionName
  /** Slides small on paper instead of the edition itself. */
  readonly handout?: boolean
  readonly format: Format
  readonly extraCss: readonly string[]
  /** The folder against which addresses in the document resolve. */
  readonly base: string
  readonly report: Report
}

interface Sheet {
  readonly file: string
  readonly text: string
  readonly media?: string
}

function plannedSheets({ edition, format, handout }: SheetRequest): readonly (readonly [name: string, media?: string])[] {
  const shared = [['partials/base.css'], [`${edition}/${edition}.css`]] as const
  if (handout) return [...shared, ['handout/print.css']]
  if (format === 'pdf') return [...shared, [`${edition}/print.css`]]
  return [...shared, [`${edition}/print.css`, 'print'], ['partials/screen.css', 'screen'], [`${edition}/screen.css`, 'screen']]
}

/** Relative addresses in a sheet are the sheet's; inlined, they have to be the document's. */
function rebaseUrls(sheet: Sheet, base: string): string {
  return sheet.text.replace(/url\(\s*(['"]?)(?![a-z][a-z0-9+.-]*:|\/|#)([^'")]+)\1\s*\)/gi, (_, quote: string, address: string) => {
    const moved = relative(base, resolve(dirname(sheet.file), address))
      .split(sep)
      .join('/')
    return `url(${quote}${moved}${quote})`
  })
}

function readExtra(file: string, report: Report): Sheet | null {
  try {
    return { file, text: readFileSync(file, 'utf8') }
  } catch {
    report({
      severity: 'error',
      code: 'missing-style-sheet',
      message: `the style sheet ${file} cannot be read`,
      hint: 'check its path in the configuration',
    })
    return null
  }
}

export interface CollectedSheets {
  readonly html: string
  readonly files: readonly string[]
}

/** Style elements in cascade order, the reader's own last, and the absolute paths of their files. */
export function collectStyleSheets(request: SheetRequest): CollectedSheets {
  const sheets: Sheet[] = []
  for (const [name, media] of plannedSheets(request)) {
    const found = findTemplateFile(request.folders, name)
    if (found) sheets.push({ file: resolve(found.file), text: found.text, ...(media === undefined ? {} : { media }) })
  }
  for (const file of request.extraCss) {
    const sheet = readExtra(resolve(file), request.report)
    if (sheet) sheets.push(sheet)
  }
  const html = sheets.map((sheet) => {
    const media = sheet.media === undefined ? '' : ` media="${sheet.media}"`
    return `<style${media}>\n${rebaseUrls(sheet, request.base).replace(/<\/(style)/gi, '<\\/$1')}</style>`
  })
  return { html: html.join('\n'), files: sheets.map((sheet) => sheet.file) }
}
