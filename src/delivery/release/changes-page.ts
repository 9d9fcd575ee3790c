/**
 * The CHANGES page. In: changed documents. Out: Markdown (GitHub Flavored Markdown) and one HTML document (HTML Living Standard, section 4.7, `ins` and `del`)
 * which is the source of the marked-up PDF too.
 */
import { escapeHtml } from '../../html/escape.js'
import type { ChangedDocument, ChangedLine, ChangedSection } from './changes.js'
import type { Run } from './difference.js'

export interface ChangesHeading {
  /** The release's tag, or null. */
  readonly tag: string | null
  /** What it is compared with, or null for a first release. */
  readonly since: string | null
}

const titleOf = ({ tag }: ChangesHeading): string => (tag === null ? 'Changes' : `Changes in ${tag}`)

function introduction({ since }: ChangesHeading, documents: readonly ChangedDocument[]): string {
  if (since === null) return 'This is the first release: there is nothing to compare it with.'
  const changed = documents.filter(({ state }) => state !== 'same').length
  if (changed === 0) return `No word of the text changed since ${since}.`
  return `Compared with ${since}. ${changed} of ${documents.length} ${documents.length === 1 ? 'document' : 'documents'} changed.`
}

function documentNote({ state, sectionCount }: ChangedDocument): string | null {
  const sections = `${sectionCount} ${sectionCount === 1 ? 'section' : 'sections'}`
  if (state === 'added') return `New document of ${sections}.`
  if (state === 'removed') return `Removed, with ${sections}.`
  return state === 'same' ? 'Not changed.' : null
}

/** `changed, 3 words inserted, 1 deleted`. */
function sectionNote({ state, formerTitle, moved, insertedWords, deletedWords }: ChangedSection): string {
  const amount = (count: number, word: string): string[] => (count > 0 ? [`${count} ${count === 1 ? 'word' : 'words'} ${word}`] : [])
  return [
    state,
    ...(formerTitle === undefined ? [] : [`was titled “${formerTitle}”`]),
    ...(moved ? ['moved'] : []),
    ...amount(insertedWords, 'inserted'),
    ...amount(deletedWords, 'deleted'),
  ].join(', ')
}

/** A heading a document, a line a section, and the words that came and went below it. */
export function changesMarkdown(documents: readonly ChangedDocument[], heading: ChangesHeading): string {
  const parts = documents.flatMap((document) => {
    const note = documentNote(document)
    return [
      `## ${escapeMarkdown(document.title)}`,
      `\`${document.source}\``,
      ...(note === null ? [] : [note]),
      ...document.sections.flatMap(sectionMarkdown),
    ]
  })
  return `${[`# ${escapeMarkdown(titleOf(heading))}`, escapeMarkdown(introduction(heading, documents)), ...parts].join('\n\n')}\n`
}

function sectionMarkdown(section: ChangedSection): string[] {
  const lines = section.lines.filter(({ state }) => state !== 'kept').map((line) => `- ${lineMarkdown(line)}`)
  return [
    `### ${escapeMarkdown(section.title)}`,
    `*${escapeMarkdown(sectionNote(section))}*`,
    ...(lines.length > 0 ? [lines.join('\n')] : []),
  ]
}

function lineMarkdown({ cells }: ChangedLine): string {
  return cells.map((runs) => runs.map(runMarkdown).join('')).join(' │ ')
}

function runMarkdown({ kind, text }: Run): string {
  const escaped = escapeMarkdown(text)
  return kind === 'kept' ? escaped : marked(kind, escaped)
}

