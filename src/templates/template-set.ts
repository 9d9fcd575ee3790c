/**
 * Handlebars templates from folders. In: folders, the project's own first, and the name of an edition. Out: its template
 * ready to run with all its partials, or diagnostics that point into the template. Language: https://handlebarsjs.com.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { parseErrorPosition } from './template-errors.js'

type Program = hbs.AST.Program

export interface TemplateSet {
  readonly run: (view: unknown, helpers: Readonly<Record<string, Handlebars.HelperDelegate>>) => string
  /** The entry's file, for errors while it runs. */
  readonly file: string
}

export type TemplateSetResult = { readonly set: TemplateSet } | { readonly problems: readonly Diagnostic[] }

interface Source {
  readonly file: string
  readonly text: string
}

/** The first folder that holds the file wins; null where none does. Names have no extension and no `..`. */
export function findTemplateFile(folders: readonly string[], name: string): Source | null {
  if (name.split(/[/\\]/).some((part) => part === '..' || part === '')) return null
  for (const folder of folders) {
    const file = join(folder, name)
    try {
      return { file, text: readFileSync(file, 'utf8') }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error
    }
  }
  return null
}

/** A partial is a file of its own path, such as `report/cover`, or a bare name in `partials/`. */
function findPartial(folders: readonly string[], name: string): Source | null {
  const path = name.includes('/') ? name : `partials/${name}`
  return findTemplateFile(folders, `${path}.hbs`)
}

function problem(source: Source, place: { line: number; column: number }, words: { message: string; hint?: string }): Diagnostic {
  const excerpt = source.text.split(/\r?\n/)[place.line - 1]
  return {
    severity: 'error',
    code: 'template-error',
    message: words.message,
    position: { file: source.file, line: place.line, column: place.column },
    ...(excerpt === undefined ? {} : { excerpt }),
    ...(words.hint === undefined ? {} : { hint: words.hint }),
  }
}

const builtIn: ReadonlySet<string> = new Set(['if', 'unless', 'each', 'with', 'lookup', 'log'])

/** Walks a template and gathers what it needs from outside: partials, and helpers that do not exist. */
class References extends Handlebars.Visitor {
  readonly partials: { readonly name: string; readonly line: number; readonly column: number }[] = []
  readonly unknownHelpers: { readonly name: string; readonly line: number; readonly column: number }[] = []
  private readonly inline = new Set<string>()
  private readonly helpers: ReadonlySet<string>

  constructor(helpers: ReadonlySet<string>) {
    super()
    this.helpers = helpers
  }

  private partial(statement: hbs.AST.PartialStatement | hbs.AST.PartialBlockStatement): void {
    const name = 'original' in statement.name ? String(statement.name.original) : ''
    const { line, column } = statement.loc.start
    if (name !== '' && name !== '@partial-block' && !this.inline.has(name)) this.partials.push({ name, line, column: column + 1 })
  }

  private call(node: hbs.AST.MustacheStatement | hbs.AST.SubExpression | hbs.AST.BlockStatement): void {
    const called = node.params.length > 0 || (node.hash?.pairs.length ?? 0) > 0
    if (!called || node.path.type !== 'PathExpression') return
    const name = (node.path as hbs.AST.PathExpression).original
    const { line, column } = node.loc.start
    if (!this.helpers.has(name) && !builtIn.has(name)) this.unknownHelpers.push({ name, line, column: column + 1 })
  }

  override PartialStatement(statement: hbs.AST.PartialStatement): void {
    this.partial(statement)
    super.PartialStatement(statement)
  }
  override PartialBlockStatement(statement: hbs.AST.PartialBlockStatement): void {
    this.partial(statement)
    super.PartialBlockStatement(statement)
  }
  override MustacheStatement(statement: hbs.AST.MustacheStatement): void {
    this.call(statement)
    super.MustacheStatement(statement)
  }
  override BlockStatement(statement: hbs.AST.BlockStatement): void {
    this.call(statement)
    super.BlockStatement(statement)
  }
  override SubExpression(expression: hbs.AST.SubExpression): void {
    this.call(expression)
    super.SubExpression(expression)
  }
  override DecoratorBlock(block: hbs.AST.DecoratorBlock): void {
    const name = block.params[0]
    if (name?.type === 'StringLiteral') this.inline.add((name as hbs.AST.StringLiteral).value)
    super.DecoratorBlock(block)
  }
}

interface Loaded {
  readonly programs: Map<string, Program>
  readonly problems: Diagnostic[]
}

function parseTemplate(source: Source, problems: Diagnostic[]): Program | null {
  try {
    return Handlebars.parse(source.text)
  } catch (error) {
    const found = parseErrorPosition(error, source.text)
    problems.push(
      problem(source, found, { message: `the template cannot be read: ${found.message}`, hint: 'check that every {{#…}} is closed' }),
    )
    return null
  }
}

interface Loading extends Loaded {
  readonly folders: readonly string[]
  readonly helpers: ReadonlySet<string>
}

function load(name: string, source: Source, loading: Loading): void {
  const program = parseTemplate(source, loading.problems)
  if (!program) return
  loading.programs.set(name, program)
  const references = new References(loading.helpers)
  references.accept(program)
  for (const helper of references.unknownHelpers) {
    const hint = `helpers are: ${[...loading.helpers].sort().join(', ')}`
    loading.problems.push(problem(source, helper, { message: `there is no helper “${helper.name}”`, hint }))
  }
  for (const partial of references.partials) {
    if (loading.programs.has(partial.name)) continue
    const found = findPartial(loading.folders, partial.name)
    if (found) load(partial.name, found, loading)
    else {
      const path = partial.name.includes('/') ? partial.name : `partials/${partial.name}`
      loading.problems.push(
        problem(source, partial, { message: `there is no partial “${partial.name}”`, hint: `make ${path}.hbs in the template folder` }),
      )
    }
  }
}

/**
 * Loads `<name>/<name>.hbs` and every partial it reaches.
 * Errors: a missing template, a syntax error, a missing partial or helper come back as `template-error` problems.
 */
export function loadTemplateSet(folders: readonly string[], name: string, helperNames: readonly string[]): TemplateSetResult {
  const entry = findTemplateFile(folders, `${name}/${name}.hbs`)
  if (!entry) {
    const message = `there is no template ${name}/${name}.hbs in ${folders.length === 1 ? 'the template folder' : 'any template folder'}`
    return { problems: [{ severity: 'error', code: 'template-error', message, hint: 'name the folder that holds the templates' }] }
  }
  const key = '@entry'
  const loading: Loading = { folders, helpers: new Set(helperNames), programs: new Map(), problems: [] }
  load(key, entry, loading)
  if (loading.problems.length > 0) return { problems: loading.problems }
  return { set: compile(loading.programs, key, entry.file) }
}

function compile(programs: ReadonlyMap<string, Program>, key: string, file: string): TemplateSet {
  const environment = Handlebars.create()
  const partials: Record<string, Handlebars.TemplateDelegate> = {}
  for (const [name, program] of programs) partials[name] = environment.compile(program)
  const main = partials[key]
  if (!main) throw new Error(`template ${file} was not compiled`)
  return { file, run: (view, helpers) => main(view, { partials, helpers }) }
}
