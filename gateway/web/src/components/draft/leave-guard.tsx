// Asks before a page with unsaved changes is left, whether by a link, the browser's back or its window.
import { useBlocker } from '@tanstack/react-router'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { t } from '@/lib/i18n'

type Props = { changes: number; /** a parameter of the address that changes what is edited */ within?: string; onLeave?: () => void }

export function LeaveGuard({ changes, within, onLeave }: Props) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => changes > 0 && (current.pathname !== next.pathname || (within !== undefined && searched(current.search, within) !== searched(next.search, within))),
    enableBeforeUnload: () => changes > 0,
    withResolver: true,
  })
  if (status !== 'blocked') return null
  const leave = () => {
    onLeave?.()
    proceed()
  }
  return (
    <Dialog
      title={t('draft.leaveTitle')}
      description={t('draft.leaveText', { n: changes })}
      onClose={reset}
      footer={
        <>
          <Button look="danger" onClick={leave}>
            {t('draft.leave')}
          </Button>
          <Button onClick={reset}>{t('draft.stay')}</Button>
        </>
      }
    />
  )
}

const searched = (search: object, name: string) => (search as Record<string, unknown>)[name]
