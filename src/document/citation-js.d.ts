/** Types of what is used of citation-js and of citeproc, which have none of their own. */
declare module '@citation-js/core' {
  export const plugins: {
    readonly input: {
      chain(data: unknown, options: { readonly forceType: string; readonly generateGraph: false }): unknown[]
    }
    readonly config: { get(name: '@csl'): import('./citation-format.js').CslPlugin }
  }
}
declare module '@citation-js/plugin-csl'
declare module '@citation-js/plugin-bibtex'
