// The stages accounts go through, to look at once.
import { useQuery } from '@tanstack/react-query'
import { Stage } from '@/components/stage'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { t } from '@/lib/i18n'
import { activeStagesQuery } from '@/lib/names'
import { CardState } from './card-state'
import { stagesAreFine } from './setup-done'

export function StagesDialog({ onClose }: { onClose: () => void }) {
  const stages = useQuery(activeStagesQuery)
  const fine = () => {
    stagesAreFine()
    onClose()
  }
  return (
    <Dialog title={t('setup.stages')} description={t('setup.stagesHint')} onClose={onClose} footer={<Button onClick={fine}>{t('setup.fine')}</Button>}>
      {!stages.data ? (
        <CardState query={stages} height={200} />
      ) : (
        <ol>
          {stages.data.map((one) => (
            <li key={one.id} className="flex h-9 items-center justify-between gap-3 border-hairline not-first:border-t">
              <Stage name={one.name} color={one.color} />
              <span className="quiet num">{one.target === null ? t('setup.noTarget') : t('stage.days', { n: one.target })}</span>
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  )
}
