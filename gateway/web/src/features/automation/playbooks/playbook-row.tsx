// One playbook of the list: its switch, its figures, and what can be done with it.
import { Link, useNavigate } from '@tanstack/react-router'
import { Ellipsis, TriangleAlert } from 'lucide-react'
import { WeekBars } from '@/components/chart/week-bars'
import { resultText } from '@/components/playbook/words'
import { buttonClass } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import type { MenuEntry } from '@/components/ui/menu-entries'
import { Switch } from '@/components/ui/switch'
import { When } from '@/components/ui/when'
import { decimal } from '@/lib/format'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { activatePlaybook, pausePlaybook } from '../api'
import type { SectionProps } from '../search'
import { allActions, type Playbook } from '../playbook-types'
import { actionsSentence, limitSentence, triggerSentence } from '../sentence'
import { useShared } from '../shared'
import { useWrite } from '../use-write'
import type { Lately } from './order'
import type { Layer } from './layer'

type Props = { row: Playbook; lately: Lately | undefined; onLayer: (layer: Layer) => void; onGo: SectionProps['onGo'] }

export function PlaybookRow({ row, lately, onLayer, onGo }: Props) {
  const { may, builder, timeZone } = useShared()
  const navigate = useNavigate()
  const edits = may('playbook.edit')
  const resume = useWrite(activatePlaybook, () => undefined)
  const pause = useWrite(
    () => pausePlaybook(row.id),
    () => toast(t('pb.paused', { name: row.name }), { action: { label: t('undo'), run: () => resume.mutate({ id: row.id, scope: 'new', queued: 'send' }) } }),
  )
  const entries: MenuEntry[] = [
    { label: t('pb.seeRuns'), onSelect: () => onGo('runs', { playbook: row.id }) },
    { label: t('pb.seeQueue'), onSelect: () => onGo('queue', { playbook: row.id }) },
  ]
  if (edits) {
    entries.push(
      { label: t('pb.duplicate'), onSelect: () => void navigate({ to: '/dashboard/automation/playbooks/new', search: { copy: row.id } }) },
      { label: t('pb.test'), onSelect: () => void navigate({ to: '/dashboard/automation/playbooks/$id/edit', params: { id: row.id }, hash: 'try' }) },
      'line',
      { label: t('pb.delete'), danger: true, onSelect: () => onLayer({ kind: 'delete', playbook: row }) },
    )
  }
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
        <span className="flex items-center gap-2 whitespace-nowrap">
          {edits && <Switch checked={row.state === 'active'} label={t('pb.switch', { name: row.name })} onChange={(on) => (on ? onLayer({ kind: 'activate', playbook: row }) : pause.mutate(undefined))} />}
          <span className={row.state === 'active' ? undefined : 'quiet'}>{t(`pbState.${row.state}`)}</span>
        </span>
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
        <Menu trigger={{ className: buttonClass('ghost', 'icon'), label: t('chart.more', { title: row.name }), title: t('chart.more', { title: row.name }), children: <Ellipsis aria-hidden /> }} entries={entries} align="end" />
      </td>
    </tr>
  )
}
