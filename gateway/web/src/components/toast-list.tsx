// The short messages at the bottom end of the page.
import { TriangleAlert, X } from 'lucide-react'
import { useCountdown } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { drop, toasts, type Toast } from '@/lib/toasts'
import { Button, IconButton } from './ui/button'

export function ToastList() {
  const all = toasts.use()
  if (all.length === 0) return null
  return (
    <section aria-label={t('toast.label')} className="toasts">
      {all.map((one) => (
        <ToastCard key={one.id} one={one} />
      ))}
    </section>
  )
}

export function ToastCard({ one }: { one: Toast }) {
  const { action } = one
  return (
    <div className="toast">
      {one.tone === 'error' && <TriangleAlert aria-hidden />}
      <p className="min-w-0 flex-1">{one.text}</p>
      {action && (
        <Button
          look="ghost"
          size="xs"
          className="text-link!"
          onClick={() => {
            drop(one.id, true)
            action.run()
          }}
        >
          {action.label}
          {one.until && <Seconds until={one.until} />}
        </Button>
      )}
      {(one.tone === 'error' || !action) && (
        <IconButton label={t('toast.close')} small onClick={() => drop(one.id)}>
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  )
}

function Seconds({ until }: { until: number }) {
  return <span className="quiet num font-normal">{t('seconds', { n: useCountdown(until) })}</span>
}
