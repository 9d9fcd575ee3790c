/**
 * Bytes → objects (ISO 32000-1, sections 7.2 and 7.3). In: a file or the data of an object stream, and where to start. Out: one object after
 * another. What is not PDF throws a PdfSyntaxError.
 */
import { type Dictionary, Name, type PdfObject, Reference, Stream, StringObject } from './objects.js'

export class PdfSyntaxError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'PdfSyntaxError'
  }
}

const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x0c || byte === 0

/** What ends a name or a word: white space, `()<>[]{}/%`, and the end of the file. */
const endsToken = (byte: number | undefined): boolean =>
  byte === undefined || isSpace(byte) || '()<>[]{}/%'.includes(String.fromCharCode(byte))

/** Deeper nesting is no document's. */
const deepest = 200

export class ObjectParser {
  readonly bytes: Uint8Array
  position: number
  /** How long a stream is whose length is an object of its own; null where that cannot be had. */
  readonly #lengthOf: (length: PdfObject | undefined) => number | null
  #depth = 0

  constructor(
    bytes: Uint8Array,
    position: number,
    lengthOf: (length: PdfObject | undefined) => number | null = (length) => (typeof length === 'number' ? length : null),
  ) {
    this.bytes = bytes
    this.position = position
    this.#lengthOf = lengthOf
  }

  skipSpace(): void {
    for (;;) {
      const byte = this.bytes[this.position]
      if (byte === 0x25) while (this.position < this.bytes.length && !this.#atLineEnd()) this.position++
      else if (isSpace(byte)) this.position++
      else return
    }
  }

  #atLineEnd(): boolean {
    const byte = this.bytes[this.position]
    return byte === 0x0a || byte === 0x0d
  }

  /** Whether the word stands next; goes past it where it does. */
  takeWord(word: string): boolean {
    this.skipSpace()
    for (let index = 0; index < word.length; index++) if (this.bytes[this.position + index] !== word.charCodeAt(index)) return false
    if (!endsToken(this.bytes[this.position + word.length])) return false
    this.position += word.length
    return true
  }

  /** `7 0 obj … endobj`: the number and the object. */
  indirect(): { readonly id: number; readonly object: PdfObject } {
    const id = this.#number()
    this.#number()
    if (!this.takeWord('obj')) throw new PdfSyntaxError(`no object stands at byte ${this.position}`)
    const object = this.object()
    if (!(object instanceof Map) || !this.takeWord('stream')) return { id, object }
    return { id, object: this.#stream(object) }
  }

  object(): PdfObject {
    this.skipSpace()
    const byte = this.bytes[this.position]
    if (byte === undefined) throw new PdfSyntaxError('the file ends within an object')
    if (byte === 0x2f) return this.#name()
    if (byte === 0x28) return this.#literalString()
    if (byte === 0x5b) return this.#nested(() => this.#array())
    if (byte === 0x3c) return this.bytes[this.position + 1] === 0x3c ? this.#nested(() => this.#dictionary()) : this.#hexString()
    if (this.takeWord('true')) return true
    if (this.takeWord('false')) return false
    if (this.takeWord('null')) return null
    return this.#numberOrReference()
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > deepest) throw new PdfSyntaxError('objects are nested too deep')
    const made = read()
    this.#depth--
    return made
  }

  #token(): string {
    const start = this.position
    while (!endsToken(this.bytes[this.position])) this.position++
    return latin1(this.bytes, start, this.position)
  }

  #number(): number {
    this.skipSpace()
    const text = this.#token()
    const value = /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN
    if (Number.isNaN(value)) throw new PdfSyntaxError(`"${text.slice(0, 20)}" at byte ${this.position} is no number`)
    return value
  }

  /** `12 0 R` starts as two numbers do. */
  #numberOrReference(): number | Reference {
    const value = this.#number()
    const after = this.position
    if (!Number.isInteger(value) || value < 0) return value
    this.skipSpace()
    const generation = this.#token()
    if (/^\d+$/.test(generation) && this.takeWord('R')) return new Reference(value, Number(generation))
    this.position = after
    return value
  }

  #name(): Name {
    this.position++
    return new Name(this.#token())
  }

  #literalString(): StringObject {
    const start = this.position++
    for (let open = 1; open > 0; this.position++) {
      const byte = this.bytes[this.position]
      if (byte === undefined) throw new PdfSyntaxError('a string has no end')
      if (byte === 0x5c) this.position++
      else if (byte === 0x28) open++
      else if (byte === 0x29) open--
    }
    return new StringObject(latin1(this.bytes, start, this.position))
  }

  #hexString(): StringObject {
    const end = this.bytes.indexOf(0x3e, this.position)
    if (end < 0) throw new PdfSyntaxError('a string has no end')
    const source = latin1(this.bytes, this.position, end + 1)
    this.position = end + 1
    return new StringObject(source)
  }

  #array(): readonly PdfObject[] {
    this.position++
    const items: PdfObject[] = []
    for (;;) {
      this.skipSpace()
      if (this.bytes[this.position] === 0x5d) break
      items.push(this.object())
    }
    this.position++
    return items
  }

  #dictionary(): Dictionary {
    this.position += 2
    const entries = new Map<string, PdfObject>()
    for (;;) {
      this.skipSpace()
      if (this.bytes[this.position] === 0x3e) break
      const key = this.object()
      if (!(key instanceof Name)) throw new PdfSyntaxError(`a key at byte ${this.position} is no name`)
      entries.set(key.text, this.object())
    }
    this.position += 2
    return entries
  }

  /** Where the length is wrong, the data ends where `endstream` stands. */
  #stream(dictionary: Dictionary): Stream {
    if (this.bytes[this.position] === 0x0d) this.position++
    if (this.bytes[this.position] === 0x0a) this.position++
    const start = this.position
    const told = this.#lengthOf(dictionary.get('Length'))
    if (told !== null && told >= 0) {
      this.position = start + told
      if (this.takeWord('endstream')) return new Stream(dictionary, this.bytes.subarray(start, start + told))
    }
    const found = Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length).indexOf('endstream', start, 'latin1')
    if (found < 0) throw new PdfSyntaxError('a stream has no end')
    this.position = found + 'endstream'.length
    const end = this.bytes[found - 1] === 0x0a ? found - (this.bytes[found - 2] === 0x0d ? 2 : 1) : found
    return new Stream(dictionary, this.bytes.subarray(start, end))
  }
}

const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
