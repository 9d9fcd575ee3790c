import { describe, expect, test } from 'vitest'
import { trafficLight, trafficLightHint } from '../../src/document/marking.js'
import { documentOf } from '../editions/source.js'

describe('the Traffic Light Protocol 2.0', () => {
  test('has five labels in one spelling, both ambers in one colour', () => {
    expect(['TLP:RED', 'tlp: amber', 'TLP:AMBER + STRICT', 'TLP:GREEN', 'TLP:CLEAR'].map((text) => trafficLight(text))).toEqual([
      { label: 'TLP:RED', color: 'red' },
      { label: 'TLP:AMBER', color: 'amber' },
      { label: 'TLP:AMBER+STRICT', color: 'amber' },
      { label: 'TLP:GREEN', color: 'green' },
      { label: 'TLP:CLEAR', color: 'clear' },
    ])
    expect(['OFFICIAL', 'TLP', '', undefined].map((text) => trafficLight(text))).toEqual([null, null, null, null])
  })

  test('says what a wrong label should have been, at its place', () => {
    expect(trafficLightHint('TLP:WHITE')).toBe('TLP 2.0 calls it TLP:CLEAR.')
    const { messages } = documentOf('---\ntitle: T\nmarking: "TLP:ORANGE"\n---\n\nText.\n')
    expect(messages).toMatchObject([{ severity: 'warning', code: 'unknown-marking', position: { line: 3, column: 1 } }])
    expect(documentOf('---\ntitle: T\nmarking: "TLP:RED"\n---\n\nText.\n').messages).toEqual([])
  })
})
