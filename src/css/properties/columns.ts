/** Columns (CSS Multi-column Layout 1, sections 3 to 7). In: component values. Out: computed values. */
import { integerOf, lengthFrom } from '../values/calc.js'
import { resolveLength, type SpecifiedLength } from '../values/length.js'
import { BORDER_STYLES, borderWidthFrom } from './backgrounds.js'
import { colorProperty, define, keywordOf, keywords, type Property, single } from './property.js'

/** More columns than this hold nothing that can be read. */
const MOST_COLUMNS = 1000

/** All properties of this file. */
export function columnProperties(): Property[] {
  return [
    define<'columnCount', number | 'auto'>('column-count', 'columnCount', {
      syntax: 'auto | <integer [1,∞]>',
      parse: (items) => {
        if (keywordOf(items) === 'auto') return 'auto'
        const count = integerOf(single(items))
        return count !== undefined && count >= 1 ? Math.min(MOST_COLUMNS, count) : undefined
      },
      compute: (value) => value,
    }),
    define<'columnWidth', 'auto' | SpecifiedLength>('column-width', 'columnWidth', {
      syntax: 'auto | <length [0,∞]>',
      parse: (items) => (keywordOf(items) === 'auto' ? 'auto' : lengthFrom(single(items), { nonNegative: true })),
      compute: (value, { bases }) => (value === 'auto' ? value : Math.max(0, resolveLength(value, bases) as number)),
    }),
    keywords('column-fill', 'columnFill', 'balance balance-all auto'),
    keywords('column-span', 'columnSpan', 'none all', { aliases: { auto: 'none' } }),
    define('column-rule-width', 'columnRuleWidth', {
      syntax: 'thin | medium | thick | <length [0,∞]>',
      initial: 'medium',
      parse: borderWidthFrom,
      compute: (value, { bases }) => Math.max(0, resolveLength(value, bases) as number),
    }),
    keywords('column-rule-style', 'columnRuleStyle', BORDER_STYLES),
    colorProperty('column-rule-color', 'columnRuleColor'),
  ]
}
