/**
 * The names of pseudo-classes and pseudo-elements (Selectors 4, CSS Pseudo-Elements 4, GCPM 3). In: a name. Out: what is known of it; tables of
 * them for messages and docs/css.md.
 */
import type { PseudoElement } from '../computed-style.js'

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/))

/** Pseudo-elements that make boxes or style part of one. */
export const PSEUDO_ELEMENTS: ReadonlySet<string> = new Set<PseudoElement>([
  'before',
  'after',
  'marker',
  'footnote-call',
  'footnote-marker',
  'first-line',
  'first-letter',
])
/** Those of CSS 2, which one colon may introduce. */
export const OLD_PSEUDO_ELEMENTS = set('before after first-line first-letter')
/** Parts that only browsers show: valid, and never there. */
export const ABSENT_PSEUDO_ELEMENTS = set(
  'selection backdrop placeholder cue cue-region target-text details-content file-selector-button spelling-error grammar-error search-text highlight part slotted picker picker-icon checkmark column scroll-button scroll-marker scroll-marker-group view-transition view-transition-group view-transition-image-pair view-transition-new view-transition-old',
)
/** What the markup alone decides. */
export const STATES = set(
  'checked default defined disabled enabled indeterminate open optional placeholder-shown popover-open read-only read-write required',
)
/** Places in the tree. */
export const STRUCTURAL = set('root empty scope link any-link first-child last-child only-child first-of-type last-of-type only-of-type')
/** Functions. */
export const FUNCTIONAL = set('is where not has lang dir nth-child nth-last-child nth-of-type nth-last-of-type')
/** States that paper never has. */
export const NEVER = set(
  'hover active focus focus-visible focus-within visited target target-within target-current target-before target-after valid invalid in-range out-of-range user-valid user-invalid autofill blank fullscreen modal picture-in-picture playing paused seeking buffering stalled muted volume-locked current past future host has-slotted local-link active-view-transition interest-source interest-target',
)
/** Functions for states that paper never has. */
export const NEVER_FUNCTIONS = set('state host host-context current active-view-transition-type nth-col nth-last-col')
