import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { initialStyle, initialValues } from '../../../src/css/properties/initial.js'
import type { ComputeContext } from '../../../src/css/properties/property.js'
import { registry } from '../../../src/css/properties/registry.js'
import { WITHOUT_EFFECT } from '../../../src/css/properties/unsupported.js'
import { initialText } from '../../../src/css/support.js'
import { parseComponents, withoutSpace } from '../../../src/css/syntax/component.js'
import { projectFolder } from '../../tools.js'

const { properties, shorthands, longhands } = registry()
const initial = initialValues()
const bases = { em: 16, rem: 16, lh: 19.2, rlh: 19.2, vw: 800, vh: 600 }
const context: ComputeContext = { bases, parentBases: bases, parent: initial, color: initial.color, direction: 'ltr', fontSize: 16 }

describe('every property', () => {
  test('says its syntax', () => {
    expect(properties.filter(({ syntax }) => syntax === '').map(({ name }) => name)).toEqual([])
    expect([...shorthands.values()].filter(({ syntax }) => syntax === '').map(({ name }) => name)).toEqual([])
  })

  test.each(properties.map((property) => [property.name, property] as const))(
    '%s starts with what its initial value says',
    (_name, property) => {
      const text = initialText(property)
      const specified = property.parse(withoutSpace(parseComponents(text)))
      expect(text).not.toBe('')
      expect(specified).toBeDefined()
      expect(property.compute(specified, context)).toEqual(initial[property.key])
    },
  )

  test('has a computed value of its own', () => {
    const keys = properties.map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

test('shorthands set longhands that exist', () => {
  const missing = [...shorthands.values()].flatMap(({ name, longhands: parts }) =>
    parts.filter((part) => !longhands.has(part)).map((part) => `${name} → ${part}`),
  )
  expect(missing).toEqual([])
})

/** Values that only together make what layout reads, and what says which page it is. */
const DERIVED = new Set(['fontFeatures', 'textWrap', 'backgroundLayers', 'backgroundColorClip', 'borderImage', 'transforms', 'overflow'])

test('no value is computed that nothing after css/ reads, unless the documentation says why', () => {
  const source = join(projectFolder, 'src')
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.startsWith('css/'),
  )
  const text = files.map((name) => readFileSync(join(source, name), 'utf8')).join('\n')
  const explained = new Set(properties.filter(({ name }) => Object.hasOwn(WITHOUT_EFFECT, name)).map(({ key }) => key as string))
  const unread = Object.keys(initialStyle()).filter((key) => !new RegExp(`\\b${key}\\b`).test(text))
  expect(unread.filter((key) => !explained.has(key))).toEqual([])
  expect([...explained].filter((key) => !unread.includes(key))).toEqual([])
  expect([...DERIVED].filter((key) => unread.includes(key))).toEqual([])
})
