/**
 * A part of a release: what one machine built of it. In: parts. Out: the whole, the same whatever the parts were; what does not fit is reported.
 */
import * as z from 'zod/mini'
import type { Report } from '../../diagnostics/diagnostic.js'
import { sortedBy } from './digest.js'
import { documentTextSchema } from './document-text.js'
import { contentSchema, headSchema } from './manifest.js'

export const shardName = 'shard.json'

export const partSchema = z.strictObject({
  schema: z.literal('briefpress-shard/1'),
  shard: z.strictObject({ index: z.int().check(z.positive()), count: z.int().check(z.positive()) }),
  /** Every source of the release, in order. */
  all: z.array(z.string()),
  head: headSchema,
  ...contentSchema.shape,
  texts: z.array(documentTextSchema),
  before: z.nullable(z.array(documentTextSchema)),
})

export type ReleasePart = z.infer<typeof partSchema>

/** One shard of many: `{ index: 2, count: 5 }` is every fifth source from the second on. */
export type Shard = ReleasePart['shard']

/** Sources in order → those of one shard. */
export const shardOf = <T>(sources: readonly T[], { index, count }: Shard): readonly T[] =>
  sources.filter((_, place) => place % count === index - 1)

export interface NamedPart {
  /** Its folder, for messages. */
  readonly name: string
  readonly part: ReleasePart
}

/** Joins all parts of one release; null where some are missing, stand twice or belong to another release. */
export function joinParts(parts: readonly NamedPart[], report: Report): Omit<ReleasePart, 'schema' | 'shard'> | null {
  const [first] = parts
  if (!first) return null
  const problem = problemOf(first, parts)
  if (problem !== null) {
    report({
      severity: 'error',
      code: 'shards-do-not-fit',
      message: problem,
      hint: 'build every shard of one state of the sources with the same options and the same --shard …/N',
    })
    return null
  }
  const all = parts.map(({ part }) => part)
  return {
    all: first.part.all,
    head: first.part.head,
    before: first.part.before,
    fonts: [
      ...unique(
        all.flatMap(({ fonts }) => fonts),
        ({ name, family, sha256 }) => `${name} ${family} ${sha256}`,
      ),
    ],
    sources: [
      ...unique(
        all.flatMap(({ sources }) => sources),
        ({ path }) => path,
      ),
    ],
    outputs: [
      ...sortedBy(
        all.flatMap(({ outputs }) => outputs),
        ({ path }) => path,
      ),
    ],
    texts: [
      ...sortedBy(
        all.flatMap(({ texts }) => texts),
        ({ source }) => source,
      ),
    ],
  }
}

function unique<T>(values: readonly T[], key: (value: T) => string): readonly T[] {
  return sortedBy(new Map(values.map((value) => [key(value), value])).values(), key)
}

function problemOf(first: NamedPart, parts: readonly NamedPart[]): string | null {
  const common = ({ part: { head, all, before, shard } }: NamedPart): string => JSON.stringify([head, all, before, shard.count])
  const other = parts.find((part) => common(part) !== common(first))
  if (other) return `${other.name} and ${first.name} are not of one release: their ${differingPart(first.part, other.part)} differ`
  const { count } = first.part.shard
  const indexes = parts.map(({ part }) => part.shard.index)
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !indexes.includes(index))
  if (missing.length > 0) return `shard ${missing.join(', ')} of ${count} is missing`
  const twice = parts.find(({ part }, index) => indexes.indexOf(part.shard.index) !== index)
  if (twice) return `shard ${twice.part.shard.index} of ${count} stands twice, once in ${twice.name}`
  const changed = conflictingSource(parts)
  return changed === null ? null : `the shards were built from different states of ${changed}`
}

function differingPart(a: ReleasePart, b: ReleasePart): string {
  if (a.shard.count !== b.shard.count) return 'numbers of shards'
  if (JSON.stringify(a.all) !== JSON.stringify(b.all)) return 'lists of sources'
  if (JSON.stringify(a.before) !== JSON.stringify(b.before)) return 'earlier texts'
  const key = Object.entries(a.head).find(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(Object.entries(b.head).find(([k]) => k === name)?.[1]),
  )
  return `values of ${key?.[0] ?? 'the manifest'}`
}

function conflictingSource(parts: readonly NamedPart[]): string | null {
  const digests = new Map<string, string>()
  for (const { path, sha256 } of parts.flatMap(({ part }) => part.sources)) {
    if ((digests.get(path) ?? sha256) !== sha256) return path
    digests.set(path, sha256)
  }
  return null
}
