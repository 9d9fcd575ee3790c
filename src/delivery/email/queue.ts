/**
 * A mailing handed to workers through BullMQ on a Redis-protocol server. In: a mailing, or a server to work for. Out: jobs, and what became of
 * them. Jobs come at least once; the journal, kept on the same server under the same keys as the one on disk, lets each message out once.
 */
import type { Job, Queue, RedisOptions, Worker } from 'bullmq'
import { composeMessage, type Mailing, type Message, messageKey } from './compose.js'
import type { Journal, Outcome, State } from './journal.js'
import type { Mailbox } from './mailbox.js'
import type { EmailSettings } from './settings.js'
import { type Delivery, outcomeOf, type Transport } from './smtp.js'

/** Where the server is; the password comes from the environment. */
export interface QueueAddress {
  /** Such as `redis://localhost:6379`. */
  readonly url: string
  readonly password?: string
}

interface JobData {
  readonly digest: string
  readonly to: Mailbox
  readonly index: number
}

const queueName = 'briefpress-email'
const journalKey = 'briefpress:email:journal'
const contentKey = (digest: string): string => `briefpress:email:mailing:${digest}`

type Client = Awaited<Queue['backend']['client']>

function connectionOf({ url, password }: QueueAddress, patient: boolean): RedisOptions {
  // Who queues wants an answer; a worker waits for its server to come back.
  const retryStrategy = (times: number) => (patient || times < 5 ? Math.min(times * 200, 5000) : null)
  return { url, retryStrategy, maxRetriesPerRequest: null, ...(password === undefined ? {} : { password }) }
}

/** Thrown where a message has been begun by another worker. */
class ClaimedError extends Error {}

/** Begins only what nobody has begun: decided on the server, in one step. */
const claimScript = `
local state = redis.call('HGET', KEYS[1], ARGV[1])
if state and not string.find(state, '"outcome":"deferred"', 1, true) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1`

