/**
 * The files that a brand names. In: a path as it is written. Out: an absolute one below the project folder, or a diagnostic at its place. Nothing is fetched.
 */
import { existsSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import { tell, textOf, type YamlNode, type YamlSource } from './yaml-node.js'

/** Where a brand's own files are, and what may be read. */
export interface BrandFiles {
  readonly source: YamlSource
  readonly folder: string
  readonly root: string
}

/** An absolute path below the root; undefined, reported, where there is no such file. */
export function fileOf(node: YamlNode, path: string, { source, folder, root }: BrandFiles): string | undefined {
  const written = textOf(node, path, source)
  if (written === undefined) return undefined
  if (/^https?:/i.test(written)) {
    tell(source, node.position, {
      code: 'brand-not-fetched',
      message: `${written} is not fetched`,
      hint: 'save it in the project folder and name it there',
    })
    return undefined
  }
  const absolute = resolve(folder, written.replace(/^\//, ''))
  if (!absolute.startsWith(root.endsWith(sep) ? root : root + sep) || !existsSync(absolute)) {
    tell(source, node.position, {
      code: 'brand-file-missing',
      severity: 'error',
      message: `the file ${written} cannot be found in the project folder`,
      hint: 'paths are relative to the brand file',
    })
    return undefined
  }
  return absolute
}
