import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cssDocument, documentFile, figuresOf, withFigures } from '../../bench/css-support.mjs'
import { cssSupport } from '../../src/css/support.js'

const written = readFileSync(documentFile, 'utf8')

test('docs/css.md says what the registry says; npm run docs:css writes it', () => {
  expect(written).toBe(cssDocument(cssSupport(), figuresOf(written)))
})

test('figures replace those that stand there, and nothing else', () => {
  const changed = withFigures(written, '| Area | 1 |')
  expect(figuresOf(changed)).toBe('| Area | 1 |')
  expect(withFigures(changed, figuresOf(written))).toBe(written)
})

test('no name is both supported and left out', () => {
  const { groups, leftOut, otherNames } = cssSupport()
  const known = new Set([...groups.flatMap(({ properties }) => properties), ...otherNames].map(({ name }) => name))
  expect(leftOut.flatMap(({ names }) => names).filter((name) => known.has(name))).toEqual([])
  const all = groups.flatMap(({ properties }) => properties.map(({ name }) => name))
  expect(new Set(all).size).toBe(all.length)
})
