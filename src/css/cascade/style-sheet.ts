/**
 * In: style sheets. Out: style rules, page rules and fonts in cascade order, with nested rules, @media, @supports, @layer, @scope and
 * @import carried out (CSS Cascade 5 and 6, CSS Nesting 1, CSS Namespaces 3, CSS Page 3, CSS Fonts 4).
 */
import { dirname, isAbsolute, resolve as resolvePath } from 'node:path'
import type { Report } from '../../diagnostics/diagnostic.js'
import { didYouMean } from '../../document/suggest.js'
import type { CounterStyleRule, FontFaceRule } from '../computed-style.js'
import { ABSENT_PSEUDO_ELEMENTS, FUNCTIONAL, PSEUDO_ELEMENTS, STATES, STRUCTURAL } from '../selectors/names.js'
import {
  type Complex,
  NO_CONTEXT,
  namespaceOf,
  type SelectorContext,
  type SelectorList,
  selectorsFrom,
  unknownPseudo,
} from '../selectors/selector.js'
import { type Component, parseComponents, withoutSpace } from '../syntax/component.js'
import { type AtRule, type Declaration, parseBlock, parseRules, type Rule } from '../syntax/rules.js'
import { type CssMessage, reportAt, type SheetSource } from '../syntax/source.js'
import { fitsSyntax, isSyntax } from '../values/syntax-type.js'
import { AT_RULES, LEFT_OUT_RULES } from './at-rules.js'
import { isSupported, mediaFeatures, mediaMatches, unknownFeatures, type Viewport } from './conditions.js'
import { counterStyleFrom } from './counter-style-rule.js'
import { type Block, type Declared, type ProblemKind, readDeclarations, withAddresses } from './declarations.js'
import { fontFaceFrom } from './font-face.js'
import { type Layer, layerOf, rankLayers, rootLayer } from './layers.js'
import { declarationMessage } from './messages.js'
import { type PageRule, pageSelectorsFrom } from './page-selectors.js'
import { attributesIn, type RegisteredProperty } from './variables.js'

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
  readonly selectors: SelectorContext
}
const MAXIMUM_IMPORTS = 32
/** More messages about style sheets than this say no more than their number. */
const MAXIMUM_MESSAGES = 200
const MARGIN_BOX = /^(?:(?:top|bottom)-(?:left-corner|left|center|right|right-corner)|(?:left|right)-(?:top|middle|bottom)|footnote)$/

/** Gathers the rules of all sheets, in order. */
export class SheetReader {
  readonly rules: StyleRule[] = []
  readonly pages: PageRule[] = []
  readonly fontFaces: FontFaceRule[] = []
  readonly counterStyles: PlacedCounterStyle[] = []
  readonly #options: SheetOptions
  readonly #layers: Readonly<Record<Origin, Layer>> = { 'user-agent': rootLayer(), user: rootLayer(), author: rootLayer() }
  readonly registered = new Map<string, RegisteredProperty>()
  readonly #told = new Set<string>()
  #untold = 0
  #nextBlock = 1

  constructor(options: SheetOptions) {
    this.#options = options
  }

  /** Reads a sheet and what it imports. */
  read(sheet: SheetText): void {
    const source = { file: sheet.file, css: sheet.css, firstLine: sheet.inDocument?.firstLine ?? 0 }
    const own = sheet.inDocument || sheet.origin === 'user-agent'
    const resolve = own ? (url: string) => url : resolverFrom(sheet.file)
    this.#sheet({ source, origin: sheet.origin, layer: this.#layers[sheet.origin], resolve, files: [sheet.file], selectors: NO_CONTEXT })
  }

  /** A block of its own: a style attribute or presentational hints. */
  block(css: string, source: SheetSource): Block {
    const place: Place = { source, origin: 'author', layer: this.#layers.author, resolve: (url) => url, files: [], selectors: NO_CONTEXT }
    const contents = parseBlock(parseComponents(css), (message, start, end) => this.#tell(place, 'css-syntax', { message, start, end }))
    return this.#block(
      contents.filter((item) => item.kind === 'declaration'),
      place,
    )
  }

  /** Numbers the layers; call it once, after the last sheet. */
  finish(): void {
    for (const layer of Object.values(this.#layers)) rankLayers(layer, 0)
    if (this.#untold > 0)
      this.#options.report({
        severity: 'warning',
        code: 'css-more-messages',
        message: `${this.#untold} more messages about style sheets are left out`,
      })
  }

  /** Whether a rule is in no layer. */
  isOutermost(rule: { readonly origin: Origin; readonly layer: Layer }): boolean {
    return rule.layer === this.#layers[rule.origin]
  }

  #sheet(place: Place): void {
    const rules = parseRules(parseComponents(place.source.css), this.#syntaxErrors(place))
    let at = 0
    const namespaces = new Map<string, string>()
    // What stands before all other rules: @charset, @layer statements and imports, then namespaces (CSS Cascade 5, section 2).
    for (; at < rules.length; at++) {
      const rule = rules[at] as Rule
      if (rule.kind !== 'at-rule' || !isLeading(rule, namespaces.size > 0)) break
      if (rule.name === 'namespace') this.#namespace(rule, namespaces)
      else if (rule.name === 'import') this.#import(rule, place)
      else this.#atRule(rule, place)
    }
    this.#rules(rules.slice(at), namespaces.size > 0 ? { ...place, selectors: { ...place.selectors, namespaces } } : place)
  }

  #namespace(rule: AtRule, namespaces: Map<string, string>): void {
    const [first, second] = withoutSpace(rule.prelude)
    const address = second ?? first
    if (address?.kind === 'url' || address?.kind === 'string')
      namespaces.set(second && first?.kind === 'ident' ? first.value : '', namespaceOf(address.value))
  }

  #syntaxErrors(place: Place): (message: string, start: number, end: number) => void {
    return (message, start, end) => this.#tell(place, 'css-syntax', { message, start, end })
  }

