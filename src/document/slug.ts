/**
 * Ids from titles. In: words of any script. Out: an id that is unique among those already given.
 */

/** Lower case, letters, marks and digits of any script kept, everything else a hyphen; `section` where nothing is left. */
export function slug(text: string): string {
  const id = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/['\u2019]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return id === '' ? 'section' : id
}

/** The wished id, or that with `-2`, `-3` … where it is taken; the result is added to `taken`. */
export function uniqueSlug(wish: string, taken: Set<string>): string {
  let id = wish
  for (let n = 2; taken.has(id); n++) id = `${wish}-${n}`
  taken.add(id)
  return id
}
