/** The steps of action.yml, run by bash as they stand: `uses:` steps are the runner's own and skipped. */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { hasTool, projectFolder, temporaryFolder } from '../../tools.js'
import { after, releaseProject, write } from './project.js'

interface Step {
  readonly name: string
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly shell?: string
  readonly env?: Readonly<Record<string, string>>
}

const action: { readonly inputs: Record<string, { readonly default: string }>; readonly runs: { readonly steps: readonly Step[] } } = parse(
  readFileSync(join(projectFolder, 'action.yml'), 'utf8'),
)

interface Ran {
  readonly name: string
  readonly code: number
  readonly out: string
}

/** What a runner does with the steps: expressions of `env:`, GITHUB_PATH and GITHUB_OUTPUT; stops at the first that fails. */
function runAction(project: string, inputs: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>> = {}) {
  const runner = temporaryFolder()
  const file = (name: string): string => join(runner, name)
  for (const name of ['path', 'output', 'summary']) writeFileSync(file(name), '')
  mkdirSync(file('tools'))
  writeFileSync(file('tools/gh'), `#!/bin/sh\nprintf '%s\\n' "$*" >> "${file('gh.log')}"\n[ "$2" != view ]\n`)
  chmodSync(file('tools/gh'), 0o755)
  const values: Record<string, string> = { 'github.action_path': projectFolder, 'github.token': 'secret' }
  const evaluate = (text: string): string =>
    text.replace(/\$\{\{\s*([^}]+?)\s*\}\}/g, (_, name: string) => {
      const value = values[name]
      if (value === undefined) throw new Error(`the action names ${name}, which no runner knows`)
      return value
    })
  for (const [name, { default: value }] of Object.entries(action.inputs)) values[`inputs.${name}`] = inputs[name] ?? evaluate(value)
  const ran: Ran[] = []
  for (const step of action.runs.steps) {
    if (step.run === undefined) continue
    if (step.if !== undefined && step.if !== `inputs.attach == '${values['inputs.attach']}'`) continue
    const paths = readFileSync(file('path'), 'utf8').split('\n').filter(Boolean).reverse()
    const env = {
      ...process.env,
      GITHUB_ACTIONS: 'true',
      GITHUB_PATH: file('path'),
      GITHUB_OUTPUT: file('output'),
      GITHUB_STEP_SUMMARY: file('summary'),
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_REPOSITORY: 'office/notes',
      RUNNER_TEMP: runner,
      ...environment,
      ...Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, evaluate(value)])),
      PATH: [...paths, file('tools'), process.env.PATH].join(':'),
    }
    try {
      const out = execFileSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
        cwd: project,
        env,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      ran.push({ name: step.name, code: 0, out })
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string }
      ran.push({ name: step.name, code: status, out: stdout + stderr })
      break
    }
  }
  const read = (name: string): string => (existsSync(file(name)) ? readFileSync(file(name), 'utf8') : '')
  return { ran, output: read('output'), summary: read('summary'), gh: read('gh.log') }
}

describe('action.yml', () => {
  test('inputs reach the shell as variables only, and every run step names its shell', () => {
    for (const step of action.runs.steps) {
      expect(step.run ?? '').not.toContain('${{')
      if (step.run !== undefined) expect(step.shell).toBe('bash')
    }
  })

  test.skipIf(!hasTool('bash'))('checks, builds, verifies and attaches', () => {
    const project = releaseProject()
    const sources = 'content/note.md\ncontent/second.md\n'
    const result = runAction(project, { sources, attach: 'true' }, { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.1' })
    expect(result.ran.map(({ name, code, out }) => [name, code, code === 0 ? '' : out])).toEqual(
      ['Install', 'Check', 'Build', 'Verify', 'Attach to the release'].map((name) => [name, 0, '']),
    )
    expect(result.output).toBe('folder=out/release\n')
    expect(result.summary).toContain('## Release v1.1')
    expect(result.summary).toMatch(/\| note-brief-1\.1\.pdf \| 1 \|/)
    expect(readdirSync(join(project, 'out/previews')).length).toBe(6)
    const provenance = JSON.parse(readFileSync(join(project, 'out/release/provenance.intoto.json'), 'utf8'))
    expect(provenance.predicate.runDetails.builder.id).toBe('https://github.example/office/notes/actions')
    expect(result.gh).toContain('release create v1.1 --verify-tag --notes-file out/release/CHANGES.md')
    expect(result.gh).toMatch(/release upload v1\.1 .*out\/release\/note-brief-1\.1\.pdf .*--clobber/)
  })

  test.skipIf(!hasTool('bash'))('a wrong source is shown at its line, and nothing is built', () => {
    const project = releaseProject()
    write(project, { 'content/note.md': `${after}\nSee @sec-nowhere.\n` })
    const { ran } = runAction(project, {})
    expect(ran.map(({ name, code }) => [name, code])).toEqual([
      ['Install', 0],
      ['Check', 1],
    ])
    expect(ran[1]?.out).toMatch(/::error file=content\/note\.md,line=\d+,col=5,/)
    expect(existsSync(join(project, 'out'))).toBe(false)
  })

  test.skipIf(!hasTool('bash'))('an input is never run', () => {
    const project = releaseProject()
    const { ran } = runAction(project, { sources: '$(touch hit) `touch hit`\n--out=/nowhere; touch hit' })
    expect(ran.at(-1)).toMatchObject({ name: 'Check', code: 1 })
    expect(ran.at(-1)?.out).toContain('[source-missing]')
    expect(existsSync(join(project, 'hit'))).toBe(false)
  })
})