  #tell(
    place: Place,
    code: string,
    { hint, ...message }: { message: string; start: number; end: number; hint?: string | undefined; severity?: 'info' },
  ): void {
    this.#say(place, { severity: 'warning', code, ...message, ...(hint === undefined ? {} : { hint }) })
  }

  /** Asked before what was meant is worked out, which takes longer than reading; counts what is not said. */
  #isFull({ origin }: Place): boolean {
    if (origin === 'user-agent' || this.#told.size < MAXIMUM_MESSAGES) return false
    this.#untold++
    return true
  }

  /** Once for each text. */
  #say(place: Place, message: CssMessage): void {
    const key = `${message.code} ${message.message}`
    if (place.origin === 'user-agent' || this.#told.has(key)) return
    if (this.#isFull(place)) return
    this.#told.add(key)
    reportAt(this.#options.report, place.source, message)
  }

  #rules(rules: readonly Rule[], place: Place): void {
    for (const rule of rules) {
      if (rule.kind === 'rule') this.#styleRule(rule, place)
      else this.#atRule(rule, place)
    }
  }

  #styleRule(rule: Extract<Rule, { kind: 'rule' }>, place: Place): void {
    const { prelude, contents, start } = rule
    const selectors = selectorsFrom(prelude, place.selectors)
    if (selectors) this.#body(contents, place, selectors)
    else this.#badSelector(prelude, start, place)
  }

  #badSelector(prelude: readonly Component[], start: number, place: Place): void {
    if (this.#isFull(place)) return
    const end = prelude[prelude.length - 1]?.end ?? start + 1
    const unknown = unknownPseudo(prelude)
    if (!unknown) {
      this.#tell(place, 'css-invalid-selector', { message: `"${place.source.css.slice(start, end)}" is not a selector`, start, end })
      return
    }
    const { item, name, isElement } = unknown
    const known = isElement
      ? [...PSEUDO_ELEMENTS, ...ABSENT_PSEUDO_ELEMENTS]
      : [...STRUCTURAL, ...STATES, ...FUNCTIONAL, ...PSEUDO_ELEMENTS]
    const colons = isElement ? '::' : ':'
    this.#tell(place, 'css-invalid-selector', {
      message: `"${colons}${name}" is not a ${isElement ? 'pseudo-element' : 'pseudo-class'} of CSS; its rule is left out`,
      start: item.start - colons.length,
      end: item.end,
      hint: didYouMean(name, known),
    })
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
        const inner = { ...place, selectors: { ...place.selectors, parent: selectors } }
        if (item.kind === 'rule') this.#styleRule(item, inner)
        else this.#atRule(item, inner)
      }
    }
    flush()
  }

  #atRule(rule: AtRule, place: Place): void {
    const inside = (inner: Place): void => {
      if (!rule.contents) return
      const { parent } = inner.selectors
      if (parent) this.#body(rule.contents, inner, parent)
      else this.#rules(parseRules(rule.contents, this.#syntaxErrors(inner)), inner)
    }
    switch (rule.name) {
      case 'media':
        this.#unknownFeatures(rule.prelude, place)
        if (mediaMatches(rule.prelude, this.#options.viewport)) inside(place)
        return
      case 'supports':
        if (isSupported(rule.prelude, place.selectors)) inside(place)
        return
      case 'scope':
        this.#scope(rule, place, inside)
        return
      case 'property':
        this.#property(rule, place)
        return
      case 'layer':
        this.#layer(rule, place, inside)
        return
      case 'import':
      case 'namespace':
        this.#tell(place, 'css-misplaced-rule', {
          message: `@${rule.name} stands before all other rules of a style sheet; this one is left out`,
          start: rule.start,
          end: rule.end,
        })
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
        this.#unknownRule(rule, place)
    }
  }

  #unknownRule({ name, start, end }: AtRule, place: Place): void {
    if (name === 'charset') return
    const reason = LEFT_OUT_RULES[name]
    if (reason) {
      const severity = reason.endsWith('print') ? { severity: 'info' as const } : {}
      this.#tell(place, 'css-unsupported-rule', { message: `@${name} ${reason}`, start, end, ...severity })
    } else if (name.startsWith('-')) {
      this.#tell(place, 'css-vendor-prefix', {
        message: `@${name} is a rule of one browser engine and is left out`,
        start,
        end,
        severity: 'info',
      })
    } else {
      const hint = didYouMean(name, [...AT_RULES, ...Object.keys(LEFT_OUT_RULES)])
      this.#tell(place, 'css-unknown-rule', { message: `@${name} is not a rule of CSS`, start, end, hint })
    }
  }

  #unknownFeatures(prelude: readonly Component[], place: Place): void {
    for (const { lower, start, end } of unknownFeatures(prelude)) {
      const hint = didYouMean(lower, mediaFeatures())
      this.#tell(place, 'css-unknown-media-feature', { message: `"${lower}" is not a media feature of CSS`, start, end, hint })
    }
  }

  /** `@scope (roots) to (limits)`; without roots, it is the whole document. Nearness of the root does not decide between rules. */
  #scope(rule: AtRule, place: Place, inside: (inner: Place) => void): void {
    const [roots, limits] = withoutSpace(rule.prelude).filter((item) => item.kind === 'block' && item.open === '(')
    const list = (item: Component | undefined, context: SelectorContext): SelectorList =>
      item && 'items' in item ? (selectorsFrom(item.items, context) ?? []) : []
    const outer = { ...place.selectors, parent: null }
    const rootList = roots ? list(roots, place.selectors) : (selectorsFrom(parseComponents(':root'), NO_CONTEXT) ?? [])
    const scope = { roots: rootList, limits: list(limits, { ...outer, scope: { roots: rootList, limits: [] } }) }
    inside({ ...place, selectors: { ...outer, scope } })
  }

  /** What inherits and where it starts; a declaration that is incomplete is none (CSS Properties and Values API 1, section 2). */
  #property(rule: AtRule, place: Place): void {
    const [name] = withoutSpace(rule.prelude)
    const declarations = parseBlock(rule.contents ?? [], this.#syntaxErrors(place)).filter((item) => item.kind === 'declaration')
    const value = (wanted: string): readonly Component[] => withoutSpace(declarations.find((one) => one.name === wanted)?.value ?? [])
    const [syntax] = value('syntax')
    const [inherits] = value('inherits')
    const initial = value('initial-value')
    const isWhole =
      name?.kind === 'ident' &&
      name.value.startsWith('--') &&
      syntax?.kind === 'string' &&
      isSyntax(syntax.value) &&
      inherits?.kind === 'ident'
    const fits = isWhole && (initial.length > 0 ? fitsSyntax(initial, syntax.value) : syntax.value.trim() === '*')
    if (fits)
      this.registered.set(name.value, {
        inherits: inherits.lower === 'true',
        syntax: syntax.value,
        initial: initial.length > 0 ? initial : null,
      })
    else
      this.#tell(place, 'css-incomplete-property', {
        message: '@property needs a name with two hyphens, syntax, inherits, and an initial-value that fits the syntax',
        start: rule.start,
        end: rule.end,
      })
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
    this.#unknownFeatures(conditions, place)
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
    this.#sheet({
      ...place,
      source: { file: path, css, firstLine: 0 },
      resolve: resolverFrom(path),
      files: [...place.files, path],
      selectors: NO_CONTEXT,
    })
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
    const declared: Declared[] = readDeclarations(whole, (kind, declaration) => this.#badDeclaration(kind, declaration, place))
    const attributes = declared.flatMap((one) => (one.kind === 'pending' || one.kind === 'custom' ? attributesIn(one.items) : []))
    return {
      id: this.#nextBlock++,
      declared,
      hasImportant: declared.some((one) => one.important),
      attributes: [...new Set(attributes)],
      written: whole,
    }
  }

  #badDeclaration(kind: ProblemKind, declaration: Declaration, place: Place): void {
    if (place.origin !== 'user-agent' && !this.#isFull(place)) this.#say(place, declarationMessage(kind, declaration, place.source.css))
  }
}

/** Whether a rule may stand before style rules; imports come before namespaces, and layers that have a block are ordinary rules. */
function isLeading({ name, contents }: AtRule, afterNamespace: boolean): boolean {
  if (name === 'charset' || name === 'namespace') return true
  return name === 'layer' ? contents === null && !afterNamespace : name === 'import' && !afterNamespace
}

/** True for an address with a scheme, which is no file's path. */
export const isUrl = (address: string): boolean => /^[a-z][a-z0-9+.-]+:/i.test(address)

/** Addresses relative to a file → paths; those with a scheme and fragments stay. */
export function resolverFrom(file: string): (url: string) => string {
  const folder = dirname(file)
  return (url) => (url === '' || url.startsWith('#') || isUrl(url) || isAbsolute(url) ? url : resolvePath(folder, url))
}
