// Loading, empty, no match, error, forbidden, notes, what names something that goes.
import { NamedBy } from '@/components/naming/named-by'
import type { Naming } from '@/components/naming/named-by-api'
import { ErrorState, State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Note } from '@/components/ui/note'
import { Panel } from '@/components/ui/panel'
import { Skeleton } from '@/components/ui/skeleton'
import { ApiError } from '@/lib/api'
import { t } from '@/lib/i18n'

const slow = () => new ApiError(t('error.timeout'), { status: 504, code: '57014', requestId: '7f3a91c2-0941' })

const naming: Naming[] = [
  { kind: 'cap', id: '1', name: null },
  { kind: 'milestone', id: '2', name: 'Kick-off held' },
  { kind: 'playbook', id: '3', name: 'Renewal rescue' },
  { kind: 'saved_view', id: '4', name: 'Renewals to win' },
]

export function StateParts() {
  return (
    <>
      <Panel title={t('parts.loading')}>
        <div className="pad grid gap-4">
          <Skeleton className="w-1/3" />
          <Skeleton className="w-2/3" />
          <Skeleton className="w-1/2" />
        </div>
      </Panel>
      <Panel title={t('risk.title')}>
        <ErrorState error={slow()} onRetry={() => undefined} />
      </Panel>
      <Panel title={t('accounts.emptyTitle')}>
        <State action={<><Button>{t('setup.accountsAction')}</Button><Button look="ghost">{t('setup.teamAction')}</Button></>}>{t('accounts.emptyText')}</State>
      </Panel>
      <Panel title={t('accounts.noResultTitle')}>
        <State action={<Button look="outline">{t('accounts.clear')}</Button>}>{t('accounts.noResultText', { filters: '“zebra”' })}</State>
      </Panel>
      <Panel title={t('parts.forbidden')}>
        <State>{t('tokens.notYours')}</State>
      </Panel>
      <Panel title={t('parts.notes')}>
        <div className="pad grid gap-2.5">
          <Note>{t('login.demo')}</Note>
          <Note tone="good">{t('password.strong')}</Note>
          <Note tone="warn">{t('app.offline')}</Note>
          <Note tone="bad">{t('notice.deliveries', { n: 4 })}</Note>
          <NamedBy all={naming} />
        </div>
      </Panel>
    </>
  )
}
