/**
 * Backgrounds of columns, row groups and rows (CSS 2.2 sections 17.5.1 and 17.6.1): each shows in the cells that originate in it, spans and all,
 * and not in the spacing between them. In: the cells of one page. Out: boxes that only have a background, to be painted below the cells.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { TableColumn } from './box.js'
import type { BackgroundArea, BoxFragment, Edges, Placed } from './fragment.js'
import type { StyleDeriver } from './table-grid.js'

/** A rectangle in the coordinates of the fragment that a background goes into, px. */
export type Area = BackgroundArea

export interface BackgroundTools {
  readonly derive: StyleDeriver
  /** What a background's box takes from the table: nothing but what is inherited. */
  readonly plain: ComputedStyle
  readonly boxId: number
}

export const hasBackground = ({ backgroundColor, backgroundLayers }: ComputedStyle): boolean =>
  backgroundColor.alpha > 0 || backgroundLayers.length > 0

/** A style without its background, for a box whose cells show it. */
export function withoutBackground(style: ComputedStyle, derive: StyleDeriver): ComputedStyle {
  if (!hasBackground(style)) return style
  return derive(style, 'bare', () => ({ backgroundColor: { red: 0, green: 0, blue: 0, alpha: 0 }, backgroundLayers: [] }))
}

const noEdges: Edges = { top: 0, right: 0, bottom: 0, left: 0 }

/** A box of no element, for what the table paints besides its cells: an artifact. */
export function artifactBox(
  box: Pick<BoxFragment, 'boxId' | 'style' | 'width' | 'height'> & Partial<Pick<BoxFragment, 'border' | 'backgroundArea'>>,
): BoxFragment {
  return {
    kind: 'box',
    element: null,
    anonymous: true,
    pseudo: null,
    role: 'block',
    border: noEdges,
    padding: noEdges,
    children: [],
    baseline: null,
    repeated: false,
    ...box,
  }
}

/** A background in one rectangle, its layers placed by another: the whole row, group or column. */
export function background(style: ComputedStyle, shown: Area, whole: Area, { derive, plain, boxId }: BackgroundTools): Placed<BoxFragment> {
  const { backgroundColor, backgroundColorClip, backgroundLayers, id } = style
  const same = shown.x === whole.x && shown.y === whole.y && shown.width === whole.width && shown.height === whole.height
  const changes = { backgroundColor, backgroundColorClip, backgroundLayers, visibility: style.visibility }
  const fragment = artifactBox({
    boxId,
    style: derive(plain, `background ${id}`, () => changes),
    width: shown.width,
    height: shown.height,
    ...(same ? {} : { backgroundArea: { ...whole, x: whole.x - shown.x, y: whole.y - shown.y } }),
  })
  return { x: shown.x, y: shown.y, fragment }
}

/** Columns and column groups that have a background, with the columns that each covers; groups first, since columns are painted over them. */
export function columnBackgrounds(columns: readonly TableColumn[]): { style: ComputedStyle; from: number; to: number }[] {
  const groups: { style: ComputedStyle; from: number; to: number }[] = []
  const own: { style: ComputedStyle; from: number; to: number }[] = []
  let at = 0
  for (const [index, { style, group, span }] of columns.entries()) {
    const last = groups.at(-1)
    if (group && index > 0 && columns[index - 1]?.group === group && last) last.to = at + span
    else if (group) groups.push({ style: group.style, from: at, to: at + span })
    if (group?.style !== style) for (let column = at; column < at + span; column++) own.push({ style, from: column, to: column + 1 })
    at += span
  }
  return [...groups, ...own].filter(({ style }) => hasBackground(style))
}
