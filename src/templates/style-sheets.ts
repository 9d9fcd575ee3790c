/**
 * The style sheets of one document. In: template folders, an edition's name and a format. Out: style elements and the files
 * they came from. PDF takes base.css, the edition's own and print.css; HTML has print.css for printing and screen.css beside it.
 */
import { readFileSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import type { Report } from '../diagnostics/diagnostic.js'
import { isRightToLeft, scriptOf } from '../document/direction.js'
import type { EditionName } from '../editions/edition.js'
import type { Format } from './render-context.js'
import { findTemplateFile } from './template-set.js'

/** What dresses a document beside its edition. */
export interface Look {
  /** BCP 47. */
  readonly lang: string
  /** A file `themes/NAME.css` of the template folders. */
  readonly theme?: string
  /** Colours and faces of a house: a sheet between the theme's and the reader's own. */
  readonly brand?: BrandSheet
}

export interface BrandSheet {
  /** Absolute path that stands for the sheet; its addresses resolve against its folder. */
  readonly file: string
  readonly css: string
}

interface SheetRequest {
  readonly folders: readonly string[]
  readonly edition: EditionName
  /** Slides small on paper instead of the edition itself. */
  readonly handout?: boolean
  readonly format: Format
  readonly extraCss: readonly string[]
  readonly look: Look
  /** The folder against which addresses in the document resolve. */
  readonly base: string
  readonly report: Report
}

interface Sheet {
  readonly file: string
  readonly text: string
  readonly media?: string
}

/** Scripts that the shared sheet is made for; the others have a sheet of their own. */
const latinLike: ReadonlySet<string> = new Set(['Latn', 'Cyrl', 'Grek', 'Armn', 'Geor'])

type Planned = readonly [name: string, media?: string]

/** The sheets that a language needs: for its script, and for lines that run from right to left. */
function languageSheets(edition: EditionName, lang: string, media: readonly [media?: string]): readonly Planned[] {
  const planned: Planned[] = []
  if (!latinLike.has(scriptOf(lang))) planned.push(['partials/scripts.css'])
  if (isRightToLeft(lang)) planned.push([`${edition}/rtl.css`, ...media])
  return planned
}

function plannedSheets({ edition, format, handout, look }: SheetRequest): readonly Planned[] {
  const shared: readonly Planned[] = [['partials/base.css'], [`${edition}/${edition}.css`]]
  const theme: readonly Planned[] = look.theme === undefined ? [] : [[`themes/${look.theme}.css`]]
  if (handout) return [...shared, ['handout/print.css'], ...languageSheets(edition, look.lang, []), ...theme]
  if (format === 'pdf') return [...shared, [`${edition}/print.css`], ...languageSheets(edition, look.lang, []), ...theme]
  const screen: readonly Planned[] = [
    ['partials/screen.css', 'screen'],
    [`${edition}/screen.css`, 'screen'],
  ]
  return [...shared, [`${edition}/print.css`, 'print'], ...screen, ...languageSheets(edition, look.lang, ['print']), ...theme]
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
  const { brand } = request.look
  if (brand) sheets.push({ file: brand.file, text: brand.css })
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
