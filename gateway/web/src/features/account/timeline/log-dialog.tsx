// Logs from anywhere on the page.
import { useEffect, useRef } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { Composer } from './composer'

export function LogDialog({ onClose }: { onClose: () => void }) {
  const { page } = useShown()
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    // after the dialog took the focus
    const timer = setTimeout(() => field.current?.focus())
    return () => clearTimeout(timer)
  }, [])
  return (
    <Dialog title={t('acct.logLong')} description={<bdi>{page.account.name}</bdi>} onClose={onClose}>
      <Composer ref={field} onSent={onClose} className="grid grid-cols-[minmax(0,1fr)] gap-3" />
    </Dialog>
  )
}
