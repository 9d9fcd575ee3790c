/**
 * Previews of first pages without a browser: PDFium draws, sharp packs. In: PDFs of a release. Out: PNG files (ISO/IEC 15948), which are for the eye and no part
 * of the release.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ManifestOutput } from './manifest.js'

export interface PreviewOptions {
  /** The release's folder, and the one for pictures. */
  readonly folder: string
  readonly out: string
  /** The longer side, px. */
  readonly size: number
  /** That opens protected PDFs. */
  readonly password?: string
}

/** Draws the first page of each PDF; gives the paths of the pictures. Throws system errors. */
export async function drawPreviews(outputs: readonly ManifestOutput[], options: PreviewOptions): Promise<readonly string[]> {
  const { PDFiumLibrary } = await import('@hyzyla/pdfium')
  const { default: sharp } = await import('sharp')
  const library = await PDFiumLibrary.init()
  const paths: string[] = []
  try {
    await mkdir(options.out, { recursive: true })
    for (const { path } of outputs.filter(({ format }) => format === 'pdf')) {
      const document = await library.loadDocument(await readFile(join(options.folder, path)), options.password ?? '')
      const page = document.getPage(0)
      const { originalWidth, originalHeight } = page.getOriginalSize()
      const scale = options.size / Math.max(originalWidth, originalHeight)
      const { data } = await page.render({
        width: Math.round(originalWidth * scale),
        height: Math.round(originalHeight * scale),
        render: (bitmap) =>
          sharp(bitmap.data, { raw: { width: bitmap.width, height: bitmap.height, channels: 4 } })
            .flatten({ background: '#fff' })
            .png()
            .toBuffer(),
      })
      const picture = join(options.out, `${path.slice(0, -'.pdf'.length)}.png`)
      await writeFile(picture, data)
      paths.push(picture)
      document.destroy()
    }
  } finally {
    library.destroy()
  }
  return paths
}
