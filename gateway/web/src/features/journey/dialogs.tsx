// What a move asks for: the stage, the reason of a loss, or the milestones that hold it.
import { useQuery } from '@tanstack/react-query'
import { Gate } from '@/components/journey/gate'
import { StageForm } from '@/components/journey/stage-form'
import { t } from '@/lib/i18n'
import { suggestedQuery } from '@/lib/stage-moves-api'
import type { Column } from './api'
import type { Asked, Place } from './use-moves'

type Props = { asked: Asked; columns: Column[]; timeZone: string; onClose: () => void; onMove: (places: Place[], to: Column, note?: string) => void }

export default function MoveDialogs({ asked, columns, timeZone, onClose, onMove }: Props) {
  const places = asked.kind === 'ask' ? asked.places : [asked.place]
  const only = places.length === 1 ? places[0]! : undefined
  const isBeside = only !== undefined && (only.stage.is_side || only.stage.is_end)
  const suggested = useQuery({ ...suggestedQuery(only?.card.id ?? ''), enabled: isBeside, staleTime: 0 })
  if (asked.kind === 'gate') {
    const { card, stage } = asked.place
    return <Gate key={card.id} account={card} stage={stage.stage} to={asked.to.stage} open={asked.open} timeZone={timeZone} onClose={onClose} onSettled={() => { onClose(); onMove([asked.place], asked.to, asked.note) }} />
  }
  const stages = [...new Set(places.map(({ stage }) => stage.stage))]
  return (
    <StageForm
      title={only ? t('gate.title', { name: only.card.name }) : t('board.titleMany', { n: places.length })}
      description={stages.length === 1 ? t('gate.now', { stage: stages[0]! }) : t('board.fromMany', { n: stages.length })}
      from={stages.length === 1 ? stages[0] : undefined}
      suggested={suggested.data}
      given={asked.to?.stage_id}
      busy={false}
      error={undefined}
      onClose={onClose}
      onMove={(to, note) => {
        onClose()
        const column = columns.find(({ stage_id }) => stage_id === to.id)
        if (column) onMove(places.filter(({ stage }) => stage !== column), column, note)
      }}
    />
  )
}
