/**
 * Glyph runs → text operators (ISO 32000-1, section 9) and embedded fonts with ToUnicode maps. In: runs shaped by text/.
 * Out: one TJ array a run. A subset glyph stands for the characters of its first use; where a later use means others, or where
 * glyphs do not follow the characters, the glyphs stand in a /Span with ActualText (section 14.9.4), so that copying
 * gives back the very characters.
 */
import type { Font } from '../fonts/font.js'
import type { GlyphRun } from '../text/paragraph.js'
import type { Canvas } from './canvas.js'
import { literalCode, mostGlyphs, spaceGlyph } from './character-codes.js'
import { embedFonts } from './embed-font.js'
import type { PackedDocument } from './object-streams.js'
import type { PdfEmbeddedFont } from './pdfkit-internals.js'
import { createOutlines, type Outlines } from './skip-ink.js'
import { number, preciseNumber } from './syntax.js'

interface SubsetGlyph {
  /** Its character code as it stands in a literal string. */
  readonly code: string
  readonly isSpace: boolean
  /** In thousandths of an em, as the font's W array has it. */
  readonly width: number
  /** The characters that ToUnicode gives for it. */
  readonly text: string
}

interface EmbeddedFont {
  readonly font: Font
  readonly pdf: PdfEmbeddedFont
  readonly name: string
  /** By glyph id of the whole font. */
  readonly glyphs: (SubsetGlyph | undefined)[]
  /** Glyphs that are there once more for other characters: by glyph id, then by characters. */
  readonly variants: Map<number, Map<string, SubsetGlyph>>
  /** By glyph of the subset. */
  readonly widths: (number | undefined)[]
  readonly texts: (string | undefined)[]
}

/** The fonts of one document, embedded when first used. */
export class FontRegistry {
  private readonly document: PackedDocument
  private readonly publicOnly: boolean
  private readonly fonts = new Map<number, EmbeddedFont>()
  private readonly byOutlines = new Map<number, Outlines>()

  /** `publicOnly`: characters for private use may not be said (ISO 19005-4, section 6.2.10.8). */
  constructor(document: PackedDocument, publicOnly = false) {
    this.document = document
    this.publicOnly = publicOnly
  }

  /** What may be said of glyphs that stand for `text`. */
  sayable(text: string): string {
    return this.publicOnly ? text.replace(/\p{Co}/gu, '\ufffd') : text
  }

  get(font: Font): EmbeddedFont {
    const known = this.fonts.get(font.id)
    if (known) return known
    this.document.font(font.data)
    const pdf = this.document._font
    const embedded: EmbeddedFont = { font, pdf, name: pdf.id, glyphs: [], variants: new Map(), widths: [], texts: [] }
    this.fonts.set(font.id, embedded)
    // The space comes first, since the second glyph of every subset has its code; a font without one has .notdef there.
    include(embedded, font.glyphFor(0x20), ' ')
    return embedded
  }

  /** Writes the fonts; nothing can be painted after. */
  embed(sets: boolean): void {
    const fonts = [...this.fonts.values()].map(({ font, ...embedded }) => ({
      ...embedded,
      advance: (glyph: number) => (font.glyphAdvance(glyph) * 1000) / font.unitsPerEm,
    }))
    embedFonts(this.document, fonts, sets)
  }

  /** The outlines of a font's glyphs, kept by glyph. */
  outlines(font: Font): Outlines {
    let outlines = this.byOutlines.get(font.id)
    if (!outlines) {
      const { pdf } = this.get(font)
      outlines = createOutlines((glyph) => glyphCommands(pdf, glyph))
      this.byOutlines.set(font.id, outlines)
    }
    return outlines
  }
}

function glyphCommands({ font }: PdfEmbeddedFont, glyph: number): ReturnType<PdfEmbeddedFont['font']['getGlyph']>['path']['commands'] {
  return font.getGlyph(glyph).path.commands
}

function include(embedded: EmbeddedFont, glyph: number, text: string): SubsetGlyph {
  const { font, pdf, glyphs, texts } = embedded
  const isFull = pdf.subset.glyphs.length >= mostGlyphs
  const id = glyph === 0 || isFull ? missingGlyph(embedded) : pdf.subset.includeGlyph(glyph)
  texts[id] ??= (glyph === 0 || isFull ? '' : ownCharacter(font, glyph, text)) || '\ufffd'
  const entry = subsetGlyph(embedded, { id, glyph: isFull ? 0 : glyph, text: texts[id] })
  glyphs[glyph] = entry
  return entry
}

