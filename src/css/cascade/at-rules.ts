/**
 * Which at-rules there are. In: a name. Out: whether it is carried out, known and left out with a reason, or not known at all; for messages and
 * docs/css.md.
 */

/** Rules that are carried out wherever rules may stand. */
export const AT_RULES: ReadonlySet<string> = new Set(
  'charset import namespace layer media supports page font-face scope property counter-style'.split(' '),
)
/** Known to CSS and left out, with the reason that follows the name in messages. */
export const LEFT_OUT_RULES: Readonly<Record<string, string>> = {
  container: 'is not supported: its rules are left out',
  'font-feature-values': 'is not supported; font-feature-settings names features by their tags',
  'font-palette-values': 'is not supported: colour fonts keep their own palette',
  'color-profile': 'is not supported: color() knows the predefined spaces',
  function: 'is not supported',
  keyframes: 'has no effect in print',
  'view-transition': 'has no effect in print',
  'starting-style': 'has no effect in print',
  'position-try': 'is not supported',
  viewport: 'is no longer part of CSS; @page sets the size of pages',
  document: 'is no longer part of CSS',
}
