/** `briefpress fonts`: which font families are at hand, in which faces, and from where. */
import type { CommandModule } from 'yargs'
import { type ListedFamily, listFonts } from '../project/list-fonts.js'

interface FontsArguments {
  fonts?: string[]
  json: boolean
}

/** The command; `done` is told the exit code. */
export function fontsCommand(done: (code: number) => void): CommandModule<object, FontsArguments> {
  return {
    command: 'fonts',
    describe: 'List the font families that documents can use',
    builder: (yargs) =>
      yargs
        .option('fonts', { type: 'string', array: true, nargs: 1, describe: 'A folder of further fonts' })
        .option('json', { type: 'boolean', default: false, describe: 'Print the list as JSON' }) as never,
    handler: (args) => {
      const families = listFonts(args.fonts ?? [])
      process.stdout.write(args.json ? `${JSON.stringify(families, null, 2)}\n` : families.map(textOf).join(''))
      done(0)
    },
  }
}

function textOf({ family, source, faces, scripts }: ListedFamily): string {
  const weights = (style: string): string =>
    faces
      .filter((face) => face.style === style)
      .map(({ weight: [low, high] }) => (low === high ? `${low}` : `${low} to ${high}`))
      .join(' ')
  const lines = ['normal', 'italic', 'oblique'].flatMap((style) =>
    weights(style) === '' ? [] : [`  ${style.padEnd(8)} ${weights(style)}\n`],
  )
  return `${family} (${source})\n${lines.join('')}  scripts  ${scripts.join(', ')}\n`
}
