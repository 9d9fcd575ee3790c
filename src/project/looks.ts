/**
 * What a document wears: its theme and its brand. In: a document, the project folder and what the command line says. Out: the theme's name, the
 * brand's sheet, fonts and logos; diagnostics where there is no such theme or the brand is not right.
 */
import { existsSync, readdirSync } from 'node:fs'
import { dirname, extname, join, resolve, sep } from 'node:path'
import type { Brand } from '../brand/brand.js'
import type { LogoChoice } from '../brand/brand-logo.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { Document } from '../document/document.js'
import { diagnosticAt, lineAt } from '../document/message.js'
import { didYouMean } from '../document/suggest.js'
import type { EditionName } from '../editions/edition.js'
import { genericFamily, shippedFaces } from '../fonts/shipped.js'
import type { FaceFile } from '../html/used-characters.js'
import type { BrandSheet } from '../templates/style-sheets.js'
import type { Logo } from '../templates/view.js'
import { type Engine, readBytes, readText } from './engine.js'

export interface LooksInput {
  readonly document: Document
  /** The project folder, absolute. */
  readonly project: string
  readonly templateFolders: readonly string[]
  readonly engine: Engine
  /** Before the source's own. */
  readonly theme?: string
  /** Absolute path; the nearest `_brand.yml` otherwise. */
  readonly brand?: string
  readonly report: Report
}

export interface Looks {
  readonly theme?: string
  readonly brand?: BrandSheet
  readonly logo: (edition: EditionName) => Logo | undefined
  /** The brand's own font files, for subsets inside HTML. */
  readonly faces: readonly FaceFile[]
}

/** Resolves theme and brand. A document without a brand loads nothing of brand/. */
export async function resolveLooks(input: LooksInput): Promise<Looks> {
  const theme = resolveTheme(input)
  const file = input.brand ?? findBrand(input.document.file, input.project)
  const dressed = file === undefined ? undefined : await loadBrand(file, input)
  return { ...(theme === undefined ? {} : { theme }), ...(dressed ?? { logo: () => undefined, faces: [] }) }
}

/** The default look has no sheet of its own. */
const plain = 'default'

function resolveTheme({ document, templateFolders, theme: asked, report }: LooksInput): string | undefined {
  const name = asked ?? document.metadata.theme
  if (name === undefined || name === plain) return undefined
  const themes = templateFolders.flatMap((folder) => {
    const themesFolder = join(folder, 'themes')
    return existsSync(themesFolder)
      ? readdirSync(themesFolder).flatMap((file) => (extname(file) === '.css' ? [file.slice(0, -4)] : []))
      : []
  })
  if (themes.includes(name)) return name
  const line = document.source.split('\n').findIndex((text) => text.startsWith('theme:')) + 1
  report(
    diagnosticAt(document.source, {
      severity: 'error',
      code: 'unknown-theme',
      message: `there is no theme “${name}”`,
      hint: didYouMean(name, new Set([plain, ...themes])),
      ...(asked === undefined && line > 0
        ? { position: { file: document.file, line, column: 1, length: (lineAt(document.source, line) ?? '').length } }
        : {}),
    }),
  )
  return undefined
}

const names = ['_brand.yml', '_brand.yaml']

/** The nearest brand file from the source's folder up to the project's; in the source's folder alone where it stands outside. */
export function findBrand(source: string, project: string): string | undefined {
  const inside = source.startsWith(project.endsWith(sep) ? project : project + sep)
  for (let folder = dirname(source); ; folder = dirname(folder)) {
    const found = names.map((name) => join(folder, name)).find((path) => existsSync(path))
    if (found !== undefined) return found
    if (!inside || folder === project || folder === dirname(folder)) return undefined
  }
}

async function loadBrand(file: string, input: LooksInput): Promise<Omit<Looks, 'theme'> | undefined> {
  const { project, engine, report } = input
  const text = readText(file)
  if (text === null) {
    report({ severity: 'error', code: 'brand-missing', message: `the brand file ${file} cannot be read` })
    return undefined
  }
  const [{ readBrand }, { checkContrast }, { brandStyleSheet }, { logoFor }] = await Promise.all([
    import('../brand/read-brand.js'),
    import('../brand/brand-colors.js'),
    import('../brand/brand-style.js'),
    import('../brand/brand-logo.js'),
  ])
  const folder = dirname(file)
  const root = folder === project || folder.startsWith(project + sep) ? project : folder
  const brand = readBrand({ file, text, root, hasFamily: (family) => hasFamily(family, engine), report })
  if (!brand) return undefined
  checkContrast(brand, { file, text, report })
  return {
    // A name of its own: the sheet is made, and nothing reads it from disk.
    brand: { file: resolve(`${file}.css`), css: brandStyleSheet(brand) },
    logo: (edition) => logoPictures(logoFor(brand, edition), brand),
    faces: staticFaces(brand),
  }
}

function hasFamily(family: string, { fontFolder, folders }: Engine): boolean {
  const known = (name: string) => name.toLowerCase() === family.toLowerCase()
  return (
    genericFamily(family) !== undefined ||
    shippedFaces(fontFolder).some((face) => known(face.family)) ||
    folders.faces().some((face) => known(face.family))
  )
}

function staticFaces({ fonts }: Brand): readonly FaceFile[] {
  return fonts
    .filter(({ weight }) => !weight.includes(' '))
    .map(({ family, weight, italic, path }) => ({ family, weight: Number(weight), italic, path }))
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.avif': 'image/avif',
}

/** Logos as data: URLs (RFC 2397), since a brand may stand where no document may read. */
function logoPictures(choice: LogoChoice | undefined, brand: Brand): Logo | undefined {
  if (!choice) return undefined
  const picture = ({ path, alt }: LogoChoice['light']) => {
    const data = Buffer.from(readBytes(path) ?? []).toString('base64')
    return { src: `data:${mediaTypes[extname(path).toLowerCase()] ?? 'image/png'};base64,${data}`, alt: alt ?? brand.name ?? '' }
  }
  return {
    light: picture(choice.light),
    ...(choice.dark ? { dark: picture(choice.dark) } : {}),
    band: picture(choice.band),
    plate: choice.plate,
  }
}
