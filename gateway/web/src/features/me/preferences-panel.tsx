// Density, language, single-letter keys: kept with the person.
import { Panel } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import { Switch } from '@/components/ui/switch'
import { t } from '@/lib/i18n'
import { preferences } from '@/lib/preferences'
import { changePreferences } from './preferences'

export function PreferencesPanel() {
  const { density, language, keys } = preferences.use()
  return (
    <Panel title={t('prefs.title')} sub={t('prefs.sub')}>
      <div className="pad small grid gap-1">
        <Line label={t('density.label')}>
          <Segmented label={t('density.label')} value={density} options={(['comfortable', 'compact'] as const).map((value) => ({ value, label: t(`density.${value}`) }))} onChange={(value) => changePreferences({ density: value })} />
        </Line>
        <Line label={t('language.label')}>
          <Segmented label={t('language.label')} value={language} options={(['system', 'en', 'de'] as const).map((value) => ({ value, label: t(`language.${value}`) }))} onChange={(value) => changePreferences({ language: value })} />
        </Line>
        <label className="flex min-h-10 items-center justify-between gap-3">
          {t('keys.single')}
          <Switch checked={keys} onChange={(on) => changePreferences({ keys: on })} />
        </label>
      </div>
    </Panel>
  )
}

function Line({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex min-h-10 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b border-hairline py-1">
      <span>{label}</span>
      {children}
    </div>
  )
}
