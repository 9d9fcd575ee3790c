/**
 * A PDF → a PDF of its sheets (ISO 32000-1, sections 7.7.3, 8.10 and 14.11.2). In: the bytes of any PDF and how to impose it. Out: a file whose pages are
 * sides of sheets. Each page becomes a form XObject with its content, fonts and colours untouched; it is for paper, so tags, links and notes stay behind.
 */
import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { crossReferenceTable } from '../../pdf/cross-references.js'
import { type Dictionary, isDictionary, Name, objectText, type PdfObject, Reference, Stream } from '../../pdf/reader/objects.js'
import { PdfSyntaxError } from '../../pdf/reader/parse-objects.js'
import { openPdf, type PdfFile } from '../../pdf/reader/pdf-file.js'
import { hexString, preciseNumber, reference } from '../../pdf/syntax.js'
import { type Imposition, imposeSides, type Placement, type Rectangle, type SheetSide } from './imposition.js'
import { type PageRange, pagesInRanges } from './page-ranges.js'

export type ImposeResult =
  | { readonly pdf: Uint8Array; readonly pages: number; readonly sides: readonly SheetSide[] }
  | { readonly problem: 'encrypted' | 'not-a-pdf' | 'no-pages'; readonly message: string }

/** Imposes the pages of the ranges, or all. Never throws for what a file holds. */
export function imposePdf(bytes: Uint8Array, imposition: Imposition, ranges?: readonly PageRange[]): ImposeResult {
  const opened = openPdf(bytes)
  if ('problem' in opened) return opened
  try {
    const all = opened.file.pages()
    const chosen = ranges ? pagesInRanges(ranges, all.length).map((index) => all[index] as Dictionary) : all
    if (chosen.length === 0) return { problem: 'no-pages', message: `it has ${all.length} pages, and none of them is asked for` }
    const pages = chosen.map((page) => pageShape(opened.file, page))
    const sides = imposeSides(pages.map(shownSize), imposition)
    return { pdf: new SheetWriter(opened.file, pages).write(sides), pages: pages.length, sides }
  } catch (error) {
    if (error instanceof PdfSyntaxError) return { problem: 'not-a-pdf', message: error.message }
    throw error
  }
}

interface PageShape {
  readonly dictionary: Dictionary
  /** What is kept of the paper once it is trimmed. */
  readonly trim: Rectangle
  /** Clockwise, when shown. */
  readonly rotation: 0 | 90 | 180 | 270
}

/** Points of a sheet of US letter, for files that say no size. */
const letter: Rectangle = { x: 0, y: 0, width: 612, height: 792 }

function pageShape(file: PdfFile, dictionary: Dictionary): PageShape {
  const box = (key: string): Rectangle | null => {
    const value = file.resolve(dictionary.get(key))
    const corners = Array.isArray(value) ? value.map((corner) => file.resolve(corner)) : []
    const [x1, y1, x2, y2] = corners
    if (typeof x1 !== 'number' || typeof y1 !== 'number' || typeof x2 !== 'number' || typeof y2 !== 'number') return null
    const made = { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) }
    return made.width > 0 && made.height > 0 ? made : null
  }
  const turn = file.resolve(dictionary.get('Rotate'))
  const rotation = typeof turn === 'number' ? ((turn % 360) + 360) % 360 : 0
  return {
    dictionary,
    trim: box('TrimBox') ?? box('CropBox') ?? box('MediaBox') ?? letter,
    rotation: rotation === 90 || rotation === 180 || rotation === 270 ? rotation : 0,
  }
}

const shownSize = ({ trim: { width, height }, rotation }: PageShape) =>
  rotation % 180 === 0 ? { width, height } : { width: height, height: width }

