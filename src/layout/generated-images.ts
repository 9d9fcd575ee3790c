/**
 * Pictures that style sheets put in place of content or of markers (CSS Content 3, section 2; Lists 3, section 3.2; Images 3, section 4).
 * In: an image value. Out: the box that shows it, or null where it cannot be had.
 */
import type { BackgroundImage, ComputedStyle, Styles } from '../css/computed-style.js'
import type { HtmlElement } from '../html/dom.js'
import type { Box } from './box.js'
import type { ImageLoader, ImageResource } from './image.js'

export interface GeneratedImageInput {
  readonly image: BackgroundImage
  /** What the picture says to those who do not see it; without, it is decoration. */
  readonly alt: string
  /** The style it inherits from. */
  readonly style: ComputedStyle
  readonly element: HtmlElement | null
  readonly id: number
  readonly styles: Pick<Styles, 'anonymous'>
  readonly images: ImageLoader
}

/** A picture of a style sheet in the text; a gradient, which has no size of its own, is one em wide and high. */
export function generatedImage({ image, alt, style, element, id, styles, images }: GeneratedImageInput): Box | null {
  const holder = element && alt !== '' ? figure(element, alt) : null
  if (image.kind === 'url') {
    const resource = images(image.url)
    if (!resource) return null
    return {
      kind: 'replaced',
      id,
      element: holder,
      anonymous: true,
      pseudo: null,
      style: sizedAs(resource, styles.anonymous(style, 'inline'), style.fontSize),
      image: resource,
    }
  }
  const layer = {
    image,
    positionX: 0,
    positionY: 0,
    size: 'auto',
    repeatX: 'no-repeat',
    repeatY: 'no-repeat',
    origin: 'border-box',
    clip: 'border-box',
    attachment: 'scroll',
  } as const
  const own = styles.anonymous(style, 'inline-block')
  const square: ComputedStyle = { ...own, width: style.fontSize, height: style.fontSize, backgroundLayers: [layer] }
  return { kind: 'block', id, element: holder, anonymous: true, pseudo: null, style: square, children: [], inline: null, marker: null }
}

/** A picture without a size of its own fits a square of one em (CSS Lists 3, section 3.2). */
function sizedAs({ naturalWidth, naturalHeight, naturalRatio }: ImageResource, style: ComputedStyle, em: number): ComputedStyle {
  if (naturalWidth !== null || naturalHeight !== null) return style
  const ratio = naturalRatio ?? 1
  return { ...style, width: em * Math.min(1, ratio), height: em / Math.max(1, ratio) }
}

/** An element that carries the alternative text: the structure tree reads it as a picture's. */
function figure(parent: HtmlElement, alt: string): HtmlElement {
  return { kind: 'element', name: '::image', namespace: 'html', attributes: new Map([['alt', alt]]), children: [], parent, index: 0 }
}
