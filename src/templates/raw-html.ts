/**
 * Raw HTML between Markdown. In: rendered pieces and raw pieces in order. Out: one string in which an element opened in one
 * raw piece and closed in a later one holds what stands between, and only allowed elements are left.
 */
import { sanitiseHtml } from '../html/sanitise.js'

export interface Piece {
  readonly html: string
  /** True for HTML that a source wrote and nobody has checked. */
  readonly raw: boolean
}

const open = '\u{F8F0}'
const close = '\u{F8F1}'

/**
 * Joins the pieces. Rendered pieces travel through the sanitiser as short marks, so that nothing in them is changed and
 * nothing raw can pass for them; a rendered piece inside a dropped element, such as a script, is dropped with it.
 */
export function joinPieces(pieces: readonly Piece[]): string {
  if (!pieces.some((piece) => piece.raw)) return pieces.map((piece) => piece.html).join('')
  const mixed = pieces.map((piece, index) => (piece.raw ? piece.html.replace(/[\uF8F0\uF8F1]/g, '') : `${open}${index}${close}`)).join('')
  return sanitiseHtml(mixed).replace(/\uF8F0(\d+)\uF8F1/g, (_, index: string) => pieces[Number(index)]?.html ?? '')
}
