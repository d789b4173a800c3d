// What stands where the board would say nothing: no stages, or a filter that leaves no account.
import { Link } from '@tanstack/react-router'
import { State } from '@/components/states'
import { Button, buttonClass } from '@/components/ui/button'
import { t } from '@/lib/i18n'

export function NoStages({ mayEdit }: { mayEdit: boolean }) {
  return (
    <div className="panel pt-4">
      <State
        title={t('board.noStages')}
        action={
          mayEdit && (
            <Link to="/dashboard/admin/$section" params={{ section: 'stages' }} className={buttonClass('outline')}>
              {t('board.toStages')}
            </Link>
          )
        }
      >
        {t(mayEdit ? 'board.noStagesText' : 'board.noStagesAsk')}
      </State>
    </div>
  )
}

export function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <p role="status" className="quiet small mb-3 flex flex-wrap items-center gap-2">
      {t('board.noMatch')}
      <Button look="outline" size="xs" onClick={onClear}>
        {t('accounts.clear')}
      </Button>
    </p>
  )
}
