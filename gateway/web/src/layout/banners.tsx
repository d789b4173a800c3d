// One line under the header for what concerns every page: no network, usage that stays away, deliveries nobody sends.
import { useCallback } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { CloudOff, Hourglass, TriangleAlert } from 'lucide-react'
import type { Me } from '@/features/auth/api'
import { lateDeliveriesQuery, NOTICES, NOTICE_TOPICS, staleFeedsQuery } from '@/features/notices/api'
import { useOnline } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { useLive } from '@/lib/live'

const line = 'flex items-start gap-2.5 border-b px-6 py-2 text-[13px] leading-4.5 max-md:px-4 [&_svg]:mt-px [&_svg]:size-4 [&_svg]:shrink-0'

export function Banners({ me }: { me: Me }) {
  const online = useOnline()
  const client = useQueryClient()
  const feeds = useQuery(staleFeedsQuery)
  const deliveries = useQuery({ ...lateDeliveriesQuery, enabled: me.permissions.includes('playbook.read') })
  useLive(NOTICE_TOPICS, useCallback(() => void client.invalidateQueries({ queryKey: NOTICES }), [client]))
  return (
    <div role="status" className="no-print">
      {!online && (
        <p className={`${line} bg-at-risk-bg [&_svg]:text-at-risk-fg`}>
          <CloudOff aria-hidden />
          {t('app.offline')}
        </p>
      )}
      {!!feeds.data && (
        <p className={`${line} bg-at-risk-bg [&_svg]:text-at-risk-fg`}>
          <Hourglass aria-hidden />
          {t('notice.feeds', { n: feeds.data })}
        </p>
      )}
      {!!deliveries.data && (
        <p className={`${line} bg-critical-bg [&_svg]:text-critical-fg`}>
          <TriangleAlert aria-hidden />
          {t('notice.deliveries', { n: deliveries.data })}
        </p>
      )}
    </div>
  )
}
