// The milestones of the stage the account is in: ticked at once, and open again where the server refuses.
import { useQueryClient } from '@tanstack/react-query'
import { Check, CircleSlash } from 'lucide-react'
import { Due } from '@/components/journey/due'
import { t } from '@/lib/i18n'
import { announce } from '@/lib/announce'
import { completeMilestone } from '@/lib/stage-moves-api'
import { accountQuery, type Milestone } from '../api'
import { useShown } from '../shown'
import { useWrite } from '../use-write'
import { RailSection } from './rail-section'

export function Milestones() {
  const { id, page, may } = useShown()
  const client = useQueryClient()
  const { queryKey } = accountQuery(id)
  const tick = useWrite({
    send: (one: Milestone) => completeMilestone(id, one.milestone_id),
    show: (one) => {
      const before = client.getQueryData(queryKey)
      client.setQueryData(queryKey, (now) => now && { ...now, milestones: now.milestones.map((it) => (it.milestone_id === one.milestone_id ? { ...it, state: 'done' as const, is_overdue: false } : it)) })
      return () => client.setQueryData(queryKey, before)
    },
    onDone: (_, one) => announce(t('mile.done', { title: one.title })),
  })
  const { milestones, stage, account } = page
  const settled = milestones.filter((one) => one.state !== 'open').length
  return (
    <RailSection title={t('mile.title', { stage: stage?.name ?? '' })} sub={milestones.length > 0 && t('mile.of', { n: settled, total: milestones.length })}>
      {milestones.length === 0 && <p className="quiet small">{t('mile.none')}</p>}
      <ul>
        {milestones.map((one) => (
          <Row key={one.milestone_id} one={one} onTick={may('stage.move') && account.status !== 'Churned' ? () => tick.mutate(one) : undefined} />
        ))}
      </ul>
    </RailSection>
  )
}

function Row({ one, onTick }: { one: Milestone; onTick?: () => void }) {
  const { timeZone, now } = useShown()
  return (
    <li className="small grid grid-cols-[24px_minmax(0,1fr)_auto] items-start gap-x-2 py-1.75">
      {one.state === 'open' ? (
        <label className="flex min-h-6 items-start">
          <input type="checkbox" className="check" disabled={!onTick} checked={false} onChange={() => onTick?.()} aria-label={t('mile.tick', { title: one.title })} />
        </label>
      ) : one.state === 'done' ? (
        <Check aria-hidden className="good mt-0.5 size-4" strokeWidth={2} />
      ) : (
        <CircleSlash aria-hidden className="quiet mt-0.5 size-4" strokeWidth={1.5} />
      )}
      <span className="min-w-0">
        <bdi className="wrap-anywhere">{one.title}</bdi>
        {one.state === 'done' && <span className="sr-only">, {t('mile.isDone')}</span>}
        {one.state === 'waived' && <span className="quiet block wrap-anywhere">{t('mile.waived', { reason: one.reason ?? '' })}</span>}
        {one.state === 'open' && one.is_required && <span className="quiet block">{t('mile.required')}</span>}
      </span>
      <Due one={one} timeZone={timeZone} now={now} />
    </li>
  )
}
