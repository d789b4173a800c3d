// One playbook of the list: its switch, its figures, and what can be done with it.
import { Link } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import { WeekBars } from '@/components/chart/week-bars'
import { resultText } from '@/components/playbook/words'
import { When } from '@/components/ui/when'
import { decimal } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { SectionProps } from '../search'
import { allActions, type Playbook } from '../playbook-types'
import { actionsSentence, limitSentence, triggerSentence } from '../sentence'
import { useShared } from '../shared'
import type { Lately } from './order'
import { PlaybookMenu } from './playbook-menu'
import { PlaybookSwitch } from './playbook-switch'
import type { Layer } from './layer'

type Props = { row: Playbook; lately: Lately | undefined; onLayer: (layer: Layer) => void; onGo: SectionProps['onGo'] }

export function PlaybookRow({ row, lately, onLayer, onGo }: Props) {
  const { builder, timeZone } = useShared()
  const { event, when } = row.trigger_criteria
  return (
    <tr>
      <th scope="row" className="min-w-64 py-2!">
        <Link to="/dashboard/automation/playbooks/$id/edit" params={{ id: row.id }} className="name to wrap-anywhere">
          <bdi>{row.name}</bdi>
        </Link>
        <span className="quiet block wrap-anywhere">
          <bdi>{t('says.row', { trigger: triggerSentence(event, when, builder.vocabulary), actions: actionsSentence(allActions(row), builder.vocabulary) })}</bdi>
        </span>
        {row.problem && (
          <span className="warn flex items-start gap-1.5">
            <TriangleAlert aria-hidden className="mt-px size-4 shrink-0" strokeWidth={1.5} />
            {row.problem}
          </span>
        )}
      </th>
      <td>
        <PlaybookSwitch row={row} onLayer={onLayer} />
      </td>
      <td className="num whitespace-nowrap">
        {lately ? (
          <span className="flex items-center gap-2.5">
            <WeekBars values={lately.days} label={t('pb.daily', { days: lately.days.join(', ') })} />
            <span>{t('pb.lately', { day: lately.day, week: lately.week })}</span>
          </span>
        ) : (
          t('pb.month', { n: row.ran_30d })
        )}
      </td>
      <td className="end whitespace-nowrap">
        {row.ran_percent_30d === null ? <span className="quiet">{t('pb.never')}</span> : `${decimal(row.ran_percent_30d)}%`}
        {row.failed_30d > 0 && <span className="bad block">{t('pb.failedRuns', { n: row.failed_30d })}</span>}
      </td>
      <td className="min-w-28">
        {row.last_match_at ? (
          <>
            <When at={row.last_match_at} timeZone={timeZone} className="num block" />
            <span className="quiet block">{row.last_result && resultText(row.last_result)}</span>
          </>
        ) : (
          <span className="quiet">{t('pb.never')}</span>
        )}
      </td>
      <td className="min-w-36">
        {row.max_executions_per_day !== null && lately && <span className={lately.today >= row.max_executions_per_day ? 'warn block' : 'block'}>{t('pb.used', { n: lately.today, most: row.max_executions_per_day })}</span>}
        <span className="quiet block">{limitSentence(row.cooldown_minutes, row.max_executions_per_day !== null && lately ? null : row.max_executions_per_day)}</span>
      </td>
      <td className="whitespace-nowrap">
        {row.deliveries_waiting > 0 && <span className="block">{t('pb.waiting', { n: row.deliveries_waiting })}</span>}
        {row.undelivered_30d > 0 && (
          <button type="button" className="bad to block min-h-6" onClick={() => onGo('queue', { playbook: row.id, status: 'failed' })}>
            {t('pb.undelivered', { n: row.undelivered_30d })}
          </button>
        )}
        {row.deliveries_waiting + row.undelivered_30d === 0 && <span className="quiet">{row.delivered_30d > 0 ? t('pb.delivered', { n: row.delivered_30d }) : t('none')}</span>}
        {row.burst_id && (
          <button type="button" className="warn to block min-h-6" onClick={() => onGo('queue')}>
            {t('pb.burst', { n: row.burst_accounts })}
          </button>
        )}
      </td>
      <td className="end">
        <PlaybookMenu row={row} onLayer={onLayer} onGo={onGo} />
      </td>
    </tr>
  )
}
