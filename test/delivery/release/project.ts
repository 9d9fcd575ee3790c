/** A small project with an earlier state of its sources in git. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { temporaryFolder } from '../../tools.js'

const note = (version: string, body: string): string =>
  `---\ntitle: Evening hours\nlang: en-GB\nversion: "${version}"\ndate: 2026-05-03\n---\n\n${body}`

export const before = note(
  '1.0',
  `## What was counted {#sec-counts}

Visits after six fell by a third in four weeks. Most last less than ten minutes.

| Day | Visits |
| --- | ---: |
| Monday | 41 |
| Tuesday | 38 |

## Cost

Two evenings cost more than they bring.

## Old advice

This advice was given up, and nothing of it is kept.

::: {audience=internal}
The secretword of last year.
:::
`,
)

export const after = note(
  '1.1',
  `## What was counted {#sec-counts}

Visits after six fell by a quarter in four weeks. Most last less than ten minutes.

| Day | Visits |
| --- | ---: |
| Monday | 43 |
| Tuesday | 38 |
| Friday | 50 |

## Costs of evenings {#sec-money}

Two evenings cost more than they bring.

## Next steps

Ask the readers at the door.

::: {audience=internal}
The secretword of this year.
:::
`,
)

const second = `---\ntitle: Second note\nlang: en-GB\nversion: "2"\n---\n\nOne short paragraph with ![a square](square.svg).\n`
const square = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20" fill="#246"/></svg>'

export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

/** Runs git without the settings of whoever runs the tests. */
export function git(folder: string, ...args: readonly string[]): void {
  const identity = {
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@example.org',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@example.org',
  }
  const env = { ...process.env, ...identity, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
  execFileSync('git', ['-C', folder, ...args], { env, stdio: 'pipe' })
}

/** Two sources and a picture; in git, v1.0 holds the earlier state. */
export function releaseProject(): string {
  const folder = temporaryFolder()
  write(folder, { 'content/note.md': before, 'content/second.md': second, 'content/square.svg': square })
  git(folder, 'init', '-q')
  git(folder, 'add', '-A')
  git(folder, 'commit', '-q', '-m', 'Before')
  git(folder, 'tag', 'v1.0')
  write(folder, { 'content/note.md': after })
  git(folder, 'commit', '-q', '-a', '-m', 'After')
  git(folder, 'tag', 'v1.1')
  return folder
}

/** Fast enough for many runs: one edition, no fonts for HTML. */
export const quick: readonly string[] = ['--editions', 'report', '--formats', 'pdf']
