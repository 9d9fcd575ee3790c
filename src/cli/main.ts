#!/usr/bin/env node
/**
 * The command line. In: arguments. Out: files, a line for each, messages on standard error; exit code 0, 1 where a source has an error,
 * 2 where the command itself is wrong.
 */
import yargs from 'yargs'
import { hideBin } from 'yargs/helpers'
import { buildCommand } from './build-command.js'
import { fontsCommand } from './fonts-command.js'
import { inspectCommand } from './inspect-command.js'
import { outlineCommand } from './outline-command.js'
import { UsageError } from './output.js'
import { pdfCommand } from './pdf-command.js'
import { releaseCommand } from './release-command.js'
import { verifyCommand } from './verify-command.js'

/** Runs one command and answers with its exit code. */
async function run(args: readonly string[]): Promise<number> {
  let code = 0
  const parser = yargs([...args])
    .scriptName('briefpress')
    .usage('$0 <command>\n\nOne Markdown source becomes a one-page brief, a long report and a slide outline, each as PDF and HTML.')
    .command(buildCommand((result) => (code = result)))
    .command(outlineCommand((result) => (code = result)))
    .command(pdfCommand((result) => (code = result)))
    .command(inspectCommand((result) => (code = result)))
    .command(fontsCommand((result) => (code = result)))
    .command(releaseCommand((result) => (code = result)))
    .command(verifyCommand((result) => (code = result)))
    .demandCommand(1, 'Say what to do: build, outline, pdf, inspect, fonts, release or verify.')
    .recommendCommands()
    .strict()
    .help()
    .version()
    .alias('help', 'h')
    .wrap(110)
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UsageError(message)
    })
  await parser.parseAsync()
  return code
}

try {
  process.exitCode = await run(hideBin(process.argv))
} catch (error) {
  if (error instanceof UsageError || (error instanceof Error && error.name === 'YError')) {
    process.stderr.write(`briefpress: ${error.message}\nTry: briefpress --help\n`)
    process.exitCode = 2
  } else {
    const message = error instanceof Error ? error.message : String(error)
    process.stderr.write(`briefpress: something went wrong inside: ${message}\nPlease report it with the source that shows it.\n`)
    if (process.env.BRIEFPRESS_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`)
    process.exitCode = 1
  }
}
