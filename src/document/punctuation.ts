/**
 * Punctuation set right (as Pandoc's extension `smart` does, and more): straight quotes, hyphens for dashes, three stops, and spaces
 * that no line may break at, by language. In: blocks and inlines as they were typed. Out: the same with the characters that print uses. Code, raw HTML
 * and addresses stay as they are.
 */
import type { Block, Inline, NoteDefinition } from '../markdown/tree.js'
import { type PunctuationRules, punctuationRules } from './punctuation-rules.js'
import { changeBlocks, inlineText } from './walk.js'

const noBreak = '\u00a0'
const narrowNoBreak = '\u202f'

/** What one text carries to the next, from the start of its block on. */
interface State {
  /** The character before, a space at the start. */
  before: string
  /** Open quotation marks as typed, outermost first. */
  readonly open: string[]
}

/** Sets the punctuation of blocks. */
export function punctuateBlocks(blocks: readonly Block[], language: string): readonly Block[] {
  return changeBlocks(blocks, { inlineList: (inlines) => punctuateInlines(inlines, language) })
}

/** Sets the punctuation of notes; the keys stay. */
export function punctuateNotes(notes: ReadonlyMap<string, NoteDefinition>, language: string): ReadonlyMap<string, NoteDefinition> {
  return new Map([...notes].map(([label, note]) => [label, { ...note, blocks: punctuateBlocks(note.blocks, language) }]))
}

/** Sets the punctuation of one line of inlines, such as a heading's or a caption's. */
export function punctuateInlines(inlines: readonly Inline[], language: string): readonly Inline[] {
  const state: State = { before: ' ', open: [] }
  return withRules(inlines, punctuationRules(language), state)
}

/** Sets the punctuation of a text on its own, such as a title in the front matter. */
export function punctuateText(text: string, language: string): string {
  return setText(text, punctuationRules(language), { state: { before: ' ', open: [] }, after: ' ' })
}

function withRules(inlines: readonly Inline[], rules: PunctuationRules, state: State): readonly Inline[] {
  return inlines.map((inline, index): Inline => {
    switch (inline.kind) {
      case 'text': {
        if (inline.literal) {
          state.before = inline.text.at(-1) ?? state.before
          return inline
        }
        const next = inlines[index + 1]
        const after = next ? (next.kind === 'soft-break' || next.kind === 'line-break' ? ' ' : inlineText([next])).charAt(0) || ' ' : ' '
        const text = setText(inline.text, rules, { state, after })
        return text === inline.text ? inline : { ...inline, text }
      }
      case 'soft-break':
      case 'line-break':
        state.before = ' '
        return inline
      case 'link':
        if (isAddress(inline.content, inline.target)) {
          state.before = 'a'
          return inline
        }
        return { ...inline, content: withRules(inline.content, rules, state) }
      case 'emphasis':
      case 'strong':
      case 'strikeout':
        return { ...inline, content: withRules(inline.content, rules, state) }
      case 'span': {
        const language = inline.attributes?.values.lang
        return { ...inline, content: withRules(inline.content, language === undefined ? rules : punctuationRules(language), state) }
      }
      case 'code':
      case 'cross-reference':
      case 'citation':
        state.before = 'a'
        return inline
      default:
        return inline
    }
  })
}

const isAddress = (content: readonly Inline[], target: string): boolean => {
  const words = inlineText(content)
  return target === words || target.endsWith(words) || /^(?:https?:|www\.)/.test(words)
}

interface Setting {
  readonly state: State
  /** The character that follows the text. */
  readonly after: string
}

const address = /(?:https?:\/\/|www\.)\S+|\S+@\S+\.\S+/g

function setText(text: string, rules: PunctuationRules, setting: Setting): string {
  let out = ''
  let from = 0
  for (const match of text.matchAll(address)) {
    out += setPlain(text.slice(from, match.index), rules, { ...setting, after: 'a' }) + match[0]
    setting.state.before = 'a'
    from = match.index + match[0].length
  }
  return out + setPlain(text.slice(from), rules, setting)
}

function setPlain(text: string, rules: PunctuationRules, { state, after }: Setting): string {
  if (text === '') return ''
  const quoted = setQuotes(setDashes(text, state.before), rules, { state, after })
  return holdTogether(quoted, rules)
}

function setDashes(text: string, before: string): string {
  return text
    .replace(/(?<!-)---(?!-)/g, '—')
    .replace(/(?<!-)--(?!-)/g, '–')
    .replace(/(?<=[\p{L}\p{N}\p{P}]) - (?=[\p{L}\p{N}\p{P}])/gu, ' – ')
    .replace(/(?<![\d-])([12]\d{3})-([12]\d{3}|\d\d)(?![\d-])/g, (whole, first: string, second: string, at: number) =>
      at === 0 && /[\d-]/.test(before)
        ? whole
        : Number(second) > (second.length === 2 ? Number(first) % 100 : Number(first))
          ? `${first}–${second}`
          : whole,
    )
    .replace(/(?<!\.)\.\.\.(?!\.)/g, '…')
}

