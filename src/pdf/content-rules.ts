/**
 * What a standard forbids in content (ISO 19005-1, section 6.4; ISO 19005-2, section 6.2.4). In: what is being painted. Out: an error for each element that
 * cannot be in such a file, at its place in the source.
 */
import type { Diagnostic, Report } from '../diagnostics/diagnostic.js'
import type { HtmlElement } from '../html/dom.js'
import { allowsTransparency, type Conformance, standardTitle } from './standards.js'

/** Where a person wrote an element; nothing where that is not known. */
export type Locate = (element: HtmlElement) => Pick<Diagnostic, 'position' | 'excerpt'>

/** The place in the HTML itself. */
export const locateInHtml: Locate = ({ position }) => (position ? { position } : {})

export interface ContentRulesInput {
  readonly conformance: Conformance
  readonly locate: Locate
  readonly report: Report
}

type Problem = Pick<Diagnostic, 'code' | 'message' | 'hint'>

export class ContentRules {
  /** Whose box or text is being painted. */
  element: HtmlElement | null = null
  readonly #input: ContentRulesInput
  readonly #told = new Map<string, Set<HtmlElement | null>>()

  constructor(input: ContentRulesInput) {
    this.#input = input
  }

  /** Something lets through what lies below it. */
  transparent(): void {
    const { conformance } = this.#input
    if (allowsTransparency(conformance)) return
    this.#tell({
      code: 'transparency-forbidden',
      message: `${this.#what()} is partly transparent, which ${archiveTitle(conformance)} forbids.`,
      hint: 'Use opaque colours and pictures without an alpha channel, or choose a-2b or a-3a.',
    })
  }

  /** A picture in the colours of a printing press. */
  cmykPicture(): void {
    const { conformance } = this.#input
    if (!conformance.archive) return
    this.#tell({
      code: 'color-space-forbidden',
      message: `A picture has CMYK colours, which ${archiveTitle(conformance)} forbids in a file whose output intent is sRGB.`,
      hint: 'Convert the picture to RGB.',
    })
  }

  /** A picture that is still in colour where all is to be grey. */
  coloredPicture(): void {
    this.#tell({
      code: 'picture-in-color',
      message: 'A picture keeps its colours: it could not be turned into shades of grey.',
      hint: 'Save it as a PNG or JPEG file in shades of grey.',
    })
  }

  #what(): string {
    return this.element ? `A <${this.element.name}>` : 'The page'
  }

  #tell(problem: Problem): void {
    const { element } = this
    const told = this.#told.get(problem.code) ?? new Set()
    if (told.has(element)) return
    told.add(element)
    this.#told.set(problem.code, told)
    this.#input.report({ severity: 'error', ...problem, ...(element ? this.#input.locate(element) : {}) })
  }
}

function archiveTitle({ standards }: Conformance): string {
  const name = standards.find((standard) => standard.startsWith('a-'))
  return name ? standardTitle(name) : 'the standard'
}
