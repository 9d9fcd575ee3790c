/**
 * Every word that the documents say by themselves, by language. In: a BCP 47 tag. Out: one table of words.
 * A language that is not here gets the English words.
 */
import { numberingSystemOf } from '../document/digits.js'
import { type ReferenceWords, referenceWords, wordsKey } from '../document/reference-words.js'
import { arabic } from './labels-arabic.js'
import { eastAsian } from './labels-east-asian.js'
import { southeastAsian } from './labels-southeast-asian.js'

/** The words of a language, but for those of references, which document/ has. */
export interface OwnLabels {
  readonly brief: string
  readonly report: string
  readonly slides: string
  readonly contents: string
  readonly summary: string
  readonly keyPoints: string
  readonly appendices: string
  readonly notes: string
  readonly noteNumber: string
  readonly backToText: string
  readonly source: string
  readonly fullReport: string
  readonly reference: string
  readonly version: string
  /** As it stands inside a line, such as `version 1.2`. */
  readonly versionInline: string
  readonly status: string
  readonly date: string
  readonly authors: string
  readonly originator: string
  readonly distribution: string
  readonly marking: string
  readonly contact: string
  readonly keywords: string
  readonly page: string
  /** `{page}` is the page's number, `{pages}` how many there are. */
  readonly pageNumber: string
  readonly slide: string
  readonly speakerNotes: string
  readonly nextSlide: string
  readonly endOfDeck: string
  readonly overview: string
  readonly note: string
  readonly tip: string
  readonly important: string
  readonly warning: string
  readonly caution: string
  readonly done: string
  readonly open: string
  readonly skip: string
  /** Across every page of a draft. */
  readonly draft: string
  /** Followed by a date. */
  readonly embargoedUntil: string
  readonly continues: string
  readonly continued: string
  /** Followed by a number. */
  readonly copy: string
  readonly qrCode: string
  readonly references: string
  readonly abbreviations: string
  readonly glossary: string
  readonly listOfFigures: string
  readonly listOfTables: string
  readonly versionHistory: string
  readonly author: string
  readonly changes: string
  /** `{page}` is the page's number. */
  readonly onPage: string
  readonly attached: string
  readonly unsubscribe: string
}

/** All words, those of references among them. */
export type Labels = OwnLabels & ReferenceWords

const en: OwnLabels = {
  brief: 'Brief',
  report: 'Report',
  slides: 'Briefing',
  contents: 'Contents',
  summary: 'Summary',
  keyPoints: 'Key points',
  appendices: 'Appendices',
  notes: 'Notes',
  noteNumber: 'Note',
  backToText: 'Back to the text',
  source: 'Source',
  fullReport: 'Full report',
  reference: 'Reference',
  version: 'Version',
  versionInline: 'version',
  status: 'Status',
  date: 'Date',
  authors: 'Authors',
  originator: 'Originator',
  distribution: 'Distribution',
  marking: 'Marking',
  contact: 'Contact',
  keywords: 'Keywords',
  page: 'Page',
  pageNumber: 'Page {page} of {pages}',
  slide: 'Slide',
  speakerNotes: 'Speaker notes',
  nextSlide: 'Next',
  endOfDeck: 'End',
  overview: 'Overview',
  note: 'Note',
  tip: 'Tip',
  important: 'Important',
  warning: 'Warning',
  caution: 'Caution',
  done: 'done',
  open: 'open',
  skip: 'Skip to the text',
  draft: 'Draft',
  embargoedUntil: 'Embargoed until',
  continues: 'Continues on the next page',
  continued: 'continued',
  copy: 'Copy',
  qrCode: 'QR code',
  references: 'References',
  abbreviations: 'Abbreviations',
  glossary: 'Glossary',
  listOfFigures: 'Figures',
  listOfTables: 'Tables',
  versionHistory: 'Version history',
  author: 'Author',
  changes: 'Changes',
  onPage: 'on page {page}',
  attached: 'Attached',
  unsubscribe: 'Unsubscribe',
}

const fr: OwnLabels = {
  brief: 'Note',
  report: 'Rapport',
  slides: 'Exposé',
  contents: 'Table des matières',
  summary: 'Résumé',
  keyPoints: 'Points clés',
  appendices: 'Annexes',
  notes: 'Notes',
  noteNumber: 'Note',
  backToText: 'Retour au texte',
  source: 'Source',
  fullReport: 'Rapport complet',
  reference: 'Référence',
  version: 'Version',
  versionInline: 'version',
  status: 'État',
  date: 'Date',
  authors: 'Auteurs',
  originator: 'Émetteur',
  distribution: 'Diffusion',
  marking: 'Mention',
  contact: 'Contact',
  keywords: 'Mots-clés',
  page: 'Page',
  pageNumber: 'Page {page} sur {pages}',
  slide: 'Diapositive',
  speakerNotes: 'Notes de l’orateur',
  nextSlide: 'Suivante',
  endOfDeck: 'Fin',
  overview: 'Vue d’ensemble',
  note: 'Remarque',
  tip: 'Conseil',
  important: 'Important',
  warning: 'Avertissement',
  caution: 'Attention',
  done: 'fait',
  open: 'à faire',
  skip: 'Aller au texte',
  draft: 'Projet',
  embargoedUntil: 'Sous embargo jusqu’au',
  continues: 'Suite à la page suivante',
  continued: 'suite',
  copy: 'Exemplaire',
  qrCode: 'Code QR',
  references: 'Références',
  abbreviations: 'Abréviations',
  glossary: 'Glossaire',
  listOfFigures: 'Liste des figures',
  listOfTables: 'Liste des tableaux',
  versionHistory: 'Historique des versions',
  author: 'Auteur',
  changes: 'Modifications',
  onPage: 'à la page {page}',
  attached: 'Pièces jointes',
  unsubscribe: 'Se désabonner',
}

