/**
 * A ZIP archive (PKWARE APPNOTE 6.3.10) whose bytes depend on nothing but its files. In: files and a time. Out: the archive, sorted by name, every file of the
 * same time.
 */
import { strToU8, unzipSync, type Zippable, zipSync } from 'fflate'
import { compareText } from './digest.js'

export interface ArchivedFile {
  readonly path: string
  readonly data: Uint8Array
}

const signatures = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 }
const endRecordLength = 22

/** MS-DOS date and time (APPNOTE, section 4.4.6): from 1980 to 2107, in steps of two seconds, without a time zone; UTC is written. */
function dosTime(time: Date): { readonly date: number; readonly time: number } {
  const year = time.getUTCFullYear()
  if (year < 1980) return { date: (1 << 5) | 1, time: 0 }
  if (year > 2107) return { date: (127 << 9) | (12 << 5) | 31, time: 0 }
  return {
    date: ((year - 1980) << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate(),
    time: (time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | (time.getUTCSeconds() >> 1),
  }
}

/** Packs files; what is compressed already is stored. */
export function writeArchive(files: readonly ArchivedFile[], time: Date): Uint8Array {
  const entries: Zippable = {}
  for (const { path, data } of [...files].sort((a, b) => compareText(a.path, b.path)))
    entries[path] = [data, { level: /\.(pdf|png|zip)$/.test(path) ? 0 : 9, mtime: placeholderTime(), os: 3, attrs: 0o100644 << 16 }]
  const archive = zipSync(entries)
  stamp(archive, time)
  return archive
}

/** Packing reads a time by the machine's time zone, so every time is written over below. */
const placeholderTime = (): Date => new Date(2000, 5, 15, 12)

/** Writes one time into all headers, which are found from the end (APPNOTE, section 4.3.16). */
function stamp(archive: Uint8Array, time: Date): void {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const { date, time: clock } = dosTime(time)
  const end = archive.length - endRecordLength
  if (view.getUint32(end, true) !== signatures.end) throw new Error('the archive has no end record where one was written')
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  for (let index = 0; index < count; index++) {
    if (view.getUint32(at, true) !== signatures.central) throw new Error('the directory of the archive is not as it was written')
    view.setUint16(at + 12, clock, true)
    view.setUint16(at + 14, date, true)
    const local = view.getUint32(at + 42, true)
    view.setUint16(local + 10, clock, true)
    view.setUint16(local + 12, date, true)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
}

/** The files of an archive by name; null where it is none or is damaged. */
export function readArchive(archive: Uint8Array): ReadonlyMap<string, Uint8Array> | null {
  try {
    return new Map(Object.entries(unzipSync(archive)))
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}

export const textData = (text: string): Uint8Array => strToU8(text)
