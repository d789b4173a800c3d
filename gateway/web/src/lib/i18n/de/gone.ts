// Accounts that are deleted or merged, and what still names something that is gone.
import type { gone as words } from '../en/gone'
import type { DictionaryOf } from '../dictionary'

export const gone: DictionaryOf<typeof words> = {
  'gone.delete': 'Kunden löschen',
  'gone.deleteTitle': '{name} löschen?',
  'gone.deleteText': 'Der Kunde wird sofort und endgültig gelöscht.',
  'gone.with': 'Mit ihm gehen {parts}.',
  'gone.alone': 'Sonst ist nichts über ihn bekannt.',
  'gone.contacts': { one: '{n} Kontakt', other: '{n} Kontakte' },
  'gone.activities': { one: '{n} Aktivität oder Aufgabe', other: '{n} Aktivitäten und Aufgaben' },
  'gone.usage': { one: '{n} Zeile Nutzung', other: '{n} Zeilen Nutzung' },
  'gone.scores': { one: '{n} Wertung', other: '{n} Wertungen' },
  'gone.stays': 'Es bleiben: sein ARR in den Summen der Vergangenheit und sein Name in den Läufen und Zustellungen der Playbooks.',
  'gone.isParent': { one: '{n} Kunde steht darunter. Löschen oder verschieben Sie zuerst diesen.', other: '{n} Kunden stehen darunter. Löschen oder verschieben Sie zuerst diese.' },
  'gone.toFamily': 'Familie zeigen',
  'gone.reason': 'Grund',
  'gone.reasonHint': 'Das Änderungsprotokoll bewahrt ihn auf.',
  'gone.reasonMissing': 'Sagen Sie, warum der Kunde gelöscht wird.',
  'gone.submit': 'Kunden löschen',
  'gone.deleted': '{name} wurde gelöscht.',
  'gone.namedBy': { one: '{n} Stelle nennt das noch und sollte geändert werden:', other: '{n} Stellen nennen das noch und sollten geändert werden:' },
  'gone.namedMore': { one: 'und {n} weitere', other: 'und {n} weitere' },
  'goneKind.saved_view': 'Ansicht',
  'goneKind.playbook': 'Playbook',
  'goneKind.cap': 'Obergrenze des Health-Modells',
  'goneKind.milestone': 'Meilenstein',
  'goneKind.unnamed': 'ohne Namen',
}
