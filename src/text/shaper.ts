/**
 * Shaping with HarfBuzz: characters → glyphs (https://harfbuzz.github.io/). In: a word in one font, script and direction. Out: glyph
 * ids, advances and offsets in font units, in visual order. Words are kept, so that each is shaped once.
 */
import type { Buffer as HarfBuzzBuffer, Font as HarfBuzzFont } from 'harfbuzzjs'
import type { Font } from '../fonts/font.js'

/** Arrays run in parallel; font units; clusters are UTF-16 offsets into the shaped text. */
export interface ShapedText {
  readonly glyphs: Uint16Array
  readonly advances: Int32Array
  /** Empty where all are 0. */
  readonly offsetsX: Int32Array
  readonly offsetsY: Int32Array
  readonly clusters: Uint32Array
  /** Some cluster has several glyphs, or glyphs stand in another order than their characters. */
  readonly complex: boolean
}

/** All that decides on a word's glyphs beside its characters. */
export interface ShapingStyle {
  readonly font: Font
  /** OpenType features, as tag and value. */
  readonly features: readonly { readonly tag: string; readonly value: number }[]
  /** BCP 47, or empty. */
  readonly language: string
  /** ISO 15924 tag; `Zyyy` where the text has no letters. */
  readonly script: string
  readonly rightToLeft: boolean
}

type ShapeFunction = (text: string) => ShapedText

export interface Shaper {
  /** A function for one style, with the words it has shaped. */
  forStyle(style: ShapingStyle): ShapeFunction
  hasFeature(font: Font, tag: string): boolean
}

const empty = new Int32Array(0)

/** Compiles HarfBuzz's WebAssembly, which takes some 20 ms: call it early and await it late. */
export async function loadShaper(): Promise<Shaper> {
  const hb = await import('harfbuzzjs')
  const fonts = new Map<Font, HarfBuzzFont>()
  const features = new Map<Font, ReadonlySet<string>>()
  const functions = new Map<Font, Map<string, ShapeFunction>>()
  const fontOf = (font: Font): HarfBuzzFont => {
    let made = fonts.get(font)
    if (!made) {
      made = new hb.Font(new hb.Face(new hb.Blob(font.data)))
      fonts.set(font, made)
    }
    return made
  }
  return {
    forStyle(style) {
      const styles = functions.get(style.font) ?? new Map<string, ShapeFunction>()
      functions.set(style.font, styles)
      const key = `${style.script} ${style.rightToLeft} ${style.language} ${style.features.map(({ tag, value }) => `${tag}=${value}`).join(' ')}`
      const made = styles.get(key)
      if (made) return made
      const font = fontOf(style.font)
      const list = style.features.map(({ tag, value }) => new hb.Feature(tag, value))
      const known = new Map<string, ShapedText>()
      const shape: ShapeFunction = (text) => {
        let shaped = known.get(text)
        if (!shaped) {
          const buffer = new hb.Buffer()
          buffer.addText(text)
          buffer.setDirection(style.rightToLeft ? hb.Direction.RTL : hb.Direction.LTR)
          buffer.setScript(style.script)
          if (style.language !== '') buffer.setLanguage(style.language)
          hb.shape(font, buffer, list)
          shaped = readBuffer(buffer)
          known.set(text, shaped)
        }
        return shaped
      }
      styles.set(key, shape)
      return shape
    },
    hasFeature(font, tag) {
      let tags = features.get(font)
      if (!tags) {
        tags = new Set(new hb.Face(new hb.Blob(font.data)).getTableFeatureTags('GSUB'))
        features.set(font, tags)
      }
      return tags.has(tag)
    },
  }
}

function readBuffer(buffer: HarfBuzzBuffer): ShapedText {
  const infos = buffer.getGlyphInfos()
  const positions = buffer.getGlyphPositions()
  const count = infos.length
  const glyphs = new Uint16Array(count)
  const advances = new Int32Array(count)
  const clusters = new Uint32Array(count)
  let offsetsX = empty
  let offsetsY = empty
  let complex = false
  for (let index = 0; index < count; index++) {
    const info = infos[index] as (typeof infos)[number]
    const position = positions[index] as (typeof positions)[number]
    glyphs[index] = info.codepoint
    advances[index] = position.xAdvance
    clusters[index] = info.cluster
    if (index > 0 && info.cluster <= (clusters[index - 1] as number)) complex = true
    if (position.xOffset !== 0 || position.yOffset !== 0) {
      if (offsetsX.length === 0) {
        offsetsX = new Int32Array(count)
        offsetsY = new Int32Array(count)
      }
      offsetsX[index] = position.xOffset
      offsetsY[index] = position.yOffset
    }
  }
  return { glyphs, advances, offsetsX, offsetsY, clusters, complex }
}
