/**
 * In: a declaration that cannot be read, or that does nothing. Out: what to say about it: the place of the part that is wrong, what is
 * expected in the value definition syntax, and what was probably meant.
 */
import { nearest } from '../../document/suggest.js'
import { knownNames, registry } from '../properties/registry.js'
import { REASONS, reasonFor, WITHOUT_EFFECT } from '../properties/unsupported.js'
import { type Component, withoutSpace } from '../syntax/component.js'
import type { Declaration } from '../syntax/rules.js'
import type { CssMessage } from '../syntax/source.js'
import { colorNames } from '../values/named-colors.js'
import { type ProblemKind, readDeclaration } from './declarations.js'

/** Longer values are not looked through for the part that is wrong. */
const MAXIMUM_PARTS = 40
const MAXIMUM_SYNTAX = 300

function syntaxOf(name: string): string | undefined {
  const { shorthands, longhands } = registry()
  return shorthands.get(name)?.syntax ?? longhands.get(name)?.ltr.syntax
}

/** What a property takes, with the longhands it refers to written out where that stays short. */
export function expectedSyntax(name: string): string {
  const syntax = syntaxOf(name) ?? ''
  const references = new Set([...syntax.matchAll(/<'([a-z-]+)'>/g)].map((match) => match[1] as string))
  if (references.size > 3) return syntax
  const whole = syntax.replace(/<'([a-z-]+)'>/g, (reference, longhand: string) => {
    const inner = syntaxOf(longhand)
    if (inner === undefined) return reference
    return / /.test(inner.replaceAll(/ \[[^\]]*\]>/g, '>')) ? `[ ${inner} ]` : inner
  })
  return whole.length <= MAXIMUM_SYNTAX ? whole : syntax
}

/** Keywords of a syntax, and names of colours where it takes them. */
function wordsOf(syntax: string): string[] {
  const words = syntax.replaceAll(/<[^>]*>/g, ' ').match(/[a-z][a-z-]+/g) ?? []
  return syntax.includes('<color>') ? [...words, ...colorNames()] : words
}

/** The component that makes the value wrong: the one after the longest part that would be right. */
function culprit({ name, value }: Declaration): Component | undefined {
  const parts = withoutSpace(value)
  if (parts.length < 2 || parts.length > MAXIMUM_PARTS) return parts.length === 1 ? parts[0] : undefined
  for (let count = parts.length - 1; count > 0; count--) {
    if (readDeclaration({ kind: 'declaration', name, value: parts.slice(0, count), important: false, start: 0, end: 0 }))
      return parts[count]
  }
  return undefined
}

function isPrefixed(items: readonly Component[]): boolean {
  return items.some((item) => /^-[a-z]/.test(item.kind === 'ident' ? item.lower : item.kind === 'function' ? item.name : ''))
}

function invalidValue(declaration: Declaration, css: string): CssMessage {
  const { name, value, start, end } = declaration
  const wrong = culprit(declaration)
  const from = wrong?.start ?? value[0]?.start ?? start
  const to = wrong?.end ?? value[value.length - 1]?.end ?? end
  const text = css.slice(from, to)
  if (value.length === 0) return { severity: 'warning', code: 'css-invalid-value', message: `${name} has no value`, start, end }
  const ink = value.map((item) => css.slice(item.start, item.end)).find((part) => /^(?:device-cmyk\(|color\(\s*--)/i.test(part))
  if (ink !== undefined)
    return {
      severity: 'warning',
      code: 'css-ink-color',
      message: `"${ink}" of ${name} is an ink of a printing press: CMYK and spot colours are not carried out`,
      start: from,
      end: to,
      hint: 'Write the colour in sRGB, such as #c00; the press converts it, or --grayscale makes all of it grey.',
    }
  if (isPrefixed(value))
    return {
      severity: 'info',
      code: 'css-vendor-prefix',
      message: `"${text}" of ${name} is a value of one browser engine and is left out`,
      start: from,
      end: to,
    }
  const syntax = expectedSyntax(name)
  const meant = wrong?.kind === 'ident' ? nearest(wrong.lower, wordsOf(syntax)) : undefined
  const hint = [
    ...(meant === undefined ? [] : [`Did you mean "${meant}"?`]),
    `Expected: ${name === 'all' ? 'initial | inherit | unset | revert | revert-layer' : syntax}`,
  ]
  return {
    severity: 'warning',
    code: 'css-invalid-value',
    message: `"${text}" is not a value of ${name}`,
    start: from,
    end: to,
    hint: hint.join(' '),
  }
}

function unknownProperty({ name, start, end }: Declaration): CssMessage {
  const reason = reasonFor(name)
  if (reason) {
    const code = reason === 'prefixed' ? 'css-vendor-prefix' : 'css-unsupported-property'
    return { severity: reason === 'missing' ? 'warning' : 'info', code, message: `"${name}" ${REASONS[reason]}`, start, end }
  }
  const meant = nearest(name, knownNames())
  const hint = meant === undefined ? {} : { hint: `Did you mean "${meant}"?` }
  return { severity: 'warning', code: 'css-unknown-property', message: `"${name}" is not a property of CSS`, start, end, ...hint }
}

/** What to say; `css` is the text that offsets point into. */
export function declarationMessage(kind: ProblemKind, declaration: Declaration, css: string): CssMessage {
  if (kind === 'unknown-property') return unknownProperty(declaration)
  if (kind === 'invalid-value') return invalidValue(declaration, css)
  const { name, start, end } = declaration
  return {
    severity: 'info',
    code: 'css-unsupported-property',
    message: `"${name}" is read but has no effect: ${WITHOUT_EFFECT[name]}`,
    start,
    end,
  }
}
