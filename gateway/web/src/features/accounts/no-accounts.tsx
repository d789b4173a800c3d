// Instead of a list: what it is for, and how the first accounts come in.
import { State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import { type Layer } from './head'

export function NoAccounts({ mayEdit, onLayer }: { mayEdit: boolean; onLayer: (layer: Layer) => void }) {
  return (
    <div className="panel pt-4">
      <State
        title={t('accounts.emptyTitle')}
        action={
          mayEdit && (
            <>
              <Button onClick={() => onLayer('import')}>{t('accounts.import')}</Button>
              <Button look="outline" onClick={() => onLayer('new')}>
                {t('accounts.new')}
              </Button>
            </>
          )
        }
      >
        {t(mayEdit ? 'accounts.emptyText' : 'accounts.emptyAsk')}
      </State>
    </div>
  )
}
