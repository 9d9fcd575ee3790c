/** What is broken recovers as CSS Syntax 3 says, and nothing a sheet holds hangs or throws. */
import { describe, expect, test } from 'vitest'
import type { ComputedStyle } from '../../../src/css/computed-style.js'
import { declared, styled } from '../helpers.js'

const orderOf = (css: string, html = '<p id=x class=a>'): number => styled(html, css).style('x').order

describe('recovery', () => {
  test.each([
    // Sections 5.4 and 5.5 of CSS Syntax 3, and 4.2 of CSS 2.2.
    ['p { order: 1; order: ; }', 1],
    ['p { order; order: 1 }', 1],
    ['p { order: 1; {}; order: 2 }', 2],
    ['p { order: 1; bad bad bad; order: 2 }', 2],
    ['p { order: 1; [order: 3]; order: 2 }', 2],
    ['p { order: 1; @bad; order: 2 }', 2],
    ['p { order: 1; @bad { order: 3 } order: 2 }', 2],
    ['p { x: ( ; order: 2 ) ; order: 1 }', 1],
    ['p { x: [ } order: 5 ] ; order: 1 }', 1],
    ['} p { order: 1 } q { } p { order: 2 }', 2],
    ['p { order: 1 } ) p { order: 3 } p { order: 2 }', 2],
    ['p { order: 1 } @bad p { order: 2 }', 1],
    ['p { order: 1 } @bad; p { order: 2 }', 2],
    ['p { order: 1 } @bad { p { order: 3 } } p { order: 2 }', 2],
    ['<!-- p { order: 1 } -->', 1],
    ['p { order: 1 } /* p { order: 2 }', 1],
    ['p { order: 1; content: "a\n; order: 2 }', 2],
    ['p { order: 1; content: "a\n order: 2; widows: 3 }', 1],
    ['p { order: 1; content: "a\n} q { } p { order: 2 }', 2],
    ['p { order: 1; background: url(a b); order: 2 }', 2],
    ['p { order: 1 !important; order: 2 }', 1],
    ['p { order: 1 ! important; order: 2 }', 1],
    ['p { order: 1; order: 2 !imprtant }', 1],
    ['p { order: 1; order: 2 3 }', 1],
    ['p { \\6frder: 1 }', 1],
    ['.\\61 { order: 1 }', 1],
    ['p { order: +1 }', 1],
    ['p { order: 1e0 }', 0],
  ])('%j', (css, expected) => {
    expect(orderOf(css)).toBe(expected)
  })

  const whole = '@media print { p { order: 1; background: url("a.png"); content: "x\\"y"; width: calc((1px + 2px) * 3) /* c */ } }'
  test.each(Array.from({ length: whole.length }, (_, length) => whole.slice(0, length)))(
    'the end of the file closes everything: %j',
    (css) => {
      const { style } = styled('<p id=x>', css)
      expect(style('x').order).toBe(css.includes('order: 1') ? 1 : 0)
    },
  )

  test('U+0000 is U+FFFD', () => {
    expect(orderOf('.a\u0000b { order: 1 }', '<p id=x class="a\ufffdb">')).toBe(1)
    expect(orderOf('p { order: 1; order\u0000: 2 }')).toBe(1)
  })
})

describe('values out of range', () => {
  test.each([
    ['width: 7px; width: -1px', 'width', 7],
    ['width: 1e9px', 'width', 33554431],
    ['width: 1e999px', 'width', 33554431],
    ['margin-top: -1e999px', 'marginTop', -33554431],
    ['width: calc(0 / 0 * 1px)', 'width', 0],
    ['width: calc(-5px)', 'width', 0],
    ['opacity: 1e99', 'opacity', 1],
    ['opacity: calc(NaN)', 'opacity', 0],
    ['z-index: 99999999999999999999', 'zIndex', Number.MAX_SAFE_INTEGER],
    ['font-size: 1e99em', 'fontSize', 33554431],
    ['line-height: -1', 'lineHeight', 'normal'],
    ['column-count: 1e9', 'columnCount', 'auto'],
    ['column-count: 1000000000', 'columnCount', 1000],
    ['tab-size: -1', 'tabSize', 8],
  ] as const)('%s', (css, key, expected) => {
    expect(declared(css)[key]).toBe(expected)
  })

  test('no computed value is without end', () => {
    const style = declared(
      'margin: calc(1px * infinity); padding: 1e308em; border: 1e99px solid; letter-spacing: calc(1em / 0); text-indent: calc(1px * NaN)',
    )
    const numbers = (value: unknown): number[] =>
      typeof value === 'number' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbers) : []
    const { hyphenateLimitLines: _endless, ...rest } = style
    expect(numbers(rest satisfies Partial<ComputedStyle>).every(Number.isFinite)).toBe(true)
  })
})

