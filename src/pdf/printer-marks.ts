/**
 * Marks for the printer (CSS Page 3, sections 7.2 and 7.4; ISO 32000-1, sections 14.11.2 and 14.11.3). In: a page's size, bleed and marks. Out: its
 * boundaries, and lines outside the bleed area as an artifact, in all process inks.
 */
import type { Page } from '../layout/fragment.js'
import type { Canvas } from './canvas.js'
import { number, raw } from './syntax.js'

type Size = Pick<Page, 'width' | 'height' | 'bleed' | 'marks'>

/** Px: between the bleed area and a mark, a mark's own length, and its width. */
const gap = 3
const length = 20
const lineWidth = 0.4
/** Half the length of a cross's arms, and the radius of its circle. */
const arm = 9
const radius = 5

/** How far the sheet reaches beyond the page box on each side, px. */
export const sheetMargin = ({ bleed, marks }: Size): number => bleed + (marks.crop || marks.cross ? gap + length + gap : 0)

/** Entries of the page's dictionary where the sheet is larger than the page; points from the page box's lower left corner. */
export function pageBoundaries(page: Size, pointsPerPixel: number): Record<string, ReturnType<typeof raw>> {
  const box = (by: number) =>
    raw(`[${[-by, -by, page.width + by, page.height + by].map((side) => number(side * pointsPerPixel)).join(' ')}]`)
  const sheet = sheetMargin(page)
  return sheet > 0 ? { MediaBox: box(sheet), BleedBox: box(page.bleed), TrimBox: box(0) } : {}
}

/** Draws the marks that the page asks for. */
export function paintPrinterMarks(canvas: Canvas, page: Page): void {
  const { crop, cross } = page.marks
  if (!crop && !cross) return
  canvas.within('page', () => {
    canvas.mark('page')
    canvas.setRegistrationStroke()
    canvas.operator(`${number(lineWidth)} w`)
    canvas.stroke([...(crop ? cropMarks(page) : []), ...(cross ? crossMarks(page) : [])].join(' '))
  })
}

const line = (x1: number, y1: number, x2: number, y2: number): string => `${number(x1)} ${number(y1)} m ${number(x2)} ${number(y2)} l`

/** At each corner two lines along the edges at which the paper is cut. */
function cropMarks({ width, height, bleed }: Page): string[] {
  const near = bleed + gap
  const far = near + length
  return [0, width].flatMap((x) =>
    [0, height].flatMap((y) => {
      const across = x === 0 ? -1 : 1
      const down = y === 0 ? -1 : 1
      return [line(x + across * near, y, x + across * far, y), line(x, y + down * near, x, y + down * far)]
    }),
  )
}

/** In the middle of each side a circle with a cross, by which sheets are laid on one another. */
function crossMarks({ width, height, bleed }: Page): string[] {
  const away = bleed + gap + length / 2
  const centres = [
    [width / 2, -away],
    [width + away, height / 2],
    [width / 2, height + away],
    [-away, height / 2],
  ] as const
  return centres.flatMap(([x, y]) => [line(x - arm, y, x + arm, y), line(x, y - arm, x, y + arm), circle(x, y)])
}

/** Four Bézier curves. */
function circle(x: number, y: number): string {
  const k = radius * 0.5523
  const curve = (points: readonly number[]): string => `${points.map(number).join(' ')} c`
  return [
    `${number(x + radius)} ${number(y)} m`,
    curve([x + radius, y + k, x + k, y + radius, x, y + radius]),
    curve([x - k, y + radius, x - radius, y + k, x - radius, y]),
    curve([x - radius, y - k, x - k, y - radius, x, y - radius]),
    curve([x + k, y - radius, x + radius, y - k, x + radius, y]),
  ].join(' ')
}
