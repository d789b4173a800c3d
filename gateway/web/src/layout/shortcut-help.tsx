// All keys that work now, from the table that binds them, and the switch for single letters.
import { Dialog } from '@/components/ui/dialog'
import { changePreferences } from '@/features/me/preferences'
import { Switch } from '@/components/ui/switch'
import { t } from '@/lib/i18n'
import { preferences } from '@/lib/preferences'
import { shortcuts, written } from '@/lib/shortcuts'

const groups = ['keys.page', 'keys.everywhere'] as const

export default function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const all = shortcuts.use()
  const { keys } = preferences.use()
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      {groups.map((group) => {
        const own = all.filter((one) => one.group === group)
        return (
          own.length > 0 && (
            <section key={group} aria-label={t(group)}>
              <h3 className="quiet mb-1 text-xs leading-4 font-medium">{t(group)}</h3>
              <dl>
                {own.map((one) => (
                  <div key={one.keys} className="flex min-h-8 items-center justify-between gap-4 border-hairline not-first:border-t">
                    <dt>{t(one.label as 'keys.title')}</dt>
                    <dd className="flex gap-1">
                      {written(one.keys)
                        .split(one.keys.startsWith('mod') ? /$^/ : ' ')
                        .map((key) => (
                          <kbd key={key}>{key}</kbd>
                        ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        )
      })}
      <label className="hit mt-1">
        <Switch checked={keys} onChange={(on) => changePreferences({ keys: on })} />
        {t('keys.single')}
      </label>
    </Dialog>
  )
}
