/** What text/ uses of the hyphen package, which has no types of its own. */
declare module 'hyphen' {
  function createHyphenator(
    patterns: readonly unknown[],
    options: { readonly hyphenChar: string; readonly minWordLength: number },
  ): (text: string) => string
  export = createHyphenator
}
