/** `briefpress verify`: is a release what it says, and does it come out of its sources again? */
import type { CommandModule } from 'yargs'
import { printDiagnostics } from './output.js'
import { passwordFrom } from './pdf-options.js'

interface VerifyArguments {
  release: string
  rebuild: boolean
  project: string
  since?: string
  userPasswordFile?: string
  ownerPasswordFile?: string
  json: boolean
  quiet: boolean
}

/** The command; `done` is told the exit code. */
export function verifyCommand(done: (code: number) => void): CommandModule<object, VerifyArguments> {
  return {
    command: 'verify <release>',
    describe: 'Check the sums of a release, and build it again to compare',
    builder: (yargs) =>
      yargs
        .positional('release', { type: 'string', demandOption: true, describe: 'The folder of a release, or its manifest.json' })
        .option('rebuild', { type: 'boolean', default: false, describe: 'Build again from the sources and compare byte by byte' })
        .option('project', { type: 'string', default: '.', describe: 'The folder of the project, for --rebuild' })
        .option('since', { type: 'string', describe: 'Where what CHANGES was compared with is now' })
        .option('user-password-file', { type: 'string', describe: 'A file with the password that opens the PDFs' })
        .option('owner-password-file', { type: 'string', describe: 'A file with the password that lifts all limits' })
        .option('json', { type: 'boolean', default: false, describe: 'Print the result as JSON' })
        .option('quiet', { type: 'boolean', default: false, describe: 'Print errors only' }) as never,
    handler: async (args) => done(await runVerify(args)),
  }
}

async function runVerify(args: VerifyArguments): Promise<number> {
  const { verifyRelease } = await import('../delivery/release/verify.js')
  const userPassword = passwordFrom(args.userPasswordFile, 'BRIEFPRESS_USER_PASSWORD')
  const ownerPassword = passwordFrom(args.ownerPasswordFile, 'BRIEFPRESS_OWNER_PASSWORD')
  const passwords = { ...(userPassword ? { userPassword } : {}), ...(ownerPassword ? { ownerPassword } : {}) }
  const result = await verifyRelease({
    release: args.release,
    ...(args.rebuild ? { rebuild: { project: args.project, passwords, ...(args.since === undefined ? {} : { since: args.since }) } } : {}),
  })
  const { ok, checked, rebuilt, diagnostics } = result
  if (args.json) process.stdout.write(`${JSON.stringify({ ok, checked, rebuilt, diagnostics }, null, 2)}\n`)
  else {
    printDiagnostics(diagnostics, args.quiet)
    if (!args.quiet) {
      process.stdout.write(`${checked} files are what the release says\n`)
      if (args.rebuild) process.stdout.write(`${rebuilt} files come out the same when they are built again\n`)
    }
  }
  return ok ? 0 : 1
}
