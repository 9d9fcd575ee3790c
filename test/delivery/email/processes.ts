/** Processes that a test starts and ends by their id. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { projectFolder } from '../../tools.js'

export interface Running {
  readonly child: ChildProcess
  /** Its exit code, or the signal that ended it, and all it printed. */
  readonly ended: Promise<{ readonly code: number | string; readonly out: string; readonly err: string }>
}

/** Starts the built command line beside the test, so that servers of the test can answer it. */
export function startBriefpress(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Record<string, string> },
): Running {
  return start(process.execPath, [join(projectFolder, 'dist', 'cli.js'), ...args], options)
}

export function start(
  program: string,
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env?: Record<string, string> },
): Running {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  const ended = new Promise<{ code: number | string; out: string; err: string }>((resolve) =>
    child.on('close', (code, signal) => resolve({ code: code ?? signal ?? 'unknown', out, err })),
  )
  return { child, ended }
}

export async function until(condition: () => boolean, seconds = 30): Promise<void> {
  for (let waited = 0; !condition(); waited += 5) {
    if (waited > seconds * 1000) throw new Error(`nothing came in ${seconds} s`)
    await wait(5)
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
