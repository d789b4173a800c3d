// A change of how a person likes the pages: at once here, and kept with the person for their other browsers.
import { loadLanguage } from '@/lib/i18n'
import { applyPreferences, preferences, type Preferences } from '@/lib/preferences'
import { inTurn } from '@/lib/in-turn'
import { savePreferences } from './api'

const save = inTurn(savePreferences)

export function changePreferences(change: Partial<Preferences>) {
  applyPreferences({ ...preferences.get(), ...change })
  // what cannot be kept still holds in this browser
  void save(change).catch(() => undefined)
  // texts are read while drawing, so a new language needs the pages anew
  if (change.language) void loadLanguage().then(() => location.reload())
}
