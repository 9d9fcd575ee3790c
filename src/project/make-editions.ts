/**
 * A Document → its editions in their formats. In: a document and the run's engine. Out: the bytes of each file and the ledgers.
 * Fitting is here: an edition is rendered and laid out until it fits.
 */
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import type { Diagnostic, Report } from '../diagnostics/diagnostic.js'
import type { Document } from '../document/document.js'
import { makeBrief } from '../editions/brief.js'
import { fittingTolerance } from '../editions/brief-ladder.js'
import type { BriefEdition, Edition, EditionName, LedgerEntry, SlidesEdition } from '../editions/edition.js'
import { makeReport } from '../editions/report.js'
import { makeSlides } from '../editions/slides.js'
import { checkAudience } from '../editions/withheld.js'
import { shippedFaces } from '../fonts/shipped.js'
import { type PdfOptions, pageRules } from '../pdf/settings.js'
import type { HandoutLayout } from '../templates/handout.js'
import { labelsFor } from '../templates/labels.js'
import { renderEdition } from '../templates/render.js'
import type { CollectedSheets } from '../templates/style-sheets.js'
import type { TemplateSet } from '../templates/template-set.js'
import type { Hyphenator } from '../text/index.js'
import { shippedTemplateFolder } from './assets.js'
import { blockPages, withPages } from './block-pages.js'
import { eachImage } from './check-images.js'
import { decodePictures } from './decode-pictures.js'
import { editionPdf } from './edition-pdf.js'
import { type Engine, readStyleSheet } from './engine.js'
import { folderFaces } from './folder-faces.js'
import { type LaidOut, layOut } from './lay-out.js'
import { type Looks, resolveLooks } from './looks.js'
import { overflow, slideOverflows } from './measure.js'
import type { Recipient } from './recipients.js'

export type Format = 'pdf' | 'html'
export const formats: readonly Format[] = ['pdf', 'html']

export interface MakeEditionsInput {
  readonly document: Document
  /** The project folder, absolute. */
  readonly project: string
  readonly engine: Engine
  readonly editions: readonly EditionName[]
  readonly formats: readonly Format[]
  /** Absolute paths. */
  readonly css: readonly string[]
  readonly audience?: string
  /** Handouts of the slides, each a PDF of its own. */
  readonly handouts?: readonly HandoutLayout[]
  readonly theme?: string
  /** Absolute path of a brand file; the nearest one otherwise. */
  readonly brand?: string
  readonly pdf?: PdfOptions
  /** One PDF for each of these, numbered, instead of one for all. */
  readonly copies?: readonly Recipient[]
  /** A brief whose most important parts do not fit runs on. */
  readonly allowOverflow?: boolean
  readonly date?: string
  readonly clock?: () => number
  readonly report: Report
}

export interface MadeFile {
  readonly edition: EditionName
  readonly format: Format
  readonly handout?: HandoutLayout
  readonly data: Uint8Array | string
  readonly pages?: number
  readonly milliseconds?: number
  /** Whose copy it is. */
  readonly recipient?: Recipient
}

export interface MadeEditions {
  readonly files: readonly MadeFile[]
  readonly ledgers: readonly { readonly edition: EditionName; readonly entries: readonly LedgerEntry[] }[]
}

interface Maker {
  readonly input: MakeEditionsInput
  readonly hyphenator: Hyphenator
  readonly templateFolders: readonly string[]
  readonly compiled: Map<string, TemplateSet>
  readonly looks: Looks
  /** What was laid out while editions were fitted, by what tells candidates apart: the chosen one is painted as it is. */
  readonly measured: WeakMap<object, Measured>
  /** Files are read once, however often an edition is laid out. */
  readonly sheets: Map<string, CollectedSheets>
  readonly qrCode: string
  readonly readStyleSheet: (file: string) => string | null
}

/** Only a brief with an address has a code, so only it loads what makes one. */
async function qrCodeFor({ document, editions }: MakeEditionsInput): Promise<string> {
  const { url, lang } = document.metadata
  if (url === undefined || !editions.includes('brief')) return ''
  const { qrCode } = await import('../templates/qr-code.js')
  return qrCode(url, `${labelsFor(lang).qrCode}: ${url}`)
}

function remembered<T>(read: (file: string) => T): (file: string) => T {
  const known = new Map<string, T>()
  return (file) => {
    const value = known.has(file) ? (known.get(file) as T) : read(file)
    known.set(file, value)
    return value
  }
}

