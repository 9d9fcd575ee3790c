/** What subset-font exports (https://github.com/papandreou/subset-font); the package has no types of its own. */
declare module 'subset-font' {
  export interface SubsetOptions {
    readonly targetFormat?: 'sfnt' | 'woff' | 'woff2' | 'truetype'
    readonly preserveNameIds?: readonly number[]
  }
  // biome-ignore lint/style/noDefaultExport: the package exports its one function so
  export default function subsetFont(font: Buffer, text: string, options?: SubsetOptions): Promise<Buffer>
}
