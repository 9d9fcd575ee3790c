/**
 * Which standards a file claims and what they ask of it: PDF/A-1 to 4 (ISO 19005), PDF/UA-1 (ISO 14289-1), PDF 1.7 and 2.0 (ISO 32000).
 * In: names such as `ua-1` and `a-3a`. Out: one conformance that every name agrees with, or why there is none.
 */
export const pdfStandards = ['ua-1', 'a-1b', 'a-2a', 'a-2b', 'a-2u', 'a-3a', 'a-3b', 'a-4', 'a-4f', '1.7', '2.0'] as const
export type PdfStandard = (typeof pdfStandards)[number]

export const defaultStandards: readonly PdfStandard[] = ['ua-1', 'a-3a']

/** Part and level of ISO 19005; part 4 has no level, or F where files are attached. */
export interface Archive {
  readonly part: 1 | 2 | 3 | 4
  readonly level: 'A' | 'B' | 'U' | 'F' | null
}

export interface Conformance {
  /** As asked for, in the order of `pdfStandards`. */
  readonly standards: readonly PdfStandard[]
  readonly version: '1.4' | '1.7' | '2.0'
  readonly archive: Archive | null
  /** PDF/UA-1. */
  readonly accessible: boolean
}

/** Why names do not go together, and what would. */
export interface StandardsProblem {
  readonly code: 'unknown-pdf-standard' | 'conflicting-pdf-standards'
  readonly message: string
  readonly hint: string
}

export type StandardsResult = { readonly conformance: Conformance } | { readonly problem: StandardsProblem }

const versionOf = (name: PdfStandard): Conformance['version'] =>
  name === 'a-1b' ? '1.4' : name === 'a-4' || name === 'a-4f' || name === '2.0' ? '2.0' : '1.7'

/** How it is called in full: `PDF/UA-1`, `PDF/A-3a`, `PDF 1.7`. */
export const standardTitle = (name: PdfStandard): string =>
  name.startsWith('ua') ? `PDF/${name.toUpperCase()}` : name.startsWith('a-') ? `PDF/A${name.slice(1)}` : `PDF ${name}`

/** One conformance for all names; no names mean the default. Levels of one part of PDF/A agree: the strongest holds. */
export function resolveStandards(names: readonly string[]): StandardsResult {
  const wanted = names.map((name) => name.trim().toLowerCase())
  const unknown = wanted.find((name) => !pdfStandards.some((standard) => standard === name))
  if (unknown !== undefined)
    return {
      problem: {
        code: 'unknown-pdf-standard',
        message: `There is no PDF standard "${unknown}".`,
        hint: `Known are ${pdfStandards.join(', ')}.`,
      },
    }
  const standards = wanted.length === 0 ? defaultStandards : pdfStandards.filter((standard) => wanted.includes(standard))
  const conflict = conflictIn(standards)
  if (conflict) return { problem: { code: 'conflicting-pdf-standards', ...conflict } }
  const versions = new Set(standards.map(versionOf))
  return {
    conformance: {
      standards,
      version: versions.has('1.4') ? '1.4' : versions.has('2.0') ? '2.0' : '1.7',
      archive: archiveOf(standards),
      accessible: standards.includes('ua-1'),
    },
  }
}

const partOf = (name: PdfStandard): string | undefined => /^a-(\d)/.exec(name)?.[1]

function conflictIn(standards: readonly PdfStandard[]): { readonly message: string; readonly hint: string } | null {
  const archives = standards.filter((name) => partOf(name) !== undefined)
  const [first] = archives
  const other = archives.find((name) => first !== undefined && partOf(name) !== partOf(first))
  if (first && other)
    return {
      message: `${standardTitle(first)} and ${standardTitle(other)} do not go together: a file claims one part of PDF/A.`,
      hint: `Choose one of ${archives.join(' and ')}.`,
    }
  const modern = standards.find((name) => versionOf(name) === '2.0')
  const classic = standards.find((name) => versionOf(name) === '1.7')
  if (modern && classic)
    return {
      message: `${standardTitle(classic)} and ${standardTitle(modern)} do not go together: ${standardTitle(classic)} rests on PDF 1.7, ${standardTitle(modern)} on PDF 2.0.`,
      hint: `Leave out ${classic}, or choose a-3a, which goes with PDF 1.7.`,
    }
  if (standards.includes('a-1b') && standards.includes('1.7'))
    return {
      message: 'PDF/A-1b and PDF 1.7 do not go together: PDF/A-1b rests on PDF 1.4.',
      hint: 'Leave out 1.7, or choose a-2b, which goes with it.',
    }
  return null
}

function archiveOf(standards: readonly PdfStandard[]): Archive | null {
  const archives = standards.filter((name) => partOf(name) !== undefined)
  const part = Number(archives[0]?.charAt(2))
  if (part !== 1 && part !== 2 && part !== 3 && part !== 4) return null
  const level = (['A', 'U', 'B', 'F'] as const).find((one) => archives.some((name) => name.endsWith(one.toLowerCase()))) ?? null
  return { part, level }
}

/** Whether any file may be attached; PDF/A-2 and plain PDF/A-4 allow only files that are PDF/A themselves. */
export const allowsAttachments = ({ archive }: Conformance): boolean =>
  archive === null || archive.part === 3 || (archive.part === 4 && archive.level === 'F')

/** ISO 19005-1, section 6.4: what lies below must not show through. */
export const allowsTransparency = ({ archive }: Conformance): boolean => archive?.part !== 1

/** ISO 19005-1 rests on PDF 1.4, which has neither object streams nor cross-reference streams. */
export const allowsObjectStreams = ({ version }: Conformance): boolean => version !== '1.4'

/** Whether the language of all text and a tree of structure is asked for. */
export const demandsTags = ({ archive, accessible }: Conformance): boolean => accessible || archive?.level === 'A'
