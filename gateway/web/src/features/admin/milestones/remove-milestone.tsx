// Taking a milestone out of use: what was done stays.
import { useQuery } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { t } from '@/lib/i18n'
import { completionsQuery, type MilestoneRow } from './milestones-api'

type Props = { milestone: MilestoneRow; onClose: () => void; onRemove: () => void }

export function RemoveMilestone({ milestone, onClose, onRemove }: Props) {
  const { data: kept } = useQuery(completionsQuery(milestone.id))
  return (
    <Dialog
      title={t('ms.removeTitle', { title: milestone.title })}
      description={kept === undefined ? t('ms.removeText') : `${t('ms.removeText')} ${t('ms.kept', { n: kept })}`}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="danger" onClick={onRemove}>
            {t('ms.remove')}
          </Button>
        </>
      }
    />
  )
}
