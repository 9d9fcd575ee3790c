/**
 * The fonts at hand. In: further folders. Out: families with their faces and scripts, sorted by name.
 */

import { singleFont } from '../fonts/container.js'
import { createFontFolders } from '../fonts/folders.js'
import { readOpenType } from '../fonts/open-type.js'
import { shippedFaces } from '../fonts/shipped.js'
import { shippedFontFolder } from './assets.js'
import { configuredFontFolders, readBytes } from './engine.js'

export interface ListedFamily {
  readonly family: string
  /** `shipped`, or the folder of its first file. */
  readonly source: string
  readonly faces: readonly { readonly weight: readonly [number, number]; readonly style: string; readonly path: string }[]
  /** In English, such as `Latin`. */
  readonly scripts: readonly string[]
}

/** A letter for each script that a briefing may need. */
const samples: readonly (readonly [string, number])[] = [
  ['Latin', 0x61],
  ['Greek', 0x3b1],
  ['Cyrillic', 0x431],
  ['Armenian', 0x561],
  ['Hebrew', 0x5d0],
  ['Arabic', 0x628],
  ['Devanagari', 0x915],
  ['Bengali', 0x995],
  ['Tamil', 0xb95],
  ['Thai', 0xe01],
  ['Lao', 0xe81],
  ['Myanmar', 0x1000],
  ['Georgian', 0x10d0],
  ['Ethiopic', 0x1200],
  ['Khmer', 0x1780],
  ['Kana', 0x3042],
  ['Han', 0x4e00],
  ['Hangul', 0xac00],
  ['Emoji', 0x1f600],
]

/** Lists the shipped families and those in configured folders. */
export function listFonts(folders: readonly string[]): readonly ListedFamily[] {
  const shipped = shippedFaces(shippedFontFolder())
    .filter(({ path }) => readBytes(path) !== null)
    .map(({ family, weight, italic, path }) => ({
      family,
      source: 'shipped',
      weight: [weight, weight] as const,
      style: italic ? 'italic' : 'normal',
      path,
    }))
  const found = createFontFolders([...folders, ...configuredFontFolders()])
    .faces()
    .map((face) => ({ ...face, source: face.path.replace(/[\\/][^\\/]*$/, '') }))
  const families = new Map<string, ListedFamily>()
  for (const { family, source, weight, style, path } of [...shipped, ...found]) {
    const known = families.get(family)
    const face = { weight, style, path }
    families.set(family, known ? { ...known, faces: [...known.faces, face] } : { family, source, faces: [face], scripts: scriptsOf(path) })
  }
  return [...families.values()].sort((a, b) => (a.family < b.family ? -1 : 1))
}

function scriptsOf(path: string): readonly string[] {
  const [file = path, name] = path.split('#')
  const data = readBytes(file)
  if (!data) return []
  const { glyphFor } = readOpenType(singleFont(data, name))
  return samples.flatMap(([script, letter]) => (glyphFor(letter) === 0 ? [] : [script]))
}
