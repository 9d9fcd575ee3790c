/**
 * text-transform (CSS Text 4, section 2.1) and small capitals made from capitals. In: a stretch of a paragraph's text and a style. Out: the
 * characters to be shaped, with the place that each has in the source, since copying gives the source (section 2.1.3).
 */
import type { ComputedStyle } from '../css/computed-style.js'

export interface Transformed {
  readonly text: string
  /** For each UTF-16 unit the offset in the stretch that it stands for; null where they are the same. */
  readonly sources: Uint32Array | null
}

/** Transforms text[start, end); what stands before it decides where a word begins. */
export type Transform = (text: string, start: number, end: number) => Transformed

/** Null where the style changes nothing. `capitals` is set where lower-case letters are to be shown as capitals. */
export function transformOf(style: ComputedStyle, capitals: boolean): Transform | null {
  const { letterCase, fullWidth, fullSizeKana } = style.textTransform
  if (letterCase === 'none' && !fullWidth && !fullSizeKana && !capitals) return null
  const language = localeOf(style.language)
  return (text, start, end) => {
    let result: Transformed = { text: text.slice(start, end), sources: null }
    if (letterCase === 'uppercase' || capitals) result = mapText(result, (part) => part.toLocaleUpperCase(language))
    else if (letterCase === 'lowercase') result = mapText(result, (part) => part.toLocaleLowerCase(language))
    else if (letterCase === 'capitalize') result = capitalise(text, { start, end }, language)
    if (fullSizeKana) result = mapText(result, (part) => part.replace(smallKana, (kana) => largeKana.charAt(smallKanaList.indexOf(kana))))
    return fullWidth ? mapText(result, (part) => part.replace(/[!-~ ]/g, widen)) : result
  }
}

const widen = (character: string): string => (character === ' ' ? '\u3000' : String.fromCharCode(character.charCodeAt(0) + 0xfee0))

const smallKanaList = 'ぁぃぅぇぉゕゖっゃゅょゎァィゥェォヵヶッャュョヮㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｯｬｭｮ'
const largeKana = 'あいうえおかけつやゆよわアイウエオカケツヤユヨワクシストヌハヒフヘホムラリルレロｱｲｳｴｵﾂﾔﾕﾖ'
const smallKana = new RegExp(`[${smallKanaList}]`, 'g')

/** The whole at once where lengths agree, since case depends on neighbours (final sigma); else character by character. */
function mapText({ text, sources }: Transformed, change: (part: string) => string): Transformed {
  const whole = change(text)
  if (whole.length === text.length) return { text: whole, sources }
  let out = ''
  const places: number[] = []
  let at = 0
  for (const character of text) {
    const changed = change(character)
    for (let unit = 0; unit < changed.length; unit++) places.push(sources ? (sources[at] as number) : at)
    out += changed
    at += character.length
  }
  return { text: out, sources: Uint32Array.from(places) }
}

const letterUnit = /[\p{L}\p{N}]/u
const wordLetter = /[\p{L}\p{N}\p{M}]/u
const wordJoiner = /['’\u00ad]/
/** Digraphs whose first letter alone becomes a capital. */
const titleCase: Readonly<Record<string, string>> = { ǆ: 'ǅ', Ǆ: 'ǅ', ǉ: 'ǈ', Ǉ: 'ǈ', ǌ: 'ǋ', Ǌ: 'ǋ', ǳ: 'ǲ', Ǳ: 'ǲ' }

function capitalise(text: string, range: { readonly start: number; readonly end: number }, language: string | undefined): Transformed {
  let inside = endsInWord(text, range.start)
  let out = ''
  const places: number[] = []
  let same = true
  for (let at = range.start; at < range.end; ) {
    const character = String.fromCodePoint(text.codePointAt(at) as number)
    const first = !inside && letterUnit.test(character)
    const dutch = first && language?.startsWith('nl') && /^ij/i.test(text.slice(at, range.end))
    const source = dutch ? text.slice(at, at + 2) : character
    const changed = first ? (titleCase[source] ?? source.toLocaleUpperCase(language)) : source
    for (let unit = 0; unit < changed.length; unit++) places.push(at - range.start + Math.min(unit, source.length - 1))
    if (changed.length !== source.length) same = false
    out += changed
    inside = wordLetter.test(character) || (inside && wordJoiner.test(character))
    at += source.length
  }
  return { text: out, sources: same ? null : Uint32Array.from(places) }
}

/** Whether a letter at an offset would go on with a word. */
function endsInWord(text: string, at: number): boolean {
  const before = at > 0 && wordJoiner.test(text.charAt(at - 1)) ? at - 1 : at
  return before > 0 && wordLetter.test(characterBefore(text, before))
}

function characterBefore(text: string, at: number): string {
  const unit = text.charCodeAt(at - 1)
  return unit >= 0xdc00 && unit <= 0xdfff ? text.slice(at - 2, at) : text.charAt(at - 1)
}

function localeOf(language: string): string | undefined {
  try {
    return language === '' ? undefined : Intl.getCanonicalLocales(language)[0]
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
