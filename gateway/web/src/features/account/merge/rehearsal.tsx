// What a merge would do: what moves, in figures, then what wins.
import { useQuery } from '@tanstack/react-query'
import { accountNameQuery } from '@/components/account-names-api'
import { fieldsQuery } from '@/components/criteria-builder/names-api'
import { NamedBy } from '@/components/naming/named-by'
import { count, listed } from '@/lib/format'
import { t } from '@/lib/i18n'
import { figuresOf } from './figures'
import type { Merged } from './merge-api'

type Props = { keep: string; other: string; merged: Merged }

export function Rehearsal({ keep, other, merged }: Props) {
  const figures = figuresOf(merged)
  const { data: parent } = useQuery(accountNameQuery(merged.parent ?? undefined))
  const taken = useLabels(merged.attributes)
  return (
    <>
      {figures.length === 0 && <p>{t('mg.nothing', { other })}</p>}
      {figures.length > 0 && (
        <dl aria-label={t('mg.figures')} className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
          {figures.map(({ key, label, n }) => (
            <div key={key} className="flex justify-between gap-3">
              <dt className="quiet">{label}</dt>
              <dd className="num font-semibold">{count(n)}</dd>
            </div>
          ))}
        </dl>
      )}
      <ul aria-label={t('mg.rules')} className="grid gap-1">
        <li>{t('mg.wins', { keep })}</li>
        {taken.length > 0 && <li className="wrap-anywhere">{t('mg.taken', { other, fields: listed(taken) })}</li>}
        <li>{t('mg.arr', { keep })}</li>
        {parent && <li>{t('mg.parent', { keep, parent: parent.name })}</li>}
        <li>{t('mg.gone', { other })}</li>
      </ul>
      <NamedBy all={merged.named_by} />
    </>
  )
}

/** What fields are called. */
function useLabels(names: string[]) {
  const { data: fields = [] } = useQuery({ ...fieldsQuery, enabled: names.length > 0 })
  const labelOf = (name: string) => {
    const key = name.replace('crm_attributes.', '')
    return fields.find(({ field }) => field === name || field === key)?.label ?? key
  }
  return names.map((name) => (name === 'csm_id' ? t('col.csm') : name === 'external_id' ? t('mg.externalId') : labelOf(name)))
}
