/** Text in many scripts: each line shaped as hb-shape shapes it, and copied out of the PDF as it was written. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { createFontCollection } from '../../src/fonts/collection.js'
import { createFontFolders } from '../../src/fonts/folders.js'
import { createTypesetter, loadHyphenation, loadShaper } from '../../src/text/index.js'
import type { GlyphRun, Typesetter } from '../../src/text/paragraph.js'
import { briefpress, hasFile, hasTool, output } from '../tools.js'
import { fontFolder, prepare, textStyle } from './typesetter.js'

const system = '/usr/share/fonts/truetype'
const noto = `${system}/noto`

interface Sample {
  readonly language: string
  readonly script: string
  readonly family: string
  readonly file: string
  readonly text: string
  readonly rightToLeft?: boolean
}

const samples: readonly Sample[] = [
  {
    language: 'en',
    script: 'Latn',
    family: 'Noto Serif',
    file: `${noto}/NotoSerif-Regular.ttf`,
    text: 'The official affidavit: “AVATAR”, 1,300 offices & fjords.',
  },
  {
    language: 'vi',
    script: 'Latn',
    family: 'Noto Serif',
    file: `${noto}/NotoSerif-Regular.ttf`,
    text: 'Quan hệ hợp tác quốc phòng giữa hai nước',
  },
  {
    language: 'el',
    script: 'Grek',
    family: 'Noto Serif',
    file: `${noto}/NotoSerif-Regular.ttf`,
    text: 'Η συνεργασία των δύο χωρών στα σύνορα',
  },
  {
    language: 'ru',
    script: 'Cyrl',
    family: 'Noto Serif',
    file: `${noto}/NotoSerif-Regular.ttf`,
    text: 'Сотрудничество двух стран на границе',
  },
  {
    language: 'ar',
    script: 'Arab',
    family: 'Noto Naskh Arabic',
    file: `${noto}/NotoNaskhArabic-Regular.ttf`,
    text: 'التعاون بين البلدين على الحدود',
    rightToLeft: true,
  },
  {
    language: 'he',
    script: 'Hebr',
    family: 'Noto Serif Hebrew',
    file: `${noto}/NotoSerifHebrew-Regular.ttf`,
    text: 'שלום שיתוף הפעולה בין שתי המדינות',
    rightToLeft: true,
  },
  {
    language: 'hi',
    script: 'Deva',
    family: 'Noto Serif Devanagari',
    file: `${noto}/NotoSerifDevanagari-Regular.ttf`,
    text: 'सीमा पर दोनों देशों का सहयोग स्थिति',
  },
  {
    language: 'km',
    script: 'Khmr',
    family: 'Noto Serif Khmer',
    file: `${noto}/NotoSerifKhmer-Regular.ttf`,
    text: 'ព្រះរាជាណាចក្រកម្ពុជា កិច្ចសហប្រតិបត្តិការ',
  },
  {
    language: 'lo',
    script: 'Laoo',
    family: 'Noto Serif Lao',
    file: `${noto}/NotoSerifLao-Regular.ttf`,
    text: 'ສາທາລະນະລັດ ປະຊາທິປະໄຕ ປະຊາຊົນລາວ ນ້ຳ',
  },
  {
    language: 'th',
    script: 'Thai',
    family: 'Noto Serif Thai',
    file: `${noto}/NotoSerifThai-Regular.ttf`,
    text: 'ความร่วมมือระหว่างสองประเทศ น้ำท่วม',
  },
  {
    language: 'my',
    script: 'Mymr',
    family: 'Noto Serif Myanmar',
    file: `${noto}/NotoSerifMyanmar-Regular.ttf`,
    text: 'နှစ်နိုင်ငံ ပူးပေါင်းဆောင်ရွက်မှု',
  },
  {
    language: 'zh',
    script: 'Hani',
    family: 'Droid Sans Fallback',
    file: `${system}/droid/DroidSansFallbackFull.ttf`,
    text: '两国边境合作，和平与安全。',
  },
  {
    language: 'ja',
    script: 'Hira',
    family: 'Droid Sans Fallback',
    file: `${system}/droid/DroidSansFallbackFull.ttf`,
    text: '両国の国境協力「平和」と安全。',
  },
  {
    language: 'ko',
    script: 'Hang',
    family: 'NanumMyeongjo',
    file: `${system}/nanum/NanumMyeongjo.ttf`,
    text: '두 나라의 국경 협력과 평화',
  },
]

const atHand = samples.every(({ file }) => hasFile(file))

let typesetter: Typesetter
beforeAll(async () => {
  const fonts = createFontCollection({
    shippedFontFolder: fontFolder,
    fontFaces: [],
    readFile: (path) => readFileSync(path),
    report: () => undefined,
    folders: createFontFolders(existsSync(system) ? [system] : []),
  })
  typesetter = createTypesetter({ fonts, shaper: await loadShaper(), hyphenator: await loadHyphenation([]), report: () => undefined })
})

function runsOf({ text, language, family, rightToLeft }: Sample): readonly GlyphRun[] {
  const style = textStyle(
    `font-family: '${family}'; font-size: 1000px; direction: ${rightToLeft ? 'rtl' : 'ltr'}; white-space: pre`,
    language,
  )
  const paragraph = prepare(typesetter, text, style)
  const [line] = typesetter.breakLines(paragraph, 1e6)
  if (!line) throw new Error('no line')
  return typesetter.lineItems(paragraph, line, 1e6).flatMap((item) => (item.kind === 'run' ? [item.run] : []))
}

describe.skipIf(!atHand || !hasTool('hb-shape'))('shaping', () => {
  test.each(samples)('$language is shaped as hb-shape does it, glyph by glyph', (sample) => {
    const args = [`--font-file=${sample.file}`, '--no-glyph-names', '--no-clusters', `--language=${sample.language}`]
    args.push(`--direction=${sample.rightToLeft ? 'rtl' : 'ltr'}`, `--script=${sample.script}`, `--text=${sample.text}`)
    const shaped = output('hb-shape', args)
      .trim()
      .replace(/^\[|\]$/g, '')
    const expected = shaped.split('|').map((glyph) => {
      const [, id, x = '0', y = '0', advance] = /^(\d+)(?:@(-?\d+),(-?\d+))?\+(\d+)$/.exec(glyph) ?? []
      return { id: Number(id), x: Number(x), y: Number(y), advance: Number(advance) }
    })
    const runs = runsOf(sample)
    const units = runs[0]?.font.unitsPerEm ?? 1000
    const scale = units / 1000
    const found = runs.flatMap((run) =>
      Array.from(run.glyphs, (id, index) => ({
        id,
        x: Math.round((run.offsetsX[index] ?? 0) * scale),
        y: Math.round((run.offsetsY[index] ?? 0) * scale),
        advance: Math.round((run.advances[index] ?? 0) * scale),
      })),
    )
    expect(found).toEqual(expected)
  })
})

describe.skipIf(!atHand || !hasTool('pdftotext'))('text layer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'briefpress-scripts-'))
  const copied = (name: string, body: string, css = ''): string => {
    const html = join(folder, `${name}.html`)
    const pdf = join(folder, `${name}.pdf`)
    writeFileSync(
      html,
      `<!doctype html><html lang="en"><title>Scripts</title><style>p { margin: 0 0 10px; font-size: 20px } ${css}</style><body>${body}`,
    )
    const result = briefpress(['pdf', html, '-o', pdf, '--fonts', system, '--quiet'])
    expect(result.err).toBe('')
    // Order marks that pdftotext puts around right-to-left lines are no characters of the text.
    return output('pdftotext', ['-enc', 'UTF-8', pdf, '-']).replace(/[\u202a-\u202e\u200e\u200f]/g, '')
  }
  const lines = (text: string): string[] => text.split(/[\n\f]+/).filter((line) => line.trim() !== '')

  test('every script is copied as it was written', () => {
    const body = samples
      .map(
        ({ language, family, text, rightToLeft }) =>
          `<p lang="${language}" dir="${rightToLeft ? 'rtl' : 'ltr'}" style="font-family: '${family}'">${text}</p>`,
      )
      .join('')
    expect(lines(copied('all', body))).toEqual(samples.map(({ text }) => text.replace('&amp;', '&')))
  })

  test('ligatures, small capitals, capitals of text-transform, marks and emoji', () => {
    const body =
      '<p>office affluent fjord ﬁ</p><p class="caps">Small Capitals</p><p class="upper">Straße upper</p><p>e\u0301 ạ\u0302 x\u0327\u0301</p><p class="emoji">Peace ☮ and 🕊 and 👍🏽</p>'
    const css = '.caps { font-variant-caps: small-caps } .upper { text-transform: uppercase } .emoji { font-family: serif, Symbola }'
    expect(lines(copied('forms', body, css))).toEqual([
      'office affluent fjord ﬁ',
      'Small Capitals',
      'Straße upper',
      'e\u0301 ạ\u0302 x\u0327\u0301',
      'Peace ☮ and 🕊 and 👍🏽',
    ])
  })

  test('divided words are whole again', () => {
    const text = 'institutional responsibilities notwithstanding intergovernmental representatives'
    const found = copied('divided', `<p>${text}</p>`, 'p { width: 120px; hyphens: auto; text-align: justify; overflow-wrap: anywhere }')
    expect(found).toContain('\u00ad')
    expect(
      found
        .replace(/\u00ad\s*/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
    ).toBe(text)
  })
})
