/**
 * The words of the deck's script by language: what its buttons, its help and its presenter's window say. In: the document's labels and
 * its BCP 47 tag. Out: one flat table for templates/slides/deck.js; English where the language has none.
 */
import type { Labels } from './labels.js'

interface DeckWords {
  readonly previous: string
  readonly ends: string
  readonly presenter: string
  readonly fullScreen: string
  readonly printNotes: string
  readonly keys: string
  readonly close: string
  readonly controls: string
  readonly restart: string
  readonly noWindow: string
  readonly noFullScreen: string
}

const english: DeckWords = {
  previous: 'Previous',
  ends: 'First and last slide',
  presenter: 'Presenter view',
  fullScreen: 'Full screen',
  printNotes: 'Print slides with notes',
  keys: 'Keys',
  close: 'Close',
  controls: 'Slide controls',
  restart: 'Time gone; start again from zero',
  noWindow: 'The browser did not let the presenter’s window open.',
  noFullScreen: 'The browser did not allow full screen.',
}

const byLanguage: Readonly<Record<string, DeckWords>> = {
  en: english,
  fr: {
    previous: 'Précédente',
    ends: 'Première et dernière diapositive',
    presenter: 'Vue du présentateur',
    fullScreen: 'Plein écran',
    printNotes: 'Imprimer les diapositives avec les notes',
    keys: 'Touches',
    close: 'Fermer',
    controls: 'Commandes du diaporama',
    restart: 'Temps écoulé ; repartir de zéro',
    noWindow: 'Le navigateur n’a pas ouvert la fenêtre du présentateur.',
    noFullScreen: 'Le navigateur n’a pas permis le plein écran.',
  },
  de: {
    previous: 'Zurück',
    ends: 'Erste und letzte Folie',
    presenter: 'Referentenansicht',
    fullScreen: 'Vollbild',
    printNotes: 'Folien mit Notizen drucken',
    keys: 'Tasten',
    close: 'Schließen',
    controls: 'Steuerung der Folien',
    restart: 'Verstrichene Zeit; von vorn beginnen',
    noWindow: 'Der Browser hat das Fenster des Referenten nicht geöffnet.',
    noFullScreen: 'Der Browser hat das Vollbild nicht erlaubt.',
  },
  es: {
    previous: 'Anterior',
    ends: 'Primera y última diapositiva',
    presenter: 'Vista del orador',
    fullScreen: 'Pantalla completa',
    printNotes: 'Imprimir las diapositivas con notas',
    keys: 'Teclas',
    close: 'Cerrar',
    controls: 'Controles de la presentación',
    restart: 'Tiempo transcurrido; empezar de cero',
    noWindow: 'El navegador no ha abierto la ventana del orador.',
    noFullScreen: 'El navegador no ha permitido la pantalla completa.',
  },
}

/** All that the script says. */
export function deckWords(labels: Labels, lang: string): Readonly<Record<string, string>> {
  const own = byLanguage[lang.toLowerCase().split('-')[0] ?? ''] ?? english
  return {
    ...own,
    slide: labels.slide,
    notes: labels.speakerNotes,
    next: labels.nextSlide,
    end: labels.endOfDeck,
    overview: labels.overview,
  }
}
