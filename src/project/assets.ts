/**
 * Where the files that travel with the tool are: templates, fonts and content. In: this module's own place. Out: absolute paths.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The package's folder: the nearest one above this module that holds templates. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'templates', 'report'))) {
    const above = dirname(folder)
    if (above === folder) throw new Error('the shipped templates are missing: the installation is not complete')
    folder = above
  }
  return folder
}

export const shippedTemplateFolder = (): string => join(packageFolder(), 'templates')

/** The folder that holds the font packages, wherever the package manager put them. */
export function shippedFontFolder(): string {
  const require = createRequire(import.meta.url)
  return dirname(dirname(require.resolve('@expo-google-fonts/source-serif-4/package.json')))
}

/** The version of the tool (Semantic Versioning 2.0), from its package.json. */
export function packageVersion(): string {
  const description: { readonly version?: unknown } = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8'))
  if (typeof description.version !== 'string') throw new Error('package.json names no version: the installation is not complete')
  return description.version
}
