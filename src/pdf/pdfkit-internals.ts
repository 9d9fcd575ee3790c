/**
 * What pdf/ uses of pdfkit 0.20 beyond its published types: the document's objects, its pages, embedded fonts and images.
 * Types only; nothing is loaded here.
 */

/** What may stand in a pdfkit dictionary: a string is a name, a String object a text string. */
export type PdfValue =
  | string
  | number
  | boolean
  | null
  | Date
  // biome-ignore lint/complexity/noBannedTypes: pdfkit tells text strings from names by the String object.
  | String
  | PdfReference
  | RawValue
  | readonly PdfValue[]
  | { [key: string]: PdfValue | undefined }

/** Text that stands in a dictionary as it is. */
export interface RawValue {
  readonly [Symbol.toStringTag]: 'Raw'
  toString(): string
}

export interface PdfReference {
  readonly id: number
  data: { [key: string]: PdfValue | undefined }
  /** Pieces of the stream until the object is written. */
  buffer: Uint8Array[]
  offset: number
  compress: boolean
  write(chunk: Uint8Array | string): void
  end(chunk?: Uint8Array | string): void
  finalize(): void
  toString(): string
}

export interface PdfPage {
  readonly width: number
  readonly height: number
  readonly dictionary: PdfReference
  readonly fonts: { [name: string]: PdfReference | undefined }
  readonly xobjects: { [name: string]: PdfReference | undefined }
  readonly ext_gstates: { [name: string]: PdfReference | undefined }
  readonly colorSpaces: { [name: string]: RawValue | undefined }
  readonly patterns: { [name: string]: PdfReference | undefined }
  readonly resources: PdfReference
  readonly annotations: (PdfReference | RawValue)[]
  write(chunk: Uint8Array | string): void
}

export interface PdfEmbeddedFont {
  readonly id: string
  /** PostScript name. */
  readonly name: string
  /** Thousandths of an em for one unit of the font. */
  readonly scale: number
  readonly subset: {
    includeGlyph(glyph: number): number
    mapping: { [glyph: number]: number | undefined }
    /** By glyph of the subset the font's own; encoding adds the parts of composite glyphs. */
    readonly glyphs: readonly number[]
    /** Only in fonts with PostScript outlines. */
    readonly cff?: object | null
    encode(): Uint8Array
  }
  /** fontkit's font. */
  readonly font: {
    getGlyph(glyph: number): {
      readonly path: { readonly commands: readonly { readonly command: string; readonly args: readonly number[] }[] }
    }
    readonly bbox: { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number }
    readonly italicAngle: number
    readonly ascent: number
    readonly descent: number
    readonly capHeight: number
    readonly xHeight: number
    readonly 'OS/2'?: { readonly sFamilyClass?: number } | null
    readonly post: { readonly isFixedPitch: number }
    readonly head: { readonly macStyle: { readonly italic: boolean } }
  }
  /** Set where the font needs no more of pdfkit. */
  embedded?: boolean
  ref(): PdfReference
}

export interface PdfImage {
  readonly label: string
  readonly width: number
  readonly height: number
  /** EXIF orientation, 1 to 8; JPEG only. */
  readonly orientation?: number
  readonly colorSpace?: string
  readonly obj: PdfReference | null
  /** Compressed samples; PNG only. */
  readonly imgData?: Uint8Array
  /** PNG only: called once its objects are written, which may be later than embed(). */
  finalize?: () => void
  embed(document: PdfDocument): void
}

export interface PdfDocumentOptions {
  readonly pdfVersion: '1.4' | '1.7'
  /** What the first line of the file says. */
  readonly headerVersion: '1.4' | '1.7' | '2.0'
  /** Makes pdfkit write the output intent, and for PDF/A-1 the sets of glyphs. */
  readonly subset?: 'PDF/A-1b' | 'PDF/A-3a'
  readonly lang: string
  readonly autoFirstPage: false
  readonly bufferPages: false
  readonly font: null
  readonly info: Readonly<Record<string, string | Date>>
}

/** The document as pdf/ drives it. Members with an underscore are pdfkit's own and may change with its version. */
export interface PdfDocument {
  readonly page: PdfPage
  readonly options: PdfDocumentOptions
  readonly info: Record<string, string | Date>
  _root: PdfReference
  _info: PdfReference
  _font: PdfEmbeddedFont
  _offset: number
  _offsets: (number | null)[]
  _id: Uint8Array
  ref(data?: { [key: string]: PdfValue | undefined }): PdfReference
  addPage(options: { readonly size: readonly [number, number]; readonly margin: number }): unknown
  font(source: Uint8Array): unknown
  openImage(source: Uint8Array): PdfImage
  end(): void
  _write(data: Uint8Array | string): void
  _refEnd(reference: PdfReference): void
  _finalize(): void
  _addPdfaMetadata(): void
  endMetadata(): void
  endMarkings(): void
  /** Asked for each object; the function takes the bytes of its stream and of strings beside it. */
  _security: { getEncryptFn(id: number): ((data: Uint8Array) => Uint8Array) | null; end(): void } | null
}
export type PdfDocumentClass = new (options: PdfDocumentOptions) => PdfDocument
