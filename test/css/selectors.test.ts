import { expect, test } from 'vitest'
import { styled } from './helpers.js'

const html = `<html lang=en><body><section id=s class="one two"><h1 id=h>T</h1><p id=a title="Foo bar">a</p><p id=b lang="km-KH">b</p><p id=c></p>
<ul id=u><li id=l1><li id=l2><li id=l3><li id=l4></ul><a id=k href="#s" data-x="a-b">k</a></section></body></html>`

test.each([
  ['p', 'a b c'],
  ['.one.two', 's'],
  ['section > p', 'a b c'],
  ['body p', 'a b c'],
  ['h1 + p', 'a'],
  ['h1 ~ p', 'a b c'],
  ['p + p', 'b c'],
  ['[title]', 'a'],
  ['[title~=bar]', 'a'],
  ['[title^=foo]', ''],
  ['[title^=foo i]', 'a'],
  ['[title$="bar"]', 'a'],
  ['[title*="o b"]', 'a'],
  ['[data-x|=a]', 'k'],
  [':is(h1, a)', 'h k'],
  ['p:not(#a, #b)', 'c'],
  ['section:has(> h1)', 's'],
  ['section:has(table)', ''],
  ['h1:has(+ p)', 'h'],
  ['li:first-child', 'l1'],
  ['li:last-child', 'l4'],
  ['li:nth-child(odd)', 'l1 l3'],
  ['li:nth-child(2n+2)', 'l2 l4'],
  ['li:nth-child(-n + 2)', 'l1 l2'],
  ['li:nth-last-child(1)', 'l4'],
  [':nth-child(2 of p)', 'b'],
  ['p:nth-of-type(2)', 'b'],
  ['p:first-of-type', 'a'],
  ['p:last-of-type', 'c'],
  ['h1:only-of-type', 'h'],
  ['p:empty', 'c'],
  ['p:lang(km)', 'b'],
  ['p:lang(en)', 'a c'],
  [':any-link', 'k'],
  ['a:hover', ''],
  ['#s #k', 'k'],
])('%s selects %s', (selector, expected) => {
  const { style } = styled(html, `${selector} { order: 9 }`)
  const ids = ['s', 'h', 'a', 'b', 'c', 'l1', 'l2', 'l3', 'l4', 'k'].filter((id) => style(id).order === 9)
  expect(ids.join(' ')).toBe(expected)
})

test('what is no selector is told and drops its rule', () => {
  const { style, messages } = styled('<p id=x>', 'p:wrong, p { order: 1 } p { order: 2 }')
  expect(style('x').order).toBe(2)
  expect(messages.map((message) => message.code)).toEqual(['css-invalid-selector'])
})
