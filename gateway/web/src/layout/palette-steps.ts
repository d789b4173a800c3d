// The settings the palette can change, each with its choices as a second step.
import { changePreferences } from '@/features/me/preferences'
import { t } from '@/lib/i18n'
import { preferences } from '@/lib/preferences'
import { setTheme, themes } from './theme'

export type Choice = { id: string; label: string; run: () => void }
export type Step = { id: string; label: string; choices: Choice[] }

export function settingSteps(): Step[] {
  return [
    { id: 'theme', label: t('theme.label'), choices: themes.map((name) => ({ id: name, label: t(`theme.${name}`), run: () => setTheme(name) })) },
    {
      id: 'density',
      label: t('density.label'),
      choices: (['comfortable', 'compact'] as const).map((name) => ({ id: name, label: t(`density.${name}`), run: () => changePreferences({ density: name }) })),
    },
    {
      id: 'language',
      label: t('language.label'),
      choices: (['system', 'en', 'de'] as const).map((name) => ({ id: name, label: t(`language.${name}`), run: () => changePreferences({ language: name }) })),
    },
    {
      id: 'keys',
      label: t('keys.single'),
      choices: ([true, false] as const).map((on) => ({ id: String(on), label: t(on ? 'on' : 'off'), run: () => changePreferences({ ...preferences.get(), keys: on }) })),
    },
  ]
}
