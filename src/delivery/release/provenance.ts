/**
 * The provenance of a release: an in-toto Statement v1 with a SLSA Provenance v1 predicate (https://slsa.dev/spec/v1.0/provenance). In: the manifest and
 * what it does not list. Out: JSON that depends on nothing but them: no clock, no host.
 */
import { type Checksum, sumsName } from './checksums.js'
import { sortedBy } from './digest.js'
import type { Manifest } from './manifest.js'

export const provenanceName = 'provenance.intoto.json'

/** Who builds where nobody says so: a name without a host. */
export const localBuilder = 'urn:briefpress:builder:local'

/** The statement; its subjects are the files of the release, its dependencies the sources and the fonts. */
export function provenance(manifest: Manifest, subjects: readonly Checksum[]): object {
  const { tool, tag, since, options, sources, fonts, builder } = manifest
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: sortedBy(subjects, ({ path }) => path).map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'urn:briefpress:build-type:release:v1',
        externalParameters: { tag, since, ...options },
        internalParameters: { checksums: sumsName },
        resolvedDependencies: [
          ...sources.map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
          ...fonts.map(({ name, sha256 }) => ({ name: `font ${name}`, digest: { sha256 } })),
        ],
      },
      runDetails: { builder: { id: builder, version: { [tool.name]: tool.version } } },
    },
  }
}
