// THEN: what happens, in order: add, change, move, remove; five at most.
import { ChevronDown, ChevronUp, Plus, X } from 'lucide-react'
import { Button, IconButton } from '@/components/ui/button'
import { announce } from '@/lib/announce'
import { t } from '@/lib/i18n'
import { ActionForm } from './action-form'
import { keyed, MOST_ACTIONS, type DraftAction } from './draft'
import { faultAt } from './places'
import { Secret } from './secret'
import type { BuilderState } from './use-builder'

export const KINDS = ['webhook', 'slack', 'email', 'task', 'stage'] as const
export type ActionKind = (typeof KINDS)[number]

const beginnings: Record<ActionKind, () => Record<string, unknown>> = {
  webhook: () => ({ url: '' }),
  slack: () => ({ url: '', text: '{{account_name}}: {{health_score}}' }),
  email: () => ({ to: ['csm'], subject: '{{account_name}}', body: '{{account_name}}: {{health_score}}\n{{account_url}}' }),
  task: () => ({ title: '{{account_name}}', due_in_days: 2, assignee: 'csm' }),
  stage: () => ({ stage: undefined }),
}

export function Actions({ state }: { state: BuilderState }) {
  const { draft, change, fault, playbook } = state
  const { actions } = draft
  const set = (next: DraftAction[]) => change({ actions: next })
  const move = (at: number, step: -1 | 1) => {
    const next = actions.filter((_, i) => i !== at)
    next.splice(at + step, 0, actions[at]!)
    set(next)
    announce(t(step < 0 ? 'crit.movedUp' : 'crit.movedDown'))
  }
  const general = faultAt(fault, 'actions')
  return (
    <div className="grid gap-3">
      {actions.length === 0 && <p className="quiet">{t('bld.noActions')}</p>}
      {actions.map((action, at) => (
        <div key={action.key} role="group" aria-label={t('bld.actionAt', { n: at + 1 })} className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2">
          <div className="grid min-w-0 gap-2">
            <select aria-label={t('bld.action')} value={action.kind} onChange={(event) => set(actions.map((one, i) => (i === at ? { ...keyed({ kind: event.target.value, ...beginnings[event.target.value as ActionKind]() }), key: action.key } : one)))} className="field-box w-auto! max-w-full justify-self-start">
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`make.${kind}`)}
                </option>
              ))}
            </select>
            <ActionForm action={action} faultAt={(key) => faultAt(fault, `actions[${at}].${key}`, true)} onChange={(part) => set(actions.map((one, i) => (i === at ? { ...one, ...part } : one)))} />
            {at === actions.findIndex((one) => one.kind === 'webhook') && <Secret playbook={playbook} fault={faultAt(fault, 'webhook_secret')} onChanged={() => void state.followSecret()} />}
          </div>
          <div className="flex">
            {at > 0 && (
              <IconButton label={t('bld.actionUp', { n: at + 1 })} onClick={() => move(at, -1)}>
                <ChevronUp aria-hidden />
              </IconButton>
            )}
            {at < actions.length - 1 && (
              <IconButton label={t('bld.actionDown', { n: at + 1 })} onClick={() => move(at, 1)}>
                <ChevronDown aria-hidden />
              </IconButton>
            )}
            <IconButton label={t('bld.actionRemove', { n: at + 1 })} onClick={() => set(actions.filter((_, i) => i !== at))}>
              <X aria-hidden />
            </IconButton>
          </div>
        </div>
      ))}
      {general && (
        <p role="alert" className="small bad">
          {general}
        </p>
      )}
      {actions.length < MOST_ACTIONS && (
        <Button look="ghost" className="justify-self-start" onClick={() => set([...actions, keyed({ kind: 'task', ...beginnings.task() })])}>
          <Plus aria-hidden />
          {t('bld.addAction')}
        </Button>
      )}
    </div>
  )
}
