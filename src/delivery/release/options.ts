/**
 * What a release was asked for. In: options of the command. Out: their record in the manifest, which names no folder of the machine and no password; and back,
 * so that anyone can build the release again.
 */
import { resolve } from 'node:path'
import { type EditionName, editionNames } from '../../editions/edition.js'
import { type Protection, permissionNames } from '../../pdf/encryption-names.js'
import type { PdfOptions } from '../../pdf/settings.js'
import { type Format, formats } from '../../project/make-editions.js'
import { portablePath } from './digest.js'
import type { ManifestOptions } from './manifest.js'
import type { Shard } from './part.js'

/** What decides the bytes of the editions. */
export interface EditionOptions {
  /** Files or folders; default: `content` in the project folder. */
  readonly sources?: readonly string[]
  readonly editions?: readonly EditionName[]
  readonly formats?: readonly Format[]
  readonly audience?: string
  readonly css?: readonly string[]
  readonly fontFolders?: readonly string[]
  readonly pdf?: PdfOptions
}

export interface ReleaseOptions extends EditionOptions {
  /** The project folder. Default: the working folder. */
  readonly project?: string
  /** Default: `out/release` in the project folder. */
  readonly out?: string
  /** The release's name, such as `v1.4`; default: the tag of git on the checked out commit. Null: none. */
  readonly tag?: string | null
  /** What CHANGES compares with: a revision, a folder, an earlier release; default: the last tag. Null: nothing. */
  readonly since?: string | null
  /** ISO 8601: for sources without a date, and for the archive. */
  readonly date?: string
  /** Who builds, a URI. */
  readonly builder?: string
  readonly shard?: Shard
}

/** Paths are relative to the project. */
export function recordOptions(options: EditionOptions, project: string): ManifestOptions {
  const { pdf = {} } = options
  const paths = (names: readonly string[]): string[] => names.map((name) => portablePath(project, resolve(project, name)))
  return {
    sources: paths(namedSources(options)),
    editions: [...(options.editions ?? editionNames)],
    formats: [...(options.formats ?? formats)],
    audience: options.audience ?? null,
    css: paths(options.css ?? []),
    fontFolders: paths(options.fontFolders ?? []),
    pdf: {
      standards: pdf.standards ? [...pdf.standards] : null,
      attachments: pdf.attachments ?? null,
      attach: paths(pdf.attach ?? []),
      duplex: pdf.viewer?.duplex ?? null,
      copies: pdf.viewer?.copies ?? null,
      protected: pdf.protection !== undefined,
      permissions: [...(pdf.protection?.permissions ?? [])],
    },
  }
}

export const namedSources = ({ sources }: EditionOptions): readonly string[] => (sources && sources.length > 0 ? sources : ['content'])

/** The options that a manifest records, for a project wherever it is now. Passwords come from elsewhere. */
export function optionsOfRecord(record: ManifestOptions, project: string, passwords: Omit<Protection, 'permissions'>): EditionOptions {
  const { pdf } = record
  const paths = (names: readonly string[]): readonly string[] => names.map((name) => resolve(project, name))
  const permissions = permissionNames.filter((name) => pdf.permissions.includes(name))
  return {
    sources: paths(record.sources),
    editions: record.editions,
    formats: record.formats,
    css: paths(record.css),
    fontFolders: paths(record.fontFolders),
    ...(record.audience === null ? {} : { audience: record.audience }),
    pdf: {
      attach: paths(pdf.attach),
      viewer: { ...(pdf.duplex === null ? {} : { duplex: pdf.duplex }), ...(pdf.copies === null ? {} : { copies: pdf.copies }) },
      ...(pdf.standards === null ? {} : { standards: pdf.standards }),
      ...(pdf.attachments === null ? {} : { attachments: pdf.attachments }),
      ...(pdf.protected ? { protection: { ...passwords, permissions } } : {}),
    },
  }
}
