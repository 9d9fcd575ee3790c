/**
 * YAML with the place of each value. In: a YAML text (YAML 1.2). Out: nodes that say their kind, value and place, and helpers that report what
 * does not belong.
 */
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Report, SourcePosition } from '../diagnostics/diagnostic.js'
import { diagnosticAt } from '../document/message.js'
import { didYouMean } from '../document/suggest.js'

export interface YamlEntry {
  readonly key: string
  readonly keyPosition: SourcePosition
  readonly value: YamlNode
}

export type YamlNode = { readonly position: SourcePosition } & (
  | { readonly kind: 'scalar'; readonly value: string | number | boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'list'; readonly items: readonly YamlNode[] }
  | { readonly kind: 'map'; readonly entries: readonly YamlEntry[] }
)

/** What reading needs: the text for excerpts and where messages go. */
export interface YamlSource {
  readonly file: string
  readonly text: string
  readonly report: Report
}

const deepest = 20

/** The top of a YAML text; null where it cannot be read, which is reported as `brand-syntax`. */
export function readYaml(source: YamlSource): YamlNode | null {
  const counter = new LineCounter()
  const document = parseDocument(source.text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true })
  const place = (offset: number, length = 1): SourcePosition => {
    const { line, col } = counter.linePos(offset)
    return { file: source.file, line: Math.max(1, line), column: Math.max(1, col), length }
  }
  for (const { message, pos } of document.errors)
    tell(source, place(pos[0]), {
      code: 'brand-syntax',
      severity: 'error',
      message: `the brand file is not valid YAML: ${message.split('\n')[0]}`,
      hint: 'write one `key: value` a line, and quote colours, since # begins a comment',
    })
  if (document.errors.length > 0) return null
  const walk = (node: unknown, depth: number): YamlNode => {
    const resolved = isAlias(node) ? node.resolve(document) : node
    const range = (node as Node | null)?.range
    const position = place(range?.[0] ?? 0, Math.max(1, (range?.[1] ?? 0) - (range?.[0] ?? 0)))
    if (depth > deepest || resolved === undefined || resolved === null) return { kind: 'null', position }
    if (isMap(resolved)) {
      const entries = resolved.items.flatMap((pair): YamlEntry[] => {
        if (!isPair(pair) || !isScalar(pair.key)) return []
        const key = String(pair.key.value)
        const keyPosition = place(pair.key.range?.[0] ?? 0, key.length)
        const value = pair.value === null ? { kind: 'null' as const, position: keyPosition } : walk(pair.value, depth + 1)
        return [{ key, keyPosition, value }]
      })
      return { kind: 'map', entries, position }
    }
    if (isSeq(resolved)) return { kind: 'list', items: resolved.items.map((item) => walk(item, depth + 1)), position }
    const value: unknown = isScalar(resolved) ? resolved.value : null
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return { kind: 'scalar', value, position }
    return { kind: 'null', position }
  }
  return walk(document.contents, 0)
}

interface Words {
  readonly code: string
  readonly message: string
  readonly hint?: string | undefined
  readonly severity?: 'error' | 'warning' | 'info'
}

/** Reports at a place of the file, with its line. */
export function tell({ text, report }: YamlSource, position: SourcePosition, { code, message, hint, severity = 'warning' }: Words): void {
  const line = text.split(/\r?\n/)[position.line - 1] ?? ''
  // A value may go over lines; the mark stays on its first.
  const length = Math.max(1, Math.min(position.length ?? 1, line.length - position.column + 1))
  report(diagnosticAt(text, { severity, code, message, hint, position: { ...position, length } }))
}

/** The entries of a map whose keys are known; the others are reported. A node that is no map has none and is reported, but for null. */
export function knownEntries(
  node: YamlNode | undefined,
  known: readonly string[],
  at: { source: YamlSource; path: string },
): ReadonlyMap<string, YamlNode> {
  const { source, path } = at
  if (!node || node.kind === 'null') return new Map()
  if (node.kind !== 'map') {
    tellWrong(source, node, `"${path}" takes keys: ${known.join(', ')}`)
    return new Map()
  }
  const found = new Map<string, YamlNode>()
  for (const { key, keyPosition, value } of node.entries) {
    if (known.includes(key)) found.set(key, value)
    else
      tell(source, keyPosition, {
        code: 'unknown-brand-key',
        message: `the brand key "${path === '' ? key : `${path}.${key}`}" is not known and has no effect`,
        hint: didYouMean(key, known),
      })
  }
  return found
}

/** Reports a value that cannot be used. */
export function tellWrong(source: YamlSource, node: YamlNode, message: string): void {
  tell(source, node.position, { code: 'invalid-brand-value', severity: 'error', message })
}

/** A scalar as text; undefined, reported, for what is none. */
export function textOf(node: YamlNode | undefined, path: string, source: YamlSource): string | undefined {
  if (!node || node.kind === 'null') return undefined
  if (node.kind === 'scalar') return String(node.value)
  tellWrong(source, node, `"${path}" takes a text`)
  return undefined
}
