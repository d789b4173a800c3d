// How old the list is, and a button that loads it again.
import { RotateCw } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { cn } from '@/lib/cn'
import { ago } from '@/lib/format'
import { useDelayed, useNow } from '@/lib/hooks'
import { t } from '@/lib/i18n'

export function Freshness({ at, busy, onRefresh }: { at: number; busy: boolean; onRefresh: () => void }) {
  const seconds = Math.floor((useNow(5_000) - at) / 1000)
  const slow = useDelayed(busy, 300)
  return (
    <div className="ms-auto flex items-center gap-1 text-[13px] text-muted-foreground tabular-nums">
      {t('accounts.updated', { ago: seconds < 10 ? t('now') : ago(seconds) })}
      <button type="button" onClick={onRefresh} aria-label={t('refresh')} title={t('refresh')} className={buttonClass('ghost', 'icon')}>
        <RotateCw aria-hidden className={cn('size-3.5!', slow && 'animate-spin')} />
      </button>
    </div>
  )
}
