/**
 * The real validator of PDF/A and PDF/UA: veraPDF, set up by test/tools/verapdf-setup.sh in the folder that BRIEFPRESS_VERAPDF names. In: files
 * and flavours. Out: what it says of each; one Java process for all, because its start is slow.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Flavour = 'ua1' | '1b' | '2a' | '2b' | '2u' | '3a' | '3b' | '4' | '4f'

export interface Verdict {
  readonly flavour: Flavour
  readonly file: string
  readonly passed: boolean
  readonly checks: number
  /** Clause, message and place of each failed clause. */
  readonly failures: readonly string[]
}

const folder = process.env.BRIEFPRESS_VERAPDF

/** False where the validator is not set up; fails instead where tools are required. */
export function hasValidator(): boolean {
  const found = folder !== undefined && existsSync(join(folder, 'classes'))
  if (!found && process.env.BRIEFPRESS_REQUIRE_TOOLS === '1') throw new Error('veraPDF is needed: see test/tools/verapdf-setup.sh')
  if (!found) console.warn('skipped: veraPDF is not there; see test/tools/verapdf-setup.sh')
  return found
}

/** Validates each file as each of its flavours. */
export function validate(wanted: readonly { readonly file: string; readonly flavour: Flavour }[]): Verdict[] {
  if (folder === undefined) throw new Error('BRIEFPRESS_VERAPDF is not set')
  const path = `${readFileSync(join(folder, 'class-path'), 'utf8')}:${join(folder, 'classes')}`
  const lines = execFileSync('java', ['-Xmx1g', '-cp', path, 'Validate'], {
    input: wanted.map(({ file, flavour }) => `${flavour}\t${file}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['pipe', 'pipe', 'inherit'],
  }).split('\n')
  const verdicts: (Verdict & { failures: string[] })[] = []
  for (const line of lines) {
    if (line.startsWith('  ')) verdicts.at(-1)?.failures.push(line.trim())
    const [word, flavour, file, checks] = line.split('\t')
    if (file !== undefined)
      verdicts.push({ flavour: flavour as Flavour, file, passed: word === 'PASS', checks: Number(checks), failures: [] })
  }
  return verdicts
}
