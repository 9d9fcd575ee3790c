/**
 * The Markdown tree: what markdown/ makes of a source and document/ reads. Names follow Pandoc's AST
 * (https://hackage.haskell.org/package/pandoc-types/docs/Text-Pandoc-Definition.html) where it has one.
 */
import type { SourcePosition } from '../diagnostics/diagnostic.js'

/** `{#id .class key=value}` on a node; `values` keeps the order of the source. */
export interface Attributes {
  readonly id?: string
  readonly classes: readonly string[]
  readonly values: Readonly<Record<string, string>>
}

/** The place just after a node's last character. */
export interface SourceEnd {
  readonly line: number
  readonly column: number
}

interface Node {
  readonly position: SourcePosition
  /** Of blocks, list items, notes and inlines with attributes, where the source could be followed to it. */
  readonly end?: SourceEnd
  readonly attributes?: Attributes
}

export interface Heading extends Node {
  readonly kind: 'heading'
  readonly level: 1 | 2 | 3 | 4 | 5 | 6
  readonly content: readonly Inline[]
}
export interface Paragraph extends Node {
  readonly kind: 'paragraph'
  readonly content: readonly Inline[]
  /** Given by document/ where paragraphs are numbered. */
  readonly number?: string
}
export interface BlockQuote extends Node {
  readonly kind: 'block-quote'
  readonly blocks: readonly Block[]
}
/** `> [!NOTE]` and its kin, and `::: callout` divs. `lead` is the author's own title, if any. */
export interface Callout extends Node {
  readonly kind: 'callout'
  readonly type: 'note' | 'tip' | 'important' | 'warning' | 'caution'
  readonly lead?: readonly Inline[]
  readonly blocks: readonly Block[]
}
export interface ListItem extends Node {
  readonly kind: 'list-item'
  readonly blocks: readonly Block[]
  readonly checked?: boolean
}
export interface BulletList extends Node {
  readonly kind: 'bullet-list'
  readonly tight: boolean
  readonly items: readonly ListItem[]
}
export interface OrderedList extends Node {
  readonly kind: 'ordered-list'
  readonly tight: boolean
  readonly start: number
  readonly items: readonly ListItem[]
}
export interface DefinitionItem extends Node {
  readonly kind: 'definition-item'
  readonly term: readonly Inline[]
  readonly definitions: readonly (readonly Block[])[]
}
export interface DefinitionList extends Node {
  readonly kind: 'definition-list'
  readonly items: readonly DefinitionItem[]
}
export type Alignment = 'left' | 'right' | 'center' | 'default'
export interface TableCell extends Node {
  readonly kind: 'table-cell'
  readonly content: readonly Inline[]
}
export interface Table extends Node {
  readonly kind: 'table'
  readonly alignments: readonly Alignment[]
  readonly head: readonly TableCell[]
  readonly rows: readonly (readonly TableCell[])[]
  /** From a line `: Caption {#tbl-x}` before or after the table; its attributes are the table's. */
  readonly caption?: readonly Inline[]
  /** Where the caption's own line stands, if it has one. */
  readonly captionPlace?: { readonly position: SourcePosition; readonly end: SourceEnd }
}
/** An image that stands alone in its paragraph; the image's text is the caption, `alt=` (or that text) the alternative. */
export interface Figure extends Node {
  readonly kind: 'figure'
  readonly image: Image
  readonly caption?: readonly Inline[]
}
export interface CodeBlock extends Node {
  readonly kind: 'code-block'
  readonly language?: string
  readonly text: string
}
export interface ThematicBreak extends Node {
  readonly kind: 'thematic-break'
}
/** A fenced div `::: {.class key=value}` … `:::`. */
export interface Div extends Node {
  readonly kind: 'div'
  readonly blocks: readonly Block[]
}
/** Raw HTML, not yet sanitised. */
export interface RawBlock extends Node {
  readonly kind: 'raw-block'
  readonly html: string
}

