// The names of the columns in the address, and the field of criteria by which the server sorts each. Pure.
export const CUSTOM = 'crm_attributes.'

const fields = {
  name: 'name', health: 'health_score', weeks: undefined, change: 'score_change_30d', arr: 'arr', stage: 'stage', renewal: 'contract_end_date', csm: 'csm', status: 'status', touch: 'days_since_touch',
  industry: 'industry', parent: undefined, external: 'external_id', parts: undefined, usage: 'usage_score', engagement: 'engagement_score', support: 'support_score', adoption: 'adoption_score', runs: undefined,
} as const

export type BuiltInColumn = keyof typeof fields
export type ColumnKey = BuiltInColumn | `${typeof CUSTOM}${string}`
export const COLUMN_KEYS = Object.keys(fields) as BuiltInColumn[]

const custom = /^crm_attributes\.[a-z][a-z0-9_]{0,62}$/
export const isColumnKey = (key: string): key is ColumnKey => key in fields || custom.test(key)

/** Undefined where the server cannot sort by it, or there is no such column. */
export const sortFieldOf = (key: string): string | undefined => (custom.test(key) ? key : fields[key as BuiltInColumn])
