/** How a reader should show and print the file (ISO 32000-1, section 12.2). In: wishes. Out: the viewer preferences' dictionary. */
import type { PdfValue } from './pdfkit-internals.js'
import type { Conformance } from './standards.js'

export const duplexModes = ['simplex', 'short-edge', 'long-edge'] as const

export interface ViewerOptions {
  /** One side, or both, turned over the named edge. */
  readonly duplex?: (typeof duplexModes)[number]
  /** From 1 to 5. */
  readonly copies?: number
}

const duplexNames = { simplex: 'Simplex', 'short-edge': 'DuplexFlipShortEdge', 'long-edge': 'DuplexFlipLongEdge' } as const

/** The title is shown instead of the file's name, and nothing is scaled in print. PDF 1.4 knows only the title. */
export function viewerPreferences({ duplex, copies }: ViewerOptions, version: Conformance['version']): { [key: string]: PdfValue } {
  if (version === '1.4') return { DisplayDocTitle: true }
  return {
    DisplayDocTitle: true,
    PrintScaling: 'None',
    ...(duplex ? { Duplex: duplexNames[duplex] } : {}),
    ...(copies !== undefined && copies > 1 ? { NumCopies: Math.min(5, Math.floor(copies)) } : {}),
  }
}
