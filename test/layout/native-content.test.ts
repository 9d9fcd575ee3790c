/** Form fields, fallback content and legends on real pages. */
import { describe, expect, test } from 'vitest'
import { renderPdf } from '../../src/project/render-pdf.js'
import { hasTool, output } from '../tools.js'
import { words } from './words.js'

const text = async (html: string, css = ''): Promise<string> => {
  const { path } = await words(html, css)
  return output('pdftotext', ['-raw', path, '-'])
    .replace(/[\s\u200b]+/g, ' ')
    .trim()
}

describe.skipIf(!hasTool('pdftotext'))('form fields', () => {
  test('show their values', async () => {
    expect(
      await text('<input value=typed> <input type=password value=abc> <input placeholder=hint> <input type=hidden value=secret>'),
    ).toBe('typed ••• hint')
    expect(await text('<button>press</button> <input type=submit> <input type=reset value=undo> <input type=button value=go>')).toBe(
      'press Submit undo go',
    )
    expect(await text('<textarea>\none\ntwo</textarea>')).toBe('one two')
  })

  test('lists show what is chosen, or all where all is seen', async () => {
    expect(await text('<select><option>a<option selected>b<option>c</select>', 'span { display: none }')).toBe('b')
    expect(
      await text('<select><option disabled>a<optgroup label=G><option label=named>x</optgroup></select>', 'span { display: none }'),
    ).toBe('named')
    expect(await text('<select multiple><optgroup label=Group><option>a<option>b</optgroup><option>c</select>')).toBe('Group a b c')
  })

  test('grow with a long value instead of cutting it off', async () => {
    const { word } = await words('<input size=4 value="several.words.longer.than.the.field">after')
    expect(word('several.words.longer.than.the.field').right).toBeLessThan(word('after').x)
  })

  test('tell their state in words that a reader hears', async () => {
    const { pdf, diagnostics } = await renderPdf(
      '<!doctype html><html lang=en><title>T</title><p><input type=checkbox checked> yes <progress value=.5></progress>',
      {
        file: '/nowhere/t.html',
      },
    )
    expect(diagnostics).toEqual([])
    expect(pdf.length).toBeGreaterThan(1000)
  })
})

describe.skipIf(!hasTool('pdftotext'))('what cannot be shown', () => {
  test('leaves its fallback', async () => {
    const shown = await text(
      '<video>film</video> <audio>sound</audio> <canvas>drawing</canvas> <object data=a.pdf>object</object> <iframe title=map></iframe> <noscript>script</noscript><template>template</template>',
    )
    expect(shown.split(' ').sort()).toEqual(['drawing', 'film', 'map', 'object', 'script', 'sound'])
  })
})

describe.skipIf(!hasTool('pdftotext'))('legends', () => {
  test('stand in the border, at its start, middle or end, and the content below', async () => {
    const css = 'fieldset { margin: 0; border: 4px solid; padding: 0 10px } legend { padding: 0 }'
    const { word } = await words(
      '<fieldset><p>above</p><legend>Start</legend><p>below</fieldset><fieldset><legend align=center>Centre</legend>x</fieldset><fieldset dir=rtl><legend>End</legend>y</fieldset>',
      css,
    )
    expect(word('Start').x).toBeCloseTo(14, 0)
    expect(word('Start').top).toBeLessThan(word('above').top)
    expect(word('above').top - word('Start').top).toBeCloseTo(30, 0)
    expect((word('Centre').x + word('Centre').right) / 2).toBeCloseTo(300, 0)
    expect(word('End').right).toBeCloseTo(586, 0)
  })

  test('make a fieldset as wide as they are', async () => {
    const { word } = await words(
      '<div style="float: left"><fieldset style="margin: 0"><legend>verylonglegend</legend>x</fieldset></div>after',
    )
    expect(word('after').x).toBeGreaterThan(word('verylonglegend').right)
  })
})

test('a cleared break goes below floats', async () => {
  if (!hasTool('pdftotext')) return
  const { word } = await words('<div style="float: left; width: 50px; height: 100px"></div>beside<br clear=left>below')
  expect(word('beside').x).toBeCloseTo(50, 0)
  expect([word('below').x, word('below').top >= 100]).toEqual([0, true])
})
