/**
 * Variable fonts (ISO/IEC 14496-22, section 7.3.3; CSS Fonts 4, section 2.8 and 5.2): the instance that a style asks for, as a static font, by
 * HarfBuzz's subsetter. In: a variable font and a place on its axes. Out: the bytes of a font without axes.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { VariationAxis } from './open-type.js'

/** What a style asks of the axes it can set; those without a value stay at the font's default. */
export type AxisValues = Readonly<Record<string, number>>

/** The place on every axis of a font, held in its range. */
export function axisPlace(axes: readonly VariationAxis[], values: AxisValues): ReadonlyMap<string, number> {
  return new Map(axes.map(({ tag, minimum, initial, maximum }) => [tag, Math.min(maximum, Math.max(minimum, values[tag] ?? initial))]))
}

interface SubsetModule {
  readonly memory: WebAssembly.Memory
  _initialize(): void
  malloc(size: number): number
  free(pointer: number): void
  hb_blob_create(data: number, length: number, mode: number, userData: number, destroy: number): number
  hb_blob_destroy(blob: number): void
  hb_blob_get_data(blob: number, length: number): number
  hb_blob_get_length(blob: number): number
  hb_face_create(blob: number, index: number): number
  hb_face_destroy(face: number): void
  hb_face_reference_blob(face: number): number
  hb_set_clear(set: number): void
  hb_set_invert(set: number): void
  hb_subset_input_create_or_fail(): number
  hb_subset_input_destroy(input: number): void
  hb_subset_input_set(input: number, kind: number): number
  hb_subset_input_unicode_set(input: number): number
  hb_subset_input_pin_axis_location(input: number, face: number, tag: number, value: number): number
  hb_subset_or_fail(face: number, input: number): number
}

const writableMemory = 2
const layoutFeatures = 6

const tagNumber = (tag: string): number => [...tag].reduce((sum, letter) => sum * 256 + letter.charCodeAt(0), 0)

let loaded: SubsetModule | undefined
/** Compiled when a variable font is first used; it holds no state between calls. */
function subsetModule(): SubsetModule {
  if (loaded) return loaded
  const path = createRequire(import.meta.url).resolve('harfbuzzjs/dist/harfbuzz-subset.wasm')
  const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)))
  loaded = instance.exports as unknown as SubsetModule
  loaded._initialize()
  return loaded
}

/** Pins all axes. Throws an Error where HarfBuzz cannot make the instance. */
export function instantiate(data: Uint8Array, place: ReadonlyMap<string, number>): Uint8Array {
  const hb = subsetModule()
  const buffer = hb.malloc(data.length)
  new Uint8Array(hb.memory.buffer).set(data, buffer)
  const blob = hb.hb_blob_create(buffer, data.length, writableMemory, 0, 0)
  const face = hb.hb_face_create(blob, 0)
  hb.hb_blob_destroy(blob)
  const input = hb.hb_subset_input_create_or_fail()
  try {
    for (const set of [hb.hb_subset_input_set(input, layoutFeatures), hb.hb_subset_input_unicode_set(input)]) {
      hb.hb_set_clear(set)
      hb.hb_set_invert(set)
    }
    for (const [tag, value] of place) hb.hb_subset_input_pin_axis_location(input, face, tagNumber(tag), value)
    const subset = hb.hb_subset_or_fail(face, input)
    if (subset === 0) throw new Error('no instance of it can be made')
    const result = hb.hb_face_reference_blob(subset)
    const start = hb.hb_blob_get_data(result, 0)
    const bytes = new Uint8Array(hb.memory.buffer).slice(start, start + hb.hb_blob_get_length(result))
    hb.hb_blob_destroy(result)
    hb.hb_face_destroy(subset)
    return bytes
  } finally {
    hb.hb_subset_input_destroy(input)
    hb.hb_face_destroy(face)
    hb.free(buffer)
  }
}
