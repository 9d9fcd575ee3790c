import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.js'
import { build } from '../../../src/project/build.js'
import { loadEngine } from '../../../src/project/engine.js'
import { renderPdf } from '../../../src/project/render-pdf.js'
import { projectFolder, temporaryFolder } from '../../tools.js'
import { type Flavour, hasValidator, type Verdict, validate } from '../../verapdf.js'
import { type Sample, samples } from './samples.js'

/** Standards that one file claims, and what the validator calls them. */
const claims: readonly { readonly standards: readonly string[]; readonly flavours: readonly Flavour[] }[] = [
  { standards: ['ua-1', 'a-3a'], flavours: ['ua1', '3a'] },
  { standards: ['ua-1', 'a-2a'], flavours: ['ua1', '2a'] },
  { standards: ['a-4'], flavours: ['4'] },
]
/** Tried on the small documents alone. */
const moreClaims: typeof claims = [
  { standards: ['a-4f'], flavours: ['4f'] },
  { standards: ['ua-1', 'a-2u'], flavours: ['ua1', '2u'] },
  { standards: ['a-3b', '1.7'], flavours: ['3b'] },
]

const folder = temporaryFolder()

const page = ({ name, body, css = '', lang = 'en', head = '' }: Sample): string =>
  `<!doctype html><html lang="${lang}"><head><title>${name}</title>${head}<style>${css}</style></head><body>${body}</body></html>`

describe.skipIf(!hasValidator())('veraPDF', () => {
  const verdicts: Verdict[] = []
  const errors: Diagnostic[] = []

  beforeAll(async () => {
    const wanted: { file: string; flavour: Flavour }[] = []
    const engine = await loadEngine()
    for (const { standards, flavours } of [...claims, ...moreClaims]) {
      for (const sample of samples) {
        const { pdf, diagnostics } = await renderPdf(page(sample), { engine, file: join(folder, 'sample.html'), pdf: { standards } })
        errors.push(...diagnostics.filter(({ severity }) => severity === 'error'))
        const file = join(folder, `${sample.name} ${standards.join(' ')}.pdf`)
        writeFileSync(file, pdf)
        wanted.push(...flavours.map((flavour) => ({ file, flavour })))
      }
    }
    for (const sample of samples) {
      const options = { engine, file: join(folder, 'sample.html'), pdf: { standards: ['ua-1', 'a-1b'] } }
      const { pdf, diagnostics } = await renderPdf(page(sample), options)
      if (diagnostics.some(({ code }) => code === 'transparency-forbidden')) continue
      const file = join(folder, `${sample.name} a-1b.pdf`)
      writeFileSync(file, pdf)
      wanted.push({ file, flavour: 'ua1' }, { file, flavour: '1b' })
    }
    for (const { standards, flavours } of claims) {
      const out = join(folder, standards.join('-'))
      mkdirSync(out)
      const built = await build({ project: projectFolder, out, formats: ['pdf'], handouts: ['1', '3', '6'], pdf: { standards } })
      errors.push(...built.diagnostics.filter(({ severity }) => severity === 'error'))
      wanted.push(...built.files.flatMap(({ path }) => flavours.map((flavour) => ({ file: path, flavour }))))
    }
    verdicts.push(...validate(wanted))
    expect(verdicts).toHaveLength(wanted.length)
    const checks = verdicts.reduce((sum, verdict) => sum + verdict.checks, 0)
    const failed = verdicts.filter(({ passed }) => !passed).length
    console.log(
      `veraPDF: ${new Set(wanted.map(({ file }) => file)).size} files, ${verdicts.length} verdicts, ${checks} checks, ${failed} failed`,
    )
  }, 600_000)

  test('every document can be written in every standard', () => {
    expect(errors).toEqual([])
  })

  test.each(['ua1', '3a', '2a', '4', '4f', '2u', '3b'] as const)('no check of %s fails', (flavour) => {
    const own = verdicts.filter((verdict) => verdict.flavour === flavour)
    expect(own.length).toBeGreaterThanOrEqual(samples.length)
    expect(own.every(({ checks }) => checks > 20)).toBe(true)
    expect(own.flatMap(({ file, failures }) => failures.map((failure) => `${file}: ${failure}`))).toEqual([])
  })

  test('PDF/A-1b passes wherever nothing is transparent', () => {
    const own = verdicts.filter(({ flavour }) => flavour === '1b')
    expect(own.length).toBeGreaterThan(samples.length - 6)
    expect(own.flatMap(({ file, failures }) => failures.map((failure) => `${file}: ${failure}`))).toEqual([])
  })

  test('a file that breaks a rule fails', async () => {
    const { pdf } = await renderPdf(page(samples[0] as Sample), { file: join(folder, 'sample.html'), pdf: { standards: ['1.7'] } })
    const file = join(folder, 'claims nothing.pdf')
    writeFileSync(file, pdf)
    expect(validate([{ file, flavour: '3a' }])[0]?.failures.length).toBeGreaterThan(0)
  })
})