/** GitHub, GitLab and CommonMark keep both elements. Space stands outside, so that marks touch their words. */
function marked(kind: 'inserted' | 'deleted', text: string): string {
  const name = kind === 'inserted' ? 'ins' : 'del'
  const [, before = '', inner = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? []
  return inner === '' ? text : `${before}<${name}>${inner}</${name}>${after}`
}

const escapeMarkdown = (text: string): string =>
  text
    .replace(/\s*\n\s*/g, ' ')
    .replace(/[\\`*_[\]#|~@!]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')

/** The whole HTML page, with its style sheet inside. */
export function changesHtml(documents: readonly ChangedDocument[], heading: ChangesHeading): string {
  const title = escapeHtml(titleOf(heading))
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${title}</title>`,
    `<style>${styleSheet}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${title}</h1>`,
    `<p>${escapeHtml(introduction(heading, documents))}</p>`,
    ...(documents.some(({ sections }) => sections.length > 0)
      ? ['<p class="key">Marks: <ins>inserted words</ins>, <del>deleted words</del>.</p>']
      : []),
    ...documents.map(documentHtml),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function documentHtml(document: ChangedDocument): string {
  const note = documentNote(document)
  const lang = escapeHtml(document.lang)
  return [
    '<section>',
    `<h2 lang="${lang}">${escapeHtml(document.title)}</h2>`,
    `<p class="note"><code>${escapeHtml(document.source)}</code>${note === null ? '' : ` ${escapeHtml(note)}`}</p>`,
    ...document.sections.map((section) => sectionHtml(section, lang)),
    '</section>',
  ].join('\n')
}

function sectionHtml(section: ChangedSection, lang: string): string {
  return [
    `<section class="${section.state}">`,
    `<h3 lang="${lang}">${escapeHtml(section.title)}</h3>`,
    `<p class="note">${escapeHtml(sectionNote(section))}</p>`,
    `<div lang="${lang}">`,
    ...groups(section.lines).map(groupHtml),
    '</div>',
    '</section>',
  ].join('\n')
}

/** Lines of a kind in a row: a list, a table, or one of any other kind. */
function groups(lines: readonly ChangedLine[]): readonly (readonly [ChangedLine, ...ChangedLine[]])[] {
  const found: [ChangedLine, ...ChangedLine[]][] = []
  for (const line of lines) {
    const last = found.at(-1)
    if (last && (line.kind === 'item' || line.kind === 'row') && last[0].kind === line.kind && last[0].cells.length === line.cells.length)
      last.push(line)
    else found.push([line])
  }
  return found
}

function groupHtml(group: readonly [ChangedLine, ...ChangedLine[]]): string {
  switch (group[0].kind) {
    case 'item':
      return `<ul>\n${group.map((line) => `<li>${cellHtml(line)}</li>`).join('\n')}\n</ul>`
    case 'row':
      return `<table>\n${group.map(rowHtml).join('\n')}\n</table>`
    case 'heading':
      return `<p class="heading">${cellHtml(group[0])}</p>`
    case 'caption':
      return `<p class="caption">${cellHtml(group[0])}</p>`
    case 'code':
      return `<pre>${cellHtml(group[0])}</pre>`
    case 'paragraph':
      return `<p>${cellHtml(group[0])}</p>`
  }
}

/** The first cell says what its row is about. */
function rowHtml({ cells }: ChangedLine): string {
  const [first = [], ...others] = cells
  return `<tr><th scope="row">${runsHtml(first)}</th>${others.map((runs) => `<td>${runsHtml(runs)}</td>`).join('')}</tr>`
}

const cellHtml = ({ cells }: ChangedLine): string => cells.map(runsHtml).join(' ')

const runsHtml = (runs: readonly Run[]): string =>
  runs.map(({ kind, text }) => (kind === 'kept' ? escapeHtml(text) : marked(kind, escapeHtml(text)))).join('')

const styleSheet = `
@page { size: A4; margin: 22mm 24mm 24mm; @bottom-center { content: counter(page) " / " counter(pages); font: 8pt "Source Sans 3", sans-serif; color: #555 } }
html { font: 10.5pt/1.5 "Source Serif 4", serif; color: #1a1a1a; background: #fff }
main { max-width: 44em; margin: 0 auto }
@media screen { main { padding: 2em 1.25em } }
h1, h2, h3, .note, .key, .caption, th, td { font-family: "Source Sans 3", "Noto Sans Khmer", "Noto Sans Lao", sans-serif }
h1 { font-size: 21pt; line-height: 1.2; margin: 0 0 8pt }
h2 { font-size: 15pt; line-height: 1.25; margin: 24pt 0 2pt; padding-top: 8pt; border-top: 1pt solid #1a1a1a; break-after: avoid }
h3 { font-size: 11.5pt; margin: 16pt 0 0; break-after: avoid }
p { margin: 0 0 6pt }
.note, .key { font-size: 9pt; color: #555; break-after: avoid }
.key { color: #1a1a1a }
.heading { font-weight: 600; break-after: avoid }
.caption { font-size: 9.5pt }
code, pre { font-family: "Source Code Pro", monospace; font-size: 8.5pt }
pre { white-space: pre-wrap; margin: 0 0 6pt }
ul { margin: 0 0 6pt; padding-left: 16pt }
table { border-collapse: collapse; font-size: 9.5pt; line-height: 1.35; margin: 0 0 8pt }
th, td { text-align: left; vertical-align: top; font-weight: 400; padding: 2.5pt 10pt 2.5pt 0; border-bottom: 0.5pt solid #bbb }
ins { color: #0b5c2e; background: #e3f4e8; text-decoration: underline }
del { color: #9c1c1c; background: #fbe9e7; text-decoration: line-through }
del + ins { margin-left: 0.2em }
`
