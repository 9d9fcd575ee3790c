/** A typesetter with the shipped fonts, and styles with the values that text/ reads. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ComputedStyle } from '../../src/css/computed-style.js'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { createFontCollection } from '../../src/fonts/collection.js'
import { createTypesetter, loadHyphenation, loadShaper } from '../../src/text/index.js'
import type { LineItem, Paragraph, Typesetter } from '../../src/text/paragraph.js'
import { declared } from '../css/helpers.js'
import { projectFolder } from '../tools.js'

export const fontFolder = join(projectFolder, 'node_modules', '@expo-google-fonts')

export interface Setting {
  readonly typesetter: Typesetter
  readonly messages: Diagnostic[]
}

export async function createSetting(): Promise<Setting> {
  const messages: Diagnostic[] = []
  const report = (message: Diagnostic) => messages.push(message)
  const fonts = createFontCollection({ shippedFontFolder: fontFolder, fontFaces: [], readFile: (path) => readFileSync(path), report })
  const typesetter = createTypesetter({ fonts, shaper: await loadShaper(), hyphenator: await loadHyphenation(['en-GB']), report })
  return { typesetter, messages }
}

/** A style from declarations, with a language. */
export function textStyle(css = '', language = 'en-GB'): ComputedStyle {
  return { ...declared(`font-family: 'Source Serif 4'; font-size: 16px; ${css}`), language }
}

export function prepare(typesetter: Typesetter, text: string, style: ComputedStyle): Paragraph {
  return typesetter.prepare({ text, spans: [{ start: 0, end: text.length, style }], objects: [], style, indent: 0 })
}

/** The text of each line, with the hyphen where one is drawn. */
export function lineTexts(typesetter: Typesetter, paragraph: Paragraph, width: number): string[] {
  return typesetter
    .breakLines(paragraph, width)
    .map((line) => paragraph.input.text.slice(line.start, line.end).trimEnd() + (line.hyphenated ? '-' : ''))
}

export const rightEdge = (items: readonly LineItem[]): number =>
  Math.max(...items.map((item) => item.x + (item.kind === 'run' ? item.run.width : item.width)))