/** From the page's coordinates to the sheet's. */
function placementMatrix({ trim, rotation }: PageShape, box: Rectangle): readonly number[] {
  const scale = box.width / (rotation % 180 === 0 ? trim.width : trim.height)
  const turns: Readonly<Record<PageShape['rotation'], readonly [number, number, number, number, number, number]>> = {
    0: [1, 0, 0, 1, -trim.x, -trim.y],
    90: [0, -1, 1, 0, -trim.y, trim.x + trim.width],
    180: [-1, 0, 0, -1, trim.x + trim.width, trim.y + trim.height],
    270: [0, 1, -1, 0, trim.y + trim.height, -trim.x],
  }
  const [a, b, c, d, e, f] = turns[rotation]
  return [a * scale, b * scale, c * scale, d * scale, e * scale + box.x, f * scale + box.y]
}

const rectangleText = (values: readonly number[]): string => `[${values.map(preciseNumber).join(' ')}]`

/** Writes objects in the order in which they are first named, so that the same input gives the same bytes. */
class SheetWriter {
  readonly #file: PdfFile
  readonly #pages: readonly PageShape[]
  readonly #chunks: Uint8Array[] = []
  readonly #offsets: (number | null)[] = []
  #length = 0
  /** New numbers by the file's own. */
  readonly #numbers = new Map<number, number>()
  readonly #waiting: Reference[] = []

  constructor(file: PdfFile, pages: readonly PageShape[]) {
    this.#file = file
    this.#pages = pages
  }

