/**
 * Citations as Pandoc writes them (Pandoc's manual, "Citation syntax"). In: the text of a citation. Out: the works it cites with
 * places in them; null where the text cites nothing.
 */
import type { CitationItem } from './tree.js'

const keyPattern = String.raw`(?:\{([^{}\s]+)\}|([\p{L}\p{N}_](?:[\p{L}\p{N}_]|[:.#$%&+?<>~/-]+(?=[\p{L}\p{N}_]))*))`
const cited = new RegExp(String.raw`^(.*?)(?<![\p{L}\p{N}.])(-?)@${keyPattern}(.*)$`, 'su')
const narrative = new RegExp(`^(-?)@${keyPattern}`, 'u')

/** Words for places in a work, and the terms CSL has for them (CSL 1.0.2, Appendix III). */
const locatorWords: Readonly<Record<string, string>> = {
  p: 'page',
  pp: 'page',
  page: 'page',
  pages: 'page',
  chap: 'chapter',
  ch: 'chapter',
  chapter: 'chapter',
  sec: 'section',
  section: 'section',
  '§': 'section',
  '§§': 'section',
  para: 'paragraph',
  paras: 'paragraph',
  paragraph: 'paragraph',
  '¶': 'paragraph',
  vol: 'volume',
  volume: 'volume',
  no: 'issue',
  fig: 'figure',
  figure: 'figure',
  n: 'note',
  note: 'note',
  l: 'line',
  line: 'line',
  part: 'part',
  art: 'article',
  article: 'article',
}
const locatorPattern =
  /^\s*,?\s*(?:(pages?|pp?|chapter|chap|ch|section|sec|§§?|paragraph|paras?|¶|volume|vol|no|figure|fig|note|n|line|l|part|article|art)(?:\.|\b|(?<=[§¶]))\s*)?(\d[\p{L}\d]*(?:\s*(?:[-–—]{1,2}|,|&)\s*\d[\p{L}\d]*)*|[ivxlcIVXLC]+\b(?:\s*[-–]\s*[ivxlcIVXLC]+\b)?)/u

/** What follows a key: a place in the work, and words. */
function readAfter(after: string): Pick<CitationItem, 'locator' | 'suffix'> {
  const match = locatorPattern.exec(after)
  // A roman numeral without a word before it is as likely a word.
  const found = match && (match[1] !== undefined || /^\d/.test(match[2] ?? '')) ? match : null
  const locator = found
    ? { locator: { label: locatorWords[found[1] ?? 'p'] ?? 'page', value: (found[2] ?? '').replace(/\s*-{1,2}\s*/g, '–') } }
    : {}
  const suffix = found ? after.slice(found[0].length) : after
  return { ...locator, ...(suffix.trim() === '' ? {} : { suffix: suffix.trimEnd() }) }
}

function readItem(text: string): CitationItem | null {
  const match = cited.exec(text)
  if (!match) return null
  const prefix = (match[1] ?? '').trim()
  const key = match[3] ?? match[4] ?? ''
  return { key, suppressAuthor: match[2] === '-', ...(prefix === '' ? {} : { prefix }), ...readAfter(match[5] ?? '') }
}

/** Ids of sections, figures, tables and paragraphs are no keys of works. */
const isReference = (key: string): boolean => /^(?:sec|fig|tbl|par)-/.test(key)

/** The works of `see @a, p. 3; -@b`, the text between brackets; null unless each part cites one. */
export function parseCitationItems(text: string): readonly CitationItem[] | null {
  const items = text.split(/;/).map(readItem)
  return items.every((item) => item !== null && !isReference(item.key)) ? (items as readonly CitationItem[]) : null
}

/** `@key`, or `@key [p. 3]`, at the start of a text, and how long it is. */
export function parseNarrativeCitation(text: string): { readonly item: CitationItem; readonly length: number } | null {
  const match = narrative.exec(text)
  if (!match || isReference(match[2] ?? match[3] ?? '')) return null
  const item = { key: match[2] ?? match[3] ?? '', suppressAuthor: match[1] === '-' }
  const place = /^[ \t]\[([^\][\n]*)\](?![([{:])/.exec(text.slice(match[0].length))
  const after = place ? readAfter(place[1] ?? '') : {}
  if (!place || !after.locator) return { item, length: match[0].length }
  return { item: { ...item, ...after }, length: match[0].length + place[0].length }
}
