/**
 * A pdfkit document that writes object streams and a cross-reference stream (ISO 32000-1, sections 7.5.7 and 7.5.8).
 * In: pdfkit's PDFDocument class. Out: a subclass whose `bytes()` are the file. Dictionaries without a stream are
 * gathered, 200 to an object stream, which makes a tagged file three to four times smaller. The file's identifier
 * is a digest of its content.
 */
import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import type { PdfDocument, PdfDocumentClass, PdfDocumentOptions, PdfReference, PdfValue } from './pdfkit-internals.js'

const OBJECTS_PER_STREAM = 200

/** A document that can also take objects as finished text, for the many small ones of the structure tree. */
export interface PackedDocument extends PdfDocument {
  /** Reserves an object number. */
  allocate(): number
  /** Writes the object of that number: a dictionary or array without a stream, as PDF text in Latin-1. */
  put(id: number, text: string): void
  /** Resolves with the whole file once `end()` was called and every object is written. */
  bytes(): Promise<Uint8Array>
  /** XMP for `_addInfo`, without the PDF/A identification, which pdfkit adds. */
  xmp: string
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
  finished: Uint8Array | null
  onFinished: ((file: Uint8Array) => void) | null
}

/** Makes the class; pdfkit is handed in so that it is loaded only where a PDF is written. */
export function packedDocumentClass(Base: PdfDocumentClass): PackedDocumentClass {
  const outputs = new WeakMap<object, Output>()
  const outputOf = (document: object): Output => {
    let output = outputs.get(document)
    if (!output) {
      output = { chunks: [], packed: [], capture: null, finished: null, onFinished: null }
      outputs.set(document, output)
    }
    return output
  }
  return class extends Base implements PackedDocument {
    xmp = ''

    override ref(data?: { [key: string]: PdfValue | undefined }): PdfReference {
      const reference = super.ref(data)
      const finalize = reference.finalize.bind(reference)
      reference.finalize = () => {
        if (reference.buffer.length === 0) outputOf(this).capture = { id: reference.id, lines: [] }
        finalize()
      }
      return reference
    }

    allocate(): number {
      this._offsets.push(null)
      return this._offsets.length
    }

    put(id: number, text: string): void {
      outputOf(this).packed.push({ id, text })
    }

    override _write(data: Uint8Array | string): void {
      const output = outputOf(this)
      if (output.capture && typeof data === 'string') {
        capture(output, output.capture, data)
        return
      }
      const bytes = typeof data === 'string' ? Buffer.from(`${data}\n`, 'latin1') : data
      output.chunks.push(bytes)
      this._offset += bytes.length
    }

    override _addInfo(): void {
      this.appendXML(this.xmp)
    }

    /** pdf/ writes the structure tree itself (structure.ts). */
    override endMarkings(): void {}

    override _finalize(): void {
      const output = outputOf(this)
      const rows = this.writeObjectStreams(output.packed)
      const start = this._offset
      const digest = createHash('sha256')
      for (const chunk of output.chunks) digest.update(chunk)
      this._id = digest.digest().subarray(0, 16)
      this.writeCrossReferences(rows, start)
      output.finished = Buffer.concat(output.chunks)
      output.onFinished?.(output.finished)
    }

    bytes(): Promise<Uint8Array> {
      const output = outputOf(this)
      return new Promise((resolve) => {
        if (output.finished) resolve(output.finished)
        else output.onFinished = resolve
      })
    }

    /** Rows of the cross-reference stream by object number: type and two fields (table 18). */
    private writeObjectStreams(packed: readonly PackedObject[]): Map<number, readonly [number, number]> {
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
        const data = deflateSync(Buffer.from(`${head}${part.map((object) => `${object.text}\n`).join('')}`, 'latin1'))
        this._offsets[id - 1] = this._offset
        this.writeStream(id, `/Type /ObjStm /N ${part.length} /First ${head.length}`, data)
      }
      return places
    }

    private writeCrossReferences(places: ReadonlyMap<number, readonly [number, number]>, start: number): void {
      const id = this.allocate()
      this._offsets[id - 1] = start
      const table = Buffer.alloc((id + 1) * 7)
      table.writeUInt16BE(65535, 5)
      this._offsets.forEach((offset, i) => {
        const place = places.get(i + 1)
        const at = (i + 1) * 7
        table[at] = place ? 2 : 1
        table.writeUInt32BE(place ? place[0] : (offset ?? 0), at + 1)
        table.writeUInt16BE(place ? place[1] : 0, at + 5)
      })
      const identifier = `<${Buffer.from(this._id).toString('hex')}>`
      const entries = `/Type /XRef /Size ${id + 1} /W [1 4 2] /Root ${this._root} /Info ${this._info} /ID [${identifier} ${identifier}]`
      this.writeStream(id, entries, deflateSync(table))
      this._write('startxref')
      this._write(`${start}`)
      this._write('%%EOF')
    }

    private writeStream(id: number, entries: string, data: Uint8Array): void {
      this._write(`${id} 0 obj`)
      this._write(`<< ${entries} /Filter /FlateDecode /Length ${data.length} >>\nstream`)
      this._write(data)
      this._write('\nendstream')
      this._write('endobj')
    }
  }
}

/** pdfkit writes an object in three lines, of which the middle one is the dictionary; the last one ends the capture. */
function capture(output: Output, object: NonNullable<Output['capture']>, line: string): void {
  if (line !== 'endobj') {
    object.lines.push(line)
    return
  }
  output.packed.push({ id: object.id, text: object.lines[1] ?? 'null' })
  output.capture = null
}
