/**
 * Filters of streams (ISO 32000-1, section 7.4). In: a stream. Out: its data. Those that texts and cross-references are packed with: FlateDecode with
 * predictors, ASCIIHexDecode, ASCII85Decode; pictures stay as they are.
 */
import { inflateSync } from 'node:zlib'
import { paeth } from '../raster/png-samples.js'
import { type Dictionary, isDictionary, Name, type PdfObject, type Stream } from './objects.js'
import { PdfSyntaxError } from './parse-objects.js'

type Resolve = (object: PdfObject | undefined) => PdfObject

/** What a stream may unpack to at most. */
const mostBytes = 1 << 30

/** Undoes all filters; throws a PdfSyntaxError for one that is not known here and for data that is damaged. */
export function decodeStream({ dictionary, data }: Stream, resolve: Resolve): Uint8Array {
  const listed = (key: string): readonly PdfObject[] => {
    const value = resolve(dictionary.get(key))
    return value === null ? [] : Array.isArray(value) ? value.map(resolve) : [value]
  }
  const parameters = listed('DecodeParms')
  return listed('Filter').reduce((bytes: Uint8Array, filter, index) => {
    const settings = parameters[index]
    return undo(filter instanceof Name ? filter.text : '', bytes, isDictionary(settings) ? settings : new Map())
  }, data)
}

function undo(filter: string, data: Uint8Array, settings: Dictionary): Uint8Array {
  switch (filter) {
    case 'FlateDecode':
    case 'Fl':
      return unpredicted(inflated(data), settings)
    case 'ASCIIHexDecode':
    case 'AHx':
      return Buffer.from(textOf(data, '>'), 'hex')
    case 'ASCII85Decode':
    case 'A85':
      return fromBase85(textOf(data, '~'))
    default:
      throw new PdfSyntaxError(`the filter ${filter} of a page's content is not known`)
  }
}

function inflated(data: Uint8Array): Uint8Array {
  try {
    return inflateSync(data, { maxOutputLength: mostBytes })
  } catch (error) {
    throw new PdfSyntaxError(`a stream cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Without white space, up to the mark of its end. */
function textOf(data: Uint8Array, end: string): string {
  const text = Buffer.from(data).toString('latin1').replace(/\s+/g, '')
  const at = text.indexOf(end)
  return at < 0 ? text : text.slice(0, at)
}

function fromBase85(text: string): Uint8Array {
  const digits = text.replaceAll('z', '!!!!!')
  const out = Buffer.alloc(Math.ceil(digits.length / 5) * 4)
  let length = 0
  for (let at = 0; at < digits.length; at += 5) {
    const group = digits.slice(at, at + 5)
    const value = Array.from(group.padEnd(5, 'u')).reduce((sum, letter) => sum * 85 + letter.charCodeAt(0) - 33, 0)
    out.writeUInt32BE(value % 2 ** 32, length)
    length += group.length - 1
  }
  return out.subarray(0, length)
}

/** PNG's predictors (section 7.4.4.4); others do not occur in texts. */
function unpredicted(data: Uint8Array, settings: Dictionary): Uint8Array {
  const setting = (key: string, initial: number): number => {
    const value = settings.get(key)
    return typeof value === 'number' ? value : initial
  }
  const predictor = setting('Predictor', 1)
  if (predictor === 1) return data
  if (predictor < 10) throw new PdfSyntaxError('the predictor of a stream is not known')
  const bits = setting('Colors', 1) * setting('BitsPerComponent', 8)
  const back = Math.max(1, bits >> 3)
  const length = Math.ceil((bits * setting('Columns', 1)) / 8)
  const rows = Math.floor(data.length / (length + 1))
  const out = new Uint8Array(rows * length)
  for (let row = 0; row < rows; row++) undoRow(data.subarray(row * (length + 1), (row + 1) * (length + 1)), { out, at: row * length, back })
  return out
}

function undoRow(row: Uint8Array, { out, at, back }: { readonly out: Uint8Array; readonly at: number; readonly back: number }): void {
  const length = row.length - 1
  const above = (index: number): number => (at >= length ? (out[at - length + index] as number) : 0)
  for (let index = 0; index < length; index++) {
    const left = index >= back ? (out[at + index - back] as number) : 0
    const corner = index >= back ? above(index - back) : 0
    const guesses = [0, left, above(index), (left + above(index)) >> 1, paeth(left, above(index), corner)]
    out[at + index] = (row[index + 1] as number) + (guesses[row[0] as number] ?? 0)
  }
}
