/**
 * A pdfkit document that writes object streams and a cross-reference stream (ISO 32000-1, sections 7.5.7 and 7.5.8), or plain objects and a
 * table (section 7.5.4) where the standard knows no others. In: pdfkit's PDFDocument class. Out: a subclass whose `bytes()` are the file.
 * Dictionaries without a stream are gathered, 200 to an object stream, which makes a tagged file three to four times smaller.
 * The file's identifier is a digest of its content.
 */
import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { type CrossReferences, crossReferenceRows, crossReferenceTable } from './cross-references.js'
import type { Encryption } from './encryption.js'
import type { PdfDocument, PdfDocumentClass, PdfDocumentOptions, PdfReference, PdfValue } from './pdfkit-internals.js'
import { hexString, reference } from './syntax.js'

const OBJECTS_PER_STREAM = 200

/** A document that can also take objects as finished text, for the many small ones of the structure tree. */
export interface PackedDocument extends PdfDocument {
  /** Reserves an object number. */
  allocate(): number
  /** Writes the object of that number: a dictionary or array without a stream, as PDF text in Latin-1. */
  put(id: number, text: string): void
  /** Writes the stream of that number, compressed; `entries` stand in its dictionary and hold no strings. */
  putStream(id: number, entries: string, data: Uint8Array): void
  /** Encrypts every stream from now on. */
  protect(encryption: Encryption): void
  /** Resolves with the whole file once `end()` was called and every object is written. */
  bytes(): Promise<Uint8Array>
  /** The XMP packet for a file of this identifier. */
  metadataPacket: (identifier: Uint8Array) => string
  /** False where the file must have no information dictionary. */
  hasInfo: boolean
}
export type PackedDocumentClass = new (options: PdfDocumentOptions) => PackedDocument

interface PackedObject {
  readonly id: number
  readonly text: string
}

/** State kept beside the instance, because pdfkit's constructor calls the overridden methods before fields exist. */
interface Output {
  readonly chunks: Uint8Array[]
  readonly packed: PackedObject[]
  /** While an object without a stream is being written: its number and the lines that do not go into the file. */
  capture: { readonly id: number; readonly lines: string[] } | null
  encryption: { readonly id: number; readonly by: Encryption } | null
  metadata: number
  finished: Uint8Array | null
  onFinished: ((file: Uint8Array) => void) | null
}

const deflate = (data: Uint8Array): Uint8Array => deflateSync(data, { level: 9, memLevel: 9 })

