/** `briefpress email`: a source → a message for each recipient, written as files or sent. */
import type { CommandModule } from 'yargs'

export interface EmailArguments {
  source: string
  to: string[]
  out: string
  body: 'brief' | 'summary'
  attach?: string
  subject?: string
  from?: string
  audience?: string
  settings?: string
  send: boolean
  resume: boolean
  onlyFailed: boolean
  resendUnknown: boolean
  queue?: string
  json: boolean
  quiet: boolean
}

/** The command; `done` is told the exit code. */
export function emailCommand(done: (code: number) => void): CommandModule<object, EmailArguments> {
  return {
    command: 'email <source>',
    describe: 'Compose a message for each recipient; send them with --send',
    builder: (yargs) =>
      yargs
        .positional('source', { type: 'string', demandOption: true, describe: 'A Markdown file' })
        .option('to', {
          type: 'string',
          array: true,
          nargs: 1,
          demandOption: true,
          describe: 'list.csv, list.yaml or addresses; may be repeated',
        })
        .option('out', { type: 'string', default: 'out/email', describe: 'Folder for messages and the journal' })
        .option('body', { choices: ['brief', 'summary'] as const, default: 'brief', describe: 'What the message says' })
        .option('attach', { type: 'string', describe: 'Editions that go along as PDF, with commas between' })
        .option('subject', { type: 'string', describe: 'In place of the front matter’s' })
        .option('from', { type: 'string', describe: 'The sender, in place of the settings’' })
        .option('audience', { type: 'string', describe: 'Include what is marked for this audience' })
        .option('settings', { type: 'string', describe: 'Settings for sending (default: email.yaml where it is)' })
        .option('send', { type: 'boolean', default: false, describe: 'Send; without it messages are only written to files' })
        .option('resume', { type: 'boolean', default: false, describe: 'Go on with an earlier run, and only with one' })
        .option('only-failed', { type: 'boolean', default: false, describe: 'Send again what failed, and nothing else' })
        .option('resend-unknown', { type: 'boolean', default: false, describe: 'Send again what may have arrived' })
        .option('queue', { type: 'string', describe: 'Hand the messages to workers, as in redis://localhost:6379' })
        .option('json', { type: 'boolean', default: false, describe: 'Print the outcome as JSON' })
        .option('quiet', { type: 'boolean', default: false, describe: 'Print errors only' }) as never,
    handler: async (args) => {
      const { runEmail } = await import('./run-email.js')
      done(await runEmail(args))
    },
  }
}
