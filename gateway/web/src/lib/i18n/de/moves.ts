// Moves between stages.
import type { moves as words } from '../en/moves'
import type { DictionaryOf } from '../dictionary'

export const moves: DictionaryOf<typeof words> = {
  'gate.title': 'Phase von {name} ändern',
  'gate.now': 'Jetzt in {stage}',
  'gate.choose': 'Wählen Sie eine Phase.',
  'gate.here': 'jetzt',
  'gate.suggested': 'wo er vorher war',
  'gate.end': 'verlorene Kunden',
  'gate.side': 'neben dem Hauptweg',
  'gate.note': 'Notiz',
  'gate.reason': 'Grund',
  'gate.reasonMissing': 'Schreiben Sie, warum der Kunde verloren ging.',
  'gate.moveTo': 'Nach {stage} verschieben',
  'gate.moved': '{name} von {from} nach {to} verschoben',
  'gate.change': 'Phase ändern',
  'gate.lostOn': 'Verloren am',
  'gate.lostNote': '{reason} (verloren am {day})',
  'gate.notUndone': 'Nicht zurückgenommen: {message}',
  'gate.held': { one: '{n} Meilenstein ist offen in {stage}', other: '{n} Meilensteine sind offen in {stage}' },
  'gate.heldText': '{name} bleibt in {stage}, bis jeder erledigt oder erlassen ist.',
  'gate.left': '{n} offen',
  'gate.waive': 'Erlassen',
  'gate.waiveReason': 'Grund für den Erlass: {title}',
  'gate.waiveHint': 'Warum es darauf nicht ankommt',
  'mile.late': '{n} T zu spät',
}
