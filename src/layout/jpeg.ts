/**
 * What a JPEG file says of itself (ITU-T T.81, annex B; JFIF 1.02; Exif 2.3, section 4.6; ICC.1, annex B.4). In: bytes. Out: its frame,
 * orientation, density and colour profile, or why it cannot be used. The picture itself is never decoded.
 */
export interface JpegInfo {
  readonly width: number
  readonly height: number
  /** 1 is grey, 3 is YCbCr or RGB, 4 is CMYK or YCCK. */
  readonly components: number
  /** Exif, 1 to 8. */
  readonly orientation: number
  /** Written by Adobe's programs: four components are inverted. */
  readonly adobe: boolean
  readonly profile: Uint8Array | null
  /** Px of the picture per CSS px, where the file gives its resolution. */
  readonly density: number | null
}
export type JpegReading = JpegInfo | { readonly problem: string }

interface Segment {
  readonly marker: number
  readonly data: Uint8Array
}

/** Reads the segments up to the samples. */
export function readJpeg(data: Uint8Array): JpegReading {
  const segments = segmentsOf(data)
  const frame = segments?.find(({ marker }) => isFrame(marker))
  if (!segments || !frame || frame.data.length < 6) return { problem: 'it is damaged or ends too early' }
  // Baseline, extended and progressive, by Huffman codes: what DCTDecode reads.
  if (frame.marker > 0xc2) return { problem: 'its kind of JPEG (lossless or with arithmetic coding) is not known to PDF' }
  const view = viewOf(frame.data)
  const [bits, components] = [frame.data[0], frame.data[5] ?? 0]
  const [width, height] = [view.getUint16(3), view.getUint16(1)]
  if (bits !== 8 || ![1, 3, 4].includes(components)) return { problem: 'its depth or number of colours is not known to PDF' }
  if (width === 0 || height === 0) return { problem: 'it has no size' }
  if (!endsWell(data)) return { problem: 'it ends too early' }
  const exif = exifOf(segments)
  return {
    width,
    height,
    components,
    orientation: exif.orientation,
    adobe: segments.some((one) => one.marker === 0xee && startsWith(one.data, 'Adobe')),
    profile: profileOf(segments),
    density: jfifDensity(segments) ?? exif.density,
  }
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which share their range. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

const viewOf = (data: Uint8Array): DataView => new DataView(data.buffer, data.byteOffset, data.byteLength)

function startsWith(data: Uint8Array, text: string): boolean {
  for (let index = 0; index < text.length; index++) if (data[index] !== text.charCodeAt(index)) return false
  return true
}

/** Up to the first scan; null where a segment reaches over the end. */
function segmentsOf(data: Uint8Array): readonly Segment[] | null {
  const view = viewOf(data)
  const segments: Segment[] = []
  for (let offset = 2; offset + 4 <= data.length; ) {
    if (data[offset] !== 0xff) return null
    const marker = data[offset + 1] ?? 0
    if (marker === 0xff) {
      offset++
      continue
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      offset += 2
      continue
    }
    if (marker === 0xda) return segments
    const length = view.getUint16(offset + 2)
    if (length < 2 || offset + 2 + length > data.length) return null
    segments.push({ marker, data: data.subarray(offset + 4, offset + 2 + length) })
    offset += 2 + length
  }
  return null
}

/** The end marker stands at the end, or before what some programs append. */
const endsWell = (data: Uint8Array): boolean =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength).lastIndexOf(Buffer.from([0xff, 0xd9])) > 0

function jfifDensity(segments: readonly Segment[]): number | null {
  const jfif = segments.find(({ marker, data }) => marker === 0xe0 && startsWith(data, 'JFIF\0') && data.length >= 12)
  if (!jfif) return null
  const perUnit = viewOf(jfif.data).getUint16(8)
  const unit = jfif.data[7]
  if (perUnit === 0 || (unit !== 1 && unit !== 2)) return null
  return (unit === 1 ? perUnit : perUnit * 2.54) / 96
}

interface Exif {
  readonly orientation: number
  readonly density: number | null
}

function exifOf(segments: readonly Segment[]): Exif {
  const none = { orientation: 1, density: null }
  const exif = segments.find(({ marker, data }) => marker === 0xe1 && startsWith(data, 'Exif\0\0'))
  if (!exif || exif.data.length < 14) return none
  const tiff = exif.data.subarray(6)
  const view = viewOf(tiff)
  const little = startsWith(tiff, 'II')
  const at = view.getUint32(4, little)
  if (at + 2 > tiff.length) return none
  const values = new Map<number, number>()
  const count = view.getUint16(at, little)
  for (let index = 0; index < count; index++) {
    const entry = at + 2 + index * 12
    if (entry + 12 > tiff.length) break
    const tag = view.getUint16(entry, little)
    const type = view.getUint16(entry + 2, little)
    if (type === 3) values.set(tag, view.getUint16(entry + 8, little))
    else if (type === 5) {
      const place = view.getUint32(entry + 8, little)
      if (place + 8 <= tiff.length) values.set(tag, view.getUint32(place, little) / Math.max(1, view.getUint32(place + 4, little)))
    }
  }
  const orientation = values.get(0x112) ?? 1
  const resolution = values.get(0x11a) ?? 0
  const unit = values.get(0x128) ?? 2
  return {
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    density: resolution > 0 ? (unit === 3 ? resolution * 2.54 : resolution) / 96 : null,
  }
}

/** The parts of a profile in their order; null where one is missing. */
function profileOf(segments: readonly Segment[]): Uint8Array | null {
  const parts = segments.filter(({ marker, data }) => marker === 0xe2 && startsWith(data, 'ICC_PROFILE\0') && data.length > 14)
  if (parts.length === 0) return null
  const ordered = [...parts].sort((a, b) => (a.data[12] ?? 0) - (b.data[12] ?? 0))
  const whole = ordered.every(({ data }, index) => data[12] === index + 1 && data[13] === parts.length)
  return whole ? new Uint8Array(Buffer.concat(ordered.map(({ data }) => data.subarray(14)))) : null
}
