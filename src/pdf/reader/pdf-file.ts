/**
 * A PDF file and its objects by number (ISO 32000-1, sections 7.5 and 7.7.3). In: the bytes of a file of any origin. Out: its trailer, its objects, its
 * pages with what they inherit; or why it cannot be read. Where the cross-references are damaged, the objects are looked for.
 */
import { decodeStream } from './filters.js'
import { type Dictionary, isDictionary, Name, type PdfObject, Reference, Stream } from './objects.js'
import { ObjectParser, PdfSyntaxError } from './parse-objects.js'

/** Byte offset of a plain object, or the object stream that holds it and its index there. */
type Place = number | readonly [stream: number, index: number]

export interface PdfFile {
  readonly trailer: Dictionary
  /** The object that a reference names, else the object itself; null where there is none. */
  resolve(object: PdfObject | undefined): PdfObject
  /** Undoes all filters. */
  decode(stream: Stream): Uint8Array
  /** Each page's own dictionary with Resources, MediaBox, CropBox and Rotate of the nodes around it. */
  pages(): readonly Dictionary[]
}

export type OpenResult = { readonly file: PdfFile } | { readonly problem: 'encrypted' | 'not-a-pdf'; readonly message: string }

/** Opens a file; never throws for what a file holds. */
export function openPdf(bytes: Uint8Array): OpenResult {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1')
  if (!head.includes('%PDF-')) return { problem: 'not-a-pdf', message: 'it does not start as a PDF does' }
  try {
    const file = openAt(bytes, () => crossReferences(bytes)) ?? openAt(bytes, () => rebuilt(bytes))
    if (!file) return { problem: 'not-a-pdf', message: 'its pages cannot be found' }
    if (file.trailer.has('Encrypt')) return { problem: 'encrypted', message: 'it is protected by a password' }
    return { file }
  } catch (error) {
    if (error instanceof PdfSyntaxError) return { problem: 'not-a-pdf', message: error.message }
    throw error
  }
}

interface Table {
  readonly trailer: Dictionary
  readonly places: ReadonlyMap<number, Place>
}

/** Null where what was found does not lead to a page. */
function openAt(bytes: Uint8Array, find: () => Table): PdfFile | null {
  try {
    const file = new ReadFile(bytes, find())
    return file.trailer.has('Encrypt') || file.pages().length > 0 ? file : null
  } catch (error) {
    if (error instanceof PdfSyntaxError) return null
    throw error
  }
}

function crossReferences(bytes: Uint8Array): Table {
  const tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - 2048))).toString('latin1')
  const start = /^startxref\s+(\d+)/.exec(tail.slice(tail.lastIndexOf('startxref')))?.[1]
  if (start === undefined) throw new PdfSyntaxError('it says nowhere where its objects are')
  const places = new Map<number, Place>()
  const freed = new Set<number>()
  let trailer: Dictionary | null = null
  const waiting = [Number(start)]
  const seen = new Set<number>()
  for (let offset = waiting.shift(); offset !== undefined; offset = waiting.shift()) {
    if (seen.has(offset)) continue
    seen.add(offset)
    const section = readSection(bytes, offset)
    trailer ??= section.trailer
    for (const [id, place] of section.rows)
      if (!places.has(id) && !freed.has(id)) {
        if (place === null) freed.add(id)
        else places.set(id, place)
      }
    for (const key of ['XRefStm', 'Prev']) {
      const next = section.trailer.get(key)
      if (typeof next === 'number') waiting.push(next)
    }
  }
  if (!trailer) throw new PdfSyntaxError('it has no trailer')
  return { trailer, places }
}

/** Null for numbers that are free; those of tables leave room for a hybrid file's stream. */
interface Section {
  readonly trailer: Dictionary
  readonly rows: readonly (readonly [id: number, place: Place | null])[]
}

function readSection(bytes: Uint8Array, offset: number): Section {
  const parser = new ObjectParser(bytes, offset)
  if (parser.takeWord('xref')) return readTable(parser)
  const { object } = parser.indirect()
  if (!(object instanceof Stream)) throw new PdfSyntaxError('there are no cross-references where they should be')
  return readCrossReferenceStream(object)
}

function readTable(parser: ObjectParser): Section {
  const rows: [number, Place | null][] = []
  while (!parser.takeWord('trailer')) {
    const [first, count] = [parser.object(), parser.object()]
    if (typeof first !== 'number' || typeof count !== 'number') throw new PdfSyntaxError('the cross-reference table is damaged')
    for (let index = 0; index < count; index++) {
      const offset = parser.object()
      parser.object()
      const inUse = parser.takeWord('n')
      if (!inUse && !parser.takeWord('f')) throw new PdfSyntaxError('the cross-reference table is damaged')
      if (inUse && typeof offset === 'number') rows.push([first + index, offset])
    }
  }
  const trailer = parser.object()
  if (!isDictionary(trailer)) throw new PdfSyntaxError('the trailer is damaged')
  return { trailer, rows }
}

function readCrossReferenceStream(stream: Stream): Section {
  const { dictionary } = stream
  const numbers = (key: string): number[] => {
    const value = dictionary.get(key)
    return Array.isArray(value) ? value.map(Number) : []
  }
  const size = Number(dictionary.get('Size'))
  const [typeWidth = 1, secondWidth = 0, thirdWidth = 0] = numbers('W')
  const index = dictionary.has('Index') ? numbers('Index') : [0, size]
  const data = Buffer.from(decodeStream(stream, (object) => object ?? null))
  const rows: [number, Place | null][] = []
  let at = 0
  const field = (width: number, initial: number): number => {
    let value = width === 0 ? initial : 0
    for (let byte = 0; byte < width; byte++) value = value * 256 + (data[at++] ?? 0)
    return value
  }
  for (let part = 0; part + 1 < index.length; part += 2)
    for (let id = index[part] as number, end = id + (index[part + 1] as number); id < end && at < data.length; id++) {
      const type = field(typeWidth, 1)
      const second = field(secondWidth, 0)
      const third = field(thirdWidth, 0)
      rows.push([id, type === 1 ? second : type === 2 ? [second, third] : null])
    }
  return { trailer: dictionary, rows }
}

