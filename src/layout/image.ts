/** Images by address, loaded once, and their natural sizes as styles see them (CSS Images 3, sections 4 and 6). */
import type { ComputedStyle } from '../css/computed-style.js'
import type { HtmlElement } from '../html/dom.js'

/** Sizes in px, upright; a missing natural size is null (SVG without width and height). */
export interface ImageResource {
  readonly kind: 'png' | 'jpeg' | 'svg'
  /** Absolute path, or `data:` and a digest. */
  readonly key: string
  readonly data: Uint8Array
  readonly naturalWidth: number | null
  readonly naturalHeight: number | null
  /** width / height. */
  readonly naturalRatio: number | null
  /** Exif, 1 to 8: how the samples lie in the upright picture. Absent is 1. */
  readonly orientation?: number
  /** Samples per CSS px that the file gives; absent where it gives none. */
  readonly density?: number
  /** The svg element of an HTML document, which its styles reach. */
  readonly element?: HtmlElement
}
/** Null where it cannot be had; the loader has reported why. */
export type ImageLoader = (url: string) => ImageResource | null

export interface NaturalSize {
  readonly width: number | null
  readonly height: number | null
  /** width / height. */
  readonly ratio: number | null
}

export type ImageStyle = Pick<ComputedStyle, 'imageOrientation' | 'imageResolution'>

/** How the samples lie, 1 to 8, as image-orientation says (CSS Images 3, section 6.1). */
export const orientationOf = ({ orientation = 1 }: ImageResource, { imageOrientation }: ImageStyle): number =>
  imageOrientation === 'none' ? 1 : orientation

/** Natural sizes by image-orientation and image-resolution (CSS Images 4, section 5.1). */
export function naturalSizeOf(image: ImageResource, style: ImageStyle): NaturalSize {
  const { naturalWidth, naturalHeight, naturalRatio, orientation = 1 } = image
  if (image.kind === 'svg') return { width: naturalWidth, height: naturalHeight, ratio: naturalRatio }
  const lies = orientation >= 5 && style.imageOrientation === 'none'
  const { fromImage, density } = style.imageResolution
  const scale = 1 / ((fromImage ? image.density : undefined) ?? density)
  const [width, height] = lies ? [naturalHeight, naturalWidth] : [naturalWidth, naturalHeight]
  const scaled = (size: number | null): number | null => (size === null ? null : size * scale)
  return { width: scaled(width), height: scaled(height), ratio: lies && naturalRatio !== null ? 1 / naturalRatio : naturalRatio }
}
