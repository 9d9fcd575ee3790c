/**
 * In: style sheets. Out: style rules, page rules and fonts in cascade order, with nested rules, @media, @supports, @layer and
 * @import carried out (CSS Cascade 5, CSS Nesting 1, CSS Page 3, CSS Fonts 4).
 */
import { dirname, isAbsolute, resolve as resolvePath } from 'node:path'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { CounterStyleRule, FontFaceRule } from '../computed-style.js'
import { type Complex, type SelectorList, selectorsFrom } from '../selectors/selector.js'
import { type Component, parseComponents, withoutSpace } from '../syntax/component.js'
import { type AtRule, type Declaration, parseBlock, parseRules, type Rule } from '../syntax/rules.js'
import { type CssMessage, reportAt, type SheetSource } from '../syntax/source.js'
import { isSupported, mediaMatches, type Viewport } from './conditions.js'
import { counterStyleFrom } from './counter-style-rule.js'
import { type Block, type Declared, readDeclarations, withAddresses } from './declarations.js'
import { fontFaceFrom } from './font-face.js'
import { type Layer, layerOf, rankLayers, rootLayer } from './layers.js'
import { type PageRule, pageSelectorsFrom } from './page-selectors.js'

export type Origin = 'user-agent' | 'user' | 'author'
/** Between them stand presentational hints, at 2. */
export const ORIGIN_LEVELS: Readonly<Record<Origin, number>> = { 'user-agent': 0, user: 1, author: 3 }
export const HINT_LEVEL = 2_000_000
export const LEVELS_PER_ORIGIN = 1_000_000

export interface StyleRule {
  readonly selector: Complex
  readonly block: Block
  readonly origin: Origin
  readonly layer: Layer
}
export interface PlacedCounterStyle {
  readonly rule: CounterStyleRule
  readonly origin: Origin
  readonly layer: Layer
}
export interface SheetText {
  readonly css: string
  readonly file: string
  readonly origin: Origin
  /** Of `<style>`: addresses are the document's own, and the text starts further down in the file. */
  readonly inDocument?: { readonly firstLine: number }
}
export interface SheetOptions {
  readonly viewport: Viewport
  readonly readFile: (path: string) => string | null
  readonly report: Report
}

interface Place {
  readonly source: SheetSource
  readonly origin: Origin
  readonly layer: Layer
  readonly resolve: (url: string) => string
  /** Files that import one another down to here. */
  readonly files: readonly string[]
}
const IGNORED_RULES = new Set(
  'charset namespace keyframes property font-feature-values font-palette-values container view-transition starting-style position-try scope color-profile viewport document'.split(
    ' ',
  ),
)
const MAXIMUM_IMPORTS = 32
const MARGIN_BOX = /^(?:(?:top|bottom)-(?:left-corner|left|center|right|right-corner)|(?:left|right)-(?:top|middle|bottom)|footnote)$/

/** Gathers the rules of all sheets, in order. */
export class SheetReader {
  readonly rules: StyleRule[] = []
  readonly pages: PageRule[] = []
  readonly fontFaces: FontFaceRule[] = []
  readonly counterStyles: PlacedCounterStyle[] = []
  readonly #options: SheetOptions
  readonly #layers: Readonly<Record<Origin, Layer>> = { 'user-agent': rootLayer(), user: rootLayer(), author: rootLayer() }
  readonly #told = new Set<string>()
  #nextBlock = 1

  constructor(options: SheetOptions) {
    this.#options = options
  }

  /** Reads a sheet and what it imports. */
  read(sheet: SheetText): void {
    const source = { file: sheet.file, css: sheet.css, firstLine: sheet.inDocument?.firstLine ?? 0 }
    const own = sheet.inDocument || sheet.origin === 'user-agent'
    const resolve = own ? (url: string) => url : resolverFrom(sheet.file)
    this.#sheet({ source, origin: sheet.origin, layer: this.#layers[sheet.origin], resolve, files: [sheet.file] })
  }

