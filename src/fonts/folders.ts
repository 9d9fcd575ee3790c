/**
 * Fonts of the system or an office, from folders that the configuration names. In: folders. Out: a face per font in them. A file is read when the
 * index is first asked for; broken ones are left out, since nobody chose them.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOpenType } from './open-type.js'
import { collectionOffsets, extractFont } from './sfnt.js'

export interface FolderFace {
  readonly family: string
  readonly fullName: string
  readonly postScriptName: string
  readonly weight: readonly [number, number]
  readonly stretch: readonly [number, number]
  readonly style: 'normal' | 'italic' | 'oblique'
  readonly regular: boolean
  /** Absolute; with `#name` where the file is a collection. */
  readonly path: string
}

export interface FontFolders {
  /** All faces, plain ones first, then by path. */
  readonly faces: () => readonly FolderFace[]
}

const fontFile = /\.(?:ttf|otf|ttc|otc|woff2?)$/i
const deepest = 8

/** An index over folders that is made when it is first asked for. */
export function createFontFolders(folders: readonly string[]): FontFolders {
  let faces: readonly FolderFace[] | undefined
  return {
    faces() {
      faces ??= folders
        .flatMap((folder) => fontFiles(folder, 0))
        .flatMap(facesOf)
        .sort((a, b) => Number(b.regular) - Number(a.regular))
      return faces
    },
  }
}

function fontFiles(folder: string, depth: number): string[] {
  if (depth > deepest) return []
  try {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
    return entries.flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return fontFiles(path, depth + 1)
      return fontFile.test(entry.name) ? [path] : []
    })
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).code === 'string') return []
    throw error
  }
}

function facesOf(path: string): FolderFace[] {
  try {
    const data = readFileSync(path)
    if (/\.woff2?$/i.test(path)) return []
    const offsets = collectionOffsets(data)
    if (!offsets) return [faceOf(data, path)]
    return offsets.map((offset) => {
      const face = faceOf(extractFont(data, offset), path)
      return { ...face, path: `${path}#${face.postScriptName}` }
    })
  } catch (error) {
    if (error instanceof Error) return []
    throw error
  }
}

function faceOf(data: Uint8Array, path: string): FolderFace {
  const { family, fullName, postScriptName, weight, stretch, italic, regular, axes } = readOpenType(data)
  const range = (tag: string, value: number): readonly [number, number] => {
    const axis = axes.find((one) => one.tag === tag)
    return axis ? [axis.minimum, axis.maximum] : [value, value]
  }
  return {
    family,
    fullName,
    postScriptName,
    weight: range('wght', weight),
    stretch: range('wdth', stretch),
    style: italic ? 'italic' : 'normal',
    regular,
    path,
  }
}
