import { expect, test } from 'vitest'
import { withoutComments } from '../../src/markdown/comments.js'

test.each([
  ['a <!-- private --> b\n', 'a  b\n'],
  ['a\n\n<!-- one\ntwo -->\n\nb\n', 'a\n\n\nb\n'],
  ['`<!-- code -->` and <!-- gone -->x\n', '`<!-- code -->` and x\n'],
  ['```html\n<!-- code -->\n```\n<!-- gone -->\n', '```html\n<!-- code -->\n```\n'],
  ['~~~\n``` <!-- code -->\n~~~\nb<!-- gone', '~~~\n``` <!-- code -->\n~~~\nb'],
  ['```\n<!-- never closed', '```\n<!-- never closed'],
  ['nothing `to` remove\n', 'nothing `to` remove\n'],
])('%j', (source, expected) => {
  expect(withoutComments(source)).toBe(expected)
})
