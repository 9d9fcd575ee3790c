/**
 * Fonts of the folders that a run names, for HTML. In: a document and the run's folders. Out: the faces of families that its style sheets name, so that
 * the file carries them as it carries the shipped ones.
 */
import { shippedFaces } from '../fonts/shipped.js'
import type { FaceFile } from '../html/used-characters.js'
import type { Engine } from './engine.js'

/** Families that style sheets name in quotes, in `font-family` or in a custom property. */
function familiesNamed(html: string): ReadonlySet<string> {
  const lists = html.matchAll(/(?:font-family|--[\w-]+)\s*:([^;{}]*)/g)
  return new Set(
    [...lists].flatMap(([, list = '']) => Array.from(list.matchAll(/'([^']+)'|"([^"]+)"/g), (match) => match[1] ?? match[2] ?? '')),
  )
}

/** Faces in single files whose family the style sheets name. The folders are looked through only where a family is not shipped. */
export function folderFaces(html: string, { folders, fontFolder }: Engine): readonly FaceFile[] {
  const shipped = new Set(shippedFaces(fontFolder).map(({ family }) => family))
  const named = new Set([...familiesNamed(html)].filter((family) => !shipped.has(family)))
  if (named.size === 0) return []
  return folders
    .faces()
    .filter(({ family, weight, path }) => named.has(family) && weight[0] === weight[1] && !path.includes('#'))
    .map(({ family, weight, style, path }) => ({ family, weight: weight[0], italic: style !== 'normal', path }))
}
