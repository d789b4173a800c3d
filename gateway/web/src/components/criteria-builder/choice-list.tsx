// Values to tick, each with how many accounts have it.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { Criteria } from '@/lib/criteria'
import { count } from '@/lib/format'
import { t } from '@/lib/i18n'
import { rank } from '@/lib/rank'
import { useBuilder } from './context'
import { hasFacets, type FieldInfo } from './field-types'
import { valueName } from './names'

const SEARCH_FROM = 8

type Props = { info: FieldInfo; others: Criteria | undefined; chosen: unknown[]; single?: boolean; onChange: (chosen: unknown[]) => void }

export function ChoiceList({ info, others, chosen, single, onChange }: Props) {
  const { vocabulary, facetsOf } = useBuilder()
  const [typed, setTyped] = useState('')
  const facets = useQuery({ ...facetsOf(info.field, others), enabled: hasFacets(info), staleTime: 15_000, retry: false })
  const counts = new Map(facets.data?.map((one) => [one.value, one.accounts]))
  const known = possible(info, vocabulary.names)
  const ids = [...new Set([...known, ...(facets.data ?? []).flatMap((one) => one.value ?? []), ...chosen.map(String)])]
  const named = ids.map((id) => ({ id, name: valueName(info.field, id, vocabulary) }))
  const isFree = known.length === 0
  const shown = named.filter(({ name }) => rank(typed, name) > 0)
  const added = isFree && typed.trim() !== '' && !ids.includes(typed.trim()) ? typed.trim() : undefined
  const isChosen = (id: string) => chosen.some((one) => String(one) === id)
  const toggle = (id: string) => onChange(single ? [id] : isChosen(id) ? chosen.filter((one) => String(one) !== id) : [...chosen, id])
  return (
    <div className="grid gap-1">
      {(isFree || ids.length > SEARCH_FROM) && (
        <input type="search" aria-label={t('crit.findValue')} placeholder={t('crit.findValue')} value={typed} onChange={(event) => setTyped(event.target.value)} className="field-box" />
      )}
      <ul aria-label={t('crit.values')} className="max-h-64 overflow-y-auto">
        {shown.map(({ id, name }) => (
          <li key={id}>
            <label className="menu-item cursor-pointer! hover:bg-accent">
              <input type={single ? 'radio' : 'checkbox'} className={single ? 'size-4 accent-primary' : 'check'} checked={isChosen(id)} onChange={() => toggle(id)} />
              <bdi className="truncate">{name}</bdi>
              {hasFacets(info) && <span className="menu-end quiet num ps-2">{facets.isPending ? '' : count(counts.get(id) ?? 0)}</span>}
            </label>
          </li>
        ))}
      </ul>
      {added && (
        <button type="button" onClick={() => { toggle(added); setTyped('') }} className="menu-item hover:bg-accent">
          {t('crit.addValue', { value: added })}
        </button>
      )}
    </div>
  )
}

/** The values a field can have at all; none where any text is one. */
function possible(info: FieldInfo, names: { stages: { id: string }[]; people: { id: string }[] }) {
  if (info.type === 'stage') return names.stages.map(({ id }) => id)
  if (info.type === 'member') return names.people.map(({ id }) => id)
  return info.choices ?? []
}
