/**
 * PNG and JPEG files → image XObjects (ISO 32000-1, sections 7.4.4, 7.4.8, 8.6 and 8.9). In: an image resource. Out: an object of the file.
 * JPEG goes in untouched, and so do the compressed samples of PNG where they hold no alpha.
 */
import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import type { ImageResource } from '../../layout/image.js'
import { type JpegInfo, readJpeg } from '../../layout/jpeg.js'
import { type PngInfo, readPng } from '../../layout/png.js'
import type { PackedDocument } from '../object-streams.js'
import type { PdfReference, PdfValue } from '../pdfkit-internals.js'
import { raw, reference } from '../syntax.js'
import { channelsOf, decodeSamples, paeth, paletteAlpha, rowBytes, splitAlpha } from './png-samples.js'

type Dictionary = { [key: string]: PdfValue | undefined }

/** Makes image objects; profiles and colour spaces that several pictures share stand in the file once. */
export class ImageObjects {
  readonly #document: PackedDocument
  readonly #shared = new Map<string, PdfValue>()

  constructor(document: PackedDocument) {
    this.#document = document
  }

  /** Null where the samples turn out to be damaged. */
  make({ kind, data }: ImageResource): PdfReference | null {
    if (kind === 'jpeg') {
      const jpeg = readJpeg(data)
      return 'problem' in jpeg ? null : this.#jpeg(jpeg, data)
    }
    const png = readPng(data)
    return 'problem' in png ? null : this.#png(png)
  }

  #jpeg(jpeg: JpegInfo, data: Uint8Array): PdfReference {
    const { width, height, components, adobe } = jpeg
    const inverted = components === 4 && adobe
    return this.#image(
      {
        Width: width,
        Height: height,
        BitsPerComponent: 8,
        ColorSpace: this.#profiled(jpeg.profile, components) ?? this.#deviceSpace(components),
        ...(inverted ? { Decode: raw('[1 0 1 0 1 0 1 0]') } : {}),
        Filter: 'DCTDecode',
      },
      data,
    )
  }

  #image(dictionary: Dictionary, data: Uint8Array): PdfReference {
    const image = this.#document.ref({ Type: 'XObject', Subtype: 'Image', ...dictionary })
    image.end(data)
    return image
  }

  #deviceSpace(components: number): PdfValue {
    if (components === 4) return this.#once('cmyk', () => this.#processColors())
    return components === 1 ? 'DeviceGray' : 'DeviceRGB'
  }

  #once(key: string, make: () => PdfValue): PdfValue {
    const known = this.#shared.get(key) ?? make()
    this.#shared.set(key, known)
    return known
  }

  /** CMYK without a profile: the colours that screens show for it, since PDF/A lets DeviceCMYK stand only beside a printer's output intent. */
  #processColors(): PdfValue {
    const tint = this.#document.ref({ FunctionType: 4, Domain: raw('[0 1 0 1 0 1 0 1]'), Range: raw('[0 1 0 1 0 1]') })
    tint.end(
      '{ 1 exch sub 4 1 roll 1 exch sub 4 1 roll 1 exch sub 4 1 roll 1 exch sub 1 index mul 4 1 roll dup 3 -1 roll mul 3 1 roll mul exch }',
    )
    const colorants = ['Cyan', 'Magenta', 'Yellow', 'Black'].map((name, index) => {
      const full = ['0 1 1', '1 0 1', '1 1 0', '0 0 0'][index]
      return `/${name}[/Separation/${name}/DeviceRGB<</FunctionType 2/Domain[0 1]/C0[1 1 1]/C1[${full}]/N 1>>]`
    })
    const space = this.#document.allocate()
    this.#document.put(
      space,
      `[/DeviceN[/Cyan/Magenta/Yellow/Black]/DeviceRGB ${reference(tint.id)}<</Colorants<<${colorants.join('')}>>>>]`,
    )
    return raw(reference(space))
  }

  /** An ICC profile of that many colours, or null where there is none that fits. */
  #profiled(profile: Uint8Array | null, components: number): PdfValue | null {
    if (!profile || !fits(profile, components)) return null
    const digest = createHash('sha256').update(profile).digest('hex')
    return this.#once(digest, () => {
      const stream = this.#document.ref({
        N: components,
        Alternate: components === 1 ? 'DeviceGray' : components === 3 ? 'DeviceRGB' : 'DeviceCMYK',
      })
      stream.end(profile)
      return raw(`[/ICCBased ${reference(stream.id)}]`)
    })
  }

  #png(png: PngInfo): PdfReference | null {
    try {
      return png.colorType >= 4 ? this.#withAlpha(png) : this.#withoutAlpha(png)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code?.startsWith('Z_') || (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
        return null
      throw error
    }
  }

  #pngSpace(png: PngInfo): PdfValue {
    const { palette } = png
    const colors = png.colorType === 0 || png.colorType === 4 ? 1 : 3
    const base = this.#profiled(png.profile, colors) ?? this.#deviceSpace(colors)
    if (!palette) return base
    const name = typeof base === 'string' ? `/${base}` : base
    return raw(`[/Indexed ${name} ${palette.length / 3 - 1} <${Buffer.from(palette).toString('hex')}>]`)
  }

  #withoutAlpha(png: PngInfo): PdfReference {
    const { width, height, bits, colorType, transparency } = png
    const colors = channelsOf(png)
    const rows = png.interlaced || (colorType === 3 && transparency) ? decodeSamples(png) : null
    const mask = colorType === 3 && rows && transparency ? this.#softMask(paletteAlpha(rows, png), png) : null
    const samples = png.interlaced && rows ? deflated(rows, { width, bitsPerPixel: colors * bits }) : Buffer.concat(png.samples)
    return this.#image(
      {
        Width: width,
        Height: height,
        BitsPerComponent: bits,
        ColorSpace: this.#pngSpace(png),
        Filter: 'FlateDecode',
        DecodeParms: predictor(colors, bits, width),
        ...(mask ? { SMask: mask } : {}),
        ...(colorType !== 3 && transparency ? { Mask: colorKey(transparency, png) } : {}),
      },
      samples,
    )
  }

  #withAlpha(png: PngInfo): PdfReference {
    const { width, height } = png
    const { color, alpha } = splitAlpha(decodeSamples(png), png)
    const colors = channelsOf(png) - 1
    const opaque = alpha.every((value) => value === 255)
    const mask = opaque ? null : this.#softMask(alpha, png)
    return this.#image(
      {
        Width: width,
        Height: height,
        BitsPerComponent: 8,
        ColorSpace: this.#pngSpace(png),
        Filter: 'FlateDecode',
        DecodeParms: predictor(colors, 8, width),
        ...(mask ? { SMask: mask } : {}),
      },
      deflated(color, { width, bitsPerPixel: colors * 8 }),
    )
  }

  #softMask(alpha: Uint8Array, { width, height }: PngInfo): PdfReference {
    return this.#image(
      {
        Width: width,
        Height: height,
        BitsPerComponent: 8,
        ColorSpace: 'DeviceGray',
        Filter: 'FlateDecode',
        DecodeParms: predictor(1, 8, width),
      },
      deflated(alpha, { width, bitsPerPixel: 8 }),
    )
  }
}

