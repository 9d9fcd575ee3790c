/**
 * Where each object of a file lies (ISO 32000-1, sections 7.5.4 and 7.5.8). In: the offsets of plain objects and the places of those in
 * object streams. Out: the rows of a cross-reference stream, or a cross-reference table.
 */
export interface CrossReferences {
  /** By object number less one, in bytes from the file's start. */
  readonly offsets: readonly (number | null)[]
  /** By object number: the number of the object stream and the index in it. */
  readonly packed: ReadonlyMap<number, readonly [stream: number, index: number]>
}

/** Rows of table 18, each field as wide as it must be. */
export function crossReferenceRows({ offsets, packed }: CrossReferences): {
  readonly widths: readonly [number, number, number]
  readonly rows: Uint8Array
} {
  const rows: (readonly [number, number, number])[] = [[0, 0, 65535]]
  offsets.forEach((offset, index) => {
    const place = packed.get(index + 1)
    if (place) rows.push([2, ...place])
    else rows.push(offset === null ? [0, 0, 0] : [1, offset, 0])
  })
  const width = bytesFor(rows.reduce((most, [, second]) => Math.max(most, second), 0))
  const table = Buffer.alloc(rows.length * (3 + width))
  rows.forEach(([type, second, third], index) => {
    const at = index * (3 + width)
    table[at] = type
    table.writeUIntBE(second, at + 1, width)
    table.writeUInt16BE(third, at + 1 + width)
  })
  return { widths: [1, width, 2], rows: table }
}

const bytesFor = (value: number): number => Math.max(1, Math.ceil((32 - Math.clz32(value)) / 8))

/** The table from `xref` to the trailer: entries of 20 bytes; numbers without an object are free, each leads to the next. */
export function crossReferenceTable(offsets: readonly (number | null)[]): string {
  const free = [0, ...offsets.flatMap((offset, index) => (offset === null ? [index + 1] : []))]
  const nextFree = new Map(free.map((id, index) => [id, free[index + 1] ?? 0]))
  const entry = (value: number, generation: string, kind: string): string => `${String(value).padStart(10, '0')} ${generation} ${kind} \n`
  const rows = offsets.map((offset, index) =>
    offset === null ? entry(nextFree.get(index + 1) ?? 0, '65535', 'f') : entry(offset, '00000', 'n'),
  )
  return `xref\n0 ${offsets.length + 1}\n${entry(nextFree.get(0) ?? 0, '65535', 'f')}${rows.join('')}`
}