const opensAfter = /[\s\p{Ps}\p{Pi}\p{Pd}/„‚“‘«‹]/u
const word = /[\p{L}\p{N}]/u
/** Words that begin with letters left out: an apostrophe stands there, never an opening mark. */
const clipped = /^'(?=(?:tis|twas|em|til|cause|n)\b|\d\ds?\b)/i

function setQuotes(text: string, rules: PunctuationRules, { state, after }: Setting): string {
  let out = ''
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '"' || character === "'") {
      const next = text.charAt(at + 1) || after
      out += quoteAt(character, { state, rules, next, rest: text.slice(at) })
    } else {
      out += character
      state.before = character
    }
  }
  return out
}

interface QuotePlace {
  readonly state: State
  readonly rules: PunctuationRules
  readonly next: string
  readonly rest: string
}

function quoteAt(character: string, { state, rules, next, rest }: QuotePlace): string {
  const { open, before } = state
  const level = open.lastIndexOf(character)
  // The same mark opens in one language and closes in another: what it did here is what counts for the next.
  state.before = ')'
  if (character === "'" && ((word.test(before) && word.test(next)) || clipped.test(rest))) return '’'
  const opens = opensAfter.test(before) && !/\s/.test(next)
  if (opens) {
    const depth = open.length
    open.push(character)
    state.before = '('
    return (rules.quotes[depth % 2] as readonly [string, string])[0]
  }
  if (level >= 0) {
    open.length = level
    return (rules.quotes[level % 2] as readonly [string, string])[1]
  }
  if (/\d/.test(before)) return character === '"' ? '″' : '′'
  return character === "'" ? '’' : (rules.quotes[0] as readonly [string, string])[1]
}

const units =
  'km|m|cm|mm|kg|g|t|ha|km²|m²|m³|l|h|min|s|ms|kWh|MWh|GWh|MW|GW|kW|W|V|A|Hz|GB|MB|TB|°C|°F|%|€|\\$|£|USD|EUR|GBP|million|billion|Mio\\.|Mrd\\.|millions?|milliards?'
const unit = new RegExp(`(?<=\\d) (?=(?:${units})(?![\\p{L}\\p{N}]))`, 'gu')

function holdTogether(text: string, rules: PunctuationRules): string {
  let out = text
    .replace(unit, noBreak)
    .replace(/(?<=[§©№]) (?=\d)/g, noBreak)
    .replace(/(?<=(?:^|[\s(])\p{Lu}\.) (?=\p{Lu}(?:\.|\p{Ll}))/gu, noBreak)
    // A dash with spaces may end a line, never begin one.
    .replace(/ (?=[–—] )/g, noBreak)
  if (rules.months.length > 0)
    out = out.replace(new RegExp(`(?<=(?<!\\d)\\d{1,2}\\.?) (?=(?:${rules.months.join('|')})(?!\\p{L}))`, 'gu'), noBreak)
  if (rules.holdsAfter.length > 0) {
    const held = rules.holdsAfter.map((one) => one.replace(/[.$]/g, '\\$&')).join('|')
    out = out.replace(new RegExp(`(?<=(?:^|[\\s\u00a0(])(?:${held})) (?=[\\p{Lu}\\d]|[a-zäöü]\\.)`, 'gu'), noBreak)
  }
  if (rules.holdsLetters !== '') out = out.replace(new RegExp(`(?<=(?:^|[\\s\u00a0(])[${rules.holdsLetters}]) (?=\\p{L})`, 'giu'), noBreak)
  return rules.spacedMarks ? spaceMarks(out) : out
}

/** French: a narrow no-break space before high marks, a full one before the colon (Imprimerie nationale, Lexique des règles typographiques). */
function spaceMarks(text: string): string {
  return text
    .replace(/(?<=[\p{L}\p{N}»”)\]%…])[ \u00a0\u202f]?([;!?]+)(?=$|[\s»”)\]])/gu, `${narrowNoBreak}$1`)
    .replace(/(?<=[\p{L}\p{N}»”)\]%])[ \u00a0]?:(?=$|\s)/gu, `${noBreak}:`)
    .replace(/«[ \u00a0]?(?=[^\s\u00a0\u202f])/gu, `«${narrowNoBreak}`)
    .replace(/(?<=[^\s\u00a0\u202f])[ \u00a0]?»/gu, `${narrowNoBreak}»`)
    .replace(/(?<=\d) (?=\d{3}(?!\d))/g, narrowNoBreak)
}