const de: OwnLabels = {
  brief: 'Kurzbericht',
  report: 'Bericht',
  slides: 'Vortrag',
  contents: 'Inhalt',
  summary: 'Zusammenfassung',
  keyPoints: 'Kernpunkte',
  appendices: 'Anhänge',
  notes: 'Anmerkungen',
  noteNumber: 'Anmerkung',
  backToText: 'Zurück zum Text',
  source: 'Quelle',
  fullReport: 'Vollständiger Bericht',
  reference: 'Zeichen',
  version: 'Fassung',
  versionInline: 'Fassung',
  status: 'Stand',
  date: 'Datum',
  authors: 'Verfasser',
  originator: 'Herausgeber',
  distribution: 'Verteiler',
  marking: 'Einstufung',
  contact: 'Kontakt',
  keywords: 'Schlagwörter',
  page: 'Seite',
  pageNumber: 'Seite {page} von {pages}',
  slide: 'Folie',
  speakerNotes: 'Vortragsnotizen',
  nextSlide: 'Nächste',
  endOfDeck: 'Ende',
  overview: 'Übersicht',
  note: 'Hinweis',
  tip: 'Tipp',
  important: 'Wichtig',
  warning: 'Warnung',
  caution: 'Vorsicht',
  done: 'erledigt',
  open: 'offen',
  skip: 'Zum Text springen',
  draft: 'Entwurf',
  embargoedUntil: 'Sperrfrist bis',
  continues: 'Fortsetzung auf der nächsten Seite',
  continued: 'Fortsetzung',
  copy: 'Ausfertigung',
  qrCode: 'QR-Code',
  references: 'Literatur',
  abbreviations: 'Abkürzungen',
  glossary: 'Glossar',
  listOfFigures: 'Abbildungsverzeichnis',
  listOfTables: 'Tabellenverzeichnis',
  versionHistory: 'Fassungen',
  author: 'Verfasser',
  changes: 'Änderungen',
  onPage: 'auf Seite {page}',
  attached: 'Anlagen',
  unsubscribe: 'Abbestellen',
}

const es: OwnLabels = {
  brief: 'Nota',
  report: 'Informe',
  slides: 'Presentación',
  contents: 'Índice',
  summary: 'Resumen',
  keyPoints: 'Puntos clave',
  appendices: 'Anexos',
  notes: 'Notas',
  noteNumber: 'Nota',
  backToText: 'Volver al texto',
  source: 'Fuente',
  fullReport: 'Informe completo',
  reference: 'Referencia',
  version: 'Versión',
  versionInline: 'versión',
  status: 'Estado',
  date: 'Fecha',
  authors: 'Autores',
  originator: 'Emisor',
  distribution: 'Distribución',
  marking: 'Clasificación',
  contact: 'Contacto',
  keywords: 'Palabras clave',
  page: 'Página',
  pageNumber: 'Página {page} de {pages}',
  slide: 'Diapositiva',
  speakerNotes: 'Notas del orador',
  nextSlide: 'Siguiente',
  endOfDeck: 'Fin',
  overview: 'Vista general',
  note: 'Nota',
  tip: 'Consejo',
  important: 'Importante',
  warning: 'Aviso',
  caution: 'Precaución',
  done: 'hecho',
  open: 'pendiente',
  skip: 'Ir al texto',
  draft: 'Borrador',
  embargoedUntil: 'Con embargo hasta',
  continues: 'Continúa en la página siguiente',
  continued: 'continuación',
  copy: 'Ejemplar',
  qrCode: 'Código QR',
  references: 'Referencias',
  abbreviations: 'Abreviaturas',
  glossary: 'Glosario',
  listOfFigures: 'Índice de figuras',
  listOfTables: 'Índice de tablas',
  versionHistory: 'Historial de versiones',
  author: 'Autor',
  changes: 'Cambios',
  onPage: 'en la página {page}',
  attached: 'Adjuntos',
  unsubscribe: 'Darse de baja',
}

const tables: Readonly<Record<string, OwnLabels>> = { en, fr, de, es, ...southeastAsian, ...eastAsian, ...arabic }

/** The languages that have words of their own, as keys in lower case; `zh-hant` is Chinese in traditional characters. */
export const labelLanguages: readonly string[] = Object.keys(tables)

/** The words for a language tag such as `fr` or `de-AT`; English where the language has no table. */
export function labelsFor(lang: string): Labels {
  return { ...(tables[wordsKey(lang)] ?? en), ...referenceWords(lang) }
}

const isoDate = /^(\d{4})-(\d{2})-(\d{2})$/

/**
 * `2026-05-14` as `14 May 2026` in the document's language, its usual calendar (the Buddhist era in Thai) and digits; any other text, and
 * a day no calendar has, as it stands.
 */
export function formatDate(date: string, lang: string): string {
  const match = isoDate.exec(date)
  if (!match) return date
  const time = new Date(`${date}T00:00:00Z`)
  if (Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== date) return date
  // Plain `en` would put the month first, as in the United States.
  const locale = supported(lang.toLowerCase() === 'en' ? 'en-GB' : lang)
  const numberingSystem = numberingSystemOf(locale)
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC', numberingSystem }).format(time)
}

/** A date with what follows it, such as a time: `2026-05-03 14:00 UTC` as `3 May 2026, 14:00 UTC`. */
export function formatMoment(moment: string, lang: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T\s]+(\S.*))?$/.exec(moment)
  if (!match?.[1]) return moment
  const date = formatDate(match[1], lang)
  return match[2] === undefined ? date : `${date}, ${match[2]}`
}

function supported(locale: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0 ? locale : 'en-GB'
  } catch {
    return 'en-GB'
  }
}
