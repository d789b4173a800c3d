// What the drawer of one account says, beside any page.
import type { peek as words } from '../en/peek'
import type { DictionaryOf } from '../dictionary'

export const peek: DictionaryOf<typeof words> = {
  'peek.title': 'Kunde',
  'peek.at': '{name} ansehen',
  'peek.open': 'Kunden öffnen',
  'peek.next': 'Nächster Kunde',
  'peek.previous': 'Voriger Kunde',
  'peek.why': 'Warum diese Wertung',
  'peek.facts': 'Fakten',
  'peek.events': 'Letzte Ereignisse',
  'peek.noEvents': 'Noch ist nichts geschehen.',
  'peek.noScore': 'Noch keine Wertung: senden Sie seine Nutzung.',
  'peek.parent': 'Teil von',
  'peek.touch': 'Letzter Kontakt',
  'peek.never': 'Nie',
  'peek.contact': 'Ansprechpartner',
  'peek.override': 'Von Hand gesetzt: {reason}',
  'peek.stale': 'Nutzungsdaten bleiben aus; die Wertung steht still.',
  'peek.sentence': '{score} von 100 Punkten; der größte Gewinn bringt {gain}',
  'peek.level': 'wie viel das Produkt genutzt wird',
  'peek.trend': 'weniger Nutzung als üblich',
  'peek.gain': 'durch {component}, der größte Gewinn',
  'peek.missing': 'Nicht gefunden, oder kein Zugriff',
  'peek.missingText': 'Es gibt diesen Kunden nicht, oder Sie dürfen ihn nicht sehen.',
}
