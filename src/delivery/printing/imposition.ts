/**
 * Pages → places on sheets: saddle-stitched booklets and several pages to a side. In: sizes of pages and how they are imposed. Out: the sides of the sheets,
 * front and back in turn, with a rectangle for each page. Pure figures, points from a side's lower left corner.
 */
import type { Size } from './paper.js'

export const impositionLayouts = ['booklet', '2up', '4up'] as const
export type ImpositionLayout = (typeof impositionLayouts)[number]

export interface Imposition {
  readonly layout: ImpositionLayout
  /** Either way round. Default: for booklets twice a page, so that nothing is scaled; else the size of a page. */
  readonly paper?: Size
  /** Points by which each sheet of a booklet draws its pages nearer to the spine than the sheet around it, since folding pushes inner sheets outwards. */
  readonly creep: number
  /** Where a booklet is bound and a row starts: on the right for scripts that run from right to left. */
  readonly binding: 'left' | 'right'
}

export interface Placement {
  /** Index of the page. */
  readonly page: number
  /** What the page may cover. */
  readonly cell: Rectangle
  /** Where the page itself lies; may reach beyond the cell. */
  readonly box: Rectangle
}

export interface Rectangle extends Size {
  readonly x: number
  readonly y: number
}

export interface SheetSide extends Size {
  readonly placements: readonly Placement[]
}

/** Sides in the order in which they are printed; a booklet's are two to a sheet, from the outermost sheet in. */
export function imposeSides(pages: readonly Size[], imposition: Imposition): readonly SheetSide[] {
  if (pages.length === 0) return []
  const [columns, rows] = imposition.layout === '4up' ? [2, 2] : [2, 1]
  const largest = { width: Math.max(...pages.map(({ width }) => width)), height: Math.max(...pages.map(({ height }) => height)) }
  const paper = imposition.paper ?? (imposition.layout === 'booklet' ? { ...largest, width: largest.width * 2 } : largest)
  const side = imposition.paper || imposition.layout !== 'booklet' ? turned(paper, { columns, rows, page: largest }) : paper
  const cell = { width: side.width / columns, height: side.height / rows }
  return orders(pages.length, imposition).map(({ order, sheet }) => ({
    ...side,
    placements: order.flatMap((page, index) => {
      const size = page === null ? undefined : pages[page]
      if (page === null || !size) return []
      const column = index % columns
      const at = { x: column * cell.width, y: side.height - (Math.floor(index / columns) + 1) * cell.height, ...cell }
      const shift = sheet * imposition.creep * (column === 0 ? 1 : -1)
      return [{ page, cell: at, box: fitted(size, at, shift) }]
    }),
  }))
}

/** The way round in which pages come out larger; upright where both are the same. */
function turned(paper: Size, grid: { readonly columns: number; readonly rows: number; readonly page: Size }): Size {
  const [short, long] = [Math.min(paper.width, paper.height), Math.max(paper.width, paper.height)]
  const ways = [
    { width: short, height: long },
    { width: long, height: short },
  ] as const
  const scale = ({ width, height }: Size): number => Math.min(width / grid.columns / grid.page.width, height / grid.rows / grid.page.height)
  return scale(ways[1]) > scale(ways[0]) + 1e-9 ? ways[1] : ways[0]
}

/** As large as the cell lets it be and in its middle, moved by `shift` to the right. */
function fitted({ width, height }: Size, cell: Rectangle, shift: number): Rectangle {
  const scale = Math.min(cell.width / width, cell.height / height)
  const size = { width: width * scale, height: height * scale }
  return { x: cell.x + (cell.width - size.width) / 2 + shift, y: cell.y + (cell.height - size.height) / 2, ...size }
}

interface Side {
  /** Row by row from the upper left; null stays empty. */
  readonly order: readonly (number | null)[]
  /** How many sheets lie around this one; 0 where nothing is folded. */
  readonly sheet: number
}

function orders(count: number, { layout, binding }: Imposition): readonly Side[] {
  const sides = layout === 'booklet' ? bookletOrders(count) : upOrders(count, layout === '4up' ? 4 : 2)
  if (binding === 'left') return sides
  const mirrored = ({ order, sheet }: Side): Side => ({ order: order.map((_, index) => order[index ^ 1] ?? null), sheet })
  return sides.map(mirrored)
}

/** The first page of all lies beside the last, the second beside the one before the last, and so on to the middle. */
function bookletOrders(count: number): readonly Side[] {
  const all = Math.ceil(count / 4) * 4
  const page = (index: number): number | null => (index < count ? index : null)
  return Array.from({ length: all / 4 }, (_, sheet) => [
    { order: [page(all - 1 - 2 * sheet), page(2 * sheet)], sheet },
    { order: [page(2 * sheet + 1), page(all - 2 - 2 * sheet)], sheet },
  ]).flat()
}

function upOrders(count: number, perSide: number): readonly Side[] {
  return Array.from({ length: Math.ceil(count / perSide) }, (_, side) => ({
    order: Array.from({ length: perSide }, (_unused, index) => (side * perSide + index < count ? side * perSide + index : null)),
    sheet: 0,
  }))
}