/** Makes the class; pdfkit is handed in so that it is loaded only where a PDF is written. */
export function packedDocumentClass(Base: PdfDocumentClass): PackedDocumentClass {
  const outputs = new WeakMap<object, Output>()
  const outputOf = (document: object): Output => {
    let output = outputs.get(document)
    if (!output) {
      output = { chunks: [], packed: [], capture: null, encryption: null, metadata: 0, finished: null, onFinished: null }
      outputs.set(document, output)
    }
    return output
  }
  return class extends Base implements PackedDocument {
    metadataPacket: (identifier: Uint8Array) => string = () => ''
    hasInfo = true

    private get packs(): boolean {
      return this.options.headerVersion !== '1.4'
    }

    override ref(data?: { [key: string]: PdfValue | undefined }): PdfReference {
      const made = super.ref(data)
      const finalize = made.finalize.bind(made)
      made.finalize = () => {
        if (made.buffer.length === 0) outputOf(this).capture = { id: made.id, lines: [] }
        else if (made.compress) {
          made.buffer = [deflate(Buffer.concat(made.buffer))]
          made.compress = false
        }
        finalize()
      }
      return made
    }

    allocate(): number {
      this._offsets.push(null)
      return this._offsets.length
    }

    put(id: number, text: string): void {
      if (this.packs) outputOf(this).packed.push({ id, text })
      else this.putPlain(id, text)
    }

    putStream(id: number, entries: string, data: Uint8Array): void {
      this._offsets[id - 1] = this._offset
      this.writeStream(id, `${entries} /Filter /FlateDecode`, this.encrypted(id, deflate(data)))
    }

    protect(encryption: Encryption): void {
      const output = outputOf(this)
      output.encryption = { id: this.allocate(), by: encryption }
      this._security = {
        getEncryptFn: (id) => (output.capture ? null : (data) => encryption.encrypt(id, data)),
        end: () => {},
      }
    }

    override _write(data: Uint8Array | string): void {
      const output = outputOf(this)
      if (output.capture && typeof data === 'string') {
        const object = captured(output.capture, data)
        if (!object) return
        output.capture = null
        this.put(object.id, object.text)
        return
      }
      const first = output.chunks.length === 0 ? `%PDF-${this.options.headerVersion}` : data
      const bytes = typeof first === 'string' ? Buffer.from(`${first}\n`, 'latin1') : first
      output.chunks.push(bytes)
      this._offset += bytes.length
    }

    /** The packet is written at the end, when the identifier is known. */
    override endMetadata(): void {
      const id = this.allocate()
      outputOf(this).metadata = id
      this._root.data.Metadata = { [Symbol.toStringTag]: 'Raw', toString: () => reference(id) }
    }

    override _addPdfaMetadata(): void {}

    /** pdf/ writes the structure tree itself (structure.ts). */
    override endMarkings(): void {}

    override _finalize(): void {
      const output = outputOf(this)
      const digest = createHash('sha256')
      for (const chunk of output.chunks) digest.update(chunk)
      for (const { id, text } of output.packed) digest.update(`${id} ${text}`)
      this._id = digest.digest().subarray(0, 16)
      this.writeMetadata(output.metadata)
      if (output.encryption) this.putPlain(output.encryption.id, output.encryption.by.dictionary)
      if (this.packs) this.writeCrossReferenceStream(this.writeObjectStreams(output.packed))
      else this.writeCrossReferenceTable()
      output.finished = Buffer.concat(output.chunks)
      output.chunks.length = 0
      output.onFinished?.(output.finished)
    }

    bytes(): Promise<Uint8Array> {
      const output = outputOf(this)
      return new Promise((resolve) => {
        if (output.finished) resolve(output.finished)
        else output.onFinished = resolve
      })
    }

    private encrypted(id: number, data: Uint8Array): Uint8Array {
      return outputOf(this).encryption?.by.encrypt(id, data) ?? data
    }

    private putPlain(id: number, text: string): void {
      this._offsets[id - 1] = this._offset
      this._write(`${id} 0 obj`)
      this._write(text)
      this._write('endobj')
    }

    /** Readers that know no PDF look for the packet, so it is not compressed. */
    private writeMetadata(id: number): void {
      this._offsets[id - 1] = this._offset
      const packet = Buffer.from(this.metadataPacket(this._id), 'utf8')
      this.writeStream(id, '/Type /Metadata /Subtype /XML', this.encrypted(id, packet))
    }

    private writeObjectStreams(packed: readonly PackedObject[]): CrossReferences['packed'] {
      const places = new Map<number, readonly [number, number]>()
      for (let i = 0; i < packed.length; i += OBJECTS_PER_STREAM) {
        const part = packed.slice(i, i + OBJECTS_PER_STREAM)
        const id = this.allocate()
        let head = ''
        let length = 0
        part.forEach((object, index) => {
          head += `${object.id} ${length} `
          length += object.text.length + 1
          places.set(object.id, [id, index])
        })
        const data = Buffer.from(`${head}${part.map((object) => `${object.text}\n`).join('')}`, 'latin1')
        this.putStream(id, `/Type /ObjStm /N ${part.length} /First ${head.length}`, data)
      }
      return places
    }

    private trailer(size: number): string {
      const { encryption } = outputOf(this)
      const identifier = hexString(this._id)
      const info = this.hasInfo ? ` /Info ${this._info}` : ''
      const encrypt = encryption ? ` /Encrypt ${reference(encryption.id)}` : ''
      return `/Size ${size} /Root ${this._root}${info}${encrypt} /ID [${identifier} ${identifier}]`
    }

    private writeCrossReferenceStream(packed: CrossReferences['packed']): void {
      const id = this.allocate()
      const start = this._offset
      this._offsets[id - 1] = start
      const { widths, rows } = crossReferenceRows({ offsets: this._offsets, packed })
      this.writeStream(id, `/Type /XRef /W [${widths.join(' ')}] ${this.trailer(id + 1)} /Filter /FlateDecode`, deflate(rows))
      this.writeEnd(start)
    }

    private writeCrossReferenceTable(): void {
      const start = this._offset
      this._write(Buffer.from(crossReferenceTable(this._offsets), 'latin1'))
      this._write(`trailer\n<< ${this.trailer(this._offsets.length + 1)} >>`)
      this.writeEnd(start)
    }

    private writeEnd(start: number): void {
      this._write('startxref')
      this._write(`${start}`)
      this._write('%%EOF')
    }

    private writeStream(id: number, entries: string, data: Uint8Array): void {
      this._write(`${id} 0 obj`)
      this._write(`<< ${entries} /Length ${data.length} >>\nstream`)
      this._write(data)
      this._write('\nendstream')
      this._write('endobj')
    }
  }
}

/** pdfkit writes an object in three lines, of which the middle one is the dictionary; the last one ends the capture. */
function captured(capture: NonNullable<Output['capture']>, line: string): PackedObject | null {
  if (line === 'endobj') return { id: capture.id, text: capture.lines[1] ?? 'null' }
  capture.lines.push(line)
  return null
}
