/**
 * Pictures: PNG and JPEG as image XObjects (ISO 32000-1, section 8.9), SVG as vectors. In: image resources and rectangles. Out: operators.
 * Each picture stands in the file once, however often it is painted.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { Report } from '../diagnostics/diagnostic.js'
import { resolveLength } from '../layout/geometry.js'
import { type ImageLoader, type ImageResource, type NaturalSize, naturalSizeOf, orientationOf } from '../layout/image.js'
import type { Canvas } from './canvas.js'
import type { PackedDocument } from './object-streams.js'
import type { UrlImage } from './paint-box.js'
import type { Box } from './paths.js'
import { isSharp, noRadii, type Radii, roundedPath } from './paths.js'
import type { PdfReference } from './pdfkit-internals.js'
import { ImageObjects, isGray } from './raster/image-object.js'
import type { SvgPainter } from './svg/paint-svg.js'
import type { PictureInPicture } from './svg/scope.js'
import { preciseNumber } from './syntax.js'

export interface PicturesInput {
  readonly document: PackedDocument
  readonly svg: SvgPainter
  readonly images: ImageLoader | undefined
  readonly report: Report
}

export class Pictures {
  readonly #svg: SvgPainter
  readonly #images: ImageLoader | undefined
  readonly #objects: ImageObjects
  readonly #report: Report
  readonly #embedded = new Map<string, PdfReference | null>()

  constructor(input: PicturesInput) {
    this.#svg = input.svg
    this.#images = input.images
    this.#objects = new ImageObjects(input.document)
    this.#report = input.report
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
  size({ url, density }: UrlImage, style: ComputedStyle): NaturalSize | null {
    const image = this.#images?.(url)
    return image ? naturalSizeOf(image, density === undefined ? style : { ...style, imageResolution: { fromImage: false, density } }) : null
  }

  /** Paints a picture by address into all of a box. */
  paintUrl(canvas: Canvas, url: string, { box, style }: { readonly box: Box; readonly style: ComputedStyle }): void {
    const image = this.#images?.(url)
    if (image) this.#paint(canvas, image, { box, style })
  }

  /** A picture that an SVG picture holds: of a data: address, since a file draws on no other. */
  inPicture(href: string, style: ComputedStyle): PictureInPicture | null {
    const image = this.#images?.(href)
    if (!image) return null
    const size = naturalSizeOf(image, style)
    return {
      width: size.width ?? (size.ratio ? 150 * size.ratio : 300),
      height: size.height ?? (size.ratio && size.width ? size.width / size.ratio : 150),
      paint: (canvas, box) => this.#paint(canvas, image, { box, style }),
    }
  }

  #paint(canvas: Canvas, image: ImageResource, { box, style }: { readonly box: Box; readonly style: ComputedStyle }): void {
    if (image.kind === 'svg') {
      this.#svg.paint(canvas, image, { box, style })
      return
    }
    const object = this.#object(image)
    if (!object) return
    const name = `I${object.id}`
    canvas.mark('layout')
    if (canvas.colors.space === 'DeviceGray' && !isGray(image)) canvas.rules.coloredPicture()
    canvas.use('xobjects', name, object)
    canvas.setFillAlpha(1)
    canvas.endText()
    canvas.operator(`q ${orientedMatrix(orientationOf(image, style), box)} cm /${name} Do Q`)
  }

  #object(image: ImageResource): PdfReference | null {
    let object = this.#embedded.get(image.key)
    if (object === undefined) {
      object = this.#objects.make(image)
      this.#embedded.set(image.key, object)
      if (!object)
        this.#report({ severity: 'warning', code: 'image-unreadable', message: `the samples of the image ${image.key} are damaged` })
    }
    return object
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
  return (values[orientation] ?? (values[1] as readonly number[])).map(preciseNumber).join(' ')
}

function fittedBox(image: ImageResource, style: ComputedStyle, box: Box): Box {
  const { width, height, ratio } = naturalSizeOf(image, style)
  if (style.objectFit === 'fill') return box
  const contain = containedSize(box, ratio)
  const size =
    style.objectFit === 'contain'
      ? contain
      : style.objectFit === 'cover'
        ? coveringSize(box, ratio)
        : fittedNatural(style, box, { width, height, ratio })
  return {
    x: box.x + resolveLength(style.objectPositionX, box.width - size.width),
    y: box.y + resolveLength(style.objectPositionY, box.height - size.height),
    ...size,
  }
}

type Size = { readonly width: number; readonly height: number }

function containedSize(box: Box, ratio: number | null): Size {
  if (ratio === null) return { width: box.width, height: box.height }
  return box.width / box.height > ratio
    ? { width: box.height * ratio, height: box.height }
    : { width: box.width, height: box.width / ratio }
}

function coveringSize(box: Box, ratio: number | null): Size {
  if (ratio === null) return { width: box.width, height: box.height }
  return box.width / box.height > ratio
    ? { width: box.width, height: box.width / ratio }
    : { width: box.height * ratio, height: box.height }
}

/** `none` is the default sizing algorithm without a specified size (CSS Images 3, section 4.3); `scale-down` is it, or contain where that is smaller. */
function fittedNatural({ objectFit }: ComputedStyle, box: Box, { width, height, ratio }: NaturalSize): Size {
  const contain = containedSize(box, ratio)
  const natural = {
    width: width ?? (height !== null && ratio ? height * ratio : contain.width),
    height: height ?? (width !== null && ratio ? width / ratio : contain.height),
  }
  return objectFit === 'scale-down' && (natural.width > contain.width || natural.height > contain.height) ? contain : natural
}
