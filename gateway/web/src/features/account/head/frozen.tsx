// A banner on accounts that nothing happens with any more, or for a while.
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'

export function Frozen({ status }: { status: 'Paused' | 'Churned' }) {
  return (
    <Note tone={status === 'Churned' ? 'bad' : 'warn'} className="mb-3" role="status">
      {t(`acct.frozen.${status}`)}
    </Note>
  )
}
