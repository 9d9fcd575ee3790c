/**
 * SVG pictures as vectors (SVG 2). In: the bytes of an SVG file, or an svg element of the document, and a rectangle in px. Out: a form of
 * the file, drawn as often as it is needed. Text stays text.
 */
import type { ComputedStyle, Styles } from '../../css/computed-style.js'
import { initialStyle } from '../../css/properties/initial.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { HtmlElement } from '../../html/dom.js'
import type { ImageResource } from '../../layout/image.js'
import type { Typesetter } from '../../text/paragraph.js'
import type { Canvas } from '../canvas.js'
import { drawForm, makeForm } from '../forms.js'
import { type Box, insetBox } from '../paths.js'
import type { PdfReference } from '../pdfkit-internals.js'
import type { FontRegistry } from '../text.js'
import { elementBounds } from './bounds.js'
import { paintChildren } from './paint-elements.js'
import type { PictureInPicture, SvgScope, SvgTools } from './scope.js'
import { readSvgFile, type SvgDocument, svgOfElement } from './svg-document.js'
import { initialSvgStyle, svgStyle } from './svg-style.js'
import { parseViewBox, viewBoxMatrix } from './transform.js'

export interface SvgPainterInput {
  readonly fonts: FontRegistry
  readonly typesetter: Typesetter | undefined
  /** Of the document whose svg elements are painted. */
  readonly styles: Styles | undefined
  /** Pictures in pictures, by address and the style of the box around. */
  readonly picture: (href: string, style: ComputedStyle) => PictureInPicture | null
  readonly report: Report
}

interface Painting {
  readonly box: Box
  readonly style: ComputedStyle
}

/** More elements than a page can show. */
const mostElements = 100_000
/** Pictures may hold pictures that hold pictures. */
const deepest = 8

export class SvgPainter {
  readonly #input: SvgPainterInput
  readonly #tools: SvgTools
  readonly #documents = new Map<string | HtmlElement, SvgDocument | null>()
  readonly #forms = new Map<string, PdfReference>()
  readonly #reported = new Set<string>()
  readonly #elements = new Map<HtmlElement, number>()
  /** Pictures being painted, outermost first. */
  readonly #open: string[] = []

  constructor(input: SvgPainterInput) {
    this.#input = input
    this.#tools = {
      fonts: input.fonts,
      typesetter: input.typesetter,
      report: (diagnostic) => this.#reportOnce(diagnostic),
      picture: (href, style) => this.#inner(href, style),
      textStyles: new Map(),
      children: paintChildren,
      bounds: elementBounds,
    }
  }

  #reportOnce(diagnostic: Parameters<Report>[0]): void {
    if (this.#reported.has(diagnostic.message)) return
    this.#reported.add(diagnostic.message)
    this.#input.report(diagnostic)
  }

  #inner(href: string, style: ComputedStyle): PictureInPicture | null {
    if (/^data:/i.test(href.trim())) return this.#input.picture(href, style)
    this.#reportOnce({
      severity: 'warning',
      code: 'svg-external',
      message: `an SVG picture refers to ${href.length > 60 ? `${href.slice(0, 57)}...` : href}, which is not drawn`,
      hint: 'put the picture into the SVG file as a data: address',
    })
    return null
  }

  /** Paints a picture into a box. */
  paint(canvas: Canvas, image: ImageResource, { box, style }: Painting): void {
    if (!(box.width > 0 && box.height > 0) || this.#open.length >= deepest || this.#open.includes(image.key)) return
    const document = this.#document(image)
    if (!document) {
      this.#reportOnce({ severity: 'error', code: 'image-unreadable', message: `${image.key} holds no svg element` })
      return
    }
    const isGroup = canvas.opacity < 1
    const key = this.#key(image, { box, style }, isGroup)
    let form = this.#forms.get(key)
    if (!form) {
      this.#open.push(image.key)
      form = this.#form(canvas, document, { image, style, box, isGroup })
      this.#open.pop()
      this.#forms.set(key, form)
    }
    canvas.save()
    canvas.mark('layout')
    canvas.transform([1, 0, 0, 1, box.x, box.y])
    drawForm(canvas, form)
    canvas.restore()
  }

  /** The same for what looks the same. */
  #key({ key, element }: ImageResource, { box, style }: Painting, isGroup: boolean): string {
    const size = `${box.width.toFixed(3)}x${box.height.toFixed(3)} ${isGroup}`
    if (!element) return `${key} ${size}`
    const number = this.#elements.get(element) ?? this.#elements.size
    this.#elements.set(element, number)
    return `#${number} ${style.id} ${size}`
  }

  #document(image: ImageResource): SvgDocument | null {
    const key = image.element ?? image.key
    let document = this.#documents.get(key)
    if (document === undefined) {
      const { styles } = this.#input
      document = image.element && styles ? svgOfElement(image.element, styles) : readSvgFile(image.data)
      this.#documents.set(key, document)
    }
    return document
  }

  #form(
    canvas: Canvas,
    document: SvgDocument,
    { image, style, box, isGroup }: Painting & { image: ImageResource; isGroup: boolean },
  ): PdfReference {
    const { root } = document
    const size = { x: 0, y: 0, width: box.width, height: box.height }
    const base = image.element ? style : { ...initialStyle(), id: 0, language: style.language }
    const inherited = initialSvgStyle(base)
    const rootStyle = svgStyle(root, inherited, document.declarations(root))
    const { naturalWidth: width, naturalHeight: height } = image
    const natural = width !== null && height !== null && !image.element ? { x: 0, y: 0, width, height } : size
    const viewBox = parseViewBox(root.attributes.get('viewBox')) ?? natural
    const bounds =
      image.element && style.overflow === 'visible' ? insetBox(size, { top: -2000, right: -2000, bottom: -2000, left: -2000 }) : size
    return makeForm(canvas, {
      bounds,
      group: isGroup,
      paint: (inner) => {
        inner.transform(viewBoxMatrix(viewBox, size, root.attributes.get('preserveAspectRatio')))
        const scope: SvgScope = {
          canvas: inner,
          document,
          viewport: { width: viewBox.width, height: viewBox.height },
          area: bounds,
          tools: this.#tools,
          base,
          context: null,
          using: new Set([root]),
          depth: 0,
          budget: { left: mostElements },
        }
        if (rootStyle.displayed) paintChildren(root, rootStyle, scope)
      },
    })
  }
}