function subsetGlyph(
  { font, widths }: EmbeddedFont,
  { id, glyph, text }: { readonly id: number; readonly glyph: number; readonly text: string },
): SubsetGlyph {
  const width = (font.glyphAdvance(glyph) * 1000) / font.unitsPerEm
  widths[id] = width
  return { code: literalCode(id), isSpace: id === spaceGlyph && glyph !== 0, width, text }
}

/** text-transform shows other letters than the text has; a glyph stands for the letter that the font has it for. */
function ownCharacter(font: Font, glyph: number, text: string): string {
  const forms = [text, text.toUpperCase(), text.toLowerCase()]
  return forms.find((form) => [...form].length === 1 && font.glyphFor(form.codePointAt(0) ?? 0) === glyph) ?? text
}

/** PDF/A forbids to show .notdef, so its outline gets a number of its own. */
function missingGlyph({ pdf: { subset } }: EmbeddedFont): number {
  const known = subset.glyphs.indexOf(0, 1)
  return known > 0 ? known : includeAgain(subset, 0)
}

const mostVariants = 8

/** The glyph for `text`, though ToUnicode has it for other characters; undefined where it stands for too many. */
function variant(embedded: EmbeddedFont, glyph: number, text: string): SubsetGlyph | undefined {
  const known = embedded.variants.get(glyph) ?? new Map<string, SubsetGlyph>()
  embedded.variants.set(glyph, known)
  const entry = known.get(text)
  if (entry || known.size >= mostVariants || embedded.pdf.subset.glyphs.length >= mostGlyphs) return entry
  const id = includeAgain(embedded.pdf.subset, glyph)
  embedded.texts[id] = text
  const made = subsetGlyph(embedded, { id, glyph, text })
  known.set(text, made)
  return made
}

/** A glyph that is in the subset may be there once more, for other characters. */
function includeAgain(subset: PdfEmbeddedFont['subset'], glyph: number): number {
  const before = subset.mapping[glyph]
  subset.mapping[glyph] = undefined
  const id = subset.includeGlyph(glyph)
  subset.mapping[glyph] = before
  return id
}

/** Planes 15 and 16 begin with the high surrogates from DB80. */
function hasPrivateUse(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if ((code >= 0xe000 && code <= 0xf8ff) || (code >= 0xdb80 && code <= 0xdbff)) return true
  }
  return false
}

export interface RunPlace {
  readonly x: number
  readonly y: number
  /** An ornament: its glyphs stand for no characters. */
  readonly silent?: boolean
}

/** Paints a run with its first glyph's origin at x, and its baseline at y, in px of the canvas. Marking and colour are set by the caller. */
export function paintRun(canvas: Canvas, fonts: FontRegistry, run: GlyphRun, origin: RunPlace): void {
  if (run.glyphs.length === 0 || run.fontSize === 0) return
  const embedded = fonts.get(run.font)
  canvas.use('fonts', embedded.name, embedded.pdf.ref())
  canvas.setFont(embedded.name, run.fontSize)
  const { syntheticBold } = run.font
  if (syntheticBold > 0) {
    canvas.setStroke(run.style.color)
    canvas.operator(`2 Tr ${preciseNumber(syntheticBold * run.fontSize)} w`)
  }
  const writer = new RunWriter(canvas, fonts, { run, origin })
  if (origin.silent) writer.paintSilent()
  else if (run.level % 2 === 1) writer.paintRightToLeft()
  else if (run.complex) writer.paintComplex()
  else writer.paintSimple()
  if (syntheticBold > 0) canvas.operator('0 Tr')
}

class RunWriter {
  private readonly canvas: Canvas
  private readonly fonts: FontRegistry
  private readonly embedded: EmbeddedFont
  private readonly run: GlyphRun
  private readonly origin: RunPlace
  /** By index in the run: glyphs that do not stand for what they usually do. */
  private readonly chosen: (SubsetGlyph | undefined)[] = []
  /** The text matrix is where the pen is. */
  private placed = false
  /** Glyphs that are characters of the text. */
  private readonly count: number
  /** The array of a TJ, and the string that it ends with. */
  private array = ''
  private codes = ''
  private readonly wordSpacing: number
  /** Where the pen is, and where the glyph should stand, in px from the run's origin. */
  private pen = 0
  private wanted = 0
  private rise = 0

  constructor(canvas: Canvas, fonts: FontRegistry, { run, origin }: { readonly run: GlyphRun; readonly origin: RunPlace }) {
    this.canvas = canvas
    this.fonts = fonts
    this.origin = origin
    this.embedded = fonts.get(run.font)
    this.run = run
    this.count = run.glyphs.length - run.addedHyphens
    this.wordSpacing = this.commonSpacing()
    canvas.setWordSpacing(this.wordSpacing)
  }

