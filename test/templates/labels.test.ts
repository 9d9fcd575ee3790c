import { describe, expect, test } from 'vitest'
import { formatDate, labelLanguages, labelsFor } from '../../src/templates/labels.js'

describe('labels', () => {
  test('eleven languages and Chinese in two kinds of characters have words of their own', () => {
    expect([...labelLanguages].sort()).toEqual(['ar', 'de', 'en', 'es', 'fr', 'ja', 'km', 'lo', 'th', 'vi', 'zh', 'zh-hant'])
    const contents = labelLanguages.map((lang) => labelsFor(lang).contents)
    expect(new Set(contents).size).toBe(labelLanguages.length)
  })

  test('no word is empty, and patterns keep their places', () => {
    for (const lang of labelLanguages) {
      const labels = labelsFor(lang)
      for (const [name, word] of Object.entries(labels)) expect(word.trim(), `${lang} ${name}`).not.toBe('')
      expect(labels.pageNumber, lang).toMatch(/\{page\}/)
      expect(labels.pageNumber, lang).toMatch(/\{pages\}/)
    }
  })

  test('a tag finds its words by language, Chinese by its characters too, and English stands in', () => {
    expect(labelsFor('de-AT').contents).toBe('Inhalt')
    expect(labelsFor('zh-TW').contents).toBe('目錄')
    expect(labelsFor('zh-Hans-HK').contents).toBe('目录')
    expect(labelsFor('eo').contents).toBe('Contents')
    expect(labelsFor('ar').figure).toBe('الشكل')
  })

  test('dates in the language, its calendar and its digits', () => {
    const written = (lang: string) => formatDate('2026-05-14', lang)
    expect(written('en')).toBe('14 May 2026')
    expect(written('fr')).toBe('14 mai 2026')
    expect(written('km')).toBe('១៤ ឧសភា ២០២៦')
    expect(written('th')).toBe('14 พฤษภาคม 2569')
    expect(written('ja')).toBe('2026年5月14日')
    expect(written('ar-EG')).toBe('١٤ مايو ٢٠٢٦')
    expect(formatDate('2026-02-30', 'km')).toBe('2026-02-30')
  })
})
