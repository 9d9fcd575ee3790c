/**
 * Pictures: PNG and JPEG as image XObjects (ISO 32000-1, section 8.9), SVG as vectors. In: image resources and rectangles. Out:
 * operators. Images are embedded before the first page is painted, so that the file's objects always come in one order.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { Fragment, LaidOutDocument } from '../layout/fragment.js'
import { resolveLength } from '../layout/geometry.js'
import type { ImageLoader, ImageResource } from '../layout/image.js'
import type { Canvas } from './canvas.js'
import type { PackedDocument } from './object-streams.js'
import type { NaturalSize } from './paint-box.js'
import type { Box } from './paths.js'
import { isSharp, noRadii, type Radii, roundedPath } from './paths.js'
import type { PdfImage } from './pdfkit-internals.js'
import type { SvgPainter } from './svg/paint-svg.js'
import { number } from './syntax.js'

export class Pictures {
  readonly #document: PackedDocument
  readonly #svg: SvgPainter
  readonly #images: ImageLoader | undefined
  readonly #embedded = new Map<string, PdfImage>()

  constructor(input: { readonly document: PackedDocument; readonly svg: SvgPainter; readonly images: ImageLoader | undefined }) {
    this.#document = input.document
    this.#svg = input.svg
    this.#images = input.images
  }

  /** Embeds every picture of the document, one after another. */
  async embedAll(laidOut: LaidOutDocument): Promise<void> {
    const wanted = new Map<string, ImageResource>()
    const want = (image: ImageResource | null | undefined) => {
      if (image && image.kind !== 'svg') wanted.set(image.key, image)
    }
    const visit = (fragment: Fragment): void => {
      if (fragment.kind === 'replaced') want(fragment.image)
      if ('style' in fragment)
        for (const image of [...fragment.style.backgroundLayers.map((layer) => layer.image), fragment.style.borderImage?.source])
          if (image?.kind === 'url') want(this.#images?.(image.url))
      if (fragment.kind === 'box' || fragment.kind === 'line') for (const child of fragment.children) visit(child.fragment)
    }
    for (const page of laidOut.pages)
      for (const { fragment } of [{ fragment: page.pageBox }, ...page.content, ...page.marginBoxes]) visit(fragment)
    for (const image of wanted.values()) await this.#embed(image)
  }

  async #embed(image: ImageResource): Promise<void> {
    const opened = this.#document.openImage(image.data)
    this.#embedded.set(image.key, opened)
    const { finalize } = opened
    await new Promise<void>((resolve) => {
      if (finalize)
        opened.finalize = () => {
          finalize.call(opened)
          resolve()
        }
      opened.embed(this.#document)
      if (!finalize) resolve()
    })
  }

  /** Paints a picture into its content box as object-fit and object-position say (CSS Images 3, section 5.5). */
  paintReplaced(
    canvas: Canvas,
    image: ImageResource,
    { style, box, radii = noRadii }: { readonly style: ComputedStyle; readonly box: Box; readonly radii?: Radii },
  ): void {
    if (box.width <= 0 || box.height <= 0) return
    const fitted = fittedBox(image, style, box)
    const clips = fitted.width > box.width + 0.01 || fitted.height > box.height + 0.01
    canvas.save()
    canvas.mark('layout')
    if (clips || !isSharp(radii)) canvas.clip(roundedPath(box, radii))
    this.#paint(canvas, image, { box: fitted, style })
    canvas.restore()
  }

  /** Natural size of a picture by address; null where it cannot be had. */
  size(url: string): NaturalSize | null {
    const image = this.#images?.(url)
    return image ? { width: image.naturalWidth, height: image.naturalHeight, ratio: image.naturalRatio } : null
  }

  /** Paints a picture by address into all of a box. */
  paintUrl(canvas: Canvas, url: string, { box, style }: { readonly box: Box; readonly style: ComputedStyle }): void {
    const image = this.#images?.(url)
    if (image) this.#paint(canvas, image, { box, style })
  }

  #paint(canvas: Canvas, image: ImageResource, { box, style }: { readonly box: Box; readonly style: ComputedStyle }): void {
    if (image.kind === 'svg') {
      this.#svg.paint(canvas, image, { box, style })
      return
    }
    const embedded = this.#embedded.get(image.key)
    if (!embedded?.obj) return
    canvas.mark('layout')
    canvas.use('xobjects', embedded.label, embedded.obj)
    canvas.setFillAlpha(1)
    canvas.endText()
    canvas.operator(`q ${orientedMatrix(embedded.orientation ?? 1, box)} cm /${embedded.label} Do Q`)
  }
}

/** EXIF orientation: the unit square with the picture's rows from its top, turned and mirrored into the box. */
function orientedMatrix(orientation: number, { x, y, width, height }: Box): string {
  const values: Readonly<Record<number, readonly number[]>> = {
    1: [width, 0, 0, -height, x, y + height],
    2: [-width, 0, 0, -height, x + width, y + height],
    3: [-width, 0, 0, height, x + width, y],
    4: [width, 0, 0, height, x, y],
    5: [0, height, -width, 0, x + width, y],
    6: [0, height, width, 0, x, y],
    7: [0, -height, width, 0, x, y + height],
    8: [0, -height, -width, 0, x + width, y + height],
  }
  return (values[orientation] ?? (values[1] as readonly number[])).map(number).join(' ')
}

function fittedBox(image: ImageResource, style: ComputedStyle, box: Box): Box {
  const ratio = image.naturalRatio ?? (image.naturalWidth && image.naturalHeight ? image.naturalWidth / image.naturalHeight : null)
  if (style.objectFit === 'fill' || ratio === null) return box
  const contain =
    box.width / box.height > ratio ? { width: box.height * ratio, height: box.height } : { width: box.width, height: box.width / ratio }
  const cover =
    box.width / box.height > ratio ? { width: box.width, height: box.width / ratio } : { width: box.height * ratio, height: box.height }
  const natural = { width: image.naturalWidth ?? contain.width, height: image.naturalHeight ?? contain.height }
  const size =
    style.objectFit === 'cover'
      ? cover
      : style.objectFit === 'none' || (style.objectFit === 'scale-down' && natural.width <= contain.width)
        ? natural
        : contain
  return {
    x: box.x + resolveLength(style.objectPositionX, box.width - size.width),
    y: box.y + resolveLength(style.objectPositionY, box.height - size.height),
    ...size,
  }
}
