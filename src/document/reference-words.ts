/**
 * The words of cross-reference labels by language. In: a BCP 47 tag. Out: words, English where the language has none.
 */

export interface ReferenceWords {
  readonly section: string
  readonly appendix: string
  readonly figure: string
  readonly table: string
  readonly paragraph: string
  readonly agenda: string
}

const english: ReferenceWords = {
  section: 'Section',
  appendix: 'Appendix',
  figure: 'Figure',
  table: 'Table',
  paragraph: 'Paragraph',
  agenda: 'Agenda',
}

const byLanguage: Readonly<Record<string, ReferenceWords>> = {
  en: english,
  fr: { section: 'Section', appendix: 'Annexe', figure: 'Figure', table: 'Tableau', paragraph: 'Paragraphe', agenda: 'Plan' },
  de: { section: 'Abschnitt', appendix: 'Anhang', figure: 'Abbildung', table: 'Tabelle', paragraph: 'Absatz', agenda: 'Inhalt' },
  es: { section: 'Sección', appendix: 'Anexo', figure: 'Figura', table: 'Tabla', paragraph: 'Párrafo', agenda: 'Agenda' },
  km: { section: 'ផ្នែក', appendix: 'ឧបសម្ព័ន្ធ', figure: 'រូបភាព', table: 'តារាង', paragraph: 'កថាខណ្ឌ', agenda: 'របៀបវារៈ' },
  lo: { section: 'ພາກ', appendix: 'ເອກະສານຊ້ອນທ້າຍ', figure: 'ຮູບ', table: 'ຕາຕະລາງ', paragraph: 'ຫຍໍ້ໜ້າ', agenda: 'ວາລະ' },
  th: { section: 'หัวข้อ', appendix: 'ภาคผนวก', figure: 'ภาพที่', table: 'ตารางที่', paragraph: 'ย่อหน้า', agenda: 'วาระ' },
  vi: { section: 'Mục', appendix: 'Phụ lục', figure: 'Hình', table: 'Bảng', paragraph: 'Đoạn', agenda: 'Nội dung' },
  zh: { section: '章节', appendix: '附录', figure: '图', table: '表', paragraph: '段', agenda: '议程' },
  'zh-hant': { section: '章節', appendix: '附錄', figure: '圖', table: '表', paragraph: '段', agenda: '議程' },
  ja: { section: '節', appendix: '付録', figure: '図', table: '表', paragraph: '段落', agenda: '議題' },
  ar: { section: 'القسم', appendix: 'الملحق', figure: 'الشكل', table: 'الجدول', paragraph: 'الفقرة', agenda: 'جدول الأعمال' },
}

/** The words for a language, by its primary subtag; Chinese in traditional characters has its own. */
export function referenceWords(lang: string): ReferenceWords {
  return byLanguage[wordsKey(lang)] ?? english
}

/** The key of a language in tables of words: its primary subtag, or `zh-hant`. */
export function wordsKey(lang: string): string {
  const [language = '', ...subtags] = lang.toLowerCase().split('-')
  const traditional = language === 'zh' && !subtags.includes('hans') && subtags.some((subtag) => /^(hant|tw|hk|mo)$/.test(subtag))
  return traditional ? 'zh-hant' : language
}
