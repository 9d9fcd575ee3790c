/** Words of a PDF made from HTML, with their places in px. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderPdf } from '../../src/project/render-pdf.js'
import { output, temporaryFolder } from '../tools.js'

export const folder = temporaryFolder()
const page = '@page { size: 600px 800px; margin: 0 } body { margin: 0; font: 20px/30px "Source Serif 4" } p { margin: 0 }'

export interface Word {
  readonly text: string
  readonly x: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** From 1. */
  readonly page: number
}

const px = (points: string | undefined): number => (Number(points) * 4) / 3

let count = 0
export async function words(
  body: string,
  css = '',
): Promise<{ words: readonly Word[]; path: string; word: (text: string) => Word; pdf: Uint8Array }> {
  const html = `<!doctype html><html lang="en"><title>T</title><style>${page} ${css}</style><body>${body}`
  const { pdf } = await renderPdf(html, { file: join(folder, 'test.html') })
  const path = join(folder, `${count++}.pdf`)
  writeFileSync(path, pdf)
  const found = output('pdftotext', ['-bbox', path, '-'])
    .split('<page ')
    .slice(1)
    .flatMap((part, index) =>
      [...part.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</g)].map(
        ([, x, top, right, bottom, text = '']) => ({
          text,
          x: px(x),
          right: px(right),
          top: px(top),
          bottom: px(bottom),
          page: index + 1,
        }),
      ),
    )
  return {
    words: found,
    path,
    pdf,
    word: (text) => {
      const one = found.find((word) => word.text === text)
      if (!one) throw new Error(`no word ${text} among ${found.map((word) => word.text).join(' ')}`)
      return one
    },
  }
}
