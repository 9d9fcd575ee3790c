/**
 * The manifest of a release. In: what was built. Out: its schema (JSON Schema 2020-12 in docs/manifest.schema.json is made from it), its types,
 * and a reader that says what is wrong with a file.
 */
import * as z from 'zod/mini'

const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const size = z.int().check(z.nonnegative())
/** Relative, without a step upwards, so that a manifest reaches nothing outside its folder. */
const fileName = z.string().check(z.regex(/^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[^\\\0]+$/))
const texts = z.array(z.string())

const sourceSchema = z.strictObject({
  path: z.string(),
  role: z.enum(['source', 'included', 'picture', 'template', 'style-sheet', 'attachment']),
  bytes: size,
  sha256: digest,
})

const outputSchema = z.strictObject({
  path: fileName,
  source: z.string(),
  edition: z.enum(['brief', 'report', 'slides']),
  format: z.enum(['pdf', 'html']),
  bytes: size,
  sha256: digest,
  pages: z.optional(size),
  words: size,
  standards: texts,
  ledger: z.record(z.string(), size),
})

const recordSchema = z.strictObject({ path: fileName, bytes: size, sha256: digest })

const fontSchema = z.strictObject({ family: z.string(), name: z.string(), version: z.string(), sha256: digest })

const optionsSchema = z.strictObject({
  sources: texts,
  editions: z.array(z.enum(['brief', 'report', 'slides'])),
  formats: z.array(z.enum(['pdf', 'html'])),
  audience: z.nullable(z.string()),
  css: texts,
  fontFolders: texts,
  pdf: z.strictObject({
    standards: z.nullable(texts),
    attachments: z.nullable(z.boolean()),
    attach: texts,
    duplex: z.nullable(z.enum(['simplex', 'short-edge', 'long-edge'])),
    copies: z.nullable(z.int()),
    protected: z.boolean(),
    permissions: texts,
  }),
})

/** `name` finds it again from the project folder; `label` is what CHANGES calls it. */
const sinceSchema = z.strictObject({ kind: z.enum(['revision', 'folder', 'release']), name: z.string(), label: z.string() })

export const headSchema = z.strictObject({
  schema: z.literal('briefpress-release/1'),
  tag: z.nullable(z.string()),
  date: z.nullable(z.string()),
  since: z.nullable(sinceSchema),
  builder: z.string(),
  tool: z.strictObject({ name: z.literal('briefpress'), version: z.string() }),
  options: optionsSchema,
})

export const contentSchema = z.strictObject({
  fonts: z.array(fontSchema),
  sources: z.array(sourceSchema),
  outputs: z.array(outputSchema),
})

export const manifestSchema = z.strictObject({
  ...headSchema.shape,
  ...contentSchema.shape,
  records: z.array(recordSchema),
})

export type ManifestHead = z.infer<typeof headSchema>
export type ManifestContent = z.infer<typeof contentSchema>
export type Manifest = z.infer<typeof manifestSchema>
export type ManifestSource = z.infer<typeof sourceSchema>
export type ManifestOutput = z.infer<typeof outputSchema>
export type ManifestFont = z.infer<typeof fontSchema>
export type ManifestRecord = z.infer<typeof recordSchema>
export type ManifestOptions = z.infer<typeof optionsSchema>
export type Since = z.infer<typeof sinceSchema>

export const manifestName = 'manifest.json'

/** The published schema. */
export function manifestJsonSchema(): object {
  return { title: 'Manifest of a briefpress release', ...z.toJSONSchema(manifestSchema) }
}

export type Parsed<T> = { readonly value: T } | { readonly problem: string }

/** Reads JSON by a schema; the problem names the field and what it should be. */
export function parseJson<T>(text: string, schema: z.ZodMiniType<T>): Parsed<T> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { problem: `it is not JSON: ${error.message}` }
  }
  const result = schema.safeParse(json)
  if (result.success) return { value: result.data }
  const [issue] = result.error.issues
  return { problem: `${issue?.path.join('.') || 'the whole'} is not as the schema says: ${issue?.message || 'another kind of value'}` }
}
