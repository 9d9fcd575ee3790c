/** `briefpress worker`: sends what `briefpress email --queue` has queued. */
import type { CommandModule } from 'yargs'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { printDiagnostics, queueAddress, UsageError } from './output.js'

interface WorkerArguments {
  queue: string
  settings?: string
  drain: boolean
  lock: number
  quiet: boolean
}

/** The command; `done` is told the exit code. */
export function workerCommand(done: (code: number) => void): CommandModule<object, WorkerArguments> {
  return {
    command: 'worker',
    describe: 'Send what email --queue has queued, beside any number of other workers',
    builder: (yargs) =>
      yargs
        .option('queue', { type: 'string', demandOption: true, describe: 'The server, as in redis://localhost:6379' })
        .option('settings', { type: 'string', describe: 'Settings for sending (default: email.yaml where it is)' })
        .option('drain', { type: 'boolean', default: false, describe: 'End once nothing waits' })
        .option('lock', { type: 'number', default: 30, describe: 'Seconds after which a silent worker’s message goes to another' })
        .option('quiet', { type: 'boolean', default: false, describe: 'Print what was not sent only' }) as never,
    handler: async (args) => done(await runWorker(args)),
  }
}

async function runWorker(args: WorkerArguments): Promise<number> {
  const { readSettings } = await import('../delivery/email/settings.js')
  const { openTransport } = await import('../delivery/email/smtp.js')
  const diagnostics: Diagnostic[] = []
  const queue = queueAddress(args.queue)
  const settings = readSettings({
    file: args.settings ?? 'email.yaml',
    required: args.settings !== undefined,
    environment: process.env,
    report: (diagnostic) => diagnostics.push(diagnostic),
  })
  printDiagnostics(diagnostics, args.quiet)
  if (!settings) return 1
  if (!settings.smtp) throw new UsageError('no server is named: write host: into email.yaml or set BRIEFPRESS_SMTP_HOST')
  const { startWorker } = await import('../delivery/email/queue.js')
  let unsent = 0
  const told = new Set<string>()
  const worker = await startWorker({
    queue,
    settings,
    lockDuration: Math.max(1, args.lock) * 1000,
    transport: await openTransport(settings.smtp, settings.messagesPerConnection),
    onTrouble: (reason) => {
      if (!told.has(reason)) process.stderr.write(`waiting: ${reason}\n`)
      told.add(reason)
    },
    onOutcome: ({ to, outcome, reason }) => {
      if (outcome !== 'sent' && outcome !== 'deferred') unsent++
      if (outcome !== 'sent') process.stderr.write(`${outcome} ${to.address}  ${reason}\n`)
      else if (!args.quiet) process.stdout.write(`sent ${to.address}\n`)
    },
  })
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await (args.drain ? Promise.race([worker.drained(), stopped]) : stopped)
  await worker.close()
  return unsent === 0 ? 0 : 1
}