  /** A block of its own: a style attribute or presentational hints. */
  block(css: string, source: SheetSource): Block {
    const place: Place = { source, origin: 'author', layer: this.#layers.author, resolve: (url) => url, files: [] }
    const contents = parseBlock(parseComponents(css), (message, start, end) => this.#tell(place, 'css-syntax', { message, start, end }))
    return this.#block(
      contents.filter((item) => item.kind === 'declaration'),
      place,
    )
  }

  /** Numbers the layers; call it once, after the last sheet. */
  finish(): void {
    for (const layer of Object.values(this.#layers)) rankLayers(layer, 0)
  }

  /** Whether a rule is in no layer. */
  isOutermost(rule: { readonly origin: Origin; readonly layer: Layer }): boolean {
    return rule.layer === this.#layers[rule.origin]
  }

  #sheet(place: Place): void {
    this.#rules(parseRules(parseComponents(place.source.css), this.#syntaxErrors(place)), place)
  }

  #syntaxErrors(place: Place): (message: string, start: number, end: number) => void {
    return (message, start, end) => this.#tell(place, 'css-syntax', { message, start, end })
  }

  #tell(
    place: Place,
    code: string,
    message: { message: string; start: number; end: number; hint?: string | undefined; key?: string },
  ): void {
    if (place.origin === 'user-agent') return
    const { key = message.message, hint, ...rest } = message
    if (this.#told.has(`${code} ${key}`)) return
    this.#told.add(`${code} ${key}`)
    const whole: CssMessage = {
      severity: 'warning',
      code,
      message: rest.message,
      start: rest.start,
      end: rest.end,
      ...(hint ? { hint } : {}),
    }
    reportAt(this.#options.report, place.source, whole)
  }

  #rules(rules: readonly Rule[], place: Place): void {
    for (const rule of rules) {
      if (rule.kind === 'rule') this.#styleRule(rule.prelude, rule.contents, { place, parent: null, start: rule.start })
      else this.#atRule(rule, place, null)
    }
  }

  #styleRule(
    prelude: readonly Component[],
    contents: readonly Component[],
    at: { place: Place; parent: SelectorList | null; start: number },
  ): void {
    const { place, parent, start } = at
    const selectors = selectorsFrom(prelude, parent)
    if (!selectors) {
      const end = prelude[prelude.length - 1]?.end ?? start + 1
      const text = place.source.css.slice(start, end)
      this.#tell(place, 'css-invalid-selector', { message: `"${text}" is not a selector that is known here`, start, end })
      return
    }
    this.#body(contents, place, selectors)
  }

  /** Declarations, and the rules nested among them, which come after those before them. */
  #body(contents: readonly Component[], place: Place, selectors: SelectorList): void {
    let run: Declaration[] = []
    const flush = (): void => {
      if (run.length === 0) return
      const block = this.#block(run, place)
      for (const selector of selectors) this.rules.push({ selector, block, origin: place.origin, layer: place.layer })
      run = []
    }
    for (const item of parseBlock(contents, this.#syntaxErrors(place))) {
      if (item.kind === 'declaration') run.push(item)
      else {
        flush()
        if (item.kind === 'rule') this.#styleRule(item.prelude, item.contents, { place, parent: selectors, start: item.start })
        else this.#atRule(item, place, selectors)
      }
    }
    flush()
  }

  #atRule(rule: AtRule, place: Place, parent: SelectorList | null): void {
    const inside = (inner: Place): void => {
      if (!rule.contents) return
      if (parent) this.#body(rule.contents, inner, parent)
      else this.#rules(parseRules(rule.contents, this.#syntaxErrors(inner)), inner)
    }
    switch (rule.name) {
      case 'media':
        if (mediaMatches(rule.prelude, this.#options.viewport)) inside(place)
        return
      case 'supports':
        if (isSupported(rule.prelude)) inside(place)
        return
      case 'layer':
        this.#layer(rule, place, inside)
        return
      case 'import':
        this.#import(rule, place)
        return
      case 'page':
        this.#page(rule, place)
        return
      case 'font-face':
        this.#fontFace(rule, place)
        return
      case 'counter-style':
        this.#counterStyle(rule, place)
        return
      default:
        if (!IGNORED_RULES.has(rule.name) && !rule.name.startsWith('-'))
          this.#tell(place, 'css-unknown-rule', { message: `@${rule.name} is not known here`, start: rule.start, end: rule.end })
    }
  }

  #layer(rule: AtRule, place: Place, inside: (inner: Place) => void): void {
    const names = place.source.css
      .slice(rule.prelude[0]?.start ?? 0, rule.prelude.at(-1)?.end ?? 0)
      .split(',')
      .map((name) => name.replace(/\s+/g, ''))
    if (!rule.contents) for (const name of names) layerOf(place.layer, name)
    else inside({ ...place, layer: layerOf(place.layer, names[0] ?? '') })
  }

