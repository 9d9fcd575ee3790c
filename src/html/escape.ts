/**
 * Text made safe inside HTML and CSS. In: any string. Out: the same string with the characters that would end its place
 * replaced (HTML 13.3, "escaping a string"; CSS Object Model 1, section 2.1 "serialize a string").
 */

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Escapes text for element content and for quoted attribute values alike. */
export function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => entities[character] ?? character) : text
}

/**
 * Writes attributes with a leading space each; `undefined` and `false` leave one out, `true` writes its name alone.
 * Names are the caller's own words, values may be anything.
 */
export function writeAttributes(attributes: Readonly<Record<string, string | number | boolean | undefined>>): string {
  let out = ''
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    out += value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`
  }
  return out
}

/** A quoted CSS string that is also safe inside a style element. */
export function cssString(text: string): string {
  // `<` is written as an escape so that no text can close the style element around it.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what must be escaped
  return `"${text.replace(/[\u0000-\u001f\u007f"\\<>&]/g, (character) => `\\${character.charCodeAt(0).toString(16)} `)}"`
}
