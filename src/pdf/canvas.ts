/**
 * The content stream of one page (ISO 32000-1, sections 8, 9 and 14.6). In: painting calls in CSS px from the page's upper
 * left corner. Out: operators, gathered as text and handed to pdfkit once a page. Keeps the graphics state, so that an
 * operator is written only where something changes, and marked content balanced with text objects.
 */
import type { Color } from '../css/computed-style.js'
import type { ContentRules } from './content-rules.js'
import type { PackedDocument } from './object-streams.js'
import type { OutputColors } from './output-colors.js'
import type { PdfPage, PdfReference } from './pdfkit-internals.js'
import type { StructureNode } from './structure.js'
import { identity, multiply } from './svg/transform.js'
import { number, preciseNumber, raw, unicodeString } from './syntax.js'

export const POINTS_PER_PIXEL = 0.75

/** a b c d e f of section 8.3.3. */
export type Matrix = readonly [number, number, number, number, number, number]

export type Artifact = 'header' | 'footer' | 'pagination' | 'layout' | 'background' | 'page'
const ARTIFACTS: Record<Exclude<Artifact, 'background'>, string> = {
  header: '/Artifact <</Type/Pagination/Subtype/Header>> BDC',
  footer: '/Artifact <</Type/Pagination/Subtype/Footer>> BDC',
  pagination: '/Artifact <</Type/Pagination>> BDC',
  layout: '/Artifact <</Type/Layout>> BDC',
  page: '/Artifact <</Type/Page>> BDC',
}

/** Corners in px from the page's upper left corner. */
interface Extent {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}
export type Marking = StructureNode | Artifact

interface GraphicsState {
  fill: string
  stroke: string
  fillAlpha: number
  strokeAlpha: number
  font: string
  wordSpacing: number
  matrix: Matrix
}

/** Nothing is known of the colours, and the alphas are 1: how forms and patterns start. */
const unknownState: GraphicsState = { fill: '', stroke: '', fillAlpha: 1, strokeAlpha: 1, font: '', wordSpacing: 0, matrix: identity }

/** What a content stream other than a page's may draw on: a form's or a pattern's resources. */
export type Resources = Pick<PdfPage, 'fonts' | 'xobjects' | 'ext_gstates' | 'patterns' | 'resources'>

/** Names a resource of the page and makes sure that it is in the page's dictionary. */
export type ResourceKind = 'xobjects' | 'ext_gstates' | 'patterns' | 'fonts'

/** What the canvases of one document have in common. */
export interface SharedCanvas {
  readonly alphaStates: Map<string, PdfReference>
  readonly rules: ContentRules
  readonly colors: OutputColors
}

export class Canvas {
  readonly document: PackedDocument
  readonly page: PdfPage
  /** Index from 0, and the key of the page in the parent tree. */
  readonly pageIndex: number
  /** The structure node of each marked-content sequence by its identifier. */
  readonly marked: StructureNode[] = []
  /** Told what stands out of a standard. */
  readonly rules: ContentRules
  /** What colours become in this file. */
  readonly colors: OutputColors
  private readonly alphaStates: Map<string, PdfReference>
  private parts: string[] = []
  private state: GraphicsState = { ...unknownState }
  private readonly stack: GraphicsState[] = []
  private marking: Marking | null = null
  private inText = false
  /** What is being painted, as far as it is known; and of an open background artifact where its operator stands and all of it. */
  private covered: Extent | null = null
  private background: { readonly at: number; extent: Extent | null } | null = null
  /** The element whose content a span has interrupted. */
  private interrupted: StructureNode | null = null
  private inSpan = false
  /** Factor of every alpha: the product of the opacities around. */
  opacity = 1
  /** Set while everything painted is one thing: the inside of a picture, or what is repeated on each page. */
  private forced: Marking | null = null
  /** A form or a pattern: marked as a whole where it is used, not inside. */
  private readonly isInner: boolean

  /** Without `inner` the canvas is the document's current page. */
  constructor(document: PackedDocument, pageIndex: number, { alphaStates, rules, colors }: SharedCanvas, inner?: Resources) {
    this.document = document
    this.page = inner ? { ...document.page, ...inner } : document.page
    this.pageIndex = pageIndex
    this.alphaStates = alphaStates
    this.rules = rules
    this.colors = colors
    this.isInner = inner !== undefined
    if (inner) return
    this.state = { ...unknownState, fill: colors.black, stroke: colors.black }
    this.operator(`${POINTS_PER_PIXEL} 0 0 ${POINTS_PER_PIXEL} 0 0 cm`)
  }

  /** A canvas for a form XObject or a pattern, with resources of its own; its content is `content()`. */
  inner(resources: Resources): Canvas {
    return new Canvas(this.document, this.pageIndex, { alphaStates: this.alphaStates, rules: this.rules, colors: this.colors }, resources)
  }

