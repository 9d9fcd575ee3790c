/**
 * What is loaded once for a run: the shaper, opened fonts and hyphenation patterns. In: nothing. Out: an Engine that every layout
 * of the run shares.
 */
import { readFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { createFontFolders, type FontFolders } from '../fonts/folders.js'
import type { Font } from '../fonts/font.js'
import { type Hyphenator, loadHyphenation, loadShaper, type Shaper } from '../text/index.js'
import { shippedFontFolder } from './assets.js'
import type { DecodedPictures } from './decode-pictures.js'

export interface Engine {
  readonly shaper: Shaper
  /** Opened fonts by path. */
  readonly fonts: Map<string, Font>
  readonly fontFolder: string
  /** Pictures of formats that PDF does not know, as PNG. */
  readonly pictures: DecodedPictures
  /** Fonts of the system or an office. */
  readonly folders: FontFolders
  /** Patterns for these languages (BCP 47); loaded when first asked for. */
  hyphenator(languages: readonly string[]): Promise<Hyphenator>
}

/** The folders that the environment names in BRIEFPRESS_FONT_PATH, written as a path list. */
export function configuredFontFolders(): readonly string[] {
  return (process.env.BRIEFPRESS_FONT_PATH ?? '').split(delimiter).filter((folder) => folder !== '')
}

export interface EngineOptions {
  /** Folders of further fonts, before those that the environment names. */
  readonly fontFolders?: readonly string[]
}

/** Starts an engine; takes some 40 ms, so start it before reading sources and await it after. */
export async function loadEngine(options: EngineOptions = {}): Promise<Engine> {
  const loaded = new Map<string, Promise<Hyphenator>>()
  return {
    shaper: await loadShaper(),
    fonts: new Map(),
    fontFolder: shippedFontFolder(),
    pictures: new Map(),
    folders: createFontFolders([...(options.fontFolders ?? []), ...configuredFontFolders()]),
    hyphenator(languages) {
      const key = [...new Set(languages)].sort().join(' ')
      let hyphenator = loaded.get(key)
      if (!hyphenator) {
        hyphenator = loadHyphenation(languages)
        loaded.set(key, hyphenator)
      }
      return hyphenator
    },
  }
}

/** A file's bytes, or null where it cannot be read; the caller says why it matters. */
export function readBytes(path: string): Uint8Array | null {
  try {
    return readFileSync(path)
  } catch (error) {
    if (isSystemError(error)) return null
    throw error
  }
}

/** A file's text as UTF-8, or null where it cannot be read. */
export function readText(path: string): string | null {
  const bytes = readBytes(path)
  return bytes === null ? null : new TextDecoder().decode(bytes)
}

/** A style sheet's text: by its byte order mark, else by its @charset, else as UTF-8 (CSS Syntax 3, section 3.2). Null where it cannot be read. */
export function readStyleSheet(path: string): string | null {
  const bytes = readBytes(path)
  if (bytes === null) return null
  const start = Buffer.from(bytes.subarray(0, 1024)).toString('latin1')
  const marked = start.startsWith('\xfe\xff')
    ? 'utf-16be'
    : start.startsWith('\xff\xfe')
      ? 'utf-16le'
      : start.startsWith('\xef\xbb\xbf')
        ? 'utf-8'
        : undefined
  const named = /^@charset "([^"]*)";/.exec(start)?.[1]
  const label = marked ?? (named && /^utf-16/i.test(named) ? 'utf-8' : named) ?? 'utf-8'
  try {
    return new TextDecoder(label).decode(bytes)
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder().decode(bytes)
    throw error
  }
}

/** Errors of the operating system (no such file, no permission …), as against mistakes in the program. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string'
}
