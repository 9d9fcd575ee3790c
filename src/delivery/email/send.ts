/**
 * Sending a mailing. In: messages to make, a transport and a journal. Out: what became of each. Several are under way at once; what a server
 * refuses for now is tried again after growing delays, what it refuses for good is not, and what may have been taken is left alone.
 */
import type { Message } from './compose.js'
import type { Journal, Outcome } from './journal.js'
import type { Mailbox } from './mailbox.js'
import { type Delivery, outcomeOf, type Transport } from './smtp.js'

/** Time, handed in by whoever may read a clock. Milliseconds. */
export interface Clock {
  now(): number
  wait(milliseconds: number): Promise<void>
}

export interface PlannedMessage {
  readonly key: string
  readonly to: Mailbox
  /** Made when it is sent, so that a list of any length takes little memory. */
  readonly compose: () => Promise<Message>
}

export interface SendOptions {
  readonly transport: Transport
  readonly journal: Journal
  readonly clock: Clock
  readonly connections: number
  /** Messages a second; 0 is without limit. */
  readonly rate: number
  readonly attempts: number
  /** Milliseconds before the second attempt. */
  readonly retryDelay: number
  /** Only messages that failed or were deferred in an earlier run. */
  readonly onlyFailed?: boolean
  /** Messages whose fate is unknown are sent again. */
  readonly resendUnknown?: boolean
  readonly onOutcome?: (result: SendResult) => void
  /** Ends what is under way and begins nothing more. */
  readonly signal?: AbortSignal
}

export interface SendResult {
  readonly key: string
  readonly to: Mailbox
  /** `waiting`: not tried, since the server could not be reached or the run was stopped. */
  readonly outcome: Outcome | 'waiting'
  readonly reason: string
  /** It was so before this run. */
  readonly earlier: boolean
}

interface Attempt {
  readonly message: PlannedMessage
  /** Counts from 1. */
  readonly number: number
  readonly due: number
}

const longestDelay = 3_600_000
/** How long an interruption may go unnoticed. */
const longestNap = 250

/** Sends every message that is to be sent. Rejects only where the journal cannot be written: nothing is sent unrecorded. */
export async function sendMailing(messages: readonly PlannedMessage[], options: SendOptions): Promise<readonly SendResult[]> {
  const results = new Map<string, SendResult>()
  const settle = (result: SendResult): void => {
    results.set(result.key, result)
    options.onOutcome?.(result)
  }
  const fresh = await selectMessages(messages, options, settle)
  const run = new SendingRun(fresh, options, settle)
  const workers = Array.from({ length: Math.max(1, Math.min(options.connections, fresh.length)) }, () => run.work())
  // Each worker ends what it has begun, whatever stops the others.
  const ends = await Promise.allSettled(workers)
  options.transport.close()
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  return messages.map(
    ({ key, to }) => results.get(key) ?? { key, to, outcome: 'waiting', reason: run.stopped ?? 'not asked for', earlier: false },
  )
}

/** Which messages a run sends: not what was sent, not what failed for good unless asked, not what may have been sent unless asked. */
async function selectMessages(
  messages: readonly PlannedMessage[],
  options: SendOptions,
  settle: (result: SendResult) => void,
): Promise<PlannedMessage[]> {
  const chosen: PlannedMessage[] = []
  for (const message of messages) {
    const state = await options.journal.stateOf(message.key)
    if (isToSend(state?.outcome, options)) chosen.push(message)
    else if (state) settle({ key: message.key, to: message.to, outcome: state.outcome, reason: state.reason, earlier: true })
  }
  return chosen
}

function isToSend(outcome: Outcome | undefined, { onlyFailed, resendUnknown }: SendOptions): boolean {
  if (outcome === 'unknown') return resendUnknown === true
  if (onlyFailed) return outcome === 'failed' || outcome === 'deferred'
  return outcome === undefined || outcome === 'deferred'
}

class SendingRun {
  /** Why no more messages are tried. */
  stopped: string | undefined
  readonly #fresh: PlannedMessage[]
  readonly #options: SendOptions
  readonly #settle: (result: SendResult) => void
  /** By due time, soonest first. */
  readonly #later: Attempt[] = []
  #next = 0
  #underWay = 0
  #unreachable = 0
  #nextSlot = 0

