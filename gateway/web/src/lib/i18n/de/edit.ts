// What the editor of a value in its place says.
import type { edit as words } from '../en/edit'
import type { DictionaryOf } from '../dictionary'

export const edit: DictionaryOf<typeof words> = {
  'edit.yes': 'Ja',
  'edit.no': 'Nein',
  'edit.change': 'Ändern: {field}',
  'edit.save': 'Speichern: {field}',
  'edit.cancel': 'So lassen: {field}',
  'edit.saved': '{field} gespeichert',
  'edit.notSaved': '{field} wurde nicht geändert: {message}',
  'edit.someone': 'Jemand',
  'fault.number': 'Geben Sie eine Zahl ein.',
  'fault.percent': 'Geben Sie eine Zahl von 0 bis 100 ein.',
  'fault.date': 'Geben Sie ein Datum ein.',
  'fault.url': 'Geben Sie eine Adresse ein, die mit https:// beginnt',
  'fault.required': 'Dieses Feld braucht einen Wert.',
  'fault.json': 'Das ist kein gültiges JSON.',
}
