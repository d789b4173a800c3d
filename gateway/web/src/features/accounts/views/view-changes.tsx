// What was changed of the view that is open, and what can be done about it.
import { Button } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import type { Me, ViewState } from './use-view'

type Props = { me: Me; state: ViewState; onSave: () => void; onSaveAs: () => void; onReset: () => void }

export function ViewChanges({ me, state, onSave, onSaveAs, onReset }: Props) {
  if (!state.isChanged) return null
  const mine = state.current.saved?.owner_id === me.user_id
  return (
    <span className="flex flex-wrap items-center gap-1">
      <span className="quiet small">{t('views.changed')}</span>
      {mine && (
        <Button look="ghost" size="xs" className="text-link!" onClick={onSave}>
          {t('views.saveThis')}
        </Button>
      )}
      <Button look="ghost" size="xs" className={mine ? undefined : 'text-link!'} onClick={onSaveAs}>
        {t(mine ? 'views.saveAs' : 'views.saveThis')}
      </Button>
      <Button look="ghost" size="xs" onClick={onReset}>
        {t('views.reset')}
      </Button>
    </span>
  )
}
