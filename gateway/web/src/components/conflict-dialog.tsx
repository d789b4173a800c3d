// Someone else was faster: what they set beside what was wanted, and the choice between the two. Escape decides nothing.
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ago } from '@/lib/format'
import { t } from '@/lib/i18n'

type Value = { field: string; theirs: string; /** null: left as it was */ mine: string | null }
type Props = { who: string; secondsAgo: number; values: Value[]; onTakeTheirs: () => void; onKeepMine: () => void; onClose: () => void }

export function ConflictDialog({ who, secondsAgo, values, onTakeTheirs, onKeepMine, onClose }: Props) {
  return (
    <Dialog
      title={t('conflict.title', { who, ago: ago(secondsAgo) })}
      description={t('conflict.text')}
      onClose={onClose}
      footer={
        <>
          <Button look="outline" onClick={onTakeTheirs}>
            {t('conflict.take')}
          </Button>
          <Button onClick={onKeepMine}>{t('conflict.keep')}</Button>
        </>
      }
    >
      <table>
        <caption className="sr-only">{t('conflict.title', { who, ago: ago(secondsAgo) })}</caption>
        <thead>
          <tr className="quiet">
            <th scope="col" className="w-1/3 py-1 pe-3">
              {t('conflict.field')}
            </th>
            <th scope="col" className="py-1 pe-3">
              {t('conflict.theirs')}
            </th>
            <th scope="col" className="py-1">
              {t('conflict.mine')}
            </th>
          </tr>
        </thead>
        <tbody className="align-top wrap-anywhere">
          {values.map(({ field, theirs, mine }) => (
            <tr key={field}>
              <th scope="row" className="py-1 pe-3">
                {field}
              </th>
              <td className="num py-1 pe-3 font-semibold">
                <bdi>{theirs}</bdi>
              </td>
              <td className="num py-1">{mine === null ? <span className="quiet">{t('conflict.unchanged')}</span> : <bdi className="font-semibold">{mine}</bdi>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  )
}
