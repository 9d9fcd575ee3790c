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
  es: { section: 'Sección', appendix: 'Apéndice', figure: 'Figura', table: 'Tabla', paragraph: 'Párrafo', agenda: 'Agenda' },
  km: { section: 'ផ្នែក', appendix: 'ឧបសម្ព័ន្ធ', figure: 'រូបភាព', table: 'តារាង', paragraph: 'កថាខណ្ឌ', agenda: 'របៀបវារៈ' },
  lo: { section: 'ພາກ', appendix: 'ເອກະສານຊ້ອນທ້າຍ', figure: 'ຮູບ', table: 'ຕາຕະລາງ', paragraph: 'ຫຍໍ້ໜ້າ', agenda: 'ວາລະ' },
}

/** The words for a language, by its primary subtag. */
export function referenceWords(lang: string): ReferenceWords {
  return byLanguage[lang.toLowerCase().split('-')[0] ?? ''] ?? english
}
