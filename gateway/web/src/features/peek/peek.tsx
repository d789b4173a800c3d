// An account beside the list: how it is and why, the facts, what happened last. j and k walk through the list.
import { useCallback, useMemo } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { ErrorState, State } from '@/components/states'
import { IconButton } from '@/components/ui/button'
import { Drawer } from '@/components/ui/drawer'
import { Skeleton } from '@/components/ui/skeleton'
import { ApiError } from '@/lib/api'
import { useDelayed } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { useLive } from '@/lib/live'
import { peekOrder } from '@/lib/peek-order'
import { useShortcuts, type Shortcut } from '@/lib/shortcuts'
import { PEEK, PEEK_TOPICS, peekQuery } from './api'
import { OpenAccount } from './open-account'
import { PeekBody } from './peek-body'

type Props = { id: string; currency: string; timeZone: string; onClose: () => void; onPeek: (id: string) => void }

export function Peek({ id, currency, timeZone, onClose, onPeek }: Props) {
  const client = useQueryClient()
  const found = useQuery(peekQuery(id))
  const late = useDelayed(found.isPending, 150)
  const order = peekOrder.use()
  const place = order.indexOf(id)
  const [before, after] = [place > 0 ? order[place - 1] : undefined, place >= 0 ? order[place + 1] : undefined]
  useLive(PEEK_TOPICS, useCallback(() => void client.invalidateQueries({ queryKey: PEEK }), [client]))
  useShortcuts(
    useMemo(
      (): Shortcut[] => [
        { keys: 'j', label: 'peek.next', group: 'keys.page', run: () => after && onPeek(after) },
        { keys: 'k', label: 'peek.previous', group: 'keys.page', run: () => before && onPeek(before) },
      ],
      [before, after, onPeek],
    ),
  )
  const name = found.data?.account.name ?? t('peek.title')
  const head = (
    <div className="flex min-w-0 items-center gap-1">
      <h2 className="min-w-0 flex-1 text-base leading-6 font-semibold" title={name}>
        <bdi className="line-clamp-2 leading-5 wrap-anywhere">{name}</bdi>
      </h2>
      {place >= 0 && (
        <>
          <IconButton label={t('peek.previous')} held={!before} onClick={() => onPeek(before!)}>
            <ChevronUp aria-hidden />
          </IconButton>
          <IconButton label={t('peek.next')} held={!after} onClick={() => onPeek(after!)}>
            <ChevronDown aria-hidden />
          </IconButton>
        </>
      )}
    </div>
  )
  const missing = found.error instanceof ApiError && [400, 404].includes(found.error.status)
  return (
    <Drawer label={name} head={head} onClose={onClose} footer={found.data && <OpenAccount id={id} />}>
      {late && <Bones />}
      {missing && <State title={t('peek.missing')}>{t('peek.missingText')}</State>}
      {found.error && !missing && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <PeekBody whole={found.data} currency={currency} timeZone={timeZone} onPeek={onPeek} />}
    </Drawer>
  )
}

function Bones() {
  return (
    <div className="grid gap-4">
      <Skeleton className="h-10 w-40" />
      <Skeleton className="h-5 w-full" />
      <Skeleton className="h-48 w-full" />
    </div>
  )
}