interface Measured {
  readonly laidOut: LaidOut
  readonly diagnostics: readonly Diagnostic[]
  /** With the marks of a brief that runs on. */
  readonly runsOn: boolean
}

const silent: Report = () => {}

/** Makes every edition and format asked for, in order. */
export async function makeEditions(input: MakeEditionsInput): Promise<MadeEditions> {
  const { document, engine } = input
  checkAudience(document, input.audience, input.report)
  const languages = [
    document.metadata.lang,
    ...Array.from(document.source.matchAll(/\blang=["']?([A-Za-z-]+)/g), (match) => match[1] as string),
  ]
  const templateFolders = [join(input.project, 'templates'), shippedTemplateFolder()].filter(
    (folder, index, all) => all.indexOf(folder) === index,
  )
  const { project, theme, brand, report } = input
  const looks = await resolveLooks({
    document,
    project,
    templateFolders,
    engine,
    ...(theme === undefined ? {} : { theme }),
    ...(brand === undefined ? {} : { brand }),
    report,
  })
  const maker: Maker = {
    input,
    hyphenator: await engine.hyphenator(languages),
    compiled: new Map(),
    measured: new WeakMap(),
    sheets: new Map(),
    qrCode: await qrCodeFor(input),
    readStyleSheet: remembered((file) => (file === looks.brand?.file ? looks.brand.css : readStyleSheet(file))),
    templateFolders,
    looks,
  }
  await decodeDocument(input)
  const files: MadeFile[] = []
  const ledgers: { edition: EditionName; entries: readonly LedgerEntry[] }[] = []
  for (const name of input.editions) {
    let start = input.clock?.()
    const edition = makeEdition(maker, name)
    // Painting lets go of pages, so they are read before.
    const paged = input.formats.length === 0 || input.formats.includes('pdf')
    const entries = paged ? withPages(edition.ledger, blockPages(laidOutFor(maker, edition, silent).document)) : edition.ledger
    for (const format of input.formats) {
      for await (const made of format === 'pdf' ? makePdfs(maker, edition) : [makeHtml(maker, edition)]) {
        const now = input.clock?.()
        files.push({ edition: name, format, ...made, ...(now === undefined || start === undefined ? {} : { milliseconds: now - start }) })
        start = now
      }
    }
    for (const handout of edition.name === 'slides' ? (input.handouts ?? []) : []) {
      for await (const made of makePdfs(maker, edition, handout)) {
        const now = input.clock?.()
        const time = now === undefined || start === undefined ? {} : { milliseconds: now - start }
        files.push({ edition: name, format: 'pdf', handout, ...made, ...time })
        start = now
      }
    }
    ledgers.push({ edition: name, entries })
  }
  return { files, ledgers }
}

/** Pictures of the source, and of the project's and the reader's own styles, decoded once for all editions. */
async function decodeDocument({ document, project, engine, css, report, pdf }: MakeEditionsInput): Promise<void> {
  const addresses = eachImage(document).map((source) => `src="${source.replaceAll('"', '&quot;')}"`)
  await decodePictures({
    html: `${document.source}\n${addresses.join('\n')}`,
    base: dirname(document.file),
    root: rootFor(document.file, project),
    styleSheets: [...css, ...styleSheetsIn(join(project, 'templates'))],
    decoded: engine.pictures,
    grayscale: pdf?.grayscale === true,
    report,
  })
}

function styleSheetsIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.css')).map((name) => join(folder, name))
}

function makeEdition(maker: Maker, name: EditionName): Edition {
  const { document, report, audience } = maker.input
  const options = { report, ...(audience === undefined ? {} : { audience }) }
  const allowed = document.metadata.brief.pages
  if (name === 'report') return makeReport(document, options)
  if (name === 'brief')
    return makeBrief(document, (edition: BriefEdition) => measureBrief(maker, edition, allowed), {
      ...options,
      allowOverflow: maker.input.allowOverflow === true,
    })
  return makeSlides(
    document,
    (edition: SlidesEdition) => {
      const ids = edition.slides.map((slide) => slide.id)
      return slideOverflows(measured(maker, edition, silent).document, ids)
    },
    options,
  )
}

/** Candidates of one edition differ in their items or slides. */
const identityOf = (edition: Edition): object =>
  edition.name === 'slides' ? edition.slides : edition.name === 'brief' ? edition.items : edition.sections

/** Only what fits is kept to be painted: the others would fill the memory for nothing. */
function measureBrief(maker: Maker, edition: BriefEdition, allowedPages: number): number {
  const over = overflow(measured(maker, edition, silent).document, allowedPages)
  if (over > fittingTolerance) maker.measured.delete(identityOf(edition))
  return over
}

function measured(maker: Maker, edition: Edition, report: Report): LaidOut {
  const diagnostics: Diagnostic[] = []
  const laidOut = layOutEdition(maker, edition, (diagnostic) => diagnostics.push(diagnostic))
  maker.measured.set(identityOf(edition), { laidOut, diagnostics, runsOn: edition.name === 'brief' && edition.runsOn === true })
  diagnostics.forEach(report)
  return laidOut
}

/** The edition on its pages: as it was when it was found to fit, or laid out now. */
function laidOutFor(maker: Maker, edition: Edition, report: Report): LaidOut {
  const known = maker.measured.get(identityOf(edition))
  if (!known || (edition.name === 'brief' && edition.runsOn && !known.runsOn)) return measured(maker, edition, report)
  known.diagnostics.forEach(report)
  return known.laidOut
}

/** Whether the paper is printed on both sides. */
const isTwoSided = (pdf: PdfOptions | undefined): boolean => pdf?.viewer?.duplex !== undefined && pdf.viewer.duplex !== 'simplex'

function layOutEdition(maker: Maker, edition: Edition, report: Report, handout?: HandoutLayout): LaidOut {
  const { input, hyphenator, templateFolders } = maker
  const { html, styleSheets } = renderEdition(edition, {
    templateFolders,
    format: 'pdf',
    ...(handout === undefined ? {} : { handout }),
    extraCss: input.css,
    compiled: maker.compiled,
    look: maker.looks,
    logo: maker.looks.logo(edition.name),
    sheets: maker.sheets,
    qrCode: maker.qrCode,
    copies: (input.copies ?? []).length > 0,
    twoSided: isTwoSided(input.pdf),
    report,
  })
  const { file } = input.document
  return layOut({
    html,
    file,
    base: dirname(file),
    root: rootFor(file, input.project),
    styleSheets,
    engine: input.engine,
    hyphenator,
    report,
    source: input.document.source,
    lastRules: pageRules(input.pdf ?? {}),
    grayscale: input.pdf?.grayscale === true,
    readStyleSheet: maker.readStyleSheet,
    keepsPages: (input.copies ?? []).length > 0,
  })
}

/** The folder that a source may draw from: the project's, or the source's own where it stands outside. */
export function rootFor(source: string, project: string): string {
  const folder = dirname(source)
  return folder === project || folder.startsWith(project + sep) ? project : folder
}

/** One PDF, or one for each recipient: laid out once, with the number of the copy in its head. */
async function* makePdfs(
  maker: Maker,
  edition: Edition,
  handout?: HandoutLayout,
): AsyncGenerator<Pick<MadeFile, 'data' | 'pages' | 'recipient'>> {
  const { input } = maker
  const laidOut = handout === undefined ? laidOutFor(maker, edition, input.report) : layOutEdition(maker, edition, input.report, handout)
  const pages = laidOut.document.pages.length
  const copies = input.copies ?? []
  if (copies.length === 0) yield { data: await editionPdf(laidOut, edition, input), pages }
  for (const recipient of copies) {
    const { number, name, organisation } = recipient
    const word = labelsFor(input.document.metadata.lang).copy
    const copy = `${word} ${number} · ${[name, organisation].filter(Boolean).join(', ')}`
    const document = laidOut.document.withStrings?.(new Map([['copy', copy]])) ?? laidOut.document
    yield { data: await editionPdf({ ...laidOut, document }, edition, input), pages, recipient }
  }
}

async function makeHtml(maker: Maker, edition: Edition): Promise<{ data: string }> {
  const { input, templateFolders } = maker
  const { makeSelfContained } = await import('../html/self-contained.js')
  const { html } = renderEdition(edition, {
    templateFolders,
    format: 'html',
    extraCss: input.css,
    compiled: maker.compiled,
    look: maker.looks,
    logo: maker.looks.logo(edition.name),
    sheets: maker.sheets,
    qrCode: maker.qrCode,
    copies: (input.copies ?? []).length > 0,
    report: input.report,
  })
  const fonts = [...maker.looks.faces, ...shippedFaces(input.engine.fontFolder), ...folderFaces(html, input.engine)]
  return { data: await makeSelfContained(html, { base: dirname(input.document.file), fonts, report: input.report }) }
}
