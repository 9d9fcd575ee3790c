/**
 * What went into a release: every file of the project that was read. In: documents and options. Out: their paths, sizes and digests, sorted.
 */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Document } from '../../document/document.js'
import type { Font } from '../../fonts/font.js'
import { readOpenType } from '../../fonts/open-type.js'
import { decodeAddress, eachImage } from '../../project/check-images.js'
import { readBytes } from '../../project/engine.js'
import { readDocument } from '../../project/read-document.js'
import { portablePath, sha256, sortedBy } from './digest.js'
import type { ManifestFont, ManifestSource } from './manifest.js'

/** A document and every file that was read for it: what it includes, its bibliography. */
export interface ReadSource {
  readonly document: Document
  readonly files: readonly string[]
}

export interface MaterialsInput {
  /** Absolute. */
  readonly project: string
  readonly documents: readonly ReadSource[]
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
  for (const { document } of documents) add('source', document.file)
  for (const { document, files } of documents) {
    for (const file of files) add('included', file)
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

/** Reads sources once more, in order, and keeps account of their files. What is wrong with them was told when they were built. */
export async function readSources(files: readonly string[], project: string): Promise<readonly ReadSource[]> {
  const sources: ReadSource[] = []
  for (const file of files) {
    const read: string[] = []
    const tracing = (path: string): Uint8Array | null => {
      const bytes = readBytes(path)
      if (bytes) read.push(path)
      return bytes
    }
    const document = await readDocument(file, { root: project, read: tracing, report: () => {} })
    if (document) sources.push({ document, files: read })
  }
  return sources
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
