/** Reads big-endian values one after another. In: bytes and a start. Out: values; a RangeError past the end. */
import { viewOf } from './sfnt.js'

export class ByteReader {
  offset: number
  readonly #data: Uint8Array
  readonly #view: DataView

  constructor(data: Uint8Array, offset: number) {
    this.#data = data
    this.#view = viewOf(data)
    this.offset = offset
  }

  uint8(): number {
    return this.#view.getUint8(this.offset++)
  }

  uint16(): number {
    this.offset += 2
    return this.#view.getUint16(this.offset - 2)
  }

  int16(): number {
    this.offset += 2
    return this.#view.getInt16(this.offset - 2)
  }

  uint32(): number {
    this.offset += 4
    return this.#view.getUint32(this.offset - 4)
  }

  tag(): string {
    return String.fromCharCode(this.uint8(), this.uint8(), this.uint8(), this.uint8())
  }

  bytes(length: number): Uint8Array {
    if (this.offset + length > this.#data.length) throw new RangeError('the file is cut short')
    this.offset += length
    return this.#data.subarray(this.offset - length, this.offset)
  }

  /** UIntBase128 (WOFF 2, section 4.1). */
  base128(): number {
    let value = 0
    for (let count = 0; count < 5; count++) {
      const byte = this.uint8()
      value = value * 128 + (byte & 0x7f)
      if ((byte & 0x80) === 0) return value
    }
    throw new RangeError('a length in it is no number')
  }

  /** 255UInt16 (WOFF 2, section 4.2). */
  packed16(): number {
    const code = this.uint8()
    if (code === 253) return this.uint16()
    if (code === 255) return this.uint8() + 253
    if (code === 254) return this.uint8() + 506
    return code
  }
}
