/**
 * The typesetter: what layout/ asks for lines. In: the fonts of a document and a loaded shaper. Out: a Typesetter (paragraph.ts).
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { FontCollection } from '../fonts/font.js'
import { balancedLines, greedyLine, greedyLines } from './greedy.js'
import { type Hyphenator, noHyphenation } from './hyphenation.js'
import { justifyLine } from './justify.js'
import { layoutLine } from './line-items.js'
import { indentAt } from './line-measure.js'
import type { FontMetrics, LineBreakResult, Paragraph, Typesetter } from './paragraph.js'
import { type PreparedParagraph, prepareParagraph } from './prepare.js'
import type { Shaper } from './shaper.js'
import { createTools, type Locate, type TextTools } from './tools.js'
import { totalFitLines } from './total-fit.js'

export { type Hyphenator, loadHyphenation, noHyphenation } from './hyphenation.js'
export { loadShaper, type Shaper } from './shaper.js'
export type { Locate } from './tools.js'

export interface TypesetterOptions {
  readonly fonts: FontCollection
  readonly shaper: Shaper
  /** Without it no word is divided but at soft hyphens. */
  readonly hyphenator?: Hyphenator
  readonly report: Report
  /** Where a character stands in what a person wrote, for messages. */
  readonly locate?: Locate
}

/** A typesetter with its own caches, for one document. Characters that no font has are reported. */
export function createTypesetter(options: TypesetterOptions): Typesetter {
  const { fonts, shaper, report } = options
  const tools = createTools({
    fonts,
    shaper,
    hyphenator: options.hyphenator ?? noHyphenation,
    report,
    ...(options.locate ? { locate: options.locate } : {}),
  })
  const metrics = new Map<ComputedStyle, FontMetrics>()
  return {
    prepare: (input) => prepareParagraph(input, tools),
    breakLines(paragraph, width) {
      const prepared = paragraph as PreparedParagraph
      let lines = prepared.cache?.get(width)
      if (!lines) {
        lines = breakParagraph(prepared, width, 0)
        prepared.cache ??= new Map()
        prepared.cache.set(width, lines)
      }
      return lines
    },
    breakLinesFrom: (paragraph, start, width) => breakParagraph(paragraph as PreparedParagraph, width, start),
    indentAt: (paragraph, start) => indentAt(paragraph as PreparedParagraph, start),
    nextLine(paragraph, start, width) {
      const prepared = paragraph as PreparedParagraph
      const line = greedyLine(prepared, start, width)
      const { textAlign, textJustify } = prepared.input.style
      return line && !line.forced && textAlign === 'justify' && textJustify !== 'none' ? justifyLine(prepared, line, width) : line
    },
    lineItems: (paragraph: Paragraph, line: LineBreakResult, width: number) =>
      layoutLine(paragraph as PreparedParagraph, line, width, tools),
    metrics(style) {
      let known = metrics.get(style)
      if (!known) {
        known = metricsOf(style, tools)
        metrics.set(style, known)
      }
      return known
    },
  }
}

function breakParagraph(paragraph: PreparedParagraph, width: number, from: number): readonly LineBreakResult[] {
  const { style, text } = paragraph.input
  if (text.length === 0) return []
  const lines = chooseBreaks(paragraph, width, from)
  if (style.textAlignLast !== 'justify' || style.textJustify === 'none') return lines
  return lines.map((line) => (line.forced ? justifyLine(paragraph, line, width - indentAt(paragraph, line.start)) : line))
}

function chooseBreaks(paragraph: PreparedParagraph, width: number, from: number): readonly LineBreakResult[] {
  const { style } = paragraph.input
  if (style.textWrap === 'nowrap') return greedyLines(paragraph, Number.POSITIVE_INFINITY, from)
  if (style.textWrap === 'balance') return balancedLines(paragraph, width, from)
  if (style.textAlign === 'justify' && style.textJustify !== 'none') return totalFitLines(paragraph, { width, from })
  return style.textWrap === 'pretty' ? totalFitLines(paragraph, { width, from, ragged: true }) : greedyLines(paragraph, width, from)
}

function metricsOf(style: ComputedStyle, tools: TextTools): FontMetrics {
  const font = tools.itemise.fonts.primary(style)
  const scale = style.fontSize / font.unitsPerEm
  return {
    ascent: font.ascent * scale,
    descent: font.descent * scale,
    lineGap: font.lineGap * scale,
    xHeight: font.xHeight * scale,
    capHeight: font.capHeight * scale,
    zeroAdvance: tools.advanceOf(font, 0x30) * scale,
    underlinePosition: font.underlinePosition * scale,
    underlineThickness: font.underlineThickness * scale,
    strikeoutPosition: font.strikeoutPosition * scale,
    strikeoutThickness: font.strikeoutThickness * scale,
  }
}
