/**
 * What went into a release: every file of the project that was read. In: documents and options. Out: their paths, sizes and digests, sorted.
 */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Document } from '../../document/document.js'
import { eachSection } from '../../document/outline.js'
import { visitBlocks } from '../../document/walk.js'
import type { Font } from '../../fonts/font.js'
import { readOpenType } from '../../fonts/open-type.js'
import { decodeAddress, eachImage } from '../../project/check-images.js'
import { readBytes } from '../../project/engine.js'
import { portablePath, sha256, sortedBy } from './digest.js'
import type { ManifestFont, ManifestSource } from './manifest.js'

export interface MaterialsInput {
  /** Absolute. */
  readonly project: string
  readonly documents: readonly Document[]
  /** Absolute paths of the reader's own style sheets and of data files. */
  readonly css: readonly string[]
  readonly attach: readonly string[]
}

type Role = ManifestSource['role']

/** A file that plays several parts is listed with its first. */
export function materials({ project, documents, css, attach }: MaterialsInput): readonly ManifestSource[] {
  const roles = new Map<string, Role>()
  const add = (role: Role, path: string): void => {
    if (!roles.has(path)) roles.set(path, role)
  }
  for (const { file } of documents) add('source', file)
  for (const document of documents) {
    for (const file of filesOf(document)) add('included', file)
    for (const file of picturesOf(document)) add('picture', file)
  }
  for (const file of filesBelow(join(project, 'templates'))) add('template', file)
  for (const file of css) add('style-sheet', file)
  for (const file of attach) add('attachment', file)
  const sources = [...roles].flatMap(([path, role]) => {
    const bytes = readBytes(path)
    return bytes ? [{ path: portablePath(project, path), role, bytes: bytes.length, sha256: sha256(bytes) }] : []
  })
  return sortedBy(sources, ({ path }) => path)
}

/** The files that blocks come from. */
function filesOf(document: Document): ReadonlySet<string> {
  const files = new Set<string>()
  const visitor = {
    enter: ({ position }: { readonly position: { readonly file: string } }) => {
      files.add(position.file)
      return undefined
    },
  }
  visitBlocks(document.preamble, visitor)
  for (const { blocks, position } of eachSection(document.sections)) {
    files.add(position.file)
    visitBlocks(blocks, visitor)
  }
  for (const { definition } of document.notes.values()) visitBlocks(definition.blocks, visitor)
  return files
}

function picturesOf(document: Document): readonly string[] {
  return eachImage(document)
    .filter((address) => !/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(address))
    .map((address) => resolve(dirname(document.file), decodeAddress(address.replace(/[?#].*$/, ''))))
    .filter((path) => existsSync(path) && statSync(path).isFile())
}

function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** The fonts that were opened, each file or instance once, sorted by name. */
export function usedFonts(opened: Iterable<Font>): readonly ManifestFont[] {
  const fonts = new Map<string, ManifestFont>()
  for (const { family, postScriptName: name, data } of opened) {
    const digest = sha256(data)
    fonts.set(`${name} ${family} ${digest}`, { family, name, version: readOpenType(data).version, sha256: digest })
  }
  return sortedBy(fonts.values(), ({ name, family, sha256: digest }) => `${name} ${family} ${digest}`)
}
