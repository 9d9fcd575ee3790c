/**
 * What is wished of a file → what it will be. In: names of standards, switches and passwords. Out: settings that agree with one another; what does
 * not is reported as an error and left out.
 */
import type { Diagnostic, Report } from '../diagnostics/diagnostic.js'
import type { Protection } from './encryption-names.js'
import { allowsAttachments, type Conformance, resolveStandards, type StandardsResult, standardTitle } from './standards.js'
import type { ViewerOptions } from './viewer-preferences.js'

export interface PdfOptions {
  /** Of `pdfStandards`, such as `ua-1` and `a-3a`, which are the default. */
  readonly standards?: readonly string[]
  /** Whether the source and the metadata go along as files. Default: where the standard allows it. */
  readonly attachments?: boolean
  /** Paths of data files to attach. */
  readonly attach?: readonly string[]
  readonly viewer?: ViewerOptions
  readonly protection?: Protection
  /** Paints everything in shades of grey. */
  readonly grayscale?: boolean
  /** For who cuts and binds: `marks` and `bleed` of CSS Page 3 on every page, whatever its style sheets say. */
  readonly marks?: readonly PrinterMark[]
  /** A CSS length. */
  readonly bleed?: string
}

export const printerMarks = ['crop', 'cross'] as const
export type PrinterMark = (typeof printerMarks)[number]

/** The rules that go after all others; null where none are asked for. */
export function pageRules({ marks = [], bleed }: PdfOptions): string | null {
  const declarations = [...(marks.length > 0 ? [`marks: ${marks.join(' ')}`] : []), ...(bleed === undefined ? [] : [`bleed: ${bleed}`])]
  return declarations.length > 0 ? `@page { ${declarations.join('; ')} }` : null
}

export interface PdfSettings {
  readonly conformance: Conformance
  readonly attachments: boolean
  readonly viewer: ViewerOptions
  readonly grayscale: boolean
  readonly protection?: Protection
}

/** Reports `unknown-pdf-standard`, `conflicting-pdf-standards`, `attachments-forbidden`, `attachments-required` and `protection-forbidden`. */
export function pdfSettings(options: PdfOptions, report: Report, place: Pick<Diagnostic, 'position' | 'excerpt'> = {}): PdfSettings {
  const error = (problem: Pick<Diagnostic, 'code' | 'message' | 'hint'>): void => report({ severity: 'error', ...problem, ...place })
  const resolved = resolveStandards(options.standards ?? [])
  if ('problem' in resolved) error(resolved.problem)
  const conformance = conformanceOf(resolved)
  const { protection } = options
  const archive = conformance.standards.find((name) => name.startsWith('a-'))
  const wantsFiles = options.attachments ?? ((options.attach ?? []).length > 0 || allowsAttachments(conformance))
  if (archive && protection)
    error({
      code: 'protection-forbidden',
      message: `${standardTitle(archive)} forbids passwords and permissions: what is archived must stay readable.`,
      hint: 'Choose a standard that allows them, such as --pdf-standard ua-1.',
    })
  if (archive && wantsFiles && !allowsAttachments(conformance))
    error({
      code: 'attachments-forbidden',
      message: `${standardTitle(archive)} forbids attachments of this kind.`,
      hint: archive === 'a-4' ? 'Choose a-4f.' : 'Choose a-3a or a-3b.',
    })
  if (archive === 'a-4f' && options.attachments === false)
    error({ code: 'attachments-required', message: 'PDF/A-4f asks for an attachment, and there is to be none.', hint: 'Choose a-4.' })
  return {
    conformance,
    attachments: wantsFiles && allowsAttachments(conformance),
    viewer: options.viewer ?? {},
    grayscale: options.grayscale === true,
    ...(protection && !archive ? { protection } : {}),
  }
}

function conformanceOf(resolved: StandardsResult): Conformance {
  const used = 'conformance' in resolved ? resolved : resolveStandards([])
  if ('problem' in used) throw new Error('the default standards agree')
  return used.conformance
}
