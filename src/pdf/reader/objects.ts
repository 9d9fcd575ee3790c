/**
 * The objects of a PDF file as values (ISO 32000-1, section 7.3). In: nothing. Out: the types that the reader makes, and the text of each of them for
 * a file that is written anew. Names and strings keep the characters that the file had.
 */

/** Without its slash, escapes as written. */
export class Name {
  constructor(readonly text: string) {}
}

/** With its delimiters, as written: `(…)` or `<…>`. */
export class StringObject {
  constructor(readonly source: string) {}
}

export class Reference {
  constructor(
    readonly id: number,
    readonly generation: number,
  ) {}
}

export type Dictionary = ReadonlyMap<string, PdfObject>

/** Its data is as in the file, with its filters still to be undone. */
export class Stream {
  constructor(
    readonly dictionary: Dictionary,
    readonly data: Uint8Array,
  ) {}
}

export type PdfObject = null | boolean | number | Name | StringObject | Reference | Stream | readonly PdfObject[] | Dictionary

export const isDictionary = (object: PdfObject | undefined): object is Dictionary => object instanceof Map

/** Never in exponent form. */
const numberText = (value: number): string => {
  const text = `${value}`
  return text.includes('e') ? value.toFixed(12).replace(/\.?0+$/, '') : text
}

/** The text of an object that is no stream, in Latin-1; `renumber` says what each reference becomes. */
export function objectText(object: PdfObject, renumber: (reference: Reference) => string): string {
  if (object instanceof Name) return `/${object.text}`
  if (object instanceof StringObject) return object.source
  if (object instanceof Reference) return renumber(object)
  if (object instanceof Stream) throw new TypeError('a stream is always an object of its own')
  if (typeof object === 'number') return numberText(object)
  if (object === null || typeof object === 'boolean') return `${object}`
  if (isDictionary(object)) {
    const entries = Array.from(object, ([key, value]) => `/${key} ${objectText(value, renumber)}`)
    return `<<${entries.join(' ')}>>`
  }
  return `[${object.map((item) => objectText(item, renumber)).join(' ')}]`
}
