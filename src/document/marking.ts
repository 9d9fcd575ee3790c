/**
 * The Traffic Light Protocol (FIRST, TLP version 2.0, https://www.first.org/tlp/). In: a marking as an author wrote it. Out: its label
 * in the one spelling that FIRST allows, or what it should have been.
 */

const labels = ['RED', 'AMBER', 'AMBER+STRICT', 'GREEN', 'CLEAR'] as const

/** Labels of version 1, and what they are now. */
const former: Readonly<Record<string, string>> = { WHITE: 'TLP:CLEAR' }

export interface TrafficLight {
  /** In capitals without a space, as in `TLP:AMBER+STRICT`. */
  readonly label: string
  /** Names the colour: both ambers share one. */
  readonly color: 'red' | 'amber' | 'green' | 'clear'
}

/** The label of a marking that is one of TLP 2.0; null for any other text. */
export function trafficLight(marking: string | undefined): TrafficLight | null {
  const name = afterPrefix(marking)
  const label = labels.find((one) => one === name)
  if (!label) return null
  return { label: `TLP:${label}`, color: label.split('+')[0]?.toLowerCase() as TrafficLight['color'] }
}

/** Why a marking that begins as TLP does is none of its labels; undefined where all is well. */
export function trafficLightHint(marking: string): string | undefined {
  const name = afterPrefix(marking)
  if (name === undefined || labels.some((one) => one === name)) return undefined
  const now = former[name]
  return now === undefined ? `TLP 2.0 has ${labels.map((one) => `TLP:${one}`).join(', ')}.` : `TLP 2.0 calls it ${now}.`
}

function afterPrefix(marking: string | undefined): string | undefined {
  return /^TLP\s*:\s*(.*)$/i
    .exec(marking?.trim() ?? '')?.[1]
    ?.toUpperCase()
    .replace(/\s+/g, '')
}
