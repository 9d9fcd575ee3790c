import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { briefpress, hasFile, hasTool, temporaryFolder } from '../tools.js'

const fonts = '/usr/share/fonts/truetype/noto'
const available =
  hasTool('pdftotext') && hasFile(join(fonts, 'NotoSansArabic-Regular.ttf')) && hasFile(join(fonts, 'NotoSerifHebrew-Regular.ttf'))

const body = (lang: string, words: Readonly<Record<string, string>>) => `---
title: ${words.title}
lang: ${lang}
reference: CL-7/R
originator: ${words.office}
numberSections: true
---

## ${words.one}

${`${words.sentence} `.repeat(12)}[^n]

- ${words.point}

> ${words.quote}

| ${words.name} | ${words.share} |
| --- | --: |
| ${words.point} | 12 |

: ${words.table} {#tbl-a}

## ${words.two}

${words.sentence}

### ${words.share}

${words.sentence}

[^n]: ${words.note}
`

interface Word {
  readonly page: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly text: string
}

/** Letters of a word as they are read; poppler gives them as they stand on the page, from left to right. */
const inReadingOrder = (text: string): string => (/[\u0590-\u06ff]/.test(text) ? [...text].reverse().join('') : text)

function wordsOf(pdf: string): readonly Word[] {
  const xml = execFileSync('pdftotext', ['-bbox', pdf, '-'], { encoding: 'utf8' })
  return xml.split('<page ').flatMap((page, index) =>
    Array.from(page.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)</g), (match) => ({
      page: index,
      left: Number(match[1]),
      top: Number(match[2]),
      right: Number(match[3]),
      text: inReadingOrder(match[4] as string),
    })),
  )
}

describe.skipIf(!available)('documents from right to left', () => {
  const out = temporaryFolder()
  const hebrew = {
    title: 'דוח',
    office: 'משרד',
    one: 'ראשון',
    two: 'שני',
    sentence: 'גבול שקט תומך במסחר ובביטחון של שני הצדדים.',
    point: 'נקודה',
    quote: 'ציטוט',
    name: 'שם',
    share: 'חלק',
    table: 'טבלה',
    note: 'הערה',
  }
  const arabic = {
    title: 'تقرير',
    office: 'مكتب',
    one: 'الأول',
    two: 'الثاني',
    sentence: 'حدود هادئة تدعم التجارة والأمن.',
    point: 'نقطة',
    quote: 'اقتباس',
    name: 'اسم',
    share: 'حصة',
    table: 'جدول',
    note: 'حاشية',
  }
  beforeAll(() => {
    writeFileSync(join(out, 'he.md'), body('he', hebrew))
    writeFileSync(join(out, 'ar.md'), body('ar-EG', arabic))
    for (const name of ['he', 'ar'])
      briefpress(['build', join(out, `${name}.md`), '--formats', 'pdf,html', '--out', out, '--fonts', fonts, '--quiet'])
  })

  test('the report mirrors: numbers hang at the right, pages are counted at the left', () => {
    const words = wordsOf(join(out, 'he-report.pdf')).filter(({ page }) => page === 2)
    const heading = words.find(({ text, top }) => text === hebrew.one && top > 70) as Word
    const number = words.find(({ text, top }) => text === '1' && Math.abs(top - heading.top) < 8) as Word
    expect(number.left).toBeGreaterThan(heading.right)
    const folio = words.filter(({ top }) => top > 740)
    expect(Math.max(...folio.filter(({ text }) => /^[12]$/.test(text)).map(({ right }) => right))).toBeLessThan(200)
  })

  test('lists, quotations and tables begin at the right', () => {
    const words = wordsOf(join(out, 'he-report.pdf')).filter(({ page }) => page === 2)
    const edge = Math.max(...words.filter(({ text }) => text === 'גבול').map(({ right }) => right))
    const item = words.find(({ text }) => text === hebrew.point) as Word
    const quote = words.find(({ text }) => text === hebrew.quote) as Word
    for (const { right } of [item, quote]) {
      expect(right).toBeLessThan(edge - 5)
      expect(right).toBeGreaterThan(edge - 30)
    }
    const name = words.find(({ text }) => text === hebrew.name) as Word
    const share = words.find(({ text }) => text === hebrew.share) as Word
    expect(Math.abs(name.right - edge)).toBeLessThan(3)
    expect(share.right).toBeLessThan(name.left)
  })

  test('contents have their page numbers at the left edge, in the digits of the language', () => {
    const words = wordsOf(join(out, 'ar-report.pdf')).filter(({ page }) => page === 1)
    const numbers = words.filter(({ text }) => /[٠-٩]/.test(text))
    expect(numbers.length).toBeGreaterThan(2)
    expect(Math.min(...numbers.map(({ left }) => left))).toBeLessThan(115)
  })

  test('slides count at the left foot and name the deck at the right', () => {
    const words = wordsOf(join(out, 'he-slides.pdf')).filter(({ page }) => page === 2)
    const foot = words.filter(({ top }) => top > 480)
    expect((foot.find(({ text }) => text === '2') as Word).right).toBeLessThan(100)
    expect((foot.find(({ text }) => text === hebrew.title) as Word).right).toBeGreaterThan(880)
  })
})
