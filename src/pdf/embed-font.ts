/**
 * A subset font as a composite font (ISO 32000-1, sections 9.7 to 9.10). In: pdfkit's subset with widths and characters by glyph. Out: the
 * font's dictionaries with the file, codes and the map to Unicode.
 */
import { createHash } from 'node:crypto'
import { cmapName, encodingCmap, unicodeCmap } from './character-codes.js'
import type { PackedDocument } from './object-streams.js'
import type { PdfEmbeddedFont } from './pdfkit-internals.js'
import { name, number, raw, reference } from './syntax.js'

export interface FontToEmbed {
  readonly pdf: PdfEmbeddedFont
  /** By glyph of the subset, in thousandths of an em; glyphs without one get theirs from `advance`. */
  readonly widths: readonly (number | undefined)[]
  readonly texts: readonly (string | undefined)[]
  /** Width of one of the font's own glyphs. */
  advance(glyph: number): number
}

/** Writes fonts with the one CMap that they share. `sets`: PDF/A-1 wants the set of glyphs in each file. */
export function embedFonts(document: PackedDocument, fonts: readonly FontToEmbed[], sets: boolean): void {
  if (fonts.length === 0) return
  const system = document.allocate()
  document.put(system, '<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>')
  const encoding = document.allocate()
  const files = fonts.map((font) => font.pdf.subset.encode())
  const most = Math.max(...fonts.map(({ pdf }) => pdf.subset.glyphs.length))
  document.putStream(
    encoding,
    `/Type /CMap /CMapName /${cmapName} /WMode 0 /CIDSystemInfo ${reference(system)}`,
    Buffer.from(encodingCmap(most), 'latin1'),
  )
  fonts.forEach((font, index) => {
    new FontWriter(document, font, { system, encoding, sets }).write(files[index] as Uint8Array)
  })
}

interface Shared {
  readonly system: number
  readonly encoding: number
  readonly sets: boolean
}

class FontWriter {
  readonly #document: PackedDocument
  readonly #font: FontToEmbed
  readonly #shared: Shared

  constructor(document: PackedDocument, font: FontToEmbed, shared: Shared) {
    this.#document = document
    this.#font = font
    this.#shared = shared
  }

  write(file: Uint8Array): void {
    const { pdf, texts } = this.#font
    const fullName = name(`${subsetTag(file)}+${pdf.name.replaceAll(' ', '_')}`)
    const isCff = pdf.subset.cff != null
    const program = this.#stream(isCff ? '/Subtype /CIDFontType0C' : `/Length1 ${file.length}`, file)
    const descriptor = this.#put(this.#descriptor(fullName, isCff ? 'FontFile3' : 'FontFile2', program))
    const subtype = isCff ? '/CIDFontType0' : '/CIDFontType2/CIDToGIDMap/Identity'
    const descendant = this.#put(
      `<</Type/Font/Subtype${subtype}/BaseFont${fullName}/CIDSystemInfo ${reference(this.#shared.system)}` +
        `/FontDescriptor ${reference(descriptor)}/DW 0/W[0[${this.#widths().map(number).join(' ')}]]>>`,
    )
    const unicode = this.#stream('', Buffer.from(unicodeCmap(texts), 'latin1'))
    const font = pdf.ref()
    font.data = {
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: raw(fullName),
      Encoding: raw(reference(this.#shared.encoding)),
      DescendantFonts: raw(`[${reference(descendant)}]`),
      ToUnicode: raw(reference(unicode)),
    }
    font.end()
    pdf.embedded = true
  }

  #put(text: string): number {
    const id = this.#document.allocate()
    this.#document.put(id, text)
    return id
  }

  #stream(entries: string, data: Uint8Array): number {
    const id = this.#document.allocate()
    this.#document.putStream(id, entries, data)
    return id
  }

  /** Parts of composite glyphs are in the file too. */
  #widths(): number[] {
    const { pdf, widths, advance } = this.#font
    return pdf.subset.glyphs.map((glyph, id) => widths[id] ?? advance(glyph))
  }

  #descriptor(fullName: string, key: 'FontFile2' | 'FontFile3', program: number): string {
    const { pdf } = this.#font
    const { font, scale } = pdf
    const { bbox } = font
    const box = [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY].map((value) => number(value * scale)).join(' ')
    const metrics = [
      `/ItalicAngle ${number(font.italicAngle)}/Ascent ${number(font.ascent * scale)}/Descent ${number(font.descent * scale)}`,
      `/CapHeight ${number((font.capHeight || font.ascent) * scale)}/XHeight ${number((font.xHeight || 0) * scale)}/StemV 0`,
    ]
    const set = this.#shared.sets ? `/CIDSet ${reference(this.#glyphSet())}` : ''
    return `<</Type/FontDescriptor/FontName${fullName}/Flags ${flags(font)}/FontBBox[${box}]${metrics.join('')}/${key} ${reference(program)}${set}>>`
  }

  #glyphSet(): number {
    const count = this.#font.pdf.subset.glyphs.length
    const bits = Buffer.alloc(Math.ceil(count / 8))
    for (let id = 0; id < count; id++) bits[id >> 3] = (bits[id >> 3] ?? 0) | (0x80 >> (id & 7))
    return this.#stream('', bits)
  }
}

/** Table 123: fixed pitch, serif, symbolic, script, italic. */
function flags({ post, head, ...font }: PdfEmbeddedFont['font']): number {
  const family = (font['OS/2']?.sFamilyClass ?? 0) >> 8
  return (
    (post.isFixedPitch ? 1 : 0) | (family >= 1 && family <= 7 ? 2 : 0) | 4 | (family === 10 ? 8 : 0) | (head.macStyle.italic ? 0x40 : 0)
  )
}

/** Six letters that differ where the subsets do (section 9.6.4). */
function subsetTag(file: Uint8Array): string {
  const digest = createHash('sha256').update(file).digest()
  return Array.from(digest.subarray(0, 6), (byte) => String.fromCharCode(65 + (byte % 26))).join('')
}
