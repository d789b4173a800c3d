// The fields to choose from, in groups, found by a few letters.
import { useId, useState, type KeyboardEvent } from 'react'
import { t, type Key } from '@/lib/i18n'
import { rank } from '@/lib/rank'
import { useBuilder } from './context'
import type { FieldInfo } from './field-types'
import { fieldHelp, fieldName } from './names'

const groups: [Key, (field: string) => boolean][] = [
  ['crit.groupOwn', (field) => field.startsWith('crm_attributes.')],
  ['crit.groupHealth', (field) => /score|risk_level|health|confidence|urgent|seat|usage_trend|usage_of_best/.test(field)],
  ['crit.groupJourney', (field) => /stage|milestone/.test(field)],
  ['crit.groupUse', (field) => /_30d$|^days_since/.test(field)],
  ['crit.groupAccount', () => true],
]
const ORDER = ['crit.groupAccount', 'crit.groupHealth', 'crit.groupJourney', 'crit.groupUse', 'crit.groupOwn']
// the accounts themselves are chosen on lists; what is built in is not offered a second time as the CRM has it
const HIDDEN = ['id', 'parent', 'crm_attributes.arr', 'crm_attributes.contract_end_date', 'crm_attributes.industry', 'crm_attributes.seats']

export function FieldList({ onPick }: { onPick: (field: FieldInfo) => void }) {
  const { fields, vocabulary } = useBuilder()
  const [typed, setTyped] = useState('')
  const id = useId()
  const found = fields
    .filter(({ field }) => !HIDDEN.includes(field))
    .map((info) => ({ info, name: fieldName(info.field, vocabulary.fields) }))
    .map((one) => ({ ...one, rank: rank(typed, one.name) }))
    .filter((one) => one.rank > 0)
    .toSorted((one, other) => (typed ? other.rank - one.rank : 0))
  const parts = ORDER.map((key) => ({ key, fields: found.filter(({ info }) => groups.find(([, is]) => is(info.field))?.[0] === key) })).filter((part) => part.fields.length > 0)
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter') return
    // or it would press what gets the focus next
    event.preventDefault()
    if (found[0]) onPick(found[0].info)
  }
  return (
    <div className="grid gap-1">
      <input type="search" aria-label={t('crit.findField')} placeholder={t('crit.findField')} value={typed} onChange={(event) => setTyped(event.target.value)} onKeyDown={onKeyDown} className="field-box" />
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div role="group" aria-label={t('crit.fields')} tabIndex={-1} className="max-h-72 overflow-y-auto">
        {parts.map((part) => (
          <div key={part.key} role="group" aria-labelledby={`${id}-${part.key}`}>
            <p id={`${id}-${part.key}`} className="menu-title">
              {t(part.key as 'crit.groupOwn')}
            </p>
            {part.fields.map(({ info, name }) => (
              <button key={info.field} type="button" title={fieldHelp(info)} onClick={() => onPick(info)} className="menu-item hover:bg-accent focus-visible:bg-accent">
                <bdi className="truncate">{name}</bdi>
              </button>
            ))}
          </div>
        ))}
        {found.length === 0 && <p role="status" className="quiet p-2">{t('crit.noField', { text: typed })}</p>}
      </div>
    </div>
  )
}
