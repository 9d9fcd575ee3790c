import { describe, expect, test } from 'vitest'
import { ownText, visitBlocks } from '../../src/document/walk.js'
import { documentOf } from '../editions/source.js'

const set = (text: string, language = 'en', more = ''): string => {
  const { document } = documentOf(`---\ntitle: T\nlang: ${language}\n${more}---\n\n${text}\n`)
  let words = ''
  visitBlocks(document.preamble, {
    enter: (node) => {
      words += ownText(node)
      return undefined
    },
  })
  return words
}

describe('punctuation', () => {
  test('English quotes, apostrophes, dashes and ellipses', () => {
    expect(set(`"It's 'new'," she said -- the "rock 'n' roll" of the '90s...`)).toBe(
      '“It’s ‘new’,” she said\u00a0– the “rock ’n’ roll” of the ’90s…',
    )
    expect(set('One---two, 1990-1995, 2026-01-15, a - b')).toBe('One—two, 1990–1995, 2026-01-15, a\u00a0– b')
  })
  test('quotes that run over emphasis, links and lines', () => {
    expect(set('He said "*this* and\n[that](https://a.example)" twice.')).toBe('He said “this and that” twice.')
    expect(set('("inside")')).toBe('(“inside”)')
  })
  test('feet and inches are primes', () => expect(set(`6' 2" tall`)).toBe('6′ 2″ tall'))
  test('by language', () => {
    expect(set('"Er sagt \'ja\'", z. B. auf S. 12', 'de')).toBe('„Er sagt ‚ja‘“, z.\u00a0B. auf S.\u00a012')
    expect(set('"Bonjour" ! Vraiment ? Oui : 12 000 euros; non', 'fr')).toBe(
      '«\u202fBonjour\u202f»\u202f! Vraiment\u202f? Oui\u00a0: 12\u202f000 euros\u202f; non',
    )
    expect(set('"Hej"', 'sv')).toBe('”Hej”')
    expect(set('v praze a k večeru', 'cs')).toBe('v\u00a0praze a\u00a0k\u00a0večeru')
    expect(set('"Привет"', 'ru')).toBe('«Привет»')
    expect(set('[«Er» "ja"]{lang=de-CH} "yes"', 'en')).toBe('«Er» «ja» “yes”')
  })
  test('numbers hold on to their units and months', () => {
    expect(set('5 km, 12 March, 10 %, Dr. Smith, p. 7, J. R. Smith')).toBe(
      '5\u00a0km, 12\u00a0March, 10\u00a0%, Dr.\u00a0Smith, p.\u00a07, J.\u00a0R.\u00a0Smith',
    )
  })
  test('code, addresses and escaped characters stay', () => {
    expect(set('`"a" -- b`')).toBe('"a" -- b')
    expect(set('See https://a.example/it\'s--x and \\"plain\\"')).toBe('See https://a.example/it\'s--x and "plain"')
  })
  test('can be switched off', () => expect(set('"a" -- b...', 'en', 'smart: false\n')).toBe('"a" -- b...'))
  test('titles too', () => {
    const { document } = documentOf('---\ntitle: The "new" one\n---\n\n## It\'s here\n\nText\n')
    expect(document.metadata.title).toBe('The “new” one')
    expect(document.sections[0]?.id).toBe('its-here')
  })
})
