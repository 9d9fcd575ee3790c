/**
 * What became of each message, on disk: one line of JSON before a message's text leaves and one after the server's answer, each on the disk
 * (fsync) before the work goes on. A message with the first line and not the second is one whose fate nobody knows.
 */
import { type FileHandle, mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isSystemError } from '../../project/engine.js'

/**
 * `sent`: the server took it. `failed`: it refused for good. `deferred`: it could not take it yet, or the message did not get there.
 * `unknown`: its text left and no answer came.
 */
export type Outcome = 'sent' | 'failed' | 'deferred' | 'unknown'

export interface State {
  readonly outcome: Outcome
  readonly to: string
  /** The server's words or what went wrong. */
  readonly reason: string
}

/** Where the states of messages are kept. Each promise is kept only once the state is safe. */
export interface Journal {
  stateOf(key: string): Promise<State | undefined>
  /** Before the text of a message leaves. */
  begin(key: string, to: string): Promise<void>
  end(key: string, state: State): Promise<void>
}

interface MailingLine {
  readonly type: 'mailing'
  readonly digest: string
  readonly date: string
  readonly recipients: number
}
interface BeginLine {
  readonly type: 'begin'
  readonly key: string
  readonly to: string
}
interface EndLine extends State {
  readonly type: 'end'
  readonly key: string
}
type Line = MailingLine | BeginLine | EndLine

/** Thrown where another process holds the journal. */
export class JournalHeldError extends Error {
  constructor(readonly holder: number) {
    super(`process ${holder} is sending from this journal`)
    this.name = 'JournalHeldError'
  }
}

/** The journal of one folder. */
export class FileJournal implements Journal {
  readonly #states: Map<string, State>
  readonly #dates: Map<string, string>
  readonly #handle: FileHandle
  readonly #lock: string
  #waiting: { readonly text: string; readonly done: () => void; readonly failed: (error: unknown) => void }[] = []
  #writing: Promise<void> | undefined

  private constructor(read: { states: Map<string, State>; dates: Map<string, string> }, handle: FileHandle, lock: string) {
    this.#states = read.states
    this.#dates = read.dates
    this.#handle = handle
    this.#lock = lock
  }

  /** Opens the journal and holds it against other processes. Throws JournalHeldError and system errors. */
  static async open(file: string): Promise<FileJournal> {
    await mkdir(dirname(file), { recursive: true })
    const lock = await takeLock(`${file}.lock`)
    try {
      const text = await readIfThere(file)
      const handle = await open(file, 'a')
      // A line that a kill cut short must not run into the next one.
      if (text !== '' && !text.endsWith('\n')) await handle.write('\n')
      await syncFolder(dirname(file))
      return new FileJournal(readLines(text), handle, lock)
    } catch (error) {
      await rm(lock, { force: true })
      throw error
    }
  }

  /** The states in a journal that nobody needs to hold. */
  static async read(file: string): Promise<ReadonlyMap<string, State>> {
    return readLines(await readIfThere(file)).states
  }

  /** The date of this mailing's first run, so that its messages stay the same; `date` where this is the first. */
  async start(digest: string, { date, recipients }: { readonly date: string; readonly recipients: number }): Promise<string> {
    const known = this.#dates.get(digest)
    if (known !== undefined) return known
    this.#dates.set(digest, date)
    await this.#append({ type: 'mailing', digest, date, recipients })
    return date
  }

  knows(digest: string): boolean {
    return this.#dates.has(digest)
  }

  async stateOf(key: string): Promise<State | undefined> {
    return this.#states.get(key)
  }

  async begin(key: string, to: string): Promise<void> {
    this.#states.set(key, cutOff(to))
    await this.#append({ type: 'begin', key, to })
  }

  async end(key: string, state: State): Promise<void> {
    this.#states.set(key, state)
    await this.#append({ type: 'end', key, ...state })
  }

  async close(): Promise<void> {
    await this.#writing
    await this.#handle.close()
    await rm(this.#lock, { force: true })
  }

  /** Lines that come while the disk is busy are written together, with one fsync for all. */
  #append(line: Line): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ text: `${JSON.stringify(line)}\n`, done, failed })
      this.#writing ??= this.#write()
    })
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting
      this.#waiting = []
      try {
        await this.#handle.write(batch.map(({ text }) => text).join(''))
        await this.#handle.datasync()
        for (const { done } of batch) done()
      } catch (error) {
        for (const { failed } of batch) failed(error)
      }
    }
    this.#writing = undefined
  }
}

const cutOff = (to: string): State => ({ outcome: 'unknown', to, reason: 'the run ended between the message and the server’s answer' })

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return ''
    throw error
  }
}

function readLines(text: string): { states: Map<string, State>; dates: Map<string, string> } {
  const states = new Map<string, State>()
  const dates = new Map<string, string>()
  for (const one of text.split('\n')) {
    const line = parseLine(one)
    if (line?.type === 'mailing') dates.set(line.digest, line.date)
    else if (line?.type === 'begin') states.set(line.key, cutOff(line.to))
    else if (line?.type === 'end') states.set(line.key, { outcome: line.outcome, to: line.to, reason: line.reason })
  }
  return { states, dates }
}

/** Null for a line that was cut short: what it would have said was not yet relied on by anyone. */
function parseLine(text: string): Line | null {
  if (!text.startsWith('{') || !text.endsWith('}')) return null
  try {
    return JSON.parse(text) as Line
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** A new file's name is safe only once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Some file systems cannot sync folders.
    if (!isSystemError(error)) throw error
  } finally {
    await handle.close()
  }
}

/** A file that only one process can make; one left behind by a process that is gone is taken over. */
async function takeLock(file: string): Promise<string> {
  for (;;) {
    try {
      const handle = await open(file, 'wx')
      await handle.write(String(process.pid))
      await handle.close()
      return file
    } catch (error) {
      if (!isSystemError(error) || error.code !== 'EEXIST') throw error
    }
    const holder = Number(await readIfThere(file))
    if (Number.isInteger(holder) && holder > 0 && holder !== process.pid && isRunning(holder)) throw new JournalHeldError(holder)
    await rm(file, { force: true })
  }
}

function isRunning(process_: number): boolean {
  try {
    process.kill(process_, 0)
    return true
  } catch (error) {
    return isSystemError(error) && error.code === 'EPERM'
  }
}

export const journalFile = (folder: string): string => join(folder, 'journal.jsonl')
