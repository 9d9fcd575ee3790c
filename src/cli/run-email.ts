/** What `briefpress email` does. In: its arguments. Out: files, messages or jobs, a table or a summary, and an exit code. */
import { relative, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { composeMessage, type Mailing, mailingDigest, messageKey } from '../delivery/email/compose.js'
import { FileJournal, JournalHeldError, journalFile } from '../delivery/email/journal.js'
import { type Mailbox, mailboxText } from '../delivery/email/mailbox.js'
import { prepareMail } from '../delivery/email/prepare.js'
import { readRecipients } from '../delivery/email/recipients.js'
import { type Clock, type PlannedMessage, type SendResult, sendMailing } from '../delivery/email/send.js'
import { type EmailSettings, readSettings } from '../delivery/email/settings.js'
import { openTransport } from '../delivery/email/smtp.js'
import { writeDrafts } from '../delivery/email/write-drafts.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { type EditionName, editionNames } from '../editions/edition.js'
import { isSystemError } from '../project/engine.js'
import type { EmailArguments } from './email-command.js'
import { formatSize, listOf, printDiagnostics, queueAddress, sourceDate, UsageError } from './output.js'

interface Prepared {
  readonly mailing: Mailing
  readonly digest: string
  readonly recipients: readonly Mailbox[]
  readonly settings: EmailSettings
}

/** Runs the command: 0 all is well, 1 a source or list has an error or something was not sent. Throws UsageError. */
export async function runEmail(args: EmailArguments): Promise<number> {
  if ((args.send || args.resume) && args.queue !== undefined)
    throw new UsageError('--queue hands messages to workers, which send them; leave out --send')
  const diagnostics: Diagnostic[] = []
  const prepared = await prepare(args, diagnostics)
  printDiagnostics(diagnostics, args.quiet)
  if (!prepared || diagnostics.some(({ severity }) => severity === 'error')) return 1
  if (args.queue !== undefined) return enqueue(prepared, args.queue, args)
  return args.send || args.resume || args.onlyFailed || args.resendUnknown ? send(prepared, args) : draft(prepared, args)
}

async function prepare(args: EmailArguments, diagnostics: Diagnostic[]): Promise<Prepared | null> {
  const attach: readonly EditionName[] = args.attach === undefined ? [] : listOf(args.attach, editionNames, 'edition')
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic)
  const environment = { ...process.env, ...(args.from === undefined ? {} : { BRIEFPRESS_EMAIL_FROM: args.from }) }
  const settings = readSettings({ file: args.settings ?? 'email.yaml', required: args.settings !== undefined, environment, report })
  const recipients = readRecipients(args.to, report)
  const sourced = sourceDate()
  const content = await prepareMail(args.source, {
    body: args.body,
    attach,
    listUnsubscribe: settings?.listUnsubscribe ?? [],
    ...(args.audience === undefined ? {} : { audience: args.audience }),
    ...(args.subject === undefined ? {} : { subject: args.subject }),
    ...(sourced === undefined ? {} : { date: sourced }),
    report,
  })
  if (settings && !settings.from)
    report({
      severity: 'error',
      code: 'no-sender',
      message: 'it is not said whom the mail is from',
      hint: 'write from: Name <name@example.org> into email.yaml, or use --from',
    })
  if (!settings?.from || !content) return null
  const { from, replyTo, listUnsubscribe, oneClick } = settings
  const mailing = { content, from, listUnsubscribe, oneClick, date: sourced ?? new Date().toISOString(), ...(replyTo ? { replyTo } : {}) }
  return { mailing, digest: mailingDigest(mailing), recipients, settings }
}

function plan({ mailing, digest, recipients, settings }: Prepared, date: string): readonly PlannedMessage[] {
  const dated = { ...mailing, date }
  const dkim = settings.dkim ? { dkim: settings.dkim } : {}
  return recipients.map((to, index) => ({
    key: messageKey(digest, to),
    to,
    compose: () => composeMessage(dated, to, { digest, index, ...dkim }),
  }))
}

async function draft(prepared: Prepared, args: EmailArguments): Promise<number> {
  const { content, from, date } = prepared.mailing
  const drafts = await writeDrafts(plan(prepared, date), resolve(args.out))
  if (args.json) {
    const messages = drafts.map(({ to, path, bytes }) => ({ ...to, path: relative('.', path), bytes }))
    process.stdout.write(`${JSON.stringify({ from, subject: content.subject, messages }, null, 2)}\n`)
  } else if (!args.quiet) {
    const width = Math.min(48, Math.max(...drafts.map(({ to }) => mailboxText(to).length)))
    process.stdout.write(`From     ${mailboxText(from)}\nSubject  ${content.subject}\n`)
    for (const { name, data } of content.attachments) process.stdout.write(`Attached ${name} (${formatSize(data.length)})\n`)
    process.stdout.write('\n')
    for (const { to, path, bytes } of drafts)
      process.stdout.write(`${mailboxText(to).padEnd(width)}  ${formatSize(bytes).padStart(9)}  ${relative('.', path)}\n`)
    const messages = drafts.length === 1 ? '1 message' : `${drafts.length} messages`
    process.stdout.write(`\n${messages} written, nothing sent; send with --send\n`)
  }
  return 0
}

