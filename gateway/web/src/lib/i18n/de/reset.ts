// A link for a forgotten password.
import type { reset as words } from '../en/reset'
import type { DictionaryOf } from '../dictionary'

export const reset: DictionaryOf<typeof words> = {
  'reset.title': 'Neues Passwort wählen',
  'reset.for': 'Für {email}. Dieser Link gilt einmal, bis {time}.',
  'reset.again': 'Neues Passwort noch einmal',
  'reset.mismatch': 'Die beiden Passwörter unterscheiden sich.',
  'reset.submit': 'Passwort setzen',
  'reset.busy': 'Wird gesetzt',
  'reset.done': 'Ihr neues Passwort ist gesetzt, und Sie sind angemeldet.',
  'reset.over': 'Dieser Link ist nicht mehr offen',
  'reset.overText': 'Er wurde benutzt, durch einen neueren ersetzt oder ist älter als eine Stunde. Bitten Sie Ihren Administrator um einen neuen.',
}
