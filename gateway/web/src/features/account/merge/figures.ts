// What a merge moves, as lines with numbers, without what there is nothing of. Pure.
import { t } from '@/lib/i18n'
import type { Merged } from './merge-api'

const KINDS = ['usage', 'activities', 'tasks', 'children', 'deliveries', 'runs', 'milestones', 'journey', 'health_scores', 'health_overrides', 'members', 'arr_history', 'saved_views'] as const

export type Figure = { key: string; label: string; n: number }

export function figuresOf(merged: Merged): Figure[] {
  const { moved, joined } = merged.contacts
  const all: Figure[] = [
    { key: 'moved', label: t('mgKind.moved'), n: moved },
    { key: 'joined', label: t('mgKind.joined'), n: joined },
    ...KINDS.map((key) => ({ key, label: t(`mgKind.${key}`), n: merged[key] })),
  ]
  return all.filter(({ n }) => n > 0)
}
