/**
 * YAML front matter between `---` lines (YAML 1.2). In: the source. Out: its values with the place of each key, and where the
 * Markdown starts.
 */
import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Report, SourcePosition } from '../diagnostics/diagnostic.js'
import type { FrontMatter } from './tree.js'

export interface SplitSource {
  readonly frontMatter: FrontMatter | null
  /** Offset and line number (from 1) at which the Markdown starts. */
  readonly bodyOffset: number
  readonly bodyLine: number
}

/** Reads the front matter; broken YAML is reported as `front-matter-syntax` and what could be read is kept. */
export function readFrontMatter(source: string, file: string, report: Report): SplitSource {
  const fence = /^---[ \t]*\n/.exec(source)
  if (!fence) return { frontMatter: null, bodyOffset: 0, bodyLine: 1 }
  const end = /^(?:---|\.\.\.)[ \t]*(?:\n|$)/m
  const rest = source.slice(fence[0].length)
  const close = end.exec(rest)
  if (!close) {
    if (/^\s*[\w-]+\s*:/.test(rest)) {
      report({
        severity: 'error',
        code: 'front-matter-syntax',
        message: 'the front matter is not closed',
        position: { file, line: 1, column: 1, length: 3 },
        excerpt: '---',
        hint: 'end it with a line of three hyphens',
      })
    }
    return { frontMatter: null, bodyOffset: 0, bodyLine: 1 }
  }
  const text = rest.slice(0, close.index)
  const bodyOffset = fence[0].length + close.index + close[0].length
  const bodyLine = source.slice(0, bodyOffset).split('\n').length
  return { frontMatter: parseYaml(text, file, report), bodyOffset, bodyLine }
}

function parseYaml(text: string, file: string, report: Report): FrontMatter {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true })
  const lines = text.split('\n')
  const place = (offset: number): SourcePosition => {
    const { line, col } = counter.linePos(offset)
    return { file, line: line + 1, column: col }
  }
  for (const problem of [...document.errors, ...document.warnings]) {
    const position = place(problem.pos[0])
    report({
      severity: problem.name === 'YAMLWarning' ? 'warning' : 'error',
      code: 'front-matter-syntax',
      message: `the front matter is not valid YAML: ${problem.message.split('\n')[0] ?? ''}`,
      position,
      excerpt: lines[position.line - 2] ?? '',
      hint: 'write one `key: value` a line, and quote values that hold a colon followed by a space',
    })
  }
  const positions = new Map<string, SourcePosition>()
  if (document.contents) collect(document.contents as Node, '', positions, place)
  const values: unknown = document.errors.length > 0 && !isMap(document.contents) ? {} : document.toJS({ maxAliasCount: 100 })
  return { values: isRecord(values) ? values : {}, positions }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function collect(node: unknown, path: string, positions: Map<string, SourcePosition>, place: (offset: number) => SourcePosition): void {
  const join = (key: string) => (path === '' ? key : `${path}.${key}`)
  if (isMap(node)) {
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue
      const key = String(pair.key.value)
      positions.set(join(key), { ...place(pair.key.range?.[0] ?? 0), length: key.length })
      collect(pair.value, join(key), positions, place)
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      const range = (item as Node | null)?.range
      if (range) positions.set(join(String(index)), place(range[0]))
      collect(item, join(String(index)), positions, place)
    }
  }
}