  #import(rule: AtRule, place: Place): void {
    const [target, ...rest] = withoutSpace(rule.prelude)
    if (target?.kind !== 'url' && target?.kind !== 'string') return
    let { layer } = place
    const conditions = rest.filter((item) => {
      const isLayer = (item.kind === 'ident' && item.lower === 'layer') || (item.kind === 'function' && item.name === 'layer')
      const isSupports = item.kind === 'function' && item.name === 'supports'
      if (isLayer) layer = layerOf(place.layer, item.kind === 'function' ? place.source.css.slice(item.start + 6, item.end - 1).trim() : '')
      return !isLayer && !isSupports
    })
    const supports = rest.find((item) => item.kind === 'function' && item.name === 'supports')
    const isMet = !supports || ('items' in supports && isSupported([{ kind: 'block', open: '(', items: supports.items, start: 0, end: 0 }]))
    if (!isMet || !mediaMatches(conditions, this.#options.viewport)) return
    this.#importFile(resolverFrom(place.source.file)(target.value), rule, { ...place, layer })
  }

  #importFile(path: string, rule: AtRule, place: Place): void {
    const end = rule.prelude.at(-1)?.end ?? rule.end
    if (place.files.includes(path) || place.files.length > MAXIMUM_IMPORTS) {
      this.#tell(place, 'css-import-cycle', { message: `"${path}" imports itself`, start: rule.start, end })
      return
    }
    const css = isUrl(path) ? null : this.#options.readFile(path)
    if (css === null) {
      this.#tell(place, 'css-import-missing', {
        message: `"${path}" cannot be read`,
        start: rule.start,
        end,
        hint: 'Check the path; it is relative to this style sheet.',
      })
      return
    }
    this.#sheet({ ...place, source: { file: path, css, firstLine: 0 }, resolve: resolverFrom(path), files: [...place.files, path] })
  }

  #page(rule: AtRule, place: Place): void {
    const selectors = pageSelectorsFrom(rule.prelude)
    if (!selectors) {
      this.#tell(place, 'css-invalid-selector', { message: 'not a page selector', start: rule.start, end: rule.end })
      return
    }
    const own: Declaration[] = []
    const boxes: { name: string; block: Block }[] = []
    for (const item of parseBlock(rule.contents ?? [], this.#syntaxErrors(place))) {
      if (item.kind === 'declaration') own.push(item)
      else if (item.kind === 'at-rule' && MARGIN_BOX.test(item.name)) {
        const inner = parseBlock(item.contents ?? [], this.#syntaxErrors(place)).filter((one) => one.kind === 'declaration')
        boxes.push({ name: item.name, block: this.#block(inner, place) })
      } else this.#tell(place, 'css-unknown-rule', { message: 'not a margin box', start: item.start, end: item.start + 1 })
    }
    const block = this.#block(own, place)
    for (const selector of selectors) this.pages.push({ selector, block, boxes, origin: place.origin, layer: place.layer })
  }

  #fontFace(rule: AtRule, place: Place): void {
    const declarations = parseBlock(rule.contents ?? [], this.#syntaxErrors(place)).filter((item) => item.kind === 'declaration')
    const face = fontFaceFrom(declarations, place.source.css, place.resolve)
    if (face) this.fontFaces.push(face)
    else
      this.#tell(place, 'css-incomplete-font-face', { message: '@font-face needs font-family and src', start: rule.start, end: rule.end })
  }

  #counterStyle(rule: AtRule, place: Place): void {
    const declarations = parseBlock(rule.contents ?? [], this.#syntaxErrors(place)).filter((item) => item.kind === 'declaration')
    const whole = declarations.map((one) => ({ ...one, value: withAddresses(one.value, place.resolve) }))
    const made = counterStyleFrom(rule.prelude, whole, ({ name, start, end }) =>
      this.#tell(place, 'css-unknown-descriptor', { message: `"${name}" says nothing here that @counter-style knows`, start, end }),
    )
    if (typeof made !== 'string') this.counterStyles.push({ rule: made, origin: place.origin, layer: place.layer })
    else {
      const hint = 'Give it a name of its own, a system, and the symbols that system counts with.'
      this.#tell(place, 'css-incomplete-counter-style', {
        message: made,
        start: rule.start,
        end: rule.prelude.at(-1)?.end ?? rule.end,
        hint,
      })
    }
  }

  #block(declarations: readonly Declaration[], place: Place): Block {
    const whole = declarations.map((one) => ({ ...one, value: withAddresses(one.value, place.resolve) }))
    const declared: Declared[] = readDeclarations(whole, (kind, declaration, hint) => {
      const { name, start, end, value } = declaration
      const last = value[value.length - 1]?.end ?? end
      const text = place.source.css.slice(value[0]?.start ?? end, last)
      const unknown = kind === 'unknown-property'
      const message = unknown ? `"${name}" is not a property that is known here` : `"${text}" is not a value of ${name} that is known here`
      const from = unknown ? start : (value[0]?.start ?? start)
      this.#tell(place, `css-${kind}`, { message, start: from, end: unknown ? end : last, hint })
    })
    return { id: this.#nextBlock++, declared, hasImportant: declared.some((one) => one.important) }
  }
}

/** True for an address with a scheme, which is no file's path. */
export const isUrl = (address: string): boolean => /^[a-z][a-z0-9+.-]+:/i.test(address)

/** Addresses relative to a file → paths; those with a scheme and fragments stay. */
export function resolverFrom(file: string): (url: string) => string {
  const folder = dirname(file)
  return (url) => (url === '' || url.startsWith('#') || isUrl(url) || isAbsolute(url) ? url : resolvePath(folder, url))
}
