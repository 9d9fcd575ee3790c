/**
 * The ladder by which a brief comes to fit its pages: comfortable → tighter spacing → smaller type → shorter forms → less. In: how much of
 * a plan can be given up, and a function that lays an attempt out. Out: the attempt of least cost that fits. Each step is found by
 * interpolation between the overflows already known, so that few layouts are needed.
 */

/** One attempt at a brief. */
export interface Attempt {
  /** 0 is comfortable, `spacingSteps` tight. */
  readonly spacing: number
  /** 0 is comfortable, `sizeSteps` the floor that the style sheet sets. */
  readonly size: number
  /** How many parts, the least important first, have one sentence for a lead and for each item of a list. */
  readonly short: number
  /** Sentences of a lead that is not short. */
  readonly sentences: number
  /** How many of the plan's droppable parts are gone, the least important first. */
  readonly dropped: number
  /** Of these, those that found room again. */
  readonly restored: readonly number[]
}

export const spacingSteps = 4
export const sizeSteps = 6
export const ordinarySentences = 2
const mostSentences = 12
/** Rungs from comfortable to tightest, all with the same content. */
const rungs = spacingSteps + sizeSteps
/** Px that may stay free at the foot of the page before leads grow. */
const roomToFill = 110
/** Px of room that make it worth trying to restore a part. */
const roomToRestore = 24
const mostRestored = 2
/** Px that count as fitting. */
export const fittingTolerance = 0.5

/** What the ladder needs to know of a plan. */
export interface Trial {
  /** Px too many above 0, px of room below. */
  readonly overflow: (attempt: Attempt) => number
  /** Characters of text that an attempt shows. */
  readonly content: (attempt: Attempt) => number
  readonly droppable: number
  /** How many parts there are that can be short. */
  readonly parts: number
  /** Whether a dropped part may come back though one dropped after it stays away: they are equally important. */
  readonly equal: (part: number, other: number) => boolean
}

export const comfortable: Attempt = { spacing: 0, size: 0, short: 0, sentences: ordinarySentences, dropped: 0, restored: [] }

/** Rung 0 is comfortable; spacing goes first, then size. */
const atRung = (attempt: Attempt, rung: number): Attempt => ({
  ...attempt,
  spacing: Math.min(rung, spacingSteps),
  size: Math.max(0, rung - spacingSteps),
})

/** The attempt of least cost that fits; where none does, the tightest with all that may go gone. */
export function climb(trial: Trial): { readonly attempt: Attempt; readonly overflow: number } {
  const search = new Search(trial)
  const found = search.run()
  return { attempt: found, overflow: search.overflow(found) }
}

class Search {
  readonly #trial: Trial
  readonly #known = new Map<string, { readonly attempt: Attempt; readonly overflow: number }>()

  constructor(trial: Trial) {
    this.#trial = trial
  }

  run(): Attempt {
    const start = this.overflow(comfortable)
    if (start <= fittingTolerance) this.#grow(-start)
    else this.#descend(start)
    return this.#cheapest() ?? this.#last()
  }

  /** Px too many, each attempt laid out once. */
  overflow(attempt: Attempt): number {
    const key = JSON.stringify(attempt)
    const known = this.#known.get(key)
    if (known) return known.overflow
    const overflow = this.#trial.overflow(attempt)
    this.#known.set(key, { attempt, overflow })
    return overflow
  }

  #last(): Attempt {
    return { ...atRung(comfortable, rungs), short: this.#trial.parts, dropped: this.#trial.droppable }
  }

