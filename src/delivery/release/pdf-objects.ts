/**
 * The objects of a PDF (ISO 32000-1, sections 7.3 and 7.5). In: bytes. Out: objects by number with their bytes, those in object streams too; and which of two
 * files' objects differ. Reads what this project writes and what is like it; a file with a broken cross-reference is searched for its objects.
 */
import { inflateSync } from 'node:zlib'
import { compareText } from './digest.js'

export interface PdfObject {
  readonly number: number
  /** `Page`, `XObject/Image`, …; empty where it names no type. */
  readonly type: string
  /** From its first byte to its `endobj`; of a stream that can be decoded, dictionary and decoded bytes apart. */
  readonly bytes: Uint8Array
  readonly stream?: Uint8Array
}

/** Latin-1 keeps every byte one code unit. */
const latin = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

/** All objects in use, by number. */
export function pdfObjects(data: Uint8Array): ReadonlyMap<number, PdfObject> {
  const text = latin(data)
  const objects = new Map<number, PdfObject>()
  for (const { number, start, end } of placesOf(text)) {
    const object = readObject(number, data.subarray(start, end))
    objects.set(number, object)
    if (object.type === 'ObjStm' && object.stream)
      for (const inner of innerObjects(latin(object.bytes), object.stream)) objects.set(inner.number, inner)
  }
  return objects
}

interface Place {
  readonly number: number
  readonly start: number
  readonly end: number
}

/** Each `N G obj` … `endobj`. A stream is stepped over by its length, so that its bytes are never taken for an object. */
function placesOf(text: string): readonly Place[] {
  const places: Place[] = []
  const opening = /(?<![0-9])(\d{1,10}) (\d{1,5}) obj\b/g
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const end = objectEnd(text, opening.lastIndex)
    places.push({ number: Number(match[1]), start: match.index, end })
    opening.lastIndex = end
  }
  return places
}

function objectEnd(text: string, from: number): number {
  const end = text.indexOf('endobj', from)
  const stream = /stream\r?\n/g
  stream.lastIndex = from
  const match = stream.exec(text)
  if (end < 0) return text.length
  if (!match || match.index > end) return end + 'endobj'.length
  const length = Number(/\/Length (\d+)(?! \d+ R)/.exec(text.slice(from, match.index))?.[1] ?? Number.NaN)
  const after = stream.lastIndex + length
  const known = /^\s*endstream\s*endobj/.exec(text.slice(after, after + 40))
  const close = known ? after : text.indexOf('endstream', stream.lastIndex)
  const last = text.indexOf('endobj', close < 0 ? from : close)
  return last < 0 ? text.length : last + 'endobj'.length
}

function readObject(number: number, bytes: Uint8Array): PdfObject {
  const text = latin(bytes)
  const stream = /stream\r?\n/.exec(text)
  const head = stream ? bytes.subarray(0, stream.index) : bytes
  const type = typeOf(latin(head))
  if (!stream) return { number, type, bytes }
  const start = stream.index + stream[0].length
  const close = text.lastIndexOf('endstream')
  const raw = bytes.subarray(start, close < start ? bytes.length : close)
  return { number, type, bytes: head, stream: /\/FlateDecode/.test(latin(head)) ? (inflated(raw) ?? raw) : raw }
}

/** Null where the bytes are damaged or encrypted. */
function inflated(raw: Uint8Array): Uint8Array | null {
  try {
    return inflateSync(raw)
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}

function typeOf(head: string): string {
  const value = (key: string): string | undefined => new RegExp(`/${key}\\s*/([A-Za-z0-9]+)`).exec(head)?.[1]
  return [value('Type'), value('Subtype') ?? value('S')].filter((name) => name !== undefined).join('/')
}

/** Section 7.5.7: pairs of number and offset, then the objects. */
function innerObjects(head: string, stream: Uint8Array): readonly PdfObject[] {
  const first = Number(/\/First (\d+)/.exec(head)?.[1] ?? Number.NaN)
  if (!Number.isInteger(first) || first > stream.length) return []
  const numbers = (latin(stream.subarray(0, first)).match(/\d+/g) ?? []).map(Number)
  const starts = numbers.flatMap((offset, index) => (index % 2 === 1 ? [{ number: numbers[index - 1] ?? 0, start: first + offset }] : []))
  return starts.map(({ number, start }, index) => {
    const bytes = stream.subarray(start, starts[index + 1]?.start ?? stream.length)
    return { number, type: typeOf(latin(bytes)), bytes }
  })
}

export interface ObjectDifference {
  readonly number: number
  readonly type: string
  readonly how: 'differs' | 'missing' | 'added'
  /** Where a stream differs: from 0, after decoding. */
  readonly at?: number
}

/** How `found` differs from `wanted`, by number. Empty where only what stands between objects differs. */
export function differingObjects(wanted: Uint8Array, found: Uint8Array): readonly ObjectDifference[] {
  const [before, after] = [pdfObjects(wanted), pdfObjects(found)]
  const numbers = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) => a - b)
  const differences = numbers.flatMap((number): ObjectDifference[] => {
    const [a, b] = [before.get(number), after.get(number)]
    if (!a || !b) return [{ number, type: (a ?? b)?.type ?? '', how: a ? 'missing' : 'added' }]
    const inStream = a.stream && b.stream ? firstDifference(a.stream, b.stream) : -1
    if (firstDifference(a.bytes, b.bytes) < 0 && inStream < 0) return []
    return [{ number, type: a.type, how: 'differs', ...(inStream < 0 ? {} : { at: inStream }) }]
  })
  return withoutContainers(differences)
}

/** An object stream differs because of what is in it, which is named by itself; what follows from other bytes elsewhere goes last. */
function withoutContainers(differences: readonly ObjectDifference[]): readonly ObjectDifference[] {
  const isContainer = ({ type }: ObjectDifference): boolean => type === 'ObjStm' || type === 'XRef'
  const own = differences.filter((difference) => !isContainer(difference))
  return own.length > 0 ? own : [...differences].sort((a, b) => compareText(a.type, b.type))
}

/** The first byte that differs; -1 where all are the same. */
export function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) if (a[index] !== b[index]) return index
  return a.length === b.length ? -1 : length
}

/** `object 12 (Page)`, `object 7 (XObject/Image), byte 120 of its stream`. */
export function describeDifference({ number, type, how, at }: ObjectDifference): string {
  const name = `object ${number}${type === '' ? '' : ` (${type})`}`
  if (how !== 'differs') return `${name} is ${how}`
  return `${name} differs${at === undefined ? '' : ` at byte ${at} of its stream`}`
}
