// What can be done to deliveries: sent again as they were or rebuilt, or ended.
import { retryDeliveries, type RetryMode } from '@/components/playbook/playbook-api'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { useWrite } from '../use-write'
import { cancelDeliveries } from './api'

export function useDeliveries(onDone?: () => void) {
  const retry = useWrite(
    ({ ids, mode }: { ids: string[]; mode: RetryMode }) => retryDeliveries(ids, mode),
    ({ retried, under_way }) => {
      toast(under_way > 0 ? t('qu.retriedSome', { n: retried, others: under_way }) : t('qu.retried', { n: retried }))
      onDone?.()
    },
  )
  const cancel = useWrite(cancelDeliveries, ({ cancelled }) => {
    toast(t('qu.cancelled', { n: cancelled }))
    onDone?.()
  })
  return { retry: (ids: string[], mode: RetryMode) => retry.mutate({ ids, mode }), cancel: (ids: string[]) => cancel.mutate(ids), busy: retry.isPending || cancel.isPending }
}