class QueueJournal implements Journal {
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
    client.defineCommand('briefpressClaim', { numberOfKeys: 1, lua: claimScript })
  }

  async stateOf(key: string): Promise<State | undefined> {
    const text = await this.#client.hget(journalKey, key)
    return text === null ? undefined : (JSON.parse(text) as State)
  }

  async begin(key: string, to: string): Promise<void> {
    const state: State = { outcome: 'unknown', to, reason: 'a worker ended between the message and the server’s answer' }
    if ((await this.#client.runCommand('briefpressClaim', [journalKey, key, JSON.stringify(state)])) !== 1) throw new ClaimedError()
  }

  async end(key: string, state: State): Promise<void> {
    await this.#client.hset(journalKey, { [key]: JSON.stringify(state) })
  }

  async forget(key: string): Promise<void> {
    await this.#client.hdel(journalKey, key)
  }
}

export interface EnqueueOptions {
  readonly digest: string
  readonly recipients: readonly Mailbox[]
  readonly queue: QueueAddress
  readonly attempts: number
  /** Milliseconds before the second attempt. */
  readonly retryDelay: number
  readonly onlyFailed?: boolean
  readonly resendUnknown?: boolean
}

export interface QueuedMessage {
  readonly key: string
  readonly to: Mailbox
  /** `queued` now, `waiting` from before, or what became of it. */
  readonly outcome: Outcome | 'queued' | 'waiting'
  readonly reason: string
}

/** Queues what has not been sent, and answers with how each message stands. Rejects where the server cannot be reached. */
export async function enqueueMailing(mailing: Mailing, options: EnqueueOptions): Promise<readonly QueuedMessage[]> {
  const bullmq = await import('bullmq')
  const queue: Queue<JobData> = new bullmq.Queue<JobData>(queueName, { connection: connectionOf(options.queue, false) })
  const failed = firstError(queue)
  try {
    const client = await Promise.race([queue.backend.client, failed])
    const journal = new QueueJournal(client)
    if ((await client.get(contentKey(options.digest))) === null) await client.set(contentKey(options.digest), packMailing(mailing))
    const standing: QueuedMessage[] = []
    const backoff = { type: 'exponential', delay: options.retryDelay }
    for (const [index, to] of options.recipients.entries()) {
      const key = messageKey(options.digest, to)
      const standingMessage = await standingOf({ key, to }, { queue, journal, options })
      standing.push(standingMessage)
      if (standingMessage.outcome === 'queued')
        await queue.add(
          'message',
          { digest: options.digest, to, index },
          { jobId: key, attempts: options.attempts, backoff, removeOnComplete: true },
        )
    }
    return standing
  } finally {
    await queue.close()
  }
}

/** Rejects with the first error after which the client gives up. */
function firstError(queue: Queue<JobData>): Promise<never> {
  let last: Error | undefined
  queue.on('error', (error) => {
    last = error
  })
  const given = new Promise<never>((_, reject) => {
    queue.on('ioredis:close', () => {
      if (last) reject(last)
    })
  })
  given.catch(() => {})
  return given
}

interface Standing {
  readonly queue: Queue<JobData>
  readonly journal: QueueJournal
  readonly options: EnqueueOptions
}

async function standingOf({ key, to }: { key: string; to: Mailbox }, { queue, journal, options }: Standing): Promise<QueuedMessage> {
  const state = await journal.stateOf(key)
  const again = (state?.outcome === 'unknown' && options.resendUnknown) || (state?.outcome === 'failed' && options.onlyFailed)
  const job = await queue.getJob(key)
  const jobState = job ? await job.getState() : 'unknown'
  const running = job !== undefined && jobState !== 'failed' && jobState !== 'completed'
  if (running) return { key, to, outcome: 'waiting', reason: `a worker has it next: ${jobState}` }
  if (state && state.outcome !== 'deferred' && !again) return { key, to, outcome: state.outcome, reason: state.reason }
  if (options.onlyFailed && !state) return { key, to, outcome: 'waiting', reason: 'not asked for' }
  await job?.remove()
  if (again) await journal.forget(key)
  return { key, to, outcome: 'queued', reason: '' }
}

/** All that the messages have in common, once for the mailing; bytes as base64. */
function packMailing({ attachmentsFor: _, ...mailing }: Mailing): string {
  const { pictures, attachments, ...words } = mailing.content
  const packed = <T extends { readonly data: Uint8Array }>(files: readonly T[]) =>
    files.map((file) => ({ ...file, data: Buffer.from(file.data).toString('base64') }))
  return JSON.stringify({ ...mailing, content: { ...words, pictures: packed(pictures), attachments: packed(attachments) } })
}

function unpackMailing(text: string): Mailing {
  const mailing = JSON.parse(text) as Mailing
  const unpacked = <T extends { readonly data: Uint8Array }>(files: readonly T[]) =>
    files.map((file) => ({ ...file, data: Buffer.from(file.data as unknown as string, 'base64') }))
  const { content } = mailing
  return { ...mailing, content: { ...content, pictures: unpacked(content.pictures), attachments: unpacked(content.attachments) } }
}

export interface WorkerOptions {
  readonly queue: QueueAddress
  readonly settings: EmailSettings
  readonly transport: Transport
  /** Milliseconds after which a message of a worker that gives no sign goes to another. */
  readonly lockDuration: number
  /** Told what keeps the worker from its server. */
  readonly onTrouble?: (reason: string) => void
  readonly onOutcome?: (result: { readonly to: Mailbox; readonly outcome: Outcome; readonly reason: string }) => void
}

export interface RunningWorker {
  /** Settles once nothing waits in the queue. */
  drained(): Promise<void>
  /** Ends what is under way and takes nothing more. */
  close(): Promise<void>
}

/** Works for a queue until it is closed. Any number of workers may, on any number of machines. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const bullmq = await import('bullmq')
  const connection = connectionOf(options.queue, true)
  const queue: Queue<JobData> = new bullmq.Queue<JobData>(queueName, { connection })
  const trouble = (error: Error) => options.onTrouble?.(error.message)
  queue.on('error', trouble)
  const client = await queue.backend.client
  const { connections, rate, retryDelay } = options.settings
  const task: Task = {
    ...options,
    client,
    journal: new QueueJournal(client),
    mailings: new Map(),
    UnrecoverableError: bullmq.UnrecoverableError,
  }
  const worker: Worker<JobData> = new bullmq.Worker<JobData>(
    queueName,
    async (job) => {
      const away = await work(job, task)
      if (away === undefined) return
      // The mail server is away: this says nothing about the message, whose attempts are not used up.
      options.onTrouble?.(away)
      await worker.rateLimit(Math.max(1000, retryDelay * 1000))
      throw bullmq.Worker.RateLimitError()
    },
    {
      connection,
      concurrency: connections,
      ...(rate > 0 ? { limiter: { max: Math.max(1, Math.round(rate * 10)), duration: 10_000 } } : {}),
      lockDuration: options.lockDuration,
      stalledInterval: options.lockDuration,
      maxStalledCount: 10,
    },
  )
  worker.on('error', trouble)
  return {
    async drained() {
      for (;;) {
        const counts = await queue.getJobCounts('wait', 'active', 'delayed', 'prioritized')
        if (Object.values(counts).every((count) => count === 0)) return
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    },
    async close() {
      await worker.close()
      await queue.close()
      options.transport.close()
    },
  }
}

interface Task extends WorkerOptions {
  readonly client: Client
  readonly journal: QueueJournal
  /** Mailings already fetched. */
  readonly mailings: Map<string, Promise<Mailing>>
  readonly UnrecoverableError: new (message: string) => Error
}

/** One job; answers with a reason where the mail server cannot be reached. */
async function work(job: Job<JobData>, task: Task): Promise<string | undefined> {
  const { digest, to, index } = job.data
  const key = messageKey(digest, to)
  const state = await task.journal.stateOf(key)
  if (state?.outcome === 'sent') return undefined
  if (state && state.outcome !== 'deferred') throw new task.UnrecoverableError(`${state.outcome}: ${state.reason}`)
  const { dkim } = task.settings
  const message = await composeMessage(await mailingOf(digest, task), to, { digest, index, ...(dkim ? { dkim } : {}) })
  const delivery = await deliver(message, key, task)
  if (delivery.kind === 'unreachable') return delivery.reason
  const outcome = outcomeOf(delivery)
  await task.journal.end(key, { outcome, to: to.address, reason: delivery.reason })
  task.onOutcome?.({ to, outcome, reason: delivery.reason })
  if (outcome === 'sent') return undefined
  if (outcome === 'deferred') throw new Error(delivery.reason)
  throw new task.UnrecoverableError(`${outcome}: ${delivery.reason}`)
}

async function deliver(message: Message, key: string, { transport, journal, UnrecoverableError }: Task): Promise<Delivery> {
  try {
    return await transport.deliver(message, () => journal.begin(key, message.to.address))
  } catch (error) {
    if (error instanceof ClaimedError) throw new UnrecoverableError('another worker has begun it')
    throw error
  }
}

function mailingOf(digest: string, { client, mailings }: Task): Promise<Mailing> {
  const known = mailings.get(digest)
  if (known) return known
  const fetched = client.get(contentKey(digest)).then((text) => {
    if (text === null) throw new Error('the mailing is gone from the server')
    return unpackMailing(text)
  })
  mailings.set(digest, fetched)
  return fetched
}