  /** What most spaces of a justified line are wider by, in px of unscaled text. */
  private commonSpacing(): number {
    const { run, embedded } = this
    const space = embedded.font.glyphFor(0x20)
    const extras: number[] = []
    for (let i = 0; i < this.count; i++) if (space !== 0 && run.glyphs[i] === space) extras.push(run.advances[i] ?? 0)
    if (extras.length === 0) return 0
    extras.sort((a, b) => a - b)
    const natural = ((embedded.glyphs[space]?.width ?? 0) * run.fontSize) / 1000
    return Math.round(((extras[extras.length >> 1] ?? 0) / run.glyphScale - natural) * 1000) / 1000
  }

  /** Clusters in order: a glyph whose ToUnicode says something else, or several glyphs to a cluster, get their characters said. */
  paintSimple(): void {
    const { run, count } = this
    let actual = ''
    for (let i = 0; i < count; ) {
      const cluster = run.clusters[i] ?? 0
      let end = i + 1
      while (end < count && run.clusters[end] === cluster) end++
      const limit = end < count ? (run.clusters[end] ?? run.end) : run.end
      const text = run.text.slice(cluster - run.start, limit - run.start)
      const faithful = this.isFaithful(i, end, text)
      if (faithful && actual) actual = this.closeSpan()
      if (!faithful && !actual) {
        const last = this.unfaithfulEnd(i)
        actual = run.text.slice(cluster - run.start, (last < count ? (run.clusters[last] ?? run.end) : run.end) - run.start)
        this.openSpan(actual)
      }
      for (; i < end; i++) this.addGlyph(i)
    }
    if (actual) this.closeSpan()
    this.paintHyphen()
    this.flush()
  }

  paintSilent(): void {
    this.openSpan('')
    for (let i = 0; i < this.run.glyphs.length; i++) {
      const glyph = this.run.glyphs[i] ?? 0
      if (!this.embedded.glyphs[glyph]) include(this.embedded, glyph, this.run.text.charAt(0))
      this.addGlyph(i)
    }
    this.closeSpan()
  }

  /**
   * Glyphs stand from left to right, the last character first: readers expect right-to-left text so and turn it round (ISO 32000-1, section
   * 14.8.2.3.3). A cluster that ToUnicode does not give back says its own characters.
   */
  paintRightToLeft(): void {
    const { run, count } = this
    const limits = clusterLimits(run, count)
    for (let i = 0; i < count; ) {
      const cluster = run.clusters[i] ?? 0
      let end = i + 1
      while (end < count && run.clusters[end] === cluster) end++
      const text = run.text.slice(cluster - run.start, (limits.get(cluster) ?? run.end) - run.start)
      const faithful = this.isFaithful(i, end, text)
      if (!faithful) {
        this.openSpan(text)
      }
      for (; i < end; i++) this.addGlyph(i)
      if (!faithful) this.closeSpan()
    }
    this.paintHyphen()
    this.flush()
  }

  /** The whole run says its characters. Its glyphs still get a good guess for readers that know no ActualText. */
  paintComplex(): void {
    const { run, count } = this
    const limits = clusterLimits(run, count)
    for (let i = 0; i < count; ) {
      const cluster = run.clusters[i] ?? 0
      let end = i + 1
      while (end < count && run.clusters[end] === cluster) end++
      this.includeCluster(i, end, run.text.slice(cluster - run.start, (limits.get(cluster) ?? run.end) - run.start))
      i = end
    }
    this.openSpan(run.text)
    for (let i = 0; i < count; i++) this.addGlyph(i)
    this.closeSpan()
    this.paintHyphen()
    this.flush()
  }

  /** Each glyph stands for the character that the font has it for, the first one of the others for what is left. */
  private includeCluster(start: number, end: number, text: string): void {
    const { run, embedded } = this
    const characters = [...text]
    const left = new Set(characters.keys())
    const owners: (number | undefined)[] = []
    for (let i = start; i < end; i++) {
      const glyph = run.glyphs[i] ?? 0
      const own = [...left].find((index) => embedded.font.glyphFor(characters[index]?.codePointAt(0) ?? 0) === glyph)
      owners[i] = own
      if (own !== undefined) left.delete(own)
    }
    let rest = [...left].map((index) => characters[index]).join('')
    for (let i = start; i < end; i++) {
      const glyph = run.glyphs[i] ?? 0
      const own = owners[i]
      const wanted = own === undefined ? rest : (characters[own] ?? '')
      if (own === undefined) rest = ''
      if (!embedded.glyphs[glyph]) include(embedded, glyph, wanted || '\u200b')
    }
  }

