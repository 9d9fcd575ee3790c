import { expect, test } from 'vitest'
import { declared } from './helpers.js'

const boxes = (css: string) => declared(css).backgroundLayers.map(({ origin, clip }) => [origin, clip])

test('background-origin and -clip by layer, alone and in the shorthand', () => {
  const image = 'linear-gradient(red, blue)'
  expect(boxes(`background: ${image}`)).toEqual([['padding-box', 'border-box']])
  expect(boxes(`background: ${image} content-box`)).toEqual([['content-box', 'content-box']])
  expect(boxes(`background: ${image} border-box padding-box`)).toEqual([['border-box', 'padding-box']])
  expect(boxes(`background-image: ${image}, ${image}; background-clip: content-box, padding-box; background-origin: border-box`)).toEqual([
    ['border-box', 'content-box'],
    ['border-box', 'padding-box'],
  ])
})

test('the colour ends where the lowest layer does', () => {
  expect(declared('background: red padding-box').backgroundColorClip).toBe('padding-box')
  expect(declared('background-color: red; background-clip: content-box').backgroundColorClip).toBe('content-box')
  expect(declared('background: linear-gradient(red, blue) content-box, red').backgroundColorClip).toBe('border-box')
})
