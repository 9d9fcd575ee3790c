/**
 * HTML text → pages: parse, style, open fonts, lay out. In: HTML and its style sheets. Out: the laid-out document with what pdf/
 * needs beside it.
 */
import { basename, join } from 'node:path'
import type { Styles } from '../css/computed-style.js'
import { createStyles, type FontMetrics } from '../css/index.js'
import { initialStyle } from '../css/properties/initial.js'
import type { Report } from '../diagnostics/diagnostic.js'
import { createFontCollection } from '../fonts/collection.js'
import type { HtmlDocument } from '../html/dom.js'
import { mostNested } from '../html/nesting.js'
import { parseHtml } from '../html/parse.js'
import { htmlFromXhtml, isXhtml } from '../html/xhtml.js'
import type { LaidOutDocument } from '../layout/fragment.js'
import type { ImageLoader } from '../layout/image.js'
import { createImageLoader } from '../layout/load-image.js'
import { layoutDocument } from '../layout/paginate.js'
import { createTypesetter, type Hyphenator, type Locate } from '../text/index.js'
import type { Typesetter } from '../text/paragraph.js'
import { pictureDigest } from './decode-pictures.js'
import { type Engine, readBytes, readStyleSheet } from './engine.js'

export interface LayOutInput {
  readonly html: string
  /** The file that messages name. */
  readonly file: string
  /** Folder against which addresses resolve. */
  readonly base: string
  /** Nothing outside this folder is read. */
  readonly root: string
  /** Absolute paths, in cascade order, before the document's own sheets. */
  readonly styleSheets: readonly string[]
  /** Absolute paths, in cascade order, after the document's own sheets. */
  readonly lastStyleSheets?: readonly string[]
  /** Rules that come after all sheets. */
  readonly lastRules?: string | null
  /** Pictures of two and more colours are taken in shades of grey, where decode-pictures.ts has made them. */
  readonly grayscale?: boolean
  readonly engine: Engine
  readonly hyphenator: Hyphenator
  readonly report: Report
  /** What a person wrote, where that is not the HTML. */
  readonly source?: string
  /** Reads a style sheet's text, or null; for documents that are laid out again and again. */
  readonly readStyleSheet?: (file: string) => string | null
  /** For copies that differ in their page furniture alone. */
  readonly keepsPages?: boolean
}

export interface LaidOut {
  readonly document: LaidOutDocument
  readonly html: HtmlDocument
  readonly styles: Styles
  readonly typesetter: Typesetter
  /** For backgrounds, which layout does not open. */
  readonly images: ImageLoader
}

/** Finds the first place of a character in a text. */
function locateIn(text: string, file: string): Locate {
  return (character) => {
    const at = text.indexOf(character)
    if (at < 0) return undefined
    const lineStart = text.lastIndexOf('\n', at - 1) + 1
    const lineEnd = text.indexOf('\n', at)
    return {
      position: { file, line: text.slice(0, at).split('\n').length, column: at - lineStart + 1, length: character.length },
      excerpt: text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd),
    }
  }
}

/** A4 in px: the page where no rule says otherwise. */
const viewport = { width: (210 / 25.4) * 96, height: (297 / 25.4) * 96 }

/** Lays out one HTML document. What is wrong with it goes to `report`. */
export function layOut(input: LayOutInput): LaidOut {
  const { engine, report, hyphenator } = input
  const html = parseHtml(isXhtml(input.html, input.file) ? htmlFromXhtml(input.html) : input.html, {
    base: join(input.base, basename(input.file)),
    file: input.file,
  })
  if (html.tooDeep)
    report({
      severity: 'warning',
      code: 'html-too-deep',
      message: `elements are nested more than ${mostNested} deep; below that only their text and innermost elements are kept`,
      ...(html.tooDeep.position ? { position: html.tooDeep.position } : {}),
      hint: 'close the elements that are left open, or nest fewer',
    })
  const readSheet = input.readStyleSheet ?? readStyleSheet
  const read = (file: string) => {
    const css = readSheet(file)
    if (css === null) report({ severity: 'error', code: 'style-sheet-missing', message: `the style sheet ${file} cannot be read` })
    return css === null ? [] : [{ css, file, origin: 'author' as const }]
  }
  const styleSheets = input.styleSheets.flatMap(read)
  const { lastRules, grayscale = false } = input
  const lastStyleSheets = [
    ...(input.lastStyleSheets ?? []).flatMap(read),
    ...(lastRules ? [{ css: lastRules, file: 'print options', origin: 'author' as const }] : []),
  ]
  const metrics: FontMetrics = (style) => {
    const font = fonts.primary({ ...initialStyle(), ...style, id: 0 })
    const zero = font.glyphAdvance(font.glyphFor(0x30)) / font.unitsPerEm
    return { ex: font.xHeight / font.unitsPerEm, ch: zero > 0 ? zero : 0.5 }
  }
  const styles = createStyles({ document: html, styleSheets, lastStyleSheets, viewport, readFile: readSheet, report, metrics })
  const fonts = createFontCollection({
    shippedFontFolder: engine.fontFolder,
    fontFaces: styles.fontFaces,
    readFile: readBytes,
    report,
    opened: engine.fonts,
    folders: engine.folders,
  })
  const typesetter = createTypesetter({
    fonts,
    shaper: engine.shaper,
    hyphenator,
    report,
    locate: locateIn(input.source ?? input.html, input.file),
  })
  const images = createImageLoader({
    base: input.base,
    root: input.root,
    readFile: readBytes,
    decoded: (data) => engine.pictures.get(pictureDigest(data, grayscale)) ?? null,
    ...(grayscale ? { replaced: (data: Uint8Array) => engine.pictures.get(pictureDigest(data, true)) ?? null } : {}),
    report,
  })
  return {
    document: layoutDocument({ html, styles, typesetter, images, report, keepsPages: input.keepsPages === true }),
    html,
    styles,
    typesetter,
    images,
  }
}