/** Every `N G obj` of the file, the last of a number counting, and what its object streams hold. */
function rebuilt(bytes: Uint8Array): Table {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const places = new Map<number, Place>()
  const packed: [number, Stream][] = []
  let trailer: Dictionary = new Map()
  for (const match of text.matchAll(/(?:^|[\r\n \t])(\d{1,10})\s+\d{1,5}\s+obj\b/g)) {
    const id = Number(match[1])
    const offset = match.index + (match[0].length - match[0].trimStart().length)
    places.set(id, offset)
    const stream = readableObject(bytes, offset)
    const dictionary = stream instanceof Stream ? stream.dictionary : stream
    if (!isDictionary(dictionary)) continue
    const type = dictionary.get('Type')
    if (type instanceof Name && type.text === 'Catalog') trailer = new Map([...trailer, ['Root', new Reference(id, 0)]])
    if (type instanceof Name && type.text === 'XRef') trailer = new Map([...dictionary, ...trailer])
    if (type instanceof Name && type.text === 'ObjStm' && stream instanceof Stream) packed.push([id, stream])
  }
  for (const match of text.matchAll(/\btrailer\b/g)) {
    const found = new ObjectParser(bytes, match.index + 7).object()
    if (isDictionary(found)) trailer = new Map([...trailer, ...found])
  }
  for (const [id, stream] of packed) {
    const head = new ObjectParser(
      decodeStream(stream, (object) => object ?? null),
      0,
    )
    for (let index = 0; index < Number(stream.dictionary.get('N')); index++) {
      const number = head.object()
      head.object()
      if (typeof number !== 'number' || places.has(number)) continue
      places.set(number, [id, index])
    }
  }
  return { trailer, places }
}

function readableObject(bytes: Uint8Array, offset: number): PdfObject {
  try {
    return new ObjectParser(bytes, offset).indirect().object
  } catch (error) {
    if (error instanceof PdfSyntaxError) return null
    throw error
  }
}

/** Trees of pages are balanced; this one is none. */
const deepestTree = 500
const inherited = ['Resources', 'MediaBox', 'CropBox', 'Rotate']

class ReadFile implements PdfFile {
  readonly trailer: Dictionary
  readonly #bytes: Uint8Array
  readonly #places: ReadonlyMap<number, Place>
  readonly #objects = new Map<number, PdfObject>()
  readonly #packed = new Map<number, readonly PdfObject[]>()
  /** Numbers whose object is being read, so that an object that is its own length ends. */
  readonly #open = new Set<number>()

  constructor(bytes: Uint8Array, { trailer, places }: Table) {
    this.#bytes = bytes
    this.trailer = trailer
    this.#places = places
  }

  resolve(object: PdfObject | undefined): PdfObject {
    let found = object ?? null
    for (let steps = 0; found instanceof Reference; steps++) {
      if (steps > 100) return null
      found = this.#object(found.id)
    }
    return found
  }

  decode(stream: Stream): Uint8Array {
    return decodeStream(stream, (object) => this.resolve(object))
  }

  pages(): readonly Dictionary[] {
    const root = this.resolve(this.trailer.get('Root'))
    const pages: Dictionary[] = []
    const seen = new Set<Dictionary>()
    const visit = (object: PdfObject, around: Dictionary, depth: number): void => {
      const node = this.resolve(object)
      if (!isDictionary(node) || seen.has(node) || depth > deepestTree) return
      seen.add(node)
      const own = new Map([...around, ...node])
      const kids = this.resolve(node.get('Kids'))
      if (!Array.isArray(kids)) pages.push(own)
      else for (const kid of kids) visit(kid, new Map(Array.from(own).filter(([key]) => inherited.includes(key))), depth + 1)
    }
    if (isDictionary(root)) visit(root.get('Pages') ?? null, new Map(), 0)
    return pages
  }

  #object(id: number): PdfObject {
    const known = this.#objects.get(id)
    if (known !== undefined) return known
    const place = this.#places.get(id)
    if (place === undefined || this.#open.has(id)) return null
    this.#open.add(id)
    const object = typeof place === 'number' ? this.#plain(id, place) : (this.#unpacked(place[0])[place[1]] ?? null)
    this.#open.delete(id)
    this.#objects.set(id, object)
    return object
  }

  #plain(id: number, offset: number): PdfObject {
    const found = new ObjectParser(this.#bytes, offset, (length) => {
      const value = this.resolve(length)
      return typeof value === 'number' ? value : null
    }).indirect()
    if (found.id !== id) throw new PdfSyntaxError(`object ${id} is not where the file says`)
    return found.object
  }

  /** All objects of an object stream (section 7.5.7). */
  #unpacked(id: number): readonly PdfObject[] {
    const known = this.#packed.get(id)
    if (known) return known
    const stream = this.#object(id)
    if (!(stream instanceof Stream)) return []
    const data = this.decode(stream)
    const first = Number(this.resolve(stream.dictionary.get('First')))
    const count = Number(this.resolve(stream.dictionary.get('N')))
    const head = new ObjectParser(data, 0)
    const offsets = Array.from({ length: Math.min(count, data.length) }, () => {
      head.object()
      return Number(head.object())
    })
    const objects = offsets.map((offset) => new ObjectParser(data, first + offset).object())
    this.#packed.set(id, objects)
    return objects
  }
}