  constructor(fresh: PlannedMessage[], options: SendOptions, settle: (result: SendResult) => void) {
    this.#fresh = fresh
    this.#options = options
    this.#settle = settle
  }

  /** One of several that run side by side: takes attempt after attempt until none is left. */
  async work(): Promise<void> {
    try {
      for (let attempt = await this.#take(); attempt; attempt = await this.#take()) {
        try {
          await this.#try(attempt)
        } finally {
          this.#underWay--
        }
      }
    } catch (error) {
      this.stopped ??= 'the journal could not be written'
      throw error
    }
  }

  async #take(): Promise<Attempt | undefined> {
    const { clock } = this.#options
    while (!this.#ends()) {
      const soonest = this.#later[0]
      if (soonest && soonest.due <= clock.now()) {
        this.#later.shift()
        return this.#taken(soonest)
      }
      const message = this.#fresh[this.#next]
      if (message) {
        this.#next++
        return this.#taken({ message, number: 1, due: 0 })
      }
      // Another worker's message may still come back for a later attempt.
      if (!soonest && this.#underWay === 0) return undefined
      await clock.wait(soonest ? Math.min(longestNap, Math.max(1, soonest.due - clock.now())) : 20)
    }
    return undefined
  }

  #ends(): boolean {
    if (this.#options.signal?.aborted) this.stopped ??= 'the run was interrupted'
    return this.stopped !== undefined
  }

  /** Waits, but not on when the run ends meanwhile. */
  async #pause(milliseconds: number): Promise<void> {
    const { clock } = this.#options
    const end = clock.now() + milliseconds
    for (let left = milliseconds; left > 0 && !this.#ends(); left = end - clock.now()) await clock.wait(Math.min(left, longestNap))
  }

  #taken(attempt: Attempt): Attempt {
    this.#underWay++
    return attempt
  }

  async #try(attempt: Attempt): Promise<void> {
    await this.#awaitSlot()
    if (this.#ends()) return
    const { transport, journal } = this.#options
    const { message } = attempt
    let begun = false
    const composed = await message.compose()
    const delivery = await transport.deliver(composed, async () => {
      begun = true
      await journal.begin(message.key, message.to.address)
    })
    if (delivery.kind === 'unreachable') return this.#retryLater(attempt, delivery)
    this.#unreachable = 0
    await this.#record(attempt, delivery, begun)
  }

  async #record(attempt: Attempt, delivery: Exclude<Delivery, { kind: 'unreachable' }>, begun: boolean): Promise<void> {
    const outcome = outcomeOf(delivery)
    const last = outcome !== 'deferred' || attempt.number >= this.#options.attempts
    const { key, to } = attempt.message
    if (last || begun) await this.#options.journal.end(key, { outcome, to: to.address, reason: delivery.reason })
    if (last) this.#settle({ key, to, outcome, reason: delivery.reason, earlier: false })
    else
      this.#enqueue({ message: attempt.message, number: attempt.number + 1, due: this.#options.clock.now() + this.#delay(attempt.number) })
  }

  #delay(number: number): number {
    return Math.min(longestDelay, this.#options.retryDelay * 2 ** (number - 1))
  }

  /** No message is to blame for a server that is away: the run waits, and ends when it stays away. */
  async #retryLater(attempt: Attempt, { hopeless, reason }: Extract<Delivery, { kind: 'unreachable' }>): Promise<void> {
    const tries = ++this.#unreachable
    // Each worker fails once while the server is away; a round of all of them is one try.
    const rounds = Math.ceil(tries / this.#options.connections)
    if (hopeless || rounds > this.#options.attempts) this.stopped ??= reason
    else {
      this.#enqueue(attempt)
      await this.#pause(this.#delay(rounds))
    }
  }

  #enqueue(attempt: Attempt): void {
    let at = this.#later.length
    while (at > 0 && (this.#later[at - 1] as Attempt).due > attempt.due) at--
    this.#later.splice(at, 0, attempt)
  }

  async #awaitSlot(): Promise<void> {
    const { rate, clock } = this.#options
    if (rate <= 0) return
    const now = clock.now()
    const slot = Math.max(now, this.#nextSlot)
    this.#nextSlot = slot + 1000 / rate
    if (slot > now) await this.#pause(slot - now)
  }
}
