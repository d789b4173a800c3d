// One account: its head, its tabs, and the states the whole can be in. What opens over it is loaded when it is wanted.
import { useCallback, useMemo, useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { PageTitle } from '@/components/page-title'
import { ErrorState, StaleBanner, State } from '@/components/states'
import { buttonClass } from '@/components/ui/button'
import { ApiError } from '@/lib/api'
import { useDelayed, useMedia, useNow } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { useLive } from '@/lib/live'
import { useTrail } from '@/lib/trail'
import { AccountHead } from './head/account-head'
import { Frozen } from './head/frozen'
import { useAccountKeys } from './head/use-account-keys'
import { Dialogs } from './dialogs'
import { Loading } from './loading'
import { ShownContext, type OpenDialog, type Reader, type Shown } from './shown'
import { ACCOUNT, ACCOUNT_TOPICS, accountQuery, type AccountPage } from './api'
import { TabArea } from './tab-area'
import type { AccountSearch360 } from './search'
import { isGone } from './ending/gone'

type Props = {
  id: string
  search: AccountSearch360
  reader: Reader
  currency: string
  timeZone: string
  onChange: (part: Partial<AccountSearch360>) => void
  onOpen: (id: string) => void
}

export function AccountView(props: Props) {
  const { id, reader } = props
  const client = useQueryClient()
  const found = useQuery(accountQuery(id))
  const late = useDelayed(found.isPending, 150)
  useLive(ACCOUNT_TOPICS, useCallback(() => void (isGone(id) || client.invalidateQueries({ queryKey: [...ACCOUNT, id] })), [client, id]))
  const { data, error } = found
  if (data) return <Loaded {...props} page={data} error={error} onRetry={() => void found.refetch()} />
  if (error instanceof ApiError && [400, 404].includes(error.status)) return <Missing owner={reader.tenant} />
  if (error) {
    return (
      <div className="panel pt-4">
        <PageTitle title={t('acct.title')} owner={reader.tenant} className="sr-only" />
        <ErrorState error={error} onRetry={() => void found.refetch()} what={t('acct.failed')} />
      </div>
    )
  }
  return late ? <Loading /> : null
}

function Missing({ owner }: { owner: string | undefined }) {
  return (
    <div className="panel pt-3">
      <PageTitle title={t('peek.missing')} owner={owner} className="px-4 pb-2" />
      <State
        action={
          <Link to="/dashboard/accounts" search={{}} className={buttonClass('outline')}>
            {t('acct.toList')}
          </Link>
        }
      >
        {t('peek.missingText')}
      </State>
    </div>
  )
}

type LoadedProps = Props & { page: AccountPage; error: unknown; onRetry: () => void }

function Loaded({ id, page, search, reader, currency, timeZone, onChange, onOpen, error, onRetry }: LoadedProps) {
  const [dialog, setDialog] = useState<OpenDialog>()
  const close = useCallback(() => setDialog(undefined), [])
  useTrail(useMemo(() => page.breadcrumb.slice(1), [page.breadcrumb]))
  const may = useCallback((action: string) => page.permissions.includes(action), [page.permissions])
  useAccountKeys({ may, onDialog: setDialog, onChange, onOpen, id })
  const now = useNow(60_000)
  const wide = useMedia('(min-width: 1280px)')
  const shown = useMemo(
    (): Shown => ({ id, page, reader, currency, timeZone, search, onChange, onDialog: setDialog, may, now }),
    [id, page, reader, currency, timeZone, search, onChange, may, now],
  )
  return (
    <ShownContext value={shown}>
      {error !== null && (
        <div className="mb-4">
          <StaleBanner error={error} onRetry={onRetry} />
        </div>
      )}
      {/* beside a drawer all of it stays usable */}
      <div style={wide && (search.explain || search.field) ? { paddingInlineEnd: 388 } : undefined}>
        <AccountHead onOpen={onOpen} />
        {page.account.status !== 'Active' && <Frozen status={page.account.status} />}
        <TabArea />
      </div>
      <Dialogs open={dialog} onClose={close} />
    </ShownContext>
  )
}
