/**
 * Lines along text (CSS Text Decoration 4, sections 2 to 4). In: a run with the boxes that decorate it. Out: lines in each box's own colour,
 * thickness and place, with gaps where an underline would cross the ink of letters.
 */
import type { ComputedStyle } from '../css/computed-style.js'
import type { TextDecoration, TextFragment } from '../layout/fragment.js'
import { resolveLength } from '../layout/geometry.js'
import { strokeDashed } from './borders.js'
import type { Canvas } from './canvas.js'
import { rectanglePath } from './canvas.js'
import type { Rectangle } from './links.js'
import { linePath } from './paths.js'
import { inkGaps } from './skip-ink.js'
import { number } from './syntax.js'
import type { FontRegistry } from './text.js'

export type DecorationLine = 'underline' | 'overline' | 'lineThrough'

export interface DecorationPlace {
  readonly x: number
  /** Of the run, px. */
  readonly baseline: number
}

/** Paints the lines of the given kinds; the outermost box's first. */
export function paintDecorations(
  canvas: Canvas,
  fonts: FontRegistry,
  fragment: TextFragment,
  options: DecorationPlace & { lines: readonly DecorationLine[] },
): void {
  const { x, baseline, lines } = options
  for (const decoration of fragment.decorations)
    for (const line of lines) {
      const { style, metrics } = decoration
      if (!style.textDecorationLine[line]) continue
      const thickness = thicknessOf(style, line === 'lineThrough' ? metrics.strikeoutThickness : metrics.underlineThickness)
      const y = baseline + decoration.shift + offsetOf(decoration, line, thickness)
      const whole = { x, y, width: fragment.width, height: thickness }
      for (const part of partsOf(whole, { fragment, fonts, style, line, baseline })) paintLine(canvas, style, part)
    }
}

interface PartsInput {
  readonly fragment: TextFragment
  readonly fonts: FontRegistry
  readonly style: ComputedStyle
  readonly line: DecorationLine
  readonly baseline: number
}

/** text-decoration-skip-ink (section 3.2): the line stops a little before and after the letters that it would cross. */
function partsOf(whole: Rectangle, { fragment, fonts, style, line, baseline }: PartsInput): Rectangle[] {
  if (line === 'lineThrough' || style.textDecorationSkipInk === 'none') return [whole]
  const { run } = fragment
  const gap = Math.max(whole.height * 1.2, run.fontSize * 0.05)
  const band = { top: baseline - whole.y + gap * 0.5, bottom: baseline - whole.y - whole.height - gap * 0.5 }
  const parts: Rectangle[] = []
  let from = 0
  for (const [left, right] of inkGaps(run, fonts.outlines(run.font), band)) {
    const start = Math.max(0, left - gap)
    if (start - from > gap) parts.push({ ...whole, x: whole.x + from, width: start - from })
    from = Math.max(from, right + gap)
  }
  if (whole.width - from > gap || from === 0) parts.push({ ...whole, x: whole.x + from, width: whole.width - from })
  return parts
}

function paintLine(canvas: Canvas, style: ComputedStyle, line: Rectangle): void {
  const color = style.textDecorationColor
  const kind = style.textDecorationStyle
  if (kind === 'dotted' || kind === 'dashed') {
    const middle = line.y + line.height / 2
    strokeDashed(canvas, linePath(line.x, middle, { x: line.x + line.width, y: middle }), { width: line.height, style: kind, color })
    return
  }
  if (kind === 'wavy') {
    canvas.setStroke(color)
    canvas.operator(`${number(line.height)} w`)
    canvas.stroke(wavePath(line))
    return
  }
  canvas.setFill(color)
  canvas.fill(rectanglePath(line.x, line.y, line.width, line.height))
  if (kind === 'double') canvas.fill(rectanglePath(line.x, line.y + line.height * 2, line.width, line.height))
}

/** Half waves of four thicknesses, set on a grid of the page so that waves of neighbouring runs join. */
function wavePath({ x, y, width, height }: Rectangle): string {
  const half = Math.max(2.5, height * 3.5)
  const middle = y + height / 2
  const first = Math.floor(x / half)
  let path = `${number(x)} ${number(middle)} m`
  for (let index = first; index * half < x + width; index++) {
    const start = Math.max(x, index * half)
    const end = Math.min(x + width, (index + 1) * half)
    const rise = (index % 2 === 0 ? -1 : 1) * height * 2.4 * ((end - start) / half)
    const third = (end - start) / 3
    path += ` ${number(start + third)} ${number(middle + rise)} ${number(end - third)} ${number(middle + rise)} ${number(end)} ${number(middle)} c`
  }
  return path
}

function thicknessOf(style: ComputedStyle, own: number): number {
  const { textDecorationThickness: thickness } = style
  return thickness === 'auto' || thickness === 'from-font' ? Math.max(0.5, own) : resolveLength(thickness, style.fontSize)
}

/** Px from the decorating box's baseline down to the line's upper edge. */
function offsetOf({ style, metrics }: TextDecoration, line: DecorationLine, thickness: number): number {
  if (line === 'lineThrough') return -metrics.strikeoutPosition - thickness / 2
  if (line === 'overline') return -metrics.ascent
  const { textUnderlineOffset: offset, textUnderlinePosition: position } = style
  const more = offset === 'auto' ? 0 : resolveLength(offset, style.fontSize)
  if (position === 'under') return metrics.descent + more
  return offset === 'auto' ? Math.max(-metrics.underlinePosition - thickness / 2, thickness) : more
}
