/**
 * The bidirectional algorithm (UAX #9, rules P2 to L1, by bidi-js) with what CSS adds to it (CSS Writing Modes 4, section 2.4). In: the
 * text of a paragraph, its direction and the controls of its inline boxes. Out: an embedding level for each UTF-16 unit; odd is right to left.
 */
import bidiFactory from 'bidi-js'
import { mayBeRightToLeft } from '../fonts/scripts.js'
import type { BidiControl, ParagraphInput } from './paragraph.js'

export interface ParagraphLevels {
  readonly levels: Uint8Array
  /** The first paragraph's own level, 0 or 1. */
  readonly paragraph: number
}

interface Bidi {
  getEmbeddingLevels(
    text: string,
    direction: 'ltr' | 'rtl' | 'auto',
  ): {
    readonly levels: Uint8Array
    readonly paragraphs: readonly { readonly start: number; readonly end: number; readonly level: number }[]
  }
}

let made: Bidi | undefined
/** The package's tables are read when a text first needs them; they never change. */
function bidi(): Bidi {
  // The package's types describe its source modules, not the factory that it exports.
  made ??= (bidiFactory as unknown as () => Bidi)()
  return made
}

/** Levels after rule L1; `auto` takes the direction of the first strong character (rules P2 and P3). */
export function bidiLevels(text: string, direction: 'ltr' | 'rtl' | 'auto'): ParagraphLevels {
  const { levels, paragraphs } = bidi().getEmbeddingLevels(text, direction)
  return { levels, paragraph: paragraphs[0]?.level ?? (direction === 'rtl' ? 1 : 0) }
}

/** A text's levels, and the level of the paragraph that a line belongs to. */
export interface TextLevels {
  readonly levels: Uint8Array
  readonly paragraphLevel: (offset: number) => number
}

/** Null where all is left to right, which most text is. */
export function textLevels(input: ParagraphInput): TextLevels | null {
  const { text, style, bidiControls = [] } = input
  const plain = style.direction === 'ltr' && bidiControls.length === 0 && !mayBeRightToLeft(text)
  if (plain) return null
  const direction = style.unicodeBidi === 'plaintext' ? 'auto' : style.direction
  if (bidiControls.length === 0) return fromPackage(text, direction, null)
  const { controlled, places } = insertControls(text, bidiControls)
  return fromPackage(controlled, direction, { places, length: text.length })
}

interface Source {
  /** For each unit of the source its place in the text with controls. */
  readonly places: Uint32Array
  readonly length: number
}

function fromPackage(text: string, direction: 'ltr' | 'rtl' | 'auto', source: Source | null): TextLevels {
  const { levels, paragraphs } = bidi().getEmbeddingLevels(text, direction)
  const own = source ? Uint8Array.from({ length: source.length }, (_, at) => levels[source.places[at] as number] as number) : levels
  const paragraphLevel = (offset: number): number => {
    const place = source ? (source.places[Math.min(offset, source.length - 1)] ?? 0) : offset
    return (paragraphs.find(({ end }) => end >= place) ?? paragraphs.at(-1))?.level ?? (direction === 'rtl' ? 1 : 0)
  }
  return { levels: own, paragraphLevel }
}

const closing: Readonly<Record<string, string>> = { '\u2066': '\u2069', '\u2067': '\u2069', '\u2068': '\u2069' }
const popDirectional = '\u202c'

/** What ends the given controls, last first. */
export const closingControls = (characters: string): string =>
  Array.from(characters, (character) => closing[character] ?? popDirectional)
    .reverse()
    .join('')

/** A forced break ends every embedding, and each goes on after it (section 2.4.3). */
function insertControls(text: string, controls: readonly BidiControl[]): { controlled: string; places: Uint32Array } {
  const places = new Uint32Array(text.length)
  const open: string[] = []
  let controlled = ''
  let next = 0
  for (let at = 0; at <= text.length; at++) {
    for (; next < controls.length && (controls[next] as BidiControl).offset <= at; next++) {
      const { side, characters } = controls[next] as BidiControl
      if (side === 'open') open.push(characters)
      else open.pop()
      controlled += characters
    }
    if (at === text.length) break
    const character = text.charAt(at)
    if (character === '\n') controlled += open.map(closingControls).reverse().join('')
    places[at] = controlled.length
    controlled += character
    if (character === '\n') controlled += open.join('')
  }
  return { controlled, places }
}