const clock: Clock = { now: () => performance.now(), wait: (milliseconds) => wait(milliseconds) }

async function send(prepared: Prepared, args: EmailArguments): Promise<number> {
  const { settings, digest, recipients, mailing } = prepared
  const { smtp } = settings
  if (!smtp) throw new UsageError('no server is named: write host: into email.yaml or set BRIEFPRESS_SMTP_HOST')
  const journal = await openJournal(journalFile(resolve(args.out)))
  const stop = new AbortController()
  const interrupt = () => stop.abort()
  process.once('SIGINT', interrupt)
  try {
    if ((args.resume || args.onlyFailed) && !journal.knows(digest))
      throw new UsageError(
        `${relative('.', journalFile(resolve(args.out)))} knows nothing of this mailing: its text, sender or attachments are others`,
      )
    const date = await journal.start(digest, { date: mailing.date, recipients: recipients.length })
    const results = await sendMailing(plan(prepared, date), {
      transport: await openTransport(smtp, settings.messagesPerConnection),
      journal,
      clock,
      connections: settings.connections,
      rate: settings.rate,
      attempts: settings.attempts,
      retryDelay: settings.retryDelay * 1000,
      onlyFailed: args.onlyFailed,
      resendUnknown: args.resendUnknown,
      signal: stop.signal,
    })
    return summarise(results, args)
  } finally {
    process.removeListener('SIGINT', interrupt)
    await journal.close()
  }
}

async function openJournal(file: string): Promise<FileJournal> {
  try {
    return await FileJournal.open(file)
  } catch (error) {
    if (error instanceof JournalHeldError) throw new UsageError(`${error.message} (${relative('.', file)})`)
    throw error
  }
}

const headings: Readonly<Record<SendResult['outcome'], string>> = {
  sent: 'sent',
  failed: 'refused for good; send again with --only-failed once the cause is gone',
  deferred: 'not taken yet; go on with --resume',
  unknown: 'may have arrived or not, since no answer came; send again with --resend-unknown',
  waiting: 'not tried',
}

function summarise(results: readonly SendResult[], args: EmailArguments): number {
  const outcomes = ['sent', 'failed', 'deferred', 'unknown', 'waiting'] as const
  const by = (outcome: SendResult['outcome']) => results.filter((result) => result.outcome === outcome)
  if (args.json) {
    const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, by(outcome).length]))
    const messages = results.map(({ to, outcome, reason, earlier, key }) => ({ ...to, outcome, reason, earlier, key }))
    process.stdout.write(`${JSON.stringify({ counts, messages }, null, 2)}\n`)
  } else {
    const earlier = by('sent').filter((result) => result.earlier).length
    const before = earlier > 0 ? ` (${earlier} of them in an earlier run)` : ''
    if (!args.quiet) process.stdout.write(`${by('sent').length} of ${results.length} sent${before}\n`)
    for (const outcome of outcomes.slice(1)) printGroup(headings[outcome], by(outcome))
  }
  return by('sent').length === results.length ? 0 : 1
}

const mostListed = 50

function printGroup(heading: string, results: readonly { readonly to: Mailbox; readonly reason: string }[]): void {
  if (results.length === 0) return
  process.stderr.write(`${results.length} ${heading}:\n`)
  for (const { to, reason } of results.slice(0, mostListed)) process.stderr.write(`  ${to.address}  ${reason}\n`)
  if (results.length > mostListed) process.stderr.write(`  … and ${results.length - mostListed} more; --json lists all\n`)
}

async function enqueue({ mailing, digest, recipients, settings }: Prepared, url: string, args: EmailArguments): Promise<number> {
  const { enqueueMailing } = await import('../delivery/email/queue.js')
  const { attempts, retryDelay } = settings
  const { onlyFailed, resendUnknown } = args
  const options = { digest, recipients, queue: queueAddress(url), attempts, retryDelay: retryDelay * 1000, onlyFailed, resendUnknown }
  let standing: Awaited<ReturnType<typeof enqueueMailing>>
  try {
    standing = await enqueueMailing(mailing, options)
  } catch (error) {
    if (!isSystemError(error)) throw error
    process.stderr.write(`briefpress: the queue at ${new URL(url).host} cannot be reached: ${error.message}\n`)
    return 1
  }
  const by = (outcome: string) => standing.filter((message) => message.outcome === outcome)
  if (args.json) {
    const messages = standing.map(({ to, outcome, reason, key }) => ({ ...to, outcome, reason, key }))
    process.stdout.write(`${JSON.stringify({ messages }, null, 2)}\n`)
    return 0
  }
  const words = { queued: 'queued', waiting: 'queued before', sent: 'sent', failed: 'refused for good', unknown: 'may have arrived' }
  const counts = Object.entries(words).flatMap(([outcome, word]) => (by(outcome).length > 0 ? [`${by(outcome).length} ${word}`] : []))
  if (!args.quiet) process.stdout.write(`${counts.join(', ')}\n`)
  for (const outcome of ['failed', 'unknown'] as const) printGroup(headings[outcome], by(outcome))
  return 0
}
