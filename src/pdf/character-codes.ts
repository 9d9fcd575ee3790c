/**
 * Character codes of embedded fonts (ISO 32000-1, section 9.7.5). In: glyph numbers of a subset. Out: codes of one byte for the first glyphs and of two for the
 * rest, the CMap that says so, which is the same for all fonts, and the map back to Unicode. Text is a third smaller than with
 * two bytes each, and word spacing works, since the space is the single byte 32 (section 9.3.3).
 */
import { hex4 } from './syntax.js'

/** The glyph that has the code 32. */
export const spaceGlyph = 1

/** Bytes that stand for themselves in a literal string, but for the space; those from C0 begin codes of two. */
const singles: readonly number[] = Array.from({ length: 0xc0 }, (_, code) => code).filter(
  (code) => code !== 0 && code !== 0x20 && !'\n\r()\\'.includes(String.fromCharCode(code)),
)
const firstDouble = singles.length + 2
/** No subset has more glyphs. */
export const mostGlyphs = firstDouble + 0x40 * 0x100

function codeOf(glyph: number): { readonly bytes: 1 | 2; readonly value: number } {
  if (glyph === 0) return { bytes: 1, value: 0 }
  if (glyph === spaceGlyph) return { bytes: 1, value: 0x20 }
  if (glyph < firstDouble) return { bytes: 1, value: singles[glyph - 2] as number }
  return { bytes: 2, value: 0xc000 + glyph - firstDouble }
}

/** The code as it stands in a literal string (section 7.3.4.2), in Latin-1. */
export function literalCode(glyph: number): string {
  const { bytes, value } = codeOf(glyph)
  const byte = (code: number): string => {
    const character = String.fromCharCode(code)
    if (character === '\n') return '\\n'
    if (character === '\r') return '\\r'
    return character === '(' || character === ')' || character === '\\' ? `\\${character}` : character
  }
  return bytes === 1 ? byte(value) : byte(value >> 8) + byte(value & 0xff)
}

function hexCode(glyph: number): string {
  const { bytes, value } = codeOf(glyph)
  return `<${bytes === 1 ? hex4(value).slice(2) : hex4(value)}>`
}

const codeSpace = '2 begincodespacerange\n<00><bf>\n<c000><ffff>\nendcodespacerange'

const cmap = (name: string, ordering: string, lines: readonly string[]): string =>
  [
    '/CIDInit/ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    `/CIDSystemInfo<</Registry(Adobe)/Ordering(${ordering})/Supplement 0>>def`,
    `/CMapName/${name} def`,
    ...lines,
    'endcmap',
    'CMapName currentdict/CMap defineresource pop',
    'end',
    'end',
  ].join('\n')

export const cmapName = 'Briefpress-H'

/** Codes to glyphs for subsets of up to `count` glyphs. */
export function encodingCmap(count: number): string {
  const ranges: { first: number; last: number }[] = []
  for (let glyph = 0; glyph < Math.max(count, firstDouble); glyph++) {
    const range = ranges.at(-1)
    const [before, here] = [codeOf(glyph - 1), codeOf(glyph)]
    const joins = range && glyph > 2 && here.bytes === before.bytes && here.value === before.value + 1 && (here.value & 0xff) !== 0
    if (joins) range.last = glyph
    else ranges.push({ first: glyph, last: glyph })
  }
  const rows = ranges.map(({ first, last }) => `${hexCode(first)}${hexCode(last)}${first}`)
  return cmap(cmapName, 'Identity', ['/CMapType 1 def', '/WMode 0 def', codeSpace, ...inHundreds('cidrange', rows)])
}

/** Codes to characters; `texts` by glyph, undefined where a glyph stands for none. */
export function unicodeCmap(texts: readonly (string | undefined)[]): string {
  const rows = texts.flatMap((text, glyph) => (text === undefined ? [] : [`${hexCode(glyph)}<${utf16(text)}>`]))
  return cmap('Adobe-Identity-UCS', 'UCS', ['/CMapType 2 def', codeSpace, ...inHundreds('bfchar', rows)])
}

function utf16(text: string): string {
  let out = ''
  for (let i = 0; i < text.length; i++) out += hex4(text.charCodeAt(i))
  return out
}

/** A section has at most a hundred rows (Adobe Technical Note 5014). */
function inHundreds(kind: 'cidrange' | 'bfchar', rows: readonly string[]): string[] {
  const parts: string[] = []
  for (let i = 0; i < rows.length; i += 100) {
    const part = rows.slice(i, i + 100)
    parts.push(`${part.length} begin${kind}`, ...part, `end${kind}`)
  }
  return parts
}