  /** Includes the glyphs of a cluster that are new; true where ToUnicode alone gives back `text`. */
  private isFaithful(start: number, end: number, text: string): boolean {
    const { glyphs } = this.embedded
    const { run } = this
    const characters = end - start === 1 ? null : [...text]
    // Readers turn right-to-left text round glyph by glyph; a base with its marks must stay in order.
    const divisible = run.level % 2 === 0
    let given = ''
    for (let i = start; i < end; i++) {
      const glyph = run.glyphs[i] ?? 0
      const one = divisible && characters?.length === end - start
      const own = characters === null ? text : one ? (characters[i - start] ?? '') : i === start ? text : ''
      // The glyph of characters that no font has stands for all of them, and some readers drop it.
      given += glyph === 0 ? '\ufffd' : (glyphs[glyph] ?? include(this.embedded, glyph, own)).text
      if (glyph === 0) glyphs[0] ??= include(this.embedded, 0, '\ufffd')
    }
    if (given !== text && characters === null && run.glyphs[start] !== 0) {
      this.chosen[start] = variant(this.embedded, run.glyphs[start] ?? 0, text)
      if (this.chosen[start]) given = text
    }
    // What private characters mean has to be said (ISO 19005-3, section 6.2.11.7.3).
    return given === text && !hasPrivateUse(text) && (divisible || characters === null)
  }

  /** The first glyph after `start` whose cluster is faithful again. */
  private unfaithfulEnd(start: number): number {
    const { run, count } = this
    for (let i = start; i < count; ) {
      const cluster = run.clusters[i] ?? 0
      let end = i + 1
      while (end < count && run.clusters[end] === cluster) end++
      const limit = end < count ? (run.clusters[end] ?? run.end) : run.end
      if (this.isFaithful(i, end, run.text.slice(cluster - run.start, limit - run.start))) return i
      i = end
    }
    return count
  }

  private closeSpan(): '' {
    this.flush()
    this.canvas.endSpan()
    this.placed = false
    return ''
  }

  private openSpan(text: string): void {
    this.flush()
    this.canvas.beginSpan(this.fonts.sayable(text))
    this.placed = false
  }

  /** Sets the text matrix before the first glyph, and again after a span. */
  private place(): void {
    if (this.placed) return
    this.placed = true
    const { canvas, run, origin } = this
    canvas.beginText()
    canvas.operator(
      `${preciseNumber(run.glyphScale)} 0 ${preciseNumber(run.font.syntheticSlant)} -1 ${number(origin.x + this.pen)} ${number(origin.y)} Tm`,
    )
  }

  /** A hyphen at a line's end is no character of the word: its glyph is there once more, for a soft hyphen. */
  private paintHyphen(): void {
    const { run, count, embedded } = this
    for (let index = count; index < run.glyphs.length; index++) {
      const glyph = run.glyphs[index] ?? 0
      const entry = variant(embedded, glyph, '\u00ad') ?? embedded.glyphs[glyph] ?? include(embedded, glyph, '-')
      this.addEntry(entry, index)
    }
  }

  private addGlyph(index: number): void {
    const entry = this.chosen[index] ?? this.embedded.glyphs[this.run.glyphs[index] ?? 0]
    if (entry) this.addEntry(entry, index)
  }

  private addEntry(entry: SubsetGlyph, index: number): void {
    const { run } = this
    this.place()
    const rise = run.offsetsY[index] ?? 0
    if (rise !== this.rise) {
      this.flush()
      this.rise = rise
      this.canvas.operator(`${preciseNumber(rise)} Ts`)
    }
    const shift = this.wanted + (run.offsetsX[index] ?? 0) - this.pen
    const em = run.fontSize * run.glyphScale
    const adjustment = Math.round((-shift * 1000) / em)
    if (adjustment !== 0) {
      this.array += this.codes ? `(${this.codes})${adjustment}` : `${adjustment} `
      this.codes = ''
      this.pen -= (adjustment * em) / 1000
    }
    this.codes += entry.code
    this.pen += (entry.width * em) / 1000
    if (entry.isSpace) this.pen += this.wordSpacing * run.glyphScale
    this.wanted += run.advances[index] ?? 0
  }

  private flush(): void {
    if (this.array) this.canvas.operator(`[${this.array}${this.codes ? `(${this.codes})` : ''}]TJ`)
    else if (this.codes) this.canvas.operator(`(${this.codes})Tj`)
    this.array = ''
    this.codes = ''
    if (this.rise !== 0) {
      this.rise = 0
      this.canvas.operator('0 Ts')
    }
  }
}

/** For each cluster of a run the start of the next one in the text. */
function clusterLimits(run: GlyphRun, count: number): Map<number, number> {
  const starts = [...new Set(run.clusters.subarray(0, count))].sort((a, b) => a - b)
  return new Map(starts.map((start, i) => [start, starts[i + 1] ?? run.end]))
}
