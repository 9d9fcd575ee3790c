/**
 * Whether a font's outlines can be drawn: glyphs that are made of others must not contain themselves (ISO/IEC 14496-22, section 5.3.4). In: a TrueType
 * font. Out: nothing; an Error where offsets lead outside the file or components run in circles.
 */
import type { Sfnt } from './sfnt.js'
import { viewOf } from './sfnt.js'

const deepest = 32

/** Checks all composite glyphs of a font with a glyf table. */
export function checkOutlines(data: Uint8Array, { tables }: Sfnt, glyphCount: number): void {
  const glyf = tables.get('glyf')
  const loca = tables.get('loca')
  const head = tables.get('head')
  if (!glyf || !loca || !head) return
  const view = viewOf(data)
  const long = view.getInt16(head.offset + 50) === 1
  if (loca.length < (glyphCount + 1) * (long ? 4 : 2)) throw new Error("its table 'loca' is too short")
  const offsetOf = (glyph: number): number => (long ? view.getUint32(loca.offset + 4 * glyph) : 2 * view.getUint16(loca.offset + 2 * glyph))
  const depths = new Int8Array(glyphCount)
  const depthOf = (glyph: number, level: number): number => {
    if (level > deepest) throw new Error('a glyph in it is made of itself')
    if (glyph >= glyphCount) throw new Error('a glyph in it is made of one that is not there')
    if (depths[glyph] !== 0) return depths[glyph] as number
    const start = offsetOf(glyph)
    const end = offsetOf(glyph + 1)
    if (end < start || end > glyf.length) throw new Error("its table 'loca' points outside the outlines")
    let depth = 1
    if (end - start >= 10 && view.getInt16(glyf.offset + start) < 0)
      for (const component of componentsOf(view, glyf.offset + start + 10, glyf.offset + end))
        depth = Math.max(depth, 1 + depthOf(component, level + 1))
    depths[glyph] = depth
    return depth
  }
  for (let glyph = 0; glyph < glyphCount; glyph++) depthOf(glyph, 0)
}

function componentsOf(view: DataView, start: number, end: number): number[] {
  const components: number[] = []
  let at = start
  for (let flags = 0x20; (flags & 0x20) !== 0 && at + 4 <= end; ) {
    flags = view.getUint16(at)
    components.push(view.getUint16(at + 2))
    at += 4 + ((flags & 1) !== 0 ? 4 : 2) + ((flags & 8) !== 0 ? 2 : (flags & 0x40) !== 0 ? 4 : (flags & 0x80) !== 0 ? 8 : 0)
  }
  return components
}