/** Whether its samples have one component: PNG of grey, with alpha or without (section 11.2.1 of its specification), and JPEG. */
export function isGray({ kind, data }: ImageResource): boolean {
  if (kind === 'jpeg') {
    const jpeg = readJpeg(data)
    return !('problem' in jpeg) && jpeg.components === 1
  }
  const png = readPng(data)
  return !('problem' in png) && (png.colorType === 0 || png.colorType === 4)
}

const predictor = (colors: number, bits: number, width: number): PdfValue =>
  raw(`<</Predictor 15/Colors ${colors}/BitsPerComponent ${bits}/Columns ${width}>>`)

/** Samples of exactly one colour are not painted (section 8.9.6.4). */
function colorKey(transparency: Uint8Array, png: PngInfo): PdfValue {
  const view = new DataView(transparency.buffer, transparency.byteOffset, transparency.byteLength)
  const most = 2 ** png.bits - 1
  const values = Array.from({ length: channelsOf(png) }, (_, index) => {
    const sample = index * 2 + 2 <= transparency.length ? view.getUint16(index * 2) & most : 0
    return `${sample} ${sample}`
  })
  return raw(`[${values.join(' ')}]`)
}

/** Rows by Paeth's filter, which suits photographs and flat colours alike; by none where pixels are less than a byte. */
function deflated(rows: Uint8Array, { width, bitsPerPixel }: { readonly width: number; readonly bitsPerPixel: number }): Uint8Array {
  const length = rowBytes(width, bitsPerPixel)
  const count = rows.length / length
  const back = bitsPerPixel >> 3
  const out = new Uint8Array(rows.length + count)
  for (let y = 0; y < count; y++) {
    const row = y * length
    const target = y * (length + 1)
    out[target] = back === 0 ? 0 : 4
    for (let x = 0; x < length; x++) {
      const value = rows[row + x] as number
      if (back === 0) {
        out[target + 1 + x] = value
        continue
      }
      const left = x >= back ? (rows[row + x - back] as number) : 0
      const up = y > 0 ? (rows[row - length + x] as number) : 0
      const upLeft = y > 0 && x >= back ? (rows[row - length + x - back] as number) : 0
      out[target + 1 + x] = value - paeth(left, up, upLeft)
    }
  }
  return deflateSync(out)
}

const spaces: Readonly<Record<number, string>> = { 1: 'GRAY', 3: 'RGB ', 4: 'CMYK' }

/** Whether it is a profile of input, display or output devices (ICC.1, section 7.2) for that many colours. */
function fits(profile: Uint8Array, components: number): boolean {
  if (profile.length < 132) return false
  const text = (from: number): string => Buffer.from(profile.subarray(from, from + 4)).toString('latin1')
  return (
    text(36) === 'acsp' && text(16) === spaces[components] && ['scnr', 'mntr', 'prtr', 'spac'].includes(text(12)) && (profile[8] ?? 9) <= 4
  )
}