/** Milliseconds of the processor to read a sheet and style one element: other work on the machine does not count. */
function timed(css: string, html = '<p id=x class=a>'): { readonly style: ComputedStyle; readonly time: number } {
  const start = process.cpuUsage()
  const style = styled(html, css).style('x')
  const { user, system } = process.cpuUsage(start)
  return { style, time: (user + system) / 1000 }
}

describe('what would take long', () => {
  test.each([
    ['brackets', `p { order: ${'('.repeat(100_000)} }`],
    ['closed brackets', `p { width: ${'calc('.repeat(50_000)}1px${')'.repeat(50_000)} } p { order: 1 }`],
    ['blocks', 'p {'.repeat(100_000)],
    ['square brackets in selectors', `${':is('.repeat(50_000)}p { order: 1 }`],
    ['conditions', `@supports ${'(not '.repeat(50_000)}(order: 1)${')'.repeat(50_000)} { p { order: 1 } }`],
    ['media conditions', `@media ${'('.repeat(50_000)}width > 1px { p { order: 1 } }`],
    ['@media in one another', '@media print {'.repeat(50_000)],
    ['colours in one another', `p { color: ${'color-mix(in srgb, red, '.repeat(5_000)}blue${')'.repeat(5_000)} }`],
    ['var() in one another', `p { order: ${'var(--x, '.repeat(20_000)}1${')'.repeat(20_000)} }`],
    ['closing brackets', `p { order: 1 } ${')]}'.repeat(100_000)}`],
    ['strings that do not end', `p { order: 1 } ${'"\n'.repeat(100_000)}`],
    ['comments that do not end', `p { order: 1 } ${'/*'.repeat(500_000)}`],
    ['delimiters', `${'!'.repeat(300_000)} p { order: 1 }`],
    ['commas in a selector', `${'p,'.repeat(50_000)}p { order: 1 }`],
    ['a selector of many parts', `${'p '.repeat(20_000)} { order: 1 }`],
    ['unknown properties', Array.from({ length: 50_000 }, (_, i) => `p { u${i}x: 1 }`).join('')],
    ['unknown selectors', Array.from({ length: 20_000 }, (_, i) => `:u${i}x { order: 1 }`).join('')],
    ['layers', Array.from({ length: 20_000 }, (_, i) => `@layer l${i} { p { order: 1 } }`).join('')],
  ])(
    '%s',
    (_name, css) => {
      expect(timed(css).time).toBeLessThan(5000)
    },
    60_000,
  )

  test('a million declarations', () => {
    const { style, time } = timed(`p { ${'order: 1; widows: 3; '.repeat(500_000)} order: 2 }`)
    expect(style.order).toBe(2)
    expect(time).toBeLessThan(15_000)
  }, 120_000)

  test('custom properties that double each time end as invalid', () => {
    const chain = (join: string): string =>
      Array.from({ length: 60 }, (_, i) => `--v${i + 1}: ${join.replaceAll('$', `var(--v${i})`)};`).join('')
    for (const join of ['$ $', 'calc($ + $)', '{ $ $ } [ $ ]']) {
      const { style, time } = timed(`p { --v0: 1px; ${chain(join)} width: var(--v60); order: var(--v2, 1) }`)
      expect(style.width).toBe('auto')
      expect(time).toBeLessThan(2000)
    }
  })

  test('cycles and long chains of custom properties are invalid', () => {
    const ring = Array.from({ length: 2000 }, (_, i) => `--r${i}: var(--r${(i + 1) % 2000});`).join('')
    const line = Array.from({ length: 20_000 }, (_, i) => `--l${i}: var(--l${i + 1});`).join('')
    const { style, time } = timed(
      `p { ${ring}${line} --l20000: 3; order: var(--r7, 4); widows: var(--l19999, 9); --self: var(--self); orphans: var(--self, 5) }`,
    )
    expect([style.order, style.widows, style.orphans]).toEqual([4, 3, 5])
    expect(time).toBeLessThan(3000)
  })

  test('rules nested deep and descendants of descendants take time in line with both', () => {
    const html = `${'<div class=a>'.repeat(150)}<p id=x class=a>`
    const nested = `${'.a { '.repeat(40)} .b { order: 1 } p { order: 2 } ${'}'.repeat(40)}`
    const plain = `.b ${'.a '.repeat(60)} p { order: 3 }`
    const sideways = `.b ${'.a ~ .a '.repeat(20)} p { order: 4 }`
    const { style, time } = timed(nested + plain + sideways, html)
    expect(style.order).toBe(2)
    expect(time).toBeLessThan(3000)
  })

  test('a document that is deeper than the call stack', () => {
    const { time } = timed('div div > p:not(div ~ p) { order: 1 }', `${'<div>'.repeat(5000)}<p id=x>`)
    expect(time).toBeLessThan(5000)
  })
})
