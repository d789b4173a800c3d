// What an event is called, in the reader's language, from what the server knows of it.
import { money } from '@/lib/format'
import { t } from '@/lib/i18n'
import { LEVELS } from '@/lib/levels'
import type { AccountEvent } from '../api'
import { LOGGED } from './kinds'

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? value : undefined)
const level = (value: unknown) => LEVELS.find((one) => one === value)

export function eventTitle({ kind, title, details }: AccountEvent, currency: string): string {
  const logged = LOGGED.find((one) => one === kind)
  if (logged) return logged === 'task' && details.done_at ? t('ev.taskDone') : t(`kind.${logged}`)
  if (kind === 'arr' && typeof details.from === 'number' && typeof details.to === 'number') return t('ev.arr', { from: money(details.from, currency), to: money(details.to, currency) })
  const to = text(details.to_stage)
  if (kind === 'stage' && to !== undefined) {
    const from = text(details.from_stage)
    return from === undefined ? t('ev.started', { to }) : t('ev.moved', { from, to })
  }
  const now = level(details.risk_level)
  const score = text(details.overall_score)
  if (kind === 'health' && now && score !== undefined) {
    const before = text(details.previous_score)
    return before === undefined ? t('ev.firstScore', { score, level: t(`health.${now}`) }) : t('ev.score', { before, score, level: t(`health.${now}`) })
  }
  const name = /: (.+)$/s.exec(title)?.[1]
  if (kind === 'playbook' && name) return t(details.result === 'fired' ? 'ev.ran' : details.result === 'failed' ? 'ev.failed' : 'ev.heldBack', { name })
  const milestone = text(details.milestone)
  if (kind === 'milestone' && milestone !== undefined) return t(details.state === 'waived' ? 'ev.waived' : 'ev.milestone', { milestone })
  return title
}
