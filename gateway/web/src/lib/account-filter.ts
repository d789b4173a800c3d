// What the text and level of the filter come to in the server's criteria. Pure.
import { t } from '@/lib/i18n'
import type { Condition, Criteria } from '@/lib/criteria'
import { bandOf, LEVELS, type LevelFilter } from '@/lib/levels'

export const STATUSES = ['Active', 'Paused', 'Churned'] as const

type Named = { id: string; name: string }
/** Stages and people by name: criteria look for them by id. */
export type Names = { stages: Named[]; people: Named[] }

export type Filter = { q?: string; level?: LevelFilter; /** of a view, a link or the person */ criteria?: Criteria }

export const words = (q = '') => q.split(/\s+/).filter(Boolean)

/** Every word must occur in one of the things a row shows. Without a filter there are no criteria. */
export function criteriaOf({ q, level, criteria }: Filter, names: Names): Criteria | undefined {
  const conditions = words(q).map((word) => wordCriteria(word, names))
  if (criteria) conditions.unshift(criteria)
  if (level) conditions.push({ field: 'health_band', op: 'eq', value: bandOf[level] })
  return conditions.length > 0 ? { all: conditions } : undefined
}

const UNSCORED: Condition = { field: 'risk_level', op: 'is_not_set' }
const TEXTS = ['name', 'industry', 'external_id', 'crm_attributes.domain', 'crm_attributes.website']

function wordCriteria(word: string, { stages, people }: Names): Criteria {
  const matches = (text: string) => plain(text).includes(plain(word))
  const ids = (known: Named[]) => known.filter(({ name }) => matches(name)).map(({ id }) => id)
  return {
    any: [
      ...TEXTS.map((field) => ({ field, op: 'contains', value: word })),
      ...oneOf('stage', ids(stages)),
      ...oneOf('csm', ids(people)),
      // the server knows these by their English names, the reader by those of the dictionary
      ...oneOf('status', STATUSES.filter((status) => matches(t(`status.${status}`)))),
      ...oneOf('risk_level', LEVELS.filter((level) => matches(t(`health.${level}`)))),
      ...(matches(t('health.none')) ? [UNSCORED] : []),
    ],
  }
}

const oneOf = (field: string, value: string[]): Condition[] => (value.length > 0 ? [{ field, op: 'in', value }] : [])

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()