  /** The operators so far, with everything open closed. */
  content(): string {
    this.unmark()
    while (this.stack.length > 0) this.restore()
    return this.parts.join('\n')
  }

  /** From the coordinates now in use to those in which the canvas started. */
  get matrix(): Matrix {
    return this.state.matrix
  }

  /** Writes operators as they are. */
  operator(text: string): void {
    this.parts.push(text)
  }

  /** Says which part of the page is painted next: a background artifact tells its extent (table 330). */
  cover({ x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): void {
    this.covered = { left: x, top: y, right: x + width, bottom: y + height }
    if (this.background) this.background.extent = union(this.background.extent, this.covered)
  }

  /** Paints as content of a structure node or as an artifact; goes on with the open sequence where it is the same. */
  mark(marking: Marking): void {
    if (this.isInner) return
    const wanted = this.forced ?? marking
    if (this.marking === wanted) return
    this.unmark()
    this.interrupted = null
    this.marking = wanted
    if (wanted === 'background') {
      this.background = { at: this.parts.length, extent: this.covered }
      this.parts.push('')
      return
    }
    if (typeof wanted === 'string') {
      this.parts.push(ARTIFACTS[wanted])
      return
    }
    this.parts.push(`/${wanted.type} <</MCID ${this.newIdentifier(wanted)}>> BDC`)
  }

  private newIdentifier(owner: StructureNode): number {
    const identifier = this.marked.length
    this.marked.push(owner)
    owner.addContent(this.page.dictionary.id, identifier)
    return identifier
  }

  unmark(): void {
    this.endText()
    if (this.marking === null) return
    this.marking = null
    if (this.background) {
      this.parts[this.background.at] = `/Artifact <</Type/Background${this.boundingBox(this.background.extent)}>> BDC`
      this.background = null
    }
    this.parts.push('EMC')
  }

  /**
   * Glyphs that stand for `text`, until endSpan(); ends the text object, so its matrix must be set again. In an element it is a sequence of its own, since
   * some readers lose what follows a sequence inside another one.
   */
  beginSpan(text: string): void {
    this.endText()
    const node = this.marking ?? this.interrupted
    if (node === null || typeof node === 'string') {
      this.parts.push(`/Span <</ActualText ${unicodeString(text)}>> BDC`)
      return
    }
    this.unmark()
    this.parts.push(`/Span <</MCID ${this.newIdentifier(node)}/ActualText ${unicodeString(text)}>> BDC`)
    this.interrupted = node
    this.inSpan = true
  }

  /** What is painted next belongs to what it did before the span. */
  endSpan(): void {
    this.endText()
    this.parts.push('EMC')
    this.inSpan = false
  }

  private resume(): void {
    if (this.interrupted && !this.inSpan) this.mark(this.interrupted)
  }

  /** Everything that `paint` paints belongs to `marking`, whatever it asks for. */
  within(marking: Marking, paint: () => void): void {
    const before = this.forced
    this.forced = before ?? marking
    paint()
    this.forced = before
  }

  beginText(): void {
    if (this.inText) return
    this.resume()
    this.inText = true
    this.parts.push('BT')
  }

  endText(): void {
    if (!this.inText) return
    this.inText = false
    this.parts.push('ET')
  }

  save(): void {
    this.unmark()
    this.stack.push({ ...this.state })
    this.parts.push('q')
  }

  restore(): void {
    const before = this.stack.pop()
    if (!before) return
    this.unmark()
    this.state = before
    this.parts.push('Q')
  }

  transform(matrix: Matrix): void {
    this.endText()
    this.state.matrix = multiply(this.state.matrix, matrix)
    this.parts.push(`${matrix.map(preciseNumber).join(' ')} cm`)
  }

  /** Clips to a path until restore(). */
  clip(path: string, evenOdd = false): void {
    this.endText()
    this.parts.push(`${path} ${evenOdd ? 'W*' : 'W'} n`)
  }

  private colorOperands(color: Color): string {
    const operands = this.colors.components(color)
    return operands.every((value) => value === 0) ? this.colors.black : operands.map(component).join(' ')
  }

  setFill(color: Color): void {
    const operands = this.colorOperands(color)
    if (operands !== this.state.fill) {
      this.state.fill = operands
      this.parts.push(`${operands} ${this.colors.fillOperator}`)
    }
    this.setAlpha(color.alpha * this.opacity, this.state.strokeAlpha)
  }

  setStroke(color: Color): void {
    const operands = this.colorOperands(color)
    if (operands !== this.state.stroke) {
      this.state.stroke = operands
      this.parts.push(`${operands} ${this.colors.strokeOperator}`)
    }
    this.setAlpha(this.state.fillAlpha, color.alpha * this.opacity)
  }

  /** Strokes on every plate (ISO 32000-1, section 8.6.6.4: the separation All). */
  setRegistrationStroke(): void {
    this.page.colorSpaces.Registration ??= raw(registration(this.colors.space))
    this.state.stroke = ''
    this.parts.push('/Registration CS 1 SCN')
    this.setAlpha(this.state.fillAlpha, 1)
  }

  /** Alpha of what is filled with a pattern or an image. */
  setFillAlpha(alpha: number): void {
    this.setAlpha(alpha * this.opacity, this.state.strokeAlpha)
  }

  setStrokeAlpha(alpha: number): void {
    this.setAlpha(this.state.fillAlpha, alpha * this.opacity)
  }

  /** Fills with a pattern; the next setFill() writes its colour again. */
  setFillPattern(name: string): void {
    this.state.fill = ''
    this.parts.push(`/Pattern cs /${name} scn`)
  }

  setStrokePattern(name: string): void {
    this.state.stroke = ''
    this.parts.push(`/Pattern CS /${name} SCN`)
  }

  /** True where the font changed: `name` and size in px. */
  setFont(name: string, size: number): void {
    const font = `/${name} ${preciseNumber(size)} Tf`
    if (font === this.state.font) return
    this.state.font = font
    this.parts.push(font)
  }

  /** Px that each space is wider by. */
  setWordSpacing(value: number): void {
    if (value === this.state.wordSpacing) return
    this.state.wordSpacing = value
    this.parts.push(`${preciseNumber(value)} Tw`)
  }

  use(kind: ResourceKind, name: string, object: PdfReference): void {
    this.page[kind][name] ??= object
    if (object.data.SMask || object.data.Group) this.rules.transparent()
    if (object.data.ColorSpace === 'DeviceCMYK') this.rules.cmykPicture()
  }

  fill(path: string, evenOdd = false): void {
    this.endText()
    this.resume()
    this.parts.push(`${path} ${evenOdd ? 'f*' : 'f'}`)
  }

  stroke(path: string): void {
    this.endText()
    this.resume()
    this.parts.push(`${path} S`)
  }

  /** Hands the stream to pdfkit; the canvas is done. */
  finish(): void {
    this.page.write(Buffer.from(this.content(), 'latin1'))
    this.parts = []
  }

  /** Whole points are enough for who looks for a place to read. */
  private boundingBox(extent: Extent | null): string {
    if (!extent) return ''
    const { width, height } = this.page
    const k = POINTS_PER_PIXEL
    const within = (value: number, most: number): number => Math.min(most, Math.max(0, value))
    const corners = [
      Math.floor(within(extent.left * k, width)),
      Math.floor(within(height - extent.bottom * k, height)),
      Math.ceil(within(extent.right * k, width)),
      Math.ceil(within(height - extent.top * k, height)),
    ]
    return `/BBox[${corners.join(' ')}]`
  }

  /** How what is painted from here to restore() mixes with what is below it (ISO 32000-1, section 11.3.5). */
  setBlendMode(mode: string): void {
    this.rules.transparent()
    const name = mode.replaceAll(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase())
    this.graphicsState(`blend ${name}`, { Type: 'ExtGState', BM: name })
  }

  /** Sets a graphics state, the same object for the same key in a document. */
  private graphicsState(key: string, entries: Record<string, string | number>): void {
    let object = this.alphaStates.get(key)
    if (!object) {
      object = this.document.ref(entries)
      object.end()
      this.alphaStates.set(key, object)
    }
    const name = `G${object.id}`
    this.use('ext_gstates', name, object)
    this.parts.push(`/${name} gs`)
  }

  private setAlpha(fill: number, stroke: number): void {
    const a = Math.round(fill * 1000) / 1000
    const b = Math.round(stroke * 1000) / 1000
    if (a === this.state.fillAlpha && b === this.state.strokeAlpha) return
    if (a < 1 || b < 1) this.rules.transparent()
    this.state.fillAlpha = a
    this.state.strokeAlpha = b
    this.graphicsState(`${a} ${b}`, { Type: 'ExtGState', ca: a, CA: b })
  }
}

const union = (a: Extent | null, b: Extent): Extent =>
  a
    ? {
        left: Math.min(a.left, b.left),
        top: Math.min(a.top, b.top),
        right: Math.max(a.right, b.right),
        bottom: Math.max(a.bottom, b.bottom),
      }
    : b

/** Where it is not separated, All is black. */
const registration = (space: OutputColors['space']): string => {
  const [white, black] = space === 'DeviceGray' ? ['1', '0'] : ['1 1 1', '0 0 0']
  return `[/Separation/All/${space}<</FunctionType 2/Domain[0 1]/C0[${white}]/C1[${black}]/N 1>>]`
}

const component = (value: number): string => `${Math.round(Math.min(1, Math.max(0, value)) * 10000) / 10000}`

export const rectanglePath = (x: number, y: number, width: number, height: number): string =>
  `${number(x)} ${number(y)} ${number(width)} ${number(height)} re`
