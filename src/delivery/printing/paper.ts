/** Sizes of paper (ISO 216, ANSI/ASME Y14.1) and lengths. In: what a person writes. Out: points, and the name that a print queue knows it by (PWG 5101.1). */

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Paper extends Size {
  /** A self-describing media name, such as `iso_a4_210x297mm`, or a size of one's own as CUPS writes it. */
  readonly media: string
}

const pointsPer = { pt: 1, mm: 72 / 25.4, cm: 72 / 2.54, in: 72 } as const

/** `0.1mm` in points; null where it is no length in mm, cm, in or pt. */
export function points(text: string): number | null {
  const match = /^(\d+\.?\d*|\.\d+)(mm|cm|in|pt)$/.exec(text.trim().toLowerCase())
  const [, value, unit] = match ?? []
  return value !== undefined && unit !== undefined ? Number(value) * pointsPer[unit as keyof typeof pointsPer] : null
}

/** Width and height upright, with the unit that its name says. */
const known: Readonly<Record<string, readonly [width: number, height: number, unit: 'mm' | 'in', prefix: string]>> = {
  a3: [297, 420, 'mm', 'iso'],
  a4: [210, 297, 'mm', 'iso'],
  a5: [148, 210, 'mm', 'iso'],
  a6: [105, 148, 'mm', 'iso'],
  b4: [250, 353, 'mm', 'iso'],
  b5: [176, 250, 'mm', 'iso'],
  sra3: [320, 450, 'mm', 'iso'],
  letter: [8.5, 11, 'in', 'na'],
  legal: [8.5, 14, 'in', 'na'],
  tabloid: [11, 17, 'in', 'na'],
}

export const paperNames: readonly string[] = Object.keys(known)

/** The names that the register has where they are not the paper's own. */
const registered: Readonly<Record<string, string>> = { tabloid: 'ledger' }

/** A named paper, or `120mmx200mm`; null where it is neither. */
export function paperOf(text: string): Paper | null {
  const name = text.trim().toLowerCase()
  const row = known[name]
  if (row) {
    const [width, height, unit, prefix] = row
    const factor = pointsPer[unit]
    return { width: width * factor, height: height * factor, media: `${prefix}_${registered[name] ?? name}_${width}x${height}${unit}` }
  }
  const [width, height, rest] = name.split(/x(?=[\d.])/).map(points)
  if (!width || !height || rest !== undefined) return null
  const upright = { width: Math.min(width, height), height: Math.max(width, height) }
  return paperOfSize(upright)
}

/** The paper of a size, to within half a millimetre whichever way round it lies, or one of its own. */
export function paperOfSize(size: Size): Paper {
  const [width, height] = [Math.min(size.width, size.height), Math.max(size.width, size.height)]
  const same = paperNames
    .map(paperOf)
    .find((paper) => paper && Math.abs(paper.width - width) < 1.5 && Math.abs(paper.height - height) < 1.5)
  const millimetres = (value: number): number => Math.round((value / pointsPer.mm) * 100) / 100
  return same ?? { width, height, media: `Custom.${millimetres(width)}x${millimetres(height)}mm` }
}
