/**
 * Comments of authors (CommonMark 0.31, sections 4.6 and 6.6), which are in no edition. In: Markdown. Out: the same text without them; what only looks
 * like one in code stays.
 */
const codeOrComment =
  /^( {0,3})(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\2[`~]*[ \t]*$|(?![\s\S]))|(`+)(?!`)[\s\S]*?[^`]\3(?!`)|<!--[\s\S]*?(?:-->|(?![\s\S]))/gm

/** Removes comments, and the line of one that stands alone. */
export function withoutComments(source: string): string {
  const marker = '\uffff'
  return source
    .replaceAll(marker, '')
    .replace(codeOrComment, (match) => (match.startsWith('<!--') ? marker : match))
    .replace(/^[ \t]*\uffff[ \t]*\n/gm, '')
    .replaceAll(marker, '')
}
