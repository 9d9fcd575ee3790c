/**
 * Pseudo-classes that the markup decides (Selectors 4, sections 10 and 12; HTML, section 4.16.3). In: an element and a name. Out: whether it
 * is in that state as it stands on paper.
 */
import type { HtmlElement, HtmlNode } from '../../html/dom.js'

const BUTTON_TYPES = new Set('button submit reset image hidden'.split(' '))
/** Inputs into which nothing is typed. */
const NOT_TYPED = new Set([...BUTTON_TYPES, 'checkbox', 'radio', 'range', 'color', 'file'])
const DISABLEABLE = new Set('button input select textarea optgroup option fieldset'.split(' '))

const typeOf = (element: HtmlElement): string => element.attributes.get('type')?.toLowerCase() ?? ''
const isCheckable = (element: HtmlElement): boolean => element.name === 'input' && /^(?:checkbox|radio)$/.test(typeOf(element))

function ancestor(element: HtmlElement, name: string): HtmlElement | null {
  for (let up = element.parent; up?.kind === 'element'; up = up.parent) if (up.name === name) return up
  return null
}

/** By its own attribute, a group's or a fieldset's; the first legend of a fieldset is left out of that. */
function isDisabled(element: HtmlElement): boolean {
  if (element.attributes.has('disabled')) return true
  if (element.name === 'option') return ancestor(element, 'optgroup')?.attributes.has('disabled') === true
  let inside: HtmlElement = element
  for (let up = element.parent; up?.kind === 'element'; up = up.parent) {
    const isFirstLegend = inside.name === 'legend' && up.children.find(isLegend) === inside
    if (up.name === 'fieldset' && up.attributes.has('disabled') && !isFirstLegend) return true
    inside = up
  }
  return false
}
const isLegend = (node: HtmlNode): boolean => node.kind === 'element' && node.name === 'legend'

function canRequire(element: HtmlElement): boolean {
  if (element.name === 'input') return !BUTTON_TYPES.has(typeOf(element)) && typeOf(element) !== 'range' && typeOf(element) !== 'color'
  return element.name === 'select' || element.name === 'textarea'
}

function isTyped(element: HtmlElement): boolean {
  return element.name === 'textarea' || (element.name === 'input' && !NOT_TYPED.has(typeOf(element)))
}

function isWritable(element: HtmlElement): boolean {
  if (isTyped(element)) return !element.attributes.has('readonly') && !isDisabled(element)
  const editable = element.attributes.get('contenteditable')?.toLowerCase()
  return editable === '' || editable === 'true' || editable === 'plaintext-only'
}

function showsPlaceholder(element: HtmlElement): boolean {
  if (!isTyped(element) || !element.attributes.has('placeholder')) return false
  if (element.name === 'input') return (element.attributes.get('value') ?? '') === ''
  return element.children.every((node) => node.kind === 'text' && node.data === '')
}

function isDefaultButton(element: HtmlElement): boolean {
  const submits = (one: HtmlElement): boolean =>
    (one.name === 'button' && (typeOf(one) === '' || typeOf(one) === 'submit')) ||
    (one.name === 'input' && /^(?:submit|image)$/.test(typeOf(one)))
  const form = submits(element) ? ancestor(element, 'form') : null
  if (!form) return false
  const open: HtmlNode[] = [...form.children].reverse()
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind !== 'element') continue
    if (submits(node)) return node === element
    open.push(...[...node.children].reverse())
  }
  return false
}

function isIndeterminate(element: HtmlElement): boolean {
  return element.name === 'progress' && !element.attributes.has('value')
}

function isDefault(element: HtmlElement): boolean {
  if (element.name === 'option') return element.attributes.has('selected')
  return isCheckable(element) ? element.attributes.has('checked') : isDefaultButton(element)
}

/** Custom elements need a script to be defined. */
function isDefined(element: HtmlElement): boolean {
  return element.namespace !== 'html' || !element.name.includes('-')
}

const TESTS: Readonly<Record<string, (element: HtmlElement) => boolean>> = {
  checked: (element) =>
    element.name === 'option' ? element.attributes.has('selected') : isCheckable(element) && element.attributes.has('checked'),
  default: isDefault,
  defined: isDefined,
  disabled: (element) => DISABLEABLE.has(element.name) && isDisabled(element),
  enabled: (element) => DISABLEABLE.has(element.name) && !isDisabled(element),
  indeterminate: isIndeterminate,
  open: ({ name, attributes }) => (name === 'details' || name === 'dialog') && attributes.has('open'),
  optional: (element) => canRequire(element) && !element.attributes.has('required'),
  'placeholder-shown': showsPlaceholder,
  'popover-open': () => false,
  'read-only': (element) => !isWritable(element),
  'read-write': isWritable,
  required: (element) => canRequire(element) && element.attributes.has('required'),
}

/** Whether an element is in the state; elements of other languages than HTML are in none but `defined` and `read-only`. */
export function isInState(element: HtmlElement, state: string): boolean {
  if (element.namespace !== 'html' && state !== 'defined' && state !== 'read-only') return false
  return TESTS[state]?.(element) ?? false
}
