/**
 * QR codes (ISO/IEC 18004) as pictures inside HTML. In: an address. Out: one SVG element that names the address for those who do not
 * see it.
 */
import { encode } from 'uqr'
import { escapeHtml } from '../html/escape.js'

/** Modules of empty ground on each side (ISO/IEC 18004, section 6.3.8). */
const quietZone = 4

/** The code of a text with error correction M: a run of dark modules is one stroke of the path. */
export function qrCode(text: string, label: string): string {
  const { data, size } = encode(text, { ecc: 'M', border: quietZone })
  const runs = data.flatMap((row, y) => {
    const found: string[] = []
    for (let x = 0; x < size; x++) {
      if (!row[x]) continue
      const start = x
      while (x < size && row[x]) x++
      found.push(`M${start} ${y}h${x - start}v1H${start}z`)
    }
    return found
  })
  return `<svg class="qr-code" role="img" aria-label="${escapeHtml(label)}" viewBox="0 0 ${size} ${size}" width="${size}" height="${size}"><rect width="${size}" height="${size}" fill="#ffffff"/><path fill="#000000" d="${runs.join('')}"/></svg>`
}
