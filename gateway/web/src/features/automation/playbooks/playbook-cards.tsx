// The playbooks on a phone: name, switch, what it waits for, what needs attention.
import { Link } from '@tanstack/react-router'
import { t } from '@/lib/i18n'
import { allActions } from '../playbook-types'
import { actionsSentence, triggerSentence } from '../sentence'
import { useShared } from '../shared'
import { PlaybookMenu } from './playbook-menu'
import { PlaybookSwitch } from './playbook-switch'
import type { TableProps } from './playbook-table'

export function PlaybookCards({ rows, onLayer, onGo }: TableProps) {
  const { builder } = useShared()
  return (
    <ul aria-label={t('am.playbooks')} className="acct-cards small">
      {rows.map((row) => (
        <li key={row.id}>
          <div className="min-w-0 flex-1">
            <Link to="/dashboard/automation/playbooks/$id/edit" params={{ id: row.id }} className="name to wrap-anywhere">
              <bdi>{row.name}</bdi>
            </Link>
            <p className="quiet wrap-anywhere">{t('says.row', { trigger: triggerSentence(row.trigger_criteria.event, row.trigger_criteria.when, builder.vocabulary), actions: actionsSentence(allActions(row), builder.vocabulary) })}</p>
            <p className="num">
              {t('pb.month', { n: row.ran_30d })}
              {row.deliveries_waiting > 0 && `, ${t('pb.waiting', { n: row.deliveries_waiting })}`}
              {row.undelivered_30d > 0 && <span className="bad">, {t('pb.undelivered', { n: row.undelivered_30d })}</span>}
            </p>
            {row.problem && <p className="warn">{row.problem}</p>}
          </div>
          <div className="grid justify-items-end gap-1">
            <PlaybookSwitch row={row} onLayer={onLayer} />
            <PlaybookMenu row={row} onLayer={onLayer} onGo={onGo} />
          </div>
        </li>
      ))}
    </ul>
  )
}
