// The page of all parts and states.
import type { parts as words } from '../en/parts'
import type { DictionaryOf } from '../dictionary'

export const parts: DictionaryOf<typeof words> = {
  'parts.title': 'Teile und Zustände',
  'parts.health': 'Zustand: Form, Zahl, Wort',
  'parts.controls': 'Bedienelemente',
  'parts.primary': 'Haupt',
  'parts.outline': 'Umriss',
  'parts.ghost': 'Leise',
  'parts.busy': 'Läuft',
  'parts.disabled': 'Gesperrt',
  'parts.some': 'Einige',
  'parts.rows': 'Zeilen: schwere Fälle',
  'parts.longName': 'Ein langer Name im Kopf',
  'parts.loading': 'Laden',
  'parts.forbidden': 'Kein Recht',
  'parts.notes': 'Hinweise',
  'parts.toasts': 'Meldungen',
  'parts.toast': 'Meldung zeigen',
  'parts.failure': 'Fehler zeigen',
  'parts.layers': 'Ebenen',
  'parts.menu': 'Menü',
  'parts.dialog': 'Dialog',
  'parts.drawer': 'Schublade',
  'parts.small': 'Kleine Diagramme',
  'parts.conflict': 'Konflikt',
  'parts.edit': 'Bearbeiten an Ort und Stelle, Reiter',
  'parts.board': 'Tafel',
  'parts.boardKeys': 'Leertaste nimmt auf und legt ab, die Pfeile wählen eine Spalte, Escape legt zurück.',
  'parts.boardGrip': '{name} verschieben',
  'parts.tabs': 'Reiter',
}
