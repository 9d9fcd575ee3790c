/** Options that `build` and `release` share: which editions, formats, styles and fonts. In: arguments. Out: checked lists. */
import type { Argv } from 'yargs'
import { type EditionName, editionNames } from '../editions/edition.js'
import type { Format } from '../project/build.js'
import { UsageError } from './output.js'

export interface EditionArguments {
  /** The command's name, then what stands after `--`. */
  _: (string | number)[]
  sources?: string[]
  editions: string
  formats: string
  audience?: string
  css?: string[]
  fonts?: string[]
}

const formatNames: readonly Format[] = ['pdf', 'html']

/** Adds the options to a command. */
export function withEditionOptions<T>(yargs: Argv<T>): Argv<T> {
  return yargs
    .option('editions', { type: 'string', default: editionNames.join(','), describe: 'Which editions, with commas between' })
    .option('formats', { type: 'string', default: formatNames.join(','), describe: 'Which formats, with commas between' })
    .option('audience', { type: 'string', describe: 'Include what is marked for these audiences, with commas between' })
    .option('css', { type: 'string', array: true, nargs: 1, describe: 'A style sheet of your own, last in the cascade' })
    .option('fonts', { type: 'string', array: true, nargs: 1, describe: 'A folder of further fonts' }) as never
}

export interface EditionChoice {
  readonly editions: readonly EditionName[]
  readonly formats: readonly Format[]
  readonly css: readonly string[]
  readonly fontFolders: readonly string[]
  readonly audience?: string
  /** Missing where none is named. */
  readonly sources?: readonly string[]
}

/** Throws a UsageError for an edition or a format that there is not. */
export function editionChoice(args: EditionArguments): EditionChoice {
  const sources = [...(args.sources ?? []), ...args._.slice(1).map(String)]
  return {
    ...(sources.length > 0 ? { sources } : {}),
    editions: listOf(args.editions, editionNames, 'edition'),
    formats: listOf(args.formats, formatNames, 'format'),
    css: args.css ?? [],
    fontFolders: args.fonts ?? [],
    ...(args.audience === undefined ? {} : { audience: args.audience }),
  }
}

function listOf<T extends string>(text: string, known: readonly T[], what: string): readonly T[] {
  const names = text.split(',').map((name) => name.trim())
  for (const name of names)
    if (!known.includes(name as T)) throw new UsageError(`there is no ${what} "${name}"; known are ${known.join(', ')}`)
  return known.filter((name) => names.includes(name))
}