export type Block =
  | Heading
  | Paragraph
  | BlockQuote
  | Callout
  | BulletList
  | OrderedList
  | DefinitionList
  | Table
  | Figure
  | CodeBlock
  | ThematicBreak
  | Div
  | RawBlock

export interface Text extends Node {
  readonly kind: 'text'
  readonly text: string
  /** Written with a backslash: its punctuation stays as it is. */
  readonly literal?: true
}
export interface Emphasis extends Node {
  readonly kind: 'emphasis'
  readonly content: readonly Inline[]
}
export interface Strong extends Node {
  readonly kind: 'strong'
  readonly content: readonly Inline[]
}
export interface Strikeout extends Node {
  readonly kind: 'strikeout'
  readonly content: readonly Inline[]
}
export interface Code extends Node {
  readonly kind: 'code'
  readonly text: string
}
export interface Link extends Node {
  readonly kind: 'link'
  readonly target: string
  readonly title?: string
  readonly content: readonly Inline[]
}
export interface Image extends Node {
  readonly kind: 'image'
  readonly source: string
  readonly title?: string
  readonly content: readonly Inline[]
  readonly alternative: string
}
export interface LineBreak extends Node {
  readonly kind: 'line-break'
}
export interface SoftBreak extends Node {
  readonly kind: 'soft-break'
}
/** `[text]{.class lang=km}`. */
export interface Span extends Node {
  readonly kind: 'span'
  readonly content: readonly Inline[]
}
/** `[^label]`; the note's blocks stand in MarkdownTree.notes under the label. */
export interface NoteReference extends Node {
  readonly kind: 'note-reference'
  readonly label: string
}
/** `@sec-x`, `@fig-x`, `@tbl-x`, `@par-x`; `target` is the id without the `@`. The class `page` asks for the page too. */
export interface CrossReference extends Node {
  readonly kind: 'cross-reference'
  readonly target: string
}
/** One work in a citation. `locator` is a place in it, such as page 3. */
export interface CitationItem {
  readonly key: string
  readonly prefix?: string
  readonly locator?: { readonly label: string; readonly value: string }
  readonly suffix?: string
  /** `-@key`: the author is named in the text already. */
  readonly suppressAuthor: boolean
}
/** `[@key, p. 3; @other]`, or `@key` as a part of the sentence (Pandoc's AuthorInText). */
export interface Citation extends Node {
  readonly kind: 'citation'
  readonly narrative: boolean
  readonly items: readonly CitationItem[]
  /** As it was typed; document/ puts the formatted words in its place. */
  readonly content: readonly Inline[]
}
export interface RawInline extends Node {
  readonly kind: 'raw-inline'
  readonly html: string
}

export type Inline =
  | Text
  | Emphasis
  | Strong
  | Strikeout
  | Code
  | Link
  | Image
  | LineBreak
  | SoftBreak
  | Span
  | NoteReference
  | CrossReference
  | Citation
  | RawInline

export interface NoteDefinition extends Node {
  readonly kind: 'note'
  readonly label: string
  /** The attributes of the divs it is written in, outermost first. */
  readonly within?: readonly Attributes[]
  readonly blocks: readonly Block[]
}

/** `*[ASEAN]: Association of Southeast Asian Nations` */
export interface Abbreviation {
  readonly short: string
  readonly long: string
  readonly position: SourcePosition
}

/** The front matter as parsed YAML, not yet checked, with where each top-level key stands. */
export interface FrontMatter {
  readonly values: Readonly<Record<string, unknown>>
  /** Positions by dotted path, such as `title` or `authors.0`. */
  readonly positions: ReadonlyMap<string, SourcePosition>
}

export interface MarkdownTree {
  readonly file: string
  /** The whole text of the source, for excerpts. */
  readonly source: string
  readonly frontMatter?: FrontMatter
  readonly blocks: readonly Block[]
  readonly notes: ReadonlyMap<string, NoteDefinition>
  /** By their short form. */
  readonly abbreviations: ReadonlyMap<string, Abbreviation>
}
