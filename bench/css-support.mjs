// Writes docs/css.md from the tables that the engine itself reads: `npm run docs:css`. The W3C's figures in it are css-reftests.mjs's and stay.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
export const documentFile = join(root, 'docs', 'css.md')
const figuresStart = '<!-- figures of the W3C reftests: written by bench/css-reftests.mjs -->'
const figuresEnd = '<!-- end of the figures -->'
const noFigures = 'The figures have not been taken yet: `node bench/css-reftests.mjs FOLDER --docs` writes them.'

const code = (text) => `\`${text}\``
const cell = (text) => code(text).replaceAll('|', '\\|')
const list = (names) => names.map(code).join(', ')
const table = (head, rows) =>
  [`| ${head.join(' | ')} |`, `|${head.map(() => ' --- ').join('|')}|`, ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n')

/** The text between the marks of a document, or what stands there before the first run. */
export function figuresOf(document) {
  const from = document.indexOf(figuresStart)
  const to = document.indexOf(figuresEnd)
  return from < 0 || to < from ? noFigures : document.slice(from + figuresStart.length, to).trim()
}

/** The document with other figures. */
export function withFigures(document, figures) {
  const from = document.indexOf(figuresStart) + figuresStart.length
  return `${document.slice(0, from)}\n${figures.trim()}\n${document.slice(document.indexOf(figuresEnd))}`
}

const propertyRow = ({ name, syntax, initial, inherited, longhands }) => [
  code(name),
  cell(syntax),
  initial === null ? `sets ${longhands.length > 0 && longhands.length <= 8 ? list(longhands) : 'its longhands'}` : cell(initial),
  inherited === null ? '' : inherited ? 'yes' : 'no',
]

/** docs/css.md for what `cssSupport()` gives. */
export function cssDocument(support, figures) {
  const { groups, otherNames, withoutEffect, leftOut, leftOutRules, pseudoClasses, units, functions, colors } = support
  const longhands = groups.flatMap(({ properties }) => properties).filter(({ initial }) => initial !== null).length
  const shorthands = groups.flatMap(({ properties }) => properties).length - longhands
  return `# CSS that briefpress knows

This page is written by \`npm run docs:css\` from the tables that the engine itself reads, so it says what this version does. Style sheets are
read as CSS Syntax 3 asks: what is broken or unknown is left out, everything else holds, and each cause is reported once with its file, line and
column, with what was expected and, where a name is close to a known one, with a suggestion:

\`\`\`
brief.css:3:10: warning: "centre" is not a value of text-align [css-invalid-value]
  3 |   text-align: centre;
    |               ^^^^^^
  hint: Did you mean "center"? Expected: start | end | left | right | center | justify | justify-all | match-parent
\`\`\`

Sheets count for the medium \`print\`. Sizes in media queries and the units \`vw\` and \`vh\` are those of an A4 page. Nothing is fetched from a
network: addresses are files beside the sheet or the document.

## Properties

${longhands} longhands and ${shorthands} shorthands. The syntax is the specifications' own: \`|\` separates alternatives, \`||\` joins parts in any order of
which one is enough, \`&&\` parts in any order of which all are needed, \`?\`, \`+\`, \`#\` and \`{1,4}\` say how often (\`#\` with commas), and
\`<'margin-top'>\` is whatever that property takes. Every property takes \`inherit\`, \`initial\`, \`unset\`, \`revert\`, \`revert-layer\`, \`var()\`,
\`env()\` and \`attr()\` as well, and \`all\` sets all of them but \`direction\` and \`unicode-bidi\`.

${groups.map(({ title, properties }) => `### ${title}\n\n${table(['Property', 'Syntax', 'Initial value', 'Inherited'], properties.map(propertyRow))}`).join('\n\n')}

### Other names

${table(
  ['Name', 'Left to right', 'Right to left'],
  otherNames.map(({ name, ltr, rtl }) => [code(name), code(ltr), rtl === ltr ? 'the same' : code(rtl)]),
)}

## At-rules

Carried out: ${list(support.atRules.map((name) => `@${name}`))}. \`@import\` may stand with \`layer()\`, \`supports()\` and media queries; rules nest, with \`&\` and with
conditions inside; \`@scope\` limits where rules hold, and nearness to its root does not decide between them; \`@property\` sets the syntax, the
inheritance and the initial value of a custom property.

${table(
  ['Left out', 'Why'],
  Object.entries(leftOutRules).map(([name, reason]) => [code(`@${name}`), reason]),
)}

Media features, in all their forms (\`min-width: 10cm\`, \`width >= 10cm\`, \`10cm <= width < 20cm\`): ${list(support.mediaFeatures)}.

\`@supports\` answers for declarations, \`selector()\`, \`font-format()\`, \`font-tech()\` and \`at-rule()\`.

## Selectors

All of Selectors 4 that does not need a reader's hand: types, \`*\`, classes, ids, attributes with \`i\` and \`s\`, namespaces, the combinators for
descendants, children, next and later siblings, and these pseudo-classes:

- places in the tree: ${list(pseudoClasses.structural.map((name) => `:${name}`))}
- functions: ${list(pseudoClasses.functions.map((name) => `:${name}()`))}
- what the markup says: ${list(pseudoClasses.states.map((name) => `:${name}`))}
- valid, and true of nothing on paper: ${list(pseudoClasses.never.map((name) => `:${name}`))}

Pseudo-elements: ${list(support.pseudoElements.map((name) => `::${name}`))}. Those of CSS 2 may stand with one colon.

## Values

- lengths: ${list(units.lengths)}, and percentages; lengths over 33,554,431 px count as that
- angles: ${list(units.angles)}
- resolutions: \`dpi\`, \`dpcm\`, \`dppx\`, \`x\`
- math: ${list(functions.math.map((name) => `${name}()`))} with \`e\`, \`pi\`, \`infinity\` and \`NaN\`; \`round()\`, \`mod()\`, \`rem()\` and \`hypot()\` take no percentages that only layout knows
- from elsewhere: \`var()\`, \`env()\` and \`attr()\` with a unit or \`type()\`, each with a fallback
- colours: named, hexadecimal, ${list(functions.colors.map((name) => `${name}()`))}, relative colours (\`rgb(from …)\`), \`currentcolor\` and \`transparent\`
- color() knows ${list(colors.spaces)}; color-mix() mixes in ${list(colors.mixing)}, along the shorter, longer, increasing or decreasing hue
- system colours, those of a light page: ${list(colors.system)}

Colours outside sRGB keep their lightness and hue and lose chroma until they fit. \`none\` counts as 0 where colours are mixed.

## What does nothing

Using one of these is reported once.

${leftOut.map(({ reason, names }) => `**${reason[0].toUpperCase()}${reason.slice(1)}:** ${list(names)}.`).join('\n\n')}

${table(
  ['Read, but', 'Why it has no effect'],
  Object.entries(withoutEffect).map(([name, reason]) => [code(name), reason]),
)}

Properties and values with the prefix of one browser engine (\`-webkit-\`, \`-moz-\` …) are left out.

## The W3C's tests

Reftests of the W3C's suites: a test and its reference, laid out by the same engine, must look the same.

${figuresStart}
${figures}
${figuresEnd}
`
}

/** What the sources say, bundled on the fly. */
async function readSupport() {
  const { build } = await import('esbuild')
  const folder = mkdtempSync(join(tmpdir(), 'briefpress-css-'))
  const outfile = join(folder, 'support.mjs')
  try {
    await build({
      absWorkingDir: root,
      entryPoints: ['src/css/support.ts'],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'warning',
    })
    return (await import(pathToFileURL(outfile).href)).cssSupport()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const before = existsSync(documentFile) ? readFileSync(documentFile, 'utf8') : ''
  writeFileSync(documentFile, cssDocument(await readSupport(), figuresOf(before)))
}