  /** Content before size, size before air: what is lost of the text weighs a hundred times a step of size, and that ten times a step of spacing. */
  #cheapest(): Attempt | undefined {
    const ordinary = Math.max(1, this.#trial.content(comfortable))
    const cost = ({ attempt, overflow }: { attempt: Attempt; overflow: number }) =>
      1e5 * (1 - this.#trial.content(attempt) / ordinary) + 10 * attempt.size + attempt.spacing + Math.min(1000, -overflow) / 1e4
    return [...this.#known.values()].filter(({ overflow }) => overflow <= fittingTolerance).sort((a, b) => cost(a) - cost(b))[0]?.attempt
  }

  /** Leads take more sentences as long as the page holds them. */
  #grow(free: number): void {
    const longest = { ...comfortable, sentences: mostSentences }
    if (free <= roomToFill || this.#trial.content(longest) <= this.#trial.content(comfortable)) return
    this.#least({
      low: 0,
      high: mostSentences - ordinarySentences,
      attemptAt: (steps) => ({ ...comfortable, sentences: mostSentences - steps }),
      before: this.overflow(longest),
    })
  }

  #descend(start: number): void {
    const tightest = atRung(comfortable, rungs)
    const tight = this.overflow(tightest)
    if (tight <= fittingTolerance) return this.#loosen(comfortable, start)
    const shortest: Attempt = { ...tightest, short: this.#trial.parts }
    const shortens = this.#trial.content(shortest) < this.#trial.content(tightest)
    const short = shortens ? this.overflow(shortest) : tight
    if (short <= fittingTolerance) {
      const attemptAt = (parts: number): Attempt => ({ ...tightest, short: parts })
      const parts = this.#least({ low: 0, high: this.#trial.parts, attemptAt, before: tight })
      return this.#loosen({ ...comfortable, short: parts }, start - (tight - this.overflow(attemptAt(parts))))
    }
    this.#drop(shortest, short, start - tight)
  }

  /** The loosest setting that still fits the same content; `start` is what is known or thought of its comfortable one. */
  #loosen(content: Attempt, start: number): void {
    if (start <= fittingTolerance && this.overflow(content) <= fittingTolerance) return
    this.#least({ low: 0, high: rungs, attemptAt: (rung) => atRung(content, rung), before: Math.max(1, start) })
  }

  #drop(shortest: Attempt, overflow: number, tightening: number): void {
    const { droppable } = this.#trial
    if (droppable === 0 || this.overflow({ ...shortest, dropped: droppable }) > fittingTolerance) return
    const attemptAt = (dropped: number): Attempt => ({ ...shortest, dropped })
    const dropped = this.#least({ low: 0, high: droppable, attemptAt, before: overflow })
    const longer = { ...attemptAt(dropped), short: 0 }
    const kept = this.#restore(this.overflow(longer) <= fittingTolerance ? longer : attemptAt(dropped))
    this.#loosen({ ...atRung(kept, 0) }, this.overflow(kept) + tightening)
  }

  /** Parts as important as the last that went come back where the page still has room for them. */
  #restore(attempt: Attempt): Attempt {
    let kept = attempt
    let tries = 0
    const last = attempt.dropped - 1
    for (let part = last - 1; part >= 0 && tries < mostRestored; part--) {
      if (-this.overflow(kept) < roomToRestore || !this.#trial.equal(part, last)) break
      const wider = { ...kept, restored: [...kept.restored, part] }
      tries++
      if (this.overflow(wider) <= fittingTolerance) kept = wider
    }
    return kept
  }

  /** The least step above `low` that fits; the one at `high` does. `before` is the overflow at `low`. */
  #least(range: {
    readonly low: number
    readonly high: number
    readonly attemptAt: (step: number) => Attempt
    readonly before: number
  }): number {
    const { attemptAt } = range
    let { low, high, before } = range
    if (before <= fittingTolerance) return low
    let after = this.overflow(attemptAt(high))
    for (let turn = 0; high - low > 1; turn++) {
      const share = turn < 2 ? before / Math.max(1e-6, before - after) : 0.5
      const step = Math.min(high - 1, Math.max(low + 1, low + Math.ceil((high - low) * share)))
      const overflow = this.overflow(attemptAt(step))
      if (overflow <= fittingTolerance) {
        high = step
        after = overflow
      } else {
        low = step
        before = overflow
      }
    }
    return high
  }
}
