/**
 * ::first-line (CSS Pseudo-Elements 4, section 2.1). In: the style of text on a first line, its block's and the pseudo-element's. Out: the style
 * that the text has on that line: what it has from its block comes from the pseudo-element instead.
 */
import type { ComputedStyle } from '../css/computed-style.js'

/** Inherited properties of those that apply to a first line (section 2.1.4). */
const inherited = [
  'color',
  'fontFamily',
  'fontSize',
  'fontWeight',
  'fontStyle',
  'fontStretch',
  'fontFeatures',
  'fontVariantCaps',
  'fontKerning',
  'lineHeight',
  'letterSpacing',
  'wordSpacing',
  'textTransform',
  'textShadow',
  'language',
] as const satisfies readonly (keyof ComputedStyle)[]

/**
 * Makes styles of first lines; the same object for the same three. Ids count down from `firstId`, so that those of several makers differ.
 * For a first letter in an inline box, the letter's style and the box's change places with the line's.
 */
export function createFirstLineStyles(
  firstId = -1,
): (style: ComputedStyle, block: ComputedStyle, firstLine: ComputedStyle) => ComputedStyle {
  const known = new Map<string, ComputedStyle>()
  return (style, block, firstLine) => {
    const key = `${style.id} ${block.id} ${firstLine.id}`
    let made = known.get(key)
    if (!made) {
      const changes: Partial<Record<keyof ComputedStyle, unknown>> = {}
      for (const name of inherited) if (style[name] === block[name]) changes[name] = firstLine[name]
      made = Object.freeze({ ...style, ...changes, id: firstId - known.size }) as ComputedStyle
      known.set(key, made)
    }
    return made
  }
}
