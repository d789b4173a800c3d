// Whether what is on screen follows changes by itself, and when it last did.
import { cn } from '@/lib/cn'
import { ago } from '@/lib/format'
import { useNow } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { liveState } from '@/lib/live'

const dot = { opening: 'bg-no-data', live: 'bg-healthy', connecting: 'bg-at-risk', polling: 'bg-at-risk', paused: 'bg-no-data' }

export function LiveDot() {
  const { state, changedAt } = liveState.use()
  const seconds = Math.max(0, Math.floor((useNow(5_000) - changedAt) / 1000))
  return (
    <span className="small quiet inline-flex items-center gap-1.5 px-1.5 max-md:hidden" title={t('live.updated', { ago: seconds < 10 ? t('now') : ago(seconds) })}>
      <span aria-hidden className={cn('size-1.75 rounded-full', dot[state])} />
      {/* the first connection takes a moment; until it fails nothing has to be said */}
      {t(`live.${state === 'opening' ? 'live' : state}`)}
    </span>
  )
}
