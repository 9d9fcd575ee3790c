/**
 * The ledger: where each block of the source went (DESIGN, decision 8). In: blocks and outcomes. Out: one entry per block, in the
 * order of the source.
 */
import type { SourcePosition } from '../diagnostics/diagnostic.js'
import type { Section } from '../document/document.js'
import { blocksText, inlineText, type Skip } from '../document/walk.js'
import type { Block, ListItem } from '../markdown/tree.js'
import type { LedgerEntry } from './edition.js'

export type Outcome = LedgerEntry['outcome']

/** What is said of a block beside its outcome. */
export interface Remark {
  readonly place?: string
  readonly reason?: string
}

/** What an entry can be about: every block of a section, and items of lists where they fare apart from their list. */
export type LedgerNode = Block | Section | ListItem

const excerptWords = 8

/** Names a block's place in the source; a list and its first item differ by their kind. */
export const placeKey = ({ kind, position }: { readonly kind: string; readonly position: SourcePosition }): string =>
  `${kind}@${position.file}:${position.line}:${position.column}`

/** Collects entries; a block that is told of twice keeps the first entry. */
export class Ledger {
  readonly #entries = new Map<LedgerNode, LedgerEntry>()
  readonly #skip: Skip

  /** Words of nodes that `skip` names stand in no excerpt. */
  constructor(skip: Skip = () => false) {
    this.#skip = skip
  }

  add(node: LedgerNode, outcome: Outcome, remark: Remark = {}): void {
    if (this.#entries.has(node)) return
    const kind = 'kind' in node ? node.kind : 'section'
    this.#entries.set(node, {
      position: node.position,
      kind,
      excerpt: outcome === 'withheld' ? '' : nodeExcerpt(node, this.#skip),
      outcome,
      ...remark,
    })
  }

  has(node: LedgerNode): boolean {
    return this.#entries.has(node)
  }

  /** A section's heading, its blocks and everything below it. */
  addSection(section: Section, outcome: Outcome, remark: Remark = {}): void {
    this.add(section, outcome, remark)
    for (const block of section.blocks) this.add(block, outcome, remark)
    for (const inner of section.sections) this.addSection(inner, outcome, remark)
  }

  entries(): readonly LedgerEntry[] {
    return [...this.#entries.values()].sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column)
  }
}

function nodeExcerpt(node: LedgerNode, skip: Skip): string {
  if (!('kind' in node)) return excerptOf(inlineText(node.title, skip))
  if (node.kind === 'raw-block') return excerptOf(node.html)
  return excerptOf(blocksText(node.kind === 'list-item' ? node.blocks : [node], skip))
}

/** The first words of a text. */
export function excerptOf(text: string): string {
  const words = text.trim().split(/\s+/)
  return words.length > excerptWords ? `${words.slice(0, excerptWords).join(' ')} …` : words.join(' ')
}
