// The conditions a link brought along, in words, and a way to drop them all.
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import type { Criteria } from '@/lib/criteria'
import { t } from '@/lib/i18n'
import { namesQuery } from './api'
import { wordsOf } from './criteria-words'

export function CriteriaChips({ criteria, onDrop }: { criteria: Criteria; onDrop: () => void }) {
  const { data: names = { stages: [], people: [] } } = useQuery(namesQuery)
  return (
    <>
      {wordsOf(criteria, names).map(({ name, value }) => (
        <span key={name + value} className="chip">
          <span className="chip-name">{name}</span>
          <span className="max-w-60">
            <bdi className="truncate">{value}</bdi>
          </span>
        </span>
      ))}
      <button type="button" onClick={onDrop} className="btn btn-ghost h-7!">
        <X aria-hidden />
        {t('accounts.dropCriteria')}
      </button>
    </>
  )
}
