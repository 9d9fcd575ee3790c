import { expect, test } from 'vitest'
import { styled } from '../helpers.js'

const html = `<form id=f><fieldset id=fs disabled><legend id=lg><input id=inlegend></legend><input id=infield></fieldset>
<input id=box type=checkbox checked><input id=radio type=radio><input id=req required placeholder=a><input id=ro readonly value=x placeholder=a>
<select id=s><option id=o1 selected><option id=o2></select><textarea id=t></textarea><button id=b>ok</button><progress id=pr></progress>
</form><details id=d open></details><x-card id=x></x-card><div id=e contenteditable></div><svg id=svg><a id=sa href=u></a></svg>
<p id=ar dir=auto>مرحبا</p><p id=en dir=auto>Hello</p><p id=zh lang=zh-Hant-TW></p><p id=la lang=""></p><a id=TYPE type=Text class=K></a>`

test.each([
  [':checked', 'box o1'],
  [':disabled', 'fs infield'],
  [':enabled', 'inlegend box radio req ro s o1 o2 t b'],
  [':required', 'req'],
  [':optional', 'inlegend infield box radio ro s t'],
  [':read-write', 'inlegend req t e'],
  ['input:read-only', 'infield box radio ro'],
  [':placeholder-shown', 'req'],
  [':default', 'box o1 b'],
  [':indeterminate', 'pr'],
  [':open', 'd'],
  ['body > :not(:defined)', 'x'],
  ['p:dir(rtl)', 'ar'],
  ['p:lang("*-TW")', 'zh'],
  ['p:lang(zh-TW)', 'zh'],
  ['p:lang("zh-*-TW")', 'zh'],
  ['p:lang("")', 'ar en la'],
  ['[type=text]', 'TYPE'],
  ['[type=text s]', ''],
  ['[class=k]', ''],
  ['[class=k i]', 'TYPE'],
  ['.k', ''],
  ['[id=type]', ''],
  ['A[TYPE]', 'TYPE'],
  ['form > INPUT:nth-child(2 of input)', 'radio'],
  [':is(:hover, #d)', 'd'],
  [':target, :visited, :valid', ''],
  ['p:nth-last-of-type(2)', 'zh'],
  [':root > body > form', 'f'],
  ['form:has(> fieldset :disabled)', 'f'],
  ['form:has(:has(input))', ''],
])('%s selects %s', (selector, expected) => {
  const { style } = styled(html, `${selector} { order: 9 }`)
  const ids = [...html.matchAll(/ id=([A-Za-z0-9]+)/g)].map((match) => match[1] as string)
  expect(ids.filter((id) => style(id).order === 9).join(' ')).toBe(expected)
})

test.each([
  ['@namespace svg url(http://www.w3.org/2000/svg); svg|a { order: 9 }', 'sa'],
  ['@namespace "http://www.w3.org/2000/svg"; a { order: 9 }', 'sa'],
  ['@namespace "http://www.w3.org/1999/xhtml"; a { order: 9 }', 'TYPE'],
  ['@namespace h "http://www.w3.org/1999/xhtml"; h|* > svg > *|a { order: 9 } h|svg { order: 9 }', 'sa'],
  ['*|a { order: 9 }', 'sa TYPE'],
  ['|a { order: 9 }', ''],
  ['no|a, a { order: 9 }', ''],
])('%s selects %s', (css, expected) => {
  const { style } = styled(html, css)
  expect(['sa', 'TYPE', 'svg'].filter((id) => style(id).order === 9).join(' ')).toBe(expected)
})
