// Nothing that was typed is lost by a press elsewhere: leaving asks.
import { useBlocker } from '@tanstack/react-router'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { t } from '@/lib/i18n'

export function LeaveGuard({ when }: { when: boolean }) {
  const { status, proceed, reset } = useBlocker({ shouldBlockFn: ({ current, next }) => when && current.pathname !== next.pathname, enableBeforeUnload: when, withResolver: true })
  if (status !== 'blocked') return null
  return (
    <Dialog
      title={t('leave.title')}
      description={t('leave.text')}
      onClose={reset}
      footer={
        <>
          <Button look="danger" onClick={proceed}>
            {t('leave.go')}
          </Button>
          <Button onClick={reset}>{t('leave.stay')}</Button>
        </>
      }
    />
  )
}