  write(sides: readonly SheetSide[]): Uint8Array {
    this.#append('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')
    const [catalogue, tree] = [this.#allocate(), this.#allocate()]
    const forms = this.#pages.map(() => this.#allocate())
    const kids = sides.map((side) => this.#side(side, { tree, forms }))
    this.#pages.forEach((page, index) => {
      this.#form(forms[index] as number, page)
    })
    this.#put(catalogue, `<</Type/Catalog/Pages ${reference(tree)}${this.#catalogueEntries()}>>`)
    this.#put(tree, `<</Type/Pages/Count ${kids.length}/Kids[${kids.map(reference).join(' ')}]>>`)
    const info = this.#information()
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) this.#copy(next)
    return this.#finish(catalogue, info)
  }

  #side(side: SheetSide, { tree, forms }: { readonly tree: number; readonly forms: readonly number[] }): number {
    const operators = side.placements.map((placement) => this.#placementOperators(placement))
    const used = side.placements.map(({ page }) => `/P${page} ${reference(forms[page] as number)}`)
    const content = this.#allocate()
    this.#putStream(content, '', deflateSync(Buffer.from(operators.join('\n'), 'latin1')))
    const page = this.#allocate()
    const size = rectangleText([0, 0, side.width, side.height])
    this.#put(
      page,
      `<</Type/Page/Parent ${reference(tree)}/MediaBox${size}/Resources<</XObject<<${used.join('')}>>>>/Contents ${reference(content)}>>`,
    )
    return page
  }

  /** Clipped to its part of the sheet, so that no page reaches over the spine. */
  #placementOperators({ page, cell, box }: Placement): string {
    const matrix = placementMatrix(this.#pages[page] as PageShape, box)
      .map(preciseNumber)
      .join(' ')
    const clip = [cell.x, cell.y, cell.width, cell.height].map(preciseNumber).join(' ')
    return `q ${clip} re W n ${matrix} cm /P${page} Do Q`
  }

  #form(id: number, { dictionary, trim }: PageShape): void {
    const { data, entries } = this.#content(dictionary)
    const group = this.#file.resolve(dictionary.get('Group'))
    const box = rectangleText([trim.x, trim.y, trim.x + trim.width, trim.y + trim.height])
    const resources = this.#text(dictionary.get('Resources') ?? new Map())
    // A page's group is isolated whatever it says (section 11.4.7).
    const isolated = isDictionary(group) ? `/Group ${this.#text(new Map([...group, ['I', true]]))}` : ''
    this.#putStream(id, `/Type/XObject/Subtype/Form/BBox${box}/Resources ${resources}${isolated}`, data, entries)
  }

  /** One stream goes over as it is; several are one text, cut anywhere between two words. */
  #content(page: Dictionary): { readonly data: Uint8Array; readonly entries?: string } {
    const contents = this.#file.resolve(page.get('Contents'))
    const streams = (Array.isArray(contents) ? contents : [contents])
      .map((part) => this.#file.resolve(part))
      .filter((part) => part instanceof Stream)
    const [only] = streams
    if (only && streams.length === 1) {
      const kept = ['Filter', 'DecodeParms'].flatMap((key) => {
        const value = only.dictionary.get(key)
        return value === undefined ? [] : [`/${key} ${this.#text(value)}`]
      })
      return { data: only.data, entries: kept.join('') }
    }
    const parts = streams.flatMap((stream) => [this.#file.decode(stream), Buffer.from('\n')])
    return { data: deflateSync(Buffer.concat(parts)) }
  }

  /** What colours and layers mean in all of the file. */
  #catalogueEntries(): string {
    const root = this.#file.resolve(this.#file.trailer.get('Root'))
    const entries = ['OutputIntents', 'OCProperties'].flatMap((key) => {
      const value = isDictionary(root) ? root.get(key) : undefined
      return value === undefined ? [] : [`/${key} ${this.#text(value)}`]
    })
    return `/ViewerPreferences<</PrintScaling/None>>${entries.join('')}`
  }

  /** The title alone is still true of the sheets. */
  #information(): number | null {
    const info = this.#file.resolve(this.#file.trailer.get('Info'))
    const title = isDictionary(info) ? info.get('Title') : undefined
    if (title === undefined) return null
    const id = this.#allocate()
    this.#put(id, `<</Title ${this.#text(title)}>>`)
    return id
  }

  #copy({ id }: Reference): void {
    const target = this.#numbers.get(id) as number
    const object = this.#file.resolve(new Reference(id, 0))
    if (object instanceof Stream) {
      const kept = new Map(Array.from(object.dictionary).filter(([key]) => !leftBehind.has(key)))
      this.#putStream(target, this.#text(kept).slice(2, -2), object.data, '')
    } else if (isPage(object)) this.#put(target, 'null')
    else this.#put(target, this.#text(object))
  }

  #text(object: PdfObject): string {
    return objectText(object, (target) => {
      let number = this.#numbers.get(target.id)
      if (number === undefined) {
        number = this.#allocate()
        this.#numbers.set(target.id, number)
        this.#waiting.push(target)
      }
      return reference(number)
    })
  }

  #allocate(): number {
    this.#offsets.push(null)
    return this.#offsets.length
  }

  #put(id: number, text: string): void {
    this.#offsets[id - 1] = this.#length
    this.#append(`${id} 0 obj\n${text}\nendobj\n`)
  }

  #putStream(id: number, entries: string, data: Uint8Array, filter = '/Filter/FlateDecode'): void {
    this.#offsets[id - 1] = this.#length
    this.#append(`${id} 0 obj\n<<${entries}${filter}/Length ${data.length}>>\nstream\n`)
    this.#append(data)
    this.#append('\nendstream\nendobj\n')
  }

  #append(data: Uint8Array | string): void {
    const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data
    this.#chunks.push(bytes)
    this.#length += bytes.length
  }

  #finish(catalogue: number, info: number | null): Uint8Array {
    const digest = createHash('sha256')
    for (const chunk of this.#chunks) digest.update(chunk)
    const identifier = hexString(digest.digest().subarray(0, 16))
    const start = this.#length
    this.#append(crossReferenceTable(this.#offsets))
    const described = info === null ? '' : `/Info ${reference(info)}`
    this.#append(
      `trailer\n<</Size ${this.#offsets.length + 1}/Root ${reference(catalogue)}${described}/ID[${identifier}${identifier}]>>\nstartxref\n${start}\n%%EOF\n`,
    )
    return Buffer.concat(this.#chunks)
  }
}

/** Leads into the structure tree, or is written anew. */
const leftBehind = new Set(['StructParent', 'StructParents', 'Length'])

/** Nothing that is drawn needs a page; some objects name the one that they are of. */
const isPage = (object: PdfObject): boolean => {
  const type = isDictionary(object) ? object.get('Type') : undefined
  return type instanceof Name && (type.text === 'Page' || type.text === 'Pages')
}
