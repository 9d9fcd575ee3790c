/** css-tree's tokeniser entry, which @types/css-tree does not describe. */
declare module 'css-tree/tokenizer' {
  /** Calls back with each token's type number and its start and end offsets (CSS Syntax 3, section 4). */
  export function tokenize(source: string, onToken: (type: number, start: number, end: number) => void): void
}
