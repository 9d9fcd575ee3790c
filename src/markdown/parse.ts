/**
 * Markdown source → Markdown tree. CommonMark and GFM by marked's lexer, with our extensions; front matter by yaml.
 * In: a source's text. Out: the tree, every node with file, line and column; what is wrong goes to `report`.
 */
import { Marked, type Token } from 'marked'
import type { Report, SourcePosition } from '../diagnostics/diagnostic.js'
import { blockSyntax } from './block-syntax.js'
import { type BuildScope, buildBlocks } from './build-blocks.js'
import { readFrontMatter } from './front-matter.js'
import { inlineSyntax } from './inline-syntax.js'
import { SourceLines } from './source-lines.js'
import type { Abbreviation, Attributes, Block, Inline, MarkdownTree, NoteDefinition } from './tree.js'

export interface ParseInput {
  readonly file: string
  readonly source: string
  /** An included file's name and text, or null where it cannot be had. */
  readonly readInclude?: (path: string, fromFile: string) => { readonly file: string; readonly source: string } | null
  readonly report: Report
}

/** Quotes and lists deeper than this are read as text, so that no input exhausts the stack. */
const maximumNesting = 64

/** Parses one source with what it includes. Never throws for what is written in it. */
export function parseMarkdown(input: ParseInput): MarkdownTree {
  const parser = new Parser(input)
  return parser.run()
}

/** Parses text that stands inside another value, such as a summary in front matter; notes are not kept. */
export function parseInlines(text: string, position: SourcePosition, report: Report): readonly Inline[] {
  const tree = parseMarkdown({ file: position.file, source: text.replace(/^---/, '\\---'), report })
  const inlines = tree.blocks.flatMap((block) => (block.kind === 'paragraph' || block.kind === 'heading' ? block.content : []))
  return inlines.length > 0 || text.trim() === '' ? inlines : [{ kind: 'text', text, position }]
}

class Parser {
  readonly #input: ParseInput
  readonly #marked = new Marked({ gfm: true, extensions: [...blockSyntax, ...inlineSyntax] })
  readonly #notes = new Map<string, NoteDefinition>()
  readonly #abbreviations = new Map<string, Abbreviation>()
  readonly #sources = new Map<string, readonly string[]>()
  readonly #including: string[] = []

  constructor(input: ParseInput) {
    this.#input = input
  }

  run(): MarkdownTree {
    const { file, report } = this.#input
    const source = this.#input.source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
    this.#sources.set(file, source.split('\n'))
    const { frontMatter, bodyOffset, bodyLine } = readFrontMatter(source, file, report)
    this.#including.push(file)
    const blocks = this.#blocks(file, source.slice(bodyOffset), { line: bodyLine, within: [] })
    this.#checkNotes(blocks)
    return { file, source, ...(frontMatter ? { frontMatter } : {}), blocks, notes: this.#notes, abbreviations: this.#abbreviations }
  }

  #blocks(file: string, text: string, { line, within }: { line: number; within: readonly Attributes[] }): readonly Block[] {
    const held = this.#holdNesting(text, file, line)
    const lines = SourceLines.of(file, held, line)
    const scope: BuildScope = {
      notes: this.#notes,
      abbreviations: this.#abbreviations,
      report: this.#input.report,
      within,
      lex: (part) => this.#lex(part),
      include: (path, position, within) => this.#include(path, position, within),
      excerpt: (position) => this.#excerpt(position),
    }
    return buildBlocks(this.#lex(held), held, lines, scope)
  }

  #lex(text: string): Token[] {
    return this.#marked.lexer(text)
  }

  #excerpt(position: SourcePosition): string {
    return this.#sources.get(position.file)?.[position.line - 1] ?? ''
  }

  /** Escapes quote and list markers beyond the limit of nesting. */
  #holdNesting(text: string, file: string, firstLine: number): string {
    const marker = new RegExp(
      `^((?:[ \\t]*(?:>|[-*+][ \\t]|\\d{1,9}[.)][ \\t])){${maximumNesting}})[ \\t]*(?=>|[-*+][ \\t]|\\d{1,9}[.)][ \\t])`,
    )
    const indent = new RegExp(`^[ \\t]{${maximumNesting * 4},}`)
    let told = false
    return text
      .split('\n')
      .map((line, index) => {
        const match = marker.exec(line)
        if (!match && !indent.test(line)) return line
        if (!told) {
          this.#input.report({
            severity: 'warning',
            code: 'nesting-too-deep',
            message: `quotes and lists may stand ${maximumNesting} deep`,
            position: { file, line: firstLine + index, column: (match?.[0].length ?? 0) + 1 },
            excerpt: line.slice(0, 200),
            hint: 'the marks beyond that are read as text',
          })
          told = true
        }
        return match ? `${match[0]}\\${line.slice(match[0].length)}` : line.slice(line.length - line.trimStart().length)
      })
      .join('\n')
  }

  #include(path: string, position: SourcePosition, within: readonly Attributes[]): readonly Block[] {
    const { readInclude, report } = this.#input
    const from = this.#including.at(-1) ?? this.#input.file
    const found = readInclude?.(path, from) ?? null
    const at = { position, excerpt: this.#excerpt(position) }
    if (!found) {
      report({
        severity: 'error',
        code: 'missing-include',
        message: `the included file ${path} cannot be read`,
        ...at,
        hint: 'paths count from the file that includes, and stay inside the project',
      })
      return []
    }
    if (this.#including.includes(found.file)) {
      report({
        severity: 'error',
        code: 'include-cycle',
        message: `${path} includes itself`,
        ...at,
        hint: `the way here: ${this.#including.join(' → ')}`,
      })
      return []
    }
    const source = found.source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
    this.#sources.set(found.file, source.split('\n'))
    this.#including.push(found.file)
    const { bodyOffset, bodyLine } = readFrontMatter(source, found.file, report)
    const blocks = this.#blocks(found.file, source.slice(bodyOffset), { line: bodyLine, within })
    this.#including.pop()
    return blocks
  }

  #checkNotes(blocks: readonly Block[]): void {
    const { report } = this.#input
    const used = new Set<string>()
    const stack: unknown[] = [...blocks, ...this.#notes.values()]
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (Array.isArray(node)) stack.push(...node)
      else if (typeof node === 'object' && node !== null) {
        if ('kind' in node && node.kind === 'note-reference' && 'label' in node && 'position' in node) {
          const label = String(node.label)
          used.add(label)
          if (!this.#notes.has(label)) this.#reportNote('undefined-note', label, node.position as SourcePosition)
        }
        for (const [key, value] of Object.entries(node))
          if (key !== 'position' && key !== 'attributes' && typeof value === 'object' && value !== null) stack.push(value)
      }
    }
    for (const note of this.#notes.values()) {
      if (!used.has(note.label))
        report({
          severity: 'warning',
          code: 'unused-note',
          message: `nothing refers to the note [^${note.label}]`,
          position: note.position,
          excerpt: this.#excerpt(note.position),
          hint: 'refer to it, or delete it: it stands in no edition',
        })
    }
  }

  #reportNote(code: string, label: string, position: SourcePosition): void {
    this.#input.report({
      severity: 'error',
      code,
      message: `the note [^${label}] is not defined`,
      position: { ...position, length: label.length + 3 },
      excerpt: this.#excerpt(position),
      hint: `write it on a line of its own: [^${label}]: …`,
    })
  }
}
