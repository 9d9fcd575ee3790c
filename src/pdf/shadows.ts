/**
 * Box shadows (CSS Backgrounds 3, section 6.1). In: a box with its radii. Out: operators. PDF has no blur: a blurred edge is a stack of outlines
 * whose alphas add up to the Gaussian's.
 */
import type { BoxShadow } from '../css/computed-style.js'
import type { Canvas } from './canvas.js'
import { type Box, insetBox, insetRadii, outsetRadii, type Radii, roundedPath } from './paths.js'

export interface ShadowPlace {
  readonly box: Box
  readonly radii: Radii
}

const most = 24
const far = 20_000

/** Outer shadows, the last one undermost; nothing is drawn under the box itself. */
export function paintOuterShadows(canvas: Canvas, shadows: readonly BoxShadow[], place: ShadowPlace): void {
  for (const shadow of [...shadows].reverse()) if (!shadow.inset && shadow.color.alpha > 0) paintOuter(canvas, shadow, place)
}

/** Inner shadows, on the padding box, over the background. */
export function paintInnerShadows(canvas: Canvas, shadows: readonly BoxShadow[], place: ShadowPlace): void {
  for (const shadow of [...shadows].reverse()) if (shadow.inset && shadow.color.alpha > 0) paintInner(canvas, shadow, place)
}

function paintOuter(canvas: Canvas, shadow: BoxShadow, { box, radii }: ShadowPlace): void {
  const at = { ...box, x: box.x + shadow.x, y: box.y + shadow.y }
  canvas.save()
  canvas.mark('background')
  canvas.clip(`${everywhere(box)} ${roundedPath(box, radii)}`, true)
  for (const { distance, alpha } of steps(shadow.blur)) {
    const by = shadow.spread + distance
    const grown = insetBox(at, evenly(-by))
    if (grown.width <= 0 || grown.height <= 0) continue
    canvas.setFill({ ...shadow.color, alpha: shadow.color.alpha * alpha })
    canvas.fill(
      roundedPath(grown, by >= 0 ? outsetRadii(roundAtLeast(radii, shadow.blur / 2, distance), by) : insetRadii(radii, evenly(-by))),
    )
  }
  canvas.restore()
}

function paintInner(canvas: Canvas, shadow: BoxShadow, { box, radii }: ShadowPlace): void {
  const at = { ...box, x: box.x + shadow.x, y: box.y + shadow.y }
  canvas.save()
  canvas.mark('background')
  canvas.clip(roundedPath(box, radii))
  for (const { distance, alpha } of steps(shadow.blur)) {
    const by = shadow.spread + distance
    const hole = insetBox(at, evenly(by))
    const inner =
      hole.width > 0 && hole.height > 0 ? ` ${roundedPath(hole, by >= 0 ? insetRadii(radii, evenly(by)) : outsetRadii(radii, -by))}` : ''
    canvas.setFill({ ...shadow.color, alpha: shadow.color.alpha * alpha })
    canvas.fill(`${everywhere(box)}${inner}`, true)
  }
  canvas.restore()
}

const evenly = (by: number) => ({ top: by, right: by, bottom: by, left: by })
const everywhere = ({ x, y, width, height }: Box): string =>
  roundedPath({ x: x - far, y: y - far, width: width + 2 * far, height: height + 2 * far }, [none, none, none, none])
const none = { x: 0, y: 0 }

/** A blurred corner is round, whatever the box's. */
function roundAtLeast(radii: Radii, radius: number, distance: number): Radii {
  if (radius === 0 || distance <= 0) return radii
  const round = ({ x, y }: Radii[0]): Radii[0] => ({ x: Math.max(x, radius / 2), y: Math.max(y, radius / 2) })
  return [round(radii[0]), round(radii[1]), round(radii[2]), round(radii[3])]
}

/** Distances from the shadow's edge, outermost first, with the alpha of each layer such that all together make the blur's profile. */
function steps(blur: number): readonly { readonly distance: number; readonly alpha: number }[] {
  if (blur <= 0) return [{ distance: 0, alpha: 1 }]
  const count = Math.min(most, Math.max(4, Math.ceil(blur)))
  let covered = 0
  return Array.from({ length: count }, (_, index) => {
    const distance = blur * (1 - (2 * (index + 0.5)) / count)
    const target = Math.min(0.999, 1 - normal(distance / (blur / 2)))
    const alpha = (target - covered) / (1 - covered)
    covered = target
    return { distance, alpha: Math.max(0, alpha) }
  })
}

/** The share of a normal distribution below `x` standard deviations, by a logistic curve. */
function normal(x: number): number {
  return 1 / (1 + Math.exp(-1.5976 * x - 0.07056 * x ** 3))
}
