/** Images by address, loaded once. Sizes in px; a missing natural size is null (SVG without width and height). */
export interface ImageResource {
  readonly kind: 'png' | 'jpeg' | 'svg'
  /** Absolute path, or `data:` and a digest. */
  readonly key: string
  readonly data: Uint8Array
  readonly naturalWidth: number | null
  readonly naturalHeight: number | null
  /** width / height. */
  readonly naturalRatio: number | null
}
/** Null where it cannot be had; the loader has reported why. */
export type ImageLoader = (url: string) => ImageResource | null
